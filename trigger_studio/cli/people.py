"""What people decide: ``gates``, ``halt``, ``resume``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from trigger_studio.cli import output
from trigger_studio.cli.place import Place, placed
from trigger_studio.errors import BadInput
from trigger_studio.model.counting import count

if TYPE_CHECKING:
    from trigger_studio.engine.ports import Gate
    from trigger_studio.services.session import Session

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

    Once this returns, no engine starts another action there; what would fire is held until 'resume'.
    """
    from trigger_studio.services import controls

    scope, target = scope_of(project, rule)
    with place.writing() as session:
        made = controls.halt(session, scope, target, reason)
        if place.json:
            _write_halts(session)
        else:
            output.show(f"Halted {made.label}: {made.reason}. Rules that match are held until 'resume'.")


@app.command("resume")
@placed
def resume(
    place: Place,
    project: ProjectOption = None,
    rule: RuleOption = None,
    replay: Annotated[bool, typer.Option("--replay", help="Start what was held; so it is if nothing is said.")] = False,
    discard: Annotated[bool, typer.Option("--discard", help="Refuse what was held.")] = False,
) -> None:
    """Lift a halt.

    The firings that it held are replayed in order, checked again in everything but their conditions, or discarded.
    """
    from trigger_studio.services import controls

    if replay and discard:
        raise BadInput("--replay and --discard exclude each other; give one of them")
    scope, target = scope_of(project, rule)
    with place.writing() as session:
        done = controls.resume(session, scope, target, discard=discard)
        if place.json:
            _write_halts(session)
        else:
            fate = "discarded" if discard else "to be replayed"
            output.show(f"Resumed. {count(done.held, 'held firing')} {fate}, {done.continued} going on.")


def scope_of(project: str | None, rule: str | None) -> tuple[Literal["all", "project", "rule"], str]:
    """What ``--project`` and ``--rule`` name together. Raises BadInput if both are given."""
    if project is not None and rule is not None:
        raise BadInput("--project and --rule exclude each other; give one of them, or none for everything")
    if project is not None:
        return "project", project
    return ("all", "") if rule is None else ("rule", rule)


def _write_halts(session: Session) -> None:
    from trigger_studio.engine.clock import timestamp
    from trigger_studio.services import controls

    standing = controls.halts(session)
    output.write_json(
        {
            "halts": [
                {
                    "id": item.id,
                    "scope": item.scope,
                    "target": item.target or None,
                    "reason": item.reason,
                    "at": timestamp(item.at),
                    "by": item.set_by,
                }
                for item in standing
            ]
        }
    )
