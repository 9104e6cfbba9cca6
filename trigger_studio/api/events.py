"""``/events``: onto the bus, one or many, in our form or as CloudEvents; and what is stored."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, unquote

import orjson

from trigger_studio.api import bodies, examples, paging
from trigger_studio.api.bundles import wanted
from trigger_studio.api.calls import Answer, Call, paged, written
from trigger_studio.api.limits import PAGE
from trigger_studio.api.parameters import AnyId, Cursor, Descending, Filter, Limit, given
from trigger_studio.api.routing import Body, Routes
from trigger_studio.errors import BadInput, Fault
from trigger_studio.model.cloud_events import cloud_event
from trigger_studio.model.event_codec import EventParser, read_events
from trigger_studio.services import bus, cloud_events, pages
from trigger_studio.services.access import Operation
from trigger_studio.services.bus import Given

routes = Routes("events")

CLOUD_EVENT = "application/cloudevents+json"
CLOUD_EVENTS = "application/cloudevents-batch+json"
_CONTEXT = "ce-"


@routes.add(
    "POST", "/events", Operation.EMIT_EVENTS, answers="Accepted", status=202, headers=("Location",),
    body=Body(
        {
            bodies.JSON: "EventOrEvents", bodies.NDJSON: "Text", CLOUD_EVENT: "CloudEvent", CLOUD_EVENTS: "CloudEvents",
        },
        examples.EVENT,
    ),
    example={"accepted": 1, "duplicates": 0},
)  # fmt: skip
def emit_events(call: Call) -> Answer:
    """Put events on the bus, all of them or none.

    One event or a list (application/json), one a line (application/x-ndjson), or CloudEvents 1.0: structured, batch,
    or binary with `ce-` headers. An event that is there already counts as a duplicate; its id with other content is
    refused.
    """
    fresh, returned = _read(call)
    for _, event in (*fresh, *returned):
        call.of(event.project)
    taken = cloud_events.emit(call.session, fresh, returned)
    alone = [event.id for _, event in (*fresh, *returned)]
    headers = {"Location": f"/events/{quote(alone[0], safe='')}"} if len(alone) == 1 else {}
    return written({"accepted": taken.accepted, "duplicates": taken.duplicates}, 202, headers)


def _read(call: Call) -> tuple[list[Given], list[Given]]:
    """The events of a body, and apart from them those that this database sent out itself."""
    if call.kind == CLOUD_EVENTS:
        found = call.json()
        if not isinstance(found, list):
            raise BadInput("a batch is a list of CloudEvents")
        return cloud_events.read(call.session, found, several=True)
    if call.kind == CLOUD_EVENT:
        return cloud_events.read(call.session, [call.json()], several=False)
    if call.kind == bodies.NDJSON:
        stream = read_events(io.BytesIO(call.body), call.session.profile)
        return [(f"line {number}", event) for number, event in stream], []
    if call.header("ce-specversion") is not None or call.header("ce-id") is not None:
        return cloud_events.read(call.session, [_binary(call)], several=False)
    found = call.json()
    if isinstance(found, list):
        return _own(call, found, several=True), []
    return _own(call, [found], several=False), []


def _own(call: Call, found: Sequence[Any], *, several: bool) -> list[Given]:
    parser, faults, events = EventParser(call.session.profile), list[Fault](), list[Given]()
    for place, item in enumerate(found):
        wrong: list[Fault] = []
        where = f"[{place}]" if several else ""
        event = parser.read(item, wrong) if isinstance(item, dict) else None
        if event is not None and not wrong:
            events.append((where, event))
        wrong = wrong or ([] if event is not None else [Fault("", "an event is an object")])
        faults += [Fault(f"{where}.{fault.path}".strip("."), fault.message) for fault in wrong]
        if len(faults) >= bus.MAX_FAULTS:
            break
    if faults:
        raise BadInput(faults[: bus.MAX_FAULTS])
    return events


def _binary(call: Call) -> dict[str, Any]:
    """A CloudEvent in binary mode: its context in headers, its data in the body."""
    headers = call.request.headers.items()
    context = {n.removeprefix(_CONTEXT): unquote(v) for n, v in headers if n.startswith(_CONTEXT)}
    return {**context, "data": call.json() if call.body.strip() else None}


@routes.add(
    "GET", "/events", Operation.LIST_EVENTS, answers={bodies.JSON: "EventPage", CLOUD_EVENTS: "CloudEvents"},
    headers=("Link",), problems=("not-acceptable",), example={"events": [examples.STORED_EVENT]},
)  # fmt: skip
def list_events(
    call: Call,
    *,
    project: Filter = None,
    entity: Filter = None,
    entity_id: Filter = None,
    type: Filter = None,
    chain: Filter = None,
    descending: Descending = False,
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> Answer:
    """List events in the order in which they were stored, in our form or as a batch of CloudEvents."""
    wanted_here = given(project=project, entity=entity, entity_id=entity_id, type=type, chain=chain)
    query = {**wanted_here, **({"descending": True} if descending else {})}
    window = paging.window(query, limit, cursor, (int,), descending=descending)
    page = pages.events(call.session, window, projects=call.projects, **wanted_here)
    if wanted(call, (bodies.JSON, CLOUD_EVENTS)) == bodies.JSON:
        return paged("events", page, query, "/events", limit)
    source = cloud_events.source(call.session)
    _, headers = paging.answer("events", page, query, "/events", limit)
    content = orjson.dumps([cloud_event(event, source) for event in page.items])
    return Answer(content, headers=headers, media_type=CLOUD_EVENTS)


@routes.add(
    "GET", "/events/{id:path}", Operation.GET_EVENT, answers={bodies.JSON: "Event", CLOUD_EVENT: "CloudEvent"},
    problems=("not-found", "not-acceptable"), example=examples.STORED_EVENT,
)  # fmt: skip
def get_event(call: Call, id: AnyId) -> Answer:
    """Read an event, in our form or as a CloudEvent."""
    event = pages.event(call.session, id)
    call.of(event["project"])
    if wanted(call, (bodies.JSON, CLOUD_EVENT)) == bodies.JSON:
        return written(event)
    return Answer(orjson.dumps(cloud_event(event, cloud_events.source(call.session))), media_type=CLOUD_EVENT)
