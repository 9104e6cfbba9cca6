"""What can be picked for a part of the sentence, and the document that a pick makes. Without Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from trigger_studio.analysis.conditions.missing import ALWAYS_CLEAR, tolerated, with_missing
from trigger_studio.analysis.wording import words
from trigger_studio.analysis.wording.sentence import Part
from trigger_studio.analysis.wording.vocabulary import TESTS
from trigger_studio.model.check import APPROVERS
from trigger_studio.model.compare import operators
from trigger_studio.model.counting import count
from trigger_studio.model.i18n import N_, tr
from trigger_studio.model.profile import EVENT_TYPES, PARENT_KINDS, Attribute, Profile
from trigger_studio.model.rule import GROUPS, OPERATORS
from trigger_studio.studio.form.action_kinds import fresh_actions, type_words
from trigger_studio.studio.form.entity_stats import Census, Choice
from trigger_studio.studio.paths import Content, Path, path_of, value_at, with_item, with_value

ANYTHING = Attribute(type="text")
GROUP_WORDS = {"all": N_("all of these hold"), "any": N_("any of these holds"), "none": N_("none of these holds")}
HAPPENS = {"completed": N_("is completed"), "approved": N_("is approved"), "failed": N_("fails")}
MISSING_WORDS = {False: N_("it does not match"), True: N_("it matches")}

OPERATOR_WORDS = {**TESTS, "in": N_("is one of"), "not_in": N_("is none of")}
RANKED_WORDS = {"lt": N_("is below"), "gt": N_("is above")}


def operator_words(attribute: Attribute, op: str) -> str:
    """An operator as a person picks it for such an attribute."""
    return tr(RANKED_WORDS.get(op, OPERATOR_WORDS[op]) if attribute.type == "ordered" else OPERATOR_WORDS[op])


def field_choices(profile: Profile) -> list[Choice]:
    """What can be asked about."""
    return [Choice(name, words.plain(name)) for name in profile.fields]


def operator_choices(profile: Profile, name: str) -> list[Choice]:
    """How such an attribute can be compared."""
    attribute = profile.fields.get(name)
    known = operators(attribute) if attribute is not None else OPERATORS
    return [Choice(op, operator_words(attribute or ANYTHING, op)) for op in known]


def job_choices(profile: Profile) -> list[Choice]:
    """The jobs there are, with what they cost."""
    return [
        Choice(
            name,
            words.plain(name),
            tr("{0}, needs approval", count(job.gpu_hours, "GPU-hour")) if job.cost == "generation" else "",
        )
        for name, job in profile.job_types.items()
    ]


def plain_choices(part: Part, content: Content, profile: Profile, census: Census) -> Sequence[Choice] | None:
    """The choices for a part that is one of several; None for a part that needs an editor."""
    path = path_of(part.path)
    fixed: dict[str, Callable[[], list[Choice]]] = {
        "event": lambda: [Choice(item, tr(HAPPENS[item])) for item in EVENT_TYPES],
        "kind": census.kinds,
        "project": lambda: [Choice(None, tr("every project")), *census.entities("project")],
        "group": lambda: [Choice(item, tr(GROUP_WORDS[item])) for item in GROUPS],
        "field": lambda: field_choices(profile),
        "condition": lambda: field_choices(profile),
        "op": lambda: operator_choices(profile, str(value_at(content, (*path[:-1], "field")))),
        "missing": lambda: [Choice(item, tr(said)) for item, said in MISSING_WORDS.items()],
        "of": lambda: [Choice(kind, tr("the same {0}", kind)) for kind in PARENT_KINDS],
        "status": census.statuses,
        "job_type": lambda: job_choices(profile),
        "type": lambda: [Choice(name, words.plain(name)) for name in profile.actions],
        "approvers": lambda: [Choice(item, words.plain(item)) for item in APPROVERS],
        "actions": lambda: [Choice(name, type_words(name)) for name in fresh_actions(profile)],
    }
    return fixed[part.kind]() if part.kind in fixed else None


def current(part: Part, content: Content) -> Any:
    """What is picked now."""
    value = value_at(content, path_of(part.path))
    if part.kind == "group":
        return next((name for name in GROUPS if isinstance(value, dict) and name in value), None)
    return tolerated(value) is not None if part.kind == "missing" else value


def picked(part: Part, value: Any, content: Content, profile: Profile) -> Content:
    """The document with that picked, and nothing else changed but what cannot stand beside it."""
    path = path_of(part.path)
    test = value_at(content, path[:-1])
    if part.kind == "field":
        return put_condition(content, path[:-1], with_field(test, value, profile))
    if part.kind == "op":
        return put_condition(content, path[:-1], with_operator(test, value, profile))
    if part.kind == "group":
        return with_group(content, path, value)
    if part.kind == "missing":
        return put_missing(content, path, value)
    if part.kind == "condition":
        return with_value(content, path, {"all": [begun(profile, value)]})  # type: ignore[no-any-return]
    if part.kind == "actions":
        count = len(value_at(content, path) or ())
        return with_item(content, (*path, count), fresh_actions(profile)[value])  # type: ignore[no-any-return]
    if part.kind == "project":
        return {**content, "project": value}
    return with_value(content, path, value)  # type: ignore[no-any-return]


def with_group(content: Content, path: Path, kind: str) -> Content:
    """The conditions there combined otherwise; a condition alone becomes a group."""
    test = value_at(content, path)
    inside = next((test[name] for name in GROUPS if name in test), None)
    return with_value(content, path, {kind: [test] if inside is None else inside})  # type: ignore[no-any-return]


def put_missing(content: Content, path: Path, holds: bool) -> Content:
    """The condition there, holding or not when its attribute is not known."""
    test = value_at(content, path)
    return with_value(content, path, with_missing(tolerated(test) or test, holds))  # type: ignore[no-any-return]


def put_condition(content: Content, path: Path, condition: Content) -> Content:
    """The document with another condition there; what holds when its attribute is not known goes along."""
    pair = path[:-2]
    if path[-2:] != ("any", 0) or tolerated(value_at(content, pair)) is None:
        return with_value(content, path, condition)  # type: ignore[no-any-return]
    holds = condition.get("op") not in ALWAYS_CLEAR
    return with_value(content, pair, with_missing(condition, holds))  # type: ignore[no-any-return]


def with_field(test: Any, name: str, profile: Profile) -> Content:
    """The condition on another attribute; its operator and value stay where they fit."""
    attribute = profile.fields.get(name, ANYTHING)
    op = test.get("op") if test.get("op") in operators(attribute) else "eq"
    return _tidy({"field": name, "op": op, "value": fresh_value(attribute, op, test.get("value"))})


def with_operator(test: Any, op: str, profile: Profile) -> Content:
    """The condition compared otherwise; its value stays where it fits."""
    attribute = profile.fields.get(str(test.get("field")), ANYTHING)
    return _tidy({**test, "op": op, "value": fresh_value(attribute, op, test.get("value"))})


def begun(profile: Profile, name: str = "") -> Content:
    """A condition to begin with, on an attribute or on the first of the profile."""
    name = name or next(iter(profile.attributes), "job_type")
    attribute = profile.fields.get(name, ANYTHING)
    op = "ge" if attribute.type == "ordered" else "eq"
    return {"field": name, "op": op, "value": fresh_value(attribute, op)}


def _tidy(condition: Content) -> Content:
    return {key: value for key, value in condition.items() if value is not None}


def fresh_value(attribute: Attribute, op: str, old: Any = None) -> Any:
    """A value to begin with when the attribute or the operator changed: the old one, if it still fits."""
    if op in ALWAYS_CLEAR:
        return None
    items = list(old) if isinstance(old, list | tuple) else [old]
    first = items[0] if items else None
    if op in ("contains", "starts_with"):
        return first if isinstance(first, str) else ""
    if op in ("in", "not_in"):
        return [item for item in items if item is not None and attribute.admits(item)] or [_first(attribute)]
    if attribute.type == "list" and attribute.admits(old):
        return list(old)
    one = first if first is not None and attribute.admits(first) else _first(attribute)
    if op == "between":
        last = attribute.values[-1] if attribute.values else attribute.max if attribute.max is not None else one
        return [one, last]
    return one


def _first(attribute: Attribute) -> Any:
    if attribute.values:
        return attribute.values[0]
    if attribute.type == "number":
        return attribute.min if attribute.min is not None else 0
    return {"boolean": True, "list": []}.get(attribute.type, "")
