"""Decides events and continues firings on a world. The engine and the sandbox both run on this, and on nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from trigger_studio.decide.advance import Context, Effect, OpenGate, Send, Set, Submit, advance
from trigger_studio.decide.decision import Verdict, decide, obstacle
from trigger_studio.decide.fill import emitted, emitted_entity_id, named
from trigger_studio.engine.ports import Delivery, Gate, Signal
from trigger_studio.engine.world import World
from trigger_studio.model.duration import seconds
from trigger_studio.model.event import Attributes, Entity, EntityKey, Event, Job
from trigger_studio.model.firing import (
    DONE,
    FAILED,
    HELD,
    HOLDING_REASONS,
    OPEN,
    REFUSED,
    RUNNING,
    SKIPPED,
    WAITING,
    Firing,
    Step,
)
from trigger_studio.model.profile import EVENT_TYPES
from trigger_studio.model.template import Lookup, own_or_attribute


def timestamp(at: float) -> str:
    """RFC 3339 text, UTC, of seconds since the epoch."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def settle_status(world: World, event: Event) -> None:
    """Set the status of the event's entity; an unknown entity is created with the event's parents and attributes."""
    if world.entity(event.key) is None:
        world.put_entity(
            Entity(event.entity, event.entity_id, "", "", event.project, event.character, event.attributes)
        )
    world.set_status(event.key, event.type, event.seq, event.depth)


def decide_event(world: World, event: Event) -> None:
    """Decide one event: status, verdicts, actions in their order, then the firings that waited for it."""
    settle_status(world, event)
    for place, verdict in enumerate(decide(world.rules, world, event), start=1):
        _fire(world, event, verdict, f"f{event.seq}-{place}")
    if event.entity == "job" and event.type in ("completed", "failed"):
        _end_wait(world, event)


def _fire(world: World, event: Event, verdict: Verdict, firing_id: str) -> None:
    compiled, reason = verdict.rule, verdict.reason
    now = world.now()
    firing = Firing(
        id=firing_id,
        rule_id=compiled.rule.id,
        revision=compiled.revision,
        event_id=event.id,
        cause=event.caused_by,
        chain=event.chain,
        depth=verdict.depth,
        project=event.project,
        entity=event.entity,
        entity_id=event.entity_id,
        at=now,
        status=RUNNING if reason is None else HELD if verdict.held else REFUSED,
        reason=reason,
        started_at=now if reason is None else None,
    )
    world.add_firing(firing, verdict.completion if reason is None or verdict.held else None)
    if reason is None:
        world.count_start(firing)
        go_on(world, firing, event)


def go_on(world: World, firing: Firing, event: Event) -> None:
    """Run a firing as far as it goes."""
    context = Context(
        attributes=event.attributes,
        names=partial(_Lookups, world, firing, event),
        halted=partial(world.halted, firing.project, firing.rule_id),
    )
    walk = advance(world.compiled(firing).program, firing.steps, context)
    ref: str | None = None
    try:
        while True:
            ref = _apply(world, firing, event, walk.send(ref))
    except StopIteration as stop:
        world.put_firing(replace(firing, steps=stop.value.steps, status=stop.value.status, stalled=stop.value.stalled))


class _Lookups(dict[str, Lookup]):
    """What templates read where an action stands; each root is made when a template asks for it."""

    def __init__(self, world: World, firing: Firing, event: Event, attributes: Attributes) -> None:
        super().__init__()
        self._args = (world, firing, event, attributes)

    def __missing__(self, root: str) -> Lookup:
        self[root] = lookup = own_or_attribute(*self._values(root))
        return lookup

    def _values(self, root: str) -> tuple[dict[str, Any], Attributes]:
        """Own keys, then attributes."""
        world, firing, event, attributes = self._args
        if root == "event":
            return event.own(), attributes
        if root == "entity":
            known = world.entity(event.key)
            return (known.own(), known.attributes) if known else ({}, {})
        if root == "firing":
            at = timestamp(firing.at)
            return {"id": firing.id, "depth": firing.depth, "chain": firing.chain, "at": at}, {}
        rule = world.compiled(firing).rule
        own = {"id": rule.id, "name": rule.name, "project": rule.project, "priority": rule.priority}
        return {**own, "revision": firing.revision}, {}


def _apply(world: World, firing: Firing, event: Event, effect: Effect) -> str | None:
    """Apply one effect to the world; the id of what it made."""
    ref = f"{firing.id[1:]}-{effect.index}" + (f"r{firing.retries}" if firing.retries else "")
    match effect:
        case Submit():
            return _submit(world, firing, event, effect, f"job-{ref}")
        case Send(index, kind, request, attempts, backoff_s):
            made = f"dlv-{world.source.installation()}-{ref}"
            world.changes.asked.append(
                Delivery(made, firing.id, index, event.lane, kind, request, attempts, backoff_s, firing.chain)
            )
            return made
        case OpenGate(index, approvers, message, timeout):
            now = world.now()
            due_at = now + seconds(timeout) if timeout else None
            world.changes.asked.append(
                Gate(f"gate-{ref}", firing.id, index, event.lane, approvers, message, due_at, now, world.tick())
            )
            return f"gate-{ref}"
        case Set(_, status):
            _set_status(world, firing, event, status, f"ts:{ref}:{event.entity}.{status}")
            return None


def _submit(world: World, firing: Firing, event: Event, effect: Submit, job_id: str) -> str:
    now = world.now()
    world.add_job(
        Job(
            id=job_id,
            job_type=effect.job_type,
            firing=firing.id,
            action=effect.index if effect.waits else None,
            event_id=event.id,
            project=event.project,
            character=event.character,
            params=effect.params,
            depth=firing.depth,
            chain=firing.chain,
            submitted_at=now,
            due_at=now + world.profile.job_types[effect.job_type].duration_s,
            seq=world.tick(),
            about=_about(world, event, effect),
        )
    )
    return job_id


def _about(world: World, event: Event, effect: Submit) -> tuple[EntityKey, ...]:
    """Whom a job is about: while it is open, events about them from outside have its depth (contract, section 2)."""
    kinds = world.profile.job_types[effect.job_type].emits
    others = [(kind, entity_id) for kind in kinds if (entity_id := named(kind, effect.params))]
    return tuple(dict.fromkeys([event.key, *others]))


def _set_status(world: World, firing: Firing, event: Event, status: str, event_id: str) -> None:
    world.set_status(event.key, status, world.tick(), firing.depth)
    if status in EVENT_TYPES:
        world.emit(
            emitted(
                event,
                id=event_id,
                type=status,
                entity=event.entity,
                entity_id=event.entity_id,
                overlay={},
                known=world.entity(event.key),
                profile=world.profile,
                occurred_at=timestamp(world.now()),
                seq=world.tick(),
                depth=firing.depth,
                chain=firing.chain,
                caused_by=firing.id,
            )
        )


def end_job(world: World, job: Job, ok: bool, result: Attributes | None = None) -> None:
    """A job ends: it raises its own event, then one a kind that its type emits, in order.

    Args:
        world: of a transaction of its own; each job's end commits by itself.
        job: still open.
        ok: whether it completed; else it failed.
        result: what it came back with, over its own attributes.
    """
    state = "completed" if ok else "failed"
    world.put_job(replace(job, state=state, result={**job.attributes, **(result or {})}))
    cause = world.event(job.event_id)
    assert cause is not None
    job_type = world.profile.job_types.get(job.job_type)
    for kind in ("job", *(job_type.emits if job_type else ())):
        entity_id = emitted_entity_id(kind, job, cause)
        world.emit(
            emitted(
                cause,
                id=f"ts:{job.id}:{kind}.{state}",
                type=state,
                entity=kind,
                entity_id=entity_id,
                overlay={**job.attributes, **(result or {})},
                known=world.entity((kind, entity_id)),
                profile=world.profile,
                occurred_at=timestamp(world.now()),
                seq=world.tick(),
                depth=job.depth,
                chain=job.chain,
                caused_by=job.firing,
                job_id=job.id,
            )
        )


def _end_wait(world: World, event: Event) -> None:
    """A job's end is decided: its firing goes on."""
    job = world.job(event.entity_id)
    if job is None:
        return
    if job.state == "submitted":
        job = replace(job, state=event.type)
        world.put_job(job)
    firing = world.firing(job.firing)
    if firing is None or job.action is None:
        return
    step = firing.steps.get(job.action)
    if step is None or step.status != RUNNING or step.ref != job.id:
        return
    if event.type == "completed":
        came_back = job.result if job.result is not None else {**job.attributes, **event.attributes}
        ended = replace(step, status=DONE, result=world.profile.clean(came_back))
    else:
        ended = replace(step, status=FAILED, detail=f"job {job.id} failed")
    _resume(world, firing, job.action, ended)


def _resume(world: World, firing: Firing, index: int, step: Step) -> None:
    event = world.event(firing.event_id)
    assert event is not None
    go_on(world, replace(firing, steps={**firing.steps, index: step}), event)


def receive(world: World, signal: Signal) -> None:
    """Let a firing go on: a settled delivery, an answered gate, a resume, a retry by hand."""
    firing = world.firing(signal.firing_id)
    if firing is None:
        return
    if signal.kind in ("replay", "discard"):
        if firing.status == HELD:
            _release(world, firing, signal.kind)
        return
    if signal.kind in ("continue", "retry"):
        _again(world, firing, signal.kind)
        return
    step = firing.steps.get(signal.index)
    if step is None or step.status not in OPEN:
        return
    status = WAITING if signal.kind == "retrying" else DONE if signal.ok else FAILED
    attempts = signal.attempts if signal.kind != "gate" else step.attempts
    _resume(world, firing, signal.index, replace(step, status=status, attempts=attempts, detail=signal.detail))


def _release(world: World, firing: Firing, how: str) -> None:
    """A held firing is replayed, checking again everything but its conditions, or discarded."""
    compiled = world.rules.rules.get(firing.rule_id)
    if how == "discard" or compiled is None or not compiled.rule.enabled:
        world.changes.discarded.append(firing.id)
        world.put_firing(replace(firing, status=REFUSED, reason="discarded"))
        return
    event = world.event(firing.event_id)
    assert event is not None
    reason = obstacle(compiled, world, event, firing.depth)
    if reason is None:
        started = replace(firing, revision=compiled.revision, status=RUNNING, reason=None, started_at=world.now())
        world.count_start(started)
        go_on(world, started, event)
        return
    held = reason in HOLDING_REASONS
    if not held:
        world.changes.discarded.append(firing.id)
    world.put_firing(replace(firing, status=HELD if held else REFUSED, reason=reason))


def _again(world: World, firing: Firing, how: str) -> None:
    """A firing that a halt stalled goes on; a failed one goes on from its failed actions."""
    event = world.event(firing.event_id)
    assert event is not None
    if how == "continue" and firing.stalled:
        go_on(world, firing, event)
    if how == "retry" and firing.status == FAILED:
        steps = {
            i: replace(step, status=RUNNING) if step.taken else step  # a branch keeps the side it took
            for i, step in firing.steps.items()
            if step.taken or step.status not in (FAILED, SKIPPED)
        }
        go_on(world, replace(firing, steps=steps, retries=firing.retries + 1), event)
