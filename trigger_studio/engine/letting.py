"""How held firings go on: when somebody resumes them, and by themselves when the limits have room (contract, 8.10)."""

from __future__ import annotations

import heapq
from dataclasses import replace

from trigger_studio.decide.costs import cost
from trigger_studio.engine import batches, together
from trigger_studio.engine.effects import go_on
from trigger_studio.engine.waiting import Place
from trigger_studio.engine.world import World
from trigger_studio.model.event import Event
from trigger_studio.model.firing import BUDGET, HELD, RUNNING, Firing, Queue, place_of


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
        fitting: list[tuple[Place, Queue]] = []
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


def _line_up(world: World, queue: Queue, fitting: list[tuple[Place, Queue]]) -> None:
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
    """A held firing is checked again in everything but its conditions, and starts if nothing keeps it from that."""
    event = world.event(firing.event_id)
    assert event is not None
    rule = world.rules.rules.get(firing.rule_id)
    if firing.retries and rule is not None and rule.rule.enabled:
        restart(world, firing, event)
        return
    checked = batches.checked_again(world, firing, event)
    if checked.status == RUNNING:
        started = batches.count(world, replace(checked, started_at=world.now()))
        batches.start(world, started, event)
    else:
        world.put_firing(checked)


def restart(world: World, firing: Firing, event: Event) -> None:
    """A retried firing goes on with what is left of it, which counts again, or is held until there is room."""
    taking = cost(world.compiled(firing).program, world.profile, firing.steps)
    capped = world.ledger.over_ceiling(taking, firing.chain, firing.project)
    if capped or world.ledger.over_limit(taking, firing.rule_id, firing.project):
        held = replace(firing, status=HELD, reason=BUDGET, capped=capped)
        world.put_firing(held)
        together.follow(world, held)
        return
    again = replace(firing, status=RUNNING, reason=None, capped=False)
    go_on(world, world.ledger.take(again, taking), event)
