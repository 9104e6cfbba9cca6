"""The database's file is replaced under a running engine: it ends, and whoever looks is told."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.steps import rule, scene, story
from tests.support.cli import COMMAND, environment
from tests.support.engines import emit, open_session, until
from tests.support.processes import begin
from trigger_studio.engine.state import State
from trigger_studio.services.doctor import examine
from trigger_studio.services.engine_host import EngineThread


@pytest.fixture
def engine(sqlite_url: str) -> Iterator[subprocess.Popen[bytes]]:
    with open_session(sqlite_url, [rule("a")]) as session:
        emit(session, scene("s1"))
        process = begin([*COMMAND, "--db", sqlite_url, "engine"], env=environment(), stdout=-1, stderr=-1)
        until(lambda: story(session), 30, "a decision")
    yield process
    process.kill()


def replace(url: str) -> None:
    """As somebody would put a backup in place."""
    file = Path(url.removeprefix("sqlite:///"))
    other = file.with_name("backup.db")
    shutil.copy(file, other)
    for end in ("-wal", "-shm"):
        Path(f"{file}{end}").unlink()
    os.replace(other, file)


@pytest.mark.skipif(sys.platform == "win32", reason="nobody can replace an open file there")
def test_an_engine_ends_when_its_file_is_replaced(sqlite_url: str, engine: subprocess.Popen[bytes]) -> None:
    assert _engines_file(sqlite_url) == "ok"
    engine.send_signal(signal.SIGSTOP)
    replace(sqlite_url)
    with open_session(sqlite_url, []) as session:
        emit(session, scene("s2"))
    assert _engines_file(sqlite_url) == "wrong"
    engine.send_signal(signal.SIGCONT)
    _, err = engine.communicate(timeout=20)
    assert engine.returncode == 2
    told = err.decode().splitlines()
    assert told[:1] == ["The engine runs; Ctrl-C ends it."]
    assert len(told) == 2
    assert told[1].endswith(" while it was open; start again to work on it")
    assert _engines_file(sqlite_url) == "ok"
    found = next(found for found in examine(sqlite_url) if found.check == "engines")
    assert found.state == "wrong", found  # nobody runs, and the event waits


def _engines_file(url: str) -> str:
    return next(found.state for found in examine(url) if found.check == "engines' file")


def test_the_windows_engine_says_so(sqlite_url: str) -> None:
    with open_session(sqlite_url, [rule("a")]) as session:
        thread = EngineThread(session)
        thread.start()
        until(lambda: thread.state is State.RUNNING, 10, "an engine")
        replace(sqlite_url)
        until(lambda: thread.state is State.FAILED, 10, "its end")
        assert "while it was open" in thread.detail
        thread.stop()
