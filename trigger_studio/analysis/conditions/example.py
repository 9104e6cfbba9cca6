"""An example that fits: attributes for which a rule's conditions hold, as near as can be to those an entity has."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from typing import Any

from trigger_studio.decide.predicate import Predicate
from trigger_studio.model.event import Attributes
from trigger_studio.model.profile import Attribute, Profile
from trigger_studio.model.rule import Condition, Test

MOST_TRIES = 20_000


def fitting(where: Predicate | None, known: Attributes, profile: Profile) -> Attributes | None:
    """`known`, with as few values changed as the search finds first, so that `where` holds; None if it finds none.

    Every value that a condition names, and its neighbours, are tried, and leaving the value out.
    """
    if where is None or where.holds(known):
        return dict(known)
    tried = _candidates(where.test, known, profile)
    for values in islice(product(*tried.values()), MOST_TRIES):
        changed = {**known, **dict(zip(tried, values, strict=True))}
        given = {name: value for name, value in changed.items() if value is not None}
        if where.holds(given):
            return given
    return None


def _candidates(test: Test, known: Attributes, profile: Profile) -> dict[str, list[Any]]:
    """What to try for each field of the test: the known value first, leaving it out last."""
    found: dict[str, list[Any]] = {}
    for condition in _conditions(test):
        name = condition.field
        values = found.setdefault(name, [known[name]] if name in known else [])
        values += _tries(condition, profile.fields[name])
    return {name: [*_once(values), None] for name, values in found.items()}


def _once(values: list[Any]) -> list[Any]:
    return [value for place, value in enumerate(values) if value not in values[:place]]


def _conditions(test: Test) -> Iterator[Condition]:
    if isinstance(test, Condition):
        yield test
        return
    for item in test.items:
        yield from _conditions(item)


def _tries(condition: Condition, attribute: Attribute) -> Iterator[Any]:
    """Values on either side of the condition, those inside the attribute's domain."""
    several = isinstance(condition.value, list | tuple)
    given = list(condition.value) if several else [] if condition.value is None else [condition.value]
    for value in (*given, *attribute.values, *_neighbours(given, attribute)):
        whole = [value] if attribute.type == "list" and isinstance(value, str) else value
        if attribute.admits(whole):
            yield whole


def _neighbours(given: list[Any], attribute: Attribute) -> Iterator[Any]:
    if attribute.type == "number":
        low = attribute.min if attribute.min is not None else min(given, default=0.0) - 1
        high = attribute.max if attribute.max is not None else max(given, default=0.0) + 1
        for value in given:
            yield from (round((value + high) / 2, 4), round((value + low) / 2, 4))
        yield from (low, high)
    elif attribute.type == "boolean":
        yield from (True, False)
    elif attribute.type == "text":
        yield from (f"{value}-2" for value in given if isinstance(value, str))
        yield "example"
