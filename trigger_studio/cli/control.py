"""What people decide: ``gates``, ``halt``, ``resume``, ``retry``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from trigger_studio.cli import output
from trigger_studio.cli.context import CliContext
from trigger_studio.cli.options import placed
from trigger_studio.errors import BadInput
from trigger_studio.model.counting import count

if TYPE_CHECKING:
    from trigger_studio.decide.halts import Scope
    from trigger_studio.engine.ports import Gate

app = typer.Typer()
gates = typer.Typer(name="gates", help="Questions that wait for a person.")
app.add_typer(gates)

GateId = Annotated[str, typer.Argument(metavar="ID", help="The gate's id.")]
ProjectOption = Annotated[str | None, typer.Option("--project", metavar="ID", help="Only this project.")]
RuleOption = Annotated[str | None, typer.Option("--rule", metavar="ID", help="Only this rule.")]
ChainOption = Annotated[
    str | None, typer.Option("--chain", metavar="ID", help="Only what follows from this event; the log names it.")
]


@gates.command("list")
@placed
def list_(place: CliContext) -> None:
    """List the gates that wait for an answer, oldest first."""
    from trigger_studio.services import controls, documents

    with place.reading() as session:
        waiting = controls.gates(session)
    if place.json:
        _write(waiting)
    elif not waiting:
        output.show("No gate waits for an answer.")
    else:
        rows = [
            [gate[key] or "" for key in ("id", "approvers", "opened_at", "due_at", "message")]
            for gate in map(documents.gate, waiting)
        ]
        output.show(output.table(("gate", "for", "since", "until", "message"), rows))


@gates.command("approve")
@placed
def approve(place: CliContext, gate_id: GateId) -> None:
    """Approve a gate.

    Its firing goes on as soon as an engine runs.
    """
    _answer(place, gate_id, True, "")


@gates.command("refuse")
@placed
def refuse(
    place: CliContext,
    gate_id: GateId,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, for the log.")] = "",
) -> None:
    """Refuse a gate.

    Its firing fails.
    """
    _answer(place, gate_id, False, reason)


def _answer(place: CliContext, gate_id: str, yes: bool, reason: str) -> None:
    from trigger_studio.services import controls

    with place.writing() as session:
        gate = controls.answer_gate(session, gate_id, approve=yes, reason=reason)
        who = session.actor
    if place.json:
        _write([gate])
    else:
        output.show(f"Gate {gate.id} is {gate.status} by {who}.")


def _write(found: list[Gate]) -> None:
    from trigger_studio.services import documents

    output.write_json({"gates": list(map(documents.gate, found))})


@app.command("halt")
@placed
def halt(
    place: CliContext,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, for whoever finds the halt.")],
    *,
    project: ProjectOption = None,
    rule: RuleOption = None,
    chain: ChainOption = None,
    cancel: Annotated[bool, typer.Option("--cancel", help="With --chain: fail the chain's open jobs.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Take a project or rule that is not known.")] = False,
) -> None:
    """Stop everything, a project, a rule or one chain.

    Once this returns, no engine starts another action there; what would fire is held until 'resume'. It reports what
    that stopped, and what goes on all the same. Halting what is halted changes nothing, and reports anew.
    """
    from trigger_studio.cli import stopping

    scope, target = scope_of(project, rule, chain)
    stopping.halt(place, stopping.Stop(scope, target, reason, cancel=cancel, force=force))


@app.command("resume")
@placed
def resume(
    place: CliContext,
    *,
    project: ProjectOption = None,
    rule: RuleOption = None,
    chain: ChainOption = None,
    replay: Annotated[bool, typer.Option("--replay", help="Start what was held; so it is if nothing is said.")] = False,
    discard: Annotated[bool, typer.Option("--discard", help="Refuse what was held.")] = False,
    preview: Annotated[
        bool, typer.Option("--preview", help="Only say what would start and cost; change nothing.")
    ] = False,
) -> None:
    """Lift a halt.

    The firings that it held, and those that the hourly guard holds there, are replayed in order, checked again in
    everything but their conditions, or discarded. What another halt holds as well goes on with the last of them. With
    --chain, what the chain's ceiling holds goes on, too: the chain gets its ceiling once more.
    """
    from trigger_studio.cli import halt_report
    from trigger_studio.services import controls

    if replay and discard:
        raise BadInput("--replay and --discard exclude each other; give one of them")
    scope, target = scope_of(project, rule, chain)
    if preview:
        _preview(place, scope, target, discard)
        return
    with place.writing() as session:
        done = controls.resume(session, scope, target, discard=discard)
        if place.json:
            output.write_json({"halts": halt_report.documents(session)})
        else:
            fate = "discarded" if discard else "to be replayed"
            output.show(f"Resumed. {count(done.held, 'held firing')} {fate}, {done.continued} going on.")


@app.command("retry")
@placed
def retry(
    place: CliContext,
    firing_id: Annotated[str, typer.Argument(metavar="ID", help="The failed firing's id, as in the log.")],
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


def scope_of(project: str | None, rule: str | None, chain: str | None = None) -> tuple[Scope, str]:
    """What ``--project``, ``--rule`` and ``--chain`` name together. Raises BadInput if more than one is given."""
    scopes: tuple[tuple[Scope, str | None], ...] = ("project", project), ("rule", rule), ("chain", chain)
    given = [(scope, target) for scope, target in scopes if target is not None]
    if len(given) > 1:
        names = " and ".join(f"--{scope}" for scope, _ in given)
        raise BadInput(f"{names} exclude each other; give one of them, or none for everything")
    return given[0] if given else ("all", "")


def _preview(place: CliContext, scope: Scope, target: str, discard: bool) -> None:
    from trigger_studio.cli import halt_report
    from trigger_studio.services import halt_impact

    with place.reading() as session:
        found = halt_impact.preview(session, scope, target, discard=discard)
        if place.json:
            output.write_json({"halts": halt_report.documents(session), "preview": asdict(found)})
            return
    for line in halt_report.foreseen(found):
        output.show(line)
