"""The delivery rows: which are open and whose, and what each try came to."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from trigger_studio.engine.ports import Signal
from trigger_studio.frozen import frozen
from trigger_studio.model.delivery import Attempt, Delivery
from trigger_studio.storage import bulk
from trigger_studio.storage.bus import put_signals
from trigger_studio.storage.database import Database
from trigger_studio.storage.rows import delivery_of
from trigger_studio.storage.tables import PENDING, deliveries

_SLEEPER_TIMEOUT_MS = 5_000
"""Whoever takes over a sleeping engine's deliveries waits for the rows that its transaction holds."""

_BEGIN = (
    "UPDATE deliveries SET begun = attempts + 1,"
    " repeats = CASE WHEN begun > attempts THEN COALESCE(repeats, 0) + 1 ELSE repeats END"
    " WHERE id IN (SELECT a0 FROM {keys}) AND status = 'pending' AND carrier = :carrier"
    " RETURNING id, COALESCE(repeats, 0)"
)
_CHANGE = (
    "UPDATE deliveries SET status = k.a1, attempts = CAST(k.a2 AS INTEGER), last_error = k.a3,"
    " due_at = CAST(k.a4 AS DOUBLE PRECISION), settled_at = CAST(k.a5 AS DOUBLE PRECISION), result_json = k.a6"
    " FROM {keys} WHERE id = k.a0 AND status = 'pending' AND (k.a1 = 'done' OR carrier = :carrier)"
    " RETURNING id, lane, firing_id, action"
)


class DeliveryStore:
    """Reads and writes delivery rows; may be called from any thread, and each call is one transaction.

    A settled row never changes again. A row that somebody else carries by now takes only ``done``: that the other side
    accepted stays true, anything else is its new carrier's to say.

    Raises:
        Unavailable: the database is out of reach; the same call may be repeated until it is back.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._idle: list[sa.Connection] = []

    def load(self, ids: Sequence[str]) -> list[Delivery]:
        """Those of `ids` that are still pending, whoever carries them."""
        with self._transaction("BEGIN") as connection:
            found = bulk.by_keys(connection, deliveries, [[id] for id in ids], "id")
            return [delivery_of(row) for row in found if row.status == "pending"]

    def take(self, ids: Sequence[str], carrier: str) -> None:
        """Make `carrier` the carrier of those of `ids` that are still pending."""
        with self._transaction() as connection:
            still = sa.and_(deliveries.c.id.in_(ids), deliveries.c.status == "pending")
            connection.execute(sa.update(deliveries).where(still).values(carrier=carrier))

    def write(self, begins: Sequence[str], attempts: Sequence[Attempt], carrier: str) -> dict[str, int]:
        """Note which deliveries are about to be tried, and write attempts into their rows.

        An attempt that settles, or will be repeated, also puts its signal on the bus.

        Returns:
            For those of `begins` that are still pending and still this carrier's, how often a try of them began again;
            the others must not be tried.
        """
        with self._transaction() as connection:
            changed = bulk.fetch_keys(connection, _CHANGE, _changes(attempts), 7, carrier=carrier)
            made = {attempt.id: attempt for attempt in attempts}
            put_signals(connection, [(lane, _signal(made[id], *action)) for id, lane, *action in changed])
            return dict(bulk.fetch_keys(connection, _BEGIN, [[id] for id in begins], carrier=carrier))

    def pending(self, carrier: str) -> list[str]:
        """Ids of all that `carrier` carries and has not settled, in order."""
        mine = sa.and_(deliveries.c.carrier == carrier, deliveries.c.status == "pending")
        with self._database.read() as connection:
            query = sa.select(deliveries.c.id).where(mine).order_by(deliveries.c.id)
            return list(connection.execute(query).scalars())

    def close(self) -> None:
        """Let go of connections; the next call opens new ones."""
        while self._idle:
            self._database.let_go(self._idle.pop())

    @contextmanager
    def _transaction(self, begin: str = "BEGIN IMMEDIATE") -> Iterator[sa.Connection]:
        """A transaction on a connection kept for it: what an idle engine sends waits for each round trip.

        Args:
            begin: how it begins on SQLite.

        Raises:
            Unavailable: the database is out of reach.
        """
        with self._database.plain_words():
            connection = self._idle.pop() if self._idle else self._open()
            try:
                with connection.execution_options(sqlite_begin=begin).begin():
                    yield connection
            except BaseException:
                self._database.let_go(connection)  # whatever state it is in
                raise
            self._idle.append(connection)

    def _open(self) -> sa.Connection:
        connection = self._database.keep()
        if not self._database.is_sqlite:
            with connection.begin():
                limit = f"SET SESSION idle_in_transaction_session_timeout = {_SLEEPER_TIMEOUT_MS}"
                connection.exec_driver_sql(limit)
        return connection


def _changes(attempts: Sequence[Attempt]) -> list[tuple[Any, ...]]:
    """As `_CHANGE` takes them."""
    now = time.time()
    return [
        (
            attempt.id,
            attempt.outcome,
            attempt.attempts,
            attempt.error,
            attempt.due_at,
            None if attempt.outcome == "pending" else now,
            None if attempt.result is None else bulk.dump(attempt.result),
        )
        for attempt in attempts
    ]


def _signal(attempt: Attempt, firing_id: str, action: int) -> Signal:
    kind = "retrying" if attempt.outcome == "pending" else "delivery"
    told = "; ".join(part for part in (_repeated(attempt.repeats), attempt.error) if part)
    return Signal(firing_id, kind, action, attempt.outcome == "done", attempt.attempts, told or None)


def _repeated(repeats: int) -> str:
    """The mark in the log; the other side may have got the same more than once, under the same key."""
    return f"sent again after a restart{'' if repeats == 1 else f', {repeats} times'}" if repeats else ""


# as people look at them ---------------------------------------------------------------------------------------------


@frozen
class GivenUp:
    """A delivery that failed for good: whose it was, and what the other side said last."""

    firing_id: str
    last_error: str | None


def pending_count(connection: sa.Connection) -> int:
    """How many are not settled."""
    return int(connection.execute(sa.select(sa.func.count()).select_from(deliveries).where(PENDING)).scalar_one())


def pending_in(connection: sa.Connection, scope: str, target: str) -> list[str]:
    """Ids of the firings whose deliveries are not settled, one a delivery: of everything, a project or a chain."""
    query = sa.select(deliveries.c.firing_id).where(PENDING)
    if scope == "project":
        query = query.where(deliveries.c.lane == target)
    if scope == "chain":
        query = query.where(deliveries.c.chain == target)
    return list(connection.execute(query).scalars())


def carriers(connection: sa.Connection) -> list[str]:
    """Executor ids of the engines that carry what is not settled, by name."""
    query = sa.select(deliveries.c.carrier).where(PENDING).distinct().order_by(deliveries.c.carrier)
    return list(connection.execute(query).scalars())


def given_up_count(connection: sa.Connection, since: float) -> int:
    """How many failed for good since a time."""
    return int(connection.execute(sa.select(sa.func.count()).where(_given_up(since))).scalar_one())


def last_given_up(connection: sa.Connection, since: float) -> GivenUp | None:
    """The last that failed for good since a time."""
    query = sa.select(deliveries).where(_given_up(since)).order_by(deliveries.c.settled_at.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return None if row is None else GivenUp(row.firing_id, row.last_error)


def _given_up(since: float) -> sa.ColumnElement[bool]:
    return sa.and_(deliveries.c.status == "failed", deliveries.c.settled_at > since)
