"""Delivery rows of a real database: made as the engine makes them, read as a person would."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import Any

import orjson
import sqlalchemy as sa

from trigger_studio.execution.egress import OutsideReader
from trigger_studio.execution.notification import NotificationSender
from trigger_studio.execution.outbox import DbosOutbox
from trigger_studio.execution.sender import Sender
from trigger_studio.execution.webhook import WebhookSender
from trigger_studio.model.delivery import Delivery
from trigger_studio.storage import bulk, tables
from trigger_studio.storage.database import Database
from trigger_studio.storage.deliveries import DeliveryStore
from trigger_studio.storage.rows import delivery_row

EXECUTOR = "engine-under-test"
_numbers = count(1)


class Rows:
    """The deliveries of one database."""

    def __init__(self, url: str) -> None:
        self._database = Database(url)
        self.store = DeliveryStore(self._database)
        self.outside = OutsideReader(self._database)

    def add(self, *new: Delivery, carrier: str = EXECUTOR) -> list[str]:
        """Commit deliveries; returns their ids."""
        with self._database.write() as connection:
            bulk.insert(connection, tables.deliveries, [delivery_row(item, carrier) for item in new])
        return [item.id for item in new]

    def all(self) -> dict[str, Any]:
        with self._database.read() as connection:
            return {row.id: row for row in connection.execute(sa.select(tables.deliveries))}

    def pending(self) -> int:
        table = tables.deliveries
        with self._database.read() as connection:
            query = sa.select(sa.func.count()).where(table.c.status == "pending")
            return int(connection.execute(query).scalar_one())

    def signals(self, kind: str) -> list[dict[str, Any]]:
        """What the engine will hear of them."""
        with self._database.read() as connection:
            texts = connection.execute(sa.select(tables.bus.c.signal_json)).scalars().all()
        return [found for text in texts if text and (found := orjson.loads(text))["kind"] == kind]

    def close(self) -> None:
        self._database.close()


def open_outbox(url: str, rows: Rows, executor_id: str) -> DbosOutbox:
    senders: dict[str, Sender] = {"webhook": WebhookSender(rows.outside), "notification": NotificationSender()}
    return DbosOutbox(url, executor_id, rows.store, senders)


def webhook(url: str, *, tries: int = 3, backoff_s: float = 0.05, **request: Any) -> Delivery:
    """A webhook of its own id."""
    full = {"url": url, "method": "POST", "body": {"n": 1}, "secret": None, **request}
    return _new("webhook", full, tries, backoff_s)


def mail(*, tries: int = 3, backoff_s: float = 0.05, **request: Any) -> Delivery:
    """A message of its own id."""
    full = {"channel": "email", "to": ["lead@example.org"], "message": "mira-hero is ready", **request}
    return _new("notification", full, tries, backoff_s)


def loaded(new: Delivery) -> Delivery:
    """The same as a sender sees it, never tried."""
    return replace(new, carrier=EXECUTOR)


def wait_until(holds: Callable[[], bool], timeout_s: float = 20.0) -> None:
    ends = time.monotonic() + timeout_s
    while not holds():
        assert time.monotonic() < ends, "it did not come true in time"
        time.sleep(0.01)


def _new(kind: str, request: dict[str, Any], tries: int, backoff_s: float) -> Delivery:
    number = next(_numbers)
    ids = f"dlv-{number}-0-0", f"f{number}-0"
    return Delivery(*ids, 0, "aurora", kind, request, tries, backoff_s, chain=f"evt-{number}")
