"""Entities in bulk. Imports and settings apply when they commit, and raise no event (contract, section 1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from trigger_studio.errors import BadInput, allowed, said
from trigger_studio.model.documents import in_source, read_document
from trigger_studio.model.entities import EntityIn, read_pipeline
from trigger_studio.model.event import Entity
from trigger_studio.services.session import Session
from trigger_studio.storage import bulk, rows, tables
from trigger_studio.storage.bus import take_ticks
from trigger_studio.storage.damage import json_of

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
    """Create or update entities; what an entry leaves out stays as it was. Returns counts by kind."""
    with session.audited("pipeline import", "pipeline", entities=len(given)) as connection:
        first = take_ticks(connection, len(given))
        keys = [[item.kind, item.id] for item in given]
        sql = f"SELECT t.* FROM {bulk.keys(connection, 2)} JOIN entities t ON t.kind = k.a0 AND t.id = k.a1"
        known = {(r.kind, r.id): r for r in connection.execute(sa.text(sql), {"keys": bulk.dump(keys)})}
        merged = [_merge(item, known.get((item.kind, item.id)), first + n) for n, item in enumerate(given)]
        bulk.upsert(connection, tables.entities, merged, COLUMNS[2:])
    return dict(Counter(item.kind for item in given))


def _merge(item: EntityIn, known: sa.Row[Any] | None, seq: int) -> bulk.Row:
    if known is None:
        return (
            item.kind, item.id, item.name or "", item.status or "draft", item.project, item.character,
            bulk.dump(item.attributes), seq, seq, 0,
        )  # fmt: skip
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
        raise BadInput(said("unknown entity kind '{0}'; {1}", kind, allowed(session.profile.kinds, kind)))
    if not status.strip():
        raise BadInput(said("a status is needed; found an empty one"))
    with session.database.read() as connection:
        table = tables.entities
        ids = connection.execute(sa.select(table.c.id).where(table.c.kind == kind)).scalars().all()
    if entity_id not in ids:
        raise BadInput(said("there is no {0} '{1}'; {2}", kind, entity_id, allowed(sorted(ids), entity_id)))
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
