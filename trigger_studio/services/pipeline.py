"""Entities in bulk. Imports and settings apply when they commit, and raise no event (promises.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from trigger_studio.engine.intake import made_by
from trigger_studio.errors import BadInput, Message, allowed
from trigger_studio.model.documents import in_source, read_document
from trigger_studio.model.entities import EntityIn, read_pipeline
from trigger_studio.model.event import Entity
from trigger_studio.model.profile import Profile
from trigger_studio.services.session import Session
from trigger_studio.storage import bulk, joins, rows, tables
from trigger_studio.storage.bus import take
from trigger_studio.storage.damage import json_of
from trigger_studio.storage.earlier import first_events

COLUMNS = [column.name for column in tables.entities.columns]


def import_file(session: Session, path: Path) -> dict[str, int]:
    """Import a pipeline file, all of it or nothing. Returns counts by kind.

    Raises:
        BadInput: with every fault of the file.
    """
    data = read_document(path, str(path))
    try:
        given = read_pipeline(data, session.profile)
    except BadInput as error:
        raise BadInput(in_source(str(path), error.faults)) from None
    return import_entities(session, given)


def import_entities(session: Session, given: Sequence[EntityIn]) -> dict[str, int]:
    """Create or update entities; what an entry leaves out stays as it was. Returns counts by kind.

    An entity that is not known, but in an event that still waits to be decided, is what that event will make it.
    """
    with session.audited("pipeline import", "pipeline", entities=len(given)) as connection:
        first, joined = take(connection, len(given))
        keys = [(item.kind, item.id) for item in given]
        known = {(row.kind, row.id): row for row in bulk.by_keys(connection, tables.entities, keys, "kind", "id")}
        events = first_events(connection, [key for key in keys if key not in known])
        before = known | {key: _row(made_by(event)) for key, event in events.items()}
        merged = [_merge(item, before.get((item.kind, item.id)), first + n) for n, item in enumerate(given)]
        with bulk.Writes(connection) as writes:
            writes.upsert(tables.entities, merged, COLUMNS[2:])
            if joined:
                moves = _moves(list(known.values()), merged, session.profile_in(connection))
                joins.Upkeep(connection, moves, lambda: session.rules(connection)).write(writes)
    return dict(Counter(item.kind for item in given))


def _row(entity: Entity) -> Any:
    return bulk.record(tables.entities)(rows.entity_row(entity, int))


def _moves(known: Sequence[Any], merged: Sequence[bulk.Row], profile: Profile) -> list[joins.Move]:
    before = {entity.key: entity for entity in (rows.entity_of(row, profile) for row in known)}
    made = bulk.record(tables.entities)
    after = {entity.key: entity for entity in (rows.entity_of(made(row), profile) for row in merged)}
    return [(before.get(key), entity) for key, entity in after.items()]


def _merge(item: EntityIn, known: Any, seq: int) -> bulk.Row:
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


def set_status(session: Session, kind: str, entity_id: str, status: str) -> dict[str, int]:
    """Set the status of one known entity.

    Raises:
        BadInput: an unknown kind or entity, or an empty status.
    """
    if kind not in session.profile.kinds:
        raise BadInput(Message("unknown entity kind '{0}'; {1}", kind, allowed(session.profile.kinds, kind)))
    if not status.strip():
        raise BadInput(Message("a status is needed; found an empty one"))
    with session.database.read() as connection:
        table = tables.entities
        ids = connection.execute(sa.select(table.c.id).where(table.c.kind == kind)).scalars().all()
        known = entity_id in ids or first_events(connection, [(kind, entity_id)])
    if not known:
        raise BadInput(Message("there is no {0} '{1}'; {2}", kind, entity_id, allowed(sorted(ids), entity_id)))
    return import_entities(session, [EntityIn(kind, entity_id, None, status, None, None, {})])


def entities(session: Session, kind: str | None = None) -> list[Entity]:
    """Every known entity, of one kind or of all, by kind and id."""
    table = tables.entities
    query = sa.select(table).order_by(table.c.kind, table.c.id)
    if kind is not None:
        query = query.where(table.c.kind == kind)
    with session.database.read() as connection:
        profile = session.profile_in(connection)
        return [rows.entity_of(row, profile) for row in connection.execute(query)]
