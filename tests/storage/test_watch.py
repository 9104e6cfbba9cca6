"""How an engine on SQLite learns that another process wrote."""

from __future__ import annotations

import errno
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator

import pytest

from trigger_studio.storage import watch
from trigger_studio.storage.database import Database
from trigger_studio.storage.watch import Bell, Ear, Watch

LONG_S = 3600.0
"""A wait that nothing ends would hang, and be ended by the test run's own limit."""

pytestmark = pytest.mark.timeout(60)
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells of writes")


def _commit(url: str) -> None:
    connection = sqlite3.connect(url.removeprefix("sqlite:///"))
    connection.execute("UPDATE bus_clock SET seq = seq + 1")
    connection.commit()
    connection.close()


def _commit_elsewhere(url: str) -> None:
    program = f"import tests.storage.test_watch as t; t._commit({url!r})"
    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.fixture
def bell() -> Iterator[Bell]:
    bell = Bell()
    yield bell
    bell.close()


@pytest.fixture
def watched(sqlite_url: str, bell: Bell) -> Iterator[Watch]:
    database = Database(sqlite_url)
    made = Watch(database, bell)
    made.wait(LONG_S)  # the first returns at once
    yield made
    made.close()
    database.close()


@pytest.mark.parametrize("way", [_commit, _commit_elsewhere])
def test_a_commit_ends_a_wait(watched: Watch, sqlite_url: str, way: Callable[[str], None]) -> None:
    for _ in range(3):
        committing = threading.Timer(0.1, way, [sqlite_url])
        committing.start()
        watched.wait(LONG_S)
        committing.join()


@ON_LINUX
def test_a_write_is_heard_of_once(sqlite_url: str, watched: Watch, bell: Bell) -> None:
    ear = Ear(f"{sqlite_url.removeprefix('sqlite:///')}-wal")
    committing = threading.Timer(0.1, _commit, [sqlite_url])
    committing.start()
    assert bell.wait(LONG_S, *ear.files) == ear.files
    committing.join()
    ear.hear()
    assert bell.wait(0.0, *ear.files) == []
    ear.close()


@ON_LINUX
def test_while_nothing_is_written_the_counter_is_hardly_looked_at(
    watched: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []
    look = watched._version

    def counted() -> int:
        looks.append(look())
        return looks[-1]

    monkeypatch.setattr(watched, "_version", counted)
    watched.wait(1.0)
    assert len(looks) < 30


@ON_LINUX
def test_where_the_system_does_not_tell_of_writes_the_counter_is_looked_at_all_the_time(
    sqlite_url: str, bell: Bell, monkeypatch: pytest.MonkeyPatch
) -> None:
    import inotify_simple

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "too many")

    monkeypatch.setattr(inotify_simple.INotify, "add_watch", refuse)
    monkeypatch.setattr(watch, "SOON_S", LONG_S)
    database = Database(sqlite_url)
    deaf = Watch(database, bell)
    deaf.wait(LONG_S)
    committing = threading.Timer(0.1, _commit, [sqlite_url])
    committing.start()
    deaf.wait(LONG_S)
    committing.join()
    deaf.close()
    database.close()


def test_the_bell_ends_a_wait_and_one_that_was_rung_before(watched: Watch, bell: Bell) -> None:
    bell.ring()
    watched.wait(LONG_S)
    ringing = threading.Timer(0.3, bell.ring)
    ringing.start()
    watched.wait(LONG_S)
    ringing.join()
