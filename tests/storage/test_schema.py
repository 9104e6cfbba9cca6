"""The schema: what the migrations make is what the program means, and a schema of another release is left alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from tests.engine.steps import rule
from tests.support.cli import Answer, Inside
from tests.support.engines import bundle, open_session
from trigger_studio.errors import Damaged, Unavailable
from trigger_studio.services import rule_registry, setup
from trigger_studio.services.session import Session
from trigger_studio.storage import schema, tables
from trigger_studio.storage.database import Database


@pytest.fixture(params=["sqlite", "postgres"])
def owned(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database with the schema, opened by its owner, once of each sort."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_owner_url"
    database = Database(request.getfixturevalue(name))
    yield database
    database.close()


def test_the_head_is_the_newest_migration() -> None:
    assert ScriptDirectory(str(schema.MIGRATIONS)).get_heads() == [schema.HEAD]


def test_the_migrations_make_the_tables_that_the_program_means(owned: Database) -> None:
    options = {"compare_type": True, "include_name": lambda name, kind, _: kind != "schema" or name is None}
    with owned.read() as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, tables.metadata) == []
    assert schema.check(owned) == []


def test_what_is_missing_is_told(owned: Database) -> None:
    with owned.write() as connection:
        connection.execute(sa.text("DROP TABLE positions"))
        connection.execute(sa.text("ALTER TABLE engines DROP COLUMN host"))
    assert schema.check(owned) == ["column engines.host is missing", "table positions is missing"]


@pytest.mark.parametrize(
    ("state", "known", "told"),
    [("9999", frozenset({"0001"}), "newer than this program's"), ("0000", frozenset({"0000", "0001"}), "db upgrade")],
    ids=["newer", "older"],
)
def test_a_schema_of_another_release_is_refused_and_left_alone(
    owned: Database, monkeypatch: pytest.MonkeyPatch, state: str, known: frozenset[str], told: str
) -> None:
    with owned.write() as connection:
        connection.execute(sa.update(sa.table("alembic_version", sa.column("version_num"))).values(version_num=state))
        connection.execute(sa.text("DROP TABLE positions"))
    monkeypatch.setattr(schema, "known", lambda: known)
    before = _state(owned)
    with pytest.raises(Unavailable, match=told):
        Session(owned.url.render_as_string(hide_password=False))
    assert _state(owned) == before
    assert state in schema.check(owned)[0]
    if told != "db upgrade":
        with pytest.raises(Unavailable, match=told):
            schema.upgrade(owned)
        assert _state(owned) == before


def _state(database: Database) -> Any:
    with database.read() as connection:
        revision = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one()
        return revision, sorted(sa.inspect(connection).get_table_names())


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database with nothing in it, opened by its owner, once of each sort."""
    if request.param == "sqlite":
        database = Database(request.getfixturevalue("empty_sqlite_url"))
        sqlite3.connect(str(database.file)).close()
        assert database.file is not None
        database.file.touch()
    else:
        database = Database(request.getfixturevalue("empty_postgres").owner_url)
    yield database
    database.close()


def test_approvals_that_an_earlier_release_kept_are_gone_after_the_upgrade(database_url: str) -> None:
    dear = rule("back", {"type": "submit_job", "job_type": "dear"})
    with open_session(database_url, [dear, {**dear, "id": "deleted"}, {**dear, "id": "stands"}]) as session:
        for one in ("back", "deleted", "stands"):
            rule_registry.approve(session, one)
        with session.database.read() as connection:
            kept = connection.execute(sa.select(tables.approvals)).all()
        rule_registry.publish(session, bundle([{**dear, "max_depth": 9}]))
        rule_registry.publish(session, bundle([dear, {**dear, "id": "stands", "name": "Another"}]))
        rule_registry.delete(session, "deleted")
        migration = ScriptDirectory(str(schema.MIGRATIONS)).get_revision("0008")
        with session.database.write() as connection:
            connection.execute(sa.delete(tables.approvals))
            connection.execute(sa.insert(tables.approvals), [row._asdict() for row in kept])
            connection.execute(sa.text(migration.module.ENDED))
        assert [(item.rule.id, item.approval) for item in rule_registry.standing(session)] == [
            ("back", "needed"), ("stands", "approved"),
        ]  # fmt: skip
        with session.database.read() as connection:
            assert connection.execute(sa.select(tables.approvals.c.trigger_id)).scalars().all() == ["stands"]


READING = (
    ["log"], ["rules", "list"], ["rules", "export"], ["rules", "show", "a"], ["graph"], ["limits", "list"],
    ["outside", "show"], ["gates", "list"], ["db", "check"], ["doctor"], ["dry-run", "--event", "{event}"],
    ["explain", "--rule", "a", "--event", "{event}"], ["resume", "--preview"],
)  # fmt: skip
WRITING = (
    ["emit", "{event}"], ["rules", "import", "{event}"], ["pipeline", "import", "{event}"], ["engine", "--until-idle"],
    ["halt", "--reason", "x"], ["resume"], ["gates", "approve", "x"], ["retry", "f1-1"], ["rules", "enable", "a"],
    ["limits", "set", "firings", "3", "--per", "1d"], ["outside", "allow", "--host", "a.example"],
    ["db", "archive", "--older-than", "3"], ["db", "archive", "--keep", "3"],
)  # fmt: skip


def _all(
    database: Database, commands: tuple[list[str], ...], event: Path, capture: pytest.CaptureFixture[str]
) -> list[Answer]:
    """What each command says of the database."""
    event.write_text('{"id": "e", "type": "approved", "entity": "scene", "entity_id": "s"}', encoding="utf-8")
    inside = Inside(database.url.render_as_string(hide_password=False), capture)
    return [inside(*(part.format(event=event) for part in command)) for command in commands]


def _bytes(database: Database) -> bytes | None:
    return database.file.read_bytes() if database.file else None


def test_no_command_but_an_upgrade_makes_tables_beside_those_of_something_else(
    empty: Database, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with empty.write() as connection:
        connection.execute(sa.text("CREATE TABLE users (id INTEGER)"))
    before = _bytes(empty)
    for answer in _all(empty, (*READING, *WRITING), tmp_path / "event.json", capsys):
        assert answer.code in (1, 2), answer
        assert "holds tables of something else (users)" in answer.out + answer.err, answer
    with empty.read() as connection:
        assert sa.inspect(connection).get_table_names() == ["users"]
    assert _bytes(empty) == before
    with pytest.raises(Unavailable, match="tables of something else"):
        setup.ensure(empty, make=True)
    schema.upgrade(empty)
    assert schema.check(empty) == []
    setup.ensure(empty, make=False)
    with empty.read() as connection:
        assert "users" in sa.inspect(connection).get_table_names()


def test_a_command_that_only_reads_makes_nothing(
    empty: Database, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for answer in _all(empty, READING, tmp_path / "event.json", capsys):
        assert answer.code in (1, 2), answer
        assert "db upgrade" in answer.out + answer.err, answer
    with empty.read() as connection:
        assert sa.inspect(connection).get_table_names() == []
    assert not _bytes(empty)


def test_a_command_that_only_reads_makes_no_file(
    empty_sqlite_url: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    missing = tmp_path / "none" / "studio.db"
    for answer in _all(Database(f"sqlite:///{missing}"), READING, tmp_path / "event.json", capsys):
        assert answer.code in (1, 2), answer
        assert "db upgrade" in answer.out + answer.err, answer
    assert not missing.parent.exists()


@pytest.mark.parametrize("state", ["0003", "a1b2c3d4e5f6", None, "two"])
def test_migrations_of_something_else_are_told_as_what_they_are(empty: Database, state: str | None) -> None:
    with empty.write() as connection:
        connection.execute(sa.text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        for value in ("x", "y") if state == "two" else (state,) if state else ():
            connection.execute(sa.text("INSERT INTO alembic_version VALUES (:v)"), {"v": value})
    with pytest.raises(Unavailable, match="holds tables of something else \\(alembic_version\\); choose"):
        setup.ensure(empty, make=True)
    with pytest.raises(Unavailable, match="its table alembic_version belongs to something else"):
        schema.upgrade(empty)
    with empty.read() as connection:
        assert sa.inspect(connection).get_table_names() == ["alembic_version"]


def test_a_schema_that_does_not_say_which_it_is(owned: Database) -> None:
    for state in ("DELETE FROM alembic_version", "INSERT INTO alembic_version VALUES ('a'), ('b')"):
        with owned.write() as connection:
            connection.execute(sa.text(state))
        assert "does not hold the one row that says which schema this is" in schema.check(owned)[0]
        with pytest.raises(Damaged, match="restore a backup"):
            schema.upgrade(owned)
