"""What an admin does for the database itself: checks it, repairs it, and keeps copies of it."""

from __future__ import annotations

import contextlib
import os
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from trigger_studio.errors import BadInput, Damaged, Message, Refused, Unavailable
from trigger_studio.frozen import frozen
from trigger_studio.services import setup
from trigger_studio.services.files import replacing
from trigger_studio.storage import copies, engines, integrity, private, repair, schema
from trigger_studio.storage.copies import Copy
from trigger_studio.storage.database import Database
from trigger_studio.storage.integrity import Flaw

BESIDE = ("", "-wal", "-shm", ".dbos", ".dbos-wal", ".dbos-shm")
"""What belongs to an SQLite database, by the ends of the names."""


def check(database: Database) -> list[Flaw]:
    """Everything that is wrong: with the schema, and if that is whole, with what is in it. Reads every row.

    Raises:
        Unavailable: the database is out of reach.
    """
    found: list[Flaw] = []
    try:
        if faults := schema.check(database):
            return [Flaw("", "", fault) for fault in faults]
        with database.read() as connection:
            found += integrity.flaws(connection)
        return found
    except Damaged as error:
        if found:  # a broken page keeps even a transaction that only read from its end
            return found
        return [Flaw("", "", str(error).removeprefix(f"database {database.name}: ").partition(";")[0])]


@frozen
class Repaired:
    """What was, or would be, made good, and what is still wrong after that."""

    done: tuple[str, ...]
    left: tuple[Flaw, ...]


def repaired(database: Database, *, preview: bool) -> Repaired:
    """Make good what can be, in one transaction; with `preview` only say what that is.

    Raises:
        Unavailable: the database is out of reach, or its schema is not this program's.
    """
    if faults := [fault for fault in schema.check(database) if "does not hold the one row" not in fault]:
        raise Unavailable(f"database {database.name}: {faults[0]}")
    if preview:
        with database.read() as connection:
            found = list(repair.repairs(connection))
            left = [flaw for flaw in integrity.flaws(connection) if not flaw.repair]
        return Repaired(tuple(item.says for item in found), tuple(left))
    with database.write() as connection:
        found = list(repair.repairs(connection))
        for item in found:
            item.run(connection)
    return Repaired(tuple(item.says for item in found), tuple(check(database)))


def backup(database: Database, path: Path) -> Copy:
    """Write a copy of everything into a file, for its owner alone, whole or not at all; engines may go on meanwhile.

    Raises:
        BadInput: the file is the database itself, or something else's that a copy would replace.
        Damaged: a row cannot be read; an earlier copy is still there.
        Unavailable: the database is out of reach or has no schema of ours, or the file cannot be written.
    """
    if database.file is not None and _belongs(path, database.file):
        raise BadInput(Message("{0} belongs to the database itself; name another file", path))
    if path.exists() and path.stat().st_size:
        copies.read(path)
    ground = schema.survey(database)
    if ground.revision is None or ground.revision not in schema.known():
        schema.is_ready(database)
        raise Unavailable(Message("database {0}: it is empty; there is nothing to copy", database.name))
    with replacing(path, private=True) as part, database.read() as connection:
        return copies.write(connection, ground.revision, part)


@frozen
class Restored:
    """What a restore did.

    Attributes:
        kept: where the file is now that was in its place; None if there was none, or on PostgreSQL.
    """

    copy: Copy
    kept: Path | None


def restore(database: Database, path: Path, *, overwrite: bool = False) -> Restored:
    """Put a copy into an empty database, or with `overwrite` in place of what is in it; every row is compared.

    Raises:
        BadInput: the file is no copy, or does not hold what it says.
        Refused: the database holds tables, or an engine runs on it.
        Unavailable: the database is out of reach.
    """
    copies.read(path)
    _check_free(database, overwrite)
    if database.file is not None:
        return _restore_file(database.file, path)
    with TemporaryDirectory(prefix="trigger-studio-") as folder:
        unpacked = Path(folder) / "unpacked.db"
        copy = copies.unpack(path, unpacked)
        setup.ensure(database, make=True)
        with database.write(sleeper_timeout_ms=0) as connection:
            copies.fill(connection, unpacked)
    return Restored(copy, None)


def _restore_file(file: Path, path: Path) -> Restored:
    """Build the database beside its place, set aside what is there, and put it in."""
    private.make_folder(file.parent)
    kept = None
    with replacing(file, private=True) as part:
        copy = copies.unpack(path, part)
        if file.exists() and file.stat().st_size:
            kept = file.with_name(f"{file.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%S}")
            for end in BESIDE:
                with contextlib.suppress(FileNotFoundError):
                    os.rename(f"{file}{end}", f"{kept}{end}")
    return Restored(copy, kept)


def _belongs(path: Path, file: Path) -> bool:
    return os.path.realpath(path) in {os.path.realpath(f"{file}{end}") for end in BESIDE}


def _check_free(database: Database, overwrite: bool) -> None:
    """Whether a copy may be put there."""
    if database.can_be_made():
        return
    try:
        ground = schema.survey(database)
    except (Damaged, Unavailable):
        if not overwrite or database.file is None:
            raise
        return  # whatever it is, it is set aside
    if ground.tables and not ground.ours:
        schema.is_ready(database)
    if ground.ours and not overwrite:
        raise Refused(Message("database {0} holds tables; --overwrite puts the backup in their place", database.name))
    if ground.ours:
        with contextlib.suppress(Damaged):
            _check_still(database)


def _check_still(database: Database) -> None:
    """Refuse to take the ground from under an engine."""
    with database.read() as connection:
        alive = engines.alive(connection, database.clock_s(connection))
    if alive:
        raise Refused(
            Message(
                "database {0}: stop its engines first; heard within the last {1:g} s: {2}",
                database.name,
                engines.SILENT_S,
                ", ".join(alive),
            )
        )
