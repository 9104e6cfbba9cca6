"""Fixtures for every test: real databases, real receivers. Nothing here stands in for a part of the program."""

from __future__ import annotations

import atexit
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import hypothesis
import pytest

from tests.support import processes
from tests.support.postgres import Cluster, Database
from tests.support.sinks import HttpSink, MailSink

# Before anything imports Qt: a test needs neither a screen, unless it opens one itself, nor a login session's folder.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_runtime = TemporaryDirectory(prefix="ts-run-")
atexit.register(_runtime.cleanup)
os.environ["XDG_RUNTIME_DIR"] = _runtime.name

# A busy machine makes an example slow, not wrong. A failure prints what repeats it.
hypothesis.settings.register_profile(
    "studio", deadline=None, print_blob=True, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("studio")

DATA = Path(__file__).parent / "data"


def make_schema(url: str) -> None:
    """Creates the tables in an empty database, and lets webhooks reach the receivers on loopback."""
    from trigger_studio.services import setup
    from trigger_studio.storage import database, settings

    opened = database.Database(url)
    setup.upgrade(opened)
    with opened.write() as connection:
        settings.put(connection, "outside", {"hosts": [], "networks": ["127.0.0.0/8"]}, at=0, by="tests")
    opened.close()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown() -> None:
    """Before the fixtures go: what a test left running would meet receivers and databases that are gone."""
    processes.end_all()


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes what belongs to the person who runs it."""
    home = tmp_path / "home"
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home / name.removeprefix("XDG_").removesuffix("_HOME").lower()))
    monkeypatch.setenv("HOME", str(home))
    for name in ("TRIGGER_STUDIO_DB", "TRIGGER_STUDIO_PROFILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of recorded inputs."""
    return DATA


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """A database file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'studio.db'}"


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    template = tmp_path_factory.mktemp("sqlite") / "template.db"
    make_schema(f"sqlite:///{template}")
    return template


@pytest.fixture
def sqlite_url(_sqlite_template: Path, empty_sqlite_url: str) -> str:
    """A database file of this test alone, with the schema."""
    shutil.copy(_sqlite_template, empty_sqlite_url.removeprefix("sqlite:///"))
    return empty_sqlite_url


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A PostgreSQL server for the whole run."""
    cluster = Cluster()
    yield cluster
    cluster.stop()


@pytest.fixture
def empty_postgres(postgres: Cluster) -> Iterator[Database]:
    """A database without the schema; its owner may create it."""
    database = postgres.create()
    yield database
    postgres.drop(database)


@pytest.fixture(scope="session")
def _postgres_template(postgres: Cluster) -> Database:
    template = postgres.create()
    make_schema(template.owner_url)
    return template


@pytest.fixture
def postgres_database(postgres: Cluster, _postgres_template: Database) -> Iterator[Database]:
    """A database of this test alone, with the schema."""
    database = postgres.create(template=_postgres_template.name)
    yield database
    postgres.drop(database)


@pytest.fixture
def postgres_url(postgres_database: Database) -> str:
    """The same, for a role that owns nothing: what the program is given on a farm."""
    return postgres_database.url


@pytest.fixture
def postgres_owner_url(postgres_database: Database) -> str:
    """The same, for the role that owns the tables."""
    return postgres_database.owner_url


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A database with the schema, once of each sort."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def http_sink() -> Iterator[HttpSink]:
    """A web server on loopback that records requests and answers as told."""
    sink = HttpSink()
    yield sink
    sink.close()


@pytest.fixture
def mail_sink() -> Iterator[MailSink]:
    """A mail server on loopback that records messages."""
    sink = MailSink()
    yield sink
    sink.close()
