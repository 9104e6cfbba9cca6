"""CloudEvents on the bus: taken in beside events of our own form, and given out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from trigger_studio.errors import BadInput, Fault
from trigger_studio.model.cloud_events import OURS, read_cloud_event
from trigger_studio.model.documents import in_source
from trigger_studio.model.event_codec import EventParser
from trigger_studio.services import bus
from trigger_studio.services.bus import Accepted, Given
from trigger_studio.services.session import Session
from trigger_studio.storage import pages
from trigger_studio.storage.source import SqlSource


def source(session: Session) -> str:
    """Of the events that this database raised."""
    with session.database.read() as connection:
        made = SqlSource(connection, session.profile_in(connection), session.revision).installation()
    return f"{OURS}{made}"


def read(session: Session, given: Sequence[Any], *, several: bool) -> tuple[list[Given], list[Given]]:
    """The events in CloudEvents' plain values, and apart from them those that this database sent out itself.

    Raises:
        BadInput: with every fault, each path beginning with the place if there may be several.
    """
    own, profile = source(session), session.profile
    parser, faults = EventParser(profile), list[Fault]()
    fresh: list[Given] = []
    returned: list[Given] = []
    for place, item in enumerate(given):
        wrong: list[Fault] = []
        where = f"[{place}]" if several else ""
        event = read_cloud_event(item, profile, parser, wrong, own_source=own)
        if event is not None and not wrong:
            came_back = item["source"] == own
            (returned if came_back else fresh).append((where, event))
        faults += in_source(where, wrong)
        if len(faults) >= bus.MAX_FAULTS:
            break
    if faults:
        raise BadInput(faults)
    return fresh, returned


def emit(session: Session, fresh: Sequence[Given], returned: Sequence[Given]) -> Accepted:
    """Put events on the bus; those of ours that come back are known already.

    Raises:
        BadInput: one of ours is not known, and what `services.bus.emit` raises; nothing was stored.
    """
    unknown = []
    if returned:
        with session.database.read() as connection:
            unknown = [(where, event) for where, event in returned if pages.event(connection, event.id) is None]
    if unknown:
        raise BadInput(
            [Fault(_at(where), f"found '{event.id}', which this database never raised") for where, event in unknown]
        )
    taken = bus.emit(session, fresh)
    return Accepted(taken.accepted, taken.duplicates + len(returned))


def _at(where: str) -> str:
    return f"{where}.id" if where else "id"
