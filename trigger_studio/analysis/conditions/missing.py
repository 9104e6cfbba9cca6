"""What a condition says of an attribute that is not known.

A condition alone never holds for one (but for `is_not_set`). One that shall hold says so:
``any: [the condition, {field: the same, op: is_not_set}]``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ALWAYS_CLEAR = ("is_set", "is_not_set")
"""Operators that ask just this themselves."""


def tolerated(test: Any) -> dict[str, Any] | None:
    """The condition inside a pair that holds as well when its attribute is not known; None for any other test."""
    items = test.get("any") if isinstance(test, Mapping) and len(test) == 1 else None
    if not isinstance(items, list | tuple) or len(items) != 2:
        return None
    first, second = items
    if not isinstance(first, Mapping) or not isinstance(second, Mapping) or not first.get("field"):
        return None
    unknown = {"field": first["field"], "op": "is_not_set"}
    given = {key: value for key, value in second.items() if value is not None}
    return dict(first) if given == unknown and first.get("op") not in ALWAYS_CLEAR else None


def with_missing(condition: Mapping[str, Any], holds: bool) -> dict[str, Any]:
    """The condition, holding or not when its attribute is not known."""
    if not holds:
        return dict(condition)
    return {"any": [dict(condition), {"field": condition.get("field"), "op": "is_not_set"}]}
