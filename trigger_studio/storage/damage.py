"""What is said of rows that cannot be read: the table, the key, and what is wrong there, in one line."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator
from typing import Any, Concatenate, ParamSpec, TypeVar

import orjson
import sqlalchemy as sa

from trigger_studio.errors import BadInput, Damaged, Message

P = ParamSpec("P")
T = TypeVar("T")

BROKEN = (ValueError, TypeError, KeyError, AttributeError, BadInput)
"""What reading a broken row raises: no JSON, no value of the model's, no text."""


def row_name(table: str, key: object) -> str:
    """A row as it is told: ``rules 'a'`` has the key it is found by."""
    return f"table {table}, row {key}"


def why(error: BaseException) -> str:
    """What is wrong with a row, in one line."""
    if isinstance(error, orjson.JSONDecodeError):
        return f"it holds no JSON: {' '.join(str(error).split())}"
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return " ".join(" ".join(lines[1:3] if "validation error" in lines[0] and lines[1:] else lines[:1]).split())


def damaged(table: str, key: object, what: str) -> Damaged:
    """The error for a row."""
    return Damaged(Message("{0} cannot be read: {1}; see 'trigger-studio db check'", row_name(table, key), what))


def missing(table: sa.Table, key: object) -> Damaged:
    """The error for a row that every database has."""
    return Damaged(Message("{0} is missing; 'trigger-studio db repair' makes it again", row_name(table.name, key)))


@contextlib.contextmanager
def reading(table: str, key: object) -> Iterator[None]:
    """While the block runs, a broken row is told by its table and key.

    Raises:
        Damaged: it is broken.
    """
    try:
        yield
    except BROKEN as error:
        raise damaged(table, key, why(error)) from error


def json_of(text: str | None, table: str, key: object) -> Any:
    """The value of a row's JSON text; None of None. Raises Damaged."""
    if text is None:
        return None
    try:
        return orjson.loads(text)
    except (ValueError, TypeError) as error:
        raise damaged(table, key, why(error)) from error


def key_of(table: sa.Table, row: Any) -> str:
    """The row's primary key for people."""
    return ", ".join(str(getattr(row, column.name, "?")) for column in table.primary_key)


def reads(table: sa.Table) -> Callable[[Callable[Concatenate[Any, P], T]], Callable[Concatenate[Any, P], T]]:
    """Of a function that makes a value of a row: a broken one is told by the table and its key."""

    def wrap(function: Callable[Concatenate[Any, P], T]) -> Callable[Concatenate[Any, P], T]:
        @functools.wraps(function)
        def read(row: Any, /, *args: P.args, **kwargs: P.kwargs) -> T:
            try:
                return function(row, *args, **kwargs)
            except BROKEN as error:
                raise damaged(table.name, key_of(table, row), why(error)) from error

        return read

    return wrap


def every_row(connection: sa.Connection, table: sa.Table) -> Iterator[tuple[Any, str]]:
    """Every row of a table, and what of it is no text; empty where nothing is.

    SQLite takes any bytes for text, and its driver gives up at the first that is none: here they are read as they are.
    """
    columns = list(table.columns)
    if connection.dialect.name != "sqlite":
        for row in connection.execute(sa.select(table).execution_options(yield_per=1000)):
            yield row, ""
        return
    from trigger_studio.storage import bulk

    texts = [place for place, column in enumerate(columns) if isinstance(column.type, sa.Text)]
    names = ", ".join(
        f'CAST("{column.name}" AS BLOB)' if isinstance(column.type, sa.Text) else f'"{column.name}"'
        for column in columns
    )
    driver: Any = connection.connection.driver_connection
    for found in driver.execute(f"SELECT {names} FROM {table.name}"):
        values, faults = list(found), []
        for place in texts:
            if values[place] is not None:
                try:
                    values[place] = values[place].decode()
                except UnicodeDecodeError:
                    values[place] = values[place].decode(errors="replace")
                    faults.append(columns[place].name)
        yield bulk.record(table)(values), f"no text in {', '.join(faults)}" if faults else ""
