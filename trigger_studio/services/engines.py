"""The engines that share a database, as their heartbeats tell."""

from __future__ import annotations

import sqlalchemy as sa

from trigger_studio.frozen import frozen
from trigger_studio.services.session import Session
from trigger_studio.storage import tables
from trigger_studio.storage.runtime import SILENT_S

SHOWN_S = 86400.0
"""An engine silent for longer is no news to anybody."""


@frozen
class EngineSeen:
    """One engine.

    Attributes:
        started_at, seen_at: seconds since the epoch on the database's clock: its start and its last heartbeat.
        lag_s: how long the oldest event had waited at that heartbeat.
        alive: whether it was heard lately; what a silent one carried is taken over by the others.
    """

    id: str
    host: str
    version: str
    started_at: float
    seen_at: float
    lag_s: float
    alive: bool


def engines(session: Session) -> tuple[EngineSeen, ...]:
    """The engines heard within a day, those alive first, then by name."""
    table = tables.engines
    with session.database.read() as connection:
        now = session.database.clock_s(connection)
        found = connection.execute(sa.select(table).where(table.c.seen_at > now - SHOWN_S).order_by(table.c.id)).all()
    seen = [
        EngineSeen(row.id, row.host, row.version, row.started_at, row.seen_at, row.lag_s, row.seen_at > now - SILENT_S)
        for row in found
    ]
    return tuple(sorted(seen, key=lambda engine: not engine.alive))
