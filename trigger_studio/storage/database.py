"""One database, SQLite or PostgreSQL: connections, transactions, and errors in plain words."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL

from trigger_studio.errors import Message, Unavailable, reason
from trigger_studio.storage import private
from trigger_studio.storage.opened import Identity, OpenedFiles
from trigger_studio.storage.plain_words import in_plain_words
from trigger_studio.storage.urls import database_name, parse_url
from trigger_studio.storage.write_priority import WritePriority, begin_to_write

BUSY_TIMEOUT_MS = 30_000
SLEEPER_TIMEOUT_MS = 30_000
"""PostgreSQL ends a transaction whose process said nothing for so long: one that sleeps must not hold up the rest."""


class Database:
    """Connections to one pipeline database.

    Attributes:
        url: as SQLAlchemy understands it.
        dialect: ``sqlite`` or ``postgresql``.
    """

    def __init__(self, url: str) -> None:
        self.url = parse_url(url)
        self.dialect = self.url.get_backend_name()
        self._kept: set[sa.Connection] = set()
        self.turns = WritePriority(Path(str(self.url.database)) if self.dialect == "sqlite" else None)
        self._files = OpenedFiles(Path(str(self.url.database))) if self.dialect == "sqlite" else None
        self.engine = _sqlite(self.url, self._files) if self._files else _postgresql(self.url)

    @property
    def is_sqlite(self) -> bool:
        return self.dialect == "sqlite"

    @property
    def name(self) -> str:
        """The database for people: never with a password."""
        return database_name(self.url)

    @property
    def file(self) -> Path | None:
        """Where it is, if it is a file."""
        return Path(str(self.url.database)) if self.is_sqlite else None

    def can_be_made(self) -> bool:
        """Whether it is a file that is missing, with nothing in the way of making it."""
        return self.file is not None and not self.file.exists() and _nearest(self.file).is_dir()

    def make_file(self) -> None:
        """Make an SQLite file that is missing, for its owner alone; nothing else does, since a look must not.

        Raises:
            Unavailable: it cannot be made.
        """
        path = self.file
        if path is None or path.exists():
            return
        try:
            private.make_folder(path.parent)
            private.make_file(path)
        except OSError as error:
            why = (
                Message("{0} is not a directory", path.parent) if isinstance(error, FileExistsError) else reason(error)
            )
            raise Unavailable(Message("database {0}: {1}", path, why)) from error
        with self.plain_words(), self.engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            driver.execute(_WAL)

    @contextlib.contextmanager
    def write(self, *, sleeper_timeout_ms: int | None = None, first: bool = False) -> Iterator[sa.Connection]:
        """A transaction that may write; on SQLite it holds the write lock from its start.

        Args:
            sleeper_timeout_ms: for transactions that others wait for, instead of `SLEEPER_TIMEOUT_MS`.
            first: goes before all who come later, on SQLite in every process (see `storage.precedence`).

        Raises:
            Unavailable: the database cannot be reached, is busy, full or read-only.
        """
        with self.plain_words(), self.turns.first() if first else self.turns.later(), self.engine.begin() as connection:
            if sleeper_timeout_ms is not None and not self.is_sqlite:
                limit = sa.func.set_config("idle_in_transaction_session_timeout", str(sleeper_timeout_ms), True)
                connection.execute(sa.select(limit))
            yield connection

    @contextlib.contextmanager
    def read(self, *, fenced: bool = True) -> Iterator[sa.Connection]:
        """A transaction that sees one state of the database and writes nothing.

        Args:
            fenced: ended by the server if nothing is heard for `SLEEPER_TIMEOUT_MS`; else its reader sees to its end.
        """
        options: dict[str, Any] = (
            {"sqlite_begin": "BEGIN"} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        )
        with self.plain_words(), self.engine.connect().execution_options(**options) as connection, connection.begin():
            if not fenced and not self.is_sqlite:
                connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
            yield connection

    def clock_s(self, connection: sa.Connection) -> float:
        """Seconds since the epoch on the one clock that all who share the database share."""
        if self.is_sqlite:
            return time.time()
        return float(connection.execute(sa.text("SELECT extract(epoch FROM clock_timestamp())")).scalar_one())

    def keep(self) -> sa.Connection:
        """A connection to go on with; taking one from the pool, and trying it, costs a round trip each time."""
        connection = self.engine.connect()
        self._kept.add(connection)
        try:
            if not self.is_sqlite:
                _plan_once(connection)
        except BaseException:
            self.let_go(connection)
            raise
        return connection

    def let_go(self, connection: sa.Connection) -> None:
        """End a kept connection, whatever state it is in."""
        self._kept.discard(connection)
        connection.invalidate()
        connection.close()

    @property
    def file_identity(self) -> Identity | None:
        """Which file an SQLite database has open."""
        return self._files.main if self._files else None

    def check_files(self) -> None:
        """See that an SQLite database is still the file that was opened.

        Raises:
            Replaced: it is not.
        """
        if self._files is not None:
            self._files.check()

    def close(self) -> None:
        for connection in list(self._kept):
            self.let_go(connection)
        self.engine.dispose()

    @contextlib.contextmanager
    def plain_words(self) -> Iterator[None]:
        """Turn what the database did to us, told by SQLAlchemy or by the driver itself, into `Unavailable`."""
        self.check_files()
        with in_plain_words(self.name, self.driver):
            yield

    @property
    def driver(self) -> Any:
        """The driver's module, with its errors by their standard names."""
        return self.engine.dialect.loaded_dbapi


_WAL = "PRAGMA journal_mode=WAL"
_IS_OURS = "SELECT 1 FROM sqlite_master WHERE name = 'bus_clock'"
"""The journal's mode is kept by the file: a look at a file of something else must not change it."""


_PRAGMAS = (
    "synchronous=FULL",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    # A step's pages fit, however large the tables have become, and those that it writes again and again are copied
    # from the log into the database less often.
    "cache_size=-16000",
    "wal_autocheckpoint=4000",
)


def _nearest(path: Path) -> Path:
    """The nearest above a path that is missing."""
    return next(place for place in path.parents if place.exists())


def _sqlite(url: URL, files: OpenedFiles) -> sa.Engine:
    path = Path(str(url.database))
    engine = sa.create_engine(
        url, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000, "check_same_thread": False}, pool_size=8, max_overflow=8
    )

    @sa.event.listens_for(engine, "do_connect")
    def _must_exist(*_: Any) -> None:
        if path.is_dir():
            raise sqlite3.OperationalError("it is a directory; give a file: sqlite:///FILE")
        if not path.exists():  # SQLite would make it
            there = _nearest(path)
            why = "there is no such file; 'trigger-studio db upgrade' makes it"
            raise sqlite3.OperationalError(why if there.is_dir() else f"{there} is not a directory")

    @sa.event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions are begun by us, below
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        if cursor.execute(_IS_OURS).fetchone():
            cursor.execute(_WAL)
        cursor.close()
        files.connected()

    @sa.event.listens_for(engine, "close")
    def _close(_connection: Any, _record: Any) -> None:
        files.closed()

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        if begin := connection.get_execution_options().get("sqlite_begin"):
            connection.exec_driver_sql(begin)
        else:
            driver: Any = connection.connection.driver_connection
            begin_to_write(driver, BUSY_TIMEOUT_MS)

    return engine


def libpq(url: URL, name: str, sleeper_timeout_ms: int) -> dict[str, Any]:
    """How this program connects to PostgreSQL, beside what the URL itself says.

    A connection whose other end is gone without a word (a cable pulled, a machine switched off) is given up within
    some ten seconds.

    Args:
        name: under which the server lists the connection.
        sleeper_timeout_ms: after which a transaction that says nothing is ended by the server.
    """
    sleeper = f"-c idle_in_transaction_session_timeout={sleeper_timeout_ms}"
    return {
        "application_name": name,
        "connect_timeout": 10,
        "keepalives_idle": 5,
        "keepalives_interval": 2,
        "keepalives_count": 3,
        "tcp_user_timeout": 10_000,
        "options": f"{url.query.get('options', '')} {sleeper}".strip(),
    }


_PLAN_ONCE = ", ".join(
    f"set_config('{name}', '{value}', false)"
    for name, value in {
        "plan_cache_mode": "force_generic_plan",
        "enable_seqscan": "off",
        "enable_hashjoin": "off",
        "enable_mergejoin": "off",
        "enable_bitmapscan": "off",
        "enable_material": "off",
        "jit": "off",
    }.items()
)


def _plan_once(connection: sa.Connection) -> None:
    """Have each statement planned once, and by its keys.

    Whoever keeps a connection repeats a few statements, all of them by key. What PostgreSQL would choose while the
    tables are small, or not counted yet, reads them whole; it would keep such a plan, or plan anew each time.
    """
    with connection.begin():
        connection.exec_driver_sql(f"SELECT {_PLAN_ONCE}")
    driver: Any = connection.connection.driver_connection
    driver.prepare_threshold = 0


def _postgresql(url: URL) -> sa.Engine:
    arguments = libpq(url, "trigger-studio", SLEEPER_TIMEOUT_MS)
    arguments["options"] += " -c plan_cache_mode=force_custom_plan"  # a plan made for an empty table may be kept long
    return sa.create_engine(
        url,
        connect_args=arguments,
        pool_pre_ping=True,
        pool_size=5,
        max_overflow=10,
    )
