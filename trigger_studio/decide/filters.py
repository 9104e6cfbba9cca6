"""An index of filters: which of many rules can hold for an event's attributes, without asking each of them.

A rule is filed under one condition that it cannot do without, the one that the fewest others share, and rules that
share it are filed again under their next one. Who looks up finds every rule that holds and few that do not: those
are then asked in full, so what is found is exactly what a scan would find.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from typing import Any, Generic, TypeVar

from trigger_studio.decide.predicate import compile_test
from trigger_studio.frozen import frozen
from trigger_studio.model.event import Attributes
from trigger_studio.model.profile import Attribute, Profile
from trigger_studio.model.rule import Condition, Test

FEW = 8
"""So many are asked one by one sooner than they are looked up."""

R = TypeVar("R")
Bounds = tuple[float, bool, float, bool]
"""Low, whether without it, high, whether without it."""
_ANY = float("inf")
_BOUNDS: dict[str, Any] = {
    "lt": lambda value: (-_ANY, False, value, True),
    "le": lambda value: (-_ANY, False, value, False),
    "gt": lambda value: (value, True, _ANY, False),
    "ge": lambda value: (value, False, _ANY, False),
    "between": lambda value: (value[0], False, value[1], False),
}


@frozen
class Need:
    """A condition without which a rule cannot hold: the attribute has one of `values`, or lies within `bounds`."""

    field: str
    values: frozenset[Hashable] = frozenset()
    bounds: Bounds | None = None


Filed = tuple[R, tuple[Need, ...]]


def needs(test: Test, profile: Profile) -> Iterator[Need]:
    """The conditions that a test cannot do without, and that an index can look up."""
    if not isinstance(test, Condition):
        if test.kind == "all" or (test.kind == "any" and len(test.items) == 1):
            for item in test.items:
                yield from needs(item, profile)
        return
    attribute = profile.fields[test.field]
    if attribute.values or attribute.type == "boolean":
        holds = compile_test(test, profile, "").holds
        domain = attribute.values or (False, True)
        admitted = frozenset(value for value in domain if holds({test.field: value}))
        if not holds({}) and len(admitted) < len(domain):
            yield Need(test.field, admitted)
    elif test.op in ("eq", "in") and attribute.type in ("text", "number"):
        yield Need(test.field, frozenset(test.value if test.op == "in" else [test.value]))
    elif test.op == "contains" and attribute.type == "list":
        yield Need(test.field, frozenset([test.value]))
    elif test.op in _BOUNDS and attribute.type == "number":
        yield Need(test.field, bounds=_BOUNDS[test.op](test.value))


class FilterIndex(Generic[R]):
    """Rules by what they need.

    Args:
        filed: rules, each with its needs.
        profile: whose attribute types the values have.
    """

    def __init__(self, filed: Sequence[Filed[R]], profile: Profile) -> None:
        self._rest: list[R] = []
        chosen: dict[str, list[tuple[R, Need, tuple[Need, ...]]]] = {}
        weigh = _Weights(filed)
        for rule, wants in filed:
            if not wants:
                self._rest.append(rule)
                continue
            need = min(wants, key=weigh)
            rest = tuple(want for want in wants if want is not need)
            chosen.setdefault(need.field, []).append((rule, need, rest))
        self._shelves = [_Shelf(field, profile, items) for field, items in chosen.items()]

    def find(self, attributes: Attributes) -> list[R]:
        """Every rule that may hold, in no order."""
        found = list(self._rest)
        for shelf in self._shelves:
            shelf.find(attributes, found)
        return found


class _Weights:
    """How many rules share a need, about: what is looked up by it must ask so many."""

    def __init__(self, filed: Sequence[Filed[Any]]) -> None:
        self._shared: Counter[tuple[str, Hashable]] = Counter()
        self._within: dict[str, int] = {}
        ends: dict[str, set[float]] = {}
        for _, wants in filed:
            for need in wants:
                self._shared.update((need.field, value) for value in need.values)
                if need.bounds:
                    self._within[need.field] = self._within.get(need.field, 0) + 1
                    ends.setdefault(need.field, set()).update((need.bounds[0], need.bounds[2]))
        self._ends = {field: sorted(values) for field, values in ends.items()}

    def __call__(self, need: Need) -> float:
        if need.bounds is None:
            return max((self._shared[need.field, value] for value in need.values), default=0)
        ends = self._ends[need.field]
        covered = bisect_left(ends, need.bounds[2]) - bisect_left(ends, need.bounds[0])
        return self._within[need.field] * max(1, covered) / len(ends)


class _Shelf(Generic[R]):
    """The rules filed under one attribute."""

    def __init__(self, field: str, profile: Profile, items: Sequence[tuple[R, Need, tuple[Need, ...]]]) -> None:
        self._field = field
        self._attribute: Attribute = profile.fields[field]
        by_value: dict[Hashable, list[Filed[R]]] = {}
        for rule, need, rest in items:
            for value in need.values:
                by_value.setdefault(value, []).append((rule, rest))
        self._by_value = {value: _narrowed(filed, profile) for value, filed in by_value.items()}
        within = [((rule, rest), need.bounds) for rule, need, rest in items if need.bounds]
        self._within = _Intervals(within, profile) if within else None

    def find(self, attributes: Attributes, found: list[R]) -> None:
        value = attributes.get(self._field)
        if value is None or not self._attribute.admits(value):
            return
        for key in set(value) if self._attribute.type == "list" else (value,):
            if (here := self._by_value.get(key)) is not None:
                found += here if isinstance(here, list) else here.find(attributes)
        if self._within is not None:
            for here in self._within.at(value):
                found += here if isinstance(here, list) else here.find(attributes)


_Narrowed = list[R] | FilterIndex[R]


def _narrowed(filed: list[Filed[R]], profile: Profile) -> _Narrowed[R]:
    if len(filed) > FEW and any(wants for _, wants in filed):
        return FilterIndex(filed, profile)
    return [rule for rule, _ in filed]


class _Intervals(Generic[R]):
    """A segment tree: each interval lies in a few nodes, and a value meets those of one path to the root.

    The ends cut the line into places: 2 i + 1 is the end i itself, 2 i the gap before it.
    """

    def __init__(self, intervals: Sequence[tuple[Filed[R], Bounds]], profile: Profile) -> None:
        self._ends = sorted({end for _, (low, _, high, _) in intervals for end in (low, high)})
        self._size = 2 * len(self._ends) + 1
        filed: dict[int, list[Filed[R]]] = {}
        for item, (low, above, high, below) in intervals:
            for node in self._cover(self._place(low) + above, self._place(high) - below):
                filed.setdefault(node, []).append(item)
        self._nodes = {node: _narrowed(items, profile) for node, items in filed.items()}

    def _place(self, value: float) -> int:
        at = bisect_left(self._ends, value)
        return 2 * at + (at < len(self._ends) and self._ends[at] == value)

    def _cover(self, first: int, last: int) -> Iterator[int]:
        """The fewest nodes under which just these places lie."""
        left, right = first + self._size, last + self._size + 1
        while left < right:
            if left & 1:
                yield left
                left += 1
            if right & 1:
                right -= 1
                yield right
            left >>= 1
            right >>= 1

    def at(self, value: float) -> Iterator[_Narrowed[R]]:
        """The rules of every interval that holds the value."""
        node = self._place(value) + self._size
        while node:
            if node in self._nodes:
                yield self._nodes[node]
            node >>= 1
