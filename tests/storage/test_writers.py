"""Two writers of one SQLite file: they take turns, and one that waits in vain is told so."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from trigger_studio.errors import Unavailable
from trigger_studio.storage import database as storage
from trigger_studio.storage.database import Database

COUNT_UP = sa.text("UPDATE bus_clock SET seq = seq + 1")


@pytest.fixture
def two(sqlite_url: str) -> Iterator[tuple[Database, Database]]:
    opened = Database(sqlite_url), Database(sqlite_url)
    yield opened
    for database in opened:
        database.close()


def test_a_writer_waits_until_the_other_has_ended(two: tuple[Database, Database]) -> None:
    first, second = two
    told: list[str] = []

    def write() -> None:
        with second.write() as connection:
            told.append("second")
            connection.execute(COUNT_UP)

    waiting = threading.Thread(target=write)
    with first.write() as connection:
        connection.execute(COUNT_UP)
        waiting.start()
        waiting.join(0.2)
        told.append("first")
    waiting.join()
    assert told == ["first", "second"]


def test_a_writer_that_waits_too_long_is_told_so_and_may_try_again(
    two: tuple[Database, Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "BUSY_TIMEOUT_MS", 50)
    first, second = two
    with first.write() as connection:
        connection.execute(COUNT_UP)
        with pytest.raises(Unavailable, match="database is locked"), second.write():
            pass
    with second.write() as connection:
        connection.execute(COUNT_UP)
