"""The engines of one person on one machine: each has a slot, held by a lock, and says beside it what it works on."""

from __future__ import annotations

import json
import os
import secrets
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_state_path

from trigger_studio.errors import Message, Unavailable, reason
from trigger_studio.services.files import write_whole
from trigger_studio.storage import private
from trigger_studio.storage.database import Database
from trigger_studio.storage.opened import identity

if TYPE_CHECKING:
    from filelock import BaseFileLock


class Slot:
    """This process's engine slot on this machine: the lowest that is free, so that a restart finds its own work.

    Attributes:
        executor_id: unique per machine and slot, and the same after a restart.
    """

    def __init__(self, folder: Path | None = None) -> None:
        from filelock import FileLock, Timeout

        folder = folder or _folder()
        try:
            private.make_folder(folder)
            name = f"{socket.gethostname()}-{_drawn(folder)}"
        except OSError as error:
            raise Unavailable(
                Message("an engine keeps its lock in {0}, and cannot: {1}", folder, reason(error))
            ) from error
        number = 0
        while True:
            lock = FileLock(folder / f"engine-{number}.lock")
            try:
                lock.acquire(timeout=0)
            except Timeout:
                number += 1
                continue
            self._lock: BaseFileLock = lock
            self.executor_id = f"{name}-{number}"
            (folder / f"engine-{number}.json").unlink(missing_ok=True)
            return

    def note(self, database: Database) -> None:
        """Leave beside the lock which file this engine works on, for the doctor; of a server there is none."""
        if database.file_identity is not None:
            path = str(Path(database.name).absolute())
            note = {"pid": os.getpid(), "database": path, "file": database.file_identity}
            write_whole(Path(self._lock.lock_file).with_suffix(".json"), json.dumps(note).encode(), private=True)

    def release(self) -> None:
        """Give the slot back; the end of the process does it as well."""
        self._lock.release()


def _drawn(folder: Path) -> str:
    """Random text, drawn once a folder: two machines, or two people at one, may go by the same name."""
    from filelock import FileLock

    path = folder / "drawn"
    with FileLock(folder / "drawn.lock"):
        if not path.exists() or not path.read_text(encoding="ascii"):
            write_whole(path, secrets.token_hex(4).encode(), private=True)
        return path.read_text(encoding="ascii")


def astray(file: Path, folder: Path | None = None) -> Iterator[int]:
    """Process ids of engines here that hold a file open which bore this name once, and does not any more."""
    from filelock import FileLock, Timeout

    for path in sorted((folder or _folder()).glob("engine-*.json")):
        try:
            note = json.loads(path.read_text(encoding="utf-8"))
            if note["database"] != str(file.absolute()) or tuple(note["file"]) == identity(file):
                continue
            with FileLock(path.with_suffix(".lock"), timeout=0):
                continue  # nobody holds the slot: left behind by one that ended
        except Timeout:
            yield int(note["pid"])
        except (OSError, ValueError, KeyError, TypeError):  # being written, or by another version
            continue


def _folder() -> Path:
    return user_state_path("trigger-studio", appauthor=False)
