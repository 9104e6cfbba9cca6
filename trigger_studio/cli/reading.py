"""Reading: ``log`` and ``graph``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from trigger_studio.cli import output
from trigger_studio.cli.place import Place, placed
from trigger_studio.errors import BadInput

if TYPE_CHECKING:
    from trigger_studio.analysis.graph import ChainGraph
    from trigger_studio.services.session import Session

app = typer.Typer()


@app.command("log")
@placed
def log(
    place: Place,
    chain: Annotated[str | None, typer.Option("--chain", metavar="ID", help="Only this chain.")] = None,
    job: Annotated[
        str | None, typer.Option("--job", metavar="ID", help="Only what led to this job, and what followed from it.")
    ] = None,
    rule: Annotated[str | None, typer.Option("--rule", metavar="ID", help="Only this rule.")] = None,
    follow: Annotated[bool, typer.Option("--follow", help="Go on with what happens, until interrupted.")] = False,
) -> None:
    """Show the trigger log.

    Every firing and refusal in the order of the decisions: what caused it, what it did, what followed.
    With --json one a line.
    """
    from trigger_studio.services import logbook

    filters: dict[str, Any] = {"chain": chain, "job": job, "rule": rule}
    with place.reading() as session:
        if follow:
            _follow(session, place, filters)
            return
        found = logbook.entries(session, **filters)
    if place.json:
        for entry in found:
            output.write_json(entry)
    elif found:
        from trigger_studio.cli.story import log_lines, trees

        output.show(*trees(found, log_lines))
    else:
        output.show("The log holds nothing of that.")


def _follow(session: Session, place: Place, filters: dict[str, Any]) -> None:
    from trigger_studio.cli.story import line
    from trigger_studio.services import logbook

    for entry in logbook.follow(session, **filters):
        if place.json:
            output.write_json(entry)
        else:
            output.show(line(entry))
        sys.stdout.flush()


@app.command("graph")
@placed
def graph(
    place: Place,
    form: Annotated[
        Literal["json", "svg", "mermaid", "dot"], typer.Option("--format", help="What to write on standard output.")
    ] = "json",
    project: Annotated[str | None, typer.Option("--project", metavar="ID", help="As this project sees it.")] = None,
) -> None:
    """Write the chain graph.

    Every rule's flow from its event to what it emits, and which rules start which.
    """
    from trigger_studio.analysis.graph import chain_graph
    from trigger_studio.services import rulebook

    if place.json and form != "json":
        raise BadInput(f"--json and --format {form} exclude each other; give one of them")
    with place.reading() as session:
        rules = [item.rule for item in rulebook.standing(session)]
        made = chain_graph(rules, session.profile, project)
    output.write_text(_drawn(made, form))


def _drawn(made: ChainGraph, form: str) -> str:
    from trigger_studio.analysis import export
    from trigger_studio.analysis.layout import layout

    if form == "svg":
        return export.to_svg(made, layout(made))
    if form == "json":
        return export.to_json(made) + "\n"
    return export.to_mermaid(made) if form == "mermaid" else export.to_dot(made)
