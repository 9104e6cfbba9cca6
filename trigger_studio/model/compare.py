"""Which comparisons make sense: operators against attribute types, values against domains (formats.md)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from trigger_studio.errors import Fault, Message, allowed
from trigger_studio.model.documents import at
from trigger_studio.model.profile import TYPES, Attribute
from trigger_studio.model.template import has_template
from trigger_studio.model.validation_messages import shown

_ORDER = ("lt", "le", "gt", "ge", "between")
_ALWAYS = ("eq", "ne", "in", "not_in", "is_set", "is_not_set")
_EXTRA: dict[str, tuple[str, ...]] = {
    "number": _ORDER,
    "ordered": _ORDER,
    "text": ("contains", "starts_with"),
    "list": ("contains",),
    "choice": (),
    "boolean": (),
}


def operators(attribute: Attribute) -> tuple[str, ...]:
    """The operators that an attribute of this type takes."""
    return (*_ALWAYS[:4], *_EXTRA[attribute.type], *_ALWAYS[4:])


def comparison_faults(attribute: Attribute, name: str, op: Any, value: Any, path: str) -> list[Fault]:
    """What is wrong with comparing an attribute by an operator with a value; an unknown operator is left to the model.

    `name` is the attribute's, `path` the condition's.
    """
    if not isinstance(op, str) or op not in _CHECKS:
        return []
    if op not in operators(attribute):
        message = Message(
            "{0} does not go with {1}, which is {2}; {3}", op, name, attribute.domain(), allowed(operators(attribute))
        )
        return [Fault(at(path, "op"), message)]
    return _CHECKS[op](attribute, name, op, value, at(path, "value"))


def _none(attribute: Attribute, name: str, op: str, value: Any, path: str) -> list[Fault]:
    return [] if value is None else [Fault(path, Message("found {0}; {1} takes no value", shown(value), op))]


def _one(attribute: Attribute, name: str, op: str, value: Any, path: str) -> list[Fault]:
    if value is None:
        return [Fault(path, Message("{0} needs a value: {1}", op, attribute.domain()))]
    if has_template(value):
        return [
            Fault(path, Message("found {0}; a condition's value is literal, templates go into actions", shown(value)))
        ]
    if _fits(attribute, op, value):
        return []
    return [Fault(path, Message("found {0}; {1} is {2}", shown(value), name, _domain(attribute, op, value)))]


def _fits(attribute: Attribute, op: str, value: Any) -> bool:
    """Whether the value can be compared; only an equal value must be inside a number's domain."""
    if attribute.type == "number" and op in _ORDER:
        return type(value) in (int, float)
    return attribute.admits(value)


def _domain(attribute: Attribute, op: str, value: Any) -> str:
    if attribute.values:
        return Message("{0}; {1}", TYPES[attribute.type], allowed(attribute.values, value))
    return Message("a number") if attribute.type == "number" and op in _ORDER else attribute.domain()


def _part(attribute: Attribute, name: str, op: str, value: Any, path: str) -> list[Fault]:
    """A piece of the text, or one element of the list, for contains and starts_with."""
    if isinstance(value, str) and not has_template(value):
        return []
    return _one(Attribute(type="text"), name, op, value, path)


def _several(attribute: Attribute, name: str, op: str, value: Any, path: str) -> list[Fault]:
    if not isinstance(value, list | tuple) or not value:
        return [
            Fault(
                path,
                Message("found {0}; {1} needs a list of at least one value: {2}", shown(value), op, attribute.domain()),
            )
        ]
    return [fault for index, item in enumerate(value) for fault in _one(attribute, name, op, item, at(path, index))]


def _between(attribute: Attribute, name: str, op: str, value: Any, path: str) -> list[Fault]:
    if not isinstance(value, list | tuple) or len(value) != 2:
        return [Fault(path, Message("found {0}; between needs [low, high]", shown(value)))]
    if faults := _several(attribute, name, op, value, path):
        return faults
    low, high = (attribute.ranks[item] for item in value) if attribute.values else value
    return [Fault(path, Message("found {0}; the low end comes first", shown(value)))] if low > high else []


_CHECKS: dict[str, Callable[[Attribute, str, str, Any, str], list[Fault]]] = {
    "eq": _one,
    "ne": _one,
    "in": _several,
    "not_in": _several,
    **dict.fromkeys(_ORDER, _one),
    "between": _between,
    "contains": _part,
    "starts_with": _part,
    "is_set": _none,
    "is_not_set": _none,
}
