"""The bus: places in the commit order, and what waits there to be decided."""

from __future__ import annotations

import time
from collections.abc import Sequence

import sqlalchemy as sa

from trigger_studio.engine.ports import Signal
from trigger_studio.model.event import Event
from trigger_studio.storage import bulk, rows, tables
from trigger_studio.storage.damage import missing

_TAKE = "UPDATE bus_clock SET seq = seq + :count RETURNING seq, joins"
# whoever holds the clock and sleeps must not stop everybody
_TAKE_POSTGRESQL = f"{_TAKE}, set_config('idle_in_transaction_session_timeout', '30000', true)"


def take_ticks(connection: sa.Connection, count: int) -> int:
    """Take `count` places in the commit order, the first returned; nobody else takes any before this commits."""
    return take(connection, count)[0]


def take(connection: sa.Connection, count: int) -> tuple[int, bool]:
    """The same, and whether anything is kept about joins (see `storage.joins`).

    Raises:
        Damaged: the clock is gone.
    """
    sql = _TAKE if bulk.is_sqlite(connection) else _TAKE_POSTGRESQL
    for last, joins, *_ in bulk.fetch(connection, sql, {"count": count}):
        return int(last) - count + 1, bool(joins)
    raise missing(tables.bus_clock, 1)


def notify(writes: bulk.Writes) -> None:
    """Wake the engines when this commits; on SQLite they see the change themselves."""
    if not writes.is_sqlite:
        writes.run("SELECT pg_notify('trigger_studio', '')", {})


def put_events(
    connection: sa.Connection,
    events: Sequence[Event],
    place: rows.OrdinalOf,
    hashes: Sequence[str] | None = None,
    lanes: Sequence[str] | None = None,
) -> None:
    """Store events and queue them to be decided.

    Args:
        hashes: of the content of events that came from outside.
        lanes: where they are decided; None for their own.
    """
    with bulk.Writes(connection) as writes:
        hashes = hashes or [""] * len(events)
        lanes = lanes or [event.lane for event in events]
        put_all(writes, list(zip(events, hashes, lanes, strict=True)), place)


def put_all(writes: bulk.Writes, events: Sequence[tuple[Event, str, str]], place: rows.OrdinalOf) -> None:
    """Store (event, content hash, lane) and wake the engines."""
    if events:
        now = time.time()
        writes.insert(tables.events, [rows.event_row(event, place, content) for event, content, _ in events])
        writes.insert(tables.bus, [(place(event.seq), lane, now, None) for event, _, lane in events])
        notify(writes)


def put_signals(connection: sa.Connection, signals: list[tuple[str, Signal]]) -> None:
    """Put (lane, signal) pairs on the bus."""
    if signals:
        first = take_ticks(connection, len(signals))
        now = time.time()
        waiting = [(first + place, lane, now, rows.signal_text(signal)) for place, (lane, signal) in enumerate(signals)]
        with bulk.Writes(connection) as writes:
            writes.insert(tables.bus, waiting)
            notify(writes)


def last_at(connection: sa.Connection) -> float:
    """When an engine last did something, seconds since the epoch: a virtual clock goes on from there; 0 before it."""
    newest = sa.select(tables.log.c.at).order_by(tables.log.c.id.desc()).limit(1)
    return float(connection.execute(newest).scalar() or 0.0)
