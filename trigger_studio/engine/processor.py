"""Decides events and continues firings on a world. The engine and the sandbox both run on this, and on nothing else."""

from __future__ import annotations

from dataclasses import replace

from trigger_studio.decide.decision import Verdict, decide
from trigger_studio.decide.fill import emitted
from trigger_studio.engine import batches, together
from trigger_studio.engine.clock import timestamp
from trigger_studio.engine.effects import go_on
from trigger_studio.engine.ports import Signal
from trigger_studio.engine.world import World
from trigger_studio.errors import Damaged
from trigger_studio.model.event import Attributes, Entity, Event, Job
from trigger_studio.model.firing import (
    DAMAGED,
    DONE,
    FAILED,
    HELD,
    OPEN,
    REFUSED,
    RUNNING,
    SKIPPED,
    WAITING,
    Firing,
    Step,
)


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
        batches.start(world, firing, event)


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
        for number, (entity_id, about) in enumerate(together.emitted_about(world, kind, job, cause).items()):
            world.emit(
                emitted(
                    about,
                    id=together.numbered(f"ts:{job.id}:{kind}.{state}", number),
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
    _proceed(world, replace(firing, steps={**firing.steps, index: step}), event)


def _proceed(world: World, firing: Firing, event: Event) -> None:
    """Go on with a firing; without the rule that it goes by it fails, and no other waits for it."""
    try:
        world.compiled(firing)
    except Damaged as fault:
        steps = {
            index: replace(step, status=FAILED, detail=str(fault)) if step.status in OPEN else step
            for index, step in firing.steps.items()
        }
        firing = replace(firing, status=FAILED, reason=DAMAGED, stalled=False, steps=steps)
        world.put_firing(firing)
        together.follow(world, firing)
        return
    go_on(world, replace(firing, reason=None) if firing.reason == DAMAGED else firing, event)


def receive(world: World, signal: Signal) -> None:
    """Let a firing go on: a settled delivery, an answered gate, a resume, a retry by hand."""
    firing = world.firing(signal.firing_id)
    if firing is None:
        return
    if signal.kind in ("replay", "discard"):
        if firing.status == HELD:
            _release(world, firing, signal.kind)
        return
    if signal.kind == "gathered":
        batches.close_called(world, firing)
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
    event = world.event(firing.event_id)
    assert event is not None
    checked = batches.discarded(world, firing) if how == "discard" else batches.checked_again(world, firing, event)
    if checked.status == RUNNING:
        batches.start(world, replace(checked, started_at=world.now()), event)
    else:
        world.put_firing(checked)


def _again(world: World, firing: Firing, how: str) -> None:
    """A firing that a halt stalled goes on; a failed one goes on from its failed actions."""
    firing = together.acting(world, firing)
    event = world.event(firing.event_id)
    assert event is not None
    if how == "continue" and firing.stalled:
        _proceed(world, firing, event)
    if how == "retry" and firing.status == FAILED:
        steps = {
            i: replace(step, status=RUNNING) if step.taken else step  # a branch keeps the side it took
            for i, step in firing.steps.items()
            if step.taken or step.status not in (FAILED, SKIPPED)
        }
        _proceed(world, replace(firing, steps=steps, retries=firing.retries + 1), event)
