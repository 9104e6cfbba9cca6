"""The engines that share a database, as their heartbeats tell."""

from __future__ import annotations

from trigger_studio.services.session import Session
from trigger_studio.storage import engines as store
from trigger_studio.storage.database import Connection
from trigger_studio.storage.engines import EngineSeen

SHOWN_S = 86400.0
"""An engine silent for longer is no news to anybody."""


def engines(session: Session) -> tuple[EngineSeen, ...]:
    """The engines heard within a day, those alive first, then by name."""
    with session.database.read() as connection:
        return engines_in(session, connection)


def engines_in(session: Session, connection: Connection) -> tuple[EngineSeen, ...]:
    """The same, in a transaction that reads."""
    return store.heard(connection, session.database.clock_s(connection), SHOWN_S)
