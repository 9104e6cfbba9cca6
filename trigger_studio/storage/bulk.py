"""Many rows in one statement, on both databases.

SQLite runs a prepared statement over the rows; PostgreSQL takes them as one array a column and unnests them, so that a
thousand rows cost one round trip and one plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

Row = tuple[Any, ...]


def dump(value: Any) -> str:
    """Canonical JSON text: sorted keys, no spaces."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS).decode()


def load(text: str | None) -> Any:
    """The value of JSON text; None of None."""
    return None if text is None else orjson.loads(text)


def insert(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Insert rows, each a tuple in the order of the table's columns (without a serial first column)."""
    _run(connection, table, rows, "")


def upsert(
    connection: sa.Connection, table: sa.Table, rows: Sequence[Row], update: Sequence[str], where: str = ""
) -> None:
    """Insert rows; where the primary key exists, set the `update` columns instead, if `where` holds.

    Args:
        update: columns that take the new value, or whole assignments.
    """
    key = ", ".join(column.name for column in table.primary_key)
    sets = ", ".join(item if "=" in item else f"{item} = excluded.{item}" for item in update)
    _run(connection, table, rows, f" ON CONFLICT ({key}) DO UPDATE SET {sets}" + (f" WHERE {where}" if where else ""))


def _run(connection: sa.Connection, table: sa.Table, rows: Sequence[Row], tail: str) -> None:
    if not rows:
        return
    dialect = connection.dialect.name
    head = _head(table, dialect)
    if dialect == "sqlite":
        connection.exec_driver_sql(head + tail, list(rows))
    else:
        connection.exec_driver_sql(head + tail, tuple(list(column) for column in zip(*rows, strict=True)))


@cache
def _head(table: sa.Table, dialect: str) -> str:
    columns = [column for column in table.columns if column.autoincrement is not True]
    names = ", ".join(f'"{column.name}"' for column in columns)
    if dialect == "sqlite":
        return f"INSERT INTO {table.name} ({names}) VALUES ({', '.join('?' * len(columns))})"
    types: sa.Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    arrays = ", ".join(f"%b::{column.type.compile(types)}[]" for column in columns)
    return f"INSERT INTO {table.name} ({names}) SELECT * FROM unnest({arrays})"


def keys(connection: sa.Connection, width: int) -> str:
    """A FROM item that turns the JSON array of arrays bound as `:keys` into rows with columns a0, a1 and so on."""
    parts = ", ".join(f"value ->> {index} AS a{index}" for index in range(width))
    rows = "json_each(:keys)" if connection.dialect.name == "sqlite" else "json_array_elements(CAST(:keys AS json))"
    return f"(SELECT {parts} FROM {rows}) AS k"
