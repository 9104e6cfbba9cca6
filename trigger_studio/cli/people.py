"""What people decide: ``gates``, ``halt``, ``resume``, ``retry``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from trigger_studio.cli import output
from trigger_studio.cli.options import placed
from trigger_studio.cli.place import Place
from trigger_studio.errors import BadInput
from trigger_studio.model.counting import count

if TYPE_CHECKING:
    from trigger_studio.engine.ports import Gate
    from trigger_studio.services.session import Session

Scope = Literal["all", "project", "rule"]

app = typer.Typer()
gates = typer.Typer(name="gates", help="Questions that wait for a person.")
app.add_typer(gates)

GateId = Annotated[str, typer.Argument(metavar="ID", help="The gate's id.")]
ProjectOption = Annotated[str | None, typer.Option("--project", metavar="ID", help="Only this project.")]
RuleOption = Annotated[str | None, typer.Option("--rule", metavar="ID", help="Only this rule.")]


@gates.command("list")
@placed
def list_(place: Place) -> None:
    """List the gates that wait for an answer, oldest first."""
    from trigger_studio.services import controls

    with place.reading() as session:
        waiting = controls.gates(session)
    if place.json:
        _write(waiting)
    elif not waiting:
        output.show("No gate waits for an answer.")
    else:
        rows = [
            [gate[key] or "" for key in ("id", "approvers", "opened_at", "due_at", "message")]
            for gate in map(_gate, waiting)
        ]
        output.show(output.table(("gate", "for", "since", "until", "message"), rows))


@gates.command("approve")
@placed
def approve(place: Place, gate_id: GateId) -> None:
    """Approve a gate.

    Its firing goes on as soon as an engine runs.
    """
    _answer(place, gate_id, True, "")


@gates.command("refuse")
@placed
def refuse(
    place: Place,
    gate_id: GateId,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, for the log.")] = "",
) -> None:
    """Refuse a gate.

    Its firing fails.
    """
    _answer(place, gate_id, False, reason)


def _answer(place: Place, gate_id: str, yes: bool, reason: str) -> None:
    from trigger_studio.services import controls

    with place.writing() as session:
        gate = controls.answer_gate(session, gate_id, approve=yes, reason=reason)
        who = session.actor
    if place.json:
        _write([gate])
    else:
        output.show(f"Gate {gate.id} is {gate.status} by {who}.")


def _write(found: list[Gate]) -> None:
    output.write_json({"gates": [_gate(gate) for gate in found]})


def _gate(gate: Gate) -> dict[str, Any]:
    from trigger_studio.engine.clock import timestamp

    return {
        "id": gate.id,
        "firing": gate.firing_id,
        "action": gate.action,
        "project": gate.lane or None,
        "approvers": gate.approvers,
        "message": gate.message,
        "status": gate.status,
        "opened_at": timestamp(gate.opened_at),
        "due_at": None if gate.due_at is None else timestamp(gate.due_at),
    }


@app.command("halt")
@placed
def halt(
    place: Place,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, for whoever finds the halt.")],
    project: ProjectOption = None,
    rule: RuleOption = None,
) -> None:
    """Stop everything, a project or a rule.

    Once this returns, no engine starts another action there; what would fire is held until 'resume'. It reports what
    that stopped, and what goes on all the same. Halting what is halted changes nothing, and reports anew.
    """
    from trigger_studio.cli import halt_report
    from trigger_studio.services import aftermath, controls

    scope, target = scope_of(project, rule)
    with place.writing() as session:
        made = controls.halt(session, scope, target, reason)
        found = aftermath.aftermath(session, scope, target)
        if place.json:
            output.write_json({"halts": _halts(session), "report": asdict(found)})
        else:
            output.show(f"Halted {made.label}: {made.reason}. Rules that match are held until 'resume'.")
            for line in halt_report.stopped(found):
                output.show(line)


@app.command("resume")
@placed
def resume(
    place: Place,
    *,
    project: ProjectOption = None,
    rule: RuleOption = None,
    chain: Annotated[str | None, typer.Option("--chain", metavar="ID", help="What this chain's ceiling holds.")] = None,
    replay: Annotated[bool, typer.Option("--replay", help="Start what was held; so it is if nothing is said.")] = False,
    discard: Annotated[bool, typer.Option("--discard", help="Refuse what was held.")] = False,
    preview: Annotated[
        bool, typer.Option("--preview", help="Only say what would start and cost; change nothing.")
    ] = False,
) -> None:
    """Lift a halt.

    The firings that it held are replayed in order, checked again in everything but their conditions, or discarded.
    With --chain: what a chain's ceiling holds (limits.per_click of the profile) goes on, with its ceiling once more.
    """
    from trigger_studio.services import controls

    if replay and discard:
        raise BadInput("--replay and --discard exclude each other; give one of them")
    scope, target = scope_of(project, rule)
    if chain is not None:
        if scope != "all" or preview:
            raise BadInput("--chain stands alone or with --replay or --discard")
        _resume_click(place, chain, discard)
        return
    if preview:
        _preview(place, scope, target, discard)
        return
    with place.writing() as session:
        done = controls.resume(session, scope, target, discard=discard)
        if place.json:
            output.write_json({"halts": _halts(session)})
        else:
            fate = "discarded" if discard else "to be replayed"
            output.show(f"Resumed. {count(done.held, 'held firing')} {fate}, {done.continued} going on.")


def _resume_click(place: Place, chain: str, discard: bool) -> None:
    from trigger_studio.services import controls

    with place.writing() as session:
        done = controls.resume_click(session, chain, discard=discard)
        if place.json:
            output.write_json({"halts": _halts(session)})
        else:
            fate = "discarded" if discard else "to be replayed, with the chain's ceiling once more"
            output.show(f"Resumed. {count(done.held, 'held firing')} {fate}.")


@app.command("retry")
@placed
def retry(
    place: Place, firing_id: Annotated[str, typer.Argument(metavar="ID", help="The failed firing's id, as in the log.")]
) -> None:
    """Let a failed firing go on from its failed actions.

    What it did before stays; it goes on as soon as an engine runs.
    """
    from trigger_studio.services import controls

    with place.writing() as session:
        controls.retry(session, firing_id)
    if place.json:
        output.write_json({"retried": [firing_id]})
    else:
        output.show(f"{firing_id} goes on from where it failed.")


def scope_of(project: str | None, rule: str | None) -> tuple[Scope, str]:
    """What ``--project`` and ``--rule`` name together. Raises BadInput if both are given."""
    if project is not None and rule is not None:
        raise BadInput("--project and --rule exclude each other; give one of them, or none for everything")
    if project is not None:
        return "project", project
    return ("all", "") if rule is None else ("rule", rule)


def _preview(place: Place, scope: Scope, target: str, discard: bool) -> None:
    from trigger_studio.cli import halt_report
    from trigger_studio.services import aftermath

    with place.reading() as session:
        found = aftermath.preview(session, scope, target, discard=discard)
        if place.json:
            output.write_json({"halts": _halts(session), "preview": asdict(found)})
            return
    for line in halt_report.foreseen(found):
        output.show(line)


def _halts(session: Session) -> list[dict[str, Any]]:
    from trigger_studio.engine.clock import timestamp
    from trigger_studio.services import controls

    return [
        {
            "id": item.id,
            "scope": item.scope,
            "target": item.target or None,
            "reason": item.reason,
            "at": timestamp(item.at),
            "by": item.set_by,
        }
        for item in controls.halts(session)
    ]
