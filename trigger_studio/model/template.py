"""Templates: ``{{ event.resolution_tier }}`` in the values of an action (formats.md).

A template names one value and runs no code. Values compile once and fill often.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import orjson

from trigger_studio.errors import BadInput, Fault, Message, allowed, found
from trigger_studio.model.documents import at

Lookup = Callable[[str], Any]
Names = Mapping[str, Lookup]
"""For each root (event, rule, firing, entity) what gives the value of a name; None is missing."""
Compiled = Callable[[Names], Any]

ROOTS: dict[str, tuple[str, ...] | None] = {
    "event": None,
    "rule": ("id", "name", "description", "enabled", "project", "priority", "mode", "max_depth", "revision"),
    "firing": (
        "id",
        "at",
        "rule",
        "revision",
        "event_id",
        "cause",
        "chain",
        "depth",
        "count",
        "entity_ids",
        "event_ids",
    ),
    "entity": None,
}
"""The roots and their names; None where any name is allowed, since attributes are open."""


class _Missing:
    """What a template without a value fills to."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING = _Missing()

_TEMPLATE = re.compile(r"\{\{\s*([\w-]+(?:\.[\w-]+)+)\s*\}\}")
_OPENING = "{{"
_EXAMPLE = "{{ event.entity_id }}"


def own_or_attribute(own: Mapping[str, Any], attributes: Mapping[str, Any]) -> Lookup:
    """The lookup of an event or entity: its own key, else its attribute, where the own key is null as well."""

    def lookup(name: str) -> Any:
        value = own.get(name)
        return attributes.get(name) if value is None else value

    return lookup


def has_template(value: Any) -> bool:
    """Whether a text holds the opening of a template."""
    return isinstance(value, str) and _OPENING in value


def check_templates(value: Any, path: str) -> list[Fault]:
    """Every malformed template in a value, at any depth, and every template in a key."""
    if isinstance(value, str):
        return _text_faults(value, path) if _OPENING in value else []
    faults: list[Fault] = []
    if isinstance(value, Mapping):
        for key, item in value.items():
            if has_template(key):
                faults.append(
                    Fault(path, Message("the key {0}: a key is literal, templates go into values", found(key)))
                )
            faults += check_templates(item, at(path, key))
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            faults += check_templates(item, at(path, index))
    return faults


def compile_value(value: Any) -> Compiled:
    """What fills the templates in a value, at any depth; a value without any is returned as it is.

    Raises:
        BadInput: a template is malformed.
    """
    if faults := check_templates(value, ""):
        raise BadInput(faults)
    return _compile(value)


def fill(compiled: Compiled, names: Names) -> Any:
    """The value with its templates filled, or `MISSING` if it is one template whose name has no value."""
    return compiled(names)


def _compile(value: Any) -> Compiled:
    if isinstance(value, str):
        return _compile_text(value) if _OPENING in value else _constant(value)
    if not _holds_template(value):
        return _constant(value)
    if isinstance(value, Mapping):
        entries = [(key, _compile(item)) for key, item in value.items()]
        return lambda names: {key: filled for key, item in entries if (filled := item(names)) is not MISSING}
    items = [_compile(item) for item in value]
    return lambda names: [filled for item in items if (filled := item(names)) is not MISSING]


def _constant(value: Any) -> Compiled:
    return lambda names: value


def _holds_template(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(map(_holds_template, value.values()))
    return any(map(_holds_template, value)) if isinstance(value, list | tuple) else has_template(value)


def _compile_text(text: str) -> Compiled:
    if whole := _TEMPLATE.fullmatch(text):
        return _compile_name(whole[1])
    pieces = _TEMPLATE.split(text)  # literal, name, literal, name, …, literal
    parts = [_compile_name(piece) if index % 2 else piece for index, piece in enumerate(pieces)]
    return lambda names: "".join([part if isinstance(part, str) else as_text(part(names)) for part in parts])


def _compile_name(dotted: str) -> Compiled:
    root, first, *rest = dotted.split(".")

    def value(names: Names) -> Any:
        got = names[root](first)
        for name in rest:
            got = got.get(name) if isinstance(got, Mapping) else None
        return MISSING if got is None else got

    return value


def as_text(value: Any) -> str:
    """A filled value inside a text: text as it is, nothing for what is missing, else JSON."""
    if isinstance(value, str):
        return value
    return "" if value is MISSING else orjson.dumps(value).decode()


def _text_faults(text: str, path: str) -> list[Fault]:
    faults, start = [], text.find(_OPENING)
    while start >= 0:
        match = _TEMPLATE.match(text, start)
        end = text.find("}}", start)
        if match:
            message, following = _name_fault(match[1]), match.end()
        elif end < 0:
            message, following = f"found {found(text[start:])}; the template is not closed by }}}}", len(text)
        else:
            inner, following = text[start : end + 2], end + 2
            message = Message(
                "found {0}; a template names one value, like {1}, and runs no code", found(inner), _EXAMPLE
            )
        if message:
            faults.append(Fault(path, message))
        start = text.find(_OPENING, following)
    return faults


def _name_fault(dotted: str) -> str:
    root, first, *rest = dotted.split(".")
    if root not in ROOTS:
        return f"a template cannot read {root!r}; {allowed(ROOTS, root)}"
    names = ROOTS[root]
    if names is not None and first not in names:
        return f"{root} has no {first!r}; {allowed(names, first)}"
    return f"{root}.{first} has no parts, found {dotted!r}" if names is not None and rest else ""
