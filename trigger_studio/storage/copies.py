"""Copies of a database that can be trusted: an SQLite file, whatever the database is, that says what it must hold.

A copy is made from one state of the database while others go on writing. Every row is read, and read again from the
copy: one that exists can be read, and holds what was there. Restored, every row is compared once more.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import orjson
import sqlalchemy as sa

from trigger_studio.errors import BadInput, Damaged, Message
from trigger_studio.frozen import frozen
from trigger_studio.storage import in_force, schema, tables

MANIFEST = "trigger_studio_backup"
_MANIFEST = sa.table(MANIFEST, sa.column("name", sa.Text), sa.column("rows", sa.BigInteger), sa.column("sum", sa.Text))
_CHUNK = 2_000
_MODULUS = 1 << 256


@frozen
class Sum:
    """What a table holds: how many rows, and the sum of their hashes, which is the same in whatever order they come."""

    rows: int
    sum: str


@frozen
class Copy:
    """A copy as it says itself: when it was made, of which schema, and what each table holds."""

    at: float
    revision: str
    sums: dict[str, Sum]

    @property
    def rows(self) -> int:
        """Of all tables together."""
        return sum(item.rows for item in self.sums.values())


def write(source: sa.Connection, revision: str, path: Path) -> Copy:
    """Copy everything into an empty file.

    Args:
        source: in a transaction that sees one state.
        revision: of its schema.

    Raises:
        Damaged: a row cannot be read, or the file does not hold what was written.
    """
    with _plain(path) as target:
        _migrate(target, revision)
        sums = transfer(source, target)
        copy = Copy(time.time(), revision, sums)
        target.exec_driver_sql(f"CREATE TABLE {MANIFEST} (name TEXT PRIMARY KEY, rows INTEGER, sum TEXT)")
        notes = [{"name": "", "rows": int(copy.at), "sum": revision}]
        notes += [{"name": name, "rows": item.rows, "sum": item.sum} for name, item in sums.items()]
        target.execute(sa.insert(_MANIFEST), notes)
    with _plain(path) as target:
        _compare(target, sums, path)
    return copy


def read(path: Path) -> Copy:
    """What a file says that it holds.

    Raises:
        BadInput: it is no copy made by `write`.
    """
    try:
        with _plain(path, read_only=True) as connection:
            found = {row.name: row for row in connection.execute(sa.select(_MANIFEST))}
    except sa.exc.DBAPIError as error:
        raise BadInput(Message("{0} is no backup made by 'db backup': {1}", path, str(error.orig))) from None
    about = found.pop("")
    return Copy(about.rows, about.sum, {name: Sum(row.rows, row.sum) for name, row in found.items()})


def unpack(path: Path, into: Path) -> Copy:
    """Make a database of this program's schema, in an empty file, from a copy of this or an earlier one.

    Raises:
        BadInput: the copy is none, does not hold what it says, or is newer than this program.
    """
    copy = read(path)
    if copy.revision not in schema.known():
        raise BadInput(
            Message("{0} is of schema {1}, which this program does not know; update the program", path, copy.revision)
        )
    with sqlite3.connect(_uri(path), uri=True) as source, sqlite3.connect(into) as target:
        source.backup(target)
    source.close()
    target.close()
    with _plain(into) as connection:
        try:
            _compare(connection, copy.sums, path)
        except Damaged as error:
            raise BadInput(str(error)) from error
        connection.exec_driver_sql(f"DROP TABLE {MANIFEST}")
        _migrate(connection, "head")
        _read_anew(connection)
    return copy


def fill(target: sa.Connection, path: Path) -> None:
    """Put what an unpacked file holds in place of what is in a database with this program's schema.

    Raises:
        Damaged: the database does not hold what was written; the caller's transaction must not be committed.
    """
    with _plain(path, read_only=True) as source:
        _compare(target, transfer(source, target), path)
    _read_anew(target)


def transfer(source: sa.Connection, target: sa.Connection) -> dict[str, Sum]:
    """Copy all rows of all tables, in place of what is there. Returns what was read.

    Both have the same revision's schema.
    """
    metadata = sa.MetaData()
    metadata.reflect(bind=target, only=lambda name, _: name in tables.metadata.tables)
    sums = {}
    for table in metadata.sorted_tables:
        target.execute(sa.delete(table))
        total, rows = 0, 0
        for chunk in _chunks(source, table):
            total += sum(_hash(row) for row in chunk)
            rows += len(chunk)
            target.execute(sa.insert(table), [dict(row._mapping) for row in chunk])
        sums[table.name] = Sum(rows, f"{total % _MODULUS:064x}")
    _continue_serials(target)
    return sums


def _chunks(connection: sa.Connection, table: sa.Table) -> Iterator[list[sa.Row[tuple[object, ...]]]]:
    found = connection.execute(sa.select(table).execution_options(yield_per=_CHUNK))
    yield from (list(chunk) for chunk in found.partitions())


def _hash(row: sa.Row[tuple[object, ...]]) -> int:
    """Of one row, whichever database it comes from."""
    values = [int(value) if isinstance(value, bool) else value for value in row]
    return int.from_bytes(hashlib.sha256(orjson.dumps(values)).digest(), "big")


def _compare(connection: sa.Connection, sums: dict[str, Sum], path: Path) -> None:
    """Read every row again."""
    metadata = sa.MetaData()
    metadata.reflect(bind=connection, only=list(sums))
    for name, item in sums.items():
        total, rows = 0, 0
        for chunk in _chunks(connection, metadata.tables[name]):
            total += sum(_hash(row) for row in chunk)
            rows += len(chunk)
        if Sum(rows, f"{total % _MODULUS:064x}") != item:
            raise Damaged(
                Message(
                    "{0}: table {1} does not hold the {2} rows that were written; nothing was changed",
                    path,
                    name,
                    item.rows,
                )
            )


def _continue_serials(target: sa.Connection) -> None:
    """PostgreSQL numbers rows by counters of their own."""
    if target.dialect.name != "postgresql":
        return
    for table in tables.metadata.sorted_tables:
        for column in table.primary_key:
            if column.autoincrement is True:
                target.execute(
                    sa.text(
                        f"SELECT setval(pg_get_serial_sequence('{table.name}', '{column.name}'),"
                        f" coalesce(max({column.name}), 0) + 1, false) FROM {table.name}"
                    )
                )


def _read_anew(connection: sa.Connection) -> None:
    """Whoever has rules of this database in memory reads them again: the version is one that nobody knows yet."""
    table = tables.versions
    now = connection.execute(sa.select(table.c.version).where(table.c.name == in_force.RULES)).scalar_one_or_none() or 0
    anew = sa.update(table).where(table.c.name == in_force.RULES)
    connection.execute(anew.values(version=max(now + 1, int(time.time()))))


def _migrate(connection: sa.Connection, revision: str) -> None:
    from alembic import command

    command.upgrade(schema.config(connection), revision)


def _uri(path: Path) -> str:
    return f"file:{quote(str(path.absolute()))}?mode=ro"


@contextmanager
def _plain(path: Path, *, read_only: bool = False) -> Iterator[sa.Connection]:
    """A transaction on a file that nobody else uses: no journal beside it stays."""
    engine = sa.create_engine(
        "sqlite://",
        creator=(lambda: sqlite3.connect(_uri(path), uri=True)) if read_only else (lambda: sqlite3.connect(path)),
        poolclass=sa.NullPool,
    )
    with engine.begin() as connection:
        yield connection
    engine.dispose()
