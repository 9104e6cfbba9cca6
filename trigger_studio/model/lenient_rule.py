"""A rule for drawing, made of a document that may be unfinished: what is there is kept, what is missing stands in."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from trigger_studio.model.rule import Action, Branch, Condition, JobAction, Parallel, Rule, Sequence, Test, When

UNKNOWN: Final = "…"
"""Stands where a word is missing."""

_MISSING: Final[dict[str, dict[str, Any]]] = {
    "submit_job": {"job_type": UNKNOWN},
    "send_notification": {"channel": UNKNOWN, "to": [UNKNOWN], "message": ""},
    "call_webhook": {"url": UNKNOWN, "method": "POST"},
    "set_status": {"status": UNKNOWN},
    "gate": {"approvers": UNKNOWN},
}


@cache
def _action_door() -> TypeAdapter[Action]:
    return TypeAdapter(Action)


@cache
def _test_door() -> TypeAdapter[Test]:
    return TypeAdapter(Test)


def sketch(content: dict[str, Any]) -> Rule | None:
    """The document as a rule to be looked at, never to be run; None where not even its event can be told."""
    try:
        return Rule.model_validate(content)
    except ValidationError:
        pass
    when = _when(content.get("when"))
    if when is None:
        return None
    name, project = content.get("name"), content.get("project")
    return Rule.model_construct(
        id=str(content.get("id")),
        name=name if isinstance(name, str) else "",
        enabled=content.get("enabled") is not False,
        project=project if isinstance(project, str) and project else None,
        when=when,
        mode="parallel" if content.get("mode") == "parallel" else "sequential",
        actions=_actions(content.get("actions")),
    )


def _when(data: Any) -> When | None:
    """The event with as much of its conditions as can be read."""
    for left_out in ((), ("every",), ("where",), ("every", "where"), ("every", "where", "scope")):
        try:
            return When.model_validate({key: value for key, value in dict(data or {}).items() if key not in left_out})
        except (ValidationError, TypeError, ValueError):
            continue
    return None


def _actions(data: Any) -> tuple[Action, ...]:
    return tuple(_action(item) for item in (data if isinstance(data, list) else ()))


def _action(data: Any) -> Action:
    try:
        return _action_door().validate_python(data)
    except ValidationError:
        pass
    given = data if isinstance(data, dict) else {}
    kind = given.get("type")
    if kind == "branch":
        then, other = _actions(given.get("then")), _actions(given.get("else"))
        return Branch.model_construct(type="branch", if_=_test(given.get("if")), then=then, else_=other)
    if kind == "parallel":
        return Parallel.model_construct(type="parallel", actions=_actions(given.get("actions")))
    if kind == "sequence":
        return Sequence.model_construct(type="sequence", actions=_actions(given.get("actions")))
    return _leaf(given, str(kind or UNKNOWN))


def _leaf(given: dict[str, Any], kind: str) -> Action:
    """The action with its bad values left out, and stand-ins for those it must have."""
    good = {"type": kind, **_MISSING.get(kind, {})}
    for key, value in given.items():
        try:
            _action_door().validate_python({**good, key: value})
        except ValidationError:
            continue
        good[key] = value
    try:
        return _action_door().validate_python(good)
    except ValidationError:
        return JobAction(type=kind)


def _test(data: Any) -> Test:
    try:
        return _test_door().validate_python(data)
    except ValidationError:
        return Condition(field=UNKNOWN, op="is_set")
