"""The reference's values: attributes, conditions and templates, as promises.md words them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

Doc = dict[str, Any]

TEMPLATE = re.compile(r"\{\{\s*(event|rule|firing|entity)\.([^\s{}]+)\s*\}\}")


def declared(profile: Doc, name: str) -> Doc:
    """The attribute's declaration; `job_type` is there in every profile; empty for a carried one."""
    spec: Doc = profile.get("attributes", {}).get(name, {"type": "text"} if name == "job_type" else {})
    return spec


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def valid(profile: Doc, name: str, value: Any) -> bool:
    """Whether a value is of the declared type and inside the domain."""
    spec = declared(profile, name)
    match spec.get("type"):
        case "ordered" | "choice":
            return isinstance(value, str) and value in spec["values"]
        case "text":
            return isinstance(value, str)
        case "number":
            return is_number(value) and bool(spec.get("min", value) <= value <= spec.get("max", value))
        case "boolean":
            return isinstance(value, bool)
        case "list":
            return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return True


def clean(profile: Doc, attributes: Doc) -> Doc:
    """Null and invalid values count as missing."""
    return {name: value for name, value in attributes.items() if value is not None and valid(profile, name, value)}


def holds(profile: Doc, test: Doc | None, attributes: Doc) -> bool:
    """One condition or one group, over clean attributes."""
    if test is None:
        return True
    if "all" in test:
        return all(holds(profile, part, attributes) for part in test["all"])
    if "any" in test:
        return any(holds(profile, part, attributes) for part in test["any"])
    if "none" in test:
        return not any(holds(profile, part, attributes) for part in test["none"])
    return compare(declared(profile, test["field"]), test["op"], test.get("value"), attributes.get(test["field"]))


def compare(spec: Doc, op: str, value: Any, actual: Any) -> bool:
    """A missing field makes every operator false except `is_not_set`."""
    if actual is None:
        return op == "is_not_set"
    if op in ("lt", "le", "gt", "ge", "between"):
        low, high = value if op == "between" else (value, value)
        here = actual
        if spec["type"] == "ordered":
            here, low, high = (spec["values"].index(v) for v in (actual, low, high))
        answers = {"lt": here < low, "le": here <= low, "gt": here > low, "ge": here >= low}
        return bool((answers | {"between": low <= here <= high})[op])
    tests: dict[str, Callable[[], bool]] = {
        "is_set": lambda: True,
        "is_not_set": lambda: False,
        "eq": lambda: bool(actual == value),
        "ne": lambda: bool(actual != value),
        "in": lambda: actual in value,
        "not_in": lambda: actual not in value,
        "contains": lambda: value in actual,
        "starts_with": lambda: bool(actual.startswith(value)),
    }
    return tests[op]()


def fill(value: Any, names: Doc) -> Any:
    """Fills the templates in a value; None stands for a missing name, which leaves its key or list element out."""
    if isinstance(value, dict):
        filled = {key: fill(item, names) for key, item in value.items()}
        return {key: item for key, item in filled.items() if item is not None}
    if isinstance(value, list):
        return [item for item in (fill(item, names) for item in value) if item is not None]
    if not isinstance(value, str):
        return value
    alone = TEMPLATE.fullmatch(value)
    if alone:
        return names[alone[1]].get(alone[2])

    def inside(match: re.Match[str]) -> str:
        found = names[match[1]].get(match[2])
        if found is None:
            return ""
        return found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)

    return TEMPLATE.sub(inside, value)
