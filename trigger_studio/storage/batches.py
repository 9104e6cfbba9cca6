"""The batches that gather: written with the firings in them, read for a decision, called when their time is up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from trigger_studio.model.firing import OpenBatch
from trigger_studio.storage import bulk, rows, tables

if TYPE_CHECKING:
    from trigger_studio.engine.world import BatchKey, Changes

_TABLE = tables.batches
_CHANGES = (
    "size",
    "due_at",
    "seq",
    "called = CASE WHEN batches.id = excluded.id THEN batches.called ELSE excluded.called END",  # meanwhile, maybe
    "id",
)


def write(writes: bulk.Writes, changes: Changes, place: rows.OrdinalOf) -> None:
    """Put what gathers, and take away what was closed."""
    gathering = [batch for batch in changes.batches.values() if batch is not None]
    closed = [list(key) for key, batch in changes.batches.items() if batch is None]
    writes.upsert(_TABLE, [rows.batch_row(batch, place) for batch in gathering], _CHANGES)
    if closed:
        gone = "DELETE FROM batches WHERE (rule_id, lane) IN (SELECT a0, a1 FROM {keys})"
        writes.run(*bulk.with_keys(writes.is_sqlite, gone, closed, 2))


def read(connection: sa.Connection, key: BatchKey) -> OpenBatch | None:
    """The batch that gathers there, or None."""
    rule_id, lane = key
    query = sa.select(_TABLE).where(_TABLE.c.rule_id == rule_id, _TABLE.c.lane == lane)
    row = connection.execute(query).one_or_none()
    return None if row is None else rows.batch_of(row)


def members(connection: sa.Connection, batch_id: str) -> set[str]:
    """Ids of the firings of a batch."""
    sql = "SELECT event_seq, place FROM firings WHERE batch = :batch"
    return {f"f{seq}-{place}" for seq, place in bulk.fetch(connection, sql, {"batch": batch_id})}


def next_due(connection: sa.Connection) -> float | None:
    """When the next batch is to act that was not called yet."""
    due: float | None = connection.execute(sa.select(sa.func.min(_TABLE.c.due_at)).where(~_TABLE.c.called)).scalar()
    return due


def call(connection: sa.Connection, now_s: float, most: int) -> list[tuple[str, str]]:
    """Mark batches whose time is up as called; (lane, id) of each, oldest first.

    Args:
        connection: in a transaction that holds the bus clock.
    """
    late = sa.select(_TABLE.c.id).where(~_TABLE.c.called, _TABLE.c.due_at <= now_s)
    late = late.order_by(_TABLE.c.due_at, _TABLE.c.seq).limit(most)
    ids = list(connection.execute(late).scalars())
    called = sa.update(_TABLE).where(_TABLE.c.id.in_(ids), ~_TABLE.c.called).values(called=True)
    lanes = {row.id: row.lane for row in connection.execute(called.returning(_TABLE.c.id, _TABLE.c.lane))}
    return [(lanes[id], id) for id in ids if id in lanes]
