"""What a firing that acts for a batch reads and does for all of it; for any other firing everything is as without.

The firing that acts is the one whose id the batch has; the others of the batch name it, and stand as it stands.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from trigger_studio.decide.fill import emitted_entity_id, named
from trigger_studio.engine.world import World
from trigger_studio.model.event import Attributes, Event, Job
from trigger_studio.model.firing import Firing
from trigger_studio.model.same import same

ENTITY_IDS = "entity_ids"
"""The parameter of a batch's jobs that names every entity of it."""


def acting(world: World, firing: Firing) -> Firing:
    """The firing whose actions these are: its own, or those of the one that acts for its batch."""
    if firing.batch is None or firing.batch == firing.id:
        return firing
    return world.firing(firing.batch) or firing


def follow(world: World, acting: Firing) -> None:
    """The others of a batch stand as the one that acts for it."""
    if acting.batch == acting.id:
        for firing in world.gathered(acting.id):
            if firing.id != acting.id and firing.status != acting.status:
                world.put_firing(replace(firing, status=acting.status, reason=acting.reason))


def common(world: World, firing: Firing, event: Event) -> Event:
    """The event as a batch's actions read it: with those attributes on which all its events agree."""
    if firing.batch != firing.id:
        return event
    others = [other for member in world.gathered(firing.id) if (other := world.event(member.event_id))]
    attributes = {
        name: value
        for name, value in event.attributes.items()
        if all(same(other.attributes.get(name), value) for other in others)
    }
    agreed = all(other.character == event.character for other in others)
    return replace(event, attributes=attributes, character=event.character if agreed else None)


def events(world: World, firing: Firing, event: Event) -> dict[str, Event]:
    """The latest event about each entity of the batch, by the entity's id, in the order in which they came."""
    if firing.batch != firing.id:
        return {event.entity_id: event}
    found = [known for member in world.gathered(firing.id) if (known := world.event(member.event_id))]
    return {known.entity_id: known for known in found}


def names(world: World, firing: Firing, event: Event) -> dict[str, Any]:
    """What templates read of a firing beside its own keys: all that were taken together."""
    if firing.batch != firing.id:
        return {"count": 1, "entity_ids": [event.entity_id], "event_ids": [event.id]}
    members = world.gathered(firing.id)
    return {
        "count": len(members),
        "entity_ids": list(events(world, firing, event)),
        "event_ids": [member.event_id for member in members],
    }


def params(world: World, firing: Firing, event: Event) -> Attributes:
    """What a batch's job is told beside its own parameters."""
    return {ENTITY_IDS: list(events(world, firing, event))} if firing.batch == firing.id else {}


def emitted_about(world: World, kind: str, job: Job, cause: Event) -> dict[str, Event]:
    """Whom a job's event of a kind is about, and the event each inherits from.

    Of a batch's job the `job` event is about the job alone, and an event of the batch's own kind about each entity of
    the batch, from the latest event about it; every other inherits what all events of the batch agree on.
    """
    entity_id = emitted_entity_id(kind, job, cause)
    firing = world.firing(job.firing) if ENTITY_IDS in job.params else None
    if firing is None or firing.batch != firing.id:
        return {entity_id: cause}
    own = events(world, firing, cause) if kind == cause.entity and kind != "job" else {}
    if own and not named(kind, job.params):
        return own
    return {entity_id: own.get(entity_id) or common(world, firing, cause)}


def numbered(event_id: str, number: int) -> str:
    """The id of the first event of its kind, and of those that one action raises beside it."""
    return f"{event_id}:{number + 1}" if number else event_id
