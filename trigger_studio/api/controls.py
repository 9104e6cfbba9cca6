"""What people decide while the engine runs: ``/gates``, ``/halts``, ``/limits``."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, cast

from fastapi import Path

from trigger_studio.api import bodies, examples, paging
from trigger_studio.api.calls import NOTHING, Answer, Call, paged, written
from trigger_studio.api.limits import PAGE
from trigger_studio.api.parameters import AnyId, Cursor, Filter, Limit, given
from trigger_studio.api.routing import Body, Routes
from trigger_studio.decide.halts import Scope
from trigger_studio.errors import BadInput, Fault, NotFound, allowed
from trigger_studio.model.duration import seconds
from trigger_studio.model.limit import KINDS
from trigger_studio.model.limit import Limit as Ceiling
from trigger_studio.services import chains, controls, documents, halt_impact, limits, pages, rule_registry
from trigger_studio.services.access import Operation
from trigger_studio.storage.halts import Halt

routes = Routes("controls")

HaltId = Annotated[int, Path(ge=1, le=2**62)]


# gates --------------------------------------------------------------------------------------------------------------


@routes.add(
    "GET", "/gates", Operation.LIST_GATES, answers="GatePage", headers=("Link",), example={"gates": [examples.GATE]}
)
def list_gates(call: Call, status: Filter = None, limit: Limit = PAGE, cursor: Cursor = None) -> Answer:
    """List the questions to people, the oldest first; `status=waiting` for those without an answer."""
    query = given(status=status)
    window = paging.window(query, limit, cursor, (int, str))
    return paged("gates", pages.gates(call.session, window, projects=call.projects, **query), query, "/gates", limit)


@routes.add("GET", "/gates/{id}", Operation.GET_GATE, answers="Gate", problems=("not-found",), example=examples.GATE)
def get_gate(call: Call, id: AnyId) -> Answer:
    """Read a question."""
    found = pages.gate(call.session, id)
    call.of(found["project"])
    return written(found)


@routes.add(
    "POST", "/gates/{id}/approve", Operation.APPROVE_GATE, answers="Gate", problems=("not-found", "refused"),
    example={**examples.GATE, "status": "approved"},
)  # fmt: skip
def approve_gate(call: Call, id: AnyId) -> Answer:
    """Answer yes; the firing goes on."""
    return _answer(call, id, approve=True, reason="")


@routes.add(
    "POST", "/gates/{id}/refuse", Operation.REFUSE_GATE, answers="Gate", problems=("not-found", "refused"),
    body=Body({bodies.JSON: "Refusal"}, {"reason": "wrong plates"}), example={**examples.GATE, "status": "refused"},
)  # fmt: skip
def refuse_gate(call: Call, id: AnyId) -> Answer:
    """Answer no; the firing fails."""
    asked = bodies.mapping(call.json(), optional=["reason"])
    return _answer(call, id, approve=False, reason=_text(asked, "reason") or "")


def _answer(call: Call, gate_id: str, *, approve: bool, reason: str) -> Answer:
    try:
        call.of(pages.gate(call.session, gate_id)["project"])
    except NotFound:
        if call.actor.project is not None:
            raise
    return written(documents.gate(controls.answer_gate(call.session, gate_id, approve=approve, reason=reason)))


# halts --------------------------------------------------------------------------------------------------------------


@routes.add("GET", "/halts", Operation.LIST_HALTS, answers="Halts", example={"halts": [examples.HALT]})
def list_halts(call: Call) -> Answer:
    """List the halts that stand, the oldest first."""
    shown = [item for item in controls.halts(call.session) if _concerns(call, item.scope, item.target)]
    return written({"halts": list(map(documents.halt, shown))})


@routes.add(
    "POST", "/halts", Operation.SET_HALT, answers="Halt", status=201, problems=("not-found",), headers=("Location",),
    body=Body({bodies.JSON: "HaltIn"}, {"reason": "wrong plates", "project": "aurora"}), example=examples.HALT,
)  # fmt: skip
def set_halt(call: Call) -> Answer:
    """Stop everything, a project, a rule or a chain.

    Once this is answered, no engine starts another action there. `report` tells what that stopped, and what goes on.
    """
    asked = bodies.mapping(call.json(), ["reason"], ["project", "rule", "chain", "force", "cancel"])
    scope, target = _scope(asked, ("project", "rule", "chain"))
    _check_scope(call, scope, target)
    cancel = _flag(asked, "cancel")
    if cancel and scope != "chain":
        raise BadInput([Fault("cancel", "goes with a chain: it fails the chain's open jobs")])
    reason = _text(asked, "reason") or ""
    made = controls.halt(call.session, scope, target, reason, force=_flag(asked, "force"))
    cancelled = {"cancelled": chains.cancel(call.session, target)} if cancel else {}
    report = asdict(halt_impact.aftermath(call.session, scope, target))
    return written({**documents.halt(made), "report": report, **cancelled}, 201, {"Location": f"/halts/{made.id}"})


@routes.add(
    "DELETE", "/halts/{id}", Operation.LIFT_HALT, answers="Resumed", problems=("not-found", "refused"),
    example={"halts": 1, "held": 3, "continued": 0},
)  # fmt: skip
def lift_halt(call: Call, id: HaltId, discard: bool = False) -> Answer:
    """Lift a halt; what it held is replayed in order, or with `discard` refused."""
    found = _halt(call, id)
    _check_scope(call, found.scope, found.target)
    done = controls.resume(call.session, cast(Scope, found.scope), found.target, discard=discard)
    return written(asdict(done))


def _halt(call: Call, halt_id: int) -> Halt:
    standing = controls.halts(call.session)
    for item in standing:
        if item.id == halt_id:
            return item
    raise NotFound(f"there is no halt {halt_id}; {allowed(str(item.id) for item in standing)}")


def _scope(asked: dict[str, Any], names: tuple[Scope, ...]) -> tuple[Scope, str]:
    named = [(name, _text(asked, name)) for name in names if asked.get(name) is not None]
    if len(named) > 1:
        both = " and ".join(name for name, _ in named)
        raise BadInput(f"{both} exclude each other; give one of them, or none for everything")
    return (named[0][0], named[0][1] or "") if named else ("all", "")


def _check_scope(call: Call, scope: str, target: str) -> None:
    """See that whoever asks may decide there. Raises Forbidden."""
    if call.actor.project is not None:
        call.of(_project_of(call, scope, target))


def _concerns(call: Call, scope: str, target: str) -> bool:
    """Whether what is decided there concerns the project of whoever asks."""
    return call.projects is None or _project_of(call, scope, target) in call.projects


def _project_of(call: Call, scope: str, target: str) -> str | None:
    """Whose what is decided there is; None of what is of every project, or not known."""
    try:
        if scope == "rule":
            return rule_registry.one(call.session, target).rule.project
        if scope == "chain":
            project = pages.event(call.session, target)["project"]
            return None if project is None else str(project)
    except NotFound:
        return None
    return target if scope == "project" else None


def _text(asked: dict[str, Any], name: str) -> str | None:
    value = asked.get(name)
    if value is not None and not isinstance(value, str):
        raise BadInput([Fault(name, "needed: text")])
    return value


def _flag(asked: dict[str, Any], name: str) -> bool:
    value = asked.get(name, False)
    if not isinstance(value, bool):
        raise BadInput([Fault(name, "needed: true or false")])
    return value


# limits -------------------------------------------------------------------------------------------------------------


@routes.add("GET", "/limits", Operation.LIST_LIMITS, answers="Limits", example={"limits": [examples.LIMIT]})
def list_limits(call: Call) -> Answer:
    """List the limits, and what of them is used up."""
    return _limits(call)


def _limits(call: Call) -> Answer:
    found = [item for item in limits.standing(call.session) if _concerns(call, item.limit.scope, item.limit.target)]
    capped = [item for item in limits.capped(call.session) if _concerns(call, "chain", item.chain)]
    chains_ = {"chains": list(map(documents.capped, capped))} if capped else {}
    return written({"limits": list(map(documents.limit, found)), **chains_})


@routes.add(
    "POST", "/limits", Operation.SET_LIMIT, answers="Limits", problems=("not-found",),
    body=Body({bodies.JSON: "LimitIn"}, {"kind": "firings", "amount": 60, "per": "1m", "project": "aurora"}),
    example={"limits": [examples.LIMIT]},
)  # fmt: skip
def set_limit(call: Call) -> Answer:
    """Set a limit for everything, a project or a rule, in place of the one of that kind there."""
    asked = bodies.mapping(call.json(), ["kind", "amount", "per"], ["project", "rule"])
    scope, target = _scope(asked, ("project", "rule"))
    _check_scope(call, scope, target)
    amount = asked["amount"]
    if type(amount) not in (int, float):
        raise BadInput([Fault("amount", "needed: a number")])
    try:
        window_s = seconds(_text(asked, "per") or "")
    except ValueError as error:
        raise BadInput([Fault("per", error.args[0])]) from None
    limits.put(call.session, Ceiling(scope, target, _text(asked, "kind") or "", float(amount), window_s))
    return _limits(call)


@routes.add("DELETE", "/limits", Operation.REMOVE_LIMIT, status=204, problems=("refused",))
def remove_limit(call: Call, kind: Filter = None, project: Filter = None, rule: Filter = None) -> Answer:
    """Lift the limit of a kind on everything, a project or a rule; what only it held goes on."""
    if kind is None:
        raise BadInput([Fault("query.kind", f"is needed and missing; {allowed(KINDS)}")])
    scope, target = _scope({"project": project, "rule": rule}, ("project", "rule"))
    _check_scope(call, scope, target)
    limits.remove(call.session, scope, target, kind)
    return NOTHING
