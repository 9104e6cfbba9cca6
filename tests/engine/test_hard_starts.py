"""Engines that start where much is lacking: the database server, connections to it, room on the disk, files, memory."""

from __future__ import annotations

import resource
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import LiteralString

import pytest

from tests.engine.steps import rule, scene, story
from tests.support.cli import COMMAND, environment
from tests.support.cli import run as run_command
from tests.support.engines import emit, open_session, until
from tests.support.postgres import ADMIN, APP, Cluster, Database
from tests.support.processes import begin
from tests.support.sinks import HttpSink

NOBODY: LiteralString = f"ALTER ROLE {APP} CONNECTION LIMIT 0"
ANYBODY: LiteralString = f"ALTER ROLE {APP} CONNECTION LIMIT -1"


class Engine:
    """The command `engine` in a process of its own, with what it says in a file."""

    def __init__(self, url: str, folder: Path, prepare: Callable[[], None] | None = None) -> None:
        self._said = folder / "said"
        with self._said.open("wb") as file:
            command = [*COMMAND, "--db", url, "engine"]
            self.process = begin(command, env=environment(), stdout=subprocess.DEVNULL, stderr=file, preexec_fn=prepare)

    def lines(self) -> list[str]:
        return self._said.read_text(encoding="utf-8").splitlines()

    def says(self, words: str, timeout_s: float = 30.0) -> None:
        until(lambda: any(words in line for line in self.lines()), timeout_s, words)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


def limited(number: int, limit: int) -> Callable[[], None]:
    return partial(resource.setrlimit, number, (limit, limit))


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A server of this test alone, to be stopped."""
    cluster = Cluster()
    yield cluster
    cluster.stop()


def test_an_engine_waits_for_a_server_that_is_away(cluster: Cluster, tmp_path: Path) -> None:
    url = cluster.create().owner_url
    with open_session(url, [rule("a")]) as session:
        emit(session, scene("s1"))
    cluster.crash()
    engine = Engine(url, tmp_path)
    engine.says("the server does not answer")
    time.sleep(2.5)
    assert len(engine.lines()) == 1
    assert engine.process.poll() is None
    cluster.revive()
    engine.says("The engine runs")
    with open_session(url, []) as session:
        until(lambda: story(session), 30, "a decision")
    assert engine.stop() == 0


@pytest.fixture
def full(postgres: Cluster, postgres_database: Database) -> Iterator[Database]:
    """A server that takes no more connections of the engine's role."""
    postgres.execute(ADMIN, [NOBODY])
    yield postgres_database
    postgres.execute(ADMIN, [ANYBODY])


def test_an_engine_waits_until_the_server_takes_connections(full: Database, postgres: Cluster, tmp_path: Path) -> None:
    engine = Engine(full.url, tmp_path)
    engine.says("the server lets nobody in: too many connections")
    postgres.execute(ADMIN, [ANYBODY])
    engine.says("The engine runs")
    assert engine.stop() == 0


def test_what_waiting_does_not_mend_ends_an_engine_at_once(postgres_url: str, tmp_path: Path) -> None:
    engine = Engine(postgres_url.replace("?", "-other?"), tmp_path)
    assert engine.process.wait(30) == 2
    assert len(engine.lines()) == 1
    assert "does not exist" in engine.lines()[0]


def test_deliveries_say_in_plain_words_what_they_wait_for(
    postgres: Cluster, postgres_database: Database, http_sink: HttpSink, tmp_path: Path
) -> None:
    with open_session(postgres_database.owner_url, [rule("a", {"type": "call_webhook", "url": http_sink.url})]) as own:
        engine = Engine(postgres_database.url, tmp_path)
        engine.says("The engine runs")
        time.sleep(1.0)  # it has its connections by then
        try:
            postgres.execute(ADMIN, [NOBODY])
            emit(own, scene("s1"))
            engine.says("the server lets nobody in: too many connections")
            time.sleep(3.0)
        finally:
            postgres.execute(ADMIN, [ANYBODY])
        http_sink.requests.wait_for(1)
        until(lambda: story(own) == [("a", "done", None)], 30, "the delivery")
        assert engine.stop() == 0
    said = "\n".join(engine.lines())
    assert len(engine.lines()) <= 6, said
    for raw in ("psycopg", "sqlalche", "Traceback", "fault of ours", "FATAL"):
        assert raw not in said, said


def test_a_full_disk_is_told_once(sqlite_url: str, tmp_path: Path) -> None:
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    with open_session(sqlite_url, [rule("a", {"type": "submit_job", "job_type": "work"})]) as session:
        emit(session, *(scene(f"s{number}") for number in range(400)))
        engine = Engine(sqlite_url, tmp_path, limited(resource.RLIMIT_FSIZE, file.stat().st_size + 200_000))
        engine.says(str(file))
        time.sleep(6.0)
        assert engine.process.poll() is None, engine.lines()
    lines = [line for line in engine.lines() if str(file) in line]
    assert len(lines) <= 2, engine.lines()
    assert len(engine.lines()) <= 5, engine.lines()
    engine.process.kill()


@pytest.mark.parametrize(
    ("number", "limit", "words"),
    [
        (resource.RLIMIT_NOFILE, 16, "may open 16: ulimit -n 200"),
        (resource.RLIMIT_NOFILE, 6, "may open 6"),
        (resource.RLIMIT_AS, 60_000 * 1024, "not enough memory"),
    ],
)
def test_small_limits_are_told_in_a_line(sqlite_url: str, tmp_path: Path, number: int, limit: int, words: str) -> None:
    engine = Engine(sqlite_url, tmp_path, limited(number, limit))
    assert engine.process.wait(30) == 2
    (line,) = engine.lines()
    assert words in line


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://h:port/x",
        "postgresql://[::1/x",
        "postgresql://u@h:/x",
        "sqlite://host/x",
        "sqlite:////tmp/a%00b",
        "postgresql://127.0.0.1:9/x?conninfo=1",
    ],
)
def test_a_url_that_is_none_is_told_in_a_line(url: str) -> None:
    faults = run_command("--db", url, "log").faults()
    assert len(faults) == 1
    assert "internal" not in faults[0]
