"""The bus: places in the commit order, and what waits there to be decided."""

from __future__ import annotations

import time
from collections.abc import Sequence

import sqlalchemy as sa

from trigger_studio.engine.ports import Signal
from trigger_studio.frozen import frozen
from trigger_studio.model.event import Event
from trigger_studio.storage import bulk, rows, tables
from trigger_studio.storage.damage import missing

_TAKE = "UPDATE bus_clock SET seq = seq + :count RETURNING seq, joins"
# whoever holds the clock and sleeps must not stop everybody
_TAKE_POSTGRESQL = f"{_TAKE}, set_config('idle_in_transaction_session_timeout', '30000', true)"

_BUS = tables.bus.c
_WAITING, _SINCE = sa.func.count().label("waiting"), sa.func.min(_BUS.at).label("since")


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


# how far engines lag ------------------------------------------------------------------------------------------------


@frozen
class Backlog:
    """What waits on the bus, or in a lane of it: how many, and since when the first (seconds since the epoch)."""

    waiting: int
    since: float | None
    lane: str | None = None


def clock_seq(connection: sa.Connection) -> int:
    """The last place in the commit order that was given out."""
    return int(connection.execute(sa.select(tables.bus_clock.c.seq)).scalar_one())


def backlog(connection: sa.Connection) -> Backlog:
    """Everything that waits."""
    row = connection.execute(sa.select(_WAITING, _SINCE)).one()
    return Backlog(row.waiting, row.since)


def waiting(connection: sa.Connection) -> int:
    """How many events and signals wait."""
    return int(connection.execute(sa.select(sa.func.count()).select_from(tables.bus)).scalar_one())


def newest_at(connection: sa.Connection) -> float | None:
    """When the newest was put here, by the clock of whoever did."""
    return connection.execute(sa.select(sa.func.max(_BUS.at))).scalar()


def stuck(connection: sa.Connection, before: float, limit: int) -> list[Backlog]:
    """Lanes in which something waits since before a time, those that wait longest first."""
    query = sa.select(_BUS.lane, _SINCE, _WAITING).group_by(_BUS.lane).having(sa.func.min(_BUS.at) < before)
    return [
        Backlog(row.waiting, row.since, row.lane) for row in connection.execute(query.order_by("since").limit(limit))
    ]


def undecided(connection: sa.Connection, scope: str, target: str) -> int:
    """How many events of everything, of a project or of a chain wait; of a rule nobody knows yet, so all of them."""
    query = sa.select(sa.func.count()).where(_BUS.signal_json.is_(None))
    if scope == "project":
        query = query.where(_BUS.lane == target)
    if scope == "chain":
        events = tables.events.c
        query = query.join_from(tables.bus, tables.events, _BUS.seq == events.seq).where(events.chain == target)
    return int(connection.execute(query).scalar_one())
