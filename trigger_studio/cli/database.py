"""``db``: the schema."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from trigger_studio.cli import output
from trigger_studio.cli.options import placed
from trigger_studio.cli.place import Place
from trigger_studio.errors import BadInput
from trigger_studio.model.counting import count

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


@db.command("archive")
@placed
def archive(
    place: Place,
    *,
    older_than: Annotated[
        float | None, typer.Option("--older-than", metavar="DAYS", help="Archive finished chains older than this, now.")
    ] = None,
    keep: Annotated[
        float | None, typer.Option("--keep", metavar="DAYS", help="Have the engines archive them after so many days.")
    ] = None,
    keep_all: Annotated[bool, typer.Option("--keep-all", help="Have the engines archive nothing.")] = False,
) -> None:
    """Move finished chains out of the tables that every decision reads.

    Engines may go on meanwhile. What is archived is no longer in the log, but its ids stay taken.
    """
    from trigger_studio.services import retention

    if keep_all and keep is not None:
        raise BadInput("--keep and --keep-all exclude each other")
    with place.writing() as session:
        if keep_all or keep is not None:
            retention.keep(session, keep)
        with output.working("archiving"):
            moved = 0 if older_than is None else retention.archive_now(session, older_than)
        days = retention.days(session)
    if place.json:
        output.write_json({"archived": moved, "keep_days": days})
        return
    if older_than is not None:
        output.show(f"Archived {count(moved, 'event')} with all that followed.")
    output.show("Everything is kept." if days is None else f"Finished chains are archived after {count(days, 'day')}.")


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
