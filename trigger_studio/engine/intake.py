"""How an event from outside is taken in: filled, placed in its chain, refused where it contradicts what is known."""

from __future__ import annotations

from trigger_studio.decide.fill import contradictions, fill_event
from trigger_studio.engine.ports import Source
from trigger_studio.errors import BadInput, Fault, said
from trigger_studio.model.event import Event

RESERVED = "ts:"
"""Ids that start so belong to events that the engine raises."""


def accept(event: Event, source: Source) -> Event:
    """The event as it is to be stored, with parents, attributes, depth and chain.

    An event caused by a job or firing of ours has its depth and chain. Without both, the depth is that of the entity's
    deepest job still open, else 0 (contract, section 2).

    Raises:
        BadInput: a reserved id, an unknown cause, or parents that contradict the known entity.
    """
    known = source.entity(event.key)
    faults = contradictions(event, known)
    if event.id.startswith(RESERVED):
        faults.append(
            Fault("id", said("'{0}' is taken: ids that start with '{1}' are the engine's own", event.id, RESERVED))
        )
    firing = source.firing(event.cause) if event.cause else None
    if event.cause and firing is None:
        faults.append(Fault("cause", said("there is no firing '{0}'", event.cause)))
    if faults:
        raise BadInput(faults)
    job = source.job(event.job_id) if event.job_id else None
    if job is not None:
        return fill_event(event, known, depth=job.depth, chain=job.chain, caused_by=job.firing)
    if firing is not None:
        return fill_event(event, known, depth=firing.depth, chain=firing.chain, caused_by=firing.id)
    return fill_event(event, known, depth=source.open_depth(event.key), chain=event.id)
