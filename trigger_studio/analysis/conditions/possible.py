"""What is known about an event before it happens, and whether a filter can still hold: three-valued, erring to "maybe".

Facts are what a rule guarantees about the events it causes: for a field, the values it can have. A field that is not
among the facts may be anything, or missing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from trigger_studio.decide.predicate import compile_test
from trigger_studio.errors import BadInput
from trigger_studio.model.profile import EVENT_TYPES, JOB_TYPE, Attribute, Profile
from trigger_studio.model.rule import Condition, Group, Rule, Test, When

PROJECT = "@project"
CHARACTER = "@character"
"""Pseudo fields beside the attributes; no attribute of a profile can be filtered on under these names in a scope."""

Values = tuple[Any, ...]
Facts = dict[str, Values]

_SAME = re.compile(r"\{\{\s*event\.(\w+)\s*\}\}\Z")
_EVENT_KEYS = {
    "id",
    "type",
    "entity",
    "entity_id",
    "project",
    "character",
    "attributes",
    "occurred_at",
    "job_id",
    "cause",
}


def outcomes(test: Test, facts: Mapping[str, Values], profile: Profile) -> tuple[bool, bool]:
    """Whether the test may be true, and whether it may be false, given the facts."""
    if isinstance(test, Condition):
        values = facts.get(test.field)
        seen = _verdicts(test, values, profile) if values is not None else []
        return not seen or True in seen, not seen or False in seen
    kind = test.kind
    inner = [outcomes(item, facts, profile) for item in test.items]
    if kind == "all":
        return all(yes for yes, _ in inner), any(no for _, no in inner)
    some, none = any(yes for yes, _ in inner), all(no for _, no in inner)
    return (some, none) if kind == "any" else (none, some)


def may_start(rule: Rule, needs: Facts, facts: Facts, profile: Profile) -> bool:
    """Whether an event with these facts can pass the rule's project, scope and filters; its kind is not looked at."""
    for field, values in needs.items():
        known = facts.get(field)
        if known is not None and not any(value in values for value in known):
            return False
    return rule.when.where is None or outcomes(rule.when.where, facts, profile)[0]


def required(project: str | None, when: When, profile: Profile, narrowed: Facts | None = None) -> Facts:
    """The fields an event must have one of these values in, or the rule cannot fire; the facts of what it causes.

    `narrowed`: what its filter demands, where that is known already.
    """
    facts: Facts = {}
    if project is not None:
        facts[PROJECT] = (project,)
    if isinstance(when.scope.characters, tuple):
        facts[CHARACTER] = when.scope.characters
    if when.where is not None:
        facts.update(demanded(when.where, profile) if narrowed is None else narrowed)
    return facts


def demanded(test: Test, profile: Profile) -> Facts:
    """The attributes that must have one of these values, or the test cannot hold."""
    facts: Facts = {}
    _narrow(test, facts, profile)
    return facts


def _narrow(test: Test, facts: Facts, profile: Profile) -> None:
    if isinstance(test, Group):
        if test.kind == "all" or (test.kind == "any" and len(test.items) == 1):
            for item in test.items:
                _narrow(item, facts, profile)
        return
    attribute = profile.fields.get(test.field)
    if attribute is None:
        return
    candidates = facts.get(test.field) or _candidates(test, attribute)
    verdicts = _verdicts(test, candidates, profile)
    left = tuple(value for value, holds in zip(candidates, verdicts, strict=False) if holds)
    if left:
        facts[test.field] = left
    else:
        facts.pop(test.field, None)


def _verdicts(condition: Condition, values: Values, profile: Profile) -> list[bool]:
    """What the engine's own comparison says of each value; empty if the condition cannot be compared at all.

    A list is among facts as a tuple, to be looked up.
    """
    try:
        holds = compile_test(condition, profile, "").holds
        return [holds({condition.field: list(value) if isinstance(value, tuple) else value}) for value in values]
    except (BadInput, TypeError, ValueError, LookupError, AttributeError):
        return []


def _candidates(condition: Condition, attribute: Attribute) -> Values:
    if attribute.values:
        return attribute.values
    value = condition.value
    values: Values = ()
    if condition.op == "eq":
        values = (value,)
    elif condition.op == "in" and isinstance(value, list | tuple):
        values = tuple(value)
    return tuple(item for item in values if attribute.type != "list" and attribute.admits(item))


def job_facts(cause: Facts, params: Mapping[str, Any], job: tuple[str, str, str], profile: Profile) -> Facts:
    """Facts of an event that a job raises: the causing event's, overlaid by the job's own parameters.

    Args:
        cause: what is known of the event that started the job.
        params: the job's parameters, templates not yet filled.
        job: the job's type, the kind of the raised event and the kind of the causing one.
        profile: declares the attributes.
    """
    job_type, kind, causing_kind = job
    facts = dict(cause)
    for name, value in params.items():
        same = _SAME.match(value) if isinstance(value, str) else None
        if same and same[1] == name and name not in _EVENT_KEYS:
            continue  # hands the event's own value on, or leaves it as it is when that is missing
        if _literal(value) and name in profile.fields and profile.fields[name].admits(value):
            facts[name] = (tuple(value) if isinstance(value, list) else value,)
        else:
            facts.pop(name, None)
    facts[JOB_TYPE] = (job_type,)
    if kind != "job" and f"{kind}_id" in params:  # the entity named may have other parents, and those win
        facts.pop(PROJECT, None)
        facts.pop(CHARACTER, None)
    for parent, field in (("project", PROJECT), ("character", CHARACTER)):
        if kind == parent and causing_kind != parent:
            facts.pop(field, None)
    return facts


def _literal(value: Any) -> bool:
    if isinstance(value, list):
        return all(map(_literal, value))
    return "{{" not in value if isinstance(value, str) else isinstance(value, bool | int | float)


def raised_status(status: str) -> str | None:
    """The event type that setting this status puts on the bus, if any."""
    return status if status in EVENT_TYPES else None
