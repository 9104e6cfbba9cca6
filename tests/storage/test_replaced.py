"""A database's file that is replaced, removed or loses its log while somebody has it open."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from trigger_studio.errors import Replaced
from trigger_studio.storage.database import Database


def _replace(file: Path) -> None:
    other = file.with_name("other.db")
    shutil.copy(file, other)
    os.replace(other, file)


def _move(file: Path) -> None:
    file.rename(file.with_name("moved.db"))


def _lose_log(file: Path) -> None:
    Path(f"{file}-wal").unlink()


def _lose_index(file: Path) -> None:
    Path(f"{file}-shm").unlink()


@pytest.mark.parametrize("harm", [_replace, _move, Path.unlink, _lose_log, _lose_index])
@pytest.mark.parametrize("first", [True, False])
def test_nothing_is_read_or_written_any_more(sqlite_url: str, harm: Callable[[Path], None], first: bool) -> None:
    database = Database(sqlite_url)
    with database.write() as connection:
        connection.execute(sa.text("DELETE FROM engines"))
    harm(Path(sqlite_url.removeprefix("sqlite:///")))
    for _ in range(2):
        with pytest.raises(Replaced, match="while it was open"), database.write(first=first):
            pass
        with pytest.raises(Replaced), database.read():
            pass
    database.close()


def test_a_log_that_sqlite_itself_began_anew_is_none_that_vanished(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    for _ in range(3):
        with database.write() as connection:
            connection.execute(sa.text("DELETE FROM engines"))
        database.engine.dispose()  # the last connection: SQLite removes the log
        assert not Path(f"{sqlite_url.removeprefix('sqlite:///')}-wal").exists()
        Path(f"{sqlite_url.removeprefix('sqlite:///')}-wal.other").touch()  # so that an inode is not used again
    database.close()


def test_what_was_closed_may_be_replaced(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    with database.read():
        pass
    database.engine.dispose()
    _replace(Path(sqlite_url.removeprefix("sqlite:///")))
    with database.read():
        pass
    database.close()
