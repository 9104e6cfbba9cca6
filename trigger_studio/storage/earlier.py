"""What events that are stored say of entities that nobody has created yet.

An entity that is not known comes to be when the first event about it is decided. Whoever asks before that, an event
taken in or an import, is answered as if it had been, so that no answer depends on how fast the engines are.
"""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from trigger_studio.engine.ports import Earlier
from trigger_studio.model.event import EntityKey, Event
from trigger_studio.model.profile import PARENT_KINDS
from trigger_studio.storage import bulk, rows, tables

_ABOUT = "FROM events u WHERE u.entity_id = k.a1 AND u.entity = k.a0"
_FIRST = f"SELECT {bulk.columns(tables.events)} FROM {{keys}} JOIN events t ON t.seq = (SELECT min(u.seq) {_ABOUT})"
_PARENT = f'(SELECT u."{{of}}" {_ABOUT} AND u."{{of}}" IS NOT NULL ORDER BY u.seq LIMIT 1)'
_PARENTS = f"SELECT k.a0, k.a1, {', '.join(_PARENT.format(of=of) for of in PARENT_KINDS)} FROM {{keys}}"


def first_events(connection: sa.Connection, wanted: Collection[EntityKey]) -> dict[EntityKey, Event]:
    """The first event about each of these entities, of those about which there is one."""
    found = bulk.fetch_keys(connection, _FIRST, list(wanted), 2)
    return {event.key: event for event in map(rows.event_of, map(bulk.record(tables.events), found))}


class StoredEvents:
    """Satisfies `engine.ports.History`; remembers what it read for as long as the transaction lasts."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._known: dict[EntityKey, Earlier | None] = {}

    def prefetch(self, wanted: Collection[EntityKey]) -> None:
        """Read what is stored about all of these."""
        first = first_events(self._connection, wanted)
        self._known |= dict.fromkeys(wanted)
        for kind, id, *parents in bulk.fetch_keys(self._connection, _PARENTS, list(first), 2):
            self._known[kind, id] = Earlier(first[kind, id], dict(zip(PARENT_KINDS, parents, strict=True)))

    def earlier(self, key: EntityKey) -> Earlier | None:
        if key not in self._known:
            self.prefetch([key])
        return self._known[key]
