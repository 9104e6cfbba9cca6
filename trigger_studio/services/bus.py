"""Events from outside: taken in whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import sqlalchemy as sa

from trigger_studio.engine.intake import Intake, names_more
from trigger_studio.errors import BadInput, Fault, said
from trigger_studio.frozen import frozen
from trigger_studio.model.event import Event
from trigger_studio.model.wire import EventIn
from trigger_studio.services.session import Session
from trigger_studio.storage import bulk
from trigger_studio.storage.bus import put_events, take_ticks
from trigger_studio.storage.earlier import StoredEvents
from trigger_studio.storage.source import SqlSource

MAX_FAULTS = 100


@frozen
class Accepted:
    """How many events were stored, and how many were stored before."""

    accepted: int
    duplicates: int


def raised(event: EventIn) -> Event:
    """An event as its caller gave it, not filled yet."""
    return Event(
        event.id, event.type, event.entity, event.entity_id, event.project, event.character, event.attributes,
        event.occurred_at, event.job_id, event.cause,
    )  # fmt: skip


def emit(session: Session, events: Iterable[tuple[str, EventIn]]) -> Accepted:
    """Put events on the bus, in order, in one transaction.

    Args:
        events: (where it stands, event) pairs; the place is named in faults.

    Raises:
        BadInput: an id known with other content, a contradicted parent, an unknown cause; nothing was stored.
    """
    given = list(events)
    try:
        return _emit(session, given)
    except session.database.driver.IntegrityError:  # somebody stored one of them at this very instant
        return _emit(session, given, alone=True)


def _emit(session: Session, given: Sequence[tuple[str, EventIn]], *, alone: bool = False) -> Accepted:
    with session.database.write() as connection:
        if alone:
            take_ticks(connection, 0)  # nobody else stores anything from here on
        fresh, duplicates = without_known(connection, given)
        source = SqlSource(connection, session.rules(connection).profile, session.cache.revision)
        source.prefetch_intake([event for _, event in fresh])
        if fresh:
            first = take_ticks(connection, len(fresh))
            stored = _accept_all(fresh, source, connection)
            placed = [replace(event, seq=first + place) for place, event in enumerate(stored)]
            hashes = [event.content_hash for _, event in fresh]
            put_events(connection, placed, int, hashes, [_lane(event, source) for event in placed])
    return Accepted(len(fresh), duplicates)


def _lane(event: Event, source: SqlSource) -> str:
    """Where an event is decided: a job's end with the firing that waits for it, whatever project the sender names."""
    job = source.job(event.entity_id) if event.entity == "job" else None
    return event.lane if job is None else job.project or ""


def without_known(
    connection: sa.Connection, given: Sequence[tuple[str, EventIn]]
) -> tuple[list[tuple[str, EventIn]], int]:
    """The events that are new, and how many are not; the same id with other content is refused."""
    sql = (
        "SELECT t.id, t.content_hash FROM {keys} JOIN events t ON t.id = k.a0 UNION ALL"
        " SELECT t.id, t.content_hash FROM {keys} JOIN archive t ON t.kind = 'events' AND t.id = k.a0"
    )
    found = bulk.fetch_keys(connection, sql, [[event.id] for _, event in given])
    known: dict[str, str] = dict(found)
    fresh, faults, duplicates = [], [], 0
    for place, event in given:
        earlier = known.get(event.id)
        if earlier is None:
            known[event.id] = event.content_hash
            fresh.append((place, event))
        elif earlier == event.content_hash:
            duplicates += 1
        else:
            faults.append(_at(place, Fault("id", said("'{0}' is known with other content; give another id", event.id))))
    if faults:
        raise BadInput(faults[:MAX_FAULTS])
    return fresh, duplicates


def _accept_all(fresh: Sequence[tuple[str, EventIn]], source: SqlSource, connection: sa.Connection) -> list[Event]:
    """The events as they are to be stored; whoever asks holds the bus clock, so that nobody stores others meanwhile."""
    source.look_again()
    history = StoredEvents(connection)
    events = [(place, raised(event)) for place, event in fresh]
    history.prefetch({event.key for _, event in events if names_more(event, source.entity(event.key))})
    intake = Intake(source, history)
    stored, faults = [], []
    for place, event in events:
        try:
            stored.append(intake.accept(event))
        except BadInput as error:
            faults += [_at(place, fault) for fault in error.faults]
    if faults:
        raise BadInput(faults[:MAX_FAULTS])
    return stored


def _at(place: str, fault: Fault) -> Fault:
    return Fault(f"{place}: {fault.path}" if fault.path else place, fault.message)
