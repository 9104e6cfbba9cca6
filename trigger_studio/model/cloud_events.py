"""Events as CloudEvents 1.0 have them, in and out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from trigger_studio.errors import Fault, allowed
from trigger_studio.model.event_codec import EventIn, EventParser
from trigger_studio.model.profile import EVENT_TYPES, Profile
from trigger_studio.model.validation_messages import shown

VERSION: Final = "1.0"
OURS: Final = "urn:trigger-studio:"
"""How the source of events begins that come from a database of ours; its installation follows."""
_NEEDED: Final = ("id", "source", "type", "subject")
_APART: Final = ("project", "character", "job_id", "cause")
"""What stands in `data` beside the attributes."""
_PATHS: Final = {"entity_id": "subject", "entity": "type", "occurred_at": "time"}


def read_cloud_event(
    given: Any, profile: Profile, parser: EventParser, faults: list[Fault], *, own_source: str
) -> EventIn | None:
    """The event in a CloudEvent's plain values; None, with faults added, when it is refused.

    Args:
        given: as JSON has it: context attributes, and `data`.
        profile: whose kinds there are.
        parser: of events, under that profile.
        faults: those found, with the CloudEvent's own paths.
        own_source: of the events that this database raised; such an event keeps its id.
    """
    if not isinstance(given, dict):
        faults.append(Fault("", f"found {shown(given)}; a CloudEvent is an object"))
        return None
    wrong = list(_form_faults(given))
    kind, event_type = ("", "") if wrong else _split(given["type"], profile, wrong)
    if wrong:
        faults += wrong
        return None
    data = dict(given.get("data") or {})
    apart = {name: data.pop(name) for name in _APART if name in data}
    event = {
        "id": given["id"] if given["source"] == own_source else identity(given["source"], given["id"]),
        "type": event_type, "entity": kind, "entity_id": given["subject"], "attributes": data, **apart,
        **({"occurred_at": given["time"]} if given.get("time") is not None else {}),
    }  # fmt: skip
    read = parser.read(event, wrong)
    faults += [Fault(_path(fault.path), fault.message) for fault in wrong]
    return read


def identity(source: str, id_: str) -> str:
    """What (source, id) is stored as."""
    return f"{source.replace('%', '%25').replace('#', '%23')}#{id_}"


def _form_faults(given: Mapping[str, Any]) -> list[Fault]:
    faults = []
    if given.get("specversion") != VERSION:
        faults.append(Fault("specversion", f"found {shown(given.get('specversion'))}; {allowed([VERSION])}"))
    for name in _NEEDED:
        value = given.get(name)
        if not isinstance(value, str) or not value:
            faults.append(Fault(name, f"found {shown(value)}; needed: text that is not empty"))
    if given.get("time") is not None and not isinstance(given["time"], str):
        faults.append(Fault("time", f"found {shown(given['time'])}; needed: text"))
    kind = given.get("datacontenttype") or "application/json"
    plain = str(kind).partition(";")[0].strip().lower()
    if plain != "application/json" and not plain.endswith("+json"):
        faults.append(Fault("datacontenttype", f"found {shown(kind)}; allowed: application/json"))
    if given.get("data_base64") is not None:
        faults.append(Fault("data_base64", "data is a JSON object"))
    if given.get("data") is not None and not isinstance(given["data"], dict):
        faults.append(Fault("data", f"found {shown(given['data'])}; needed: an object of attributes"))
    return faults


def _split(text: str, profile: Profile, faults: list[Fault]) -> tuple[str, str]:
    """Kind and event type at the end of a CloudEvent's type; a kind's name may hold a dot."""
    head, _, event_type = text.rpartition(".")
    if event_type not in EVENT_TYPES:
        faults.append(Fault("type", f"found {shown(text)}; its last part: {allowed(EVENT_TYPES, event_type)}"))
    kinds = [kind for kind in profile.kinds if head == kind or head.endswith(f".{kind}")]
    if not kinds:
        last = head.rpartition(".")[2]
        faults.append(Fault("type", f"found {shown(text)}; its last part but one: {allowed(profile.kinds, last)}"))
    return max(kinds, key=len, default=""), event_type


def _path(path: str) -> str:
    """Where a fault of an event stands in the CloudEvent."""
    name, dot, rest = path.partition(".")
    if name == "attributes":
        return f"data{dot}{rest}"
    return f"data.{name}" if name in _APART else _PATHS.get(name, name)


def cloud_event(event: Mapping[str, Any], source: str) -> dict[str, Any]:
    """An event of ours as a CloudEvent.

    Args:
        event: its own keys, as JSON has them.
        source: of this database's events.
    """
    apart = {name: event[name] for name in _APART if event.get(name) is not None}
    return {
        "specversion": VERSION,
        "id": event["id"],
        "source": source,
        "type": f"{event['entity']}.{event['type']}",
        "subject": event["entity_id"],
        **({"time": event["occurred_at"]} if event.get("occurred_at") else {}),
        "datacontenttype": "application/json",
        "data": {**event["attributes"], **apart},
    }
