"""Faults of ours while an engine runs: decisions go on, the fault is told, and only one that stays ends the engine."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from prometheus_client import generate_latest

from tests.engine.steps import rule, scene, story
from tests.support.cli import environment
from tests.support.engines import emit, until
from tests.support.processes import begin
from tests.support.sinks import HttpSink
from trigger_studio.engine import faults as limits
from trigger_studio.engine.faults import Faults
from trigger_studio.engine.loop import Engine
from trigger_studio.execution import workflows
from trigger_studio.services.doctor import examine
from trigger_studio.services.engine_host import make_engine
from trigger_studio.services.findings import Finding
from trigger_studio.services.metrics import Metrics
from trigger_studio.services.session import Session
from trigger_studio.services.telemetry import Telemetry
from trigger_studio.storage.runtime import SqlStore


@contextmanager
def running(engine: Engine) -> Iterator[list[BaseException]]:
    """The engine at work in a thread; yields what it ended by."""
    ended: list[BaseException] = []

    def run() -> None:
        try:
            engine.run()
        except BaseException as fault:  # noqa: BLE001 - looked at by the test
            ended.append(fault)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield ended
    finally:
        engine.stop()
        thread.join()


def finding(session: Session, check: str) -> Finding:
    url = session.database.url.render_as_string(hide_password=False).replace("+psycopg", "")
    return next(found for found in examine(url) if found.check == check)


def hook(url: str) -> dict[str, Any]:
    return rule("a", {"type": "call_webhook", "url": url})


@pytest.mark.parametrize("chore", ["forget", "expire_gates", "call_batches", "archive", "heartbeat"])
def test_a_chore_that_fails_stops_neither_decisions_nor_the_engine(
    pipe: Any, chore: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = pipe(rule("a"))
    real, times = getattr(SqlStore, chore), []

    def odd(self: SqlStore, *args: Any) -> Any:
        times.append(1)
        return 1 / 0 if len(times) <= 2 else real(self, *args)

    monkeypatch.setattr(SqlStore, chore, odd)
    metrics = Metrics(session.database)
    with running(make_engine(session, telemetry=Telemetry(metrics))) as ended:
        until(lambda: len(times) >= 1, 10, "the fault")
        emit(session, scene("s1"))
        until(lambda: len(story(session)) == 1, 10, "a decision")
        until(lambda: len(times) >= 3, 20, "another try")
        until(lambda: finding(session, "faults").state == "wrong", 10, "the heartbeat")
        assert not ended
    found = finding(session, "faults")
    assert "2 faults, the last: " in found.says
    assert "ZeroDivisionError" in found.says
    assert b"trigger_studio_engine_faults_total" in generate_latest(metrics.registry)


def test_a_fault_that_stays_ends_the_engine_and_the_doctor_tells(pipe: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FIRST_PAUSE_S", 0.01)
    session = pipe(rule("a"))
    monkeypatch.setattr(SqlStore, "forget", lambda *_: 1 / 0)
    with running(make_engine(session)) as ended:
        until(lambda: ended, 30, "its end")
    assert isinstance(ended[0], ZeroDivisionError)
    assert "5 faults, the last: limits: ZeroDivisionError" in finding(session, "faults").says


def test_deliveries_go_on_after_a_fault_of_their_thread(
    pipe: Any, http_sink: HttpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = pipe(hook(http_sink.url))
    real, times = workflows.system_engine, []

    def odd(url: str) -> Any:
        times.append(1)
        return 1 / 0 if len(times) == 1 else real(url)

    monkeypatch.setattr(workflows, "system_engine", odd)
    emit(session, scene("s1"))
    with running(make_engine(session)) as ended:
        until(lambda: story(session) == [("a", "done", None)], 30, "the delivery")
        assert not ended
    assert len(http_sink.requests.all()) == 1


def test_only_the_same_fault_within_a_minute_is_fatal() -> None:
    now = [0.0]
    faults = Faults(clock=lambda: now[0])

    def fail(kind: type[Exception]) -> None:
        try:
            raise kind("odd\nthing")
        except Exception as fault:  # noqa: BLE001 - to be noted as it is
            faults.add("work", fault)

    for _ in range(20):
        now[0] += 16.0
        fail(ValueError)
    for kind in (ZeroDivisionError, KeyError, TypeError, OSError):
        fail(kind)
    assert not faults.fatal
    assert faults.record.number == 24
    assert faults.record.last == "work: OSError: odd thing"
    for _ in range(3):
        fail(OSError)
    assert not faults.fatal
    fail(OSError)
    assert isinstance(faults.fatal, OSError)


BROKEN = """
import sys
from trigger_studio.storage.runtime import SqlStore
SqlStore.forget = lambda *_: 1 / 0
from trigger_studio.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


def test_an_engine_that_ends_by_a_fault_says_so_in_a_line(sqlite_url: str) -> None:
    command = [sys.executable, "-c", BROKEN, "--db", sqlite_url, "engine"]
    process = begin(command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 70
    told = err.decode().splitlines()
    assert "Traceback" not in err.decode()
    assert told[-1].startswith("internal error: ZeroDivisionError: division by zero (details in ")
    assert sum(line.startswith("limits failed by a fault of ours, next try in ") for line in told) == 5
