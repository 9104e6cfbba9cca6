"""The store of entities, as imports and settings write them; the engine writes its own by `storage.flush`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from trigger_studio.engine.intake import made_by
from trigger_studio.model.entities import EntityIn
from trigger_studio.model.event import Entity
from trigger_studio.model.profile import Profile
from trigger_studio.storage import bulk, joins, rows, tables
from trigger_studio.storage.bus import take
from trigger_studio.storage.damage import json_of
from trigger_studio.storage.earlier import first_events

if TYPE_CHECKING:
    from trigger_studio.decide.rules import RuleSet

_ENTITIES = tables.entities.c
_VALUES = [column.name for column in tables.entities.columns][2:]


def every(connection: sa.Connection, profile: Profile, kind: str | None = None) -> list[Entity]:
    """Every known entity, of one kind or of all, by kind and id. Raises Damaged."""
    query = sa.select(tables.entities).order_by(_ENTITIES.kind, _ENTITIES.id)
    if kind is not None:
        query = query.where(_ENTITIES.kind == kind)
    return [rows.entity_of(row, profile) for row in connection.execute(query)]


def ids(connection: sa.Connection, kind: str) -> Sequence[str]:
    """The ids of a kind."""
    return connection.execute(sa.select(_ENTITIES.id).where(_ENTITIES.kind == kind)).scalars().all()


def merge(
    connection: sa.Connection, given: Sequence[EntityIn], profile: Callable[[], Profile], rules: Callable[[], RuleSet]
) -> None:
    """Create or update entities; what an entry leaves out stays as it was.

    An entity that is not known, but in an event that still waits to be decided, is what that event will make it.

    Args:
        profile: asked for if anything is kept about joins.
        rules: the same.
    """
    first, joined = take(connection, len(given))
    keys = [(item.kind, item.id) for item in given]
    known = {(row.kind, row.id): row for row in bulk.by_keys(connection, tables.entities, keys, "kind", "id")}
    events = first_events(connection, [key for key in keys if key not in known])
    before = known | {key: _row(made_by(event)) for key, event in events.items()}
    merged = [_merged(item, before.get((item.kind, item.id)), first + n) for n, item in enumerate(given)]
    with bulk.Writes(connection) as writes:
        writes.upsert(tables.entities, merged, _VALUES)
        if joined:
            moves = _moves(list(known.values()), merged, profile())
            joins.Upkeep(connection, moves, rules).write(writes)


def _row(entity: Entity) -> Any:
    return bulk.record(tables.entities)(rows.entity_row(entity, int))


def _moves(known: Sequence[Any], merged: Sequence[bulk.Row], profile: Profile) -> list[joins.Move]:
    before = {entity.key: entity for entity in (rows.entity_of(row, profile) for row in known)}
    made = bulk.record(tables.entities)
    after = {entity.key: entity for entity in (rows.entity_of(made(row), profile) for row in merged)}
    return [(before.get(key), entity) for key, entity in after.items()]


def _merged(item: EntityIn, known: Any, seq: int) -> bulk.Row:
    """The row of an entity, which is a draft of old until a status is written: an import without one writes none."""
    known = known or _row(Entity(item.kind, item.id))
    status = item.status or known.status
    changed = status != known.status
    return (
        item.kind, item.id, known.name if item.name is None else item.name, status,
        item.project or known.project, item.character or known.character,
        bulk.dump({**json_of(known.attributes_json, "entities", f"{known.kind}, {known.id}"), **item.attributes}),
        seq if item.status else known.status_seq, seq if changed else known.changed_seq,
        0 if changed else known.status_depth,
    )  # fmt: skip
