"""Waiting for something to come on the bus: PostgreSQL says so, on SQLite a change counter is looked at."""

from __future__ import annotations

import contextlib
import select
import socket
import time
from typing import Any

from sqlalchemy import PoolProxiedConnection

from trigger_studio.storage.database import Database

LOOK_S = 0.002
"""How often SQLite's change counter is looked at while waiting; a look takes microseconds."""


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
        self._seen: int | None = None
        self._connection = database.engine.raw_connection()
        self._line = _line(self._connection)
        self._is_sqlite = database.is_sqlite
        if not self._is_sqlite:
            self._line.autocommit = True
            self._line.execute("LISTEN trigger_studio")

    def wait(self, timeout_s: float) -> None:
        """Return when something was committed, when the bell rings, or after the time."""
        if self._is_sqlite:
            self._wait_sqlite(timeout_s)
        elif self._fresh:
            self._fresh = False
        else:
            self._wait_postgresql(timeout_s)

    def _wait_sqlite(self, timeout_s: float) -> None:
        cursor = self._line.cursor()
        end = time.monotonic() + timeout_s
        while True:
            (now,) = cursor.execute("PRAGMA data_version").fetchone()
            if now != self._seen:
                self._seen = now
                return
            left = end - time.monotonic()
            if left <= 0 or self._bell.wait(min(LOOK_S, left)) is None:
                return

    def _wait_postgresql(self, timeout_s: float) -> None:
        line = self._line.pgconn
        if self._bell.wait(timeout_s, line.socket):
            line.consume_input()
            while line.notifies():
                pass

    def close(self) -> None:
        self._line.close()
        self._connection.invalidate()
