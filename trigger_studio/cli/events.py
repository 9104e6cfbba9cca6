"""Events: ``emit`` puts them on the bus, ``dry-run`` and ``explain`` foretell what one would do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from trigger_studio.cli import output
from trigger_studio.cli.context import CliContext, check_job_types
from trigger_studio.cli.options import placed
from trigger_studio.model.counting import count

if TYPE_CHECKING:
    from trigger_studio.model.event_codec import EventIn
    from trigger_studio.services.session import Session

app = typer.Typer()

EventFile = Annotated[Path, typer.Option("--event", metavar="FILE", help="A file that holds one event.")]
TOTALS = {"firings": "firing", "jobs": "job", "gpu_hours": "GPU-hour"}


@app.command("emit")
@placed
def emit(
    place: CliContext,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Events, one JSON object a line; - is standard input.")
    ],
) -> None:
    """Put events on the bus.

    Those of all files, or none of them; an event that is there already is left out.
    """
    from trigger_studio.cli.event_files import EventFiles
    from trigger_studio.services import bus

    with place.writing() as session, EventFiles(files, session.profile) as events:
        with output.working("reading events") as tell:
            events.check(tell)
        with output.working(f"storing {count(events.count, 'event')}") as tell:
            taken = bus.emit(session, events.read(tell))
    if place.json:
        output.write_json({"accepted": taken.accepted, "duplicates": taken.duplicates})
    else:
        output.show(f"Accepted {count(taken.accepted, 'event')}, {count(taken.duplicates, 'duplicate')}.")


@app.command("dry-run")
@placed
def dry_run(
    place: CliContext,
    *,
    event: EventFile,
    rule: Annotated[
        str | None, typer.Option("--rule", metavar="ID", help="Show only what follows from this rule.")
    ] = None,
    assume: Annotated[
        Literal["approvals"] | None,
        typer.Option("--assume", help="Grant gates and awaited human events, but no approval of a rule."),
    ] = None,
    fail: Annotated[
        list[str] | None, typer.Option("--fail", metavar="JOB_TYPE", help="These jobs fail; may be repeated.")
    ] = None,
    most: Annotated[
        int | None, typer.Option("--most", metavar="N", min=1, help="Stop after so many firings; 10,000 if left out.")
    ] = None,
) -> None:
    """Foretell the chain that an event would start.

    The whole chain, on the simulated farm's clock; nothing is changed.
    """
    from trigger_studio.services import rule_registry, simulation

    bound = simulation.MOST_FIRINGS if most is None else most

    with place.reading() as session:
        check_job_types(session.profile, fail or ())
        if rule is not None:
            rule_registry.one(session, rule)
        given = _read_one(event, session)
        with output.working("foretelling"):
            outcome = simulation.dry_run(
                session, given, assume_approvals=assume is not None, fail=fail or (), most=bound
            )
            report = simulation.report(outcome, rule)
    if place.json:
        output.write_json(report)
    else:
        _show_report(report)


def _show_report(report: dict[str, Any]) -> None:
    from trigger_studio.cli.story import dry_lines, trees

    output.show(*trees(report["firings"], dry_lines))
    for item in (*report["refusals"], *report["held"]):
        verb = "held" if item in report["held"] else "refused"
        output.show(f"{verb}: {item['rule']} at depth {item['depth']}: {item['reason']}")
    for stop in report["stops"]:
        output.show(f"stops after {stop['after']}: {stop['reason']}")
    totals = report["totals"]
    parts = [count(totals[key], what) for key, what in TOTALS.items()]
    output.show(f"{', '.join(parts)}; nothing was changed.")


@app.command("explain")
@placed
def explain(
    place: CliContext,
    rule: Annotated[str, typer.Option("--rule", metavar="ID", help="The rule.")],
    event: EventFile,
) -> None:
    """Say why a rule would fire on an event, or why not.

    Check by check, as the engine decides; the exit status is 1 if it would not fire.
    """
    from trigger_studio.services import rule_registry, simulation

    with place.reading() as session:
        rule_registry.one(session, rule)
        answer = simulation.explain(session, rule, _read_one(event, session))
    if place.json:
        output.write_json(answer)
    else:
        rows = [
            ("✓" if c["passed"] else "✗", c["check"], c["path"], _value(c["expected"]), _value(c["actual"]))
            for c in answer["checks"]
        ]
        output.show(output.table(("", "check", "path", "expected", "found"), rows))
        output.show(f"{rule} {'would fire' if answer['fires'] else 'would not fire'}.")
    if not answer["fires"]:
        raise typer.Exit(1)


def _read_one(file: Path, session: Session) -> EventIn:
    """The event of a file. One of a project that nobody knows could be raised all the same, so that is only said."""
    from trigger_studio.errors import NotFound
    from trigger_studio.model.event_codec import read_event_file
    from trigger_studio.storage import known
    from trigger_studio.storage.fetching import fetcher

    event = read_event_file(file, session.profile)
    if event.project is not None:
        with session.database.read() as connection:
            try:
                known.check(fetcher(connection), "project", event.project)
            except NotFound as error:
                output.complain(f"note: the event names a new project: {error}")
    return event


def _value(value: object) -> str:
    import orjson

    return value if isinstance(value, str) else orjson.dumps(value, default=str).decode()
