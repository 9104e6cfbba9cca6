"""What the carrier does with rows that change hands, without the durable engine around it."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.execution.rows import EXECUTOR, Rows, webhook
from tests.support.sinks import HttpSink
from trigger_studio.execution.carrier import Carrier
from trigger_studio.execution.delivery import Delivery
from trigger_studio.execution.webhook import WebhookSender


def run(rows: Rows, ids: list[str], *, owns: bool) -> list[Delivery]:
    async def answer() -> bool:
        return owns

    async def once() -> list[Delivery]:
        with ThreadPoolExecutor(1) as threads:
            carrier = Carrier(rows.store, {"webhook": WebhookSender(rows.outside)}, EXECUTOR, threads)
            try:
                return await carrier.run(ids, answer)
            finally:
                assert carrier.open == set()
                await carrier.close()

    return asyncio.run(once())


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


def test_a_fault_of_ours_is_a_failed_try(rows: Rows, caplog: pytest.LogCaptureFixture) -> None:
    (key,) = rows.add(webhook("http://127.0.0.1", tries=1, method=7))  # no text
    assert run(rows, [key], owns=True) == []
    assert rows.all()[key].last_error == "internal fault: AttributeError"
    assert key in caplog.text
