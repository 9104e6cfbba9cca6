"""How held firings go on: when somebody resumes them, and by themselves when the limits have room (promises.md)."""

from __future__ import annotations

import heapq
from dataclasses import replace

from trigger_studio.decide.budget import Cost
from trigger_studio.decide.costs import cost
from trigger_studio.engine import batches, coalescing
from trigger_studio.engine.effects import go_on
from trigger_studio.engine.waiting import OrdinalOf
from trigger_studio.engine.world import World
from trigger_studio.model.event import Event
from trigger_studio.model.firing import BUDGET, HELD, REFUSED, RUNNING, Firing, Queue, place_of


def let_go(world: World, most: float = float("inf")) -> int:
    """Let held firings go that the limits have room for, oldest first; none is kept by one that must wait.

    Args:
        most: for a transaction that others wait for. Where more could go, what comes next must not be decided yet:
            the rest goes first, in the next transaction.

    Returns:
        How many went; `most` of them if others may be left.
    """
    went = 0
    while went < most and world.ledger.eased():
        fitting: list[tuple[OrdinalOf, Queue]] = []
        for queue in world.waiting.queues():
            _line_up(world, queue, fitting)
        while fitting and went < most:
            _, queue = heapq.heappop(fitting)
            if (firing := _fits(world, queue)) is not None:
                release(world, firing)
                went += 1
                if world.ledger.eased():  # it takes less than was counted: look anew, from the oldest on
                    fitting.clear()
                    for other in world.waiting.queues():
                        _line_up(world, other, fitting)
                else:
                    _line_up(world, queue, fitting)
        if went >= most:
            world.ledger.ease()
    return went


def _line_up(world: World, queue: Queue, fitting: list[tuple[OrdinalOf, Queue]]) -> None:
    firing = _fits(world, queue)
    if firing is not None:
        heapq.heappush(fitting, (place_of(firing), queue))


def _fits(world: World, queue: Queue) -> Firing | None:
    """The first of a queue, if the limits have room for it."""
    taking = world.waiting.cost(queue)
    if taking is None or world.ledger.over_limit(taking, queue.rule_id, queue.project):
        return None
    return world.waiting.first(queue)


def release(world: World, firing: Firing) -> None:
    """A held firing is checked again in everything but its conditions, and goes if nothing keeps it from that."""
    event = world.event(firing.event_id)
    assert event is not None
    checked = checked_again(world, firing, event)
    if checked.status == RUNNING and not checked.retries:
        batches.start(world, batches.count(world, replace(checked, started_at=world.now())), event)
    else:
        _go_on(world, checked, event)


def checked_again(world: World, firing: Firing, event: Event) -> Firing:
    """A held firing, ready to go, or with what keeps it from that.

    One that a person had go on after a failure rests on the revision that fired, on its approval and its rule.
    """
    if not firing.retries:
        return batches.checked_again(world, firing, event)
    if firing.rule_id in world.rules.rules.damaged:
        return firing  # what is held waits for its repair
    rule = world.rules.rules.get(firing.rule_id)
    if rule is None or not rule.rule.enabled:
        return batches.discarded(world, firing)
    if world.halted(firing.project, firing.rule_id, firing.chain):
        return replace(firing, reason="halt", capped=False)
    if not approved(world, firing):
        world.changes.discarded.add(firing.id)
        return replace(firing, status=REFUSED, reason="approval", capped=False)
    return _within_budget(world, firing)


def approved(world: World, firing: Firing) -> bool:
    """Whether the approval stands that the revision which fired needs, if it needs one."""
    compiled = world.compiled(firing)
    return compiled.digest is None or world.approved(firing.rule_id, compiled.digest)


def cost_of(world: World, firing: Firing) -> Cost:
    """What a firing costs that is about to go: all of it, or, after a retry, what is left of it."""
    compiled = world.compiled(firing)
    return cost(compiled.program, compiled.rates, firing.steps) if firing.retries else compiled.cost


def restart(world: World, firing: Firing, event: Event) -> None:
    """A retried firing goes on with what is left of it, which counts again, or is held until there is room."""
    _go_on(world, _within_budget(world, firing), event)


def _within_budget(world: World, firing: Firing) -> Firing:
    taking = cost_of(world, firing)
    capped = world.ledger.over_ceiling(taking, firing.chain, firing.project)
    if capped or world.ledger.over_limit(taking, firing.rule_id, firing.project):
        return replace(firing, status=HELD, reason=BUDGET, capped=capped)
    return replace(firing, status=RUNNING, reason=None, capped=False)


def _go_on(world: World, checked: Firing, event: Event) -> None:
    """Let a retried firing go on; one that is kept from it, or from starting, is written as it stands."""
    if checked.status == RUNNING:
        go_on(world, world.ledger.take(checked, cost_of(world, checked), world.compiled(checked).rates), event)
    else:
        world.put_firing(checked)
        coalescing.follow(world, checked)
