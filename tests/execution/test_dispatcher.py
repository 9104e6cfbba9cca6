"""What the dispatcher does with rows that change hands, without the durable engine around it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest

from tests.execution.rows import EXECUTOR, Rows, webhook
from tests.support.sinks import Answer, HttpSink
from trigger_studio.engine.faults import Faults
from trigger_studio.execution.dispatcher import Dispatcher
from trigger_studio.execution.webhook import WebhookSender
from trigger_studio.model.delivery import Attempt, Delivery
from trigger_studio.storage.database import Database
from trigger_studio.storage.deliveries import DeliveryStore

T = TypeVar("T")


def with_dispatcher(rows: Rows, work: Callable[[Dispatcher], Awaitable[T]], store: DeliveryStore | None = None) -> T:
    async def once() -> T:
        with ThreadPoolExecutor(1) as threads:
            senders = {"webhook": WebhookSender(rows.outside)}
            dispatcher = Dispatcher(store or rows.store, senders, EXECUTOR, threads, faults=Faults())
            try:
                return await work(dispatcher)
            finally:
                await dispatcher.close()

    return asyncio.run(once())


def run(rows: Rows, ids: list[str], *, owns: bool, store: DeliveryStore | None = None) -> list[Delivery]:
    async def answer() -> bool:
        return owns

    async def once(dispatcher: Dispatcher) -> list[Delivery]:
        still_open = await dispatcher.run(ids, answer)
        assert dispatcher.open == {delivery.id for delivery in still_open}
        return still_open

    return with_dispatcher(rows, once, store)


def test_rows_of_another_engine_are_left_alone(rows: Rows, http_sink: HttpSink) -> None:
    ids = rows.add(webhook(http_sink.url), carrier="another-engine")
    assert run(rows, ids, owns=False) == []
    assert http_sink.requests.all() == []
    assert [(row.status, row.carrier) for row in rows.all().values()] == [("pending", "another-engine")]


def test_inherited_rows_are_taken_and_sent(rows: Rows, http_sink: HttpSink) -> None:
    ids = rows.add(webhook(http_sink.url), carrier="another-engine")
    assert run(rows, ids, owns=True) == []
    assert len(http_sink.requests.all()) == 1
    assert [(row.status, row.carrier) for row in rows.all().values()] == [("done", EXECUTOR)]


def test_a_settled_row_is_not_sent_again(rows: Rows, http_sink: HttpSink) -> None:
    ids = rows.add(webhook(http_sink.url))
    run(rows, ids, owns=True)
    run(rows, ids, owns=True)
    assert len(http_sink.requests.all()) == 1
    assert len(rows.signals("delivery")) == 1


def test_what_is_taken_over_while_it_waits_is_not_sent(url: str, rows: Rows, http_sink: HttpSink) -> None:
    class Overtaken(DeliveryStore):
        def load(self, ids: Sequence[str]) -> list[Delivery]:
            found = super().load(ids)
            self.take(ids, "heir")
            return found

    database = Database(url)
    ids = rows.add(webhook(http_sink.url))
    assert run(rows, ids, owns=False, store=Overtaken(database)) == []
    database.close()
    assert http_sink.requests.all() == []
    assert [(row.status, row.carrier) for row in rows.all().values()] == [("pending", "heir")]


def test_a_try_whose_result_is_unknown_marks_what_is_sent_again(rows: Rows, http_sink: HttpSink) -> None:
    """An engine was killed between the send and its record; the next one is refused first, then accepted."""
    http_sink.answer(Answer(503), Answer(200))
    unknown, fresh = rows.add(webhook(http_sink.url, backoff_s=0.0), webhook("http://127.0.0.1:9/", tries=1))
    assert rows.store.write([unknown], (), EXECUTOR) == {unknown: 0}
    for _ in range(2):
        run(rows, [unknown], owns=False)
    run(rows, [fresh], owns=False)
    assert {row.id: (row.status, row.attempts, row.repeats) for row in rows.all().values()} == {
        unknown: ("done", 2, 1),
        fresh: ("failed", 1, None),
    }
    (retrying,) = rows.signals("retrying")
    assert retrying["detail"] == "sent again after a restart; answered 503 Service Unavailable"
    done, failed = rows.signals("delivery")
    assert done["detail"] == "sent again after a restart"
    assert "sent again" not in failed["detail"]


def test_nobody_begins_what_another_carries_or_what_is_settled(rows: Rows, http_sink: HttpSink) -> None:
    mine, done = rows.add(webhook(http_sink.url), webhook(http_sink.url))
    (other,) = rows.add(webhook(http_sink.url), carrier="another-engine")
    rows.store.write((), [Attempt(done, "done", 1)], EXECUTOR)
    assert rows.store.write([mine, done, other], (), EXECUTOR) == {mine: 0}


def test_a_fault_of_ours_is_a_failed_try(rows: Rows, caplog: pytest.LogCaptureFixture) -> None:
    (key,) = rows.add(webhook("http://127.0.0.1", tries=1, method=7))  # no text
    assert run(rows, [key], owns=True) == []
    assert rows.all()[key].last_error == "internal fault: AttributeError"
    assert key in caplog.text


@pytest.mark.parametrize(("within_s", "settled"), [(20.0, True), (0.0, False)])
def test_a_batch_is_sent_once_whether_or_not_it_is_settled_before_it_is_handed_over(
    rows: Rows, http_sink: HttpSink, within_s: float, settled: bool
) -> None:
    ids = rows.add(webhook(http_sink.url))

    async def both(dispatcher: Dispatcher) -> None:
        assert await dispatcher.settles(ids, within_s) is settled
        assert await dispatcher.run(ids, _yes) == []

    with_dispatcher(rows, both)
    assert len(http_sink.requests.all()) == 1


def test_a_batch_that_failed_by_a_fault_of_ours_is_begun_anew(url: str, rows: Rows, http_sink: HttpSink) -> None:
    class Stumbling(DeliveryStore):
        stumbled = False

        def load(self, ids: Sequence[str]) -> list[Delivery]:
            if not self.stumbled:
                self.stumbled = True
                raise ZeroDivisionError
            return super().load(ids)

    async def once(dispatcher: Dispatcher) -> None:
        assert await dispatcher.settles(ids, 20.0)

    database = Database(url)
    ids = rows.add(webhook(http_sink.url))
    with_dispatcher(rows, once, Stumbling(database))
    database.close()
    assert len(http_sink.requests.all()) == 1


async def _yes() -> bool:
    return True
