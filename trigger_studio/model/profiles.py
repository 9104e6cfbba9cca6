"""Pipeline profiles in and out (formats.md)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from trigger_studio import resources
from trigger_studio.errors import BadInput, Fault, Message, allowed
from trigger_studio.model.documents import at, enough, in_order, in_source, plain_faults, read_document
from trigger_studio.model.profile import BUILT_IN_ACTIONS, EVENT_TYPES, Profile
from trigger_studio.model.validation_messages import faults_of, shown

_NEEDED_KINDS = ("project", "character", "job")


def load_profile(path: Path | None = None) -> Profile:
    """The profile in a file, YAML or JSON; the default one without a path.

    Raises:
        BadInput: with every fault, each path beginning with the file's name.
    """
    file = path or resources.path("pipeline.yaml")
    data = read_document(file, str(file))
    try:
        return parse_profile(data)
    except BadInput as error:
        raise BadInput(in_source(str(file), error.faults)) from None


def parse_profile(data: Any) -> Profile:
    """The profile of a document.

    Raises:
        BadInput: with every fault of the profile.
    """
    if faults := plain_faults(data):
        raise BadInput(faults)
    faults = list(_cross_faults(data)) if isinstance(data, dict) else []
    try:
        profile = Profile.model_validate(data)
    except ValidationError as error:
        formal = faults_of(error, Profile, "")
        # The model tells of its parts together (path "") only the first fault; here are all of them, each at its place.
        faults += [fault for fault in formal if fault.path or not faults]
    if faults:
        faults = in_order(faults, data, "")
        enough(faults)
        raise BadInput(faults)
    return profile


def profile_document(profile: Profile) -> dict[str, Any]:
    """The document of a profile, every default spelled out but an attribute's absent domain."""
    raw = profile.model_dump(mode="json")
    for attribute in raw["attributes"].values():
        for key in [key for key, value in attribute.items() if value in (None, [])]:
            del attribute[key]
    return raw


def _cross_faults(data: dict[str, Any]) -> Iterator[Fault]:
    """Names that must go together; whatever has the wrong form is passed over."""
    kinds, jobs = _texts(data.get("kinds")), _mapping(data.get("job_types"))
    for kind in _NEEDED_KINDS:
        if kinds and kind not in kinds:
            yield Fault("kinds", Message("{0} is needed and missing", repr(kind)))
    for index, kind in enumerate(kinds):
        if kind in kinds[:index]:
            yield Fault(at("kinds", index), Message("the kind {0} is listed twice", shown(kind)))
    for name, job in jobs.items():
        for index, kind in enumerate(_texts(_mapping(job).get("emits"))):
            if kinds and kind not in kinds:
                yield Fault(at(f"{at('job_types', name)}.emits", index), _unknown(Message("kind"), kind, kinds))
    yield from _alias_faults(_mapping(data.get("actions")), jobs)
    for index, item in enumerate(_texts(data.get("human"))):
        kind, _, event = item.rpartition(".")
        if kinds and kind not in kinds:
            yield Fault(at("human", index), _unknown(Message("kind"), kind or item, kinds))
        elif event not in EVENT_TYPES:
            yield Fault(at("human", index), _unknown(Message("event type"), event, EVENT_TYPES))
    yield from _domain_faults(_mapping(data.get("attributes")))


def _alias_faults(actions: dict[str, Any], jobs: dict[str, Any]) -> Iterator[Fault]:
    for name, job_type in actions.items():
        if name in BUILT_IN_ACTIONS:
            yield Fault(at("actions", name), Message("{0} is an action of every profile; take another name", name))
        if isinstance(job_type, str) and job_type not in jobs:
            yield Fault(at("actions", name), _unknown(Message("job type"), job_type, jobs))


def _domain_faults(attributes: dict[str, Any]) -> Iterator[Fault]:
    for name, attribute in attributes.items():
        low, high = _mapping(attribute).get("min"), _mapping(attribute).get("max")
        if isinstance(low, int | float) and isinstance(high, int | float) and low > high:
            yield Fault(at("attributes", name), Message("min {0} is above max {1}", low, high))


def _unknown(what: str, name: str, names: Any) -> str:
    return Message("unknown {0} {1}; {2}", what, shown(name), allowed(names, name))


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _texts(value: Any) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list | tuple) else []
