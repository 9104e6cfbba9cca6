"""Events from outside: taken in whole or not at all, however many they are."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice, repeat

from trigger_studio.engine.intake import Intake, names_more
from trigger_studio.errors import BadInput, Fault, Unavailable
from trigger_studio.frozen import frozen
from trigger_studio.model.event import Event
from trigger_studio.model.event_codec import EventIn
from trigger_studio.services.session import Session
from trigger_studio.storage import events as event_store
from trigger_studio.storage import staging
from trigger_studio.storage.bus import put_events, take_ticks
from trigger_studio.storage.database import Connection
from trigger_studio.storage.earlier import StoredEvents
from trigger_studio.storage.rows import event_row
from trigger_studio.storage.source import SqlSource

MAX_FAULTS = 100
WHOLE = 1_000
"""Events that one transaction stores; of more each part is a short one."""

Given = tuple[str, EventIn]
"""Where an event stands, and the event as its caller gave it."""


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
    """Put events on the bus, in order: one commit makes all of them visible.

    A few are stored in one transaction. Of many no more than a part is held in memory; they are staged first, in short
    writes, so that nobody waits for them (see `storage.staging`).

    Args:
        events: (where it stands, event) pairs; the place is named in faults. What they raise, this raises, and nothing
            was stored.

    Raises:
        BadInput: an id known with other content, a contradicted parent, an unknown cause; nothing was stored.
    """
    staging.tidy(session.database)
    stream = iter(events)
    first = list(islice(stream, WHOLE + 1))
    if len(first) > WHOLE:
        return _emit_many(session, chain(first, stream))
    try:
        return _emit_few(session, first)
    except session.database.driver.IntegrityError:  # somebody stored one of them at this very instant
        return _emit_few(session, first, alone=True)


def _emit_few(session: Session, given: Sequence[Given], *, alone: bool = False) -> Accepted:
    with session.database.write() as connection:
        if alone:
            take_ticks(connection, 0)  # nobody else stores anything from here on
        fresh, duplicates = without_known(connection, given)
        source = _source(connection, session, fresh)
        if fresh:
            first = take_ticks(connection, len(fresh))  # nobody else stores events from here on
            ids = [event.id for _, event in fresh]
            if not alone and staging.waits(connection) and staging.contents(connection, ids):
                raise session.database.driver.IntegrityError  # published at this very instant
            source.look_again()
            stored, lanes = _accept_all(fresh, source, StoredEvents(connection))
            placed = [replace(event, seq=first + place) for place, event in enumerate(stored)]
            hashes = [event.content_hash for _, event in fresh]
            put_events(connection, placed, int, hashes, lanes)
    return Accepted(len(fresh), duplicates)


def _emit_many(session: Session, events: Iterator[Given]) -> Accepted:
    intake = staging.Intake(session.database)
    try:
        known = _stage(session, intake, events)
        late = intake.publish()
    except BaseException:
        with contextlib.suppress(Unavailable):  # what is left behind nobody sees, and the next who stages removes it
            intake.discard()
        raise
    staging.release_all(session.database)
    return Accepted(intake.size - late, known + late)


def _stage(session: Session, intake: staging.Intake, events: Iterator[Given]) -> int:
    """Stage the events that are new, and count the others; after the first fault only faults are looked for."""
    faults: list[Fault] = []
    duplicates = 0
    while len(faults) < MAX_FAULTS and (part := list(islice(events, staging.PART))):
        try:
            with session.database.read() as connection:
                fresh, known = without_known(connection, part, intake.id)
                source = _source(connection, session, fresh)
                stored, lanes = _accept_all(fresh, source, StoredEvents(connection, intake.id))
        except BadInput as error:
            faults += error.faults
            continue
        duplicates += known
        if not faults:
            hashes = [event.content_hash for _, event in fresh]
            intake.put(list(map(event_row, stored, repeat(int), hashes)), lanes)
    if faults:
        raise BadInput(faults[:MAX_FAULTS])
    return duplicates


def _lane(event: Event, source: SqlSource) -> str:
    """Where an event is decided: a job's end with the firing that waits for it, whatever project the sender names."""
    job = source.job(event.entity_id) if event.entity == "job" else None
    return event.lane if job is None else job.project or ""


def without_known(connection: Connection, given: Sequence[Given], intake: int = 0) -> tuple[list[Given], int]:
    """The events that are new, and how many are not; the same id with other content is refused.

    Args:
        intake: what was staged before them, and belongs to the same input.
    """
    known = event_store.content_hashes(connection, [event.id for _, event in given])
    if intake or staging.waits(connection):
        known |= staging.contents(connection, [event.id for _, event in given], intake)
    fresh, faults, duplicates = [], [], 0
    for place, event in given:
        earlier = known.get(event.id)
        if earlier is None:
            known[event.id] = event.content_hash
            fresh.append((place, event))
        elif earlier == event.content_hash:
            duplicates += 1
        else:
            faults.append(staging.known_otherwise(place, event.id))
    if faults:
        raise BadInput(faults[:MAX_FAULTS])
    return fresh, duplicates


def _source(connection: Connection, session: Session, fresh: Sequence[Given]) -> SqlSource:
    """With what taking these events in asks for."""
    source = SqlSource(connection, session.profile_in(connection), session.revision)
    source.prefetch_intake([event for _, event in fresh])
    return source


def _accept_all(fresh: Sequence[Given], source: SqlSource, history: StoredEvents) -> tuple[list[Event], list[str]]:
    """The events as they are to be stored, and where each is decided."""
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
    return stored, [_lane(event, source) for event in stored]


def _at(place: str, fault: Fault) -> Fault:
    return Fault(f"{place}: {fault.path}" if fault.path else place, fault.message)
