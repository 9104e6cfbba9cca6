"""What would happen, and why: the dry run and the explanation, from the engine's own parts."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from trigger_studio.decide.decision import decide
from trigger_studio.decide.explain import explain as explain_rule
from trigger_studio.decide.predicate import Check
from trigger_studio.decide.rules import CompiledRule, Published, RuleSet, compile_rule
from trigger_studio.engine.clock import timestamp
from trigger_studio.engine.intake import Intake
from trigger_studio.engine.processor import settle_status
from trigger_studio.engine.sandbox import Bounds, Outcome, Sandbox, Stop
from trigger_studio.engine.world import World
from trigger_studio.errors import Message, NotFound, allowed
from trigger_studio.model.event import Event
from trigger_studio.model.event_codec import EventIn
from trigger_studio.model.firing import HELD, REFUSED, Firing
from trigger_studio.model.rule import Rule
from trigger_studio.services.bus import raised, without_known
from trigger_studio.services.session import Session
from trigger_studio.services.snapshot import Moment, Remembered, Snapshot
from trigger_studio.storage.earlier import StoredEvents
from trigger_studio.storage.flush import action_list
from trigger_studio.storage.source import SqlSource

MOST_FIRINGS = 10_000
MOST_S = 10.0
"""A forecast takes no longer than that."""


def dry_run(
    session: Session,
    event: EventIn,
    *,
    assume_approvals: bool = False,
    fail: Collection[str] = (),
    drafts: Sequence[Rule] = (),
    most: int = MOST_FIRINGS,
) -> Outcome:
    """What the engine would do on the simulated farm if this event were raised now. Changes nothing.

    Args:
        most: firings to foretell; where there are more, or it takes long, `Outcome.cut` says so.
        drafts: rules to try in place of, or beside, the published ones.

    Raises:
        BadInput: what `emit` would refuse.
    """

    def foretell(moment: Moment, source: Remembered) -> Outcome:
        ends = time.monotonic() + MOST_S
        fresh = _fresh(source, event)
        rules = moment.rules.replacing(Published(rule, 0) for rule in drafts)
        sandbox = Sandbox(
            source, rules, start_s=moment.now_s, first_tick=moment.seq + 1, fail=fail,
            assume_approvals=assume_approvals,
            bounds=Bounds(firings=most, out_of_time=lambda: time.monotonic() > ends),
        )  # fmt: skip
        outcome = sandbox.run(*fresh)
        if not fresh:
            outcome.stops.append(Stop(event.id, "an event of this id and content is stored already; it starts nothing"))
        return outcome

    return Snapshot(session).look(foretell)


def _fresh(source: Remembered, event: EventIn) -> list[Event]:
    """The event as it would be stored; none if it is stored already. Raises BadInput."""

    def read(database: SqlSource) -> list[Event]:
        fresh, _ = without_known(database.connection, [("", event)])
        return intake(database, [one for _, one in fresh])

    return list(source.ask(("fresh", event.id), read))


def _intake(source: Remembered, event: EventIn) -> Event:
    """The event as it would be stored, also if it is. Raises BadInput."""
    (stored,) = source.ask(("intake", event.id), lambda database: intake(database, [event]))
    assert isinstance(stored, Event)
    return stored


def intake(source: SqlSource, events: Sequence[EventIn]) -> list[Event]:
    """The events as they would be stored, one after another. Raises BadInput."""
    source.prefetch_intake(events)
    door = Intake(source, StoredEvents(source.connection))
    return [door.accept(raised(event)) for event in events]


def report(outcome: Outcome, rule_id: str | None = None) -> dict[str, Any]:
    """The dry run's document (formats.md).

    Args:
        rule_id: show only what follows from that rule.

    Returns:
        With ``"complete": False`` if the forecast stopped before the end.
    """
    shown, world = _following(outcome, rule_id), outcome.world
    shown -= {firing.id for firing in outcome.started[outcome.most :]}
    jobs = [job for id in world.changes.new_jobs if (job := world.changes.jobs[id]).firing in shown]
    types = world.profile.job_types
    hours = sum(types[job.job_type].gpu_hours for job in jobs)
    started = [firing for firing in outcome.started if firing.id in shown]
    return {
        "firings": [_firing(outcome, firing) for firing in started],
        "refusals": [_verdict(f) for f in outcome.firings if f.status == REFUSED and f.id in shown],
        "held": [_verdict(f) for f in outcome.firings if f.status == HELD and f.id in shown],
        "stops": [
            {"after": stop.after, "reason": stop.reason}
            for stop in outcome.stops
            if rule_id is None or stop.firing is None or stop.firing in shown
        ],
        "totals": {"firings": len(started), "jobs": len(jobs), "gpu_hours": round(hours, 6)},
        **({"complete": False} if outcome.cut else {}),
    }


def _following(outcome: Outcome, rule_id: str | None) -> set[str]:
    """Ids of the firings to show: all, or those of a rule and all that they cause."""
    shown: set[str] = set()
    for firing in outcome.firings:
        if rule_id is None or firing.rule_id == rule_id or firing.cause in shown:
            shown.add(firing.id)
    return shown


def _firing(outcome: Outcome, firing: Firing) -> dict[str, Any]:
    world = outcome.world
    event = world.event(firing.event_id)
    assert event is not None
    actions = [
        {"type": action.pop("type"), "outcome": action.pop("status"), **action} for action in action_list(world, firing)
    ]
    return {
        "id": firing.id,
        "cause": firing.cause,
        "rule": firing.rule_id,
        "event": {name: value for name, value in event.own().items() if value is not None},
        "depth": firing.depth,
        "status": firing.status,
        "at": timestamp(firing.at),
        "jobs": len(world.changes.submitted.get(firing.id, ())),
        "actions": actions,
        **({"batch": firing.batch} if firing.batch else {}),
    }


def _verdict(firing: Firing) -> dict[str, Any]:
    return {"rule": firing.rule_id, "depth": firing.depth, "reason": firing.reason}


def explain(session: Session, rule_id: str, event: EventIn, *, draft: Rule | None = None) -> dict[str, Any]:
    """Why a rule would fire on an event, or why not: ``{"fires", "checks"}``. Raises NotFound."""

    def look(moment: Moment, source: Remembered) -> tuple[bool, list[Check]]:
        compiled = _compiled(moment.rules, rule_id, draft)
        world = World(source, moment.rules, lambda: moment.now_s, moment.seq + 1)
        stored = world.emit(replace(_intake(source, event), seq=world.tick()))
        settle_status(world, stored)
        alone = RuleSet([Published(compiled.rule, compiled.revision)], moment.rules.profile)
        fires = any(verdict.reason is None for verdict in decide(alone, world, stored))
        return fires, explain_rule(compiled, world, stored)

    fires, checks = Snapshot(session).look(look)
    return {
        "fires": fires,
        "checks": [
            {
                "check": check.check,
                "path": check.path,
                "passed": check.passed,
                "expected": check.expected,
                "actual": check.actual,
            }
            for check in checks
        ],
    }


def _compiled(rules: RuleSet, rule_id: str, draft: Rule | None) -> CompiledRule:
    if draft is not None:
        return compile_rule(Published(draft, 0), rules.profile)
    if rule_id not in rules.rules:
        raise NotFound(Message("there is no rule '{0}'; {1}", rule_id, allowed(sorted(rules.rules), rule_id)))
    return rules.rules[rule_id]
