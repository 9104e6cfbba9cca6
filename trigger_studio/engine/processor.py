"""Decides events and continues firings on a world. The engine and the sandbox both run on this, and on nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from trigger_studio.decide.budget import NOTHING, millionths
from trigger_studio.decide.costs import returned
from trigger_studio.decide.decision import Verdict, decide
from trigger_studio.decide.fill import emitted
from trigger_studio.engine import batches, coalescing
from trigger_studio.engine.clock import timestamp
from trigger_studio.engine.effects import go_on
from trigger_studio.engine.letting import approved, release, restart
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

GPU_HOURS = "gpu_hours"
"""What a job returns by this name is what it cost."""


def settle_status(world: World, event: Event) -> None:
    """Set the status of the event's entity; an unknown entity is created with the event's parents and attributes."""
    if world.entity(event.key) is None:
        world.put_entity(
            Entity(event.entity, event.entity_id, "", "", event.project, event.character, event.attributes)
        )
    world.set_status(event.key, event.type, event.seq, event.depth)


def decide_event(world: World, event: Event) -> None:
    """Decide one event: status, verdicts, actions in their order, then the firings that waited for it.

    All that start are counted for the limits before the first acts: a batch that is full by it may start as well.
    """
    settle_status(world, event)
    verdicts = decide(world.rules, world, event)
    made = [_made(world, event, verdict, f"f{event.seq}-{place}") for place, verdict in enumerate(verdicts, start=1)]
    for firing in made:
        if firing.reason is None:
            batches.start(world, firing, event)
    if event.entity == "job" and event.type in ("completed", "failed"):
        _end_wait(world, event)


def _made(world: World, event: Event, verdict: Verdict, firing_id: str) -> Firing:
    """The firing of a verdict, counted if it starts."""
    compiled, reason = verdict.rule, verdict.reason
    now = world.now()
    starts = reason is None
    taking = compiled.cost if starts and compiled.rule.coalesce is None else NOTHING
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
        status=RUNNING if starts else HELD if verdict.held else REFUSED,
        reason=reason,
        started_at=now if starts else None,
        counted_at=now if taking.firings else None,
        jobs=taking.jobs,
        hours=taking.hours,
        rates=compiled.rates if taking.firings else None,
        capped=verdict.capped,
    )
    if taking.firings:
        world.count_entity(firing)
        world.ledger.count(firing, now, taking)
    world.add_firing(firing, verdict.completion if starts or verdict.held else None)
    return firing


def end_job(world: World, job: Job, ok: bool, result: Attributes | None = None) -> None:
    """A job ends: it raises its own event, then one a kind that its type emits, in order.

    Args:
        world: of a transaction of its own; each job's end commits by itself.
        job: still open.
        ok: whether it completed; else it failed.
        result: what it came back with, over its own attributes.
    """
    state = "completed" if ok else "failed"
    _replace_share(world, job, (result or {}).get(GPU_HOURS))
    came_back = {**job.attributes, **world.profile.clean(result or {})}
    world.put_job(replace(job, state=state, result=came_back))
    cause = world.event(job.event_id)
    assert cause is not None
    job_type = world.profile.job_types.get(job.job_type)
    for kind in ("job", *(job_type.emits if job_type else ())):
        for number, (entity_id, about) in enumerate(coalescing.emitted_about(world, kind, job, cause).items()):
            world.emit(
                emitted(
                    about,
                    id=coalescing.numbered(f"ts:{job.id}:{kind}.{state}", number),
                    type=state,
                    entity=kind,
                    entity_id=entity_id,
                    overlay=came_back,
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


def _replace_share(world: World, job: Job, hours: object) -> None:
    """What a job came back with replaces what was counted for it."""
    firing = world.firing(job.firing)
    if hours is not None and firing is not None:
        acting = coalescing.acting(world, firing)
        known = world.profile.job_types.get(job.job_type)
        share = (acting.rates or {}).get(job.job_type, millionths(known.gpu_hours) if known else None)
        if share is not None:
            world.put_firing(world.ledger.change(acting, returned(hours, share)))


def _end_wait(world: World, event: Event) -> None:
    """A job's end is decided: its firing goes on."""
    job = world.job(event.entity_id)
    if job is None:
        return
    if job.state == "submitted":
        hours = event.attributes.get(GPU_HOURS)
        _replace_share(world, job, hours if hours != job.params.get(GPU_HOURS) else None)
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
    """Go on with a firing."""
    mended = replace(firing, reason=None) if firing.reason == DAMAGED else firing
    _unless_damaged(world, firing, lambda: go_on(world, mended, event))


def _unless_damaged(world: World, firing: Firing, go: Callable[[], None]) -> None:
    """Let a firing go; without the rule that it goes by it fails, and no other waits for it."""
    try:
        world.compiled(firing)
    except Damaged as fault:
        steps = {
            index: replace(step, status=FAILED, detail=str(fault)) if step.status in OPEN else step
            for index, step in firing.steps.items()
        }
        firing = replace(firing, status=FAILED, reason=DAMAGED, stalled=False, steps=steps)
        world.put_firing(firing)
        coalescing.follow(world, firing)
        return
    go()


def receive(world: World, signal: Signal) -> None:
    """Let a firing go on: a settled delivery, an answered gate, a resume, a retry by hand."""
    firing = world.firing(signal.firing_id)
    if firing is None:
        return
    if signal.kind in ("replay", "discard"):
        if firing.status == HELD and signal.kind == "replay":
            release(world, firing)
        elif firing.status == HELD:
            coalescing.follow(world, gone := batches.discarded(world, firing))
            world.put_firing(gone)
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


def _again(world: World, firing: Firing, how: str) -> None:
    """A firing that a halt stalled goes on; a failed one goes on from its failed actions."""
    firing = coalescing.acting(world, firing)
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
        again = replace(firing, steps=steps, retries=firing.retries + 1)
        _unless_damaged(world, again, lambda: _retry(world, firing, again, event))


def _retry(world: World, failed: Firing, again: Firing, event: Event) -> None:
    """A failed firing goes on, if its rule and its approval stand still; it was asked for before, by somebody else."""
    rules = world.rules.rules
    if failed.rule_id not in rules and failed.rule_id not in rules.damaged:
        why = f"not retried: its rule '{failed.rule_id}' is deleted"
    elif not approved(world, failed):
        why = f"not retried: revision {failed.revision} of its rule is not approved any more"
    else:
        restart(world, again, event)
        return
    steps = {i: replace(step, detail=why) if step.status == FAILED else step for i, step in failed.steps.items()}
    world.put_firing(replace(failed, steps=steps))
