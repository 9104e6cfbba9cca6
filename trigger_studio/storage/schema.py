"""Creates, migrates and checks the schema, by Alembic."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from trigger_studio.errors import Damaged, Message, Unavailable
from trigger_studio.frozen import frozen
from trigger_studio.storage import newest, tables
from trigger_studio.storage.database import Database

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = newest.HEAD
VERSIONS = "alembic_version"
MARKS = frozenset({"bus_clock", "trigger_revisions", "job_targets"})
"""Tables by which a schema is known as ours: nothing else has any of them."""


_NAMES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite!_%' ESCAPE '!'",
    "postgresql": "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND pg_table_is_visible(c.oid)"
    " AND n.nspname NOT IN ('pg_catalog', 'information_schema')",
}
"""Tables and views, without SQLAlchemy's inspector, which takes long to load and asks often."""


@frozen
class Ground:
    """What a database holds before anything is made in it.

    Attributes:
        revision: of our schema; None where there is none of ours, or none that says which.
        ours: whether tables are there that only this program makes.
        tables: every table and view.
        foreign: what something else's migrations, by the same tool, say that they made.
    """

    revision: str | None
    ours: bool
    tables: tuple[str, ...]
    foreign: str = ""


def survey(database: Database) -> Ground:
    """Look at what is there; nothing is changed.

    Raises:
        Unavailable: the database is out of reach, or there is no such file.
    """
    with database.read() as connection:
        names = tuple(sorted(connection.execute(sa.text(_NAMES[database.dialect])).scalars()))
        states: list[str] = []
        if VERSIONS in names:
            found = connection.execute(sa.text(f"SELECT * FROM {VERSIONS}")).mappings()
            states = [str(row["version_num"]) for row in found if "version_num" in row]
    ours = not MARKS.isdisjoint(names)
    if ours:
        return Ground(states[0] if len(states) == 1 else None, ours, names)
    return Ground(None, ours, names, ", ".join(states))


def upgrade(database: Database) -> None:
    """Create the schema, or bring an older one up to date.

    Raises:
        Unavailable: it is newer than this program, or what is there keeps ours from standing beside it.
    """
    from alembic import command

    database.make_file()
    ground = survey(database)
    if ground.ours:
        _known(database, ground)
    elif VERSIONS in ground.tables:
        made = Message(" (revision {0})", ground.foreign) if ground.foreign else ""
        raise Unavailable(
            Message(
                "database {0}: its table {1} belongs to something else{2}, and two cannot share it;"
                " choose a database of its own by --db",
                database.name,
                VERSIONS,
                made,
            )
        )
    with database.write() as connection:
        if connection.dialect.name == "postgresql":  # one at a time
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(1965097217)"))
        command.upgrade(config(connection), "head")
    database.engine.dispose()  # new connections find a database of ours


def is_ready(database: Database) -> bool:
    """Whether the schema is this program's; False in an empty database, where it can be made.

    Raises:
        Unavailable: what is there is something else's, or of another release: not ours to touch without being asked.
    """
    return _is_ready(database, survey(database))


def _is_ready(database: Database, ground: Ground) -> bool:
    if ground.ours:
        state = _known(database, ground)
        if state == HEAD:
            return True
        raise Unavailable(
            Message(
                "database {0}: its schema is {1}, this program's {2}; run 'trigger-studio db upgrade'",
                database.name,
                state,
                HEAD,
            )
        )
    if ground.tables:
        advice = (
            Message("choose a database of its own by --db")
            if VERSIONS in ground.tables
            else Message("'trigger-studio db upgrade' puts ours beside them")
        )
        raise Unavailable(
            Message(
                "database {0}: it holds tables of something else ({1}); {2}",
                database.name,
                ", ".join(ground.tables[:3]) + (", …" if len(ground.tables) > 3 else ""),
                advice,
            )
        )
    return False


def revision(database: Database) -> str | None:
    """The schema's revision, None where there is none of ours."""
    return survey(database).revision


def _known(database: Database, ground: Ground) -> str:
    """The revision of a schema of ours that this program can work with."""
    if ground.revision is None:
        raise Damaged(
            Message(
                "database {0}: table {1} does not hold the one row that says which schema this is; restore a backup,"
                " or run 'trigger-studio db repair'",
                database.name,
                VERSIONS,
            )
        )
    if ground.revision != HEAD and ground.revision not in known():  # to list the others takes the migrations' tool
        raise Unavailable(_newer(database, ground.revision))
    return ground.revision


def check(database: Database) -> list[str]:
    """What is wrong with the schema, one line a finding; empty when nothing is."""
    if database.file is not None and database.can_be_made():
        return ["there is no such file; 'trigger-studio db upgrade' makes it"]
    ground = survey(database)
    try:
        if not _is_ready(database, ground):
            return ["there is no schema yet; run 'trigger-studio db upgrade'"]
    except (Unavailable, Damaged) as error:
        return [str(error).removeprefix(f"database {database.name}: ")]
    with database.read() as connection:
        return missing(connection)


def missing(connection: sa.Connection) -> list[str]:
    """Tables and columns of this program's schema that are not there."""
    findings = []
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
    """The revisions that this program's migrations know, by the names of their files: Alembic is slow to load."""
    return frozenset(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*_*.py"))


def config(connection: sa.Connection) -> Config:
    """Alembic's, for migrations in the caller's transaction."""
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    made.set_main_option("path_separator", "os")
    made.attributes["connection"] = connection
    return made


def _newer(database: Database, state: str) -> str:
    return Message(
        "database {0}: its schema is {1}, newer than this program's {2}; update the program", database.name, state, HEAD
    )
