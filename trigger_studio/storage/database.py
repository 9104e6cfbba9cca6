"""One database, SQLite or PostgreSQL: connections, transactions, and errors in plain words."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from sqlite3 import dbapi2
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url

from trigger_studio.errors import Away, BadInput, Damaged, Message, Unavailable, masked, masked_url, reason
from trigger_studio.storage import private
from trigger_studio.storage.opened import Identity, OpenedFiles
from trigger_studio.storage.write_priority import WritePriority, begin_to_write

Connection = sa.Connection
"""A transaction's, for whoever hands it to the stores without speaking SQL."""

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
        self.url = _parse(url)
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

    def ping(self) -> None:
        """See that it answers. Raises Unavailable or Damaged."""
        with self.read() as connection:
            connection.execute(sa.text("SELECT 1"))

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


def database_name(url: URL) -> str:
    """A database for people: never with a password."""
    dialect = url.get_backend_name()
    if dialect == "sqlite":
        return str(url.database)
    return masked_url(url.set(drivername=dialect).render_as_string(hide_password=True))


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
            raise _damaged(name, _first_line(told)) from error
        if not _is_the_worlds(told, driver):
            raise
        kind = Away if _is_away(told, driver) else Unavailable
        raise kind(Message("database {0}: {1}", name, _first_line(told))) from error
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


def _nearest(path: Path) -> Path:
    """The nearest above a path that is missing."""
    return next(place for place in path.parents if place.exists())


def _first_line(error: BaseException | None) -> str:
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


def _parse(text: str) -> URL:
    try:
        url = make_url(text)
    except (sa.exc.ArgumentError, ValueError):  # a port that is no number, brackets that do not close
        raise BadInput(
            Message("'{0}' is no database URL; allowed: sqlite:///FILE, postgresql://HOST/NAME", masked_url(text))
        ) from None
    backend = url.get_backend_name()
    _check_parts(url, backend)
    if backend == "sqlite":
        if url.host or "\0" in (url.database or ""):
            raise BadInput(Message("'{0}' names no file; allowed: sqlite:///FILE, sqlite:////ABSOLUTE/FILE", text))
        if not url.database or url.database == ":memory:":
            raise BadInput(Message("a database in memory cannot be shared; give a file: sqlite:///FILE"))
        if "?" in text:
            raise BadInput(
                Message("'{0}' has a '?'; sqlite:///FILE takes neither options nor a FILE with one", masked(text))
            )
        return url.set(drivername="sqlite")
    if backend in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    raise BadInput(
        Message("'{0}' databases are not supported; allowed: sqlite:///FILE, postgresql://HOST/NAME", backend)
    )


_WAL = "PRAGMA journal_mode=WAL"
_IS_OURS = "SELECT 1 FROM sqlite_master WHERE name = 'bus_clock'"
"""The journal's mode is kept by the file: a look at a file of something else must not change it."""


def _check_parts(url: URL, backend: str) -> None:
    """Refuse what SQLAlchemy and the drivers take for a fault of the program."""
    if "\0" in f"{url.username}{url.password}{url.host}{url.database}":
        raise BadInput(Message("a database URL holds no NUL character"))
    if backend == "sqlite" and (url.host or url.username or url.port):
        raise BadInput(Message("a database in a file has no host; write sqlite:///FILE"))
    if backend == "sqlite" and url.database and not Path(url.database).name:
        raise BadInput(Message("'{0}' is a directory; give a file: sqlite:///FILE", url.database))
    if backend.startswith("postgres"):
        try:
            url.set(drivername="postgresql+psycopg").get_dialect()().create_connect_args(url)
            given = url.query.get("host", ())
            for host in (*(url.host or "").split(","), *((given,) if isinstance(given, str) else given)):
                if not host.startswith("/"):  # else a socket's folder
                    host.encode("idna")  # as the driver will
        except (sa.exc.ArgumentError, ValueError) as error:  # several hosts with ports that are none
            raise BadInput(Message("the database's URL cannot be used: {0}", _first_line(error))) from None


_PRAGMAS = (
    "synchronous=FULL",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    # A step's pages fit, however large the tables have become, and those that it writes again and again are copied
    # from the log into the database less often.
    "cache_size=-16000",
    "wal_autocheckpoint=4000",
)


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
