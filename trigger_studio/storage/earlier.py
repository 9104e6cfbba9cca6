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
from trigger_studio.storage import bulk, rows, staging, tables

_ABOUT = "FROM events u WHERE u.entity_id = k.a1 AND u.entity = k.a0"
_STAGED = "FROM staged u WHERE u.entity_id = k.a1 AND u.entity = k.a0 AND +u.intake = :intake"
"""`+` keeps SQLite from going through the whole input, in its order, until it meets the entity."""
_STORED = bulk.columns(tables.events)
_NAMED = _STORED.replace('t."seq"', 't."place"', 1)
# key by key: SQLite takes the tables of a CROSS JOIN in this order, and would else go through all that is there
_FIRST = f"SELECT {_STORED} FROM {{keys}} CROSS JOIN events t WHERE t.seq = (SELECT min(u.seq) {_ABOUT})"
FIRST_STAGED = (
    f"SELECT {_NAMED} FROM {{keys}} CROSS JOIN staged t"
    f" WHERE t.intake = :intake AND t.place = (SELECT min(u.place) {_STAGED})"
)


def _parents(about: str, order: str) -> str:
    """By kind of parent the first that an event names."""
    first = f'(SELECT u."{{of}}" {about} AND u."{{of}}" IS NOT NULL ORDER BY u.{order} LIMIT 1)'
    return f"SELECT k.a0, k.a1, {', '.join(first.format(of=of) for of in PARENT_KINDS)} FROM {{keys}}"


_PARENTS, PARENTS_STAGED = _parents(_ABOUT, "seq"), _parents(_STAGED, "place")


def first_events(connection: sa.Connection, wanted: Collection[EntityKey], intake: int = 0) -> dict[EntityKey, Event]:
    """The first event about each of these entities, of those about which there is one.

    Args:
        intake: what was staged there counts as well, after what is stored.
    """
    found: dict[EntityKey, Event] = {}
    for sql, values in [
        (_FIRST, {}),
        *((FIRST_STAGED, {"intake": id}) for id in staging.readable(connection, intake)),
    ]:
        keys = [key for key in wanted if key not in found]
        rows_found = bulk.fetch_keys(connection, sql, keys, 2, **values) if keys else []
        found |= {event.key: event for event in map(rows.event_of, map(bulk.record(tables.events), rows_found))}
    return found


class StoredEvents:
    """Satisfies `engine.ports.History`; remembers what it read for as long as the transaction lasts.

    Args:
        intake: what was staged there counts as well.
    """

    def __init__(self, connection: sa.Connection, intake: int = 0) -> None:
        self._connection = connection
        self._intake = intake
        self._known: dict[EntityKey, Earlier | None] = {}

    def prefetch(self, wanted: Collection[EntityKey]) -> None:
        """Read what is stored about all of these."""
        first = first_events(self._connection, wanted, self._intake)
        self._known |= dict.fromkeys(wanted)
        parents = {key: dict.fromkeys(PARENT_KINDS) for key in first}
        staged = ((PARENTS_STAGED, {"intake": id}) for id in staging.readable(self._connection, self._intake))
        for sql, values in [(_PARENTS, {}), *staged]:
            for kind, id, *named in bulk.fetch_keys(self._connection, sql, list(first), 2, **values):
                known = parents[kind, id]
                known |= {of: known[of] or parent for of, parent in zip(PARENT_KINDS, named, strict=True)}
        self._known |= {key: Earlier(event, parents[key]) for key, event in first.items()}

    def earlier(self, key: EntityKey) -> Earlier | None:
        if key not in self._known:
            self.prefetch([key])
        return self._known[key]
