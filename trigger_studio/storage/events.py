"""The store of events on record."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import sqlalchemy as sa

from trigger_studio.frozen import frozen
from trigger_studio.model.event import Event
from trigger_studio.storage import bulk, rows, tables
from trigger_studio.storage.damage import json_of

_EVENTS = tables.events.c
_HASHES = (
    "SELECT t.id, t.content_hash FROM {keys} JOIN events t ON t.id = k.a0 UNION ALL"
    " SELECT t.id, t.content_hash FROM {keys} JOIN archive t ON t.kind = 'events' AND t.id = k.a0"
)
_STRETCH = (
    sa.select(_EVENTS.entity_id, _EVENTS.project, _EVENTS.character, _EVENTS.attributes_json, _EVENTS.occurred_at)
    .where(_EVENTS.seq.between(sa.bindparam("low"), sa.bindparam("high")))
    .where(_EVENTS.type == sa.bindparam("type"), _EVENTS.entity == sa.bindparam("entity"))
    .order_by(_EVENTS.seq.desc())
)


@frozen
class Dated:
    """A place in the commit order, and the time of its event as its sender wrote it."""

    seq: int
    occurred_at: str


def get(connection: sa.Connection, event_id: str) -> Event | None:
    """One event. Raises Damaged."""
    return next(map(rows.event_of, connection.execute(sa.select(tables.events).where(_EVENTS.id == event_id))), None)


def recent(connection: sa.Connection, limit: int, about: tuple[str, str] | None = None) -> list[Event]:
    """The newest events, newest first; with `about` those of an (event type, entity kind). Raises Damaged."""
    query = sa.select(tables.events).order_by(_EVENTS.seq.desc()).limit(limit)
    if about is not None:
        query = query.where(_EVENTS.type == about[0], _EVENTS.entity == about[1])
    return [rows.event_of(row) for row in connection.execute(query)]


def newest_seq(connection: sa.Connection) -> int:
    """The last place in the commit order that an event has; 0 before there is one."""
    return int(connection.execute(sa.select(sa.func.max(_EVENTS.seq))).scalar() or 0)


def last_before(connection: sa.Connection, seq: int) -> Dated | None:
    """The last event before a place in the commit order."""
    query = sa.select(_EVENTS.seq, _EVENTS.occurred_at).where(_EVENTS.seq < seq).order_by(_EVENTS.seq.desc())
    row = connection.execute(query.limit(1)).one_or_none()
    return None if row is None else Dated(row.seq, row.occurred_at)


def stretch(connection: sa.Connection, event_type: str, kind: str, low: int, high: int) -> Iterator[Event]:
    """What conditions look at, of events of a type about a kind between two places in the commit order, newest first.

    Raises:
        Damaged: an event cannot be read.
    """
    asked = {"low": low, "high": high, "type": event_type, "entity": kind}
    for entity_id, project, character, attributes, occurred_at in connection.execute(_STRETCH, asked):
        known = json_of(attributes, "events", entity_id)
        yield Event("", event_type, kind, entity_id, project, character, known, occurred_at)


def content_hashes(connection: sa.Connection, ids: Collection[str]) -> dict[str, str]:
    """By id the hash of the content of those events that are on record, or in the archive."""
    return dict(bulk.fetch_keys(connection, _HASHES, [[id] for id in ids]))
