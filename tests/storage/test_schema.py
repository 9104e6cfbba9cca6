"""The schema: what the migrations make is what the program means, and a schema of another release is left alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from tests.engine.steps import rule
from tests.support.engines import bundle, open_session
from trigger_studio.errors import Unavailable
from trigger_studio.services import rulebook
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


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_tables_of_something_else_are_left_alone_until_an_upgrade_is_asked_for(
    request: pytest.FixtureRequest, kind: str
) -> None:
    is_sqlite = kind == "sqlite"
    url = request.getfixturevalue("empty_sqlite_url" if is_sqlite else "empty_postgres")
    database = Database(url if is_sqlite else url.owner_url)
    with database.write() as connection:
        connection.execute(sa.text("CREATE TABLE invoices (id INTEGER)"))
    with pytest.raises(Unavailable, match="tables of something else"):
        schema.ensure(database)
    with database.read() as connection:
        assert sa.inspect(connection).get_table_names() == ["invoices"]
    schema.upgrade(database)
    schema.ensure(database)
    assert schema.check(database) == []
    database.close()


def test_approvals_that_an_earlier_release_kept_are_gone_after_the_upgrade(database_url: str) -> None:
    dear = rule("back", {"type": "submit_job", "job_type": "dear"})
    with open_session(database_url, [dear, {**dear, "id": "deleted"}, {**dear, "id": "stands"}]) as session:
        for one in ("back", "deleted", "stands"):
            rulebook.approve(session, one)
        with session.database.read() as connection:
            kept = connection.execute(sa.select(tables.approvals)).all()
        rulebook.publish(session, bundle([{**dear, "max_depth": 9}]))
        rulebook.publish(session, bundle([dear, {**dear, "id": "stands", "name": "Another"}]))
        rulebook.delete(session, "deleted")
        migration = ScriptDirectory(str(schema.MIGRATIONS)).get_revision("0009")
        with session.database.write() as connection:
            connection.execute(sa.delete(tables.approvals))
            connection.execute(sa.insert(tables.approvals), [row._asdict() for row in kept])
            connection.execute(sa.text(migration.module.ENDED))
        assert [(item.rule.id, item.approval) for item in rulebook.standing(session)] == [
            ("back", "needed"), ("stands", "approved"),
        ]  # fmt: skip
        with session.database.read() as connection:
            assert connection.execute(sa.select(tables.approvals.c.trigger_id)).scalars().all() == ["stands"]
