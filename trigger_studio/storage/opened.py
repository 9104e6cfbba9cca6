"""Whether a database's files are still those that were opened: on a file that was replaced nobody may go on deciding.

What is held open stays readable and writable when its name is gone, or given to another file. Everybody who comes later
opens the other one, so whatever was written here would be seen by nobody.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path

from trigger_studio.errors import Message, Replaced

BESIDE = ("", "-wal", "-shm")
"""The database, its write-ahead log, and the index of that; all three are shared by everybody who has it open."""

Identity = tuple[int, int]
"""Device and inode."""


class OpenedFiles:
    """The files of one SQLite database, as they were when the first connection of those now open was opened.

    While one is open the log and its index stay; when the last one in any process ends, SQLite removes them.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._connections = 0
        self._seen: dict[str, Identity] = {}

    def connected(self) -> None:
        """A connection was opened and has read the file."""
        with self._lock:
            self._connections += 1
            if self._connections == 1:
                self._seen = {end: found for end in BESIDE if (found := identity(f"{self._path}{end}"))}

    def closed(self) -> None:
        """A connection was closed."""
        with self._lock:
            self._connections -= 1

    def check(self) -> None:
        """See that what is open is what bears the name.

        Raises:
            Replaced: it is not.
        """
        for end, seen in tuple(self._seen.items()):
            file = f"{self._path}{end}"
            if (now := identity(file)) != seen and self._connections:
                what = Message("{0} was replaced", file) if now else Message("{0} is gone", file)
                raise Replaced(
                    Message("database {0}: {1} while it was open; start again to work on it", self._path, what)
                )

    @property
    def main(self) -> Identity | None:
        """The database itself, None before it was opened."""
        return self._seen.get("")


def identity(path: str | Path) -> Identity | None:
    """Which file bears a name, None if none does."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
