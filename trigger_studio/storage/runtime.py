"""The engine's store on a real database: claims, locks, waiting.

Decisions are serial within a lane. On SQLite the write lock of the transaction sees to it; on PostgreSQL an advisory
lock a lane, held by the transaction itself: an engine that dies or sleeps loses its transaction, and with it the lock
and the means to commit, so no lease can be outlived.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Collection, Iterator
from typing import Any

import sqlalchemy as sa

from trigger_studio import __version__
from trigger_studio.decide.rules import RuleSet
from trigger_studio.engine.ports import Batch, Signal
from trigger_studio.engine.world import HOUR_S, World
from trigger_studio.errors import Unavailable
from trigger_studio.model.event import Event, Job
from trigger_studio.storage import bulk, rows, tables
from trigger_studio.storage.database import Database
from trigger_studio.storage.flush import flush, put_signals
from trigger_studio.storage.rules import RuleCache
from trigger_studio.storage.source import SqlSource

HALT_LOCK, LANE_LOCK, PARENT_LOCK, FARM_LOCK = 0x7517_0001, 0x7517_0002, 0x7517_0003, 0x7517_0004
"""Advisory locks on PostgreSQL: halts exclude starts; one decider a lane; one decider a join's parent;
one simulated farm ends a job at a time."""

IDLE_TIMEOUT_MS = 5_000
"""A paused engine's transaction is ended by the server after this; that is the fence: it cannot commit any more."""

SILENT_S = 8.0
"""An engine without a heartbeat for so long is taken for dead; should it only sleep, its rows fence it out."""

WATCH_S = 0.002
"""How often SQLite's change counter is looked at while waiting; a look takes microseconds."""


class SqlTransaction:
    """Satisfies `engine.ports.Transaction`."""

    def __init__(self, connection: sa.Connection, cache: RuleCache, executor_id: str) -> None:
        self._connection = connection
        self._executor_id = executor_id
        self._sqlite = connection.dialect.name == "sqlite"
        if not self._sqlite:
            fence = sa.func.set_config("idle_in_transaction_session_timeout", str(IDLE_TIMEOUT_MS), True)
            connection.execute(sa.select(fence, sa.func.pg_advisory_xact_lock_shared(HALT_LOCK, 0)))
        self._rules = cache.get(connection)
        self._cache = cache

    def pending(self, limit: int, parked: Collection[str] = ()) -> Batch:
        parameters: dict[str, Any] = {"limit": limit}
        if self._sqlite:
            where = "lane NOT IN (SELECT value FROM json_each(:parked))"
            parameters["parked"] = bulk.dump(list(parked))
        else:
            lanes = parameters["lanes"] = self._claim_lanes(limit, parked)
            if not lanes:
                return Batch()
            where = "lane = ANY(:lanes)"
        oldest = f"SELECT * FROM (SELECT seq, lane, signal_json FROM bus WHERE {where} AND signal_json IS"
        sql = (  # what waits goes on before the next event, however many events came first
            "SELECT b.seq AS bus_seq, b.lane, b.signal_json, e.* FROM"
            f" ({oldest} NOT NULL ORDER BY seq LIMIT :limit) AS s"
            f" UNION ALL {oldest} NULL ORDER BY seq LIMIT :limit) AS w) AS b LEFT JOIN events e ON e.seq = b.seq"
            " ORDER BY b.signal_json IS NULL, b.seq LIMIT :limit"
        )
        signals: list[Signal] = []
        events: list[Event] = []
        lane = None
        for row in self._connection.execute(sa.text(sql), parameters):
            lane = row.lane if lane is None else lane
            if row.signal_json is not None:
                signals.append(rows.signal_of(row.signal_json, row.bus_seq))
            else:
                events.append(rows.event_of(row))
        if not self._sqlite:
            self._lock_parents(events)
        return Batch(tuple(signals), tuple(events), lane or "")

    def _claim_lanes(self, limit: int, parked: Collection[str]) -> list[str]:
        """Lock the lanes of what is next, those nobody else holds; the rows are read after that."""
        oldest = "(SELECT lane FROM bus WHERE lane <> ALL(:parked) AND signal_json IS"
        sql = sa.text(
            f"SELECT lane FROM ({oldest} NOT NULL ORDER BY seq LIMIT :limit)"
            f" UNION {oldest} NULL ORDER BY seq LIMIT :limit)) AS l"
            " WHERE pg_try_advisory_xact_lock(:lock, hashtext(lane))"
        )
        parameters = {"limit": limit, "lock": LANE_LOCK, "parked": list(parked)}
        return list(self._connection.execute(sql, parameters).scalars())

    def _lock_parents(self, events: list[Event]) -> None:
        """A parent's members may be spread over lanes: the joins under it are decided one at a time, too."""
        joins = [
            (event, compiled.rule.when.every.of)
            for event in events
            for compiled in self._rules.candidates(event)
            if compiled.rule.when.every
        ]
        if not joins:
            return
        source = self._source()  # for this only: what it reads may change until the locks are ours
        source.load_entities({event.key for event, _ in joins})
        names = set()
        for event, of in joins:
            entity = source.entity(event.key)
            parent = entity.parent(of) if entity else getattr(event, of)
            if parent is not None:
                names.add(f"{of} {parent}")
        sql = (
            "SELECT pg_advisory_xact_lock(:lock, place) FROM"
            " (SELECT DISTINCT hashtext(name) AS place FROM unnest(CAST(:names AS text[])) AS name ORDER BY 1) AS p"
        )
        self._connection.execute(sa.text(sql), {"lock": PARENT_LOCK, "names": list(names)})

    def _source(self) -> SqlSource:
        return SqlSource(self._connection, self._rules.profile, self._cache.revision)

    def due_job(self, before_s: float | None, speed: float) -> Job | None:
        table = tables.jobs
        due_at = (
            table.c.submitted_at + (table.c.due_at - table.c.submitted_at) / speed if speed != 1 else table.c.due_at
        )
        query = sa.select(table).where(table.c.state == "submitted").order_by(due_at, table.c.seq).limit(1)
        if before_s is not None:
            query = query.where(due_at <= before_s)
        if not self._sqlite:  # no lock of the row: whoever holds the bus clock may be about to write it
            self._connection.execute(sa.select(sa.func.pg_advisory_xact_lock(FARM_LOCK, 0)))
        row = self._connection.execute(query).one_or_none()
        return None if row is None else rows.job_of(row)

    def world(self, batch: Batch, now_s: float) -> World:
        source = self._source()
        source.prefetch(batch.events, now_s - HOUR_S)
        source.load_firings({signal.firing_id for signal in batch.signals})
        return World(source, self._rules, lambda: now_s)

    def flush(self, world: World, decided: list[int]) -> None:
        flush(self._connection, world, decided, self._executor_id)


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
        self._woken = threading.Event()
        self._watch: Any = None
        self._seen: Any = None

    @contextlib.contextmanager
    def transaction(self) -> Iterator[SqlTransaction]:
        with self._database.write() as connection:
            yield SqlTransaction(connection, self._cache, self.executor_id)

    def rules(self) -> RuleSet:
        """The rules as they stand."""
        with self._database.read() as connection:
            return self._cache.get(connection)

    def _source(self, connection: sa.Connection) -> SqlSource:
        return SqlSource(connection, self._cache.get(connection).profile, self._cache.revision)

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

    def carriers(self) -> list[str]:
        table = tables.deliveries
        query = sa.select(table.c.carrier).where(table.c.status == "pending").distinct().order_by(table.c.carrier)
        with self._database.read() as connection:
            return list(connection.execute(query).scalars())

    def heartbeat(self, lag_s: float) -> list[str]:
        row = (self.executor_id, socket.gethostname(), __version__, self._started_at)
        with self._database.write() as connection:
            now = self._database.clock_s(connection)
            bulk.upsert(
                connection, tables.engines, [(*row, now, lag_s)], ("host", "version", "started_at", "seen_at", "lag_s")
            )
            alive = set(
                connection.execute(
                    sa.select(tables.engines.c.id).where(tables.engines.c.seen_at > now - SILENT_S)
                ).scalars()
            )
        return [carrier for carrier in self.carriers() if carrier not in alive]

    def last_at(self) -> float:
        with self._database.read() as connection:
            return self._source(connection).last_at()

    def lag_s(self) -> float:
        with self._database.read() as connection:
            oldest = connection.execute(sa.select(tables.bus.c.at).order_by(tables.bus.c.seq).limit(1)).scalar()
        return 0.0 if oldest is None else max(0.0, time.time() - oldest)

    def wait(self, timeout_s: float) -> None:
        try:
            with self._database.plain_words():
                self._wait(timeout_s)
        except Unavailable:
            self.close()  # the next wait opens another watch
            raise
        self._woken.clear()

    def _wait(self, timeout_s: float) -> None:
        if self._watch is None:
            self._open_watch()
        if self._database.is_sqlite:
            self._wait_sqlite(timeout_s)
        else:
            self._wait_postgresql(timeout_s)

    def _open_watch(self) -> None:
        """A connection of our own that only watches; the wait that opens it returns at once, so nothing is missed."""
        self._watch = self._database.engine.raw_connection()
        if self._database.is_sqlite:
            self._seen = None
        else:
            self._watch.driver_connection.autocommit = True
            self._watch.driver_connection.execute("LISTEN trigger_studio")
            self._woken.set()

    def _wait_sqlite(self, timeout_s: float) -> None:
        cursor = self._watch.driver_connection.cursor()
        end = time.monotonic() + timeout_s
        while not self._woken.is_set():
            (now,) = cursor.execute("PRAGMA data_version").fetchone()
            if now != self._seen:
                self._seen = now
                return
            left = end - time.monotonic()
            if left <= 0:
                return
            self._woken.wait(min(WATCH_S, left))

    def _wait_postgresql(self, timeout_s: float) -> None:
        end = time.monotonic() + timeout_s
        while not self._woken.is_set():
            left = end - time.monotonic()
            if left <= 0:
                return
            for _ in self._watch.driver_connection.notifies(timeout=min(0.1, left), stop_after=1):
                return

    def wake(self) -> None:
        self._woken.set()

    def close(self) -> None:
        if self._watch is not None:
            watch, self._watch = self._watch, None
            watch.driver_connection.close()
            watch.invalidate()
