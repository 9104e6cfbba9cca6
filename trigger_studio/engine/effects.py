"""Goes on with a firing: each effect that `advance` says is due is applied to the world before the next."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from trigger_studio.decide.advance import Context, Effect, OpenGate, Send, Set, Submit, advance
from trigger_studio.decide.costs import replaced
from trigger_studio.decide.fill import emitted, named
from trigger_studio.engine import coalescing
from trigger_studio.engine.clock import timestamp
from trigger_studio.engine.ports import Gate
from trigger_studio.engine.world import World
from trigger_studio.model.delivery import Delivery
from trigger_studio.model.duration import seconds
from trigger_studio.model.event import Attributes, EntityKey, Event, Job
from trigger_studio.model.firing import FAILED, Firing
from trigger_studio.model.profile import EVENT_TYPES
from trigger_studio.model.template import ROOTS, Lookup, own_or_attribute


def go_on(world: World, firing: Firing, event: Event) -> None:
    """Run a firing as far as it goes; one that acts for a batch takes the others with it."""
    event = coalescing.common(world, firing, event)
    context = Context(
        attributes=event.attributes,
        names=partial(_Lookups, world, firing, event),
        halted=partial(world.halted, firing.project, firing.rule_id, firing.chain),
    )
    compiled = world.compiled(firing)
    program, rates = compiled.program, compiled.rates if firing.rates is None else firing.rates
    walk = advance(program, firing.steps, context)
    ref: str | None = None
    try:
        while True:
            ref = _apply(world, firing, event, walk.send(ref))
    except StopIteration as stop:
        stands = replace(firing, steps=stop.value.steps, status=stop.value.status, stalled=stop.value.stalled)
        stands = world.ledger.change(stands, replaced(program, rates, firing.steps, stands.steps))
        world.put_firing(stands)
        coalescing.follow(world, stands)
        if stands.status == FAILED and firing.status != FAILED:
            world.fail(stands)


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
            own = {name: getattr(firing, name) for name in ("id", "revision", "event_id", "cause", "chain", "depth")}
            own |= {"rule": firing.rule_id, "at": timestamp(firing.at)}
            return {**own, **coalescing.names(world, firing, event)}, {}
        rule = world.compiled(firing).rule
        return {name: getattr(rule, name, firing.revision) for name in ROOTS["rule"] or ()}, {}


def _apply(world: World, firing: Firing, event: Event, effect: Effect) -> str | None:
    """Apply one effect to the world; the id of what it made."""
    place = f"{firing.id[1:]}-{effect.index}"
    ref = place + (f"r{firing.retries}" if firing.retries else "")
    match effect:
        case Submit():
            return _submit(world, firing, event, effect, f"job-{ref}")
        case Send(index, kind, request, attempts, backoff_s):
            made = f"dlv-{world.source.installation()}-{place}"  # retried by hand, it is still the same delivery
            world.changes.asked.append(
                Delivery(made, firing.id, index, event.lane, kind, request, attempts, backoff_s, firing.chain)
            )
            return made
        case OpenGate(index, approvers, message, timeout):
            due_at = world.after(seconds(timeout)) if timeout else None
            world.changes.asked.append(
                Gate(f"gate-{ref}", firing.id, index, event.lane, approvers, message, due_at, world.now(), world.tick())
            )
            return f"gate-{ref}"
        case Set(_, status):
            for number, about in enumerate(coalescing.events(world, firing, event).values()):
                id = coalescing.numbered(f"ts:{ref}:{event.entity}.{status}", number)
                _set_status(world, firing, about, status, id)
            return None


def _submit(world: World, firing: Firing, event: Event, effect: Submit, job_id: str) -> str:
    params = {**effect.params, **coalescing.params(world, firing, event)}
    world.add_job(
        Job(
            id=job_id,
            job_type=effect.job_type,
            firing=firing.id,
            action=effect.index if effect.waits else None,
            event_id=event.id,
            project=event.project,
            character=event.character,
            params=params,
            depth=firing.depth,
            chain=firing.chain,
            submitted_at=world.now(),
            due_at=world.after(world.profile.job_types[effect.job_type].duration_s),
            seq=world.tick(),
            about=_about(world, firing, event, effect),
        )
    )
    return job_id


def _about(world: World, firing: Firing, event: Event, effect: Submit) -> tuple[EntityKey, ...]:
    """Whom a job is about: while it is open, events about them from outside have its depth (promises.md).

    The entity of the event that led to it, all of a batch, and every entity that a parameter `<kind>_id` names.
    """
    kinds = [name[:-3] for name in effect.params if name.endswith("_id") and name[:-3] in world.profile.kinds]
    others = [(kind, entity_id) for kind in kinds if (entity_id := named(kind, effect.params))]
    taken = [(event.entity, entity_id) for entity_id in coalescing.events(world, firing, event)]
    return tuple(dict.fromkeys([event.key, *taken, *others]))


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
