"""``db``: the schema."""

from __future__ import annotations

from pathlib import Path

import typer

from trigger_studio.cli import output
from trigger_studio.cli.place import Place, placed

app = typer.Typer()
db = typer.Typer(name="db", help="The database's schema.")
app.add_typer(db)


@db.command("upgrade")
@placed
def upgrade(place: Place) -> None:
    """Create the schema, or migrate an older one.

    On PostgreSQL, run it as the role that owns the database; engines may then run as a role that owns nothing.
    """
    from trigger_studio.services import setup
    from trigger_studio.storage import schema

    database = place.database()
    try:
        before = schema.revision(database)
        with output.working("migrating"):
            setup.upgrade(database)
    finally:
        database.close()
    if place.json:
        output.write_json({"database": database.name, "before": before, "revision": schema.HEAD})
    elif before == schema.HEAD:
        output.show(f"{database.name} is up to date: {schema.HEAD}.")
    else:
        output.show(f"{database.name}: {before or 'empty'} → {schema.HEAD}.")


@db.command("check")
@placed
def check(place: Place) -> None:
    """Say what is wrong with the schema.

    The exit status is 1 if anything is.
    """
    from trigger_studio.storage import schema

    database = place.database()
    try:
        if database.is_sqlite and not Path(database.name).exists():
            findings = ["there is no such file; 'trigger-studio db upgrade' makes it"]  # a look must not make it
        else:
            findings = schema.check(database)
    finally:
        database.close()
    if place.json:
        output.write_json({"database": database.name, "findings": findings})
    else:
        output.show(*(f"{database.name}: {line}" for line in findings or ["nothing is wrong"]))
    if findings:
        raise typer.Exit(1)
