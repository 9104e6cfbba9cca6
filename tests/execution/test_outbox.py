"""The outbox from end to end, on both databases, against real receivers."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from itertools import pairwise

import pytest

from tests.execution.rows import EXECUTOR, Rows, mail, open_outbox, wait_until, webhook
from tests.support.postgres import APP, Database
from tests.support.sinks import Answer, HttpSink, MailSink
from trigger_studio.execution import workflows
from trigger_studio.execution.outbox import DbosOutbox, OutboxTaken

_SETTINGS = ("idle_in_transaction_session_timeout", "work_mem")


def settled(rows: Rows) -> None:
    wait_until(lambda: rows.pending() == 0)


def keys(sink: HttpSink) -> list[str]:
    return [request.headers["idempotency-key"] for request in sink.requests.all()]


def test_every_delivery_goes_out_and_is_settled_once(outbox: DbosOutbox, rows: Rows, http_sink: HttpSink) -> None:
    ids = rows.add(*(webhook(f"{http_sink.url}/{n}", tries=8) for n in range(260)))
    outbox.start(ids)
    outbox.start(ids)
    settled(rows)
    assert sorted(keys(http_sink)) == sorted(ids)
    assert {row.status for row in rows.all().values()} == {"done"}
    assert len(rows.signals("delivery")) == 260


def test_a_failed_try_is_repeated_with_the_same_key(outbox: DbosOutbox, rows: Rows, http_sink: HttpSink) -> None:
    http_sink.answer(Answer(500, body=b"not\x00 today"), Answer(408))
    (key,) = rows.add(webhook(http_sink.url))
    outbox.start([key])
    settled(rows)
    requests = http_sink.requests.all()
    assert [request.headers["idempotency-key"] for request in requests] == [key] * 3
    assert [request.headers["trigger-studio-attempt"] for request in requests] == ["1", "2", "3"]
    row = rows.all()[key]
    assert (row.status, row.attempts, row.result_json) == ("done", 3, '{"status":200}')
    assert [signal["detail"] for signal in rows.signals("retrying")] == [
        "answered 500 Internal Server Error: not today",
        "answered 408 Request Timeout",
    ]


def test_pauses_double_and_the_last_try_gives_up(outbox: DbosOutbox, rows: Rows, http_sink: HttpSink) -> None:
    http_sink.answer(default=Answer(503))
    (key,) = rows.add(webhook(http_sink.url, tries=4, backoff_s=0.2))
    outbox.start([key])
    settled(rows)
    times = [request.at for request in http_sink.requests.all()]
    pauses = [after - before for before, after in pairwise(times)]
    assert len(pauses) == 3
    assert all(pause >= least for pause, least in zip(pauses, (0.2, 0.4, 0.8), strict=True))
    row = rows.all()[key]
    assert (row.status, row.attempts, row.last_error) == ("failed", 4, "answered 503 Service Unavailable")
    assert [signal["ok"] for signal in rows.signals("delivery")] == [False]


def test_the_pause_that_the_receiver_asks_for_is_kept(outbox: DbosOutbox, rows: Rows, http_sink: HttpSink) -> None:
    http_sink.answer(Answer(429, {"Retry-After": "1"}))
    outbox.start(rows.add(webhook(http_sink.url)))
    settled(rows)
    first, second = (request.at for request in http_sink.requests.all())
    assert second - first >= 1.0


def test_a_hanging_receiver_holds_up_nobody_else(outbox: DbosOutbox, rows: Rows, http_sink: HttpSink) -> None:
    slow = HttpSink()
    try:
        slow.answer(default=Answer(delay_s=2.0))
        outbox.start(rows.add(*(webhook(slow.url, tries=1) for _ in range(40))))
        slow.requests.wait_for(5)
        began = time.monotonic()
        outbox.start(rows.add(*(webhook(http_sink.url) for _ in range(4))))
        http_sink.requests.wait_for(4)
        assert time.monotonic() - began < 1.0
        settled(rows)
    finally:
        slow.close()


def test_mail_and_its_missing_server(
    outbox: DbosOutbox, rows: Rows, mail_sink: MailSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TRIGGER_STUDIO_SMTP", raising=False)
    (lost,) = rows.add(mail())
    outbox.start([lost])
    settled(rows)
    row = rows.all()[lost]
    assert (row.status, row.attempts) == ("failed", 1)
    assert row.last_error.startswith("no mail server is set: ")
    monkeypatch.setenv("TRIGGER_STUDIO_SMTP", f"smtp://{mail_sink.host}:{mail_sink.port}")
    monkeypatch.setenv("TRIGGER_STUDIO_MAIL_FROM", "studio@example.org")
    mail_sink.reply("451 try later")
    (sent,) = rows.add(mail())
    outbox.start([sent])
    settled(rows)
    assert (rows.all()[sent].status, rows.all()[sent].attempts) == ("done", 2)
    assert [found.message["Message-ID"] for found in mail_sink.messages.all()] == [f"<{sent}@trigger-studio>"]


def test_what_was_open_at_the_end_is_taken_up_at_the_next_launch(
    url: str, rows: Rows, http_sink: HttpSink, outbox: DbosOutbox
) -> None:
    http_sink.answer(Answer(503))
    retried, never_started = rows.add(webhook(http_sink.url, backoff_s=0.5), webhook(http_sink.url))
    outbox.start([retried])
    wait_until(lambda: rows.all()[retried].attempts == 1)
    outbox.close(5)
    again = open_outbox(url, rows, EXECUTOR)
    try:
        again.adopt(EXECUTOR)
        settled(rows)
    finally:
        again.close(5)
    assert sorted(keys(http_sink)) == sorted([retried, retried, never_started])


def test_a_dead_engines_deliveries_are_taken_over(
    url: str, rows: Rows, http_sink: HttpSink, outbox: DbosOutbox
) -> None:
    http_sink.answer(Answer(503))
    retried, never_started = rows.add(
        webhook(http_sink.url, backoff_s=0.5), webhook(http_sink.url), carrier="dead-engine"
    )
    dead = open_outbox(url, rows, "dead-engine")
    dead.start([retried])
    wait_until(lambda: rows.all()[retried].attempts == 1)
    dead.close(5)
    outbox.adopt("dead-engine")
    outbox.adopt("dead-engine")
    settled(rows)
    assert sorted(keys(http_sink)) == sorted([retried, retried, never_started])
    assert {row.carrier for row in rows.all().values()} == {EXECUTOR}


def test_one_open_outbox_in_a_process(outbox: DbosOutbox, url: str, rows: Rows) -> None:
    outbox.adopt(EXECUTOR)
    second = open_outbox(url, rows, "second")
    with pytest.raises(OutboxTaken):
        second.adopt("second")
    second.close(1)
    outbox.close(5)
    (late,) = rows.add(webhook("http://127.0.0.1:9/"))
    outbox.start([late])  # after the end: left to the next launch
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("deliveries")]
    assert rows.all()[late].begun is None


def test_dbos_is_not_loaded_before_the_first_delivery(sqlite_url: str) -> None:
    script = f"""
import sys, time
from tests.execution.rows import EXECUTOR, Rows, open_outbox
rows = Rows({sqlite_url!r})
outbox = open_outbox({sqlite_url!r}, rows, EXECUTOR)
outbox.close(1)
print("dbos" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert (done.stdout.strip(), done.stderr) == ("False", "")


def test_a_role_that_owns_nothing_can_deliver(postgres_database: Database, http_sink: HttpSink) -> None:
    workflows.prepare(postgres_database.owner_url, APP)
    rows = Rows(postgres_database.url)
    outbox = open_outbox(postgres_database.url, rows, EXECUTOR)
    try:
        outbox.start(rows.add(webhook(http_sink.url)))
        settled(rows)
    finally:
        outbox.close(5)
        rows.close()
    assert len(http_sink.requests.all()) == 1


def test_a_transaction_that_sleeps_holds_nobody_up(postgres_owner_url: str) -> None:
    """Else a stopped engine would keep its rows from the one that takes over."""
    engine = workflows.system_engine(f"{postgres_owner_url}&options=-c%20work_mem%3D5MB")
    with engine.connect() as connection:
        told = [connection.exec_driver_sql(f"SHOW {name}").scalar_one() for name in _SETTINGS]
    engine.dispose()
    assert told == ["5s", "5MB"]
