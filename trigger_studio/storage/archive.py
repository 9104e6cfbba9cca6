"""The archive: chains that ended long ago leave the tables that every decision reads, a few at a time.

Kept apart, never thrown away, because promises outlive a chain: the id of an archived event is still taken, so that
sending it again is a duplicate (promises.md); an event that names an archived firing or job as its cause still
finds its chain and depth. What joins need stays where it is: entities, jobs as entities among them, and completions
("no earlier firing for that parent", promises.md). The hourly guard looks back an hour, a retention is a day or more.

A chain goes whole or not at all, so the log shows a firing with all that caused it and followed, or not at all. It may
go when everything of it was committed before the horizon and nothing is left to come: nothing on the bus, no firing
held, running or waiting, no open job. The bus clock, taken first, keeps everybody from adding to it meanwhile. Someone
who had read it just before finds what a later look finds: a cause in the archive, or no firing to go on with.
The newest record of the log always stays: it numbers the next.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from trigger_studio.engine.clock import timestamp
from trigger_studio.frozen import frozen
from trigger_studio.model.event import RESERVED
from trigger_studio.storage import bulk, rows, settings, tables
from trigger_studio.storage.bus import take_ticks
from trigger_studio.storage.damage import json_of
from trigger_studio.storage.database import Database

SETTING = "retention_days"
BATCH = 100
"""Events looked at in one transaction: some milliseconds."""

REST_S = 600.0
"""Between two passes over what has come of age."""

LIVE = "('held', 'running', 'waiting')"


@frozen
class Horizon:
    """What is old.

    Attributes:
        log_id: records of the log up to this one.
        seq: events up to this one; it led to the last of those records, so it was committed before.
        moment: RFC 3339 text; of its own events the engine knows when it raised them.
    """

    log_id: int
    seq: int
    moment: str


def horizon(connection: sa.Connection, before_s: float) -> Horizon | None:
    """What was committed before a time, by halving the log, whose times rise with its numbers; None for nothing."""
    ((low, high),) = bulk.fetch(connection, "SELECT min(id), max(id) FROM log", {})
    if low is None:
        return None
    first, beyond = low, high
    while first < beyond:
        sql = "SELECT id, at FROM log WHERE id >= :middle ORDER BY id LIMIT 1"
        ((found, at),) = bulk.fetch(connection, sql, {"middle": (first + beyond) // 2})
        if at < before_s:
            first = found + 1
        else:
            beyond = (first + beyond) // 2
    sql = "SELECT id, event_seq FROM log WHERE id < :first ORDER BY id DESC LIMIT 1"
    old = bulk.fetch(connection, sql, {"first": min(first, high)})
    for log_id, seq in old:
        return Horizon(log_id, seq, timestamp(before_s))
    return None


def move(connection: sa.Connection, old: Horizon, after: int, at: float) -> tuple[int, int | None]:
    """Archive the chains of the next few old events.

    Args:
        after: place of the last event looked at, 0 at first.
        at: the time to note, seconds since the epoch.

    Returns:
        How many events were archived, and the new `after`: None when every old event has been looked at.
    """
    take_ticks(connection, 0)
    sql = "SELECT seq, chain FROM events WHERE seq > :after AND seq <= :old ORDER BY seq LIMIT :limit"
    found = bulk.fetch(connection, sql, {"after": after, "old": old.seq, "limit": BATCH})
    chains = _may_go(connection, sorted({chain for _, chain in found}), old)
    gone = [part for part in _parts(connection, chains) if part.chain in chains]
    late = {part.chain for part in gone if part.stays(old)}
    moved = [part for part in gone if part.chain not in late]
    _archive(connection, moved, at)
    count = sum(part.table is tables.events for part in moved)
    return count, found[-1][0] if len(found) == BATCH else None


def _may_go(connection: sa.Connection, chains: Sequence[str], old: Horizon) -> set[str]:
    """Those of the chains without a late event, a live firing, or anything on the bus."""
    keys = [[chain] for chain in chains]
    late = (
        "SELECT t.chain FROM {keys} JOIN events t ON t.chain = k.a0 AND t.chain <> t.id WHERE t.seq > :old"
        f" AND NOT (t.id LIKE '{RESERVED}%' AND t.occurred_at < :moment)"
    )
    live = f"SELECT t.chain FROM {{keys}} JOIN firings t ON t.chain = k.a0 WHERE t.status IN {LIVE}"
    stay = {chain for (chain,) in bulk.fetch_keys(connection, late, keys, old=old.seq, moment=old.moment)}
    stay |= {chain for (chain,) in bulk.fetch_keys(connection, live, keys)}
    waiting = "SELECT e.chain FROM bus b JOIN events e ON e.seq = b.seq WHERE b.signal_json IS NULL AND b.seq <= :old"
    stay |= {chain for (chain,) in bulk.fetch(connection, waiting, {"old": old.seq})}
    staged = "SELECT t.chain FROM {keys} JOIN staged t ON t.chain = k.a0 AND t.chain <> t.id"
    stay |= {chain for (chain,) in bulk.fetch_keys(connection, staged, keys)}
    signals = bulk.fetch(connection, "SELECT signal_json FROM bus WHERE signal_json IS NOT NULL", {})
    stay |= {
        row.chain for row in _firings(connection, {json_of(text, "bus", "signal")["firing_id"] for (text,) in signals})
    }
    return set(chains) - stay


def _firings(connection: sa.Connection, ids: Iterable[str]) -> list[Any]:
    wanted = [list(rows.firing_key(id)) for id in ids]
    return _by_numbers(connection, tables.firings, wanted)


def _by_numbers(connection: sa.Connection, table: sa.Table, wanted: Sequence[Sequence[int]]) -> list[Any]:
    """The rows of firings or their log, by (event_seq, place)."""
    on = "t.event_seq = CAST(k.a0 AS BIGINT) AND t.place = CAST(k.a1 AS INTEGER)"
    sql = f"SELECT {bulk.columns(table)} FROM {{keys}} JOIN {table.name} t ON {on}"
    return list(map(bulk.record(table), bulk.fetch_keys(connection, sql, wanted, 2)))


@frozen
class _Part:
    """A row of a chain, and where it stands."""

    chain: str
    table: sa.Table
    row: Any

    @property
    def key(self) -> list[Any]:
        return [getattr(self.row, column.name) for column in self.table.primary_key]

    @property
    def id(self) -> str:
        """What it is known by in the archive: events, firings and jobs by the ids that people and events use."""
        if self.table is tables.events:
            return str(self.row.id)
        if self.table is tables.firings:
            return f"f{self.row.event_seq}-{self.row.place}"
        return "/".join(map(str, self.key))

    def stays(self, old: Horizon) -> bool:
        """Whether it keeps its chain: an open job, or something that happened after the horizon."""
        if self.table is tables.jobs:
            return bool(self.row.state == "submitted")
        return self.table is tables.log and self.row.id > old.log_id


def _parts(connection: sa.Connection, chains: Iterable[str]) -> list[_Part]:
    """Everything of these chains."""
    keys = [[chain] for chain in chains]
    head = "SELECT {0} FROM {{keys}} JOIN events t ON t.id = k.a0 AND t.chain = t.id"
    others = "SELECT {0} FROM {{keys}} JOIN events t ON t.chain = k.a0 AND t.chain <> t.id"
    sql = f"{head} UNION ALL {others}".format(bulk.columns(tables.events))
    events = list(map(bulk.record(tables.events), bulk.fetch_keys(connection, sql, keys)))
    firings = bulk.by_keys(connection, tables.firings, keys, "chain")
    chain_of = {f"f{row.event_seq}-{row.place}": row.chain for row in firings}
    log = _by_numbers(connection, tables.log, [[row.event_seq, row.place] for row in firings])
    parts = [_Part(row.chain, tables.events, row) for row in events]
    parts += [_Part(row.chain, tables.firings, row) for row in firings]
    parts += [_Part(chain_of[f"f{row.event_seq}-{row.place}"], tables.log, row) for row in log]
    for row in bulk.by_keys(connection, tables.actions, [[id] for id in chain_of], "firing_id"):
        parts.append(_Part(chain_of[row.firing_id], tables.actions, row))
    ids = [[id] for id in dict.fromkeys(id for row in log for id in _made(row))]
    for table in (tables.jobs, tables.deliveries, tables.gates):
        parts += [_Part(chain_of[row.firing_id], table, row) for row in bulk.by_keys(connection, table, ids, "id")]
    return parts


def _made(record: Any) -> list[str]:
    """Ids of the jobs, deliveries and gates that a record of the log tells of."""
    data = json_of(record.data_json, "log", record.id)
    return [*data.get("jobs", ()), *(action["ref"] for action in data.get("actions", ()) if action.get("ref"))]


def _archive(connection: sa.Connection, parts: Sequence[_Part], at: float) -> None:
    stored = [
        (
            part.table.name,
            part.id,
            part.chain,
            getattr(part.row, "content_hash", None),
            at,
            bulk.dump(part.row._asdict()),
        )
        for part in parts
    ]
    bulk.insert(connection, tables.archive, stored)
    for table in dict.fromkeys(part.table for part in parts):
        _delete(connection, table, [part.key for part in parts if part.table is table])
    named = [
        [value, name.removesuffix("_id"), part.row.id]
        for part in parts
        if part.table is tables.jobs
        for name, value in json_of(part.row.params_json, "jobs", part.row.id).items()
        if name.endswith("_id") and isinstance(value, str)
    ]
    _delete(connection, tables.job_targets, named)


def _delete(connection: sa.Connection, table: sa.Table, keys: Sequence[Sequence[Any]]) -> None:
    columns = list(table.primary_key)
    texts = ", ".join(
        f"k.a{place}" if isinstance(column.type, sa.Text) else f"CAST(k.a{place} AS BIGINT)"
        for place, column in enumerate(columns)
    )
    names = ", ".join(column.name for column in columns)
    sql = f"DELETE FROM {table.name} WHERE ({names}) IN (SELECT {texts} FROM {{keys}})"
    with bulk.Writes(connection) as writes:
        writes.run(*bulk.with_keys(writes.is_sqlite, sql, keys, len(columns)))


def archived(connection: sa.Connection, table: sa.Table, ids: Iterable[str]) -> list[Any]:
    """Archived rows of a table by their ids; readable by name."""
    sql = "SELECT t.row_json FROM {keys} JOIN archive t ON t.kind = k.a0 AND t.id = k.a1"
    found = bulk.fetch_keys(connection, sql, [[table.name, id] for id in ids], 2)
    documents = [json_of(text, "archive", table.name) for (text,) in found]
    return [bulk.record(table)([document.get(column.name) for column in table.columns]) for document in documents]


class Archivist:
    """Keeps to the retention setting: one small transaction a call, with a rest after each pass.

    Args:
        database: whose setting it is; without one nothing is archived.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._old: Horizon | None = None
        self._after = 0
        self._rest_until = float("-inf")

    def step(self, now_s: float) -> bool:
        """Archive a little. Returns whether there may be more to archive now."""
        if self._old is None:
            if time.monotonic() < self._rest_until:
                return False
            self._rest_until = time.monotonic() + REST_S
            with self._database.read() as connection:
                days = settings.get(connection, SETTING)
                self._old = horizon(connection, now_s - days * 86400) if days else None
            self._after = 0
            if self._old is None:
                return False
        with self._database.write() as connection:
            _, after = move(connection, self._old, self._after, now_s)
        if after is None:
            self._old = None
            return False
        self._after = after
        return True
