"""The doctor's look at this machine: disk, files, the key ring, the versions of what we stand on."""

from __future__ import annotations

import os
import shlex
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

from platformdirs import user_state_path

from trigger_studio import __version__
from trigger_studio.execution import secrets
from trigger_studio.execution.sender import SendFailed
from trigger_studio.services.findings import FILE_URL, Finding, ok, wrong
from trigger_studio.services.slots import astray
from trigger_studio.storage.private import open_to_all

FREE_MIN_BYTES = 1 << 30
SQLITE_MIN = (3, 42, 0)
"""What deliveries need of SQLite with Python 3.12 and newer."""


def findings(file: Path | None) -> Iterator[Finding]:
    """Everything that can be said without asking the database.

    Args:
        file: the database's, if it is one.
    """
    yield _versions()
    state = user_state_path("trigger-studio", appauthor=False)
    yield _writable("state folder", state)
    yield _space("state folder", state)
    if file is not None:
        yield _file(file)
        yield _astray(file)
        yield _space("database file", file)
    yield _private(state, file)
    yield _key_ring()


def _versions() -> Finding:
    python = ".".join(map(str, sys.version_info[:3]))
    says = f"Trigger Studio {__version__}, Python {python}, SQLite {sqlite3.sqlite_version}"
    if sys.version_info >= (3, 12) and sqlite3.sqlite_version_info < SQLITE_MIN:
        needed = ".".join(map(str, SQLITE_MIN))
        return wrong("versions", says, f"take a Python that brings SQLite {needed} or newer")
    return ok("versions", says)


def _writable(check: str, folder: Path) -> Finding:
    there = _nearest(folder)
    if os.access(there, os.W_OK | os.X_OK):
        return ok(check, f"{folder} can be written")
    return wrong(check, f"{there} cannot be written by this user", f"make {folder} writable; engines keep locks there")


def _file(file: Path) -> Finding:
    if file.is_dir():
        return wrong("database file", f"{file} is a directory", f"name a file: --db {FILE_URL}FILE")
    if not file.exists():
        return wrong("database file", f"there is no {file}", "run 'trigger-studio db upgrade', or name another by --db")
    for path in (file, file.parent):  # SQLite writes its journal beside the file
        if not os.access(path, os.W_OK):
            return wrong("database file", f"{path} cannot be written by this user", f"make {path} writable")
    return ok("database file", f"{file} can be written")


def _astray(file: Path) -> Finding:
    """Engines that go on with a file that was replaced; their heartbeats are in that one, where nobody looks."""
    check = "engines' file"
    if not (found := list(astray(file))):
        return ok(check, "no engine on this machine has another file of that name open")
    pids = ", ".join(map(str, found))
    says = f"an engine (process {pids}) has the file open that was {file} before; it decides nothing here"
    return wrong(check, says, "stop it, and start one: trigger-studio engine")


def _private(state: Path, file: Path | None) -> Finding:
    """Whether only their owner may read what holds rules, events and addresses."""
    paths = [state, state / "errors.log"]
    if file is not None:
        paths += [Path(f"{file}{end}") for end in ("", "-wal", "-shm", ".dbos", ".dbos-wal", ".dbos-shm")]
    found = open_to_all(paths)
    if not found:
        return ok("private", "nobody else may read the state folder" + (" and the database" if file else ""))
    does = " && ".join(f"chmod {'700' if path.is_dir() else '600'} {shlex.quote(str(path))}" for path in found)
    return wrong("private", f"everybody on this machine may read {', '.join(map(str, found))}", f"run: {does}")


def _space(what: str, path: Path) -> Finding:
    check = "disk"
    try:
        free = shutil.disk_usage(_nearest(path)).free
    except OSError as error:
        return wrong(check, f"the disk of the {what} does not say how full it is: {error.strerror}", "look at the disk")
    says = f"{free / (1 << 30):.1f} GiB free for the {what}"
    if free < FREE_MIN_BYTES:
        return wrong(check, says, f"make room on the disk of {path}; at least 1 GiB should be free")
    return ok(check, says)


def _nearest(path: Path) -> Path:
    """The path, or the nearest folder above it that exists."""
    return next(place for place in (path, *path.parents) if place.exists())


def _key_ring() -> Finding:
    import keyring
    from keyring.errors import KeyringError, NoKeyringError

    try:
        keyring.get_password(secrets.KEY_RING_SERVICE, "doctor")
    except NoKeyringError:
        return ok("key ring", f"no key ring here; secrets come from {secrets.ENVIRONMENT_PREFIX}<NAME>")
    except (KeyringError, SendFailed) as error:
        return wrong("key ring", f"the key ring does not answer ({type(error).__name__})", "unlock the key ring")
    return ok("key ring", "the key ring answers")
