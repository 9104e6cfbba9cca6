"""``limits``: how much may start in a time, and how much may fail before a rule is paused."""

from __future__ import annotations

from typing import Annotated

import typer

from trigger_studio.cli import output
from trigger_studio.cli.context import CliContext
from trigger_studio.cli.control import ProjectOption, RuleOption, scope_of
from trigger_studio.cli.lazy_commands import Numbered
from trigger_studio.cli.options import placed
from trigger_studio.errors import BadInput
from trigger_studio.model.counting import count

app = typer.Typer()
limits = typer.Typer(name="limits", help="How much may start in a time, and how much may fail.")
app.add_typer(limits)

KindArgument = Annotated[str, typer.Argument(metavar="KIND", help="firings, gpu-hours or failures.")]


@limits.command("list")
@placed
def list_(place: CliContext) -> None:
    """List the limits, and what of them is used up."""
    _list(place)


def _list(place: CliContext) -> None:
    from trigger_studio.services import documents
    from trigger_studio.services import limits as service

    with place.reading() as session:
        found, capped = service.standing(session), service.capped(session)
    if place.json:
        standing, chains = list(map(documents.limit, found)), list(map(documents.capped, capped))
        output.write_json({"limits": standing, **({"chains": chains} if chains else {})})
        return
    if not found:
        output.show("No limit stands.")
    else:
        rows = [
            [
                item.limit.of,
                service.label(item.limit),
                "" if item.used is None else f"{item.used:g}",
                item.held or "",
                documents.time(item.since) or "",
            ]
            for item in found
        ]
        output.show(output.table(("of", "limit", "used", "held", "since"), rows))
    for one in capped:
        output.show(
            f"The chain {one.chain} has reached its ceiling: {count(one.held, 'firing')} held since"
            f" {documents.time(one.since)}."
            f" 'resume --chain {one.chain}' gives it its ceiling once more."
        )


@limits.command("set", cls=Numbered)
@placed
def set_(
    place: CliContext,
    *,
    kind: KindArgument,
    amount: Annotated[float, typer.Argument(metavar="NUMBER", help="So many at most.")],
    per: Annotated[str, typer.Option("--per", metavar="TIME", help="Within any such time: 1m, 1h, 1d.")],
    project: ProjectOption = None,
    rule: RuleOption = None,
) -> None:
    """Set a limit for everything, a project or a rule.

    What would go over a limit on firings or GPU-hours is held, and goes on by itself, oldest first, when there is room.
    A rule with so many failed firings is paused, as by a halt, until 'resume --rule'.
    """
    from trigger_studio.model.duration import seconds
    from trigger_studio.model.limit import Limit
    from trigger_studio.services import limits as service

    try:
        window_s = seconds(per)
    except ValueError as error:
        raise BadInput(f"--per: {error}") from None
    with place.writing() as session:
        made = Limit(*scope_of(project, rule), _kind(kind), amount, window_s)
        service.put(session, made)
    if place.json:
        _list(place)
    else:
        output.show(f"Set for {made.of}: {service.label(made)}.")


@limits.command("remove")
@placed
def remove(place: CliContext, kind: KindArgument, project: ProjectOption = None, rule: RuleOption = None) -> None:
    """Lift a limit; what only it held goes on."""
    from trigger_studio.services import limits as service

    with place.writing() as session:
        gone = service.remove(session, *scope_of(project, rule), _kind(kind))
    if place.json:
        _list(place)
    else:
        output.show(f"Lifted for {gone.of}: {service.label(gone)}.")


def _kind(text: str) -> str:
    return text.replace("-", "_")
