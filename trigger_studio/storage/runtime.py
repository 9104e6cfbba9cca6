"""The engine's store on a real database: claims, locks, waiting.

Decisions are serial within a lane. On SQLite the write lock of the transaction sees to it; on PostgreSQL an advisory
lock a lane, held by the transaction itself: an engine that dies or sleeps loses its transaction, and with it the lock
and the means to commit, so no lease can be outlived.
"""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Collection, Iterator
from typing import Any

import sqlalchemy as sa

from trigger_studio import __version__
from trigger_studio.decide.rules import RuleSet
from trigger_studio.decide.tallies import Group
from trigger_studio.engine.faults import FaultRecord
from trigger_studio.engine.ports import Claim, Signal
from trigger_studio.engine.world import World, an_hour_before
from trigger_studio.errors import Damaged, Unavailable
from trigger_studio.model.event import Event, Job
from trigger_studio.storage import batches, bulk, bus, deliveries, engines, in_force, limits, rows, staging, tables
from trigger_studio.storage.archive import Archivist
from trigger_studio.storage.bus import put_signals, take_ticks
from trigger_studio.storage.damage import damaged
from trigger_studio.storage.database import Database
from trigger_studio.storage.flush import flush
from trigger_studio.storage.locks import FARM_LOCK, HALT_LOCK, LANE_LOCK, PARENT_LOCK
from trigger_studio.storage.rule_cache import RuleCache
from trigger_studio.storage.source import SqlSource
from trigger_studio.storage.watch import Bell, Watch

IDLE_TIMEOUT_MS = 5_000
"""A paused engine's transaction is ended by the server after this; that is the fence: it cannot commit any more."""

_BEGIN = (
    f"SELECT set_config('idle_in_transaction_session_timeout', '{IDLE_TIMEOUT_MS}', true),"
    f" pg_advisory_xact_lock_shared({HALT_LOCK}, 0)"
)
"""What comes first on PostgreSQL. Everything that is decided by is read in later statements, so with the locks held."""

_WAITS = "EXISTS (SELECT 1 FROM firings WHERE queue IS NOT NULL)"
"""Whether a held firing waits for room in the limits."""


_MOVED = f"seq < COALESCE({staging.HORIZON}, 9223372036854775807)"


def _oldest(where: str) -> str:
    """What waits goes on before the next event, however many events came first; no event overtakes another."""
    oldest = f"SELECT * FROM (SELECT seq, lane, signal_json FROM bus WHERE {where} AND signal_json IS"
    return (
        f"SELECT ({in_force.VERSION}) AS version, {_WAITS} AS waits, b.seq, b.lane, b.signal_json,"
        f" {bulk.columns(tables.events)} FROM"
        f" ({oldest} NOT NULL ORDER BY seq LIMIT :limit) AS s"
        f" UNION ALL {oldest} NULL AND {_MOVED} ORDER BY seq LIMIT :limit) AS w) AS b"
        " LEFT JOIN events t ON t.seq = b.seq ORDER BY b.signal_json IS NULL, b.seq LIMIT :limit"
    )


_OLDEST_SQLITE = _oldest("lane NOT IN (SELECT value FROM json_each(:parked))")
_OLDEST_POSTGRESQL = _oldest("lane = ANY(:lanes)")
_NEXT = "(SELECT lane FROM bus WHERE lane <> ALL(:parked) AND signal_json IS"
_CLAIM = (  # the lanes of what is next, those nobody else holds; their rows are read after that
    f"{_BEGIN}, ARRAY(SELECT lane FROM ({_NEXT} NOT NULL ORDER BY seq LIMIT :limit)"
    f" UNION {_NEXT} NULL AND {_MOVED} ORDER BY seq LIMIT :limit)) AS l"
    f" WHERE pg_try_advisory_xact_lock({LANE_LOCK}, hashtext(lane)))"
)
_LOCK_PARENTS = (
    f"SELECT pg_advisory_xact_lock({PARENT_LOCK}, place) FROM"
    " (SELECT DISTINCT hashtext(name) AS place FROM unnest(CAST(:names AS text[])) AS name ORDER BY 1) AS p"
)


def _waiting(seq: int, row: bulk.Row) -> Event:
    event = bulk.record(tables.events)(row)
    if event.id is None:
        raise damaged(tables.bus.name, seq, "the event that waits there is missing")
    return rows.event_of(event)


class SqlTransaction:
    """Satisfies `engine.ports.Transaction`."""

    def __init__(self, connection: sa.Connection, cache: RuleCache, executor_id: str) -> None:
        self._connection = connection
        self._executor_id = executor_id
        self._sqlite = bulk.is_sqlite(connection)
        self._cache = cache
        self._joins: set[tuple[Group, str]] = set()  # that will be looked at, where asking for each takes long

    def pending(self, limit: int, parked: Collection[str] = ()) -> Claim:
        found = self._find(limit, parked)
        while not found and self._release(parked):
            found = self._find(limit, parked)
        if not found:
            return Claim()
        self._go_by(found[0][0], found[0][1])
        signals: list[Signal] = []
        events: list[Event] = []
        for _, _, seq, lane, signal, *event in found:
            try:
                if signal is not None:
                    signals.append(rows.signal_of(signal, seq))
                else:
                    events.append(_waiting(seq, tuple(event)))
            except Damaged as fault:
                if not (signals or events):
                    fault.lane = lane
                    raise
                break  # what comes before it is decided first
        if not self._sqlite:
            self._lock_parents(events)
        return Claim(tuple(signals), tuple(events), found[0][3])

    def _find(self, limit: int, parked: Collection[str]) -> list[bulk.Row]:
        if self._sqlite:
            values: dict[str, Any] = {"limit": limit, "parked": bulk.dump(list(parked))}
            return bulk.fetch(self._connection, _OLDEST_SQLITE, values)
        values = {"limit": limit, "parked": list(parked)}
        ((*_, lanes),) = bulk.fetch(self._connection, _CLAIM, values)
        values = {"limit": limit, "lanes": lanes}
        return bulk.fetch(self._connection, _OLDEST_POSTGRESQL, values) if lanes else []

    def _release(self, parked: Collection[str]) -> bool:
        """Move published events to the bus, if nothing is there that this or another engine may decide before them."""
        if not staging.waits(self._connection):
            return False
        if not self._sqlite:
            older = f"SELECT seq FROM bus WHERE lane <> ALL(:parked) AND signal_json IS NULL AND {_MOVED} LIMIT 1"
            if bulk.fetch(self._connection, older, {"parked": list(parked)}):
                return False
        return staging.release(self._connection)

    def begin(self) -> None:
        if not self._sqlite:
            bulk.fetch(self._connection, _BEGIN, {})
        ((version, waits),) = bulk.fetch(self._connection, f"SELECT ({in_force.VERSION}), {_WAITS}", {})
        self._go_by(version, waits)

    def _go_by(self, version: int, waits: bool) -> None:
        self._rules, self._approvals = self._cache.at(self._connection, version)
        self._waits = bool(waits)

    def _lock_parents(self, events: list[Event]) -> None:
        """A parent's members may be spread over lanes: the joins under it are decided one at a time, too."""
        joins = [
            (event, compiled.members)
            for event in events
            for compiled in self._rules.matching(event)
            if compiled.members is not None
        ]
        if not joins:
            return
        source = self._source()  # for this only: what it reads may change until the locks are ours
        source.load_entities({event.key for event, _ in joins})
        names = set()
        for event, members in joins:
            entity = source.entity(event.key)
            parent = entity.parent(members.of) if entity else getattr(event, members.of)
            if parent is not None:
                names.add(f"{members.of} {parent}")
                self._joins.add(((members.kind, members.of, parent), members.name))
        bulk.fetch(self._connection, _LOCK_PARENTS, {"names": list(names)})

    def _source(self) -> SqlSource:
        return SqlSource(self._connection, self._rules.profile, self._cache.revision, self._approvals, counting=True)

    def due_job(self, before_s: float | None, speed: float) -> Job | None:
        due_at = "submitted_at + (due_at - submitted_at) / :speed" if speed != 1 else "due_at"
        before = f"AND {due_at} <= :before" if before_s is not None else ""
        sql = (
            f"SELECT ({in_force.VERSION}), {_WAITS}, {bulk.columns(tables.jobs)} FROM jobs t"
            f" WHERE state = 'submitted' {before} ORDER BY {due_at}, seq LIMIT 1"
        )
        if not self._sqlite:  # no lock of the row: whoever holds the bus clock may be about to write it
            bulk.fetch(self._connection, f"{_BEGIN}, pg_advisory_xact_lock({FARM_LOCK}, 0)", {})
        for version, waits, *job in bulk.fetch(self._connection, sql, {"speed": speed, "before": before_s}):
            self._go_by(version, waits)
            return rows.job_of(bulk.record(tables.jobs)(job))
        return None

    def open_job(self, job_id: str) -> Job | None:
        """That job, if it is open and its end waits on no bus; nobody else ends one before this transaction does."""
        if not self._sqlite:
            bulk.fetch(self._connection, f"{_BEGIN}, pg_advisory_xact_lock({FARM_LOCK}, 0)", {})
        sql = (
            f"SELECT ({in_force.VERSION}), {_WAITS}, {bulk.columns(tables.jobs)} FROM jobs t"
            " WHERE id = :id AND state = 'submitted' AND NOT EXISTS (SELECT 1 FROM events e JOIN bus b ON b.seq = e.seq"
            " WHERE e.entity = 'job' AND e.entity_id = t.id AND e.type IN ('completed', 'failed'))"
        )
        for version, waits, *job in bulk.fetch(self._connection, sql, {"id": job_id}):
            self._go_by(version, waits)
            return rows.job_of(bulk.record(tables.jobs)(job))
        return None

    def world(self, batch: Claim, now_s: float) -> World:
        limits.exclude(self._connection, self._rules.limits)
        source = self._reading = self._source()
        source.nobody_waits = not self._waits and not self._rules.limits
        source.prefetch(batch.events, an_hour_before(now_s))
        source.load_firings({signal.firing_id for signal in batch.signals})
        counted = ((group, self._rules.counted(group), name) for group, name in self._joins)
        source.prefetch_tallies([(group, filters.plan, name) for group, filters, name in counted if filters])
        return World(source, self._rules, lambda: now_s)

    def flush(self, world: World, decided: list[int]) -> None:
        sums = self._reading.sums.after(self._rules.limits, world.ledger.notes, world.now())
        totals = limits.Totals(sums, frozenset(self._reading.begun))
        flush(self._connection, world, decided, self._executor_id, totals)


class SqlStore:
    """Satisfies `engine.ports.Store`. One for each engine.

    Args:
        database: with its schema in place.
        cache: compiled rules, shared with whoever reads the same database.
        executor_id: this engine's name, unique and the same after a restart.
    """

    def __init__(self, database: Database, cache: RuleCache, executor_id: str) -> None:
        self.executor_id = executor_id
        self._database = database
        self._cache = cache
        self._started_at = time.time()
        self._bell = Bell()
        self._archivist = Archivist(database)
        self._watch: Watch | None = None
        self._connection: sa.Connection | None = None

    @contextlib.contextmanager
    def transaction(self) -> Iterator[SqlTransaction]:
        try:
            with self._database.plain_words():
                connection = self._connection = self._connection or self._database.keep()
                with self._database.turns.later(), connection.begin():
                    yield SqlTransaction(connection, self._cache, self.executor_id)
        except Exception:
            self.close()  # whatever state it is in
            raise

    def rules(self) -> RuleSet:
        """The rules as they stand."""
        with self._database.read() as connection:
            return self._cache.get(connection)

    def _source(self, connection: sa.Connection) -> SqlSource:
        return SqlSource(connection, self._cache.get(connection).profile, self._cache.revision)

    def waits(self) -> bool:
        with self._database.read() as connection:
            return bool(connection.execute(sa.text(f"SELECT {_WAITS}")).scalar_one())

    def forget(self, now_s: float) -> None:
        with self._database.read() as connection:
            until = limits.forgettable(connection, now_s)
        if until is None:
            return
        with self._database.write() as connection:
            if not self._database.is_sqlite:
                bulk.fetch(connection, _BEGIN, {})  # from here on no limit changes
            if (until := limits.forgettable(connection, now_s)) is not None:
                limits.forget(connection, until)

    def expire_gates(self, now_s: float) -> None:
        table = tables.gates
        late = sa.and_(table.c.status == "waiting", table.c.due_at <= now_s)
        with self._database.read() as connection:
            if connection.execute(sa.select(sa.func.count()).where(late)).scalar_one() == 0:
                return
        with self._database.write() as connection:
            expired = sa.update(table).where(late).values(status="timed_out", answered_at=now_s).returning(table)
            found = connection.execute(expired).all()
            put_signals(
                connection,
                [
                    (row.lane, Signal(row.firing_id, "gate", row.action, ok=False, detail="the gate timed out"))
                    for row in found
                ],
            )

    def next_batch(self) -> float | None:
        with self._database.read() as connection:
            return batches.next_due(connection)

    def call_batches(self, now_s: float, most: int) -> None:
        with self._database.write() as connection:
            take_ticks(connection, 0)  # whoever decides in a batch's lane holds it before the batch, too
            called = batches.call(connection, now_s, most)
            put_signals(connection, [(lane, Signal(id, "gathered")) for lane, id in called])

    def archive(self, now_s: float) -> bool:
        return self._archivist.step(now_s)

    def carriers(self) -> list[str]:
        with self._database.read() as connection:
            return deliveries.carriers(connection)

    def heartbeat(self, lag_s: float, faults: FaultRecord) -> list[str]:
        row = (self.executor_id, socket.gethostname(), __version__, self._started_at)
        trouble = (faults.number, faults.last, faults.at)
        with self._database.write() as connection:
            now = self._database.clock_s(connection)
            bulk.upsert(
                connection, tables.engines, [(*row, now, lag_s, *trouble)], [c.name for c in tables.engines.c][1:]
            )
            alive = set(engines.alive(connection, now))
        return [carrier for carrier in self.carriers() if carrier not in alive]

    def last_at(self) -> float:
        with self._database.read() as connection:
            return bus.last_at(connection)

    def lag_s(self) -> float:
        with self._database.read() as connection:
            oldest = connection.execute(sa.select(tables.bus.c.at).order_by(tables.bus.c.seq).limit(1)).scalar()
        return 0.0 if oldest is None else max(0.0, time.time() - oldest)

    def wait(self, timeout_s: float) -> None:
        try:
            with self._database.plain_words():
                self._watch = self._watch or Watch(self._database, self._bell)
                self._watch.wait(timeout_s)
        except Unavailable:
            self.close()  # the next wait opens another watch
            raise

    def wake(self) -> None:
        self._bell.ring()

    def close(self) -> None:
        self._bell.close()
        if self._watch is not None:
            watch, self._watch = self._watch, None
            watch.close()
        if self._connection is not None:
            connection, self._connection = self._connection, None
            self._database.let_go(connection)
