"""How firings begin: at once, or, where their rule says so, together with others that come close after.

A firing of a rule with `coalesce` starts nothing yet. It joins the batch that gathers for its rule and project, or
opens one. When the batch is full or its time is up, every firing in it is checked again as after a resume; what is
left acts once, by its first firing, for all of them (see docs/coalescing.md).
"""

from __future__ import annotations

from dataclasses import replace

from trigger_studio.decide.guards import Attempt, obstacle, over_ceiling
from trigger_studio.engine.effects import go_on
from trigger_studio.engine.world import World
from trigger_studio.model.duration import seconds
from trigger_studio.model.event import Event
from trigger_studio.model.firing import (
    BUDGET,
    DAMAGED,
    FAILED,
    HELD,
    HOLDING_REASONS,
    REFUSED,
    RUNNING,
    WAITING,
    Firing,
    OpenBatch,
)
from trigger_studio.model.rule import Coalesce


def count(world: World, firing: Firing) -> Firing:
    """Count a firing that is about to start for limits, ceiling and hourly guard; one that gathers counts later."""
    compiled = world.compiled(firing)
    if compiled.rule.coalesce is not None:
        return firing
    world.count_entity(firing)
    return world.ledger.take(firing, compiled.cost, compiled.rates)


def start(world: World, firing: Firing, event: Event) -> None:
    """Begin a firing that nothing keeps from it, and that is counted."""
    together = world.compiled(firing).rule.coalesce
    if together is not None:
        _join(world, firing, together)
    else:
        go_on(world, firing, event)


def _join(world: World, firing: Firing, together: Coalesce) -> None:
    key = (firing.rule_id, firing.project or "")
    batch = world.open_batch(key)
    if batch is None:
        batch = OpenBatch(firing.id, *key, due_at=world.after(seconds(together.within)), seq=world.tick())
    batch = replace(batch, size=batch.size + 1)
    world.put_batch(key, batch)
    world.put_firing(replace(firing, status=WAITING, started_at=None, batch=batch.id))
    if batch.size >= together.max:
        close(world, batch)


def close_called(world: World, first: Firing) -> None:
    """Close the batch that this firing opened, if its time was called; it may have been full before."""
    batch = world.open_batch((first.rule_id, first.project or ""))
    if batch is not None and batch.id == first.id and batch.called:
        close(world, batch)


def close(world: World, batch: OpenBatch) -> None:
    """Check again what has gathered, and let the first of what is left act for all."""
    world.put_batch((batch.rule_id, batch.lane), None)
    left: list[tuple[Firing, Event]] = []
    for firing in world.gathered(batch.id):
        event = world.event(firing.event_id)
        assert event is not None
        checked = replace(checked_again(world, firing, event, free=bool(left)), batch=None)
        world.put_firing(checked)
        if checked.status == RUNNING:
            left.append((checked, event))
    if not left:
        return
    first, event = left[0]
    for firing, _ in left:
        started = replace(firing, batch=first.id, started_at=world.now())
        world.put_firing(started)
        world.count_entity(started)
    acting = replace(first, batch=first.id, started_at=world.now(), depth=max(firing.depth for firing, _ in left))
    compiled = world.compiled(acting)
    go_on(world, world.ledger.take(acting, compiled.cost, compiled.rates), event)


def checked_again(world: World, firing: Firing, event: Event, *, free: bool = False) -> Firing:
    """A firing that has not started, ready to start by its rule as it stands, or with what keeps it from that.

    Args:
        free: another acts for it, so that it costs nothing.
    """
    compiled = world.rules.rules.get(firing.rule_id)
    if firing.rule_id in world.rules.rules.damaged:  # it is not gone: what is held waits for its repair
        if firing.status != HELD:
            return replace(firing, status=FAILED, reason=DAMAGED)
        return replace(firing, reason=DAMAGED) if firing.reason == "halt" else firing
    if compiled is None or not compiled.rule.enabled:
        return discarded(world, firing)
    attempt = Attempt(compiled, world, event, firing.depth, None if free else ())
    reason = obstacle(attempt)
    if reason is None:
        return replace(firing, revision=compiled.revision, status=RUNNING, reason=None, capped=False)
    held = reason in HOLDING_REASONS
    if not held:
        world.changes.discarded.add(firing.id)
    capped = reason == BUDGET and over_ceiling(attempt)
    return replace(firing, status=HELD if held else REFUSED, reason=reason, capped=capped)


def discarded(world: World, firing: Firing) -> Firing:
    """A firing that will never start."""
    world.changes.discarded.add(firing.id)
    return replace(firing, status=REFUSED, reason="discarded", capped=False)
