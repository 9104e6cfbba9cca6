"""The delivery rows in the pipeline's database."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import orjson
import sqlalchemy as sa

from trigger_studio.engine.ports import Signal
from trigger_studio.execution.delivery import Attempt, Delivery
from trigger_studio.storage import bulk
from trigger_studio.storage.database import Database
from trigger_studio.storage.flush import put_signals
from trigger_studio.storage.tables import deliveries

_SLEEPER_TIMEOUT_MS = 5_000
"""Whoever takes over a sleeping engine's deliveries waits for the rows that its transaction holds."""


class SqlDeliveryStore:
    """Satisfies `execution.delivery.DeliveryStore`: a result and its signal on the bus commit together."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self, ids: Sequence[str]) -> list[Delivery]:
        with self._database.read() as connection:
            key = bulk.keys(connection, 1)
            sql = f"SELECT t.* FROM {key} JOIN deliveries t ON t.id = k.a0 WHERE t.status = 'pending'"
            found = connection.execute(sa.text(sql), {"keys": bulk.dump([[id] for id in ids])})
            return [_delivery(row) for row in found]

    def take(self, ids: Sequence[str], carrier: str) -> None:
        with self._database.write(sleeper_timeout_ms=_SLEEPER_TIMEOUT_MS) as connection:
            still = sa.and_(deliveries.c.id.in_(ids), deliveries.c.status == "pending")
            connection.execute(sa.update(deliveries).where(still).values(carrier=carrier))

    def write(self, begins: Sequence[str], attempts: Sequence[Attempt], carrier: str) -> dict[str, int]:
        signals = []
        with self._database.write(sleeper_timeout_ms=_SLEEPER_TIMEOUT_MS) as connection:
            for attempt in attempts:
                row = connection.execute(_change(attempt, carrier)).one_or_none()
                if row is not None:
                    signals.append((row.lane, _signal(row, attempt)))
            put_signals(connection, signals)
            begun = connection.execute(_begin(begins, carrier)) if begins else ()
            return {row.id: row.repeats or 0 for row in begun}

    def pending(self, carrier: str) -> list[str]:
        mine = sa.and_(deliveries.c.carrier == carrier, deliveries.c.status == "pending")
        with self._database.read() as connection:
            query = sa.select(deliveries.c.id).where(mine).order_by(deliveries.c.id)
            return list(connection.execute(query).scalars())


def _begin(ids: Sequence[str], carrier: str) -> Any:
    still = deliveries.c.id.in_(ids), deliveries.c.status == "pending", deliveries.c.carrier == carrier
    unknown = deliveries.c.begun > deliveries.c.attempts
    again = sa.case((unknown, sa.func.coalesce(deliveries.c.repeats, 0) + 1), else_=deliveries.c.repeats)
    begin = sa.update(deliveries).where(*still).values(begun=deliveries.c.attempts + 1, repeats=again)
    return begin.returning(deliveries.c.id, deliveries.c.repeats)


def _change(attempt: Attempt, carrier: str) -> Any:
    change = sa.update(deliveries).where(deliveries.c.id == attempt.id, deliveries.c.status == "pending")
    if attempt.outcome != "done":
        change = change.where(deliveries.c.carrier == carrier)
    return change.values(
        status=attempt.outcome,
        attempts=attempt.attempts,
        last_error=attempt.error,
        due_at=attempt.due_at,
        settled_at=None if attempt.outcome == "pending" else time.time(),
        result_json=None if attempt.result is None else bulk.dump(attempt.result),
    ).returning(deliveries.c.lane, deliveries.c.firing_id, deliveries.c.action)


def _signal(row: Any, attempt: Attempt) -> Signal:
    kind = "retrying" if attempt.outcome == "pending" else "delivery"
    told = "; ".join(part for part in (_repeated(attempt.repeats), attempt.error) if part)
    return Signal(row.firing_id, kind, row.action, attempt.outcome == "done", attempt.attempts, told or None)


def _repeated(repeats: int) -> str:
    """The mark in the log; the other side may have got the same more than once, under the same key."""
    return f"sent again after a restart{'' if repeats == 1 else f', {repeats} times'}" if repeats else ""


def _delivery(row: Any) -> Delivery:
    return Delivery(
        row.id, row.firing_id, row.kind, orjson.loads(row.request_json), row.attempts_max, row.backoff_s,
        row.carrier, row.attempts, row.due_at, row.chain or "",
    )  # fmt: skip
