"""Files that are written whole or not at all: the one way in which this program writes a file that a person names."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path

from trigger_studio.errors import BadInput, Message, Unavailable, reason
from trigger_studio.storage.private import FILE_MODE

_NEW_MODE = 0o666
"""Of a new file, less what the process's umask takes away."""
_SQLITE = b"SQLite format 3\0"
_JOURNALS = ("-wal", "-shm", "-journal")
_DESCRIPTORS = ("/dev/fd/", "/dev/stdout", "/dev/stderr", "/proc/")
"""Links to what a process has open: to be written, whatever it is, and never replaced."""


def write_whole(path: Path, content: bytes, *, private: bool = False) -> None:
    """Put a file in its place once all of it is on the disk; see `replacing`.

    What is no plain file, a device or a pipe, is written to and stays.

    Raises:
        BadInput: there is a database, or its journal; a picture or a bundle never takes that place.
        Unavailable: the file cannot be written; what it held is still there.
    """
    with _plain_words(path):
        if is_stream(path):
            with open(path, "wb", buffering=0) as stream:
                _write_all(stream.fileno(), content)
            return
        if _is_database(Path(os.path.realpath(path))):
            raise BadInput(Message("{0} is a database; name another file", path))
    with replacing(path, private=private) as part:
        number = os.open(part, os.O_WRONLY)
        try:
            _write_all(number, content)
        finally:
            os.close(number)


def _is_database(path: Path) -> bool:
    """Whether a file is an SQLite database, or belongs to one."""
    owners = [path.with_name(path.name.removesuffix(end)) for end in _JOURNALS if path.name.endswith(end)]
    for file in (path, *owners):
        if file.is_file():
            with open(file, "rb") as stream:
                if stream.read(len(_SQLITE)) == _SQLITE:
                    return True
    return False


@contextlib.contextmanager
def replacing(path: Path, *, private: bool = False) -> Iterator[Path]:
    """An empty file beside the one at `path`, that takes its place when the block ends well, and else goes.

    Its name is random, and nobody else can have put anything there. A link stays one: what it leads to is replaced. A
    file that exists keeps its mode; a new one is everybody's as the umask has it, or the owner's alone.

    Args:
        private: for the owner alone, whatever was there.

    Raises:
        Unavailable: the file cannot be written; what it held is still there.
    """
    with _plain_words(path):
        if is_stream(path):
            raise OSError(errno.EINVAL, "it is no plain file")
        target = Path(os.path.realpath(path))
        part = target.with_name(f".{secrets.token_hex(8)}.part")
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        number = os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, FILE_MODE if private else _NEW_MODE)
        try:
            if not private:
                _take_after(number, target)
        finally:
            os.close(number)
    try:
        with _plain_words(path):
            yield part
            _flush(part)
            part.replace(target)
            _flush(target.parent)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


@contextlib.contextmanager
def _plain_words(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unavailable(Message("cannot write {0}: {1}", path, reason(error))) from error


def is_stream(path: Path) -> bool:
    """Whether there is something that must stay what it is: a device, a pipe, what a process has open."""
    if str(path.absolute()).startswith(_DESCRIPTORS):
        return True
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _take_after(number: int, path: Path) -> None:
    """Give an open file the owner, as far as that is ours to do, and the mode of the one whose place it takes."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return
    with contextlib.suppress(PermissionError):
        os.fchown(number, status.st_uid, status.st_gid)
    os.fchmod(number, stat.S_IMODE(status.st_mode))


def _write_all(number: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(number, left) :]


def _flush(path: Path) -> None:
    """Have the disk hold what was written; a folder that cannot be asked to holds it soon."""
    number = os.open(path, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError) if path.is_dir() else contextlib.nullcontext():
            os.fsync(number)
    finally:
        os.close(number)
