"""Reads for whoever only foretells: from one commit, in transactions that are not held while somebody computes."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from typing import TypeVar

from trigger_studio.errors import Unavailable
from trigger_studio.frozen import frozen
from trigger_studio.storage import audit, bus, in_force
from trigger_studio.storage.database import Connection, Database

T = TypeVar("T")

HOLD_S = 1.0
"""A transaction is let go of after this, whatever its reader is about; the next read opens another."""


@frozen
class Mark:
    """Which commit was read.

    Attributes:
        seq: the last place in the commit order.
        version: of rules, approvals and profile.
        audited: the last thing that a person did; halts move nothing else.
    """

    seq: int
    version: int
    audited: int


class Reader:
    """Reads in short transactions.

    Many reads follow each other closely, and a transaction for each would cost more than they do: so one is kept for
    a while, by the clock, and not for as long as what is made of the reads takes.

    Args:
        database: to read.
        changed: called with each new transaction and its mark, before anything is read in it.
    """

    def __init__(self, database: Database, changed: Callable[[Connection, Mark], None]) -> None:
        self.hold_s = HOLD_S
        self._database, self._changed = database, changed
        self._lock = threading.RLock()
        self._open: contextlib.ExitStack | None = None
        self._connection: Connection | None = None
        self._timer: threading.Timer | None = None

    def read(self, work: Callable[[Connection], T]) -> T:
        """What `work` reads."""
        with self._lock:
            return work(self._connection or self._begin())

    def _begin(self) -> Connection:
        held = contextlib.ExitStack()
        connection = held.enter_context(self._database.read(fenced=False))
        self._open, self._connection = held, connection
        self._timer = threading.Timer(self.hold_s, self._expire, (held,))
        self._timer.daemon = True
        self._timer.start()
        self._changed(connection, mark(connection))
        return connection

    def _expire(self, held: contextlib.ExitStack) -> None:
        with self._lock, contextlib.suppress(Unavailable):  # what is lost is told to the next who reads
            if self._open is held:
                self._let_go()

    def close(self) -> None:
        """Let go of the transaction, and wait until its timer has ended; not to be called while reading."""
        with self._lock:
            timer = self._let_go()
        if timer is not None:
            timer.join()

    def _let_go(self) -> threading.Timer | None:
        held, timer = self._open, self._timer
        self._open = self._connection = self._timer = None
        if timer is not None:
            timer.cancel()
        if held is not None:
            held.close()
        return timer


def mark(connection: Connection) -> Mark:
    """The commit that this transaction sees."""
    return Mark(bus.clock_seq(connection), in_force.version(connection), audit.last_id(connection))
