"""Waiting for something to come on the bus: PostgreSQL says so, on SQLite a change counter is looked at.

On Linux it is looked at when the database's write-ahead log is written, by whatever process; elsewhere all the time.
"""

from __future__ import annotations

import contextlib
import select
import socket
import sys
import time
from typing import Any

from sqlalchemy import PoolProxiedConnection

from trigger_studio.storage.database import Database

LOOK_S = 0.002
"""How often SQLite's change counter is looked at where nobody tells of a write; a look takes microseconds."""
SOON_S = 0.0002
"""A write was heard of: its commit shows after about so long, or twice that, and so on."""
STAND_BY_S = 0.25
"""How often it is looked at where writes are told of."""


class Bell:
    """Ends a wait, the one under way or the next, from any thread. It holds sockets only between a wait and `close`."""

    def __init__(self) -> None:
        self._rung = False
        self._ends: tuple[socket.socket, socket.socket] | None = None

    def ring(self) -> None:
        self._rung = True
        if ends := self._ends:
            with contextlib.suppress(OSError):  # full, so it has been rung often enough; or closed
                ends[1].send(b"!")

    def wait(self, timeout_s: float, *others: int) -> list[Any] | None:
        """Which of the file descriptors have something to read; None if the bell was rung."""
        if self._ends is None:
            self._ends = socket.socketpair()
            for end in self._ends:
                end.setblocking(False)
        inside = self._ends[0]
        watched: list[Any] = [inside, *others]
        ready, _, _ = select.select(watched, [], [], 0.0 if self._rung else max(0.0, timeout_s))
        if not self._rung:
            return ready
        self._rung = False
        with contextlib.suppress(BlockingIOError):
            inside.recv(4096)
        return None

    def close(self) -> None:
        ends, self._ends = self._ends, None
        for end in ends or ():
            end.close()


class Ear:
    """Hears on Linux of writes to a database's write-ahead log; elsewhere, or where the system refuses, it is deaf."""

    def __init__(self, log: str) -> None:
        self._line: Any = None
        if sys.platform == "linux":
            import inotify_simple

            try:
                self._line = inotify_simple.INotify()
                self._line.add_watch(log, inotify_simple.flags.MODIFY)
            except OSError:  # as many as the system allows are in use
                self.close()

    @property
    def files(self) -> list[int]:
        """What has something to read when there was a write."""
        return [] if self._line is None else [self._line.fileno()]

    def hear(self) -> None:
        """Forget the writes heard of; if the file itself went away there is nothing more to hear."""
        import inotify_simple

        if any(event.mask & inotify_simple.flags.IGNORED for event in self._line.read(timeout=0)):
            self.close()

    def close(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()


def _line(connection: PoolProxiedConnection) -> Any:
    return connection.driver_connection


class Watch:
    """A connection that only watches; the first wait returns at once, so that nothing is missed before it.

    Args:
        bell: ends a wait as well.
    """

    def __init__(self, database: Database, bell: Bell) -> None:
        self._bell = bell
        self._fresh = True
        self._connection = database.engine.raw_connection()
        self._line = _line(self._connection)
        self._is_sqlite = database.is_sqlite
        if self._is_sqlite:
            self._seen = self._version()  # which makes the log, if there is none
            self._ear = Ear(f"{database.url.database}-wal")
            self._pause_s = SOON_S
        else:
            self._line.autocommit = True
            self._line.execute("LISTEN trigger_studio")

    def wait(self, timeout_s: float) -> None:
        """Return when something was committed, when the bell rings, or after the time."""
        if self._fresh:
            self._fresh = False
        elif self._is_sqlite:
            self._wait_sqlite(timeout_s)
        else:
            self._wait_postgresql(timeout_s)

    def _version(self) -> int:
        """Counts up when another connection has committed."""
        (version,) = self._line.execute("PRAGMA data_version").fetchone()
        return int(version)

    def _wait_sqlite(self, timeout_s: float) -> None:
        end = time.monotonic() + timeout_s
        while (now := self._version()) == self._seen and (left := end - time.monotonic()) > 0:
            ears = self._ear.files
            heard = self._bell.wait(min(self._pause_s if ears else LOOK_S, left), *ears)
            if heard is None:
                return
            if heard:
                self._ear.hear()
            self._pause_s = SOON_S if heard else min(2 * self._pause_s, STAND_BY_S)
        self._seen = now

    def _wait_postgresql(self, timeout_s: float) -> None:
        line = self._line.pgconn
        if self._bell.wait(timeout_s, line.socket):
            line.consume_input()
            while line.notifies():
                pass

    def close(self) -> None:
        if self._is_sqlite:
            self._ear.close()
        self._line.close()
        self._connection.invalidate()
