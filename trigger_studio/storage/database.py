"""One database, SQLite or PostgreSQL: connections, transactions, and errors in plain words."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url

from trigger_studio.errors import BadInput, Unavailable, reason, said
from trigger_studio.storage.precedence import Turns

BUSY_TIMEOUT_MS = 30_000
BUSY_LOOK_S = 0.001
SLEEPER_TIMEOUT_MS = 30_000
"""PostgreSQL ends a transaction whose process said nothing for so long: one that sleeps must not hold up the rest."""


class Database:
    """Connections to one pipeline database.

    Attributes:
        url: as SQLAlchemy understands it.
        dialect: ``sqlite`` or ``postgresql``.
    """

    def __init__(self, url: str) -> None:
        self.url = _parse(url)
        self.dialect = self.url.get_backend_name()
        self._kept: set[sa.Connection] = set()
        self.turns = Turns(Path(str(self.url.database)) if self.dialect == "sqlite" else None)
        self.engine = _sqlite(self.url) if self.dialect == "sqlite" else _postgresql(self.url)

    @property
    def is_sqlite(self) -> bool:
        return self.dialect == "sqlite"

    @property
    def name(self) -> str:
        """The database for people: never with a password."""
        return str(self.url.database) if self.is_sqlite else self.url.set(drivername=self.dialect).render_as_string()

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
    def read(self) -> Iterator[sa.Connection]:
        """A transaction that sees one state of the database and writes nothing."""
        options: dict[str, Any] = (
            {"sqlite_begin": "BEGIN"} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        )
        with self.plain_words(), self.engine.connect().execution_options(**options) as connection, connection.begin():
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

    def close(self) -> None:
        for connection in list(self._kept):
            self.let_go(connection)
        self.engine.dispose()

    @contextlib.contextmanager
    def plain_words(self) -> Iterator[None]:
        """Turn what the database did to us, told by SQLAlchemy or by the driver itself, into `Unavailable`."""
        try:
            yield
        except (self.driver.Error, sa.exc.DBAPIError) as error:
            told = error.orig if isinstance(error, sa.exc.DBAPIError) else error
            if self._is_the_worlds(told):
                raise Unavailable(said("database {0}: {1}", self.name, _first_line(told))) from error
            raise

    @property
    def driver(self) -> Any:
        """The driver's module, with its errors by their standard names."""
        return self.engine.dialect.loaded_dbapi

    def _is_the_worlds(self, error: BaseException | None) -> bool:
        """Whether the database failed us, rather than we it; the bare class is of a file that is none, or damaged."""
        driver = self.driver
        if isinstance(error, driver.ProgrammingError):
            return any(words in str(error) for words in ("permission denied", "no such table", "connection option"))
        worlds = (driver.OperationalError, driver.InterfaceError, driver.InternalError)
        return isinstance(error, worlds) or type(error) is driver.DatabaseError


def _first_line(error: BaseException | None) -> str:
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return " ".join(lines[0].split())


def _parse(text: str) -> URL:
    try:
        url = make_url(text)
    except (sa.exc.ArgumentError, ValueError):
        raise BadInput(
            said("'{0}' is no database URL; allowed: sqlite:///FILE, postgresql://HOST/NAME", text)
        ) from None
    backend = url.get_backend_name()
    _check_parts(url, backend)
    if backend == "sqlite":
        if not url.database or url.database == ":memory:":
            raise BadInput(said("a database in memory cannot be shared; give a file: sqlite:///FILE"))
        if "?" in text:
            raise BadInput(said("'{0}' has a '?'; sqlite:///FILE takes neither options nor a FILE with one", text))
        return url.set(drivername="sqlite")
    if backend in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    raise BadInput(said("'{0}' databases are not supported; allowed: sqlite:///FILE, postgresql://HOST/NAME", backend))


def _check_parts(url: URL, backend: str) -> None:
    """Refuse what SQLAlchemy and the drivers take for a fault of the program."""
    if "\0" in f"{url.username}{url.password}{url.host}{url.database}":
        raise BadInput(said("a database URL holds no NUL character"))
    if backend == "sqlite" and (url.host or url.username or url.port):
        raise BadInput(said("a database in a file has no host; write sqlite:///FILE"))
    if backend == "sqlite" and url.database and not Path(url.database).name:
        raise BadInput(said("'{0}' is a directory; give a file: sqlite:///FILE", url.database))
    if backend.startswith("postgres"):
        try:
            url.set(drivername="postgresql+psycopg").get_dialect()().create_connect_args(url)
            given = url.query.get("host", ())
            for host in (*(url.host or "").split(","), *((given,) if isinstance(given, str) else given)):
                if not host.startswith("/"):  # else a socket's folder
                    host.encode("idna")  # as the driver will
        except (sa.exc.ArgumentError, ValueError) as error:  # several hosts with ports that are none
            raise BadInput(said("the database's URL cannot be used: {0}", _first_line(error))) from None


_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    # A step's pages fit, however large the tables have become, and those that it writes again and again are copied
    # from the log into the database less often.
    "cache_size=-16000",
    "wal_autocheckpoint=4000",
)


def _sqlite(url: URL) -> sa.Engine:
    path = Path(str(url.database))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = said("{0} is not a directory", path.parent) if isinstance(error, FileExistsError) else reason(error)
        raise Unavailable(said("database {0}: {1}", path, why)) from error
    engine = sa.create_engine(
        url, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000, "check_same_thread": False}, pool_size=8, max_overflow=8
    )

    @sa.event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions are begun by us, below
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        if begin := connection.get_execution_options().get("sqlite_begin"):
            connection.exec_driver_sql(begin)
        else:
            _begin_to_write(connection.connection.driver_connection)

    return engine


def _begin_to_write(connection: Any) -> None:
    """Take the one write lock, soon after it is free: SQLite's own waiting sleeps up to 0.1 s between two looks."""
    end = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    connection.execute("PRAGMA busy_timeout=0")
    try:
        while not _has_begun(connection, last=time.monotonic() >= end):
            time.sleep(BUSY_LOOK_S)
    finally:
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")


def _has_begun(connection: Any, *, last: bool) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or last:  # extended codes say more
            raise
        return False
    return True


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
