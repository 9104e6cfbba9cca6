"""``db``: the schema, the health of what is in it, and copies."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from trigger_studio.cli import output
from trigger_studio.cli.context import CliContext
from trigger_studio.cli.options import placed
from trigger_studio.errors import BadInput
from trigger_studio.model.counting import count

app = typer.Typer()
db = typer.Typer(name="db", help="The database: its schema, its health, its copies.")
app.add_typer(db)


@db.command("upgrade")
@placed
def upgrade(place: CliContext) -> None:
    """Create the schema, or migrate an older one.

    On PostgreSQL, run it as the role that owns the database; engines may then run as a role that owns nothing.
    """
    from trigger_studio.services import setup
    from trigger_studio.storage import schema

    database = place.database()
    try:
        database.make_file()
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
    place: CliContext,
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
def check(place: CliContext) -> None:
    """Say what is wrong with the schema, or in it.

    The database's own check is run, and every row is read. The exit status is 1 if anything is wrong.
    """
    from trigger_studio.services import upkeep

    database = place.database()
    try:
        with output.working("reading every row"):
            flaws = upkeep.check(database)
    finally:
        database.close()
    findings = [str(flaw) for flaw in flaws]
    if place.json:
        output.write_json({"database": database.name, "findings": findings})
    else:
        output.show(*(f"{database.name}: {line}" for line in findings or ["nothing is wrong"]))
        if any(flaw.repair for flaw in flaws):
            output.show("Some of it can be made good: 'trigger-studio db repair --preview' says what.")
    if findings:
        raise typer.Exit(1)


@db.command("repair")
@placed
def repair(
    place: CliContext,
    preview: Annotated[bool, typer.Option("--preview", help="Only say what would be done; change nothing.")] = False,
) -> None:
    """Rebuild what other rows still tell.

    The exit status is 1 if something is still wrong after that; then a backup has to be restored.
    """
    from trigger_studio.services import upkeep

    database = place.database()
    try:
        with output.working("reading every row"):
            found = upkeep.repaired(database, preview=preview)
    finally:
        database.close()
    if place.json:
        output.write_json(
            {
                "database": database.name,
                "preview": preview,
                "repairs": list(found.done),
                "left": [str(flaw) for flaw in found.left],
            }
        )
    else:
        output.show(*found.done or ["There is nothing to repair."])
        output.show(*(f"Not repaired: {flaw}" for flaw in found.left))
        if preview and found.done:
            output.show("Nothing was changed; without --preview it is.")
        if found.left:
            output.show("What is left can be had back from a backup: 'trigger-studio db restore FILE'.")
    if found.left:
        raise typer.Exit(1)


BackupFile = Annotated[Path, typer.Argument(metavar="FILE", help="The backup: one SQLite file, whatever the database.")]


@db.command("backup")
@placed
def backup(place: CliContext, file: BackupFile) -> None:
    """Write a backup, while everything goes on.

    It holds one state of the whole database, is written whole or not at all, for its owner alone, and every row is read
    back and compared.
    """
    from trigger_studio.services import upkeep

    database = place.database()
    try:
        with output.working("copying"):
            copy = upkeep.backup(database, file)
    finally:
        database.close()
    if place.json:
        output.write_json({"file": str(file), "revision": copy.revision, "rows": copy.rows})
    else:
        output.show(f"{file}: {count(copy.rows, 'row')} of {database.name}, each compared.")


@db.command("restore")
@placed
def restore(
    place: CliContext,
    file: BackupFile,
    *,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Put it in place of the tables that are there; a file is set aside.")
    ] = False,
) -> None:
    """Put a backup into an empty or new database.

    Every row is compared. An older backup is brought to this program's schema. Stop the engines before.
    """
    from trigger_studio.services import upkeep

    database = place.database()
    try:
        with output.working("restoring"):
            done = upkeep.restore(database, file, overwrite=overwrite)
    finally:
        database.close()
    if place.json:
        kept = None if done.kept is None else str(done.kept)
        output.write_json({"database": database.name, "rows": done.copy.rows, "kept": kept})
        return
    output.show(f"{database.name}: {count(done.copy.rows, 'row')} of {file}, each compared.")
    if done.kept is not None:
        output.show(f"What was there before is {done.kept}.")
