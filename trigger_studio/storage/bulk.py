"""The statements that every event passes through: many rows in one, and straight to the driver.

SQLAlchemy takes longer over a small statement than the database does. SQLite runs a prepared statement over the rows;
PostgreSQL takes them as one JSON text, and all writes of a transaction as one statement, so that a thousand rows cost
one plan and one round trip. Parameters are written `:name` for both.

The driver's pipeline would send as little, but what ends it stops the server's clock for transactions that sleep
(`idle_in_transaction_session_timeout`), and that clock is the fence around engines.
"""

from __future__ import annotations

import re
from collections import namedtuple
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Self

import orjson
import sqlalchemy as sa

PAGE = 2_000
Row = tuple[Any, ...]
Statement = tuple[str, Mapping[str, Any]]
"""SQL, and the values of its `:names`."""


def dump(value: Any) -> str:
    """Canonical JSON text: sorted keys, no spaces."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS).decode()


def load(text: str | None) -> Any:
    """The value of JSON text; None of None."""
    return None if text is None else orjson.loads(text)


# statements ---------------------------------------------------------------------------------------------------------


def fetch(connection: sa.Connection, sql: str, values: Mapping[str, Any]) -> list[Row]:
    """The rows of a statement."""
    rows: list[Row] = _driver(connection).execute(sql if is_sqlite(connection) else _psycopg(sql), values).fetchall()
    return rows


def stream(connection: sa.Connection, sql: str, values: Mapping[str, Any]) -> Iterator[Row]:
    """The same, however many they are: a page at a time, so that a server hears from whoever takes long over them."""
    if is_sqlite(connection):
        yield from _driver(connection).execute(sql, values)
        return
    with _driver(connection).cursor("pages") as cursor:
        cursor.itersize = PAGE
        yield from cursor.execute(_psycopg(sql), values)


def is_sqlite(connection: sa.Connection) -> bool:
    """Whether the other side is SQLite; else it is PostgreSQL."""
    return connection.dialect.name == "sqlite"


def _driver(connection: sa.Connection) -> Any:
    return connection.connection.driver_connection


@cache
def _psycopg(sql: str, suffix: str = "") -> str:
    return re.sub(r"(?<!:):([a-z]\w*)", rf"%(\1{suffix})s", sql.replace("%", "%%"))


# rows in ------------------------------------------------------------------------------------------------------------


def insert(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Insert rows, each a tuple in the order of the table's columns (without a serial first column)."""
    with Writes(connection) as writes:
        writes.insert(table, rows)


def upsert(connection: sa.Connection, table: sa.Table, rows: Sequence[Row], update: Sequence[str]) -> None:
    """Insert rows; where the primary key exists, set the `update` columns instead."""
    with Writes(connection) as writes:
        writes.upsert(table, rows, update)


class Writes:
    """Writes that go together, at the end of the block: none may see what another does, nor touch the same row."""

    def __init__(self, connection: sa.Connection) -> None:
        self._driver = _driver(connection)
        self._dialect = connection.dialect.name
        self.is_sqlite = is_sqlite(connection)
        self._gathered: list[Statement] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, fault: type[BaseException] | None, *_: object) -> None:
        if self._gathered and fault is None:
            values = {f"{key}_{n}": value for n, (_, own) in enumerate(self._gathered) for key, value in own.items()}
            *others, last = [_psycopg(sql, f"_{n}") for n, (sql, _) in enumerate(self._gathered)]
            sql = ", ".join(f"w{n} AS ({other})" for n, other in enumerate(others))
            self._driver.execute(f"WITH {sql} {last}" if others else last, values)

    def run(self, sql: str, values: Mapping[str, Any]) -> None:
        """A statement whose rows, if it has any, nobody reads."""
        if self.is_sqlite:
            self._driver.execute(sql, values)
        else:
            self._gathered.append((sql, values))

    def insert(self, table: sa.Table, rows: Sequence[Row]) -> None:
        """Insert rows, each a tuple in the order of the table's columns (without a serial first column)."""
        self._put(table, rows, "")

    def upsert(self, table: sa.Table, rows: Sequence[Row], update: Sequence[str], where: str = "") -> None:
        """Insert rows; where the primary key exists, set the `update` columns instead, if `where` holds.

        Args:
            update: columns that take the new value, or whole assignments.
        """
        key = ", ".join(column.name for column in table.primary_key)
        sets = ", ".join(item if "=" in item else f"{item} = excluded.{item}" for item in update)
        self._put(table, rows, f" ON CONFLICT ({key}) DO UPDATE SET {sets}" + (f" WHERE {where}" if where else ""))

    def _put(self, table: sa.Table, rows: Sequence[Row], tail: str) -> None:
        if not rows:
            return
        sql = _head(table, self._dialect) + tail
        if self.is_sqlite:
            self._driver.executemany(sql, rows)
        else:
            self._gathered.append((sql, {"rows": orjson.dumps(rows).decode()}))


@cache
def _head(table: sa.Table, dialect: str) -> str:
    columns = [column for column in table.columns if column.autoincrement is not True]
    names = ", ".join(f'"{column.name}"' for column in columns)
    if dialect == "sqlite":
        return f"INSERT INTO {table.name} ({names}) VALUES ({', '.join('?' * len(columns))})"
    from sqlalchemy.dialects import postgresql  # loads every driver's part; a program on SQLite need not wait for it

    types: sa.Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    values = ", ".join(f"(v ->> {place})::{column.type.compile(types)}" for place, column in enumerate(columns))
    return f"INSERT INTO {table.name} ({names}) SELECT {values} FROM jsonb_array_elements(CAST(:rows AS jsonb)) AS r(v)"


# rows out -----------------------------------------------------------------------------------------------------------


@cache
def columns(table: sa.Table) -> str:
    """The table's columns in its order, for a SELECT that calls it `t`."""
    return ", ".join(f't."{column.name}"' for column in table.columns)


@cache
def record(table: sa.Table) -> Any:
    """Makes rows of `columns` readable by name."""
    make: Any = namedtuple
    return make(table.name, [column.name for column in table.columns])._make


def by_keys(connection: sa.Connection, table: sa.Table, wanted: Sequence[Any], *key: str) -> list[Any]:
    """The rows of a table by many keys, each a sequence as long as `key`; readable by name."""
    if not wanted:
        return []
    on = " AND ".join(f"t.{name} = k.a{place}" for place, name in enumerate(key))
    sql = f"SELECT {columns(table)} FROM {{keys}} JOIN {table.name} t ON {on}"
    return list(map(record(table), fetch_keys(connection, sql, wanted, len(key))))


def fetch_keys(connection: sa.Connection, sql: str, wanted: Sequence[Any], width: int = 1, **values: Any) -> list[Row]:
    """The rows of a statement in which `{keys}` stands for many keys; see `with_keys`."""
    return fetch(connection, *with_keys(is_sqlite(connection), sql, wanted, width, **values)) if wanted else []


def with_keys(sqlite: bool, sql: str, wanted: Sequence[Any], width: int = 1, **values: Any) -> Statement:
    """A statement in which `{keys}` stands for a FROM item of many keys, with columns a0, a1 and so on.

    Args:
        wanted: each a sequence as long as `width`.
    """
    if sqlite:
        return sql.format(keys=_keys(sqlite, width)), {"keys": dump(wanted), **values}
    given = {f"keys{place}": [_text(key[place]) for key in wanted] for place in range(width)}
    return sql.format(keys=_arrays(width)), {**given, **values}


def keys(connection: sa.Connection, width: int) -> str:
    """A FROM item that turns the JSON array of arrays bound as `:keys` into rows with columns a0, a1 and so on."""
    return _keys(is_sqlite(connection), width)


def _text(value: Any) -> str | None:
    """A part of a key as SQLite's JSON functions give it out."""
    return value if value is None or isinstance(value, str) else dump(value)


@cache
def _arrays(width: int) -> str:
    """Keys as PostgreSQL takes them where speed counts: it can tell how many there are, and plans accordingly."""
    arrays = ", ".join(f"CAST(:keys{place} AS text[])" for place in range(width))
    return f"unnest({arrays}) AS k({', '.join(f'a{place}' for place in range(width))})"


@cache
def _keys(sqlite: bool, width: int) -> str:
    parts = ", ".join(f"value ->> {index} AS a{index}" for index in range(width))
    rows = "json_each(:keys)" if sqlite else "json_array_elements(CAST(:keys AS json))"
    return f"(SELECT {parts} FROM {rows}) AS k"
