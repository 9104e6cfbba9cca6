"""What a database did to us, in plain words: away, unwilling or damaged."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from sqlite3 import dbapi2
from typing import Any

import sqlalchemy as sa

from trigger_studio.errors import Away, Damaged, Message, Unavailable, masked


@contextlib.contextmanager
def in_plain_words(name: str, driver: Any) -> Iterator[None]:
    """Turn what a database did to us into `Unavailable`, `Away` where waiting alone may help, or `Damaged`.

    Args:
        name: of the database, for people.
        driver: its module.
    """
    try:
        yield
    except (driver.Error, sa.exc.DBAPIError) as error:
        told = error.orig if isinstance(error, sa.exc.DBAPIError) else error
        if _is_damage(told):
            raise _damaged(name, first_line(told)) from error
        if not _is_the_worlds(told, driver):
            raise
        kind = Away if _is_away(told, driver) else Unavailable
        raise kind(Message("database {0}: {1}", name, first_line(told))) from error
    except UnicodeDecodeError as error:
        raise _damaged(name, Message("it holds text that is none")) from error


def _damaged(name: str, what: str) -> Damaged:
    return Damaged(Message("database {0}: {1}; 'trigger-studio db check' says where", name, what))


def _is_the_worlds(error: BaseException | None, driver: Any) -> bool:
    """Whether the database failed us, rather than we it; the bare class is of a file that is none, or damaged."""
    if isinstance(error, driver.ProgrammingError):
        return any(words in str(error) for words in _WORLDS)
    worlds = (driver.OperationalError, driver.InterfaceError, driver.InternalError)
    return isinstance(error, worlds) or type(error) is driver.DatabaseError


_REFUSED = (
    "does not exist",
    "authentication failed",
    "pg_hba.conf",
    "permission denied",
    "not permitted to log in",
    "not currently accepting connections",
    "invalid ",
    "could not parse",
    "definition of service",
)
"""What a PostgreSQL server, or its client library, says again however often it is asked."""
_PASSING = ("08", "53300", "57P")
"""SQLSTATEs of a lost connection, too many of them, and a server that starts or stops."""


def _is_away(error: BaseException | None, driver: Any) -> bool:
    """Whether a server does not answer or takes nobody in; what comes of connecting has no SQLSTATE."""
    if driver is dbapi2 or not isinstance(error, driver.OperationalError):
        return False
    state = getattr(error, "sqlstate", None)
    if state is not None:
        return str(state).startswith(_PASSING)
    return not any(known in str(error) for known in _REFUSED)


_WORLDS = ("permission denied", "no such table", "invalid connection option", "connection info string")
"""Of what drivers call faults of the program: these are of whoever set up the database, or its URL."""


def first_line(error: BaseException | None) -> str:
    """What happened, without how the client library came to know."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    line = masked(" ".join(lines[0].split()))
    if not line.startswith(("connection failed: ", "connection is bad: ")):
        return line
    about, failed, why = line.rpartition(" failed: ")
    if why.startswith("FATAL: "):
        return Message("the server lets nobody in: {0}", why.removeprefix("FATAL: "))
    return Message("the server does not answer: {0}", why) if failed and about else line.partition(": ")[2]


def _is_damage(error: BaseException | None) -> bool:
    """Whether a row holds what is no text, or the pages of the file are none: another try meets the same."""
    code = getattr(error, "sqlite_errorcode", None)
    return str(error).startswith("Could not decode to UTF-8") or (
        code is not None and code & 0xFF == sqlite3.SQLITE_CORRUPT
    )
