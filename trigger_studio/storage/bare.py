"""The database by its driver alone: an emergency halt does not wait for what every other command needs."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from trigger_studio.frozen import frozen
from trigger_studio.storage.fetching import Fetch
from trigger_studio.storage.newest import HEAD
from trigger_studio.storage.write_priority import WritePriority, begin_to_write

BUSY_TIMEOUT_MS = 30_000
CONNECT_TIMEOUT_S = 10

_SQLITE, _POSTGRESQL = "sqlite:///", ("postgresql://", "postgres://")
_REVISION = "SELECT version_num FROM alembic_version"


class NotNow(Exception):
    """The database is not as this expects it; whoever opens it in the ordinary way says why."""


@frozen
class Bare:
    """A database with this program's schema.

    Attributes:
        fetch: runs a statement with ``:name`` parameters, and returns its rows.
        writing: begins a transaction before all others that wait; leaving the block commits.
    """

    fetch: Fetch
    writing: Callable[[], contextlib.AbstractContextManager[None]]
    sqlite: bool


@contextlib.contextmanager
def opened(url: str) -> Iterator[Bare]:
    """Open a database.

    Raises:
        NotNow: the URL is an unusual one, there is no such database, it has another schema, or it failed.
    """
    if url.startswith(_SQLITE) and "?" not in url:
        opening = _sqlite(Path(url.removeprefix(_SQLITE)))
    elif url.startswith(_POSTGRESQL):
        opening = _postgresql(url)
    else:
        raise NotNow
    with opening as bare:
        if bare.fetch(_REVISION, {}) != [(HEAD,)]:
            raise NotNow
        yield bare


@contextlib.contextmanager
def _sqlite(path: Path) -> Iterator[Bare]:
    if not path.is_file():
        raise NotNow
    try:
        with contextlib.closing(sqlite3.connect(path, BUSY_TIMEOUT_MS / 1000, isolation_level=None)) as connection:

            @contextlib.contextmanager
            def writing() -> Iterator[None]:
                with WritePriority(path).first():
                    begin_to_write(connection, BUSY_TIMEOUT_MS)
                    with connection:
                        yield

            yield Bare(lambda sql, values: connection.execute(sql, values).fetchall(), writing, sqlite=True)
    except sqlite3.Error as error:
        raise NotNow from error


@contextlib.contextmanager
def _postgresql(url: str) -> Iterator[Bare]:
    import psycopg

    try:
        connection = psycopg.connect(
            url, autocommit=True, connect_timeout=CONNECT_TIMEOUT_S, application_name="trigger-studio halt"
        )
        with contextlib.closing(connection):

            def fetch(sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
                text = re.sub(r"(?<!:):([a-z]\w*)", r"%(\1)s", sql.replace("%", "%%"))
                return connection.execute(text.encode(), values).fetchall()

            @contextlib.contextmanager
            def writing() -> Iterator[None]:
                with connection.transaction():
                    yield

            yield Bare(fetch, writing, sqlite=False)
    except psycopg.Error as error:
        raise NotNow from error
