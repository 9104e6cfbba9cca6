"""Creates, migrates and checks the schema, by Alembic."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from trigger_studio.errors import Unavailable, said
from trigger_studio.storage import tables
from trigger_studio.storage.database import Database

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = "0011"
"""The newest revision; a test holds it against the migration scripts. Alembic itself is loaded only to migrate."""


def upgrade(database: Database) -> None:
    """Create the schema, or bring an older one up to date; nothing is done to one that is newer."""
    from alembic import command

    state = revision(database)
    if state is not None and state not in known():
        raise Unavailable(_newer(database, state))
    with database.write() as connection:
        if connection.dialect.name == "postgresql":  # one at a time
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(1965097217)"))
        command.upgrade(_config(connection), "head")


def ensure(database: Database) -> None:
    """Create the schema in an empty database; refuse one that is older or newer than this program.

    Raises:
        Unavailable: the schema is not ours to touch without being asked.
    """
    state = revision(database)
    if state == HEAD:
        return
    if state is None:
        if foreign := _foreign(database):
            raise Unavailable(
                f"database {database.name}: it holds tables of something else ({foreign[0]}, …);"
                " 'trigger-studio db upgrade' puts ours beside them"
            )
        upgrade(database)
    elif state in known():
        raise Unavailable(
            said(
                "database {0}: its schema is {1}, this program's {2}; run 'trigger-studio db upgrade'",
                database.name,
                state,
                HEAD,
            )
        )
    else:
        raise Unavailable(_newer(database, state))


def revision(database: Database) -> str | None:
    """The schema's revision, None in an empty database."""
    with database.read() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _foreign(database: Database) -> list[str]:
    """The tables in a database that has none of ours; none if somebody has made the schema meanwhile."""
    with database.read() as connection:
        names = sorted(sa.inspect(connection).get_table_names())
    return [] if "alembic_version" in names else names


def check(database: Database) -> list[str]:
    """What is wrong with the schema, one line a finding; empty when nothing is."""
    state = revision(database)
    if state is None:
        return ["there is no schema yet; run 'trigger-studio db upgrade'"]
    if state != HEAD:
        return [f"the schema is {state}, this program's is {HEAD}"]
    findings = []
    with database.read() as connection:
        inspector = sa.inspect(connection)
        present = set(inspector.get_table_names())
        for table in tables.metadata.sorted_tables:
            if table.name not in present:
                findings.append(f"table {table.name} is missing")
                continue
            columns = {column["name"] for column in inspector.get_columns(table.name)}
            findings += [f"column {table.name}.{c.name} is missing" for c in table.columns if c.name not in columns]
    return findings


@cache
def known() -> frozenset[str]:
    """The revisions that this program's migrations know."""
    from alembic.script import ScriptDirectory

    return frozenset(script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions())


def _config(connection: sa.Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _newer(database: Database, state: str) -> str:
    return said(
        "database {0}: its schema is {1}, newer than this program's {2}; update the program", database.name, state, HEAD
    )
