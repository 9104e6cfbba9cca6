"""How an event from outside is taken in: filled, placed in its chain, refused where it contradicts what is known."""

from __future__ import annotations

from trigger_studio.decide.fill import contradictions, fill_event
from trigger_studio.engine.ports import Earlier, History, Source
from trigger_studio.errors import BadInput, Fault, Message
from trigger_studio.model.event import RESERVED, Entity, EntityKey, Event
from trigger_studio.model.profile import PARENT_KINDS


def made_by(event: Event) -> Entity:
    """An unknown entity as an event about it makes it: a draft, whose status anybody may have written since."""
    return Entity(event.entity, event.entity_id, "", "draft", event.project, event.character, event.attributes)


def names_more(event: Event, known: Entity | None) -> bool:
    """Whether it matters what earlier events say: nobody knows the entity, or not the parents that this one names."""
    return known is None or any(getattr(event, of) and not known.parent(of) for of in PARENT_KINDS)


class Intake:
    """Takes events in, one after another; each knows those before it, whether or not they have been decided.

    Args:
        source: with what `prefetch_intake` reads.
        history: the events stored so far.
    """

    def __init__(self, source: Source, history: History) -> None:
        self._source = source
        self._history = history
        self._here: dict[EntityKey, Earlier] = {}

    def accept(self, event: Event) -> Event:
        """The event as it is to be stored, with parents, attributes, depth and chain.

        An event caused by a job or firing of ours has its depth and chain. Without both, the depth is that of the
        entity's deepest job still open, else 0 (promises.md).

        Raises:
            BadInput: a reserved id, an unknown cause, or parents that contradict the known entity or earlier events.
        """
        source = self._source
        known = source.entity(event.key)
        named: dict[str, str | None] = {}
        if matters := names_more(event, known):
            earlier = self._here.get(event.key) or self._history.earlier(event.key)
            if earlier is not None:
                known, named = known or made_by(earlier.first), dict(earlier.parents)
        faults = contradictions(event, known, named)
        if event.id.startswith(RESERVED):
            faults.append(
                Fault(
                    "id", Message("'{0}' is taken: ids that start with '{1}' are the engine's own", event.id, RESERVED)
                )
            )
        firing = source.firing(event.cause) if event.cause else None
        if event.cause and firing is None:
            faults.append(Fault("cause", Message("there is no firing '{0}'", event.cause)))
        if faults:
            raise BadInput(faults)
        job = source.job(event.job_id) if event.job_id else None
        if job is not None:
            stored = fill_event(event, known, depth=job.depth, chain=job.chain, caused_by=job.firing)
        elif firing is not None:
            stored = fill_event(event, known, depth=firing.depth, chain=firing.chain, caused_by=firing.id)
        else:
            stored = fill_event(event, known, depth=source.open_depth(event.key), chain=event.id)
        if matters:
            first = earlier.first if earlier is not None else stored
            parents = {of: named.get(of) or getattr(stored, of) for of in PARENT_KINDS}
            self._here[event.key] = Earlier(first, parents)
        return stored
