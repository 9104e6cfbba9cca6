"""Who halts goes first: SQLite gives its one write lock to whoever asks at the right moment, and engines ask always.

PostgreSQL's locks queue, so that nobody needs this there. On SQLite a small file beside the database says that somebody
waits; whoever would begin to write looks for it and lets the other go first. It is a courtesy and no lock: should it be
left behind, it counts for nothing after two seconds, and where it cannot be made, the halt waits as everybody does.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from trigger_studio.storage import private

OLD_S = 2.0
LOOK_S = 0.002
BUSY_LOOK_S = 0.001


class WritePriority:
    """The courtesy of one database.

    Args:
        database: the file; None where it is not needed.
    """

    def __init__(self, database: Path | None) -> None:
        self._sign = database.with_name(database.name + "-first") if database is not None else None

    @contextlib.contextmanager
    def first(self) -> Iterator[None]:
        """Ask the others to wait, until the end of the block."""
        if self._sign is not None:
            with contextlib.suppress(OSError):
                private.make_file(self._sign)
                os.utime(self._sign, follow_symlinks=False)
        try:
            yield
        finally:
            if self._sign is not None:
                with contextlib.suppress(OSError):
                    self._sign.unlink()

    @contextlib.contextmanager
    def later(self) -> Iterator[None]:
        """Wait for whoever asked to go first, but not for ever."""
        while self._is_asked():
            time.sleep(LOOK_S)
        yield

    def _is_asked(self) -> bool:
        if self._sign is None:
            return False
        try:
            return abs(time.time() - self._sign.stat().st_mtime) < OLD_S
        except OSError:
            return False


def begin_to_write(connection: sqlite3.Connection, timeout_ms: int) -> None:
    """Take the one write lock, soon after it is free: SQLite's own waiting sleeps up to 0.1 s between two looks.

    Raises:
        sqlite3.OperationalError: it was not free within the time.
    """
    end = time.monotonic() + timeout_ms / 1000
    connection.execute("PRAGMA busy_timeout=0")
    try:
        while not _has_begun(connection, last=time.monotonic() >= end):
            time.sleep(BUSY_LOOK_S)
    finally:
        connection.execute(f"PRAGMA busy_timeout={timeout_ms}")


def _has_begun(connection: sqlite3.Connection, *, last: bool) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or last:  # extended codes say more
            raise
        return False
    return True
