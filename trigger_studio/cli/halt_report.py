"""What a halt stopped, and what a resume would start, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from trigger_studio.model.counting import count

if TYPE_CHECKING:
    from trigger_studio.services.halt_impact import Aftermath, Counts, Preview
    from trigger_studio.services.session import Session


def stopped(found: Aftermath) -> Iterator[str]:
    """What stands within the halt's scope."""
    for counts, said in (
        (found.held, "held: {0}, until 'resume' replays or discards them"),
        (found.stalled, "stopped before the next action: {0}, which goes on with 'resume'"),
        (found.gathering, "waiting for a batch: {0}, held when it would act"),
    ):
        if counts:
            yield f"  {said.format(count(sum(counts.values()), 'firing'))}"
            yield from _each(counts)
    if found.events:
        yield f"  still to be decided: {count(found.events, 'event')}; what would fire is held"
    if found.jobs:
        yield f"  goes on: {count(sum(found.jobs.values()), 'open job')}"
        yield from _each(found.jobs)
    if found.deliveries:
        yield f"  still sent: {found.deliveries} of the webhooks and messages handed over before"
    if not any((found.held, found.stalled, found.gathering, found.events, found.jobs, found.deliveries)):
        yield "  nothing was under way there"


def foreseen(found: Preview) -> Iterator[str]:
    """What a resume would do; nothing was changed."""
    if found.starts:
        cost = f"at most {count(found.jobs, 'job')}, {count(found.gpu_hours, 'GPU-hour')}, and what follows from them"
        yield f"Would start: {count(sum(found.starts.values()), 'firing')}: {cost}"
        yield from _each(found.starts)
    for counts, said in ((found.stays, "Would stay held"), (found.refused, "Would be refused")):
        for reason, number in counts.items():
            yield f"{said}: {count(number, 'firing')} ({reason})"
    if found.continues:
        yield f"Would go on: {count(sum(found.continues.values()), 'firing')} that had started"
        yield from _each(found.continues)
    if not any((found.starts, found.stays, found.refused, found.continues)):
        yield "Nothing is held there."


def documents(session: Session) -> list[dict[str, Any]]:
    """The standing halts, as the commands answer with JSON."""
    from trigger_studio.services import controls
    from trigger_studio.services import documents as written

    return list(map(written.halt, controls.halts(session)))


def _each(counts: Counts) -> Iterator[str]:
    width = max(map(len, counts), default=0)
    for name, number in counts.items():
        yield f"    {name:{width}}  {number}"
