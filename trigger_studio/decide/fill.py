"""How an event becomes whole: parents and missing attributes from the known entity (promises.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from trigger_studio.errors import Fault, Message
from trigger_studio.model.event import MAX_ID, Entity, Event, Job
from trigger_studio.model.profile import PARENT_KINDS, Profile


def fill_event(event: Event, known: Entity | None, **placed: Any) -> Event:
    """`event` with its parents and missing attributes filled from its known entity; own parents given stay.

    Args:
        placed: other fields that it gets, such as its chain.
    """
    attributes = {name: value for name, value in event.attributes.items() if value is not None}
    if known is not None:
        attributes = {**known.attributes, **attributes}
    parents: dict[str, Any] = {
        kind: event.entity_id
        if event.entity == kind
        else getattr(event, kind) or (getattr(known, kind) if known else None)
        for kind in PARENT_KINDS
    }
    return replace(event, attributes=attributes, **parents, **placed)


def contradictions(event: Event, known: Entity | None, named: Mapping[str, str | None]) -> list[Fault]:
    """Parents that the event names and that differ from the known entity's; a null contradicts nothing.

    Args:
        named: by kind, the parents that earlier events named, for what the entity itself lacks.
    """
    faults = []
    for kind in PARENT_KINDS:
        given = getattr(event, kind)
        own = (known.parent(kind) if known else None) or named.get(kind)
        own = event.entity_id if event.entity == kind else own
        if given and own and given != own:
            known_as = Message("the known {0} '{1}', whose {2} is '{3}'", event.entity, event.entity_id, kind, own)
            faults.append(Fault(kind, Message("'{0}' contradicts {1}", given, known_as)))
    return faults


def emitted(
    cause: Event, *, id: str, type: str, entity: str, entity_id: str, overlay: dict[str, Any], known: Entity | None,
    profile: Profile, occurred_at: str, seq: int, depth: int, chain: str, caused_by: str, job_id: str | None = None,
) -> Event:  # fmt: skip
    """An event that a firing or a job of ours raises: it inherits from its cause; a known entity's own parents win."""
    own = known.attributes if known else {}
    return Event(
        id=id,
        type=type,
        entity=entity,
        entity_id=entity_id,
        project=entity_id if entity == "project" else (known.project if known else None) or cause.project,
        character=entity_id if entity == "character" else (known.character if known else None) or cause.character,
        attributes={**own, **cause.attributes, **profile.clean(overlay)},
        occurred_at=occurred_at,
        job_id=job_id,
        cause=caused_by,
        seq=seq,
        depth=depth,
        chain=chain,
        caused_by=caused_by,
    )


def emitted_entity_id(kind: str, job: Job, cause: Event) -> str:
    """Whom a job's event is about: itself, the `<kind>_id` parameter, the causing entity of that kind, or itself."""
    if kind == "job":
        return job.id
    return named(kind, job.params) or (cause.entity_id if cause.entity == kind else job.id)


def named(kind: str, params: dict[str, Any]) -> str | None:
    """The entity of a kind that a job's parameters name: by text that is not empty and can be an id."""
    given = params.get(f"{kind}_id")
    return given if isinstance(given, str) and 0 < len(given) <= MAX_ID else None
