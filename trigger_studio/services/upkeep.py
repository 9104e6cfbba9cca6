"""What an admin does for the database itself: checks it, repairs it, and keeps copies of it."""

from __future__ import annotations

from trigger_studio.errors import Damaged, Unavailable
from trigger_studio.frozen import frozen
from trigger_studio.storage import integrity, repair, schema
from trigger_studio.storage.database import Database
from trigger_studio.storage.integrity import Flaw


def check(database: Database) -> list[Flaw]:
    """Everything that is wrong: with the schema, and if that is whole, with what is in it. Reads every row.

    Raises:
        Unavailable: the database is out of reach.
    """
    try:
        if faults := schema.check(database):
            return [Flaw("", "", fault) for fault in faults]
        with database.read() as connection:
            return list(integrity.flaws(connection))
    except Damaged as error:
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
