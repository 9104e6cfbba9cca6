"""Pipeline import files: entities in bulk (formats.md)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trigger_studio.errors import BadInput, Fault, Message, found
from trigger_studio.frozen import frozen
from trigger_studio.model.documents import at, enough, plain_faults, scalar_fault
from trigger_studio.model.event import MAX_ID
from trigger_studio.model.profile import PARENT_KINDS, Profile
from trigger_studio.model.validation_messages import shown, unknown_key
from trigger_studio.model.yaml_core import MAX_FAULTS

_IDS = ("id", *PARENT_KINDS)
_KEYS = ["id", "name", "status", "project", "character", "attributes"]


@frozen
class EntityIn:
    """An entity as an import file gives it; what it leaves out is None, and the store keeps or chooses it.

    Attributes:
        attributes: without nulls; values outside a declared domain are kept here and count as missing later.
    """

    kind: str
    id: str
    name: str | None
    status: str | None
    project: str | None
    character: str | None
    attributes: dict[str, Any]


def plural(kind: str) -> str:
    """The key under which a file lists a kind: scenes, deliveries."""
    return f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"


def read_pipeline(data: Any, profile: Profile) -> list[EntityIn]:
    """The entities of an import file, in its order: ``{"projects": […], "scenes": […], …}``.

    A key is a kind of the profile, as it is (``scene``, ``qa``), with an s (``scenes``), or with ies for a last y.

    Raises:
        BadInput: with every fault of the file.
    """
    if faults := plain_faults(data):
        raise BadInput(faults)
    if not isinstance(data, dict):
        raise BadInput(
            Message('found {0}; a pipeline file is a mapping like {{"projects": [], "scenes": []}}', shown(data))
        )
    kinds = {spelling: kind for kind in profile.kinds for spelling in (f"{kind}s", plural(kind), kind)}
    entities: list[EntityIn] = []
    places: dict[tuple[str, str], str] = {}
    for key, items in data.items():
        if len(faults) >= MAX_FAULTS:
            break
        if key not in kinds:
            faults.append(Fault(at("", key), unknown_key(key, [plural(kind) for kind in profile.kinds])))
        elif not isinstance(items, list):
            faults.append(Fault(key, Message("found {0}; needed: {1}", shown(items), Message("a list"))))
        else:
            for index, item in enumerate(items):
                path = at(key, index)
                wrong = list(_faults(item, kinds[key], profile, path))
                wrong = wrong or _used_twice(item, kinds[key], path, places)
                faults += wrong
                if not wrong:
                    entities.append(_entity(item, kinds[key]))
                if len(faults) >= MAX_FAULTS:
                    break
    if faults:
        enough(faults)
        raise BadInput(faults)
    return entities


def _entity(item: dict[str, Any], kind: str) -> EntityIn:
    attributes = {name: value for name, value in (item.get("attributes") or {}).items() if value is not None}
    get = item.get
    return EntityIn(kind, item["id"], get("name"), get("status"), get("project"), get("character"), attributes)


def _faults(item: Any, kind: str, profile: Profile, path: str) -> Iterator[Fault]:
    if not isinstance(item, dict):
        yield Fault(path, Message("found {0}; needed: {1}", shown(item), Message("a mapping with an id")))
        return
    if "id" not in item:
        yield Fault(at(path, "id"), Message("is needed and missing"))
    for key, value in item.items():
        if key not in _KEYS:
            yield Fault(at(path, key), unknown_key(key, _KEYS))
        elif key == "attributes":
            yield from _attribute_faults(value, profile, at(path, key))
        elif value is None and key != "id":
            continue
        elif not isinstance(value, str) or (not value and key != "name"):
            yield Fault(at(path, key), Message("found {0}; needed: {1}", shown(value), Message("text")))
        elif key in _IDS and len(value) > MAX_ID:
            yield Fault(
                at(path, key), Message("found {0} characters; at most {1} are allowed", f"{len(value):,}", MAX_ID)
            )
        elif key == kind and kind in PARENT_KINDS and value != item.get("id"):
            yield Fault(
                at(path, key), Message("found {0}; a {1} is its own {2}: leave it out", shown(value), kind, kind)
            )


def _attribute_faults(attributes: Any, profile: Profile, path: str) -> Iterator[Fault]:
    if attributes is None:
        return
    if not isinstance(attributes, dict):
        yield Fault(path, Message("found {0}; needed: {1}", shown(attributes), Message("a mapping")))
        return
    for name, value in attributes.items():
        if name not in profile.attributes and (message := open_fault(value)):
            yield Fault(at(path, name), message)


def open_fault(value: Any) -> str:
    """What is wrong with the value of an attribute that the profile does not declare; empty when nothing is."""
    if value is None or isinstance(value, str):
        return ""
    if isinstance(value, int | float):
        return scalar_fault(value)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ""
    return Message("found {0}; needed: {1}", shown(value), Message("text, a number, true, false or a list of text"))


def _used_twice(item: dict[str, Any], kind: str, path: str, places: dict[tuple[str, str], str]) -> list[Fault]:
    identity = (kind, item["id"])
    first = places.setdefault(identity, path)
    if first == path:
        return []
    return [Fault(at(path, "id"), Message("the {0} {1} is listed twice; first at {2}", kind, found(item["id"]), first))]
