"""Files and folders that only their owner may read: from their first moment, whatever the process's umask is."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable
from pathlib import Path

FILE_MODE, FOLDER_MODE = 0o600, 0o700
OTHERS = stat.S_IRWXO
"""What everybody on the machine may do; what the owner's group may do is the owner's to say."""


def make_folder(path: Path) -> None:
    """Make a folder and those above it that are missing, for the owner alone; one that exists stays as it is.

    Raises:
        OSError: it cannot be made, or something else is there.
    """
    for folder in (*reversed(path.parents), path):
        with contextlib.suppress(FileExistsError):
            if not folder.is_dir():
                folder.mkdir(FOLDER_MODE)
    if not path.is_dir():
        raise FileExistsError(f"{path} is not a directory")


def make_file(path: Path) -> None:
    """Make an empty file for the owner alone; one that exists stays as it is.

    Raises:
        OSError: it cannot be made.
    """
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE))


def append(path: Path, text: str) -> None:
    """Add to a file of the owner's; a link, or what belongs to somebody else, is not written to.

    Raises:
        OSError: it cannot be written, or is no file of our own.
    """
    number = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY | os.O_NOFOLLOW | os.O_NONBLOCK, FILE_MODE)
    with os.fdopen(number, "a", encoding="utf-8", errors="backslashreplace") as file:
        status = os.fstat(number)
        if not stat.S_ISREG(status.st_mode) or status.st_uid != os.geteuid():
            raise FileExistsError(f"{path} is no file of this user's")
        file.write(text)


def open_to_all(paths: Iterable[Path]) -> list[Path]:
    """Those among the paths that everybody on the machine may read, write or enter; links are followed."""
    found = []
    for path in paths:
        with contextlib.suppress(OSError):
            if path.stat().st_mode & OTHERS:
                found.append(path)
    return found
