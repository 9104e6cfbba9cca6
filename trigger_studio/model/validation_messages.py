"""Pydantic's refusals in our words: paths, what was found, what is allowed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce
from itertools import islice
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, Tag, ValidationError
from pydantic_core import ErrorDetails

from trigger_studio.errors import Fault, Message, allowed, found
from trigger_studio.model.documents import at
from trigger_studio.model.i18n import N_

_NEEDS: dict[str, Message] = {
    "string_type": Message("text"),
    "string_too_short": Message("text that is not empty"),
    "int_type": Message("a whole number"),
    "int_from_float": Message("a whole number"),
    "float_type": Message("a number"),
    "bool_type": Message("true or false"),
    "model_type": Message("a mapping"),
    "dict_type": Message("a mapping"),
    "tuple_type": Message("a list"),
    "too_short": Message("a list of at least one"),
}
_BOUNDS = {"greater_than_equal": ("ge", N_("at least {0}")), "less_than_equal": ("le", N_("at most {0}"))}
_ID_FORM = Message("lower-case letters, digits and hyphens, a letter or digit first, at most 64")


def shown(value: Any) -> str:
    """An offending value as its document writes it, however large or deep it is."""
    if isinstance(value, dict | list | tuple):
        text = _outline(value, 3)
        return text if len(text) <= 60 else text[:57] + "…"
    words = {None: "null", True: "true", False: "false"}
    return words[value] if value is None or isinstance(value, bool) else found(value)


def _outline(value: Any, levels: int) -> str:
    """The beginning of a value, as deep as `levels`."""
    if isinstance(value, dict):
        inner = (f"{found(key)}: {_outline(item, levels - 1)}" for key, item in islice(value.items(), 20))
        return "{" + (", ".join(inner) if levels else "…") + "}"
    if isinstance(value, list | tuple):
        return "[" + (", ".join(_outline(item, levels - 1) for item in islice(value, 20)) if levels else "…") + "]"
    return shown(value)


def keys_of(model: type[BaseModel]) -> list[str]:
    """The keys a document may give for a model."""
    return [info.alias or name for name, info in model.model_fields.items()]


def unknown_key(key: str, keys: list[str]) -> str:
    """The message for a key that does not exist."""
    return Message("unknown key; {0}", allowed(keys, key))


def faults_of(error: ValidationError, model: type[BaseModel], path: str) -> list[Fault]:
    """One fault for each thing that pydantic refuses; alternatives of one place become one fault."""
    faults: list[Fault] = []
    choices: dict[str, tuple[Any, list[str]]] = {}
    for detail in error.errors(include_url=False):
        if detail["type"] == "too_short" and detail["input"]:
            continue  # only because its items were refused, each with its own fault
        place, annotation, owner, alternative = _walk(model, detail["loc"], path)
        if alternative and (need := _need(detail, annotation)):
            choices.setdefault(place, (detail["input"], []))[1].append(need)
        else:
            faults.append(Fault(place, _message(detail, annotation, owner)))
    for place, (value, needs) in choices.items():
        if not any(fault.path.startswith(f"{place}[") for fault in faults):
            wanted = [need for need in needs if need != _NEEDS["int_type"] or _NEEDS["float_type"] not in needs]
            faults.append(Fault(place, _needed(value, _either(wanted))))
    return faults


def _walk(model: type[BaseModel], loc: tuple[str | int, ...], path: str) -> tuple[str, Any, type[BaseModel], bool]:
    """Follow a location through the model: path, annotation and owner of the place, whether it is one of alternatives.

    Pydantic puts the names of a union's members between the keys; they are no part of the document.
    """
    annotation: Any = model
    owner, alternative = model, False
    for item in loc:
        bare = _bare(annotation)
        if get_origin(bare) in (Union, UnionType):
            annotation, tagged = _member(bare, item)
            alternative = not tagged
            continue
        if item == "[key]":  # of a mapping; the path names it already
            continue
        path, alternative = at(path, item), False
        if isinstance(bare, type) and issubclass(bare, BaseModel):
            owner, annotation = bare, _field(bare, item)
        else:
            annotation = (get_args(bare) or (None,))[-1 if get_origin(bare) is dict else 0]
    return path, _bare(annotation), owner, alternative


def _bare(annotation: Any) -> Any:
    """The annotation without what is only about it: metadata, and null among the allowed."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
        elif get_origin(annotation) in (Union, UnionType) and NoneType in get_args(annotation):
            rest = [member for member in get_args(annotation) if member is not NoneType]
            annotation = rest[0] if len(rest) == 1 else Union[tuple(rest)]  # noqa: UP007 - made at run time
        else:
            return annotation


def _member(union: Any, label: str | int) -> tuple[Any, bool]:
    """The member of a union that pydantic's label names, and whether the label is one of our tags."""
    for member in get_args(union):
        if any(isinstance(item, Tag) and item.tag == label for item in get_args(member)):
            return member, True
    kind = str(label).partition("[")[0]
    for member in get_args(union):
        bare = _bare(member)
        name = "literal" if get_origin(bare) is Literal else getattr(get_origin(bare) or bare, "__name__", "")
        if name == kind:
            return member, False
    return None, False


def _field(model: type[BaseModel], key: str | int) -> Any:
    for name, info in model.model_fields.items():
        if key in (info.alias, name):
            return info.annotation
    return None


def _need(detail: ErrorDetails, annotation: Any) -> str | None:
    if detail["type"] == "literal_error":
        return _either(map(shown, get_args(annotation)))
    return _NEEDS.get(detail["type"])


def _either(needs: Iterable[str]) -> str:
    return reduce(lambda whole, need: Message("{0} or {1}", whole, need), needs)


def _message(detail: ErrorDetails, annotation: Any, owner: type[BaseModel]) -> str:
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    special: dict[str, Callable[[], str]] = {
        "missing": lambda: _choices(Message("is needed and missing"), annotation, None),
        "extra_forbidden": lambda: unknown_key(str(detail["loc"][-1]), keys_of(owner)),
        "literal_error": lambda: _choices(Message("found {0}", shown(value)), annotation, value),
        "string_pattern_mismatch": lambda: _needed(value, _ID_FORM),
        "string_too_long": lambda: _needed(value, Message("at most {0} characters", context["max_length"])),
        "value_error": lambda: context["error"].args[0],  # a text of ours, to be told in any language
    }
    if kind in special:
        return special[kind]()
    if kind in _BOUNDS:
        key, pattern = _BOUNDS[kind]
        return _needed(value, Message(pattern, f"{context[key]:g}"))
    need = _NEEDS.get(kind)
    if need is None:
        return Message("found {0}; {1}", shown(value), detail["msg"])
    quotes = kind.startswith("string") and isinstance(value, int | float)
    return _needed(value, Message("{0}; put quotes around it", need) if quotes else need)


def _needed(value: Any, need: str) -> Message:
    return Message("found {0}; needed: {1}", shown(value), need)


def _choices(told: Message, annotation: Any, wrong: Any) -> Message:
    if get_origin(annotation) is not Literal:
        return told
    names = [item if isinstance(item, str) else shown(item) for item in get_args(annotation)]
    return Message("{0}; {1}", told, allowed(names, wrong))
