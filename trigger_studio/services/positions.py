"""Where people dragged cards to: read and written for everyone, without making a new revision of a rule."""

from __future__ import annotations

from collections.abc import Mapping

from trigger_studio.services.session import Session
from trigger_studio.storage import positions as store
from trigger_studio.storage.positions import Position


def read(session: Session) -> tuple[int, dict[str, Position]]:
    """The version, and every card's place."""
    with session.database.read() as connection:
        return store.version(connection), store.everyone(connection)


def save(session: Session, changed: Mapping[str, Position | None]) -> int:
    """Store places (None: the layout decides again). Returns the version that this made."""
    with session.database.write() as connection:
        return store.save(connection, changed)
