"""``pipeline``: entities in bulk, and the status of one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from trigger_studio.cli import output
from trigger_studio.cli.context import CliContext
from trigger_studio.cli.options import placed
from trigger_studio.model.counting import count

app = typer.Typer()
pipeline = typer.Typer(name="pipeline", help="Projects, characters, scenes …: what the rules are about.")
app.add_typer(pipeline)


@pipeline.command("import")
@placed
def import_(
    place: CliContext, file: Annotated[Path, typer.Argument(metavar="FILE", help="Entities by kind, YAML or JSON.")]
) -> None:
    """Create or update entities in bulk.

    All or nothing; what an entry leaves out stays as it was. Raises no event.
    """
    from trigger_studio.services import pipeline as service

    with place.writing() as session, output.working("importing the pipeline"):
        counts = service.import_file(session, file)
    _answer(place, counts, "Imported")


@pipeline.command("set")
@placed
def set_(
    place: CliContext,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="A kind of the profile, like scene.")],
    entity_id: Annotated[str, typer.Argument(metavar="ID", help="The entity's id.")],
    status: Annotated[str, typer.Option("--status", metavar="S", help="The new status.")],
) -> None:
    """Set the status of one entity.

    Raises no event.
    """
    from trigger_studio.services import pipeline as service

    with place.writing() as session:
        counts = service.set_status(session, kind, entity_id, status)
    if place.json:
        output.write_json(counts)
    else:
        output.show(f"{kind} {entity_id} is {status}.")


def _answer(place: CliContext, counts: dict[str, int], verb: str) -> None:
    if place.json:
        output.write_json(counts)
    else:
        what = ", ".join(count(number, kind) for kind, number in counts.items())
        output.show(f"{verb} {what or 'nothing: the file is empty'}.")
