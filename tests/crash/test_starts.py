"""Engines that start, and have something to deliver at once: whatever their threads import, none dies of it."""

from __future__ import annotations

import os
import random
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from tests.engine.steps import rule, scene
from tests.support.cli import environment
from tests.support.engines import emit, open_session
from tests.support.processes import begin
from tests.support.sinks import HttpSink
from tests.support.starts import Nursery
from trigger_studio.services.session import Session
from trigger_studio.storage import tables

SETTLED_S = 60
LONG = int(os.environ.get("STARTS", "1000"))

WATCHED = """
import sys, threading
from importlib.abc import MetaPathFinder

begun = []

class Finder(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if threading.current_thread() is not threading.main_thread():
            begun.append(f"{threading.current_thread().name}: {name}")

sys.meta_path.insert(0, Finder())
from trigger_studio.cli.main import main
code = main(sys.argv[1:])
loaded = [line for line in begun if line.split(": ")[1] in sys.modules]  # not what somebody only asked for
print("\\n".join(loaded))
sys.exit(code)
"""


@pytest.mark.parametrize("starts", [6, pytest.param(LONG, marks=[pytest.mark.long, pytest.mark.timeout(7200)])])
def test_no_engine_dies_of_what_its_threads_import(database_url: str, starts: int, http_sink: HttpSink) -> None:
    seed = random.randrange(2**32)
    print("seed", seed)
    with open_session(database_url, [rule("a", {"type": "call_webhook", "url": http_sink.url})]) as session:
        nursery = Nursery(database_url, seed)
        codes = []
        for number in range(starts):
            pid = nursery.start()
            emit(session, scene(f"s{number}"))
            ends = time.monotonic() + SETTLED_S
            while _settled(session) <= number and time.monotonic() < ends and _alive(pid):
                time.sleep(0.01)
            codes.append(nursery.stop(pid))
        told = nursery.complaints()
        assert codes == [0] * starts, told
        assert "fault of ours" not in told
        assert _settled(session) == starts


def _settled(session: Session) -> int:
    done = sa.select(sa.func.count()).where(tables.deliveries.c.status == "done")
    with session.database.read() as connection:
        return int(connection.execute(done).scalar_one())


def _alive(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


def test_an_engine_imports_nothing_beside_its_main_thread(
    database_url: str, http_sink: HttpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRIGGER_STUDIO_SMTP", "smtp://somebody@127.0.0.1:9")
    monkeypatch.setenv("TRIGGER_STUDIO_MAIL_FROM", "studio@example.org")
    message = {"type": "send_notification", "to": ["a@example.org"], "message": "m", "retry": {"attempts": 1}}
    actions: list[dict[str, Any]] = [
        {"type": "call_webhook", "url": http_sink.url},
        {"type": "call_webhook", "url": "http://nowhere.invalid/", "retry": {"attempts": 2, "backoff_s": 0.05}},
        {"type": "call_webhook", "url": http_sink.url, "secret": "key", "retry": {"attempts": 1}},
        {**message, "channel": "email"},
        {**message, "channel": "team"},
    ]
    with open_session(database_url, [rule("a", *actions, mode="parallel")]) as session:
        emit(session, scene("s1"))
        command = [sys.executable, "-c", WATCHED, "--db", database_url, "engine", "--until-idle", "--json"]
        process = begin(command, env=environment(), stdout=-1, stderr=-1)
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
        assert out.decode().splitlines()[1:] == [""]
        with session.database.read() as connection:
            assert len(connection.execute(sa.select(tables.deliveries)).all()) == len(actions)


def test_an_idle_engine_loads_nothing_of_deliveries(database_url: str) -> None:
    """What they need costs half a second and forty megabytes."""
    with open_session(database_url, [rule("a")]) as session:
        emit(session, scene("s1"))
    script = WATCHED.replace(
        '"\\n".join(loaded)', '[name for name in ("dbos", "sqlalchemy.orm") if name in sys.modules]'
    )
    command = [sys.executable, "-c", script, "--db", database_url, "engine", "--until-idle", "--json"]
    process = begin(command, env=environment(), stdout=-1, stderr=-1)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert out.decode().splitlines()[-1] == "[]"
