"""What would happen, and why: dry runs, explanations, the chain graph."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query

from trigger_studio.analysis.graph.chain_graph import graph_document
from trigger_studio.api import bodies, examples
from trigger_studio.api.bundles import wanted
from trigger_studio.api.calls import Answer, Call, written
from trigger_studio.api.parameters import Filter, RuleId
from trigger_studio.api.problems import Problem
from trigger_studio.api.routing import Body, Routes
from trigger_studio.errors import BadInput, Fault, Forbidden, allowed
from trigger_studio.model.event_codec import EventIn, EventParser
from trigger_studio.services import pictures, rule_registry, simulation
from trigger_studio.services.access import Operation

routes = Routes("foresight")

SVG = "image/svg+xml"
_RUN = Body({bodies.JSON: "DryRun"}, {"event": examples.EVENT, "assume": "approvals"})
_REPORT: dict[str, Any] = {
    "firings": [], "refusals": [], "held": [], "stops": [], "totals": {"firings": 0, "jobs": 0, "gpu_hours": 0},
}  # fmt: skip


@routes.add("POST", "/dry-run", Operation.DRY_RUN, answers="DryRunReport", body=_RUN, keyed=False, example=_REPORT)
def dry_run(call: Call) -> Answer:
    """Foretell the whole chain that an event would start; nothing is changed."""
    return _run(call, None)


@routes.add(
    "POST", "/triggers/{id}/dry-run", Operation.DRY_RUN_TRIGGER, answers="DryRunReport", body=_RUN, keyed=False,
    problems=("not-found",), example=_REPORT,
)  # fmt: skip
def dry_run_trigger(call: Call, id: RuleId) -> Answer:
    """Foretell what would follow from this rule, if an event came; nothing is changed."""
    call.of(rule_registry.one(call.session, id).rule.project)
    return _run(call, id)


def _run(call: Call, rule_id: str | None) -> Answer:
    asked = bodies.mapping(call.json(), ["event"], ["assume", "fail", "most"])
    event = read_event(call, asked["event"])
    most = asked.get("most")
    faults = list(_faults(call, asked))
    if faults:
        raise BadInput(faults)
    outcome = simulation.dry_run(
        call.session, event, assume_approvals=asked.get("assume") is not None, fail=asked.get("fail") or (),
        most=simulation.MOST_FIRINGS if most is None else most,
    )  # fmt: skip
    return written(simulation.report(outcome, rule_id))


def _faults(call: Call, asked: dict[str, Any]) -> list[Fault]:
    faults = []
    if asked.get("assume") not in (None, "approvals"):
        faults.append(Fault("assume", f"found {asked['assume']!r:.60}; {allowed(['approvals'], asked['assume'])}"))
    most = asked.get("most")
    if most is not None and (type(most) is not int or not 1 <= most <= simulation.MOST_FIRINGS):
        faults.append(Fault("most", f"found {most!r:.60}; allowed: 1 to {simulation.MOST_FIRINGS}"))
    fail, known = asked.get("fail"), call.session.profile.job_types
    if fail is not None and not (isinstance(fail, list) and all(isinstance(name, str) for name in fail)):
        return [*faults, Fault("fail", "needed: a list of job types")]
    for place, name in enumerate(fail or ()):
        if name not in known:
            faults.append(Fault(f"fail[{place}]", f"unknown job type '{name:.60}'; {allowed(known, name)}"))
    return faults


def read_event(call: Call, given: Any) -> EventIn:
    """The event in an object, of a project that whoever asks may ask about. Raises BadInput, Forbidden."""
    faults: list[Fault] = []
    parser = EventParser(call.session.profile)
    event = parser.read(given, faults) if isinstance(given, dict) else None
    if event is None or faults:
        faults = faults or [Fault("", "needed: an object")]
        raise BadInput([Fault(f"event.{fault.path}".rstrip("."), fault.message) for fault in faults])
    if call.actor.project is not None and event.project != call.actor.project:
        raise Forbidden(f"this token is for project '{call.actor.project}'; the event has to name it")
    return event


@routes.add(
    "POST", "/explain", Operation.EXPLAIN, answers="Explanation", keyed=False, problems=("not-found",),
    body=Body({bodies.JSON: "Explain"}, {"rule": "qa-on-scene", "event": examples.EVENT}),
    example={"fires": True, "checks": []},
)  # fmt: skip
def explain(call: Call) -> Answer:
    """Say why a rule would fire on an event, or why not, check by check."""
    asked = bodies.mapping(call.json(), ["rule", "event"])
    if not isinstance(asked["rule"], str):
        raise BadInput([Fault("rule", "needed: a rule's id")])
    call.of(rule_registry.one(call.session, asked["rule"]).rule.project)
    return written(simulation.explain(call.session, asked["rule"], read_event(call, asked["event"])))


@routes.add(
    "GET", "/triggers/chain-graph", Operation.CHAIN_GRAPH, answers={bodies.JSON: "ChainGraph", SVG: "Text"},
    problems=("not-found", "not-acceptable"), example={"nodes": [], "edges": []},
)  # fmt: skip
def get_chain_graph(
    call: Call, project: Filter = None, theme: Annotated[str, Query(pattern="^(light|dark)$")] = "light"
) -> Answer:
    """Read every rule's flow, and which rules start which: as JSON, or drawn, as the Accept header says."""
    shown = call.actor.project if project is None else project
    if project is not None:
        call.of(project)
    kind = wanted(call, (bodies.JSON, SVG))
    if kind == bodies.JSON:
        return written(graph_document(pictures.scene(call.session, shown).graph))
    if call.door.painter is None:
        raise Problem("not-acceptable", "this server has no painter; ask for application/json")
    pictures.scene(call.session, shown)  # what is not known is told by us, and not by the painter
    return Answer(call.door.painter(shown, theme), media_type=SVG)
