"""Conditions compiled once into closures, with a trace for explanations (promises.md).

A missing field makes every operator false except `is_not_set`; a declared attribute of wrong type or outside its
domain counts as missing, as null does; `none` is the negation of `any`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from trigger_studio.errors import BadInput, Fault, allowed
from trigger_studio.frozen import frozen
from trigger_studio.model.event import Attributes
from trigger_studio.model.profile import Attribute, Profile
from trigger_studio.model.rule import Condition, Group, Test

Holds = Callable[[Attributes], bool]


@frozen
class Check:
    """One line of an explanation: what was expected at a path of the rule, and what was there."""

    check: str
    path: str
    passed: bool
    expected: Any
    actual: Any


@frozen
class Predicate:
    """A compiled test.

    Attributes:
        holds: the verdict over an event's or member's attributes.
        children: the tests of a group, none for a condition.
    """

    test: Test
    path: str
    holds: Holds
    children: tuple[Predicate, ...] = ()

    def trace(self, attributes: Attributes) -> Iterator[Check]:
        """One check a condition, and one a group after its content."""
        if isinstance(self.test, Condition):
            field, op, value = self.test.field, self.test.op, self.test.value
            expected = {"op": op} if op in ("is_set", "is_not_set") else {"op": op, "value": value}
            yield Check(field, self.path, self.holds(attributes), expected, attributes.get(field))
            return
        for child in self.children:
            yield from child.trace(attributes)
        passed = sum(child.holds(attributes) for child in self.children)
        yield Check(
            self.test.kind, self.path, self.holds(attributes), self.test.kind, f"{passed} of {len(self.children)}"
        )


def compile_test(test: Test, profile: Profile, path: str) -> Predicate:
    """Compile a condition or group against the profile's attribute types.

    Raises:
        BadInput: a field that the profile does not know.
    """
    if isinstance(test, Condition):
        attribute = profile.fields.get(test.field)
        if attribute is None:
            raise BadInput(
                [Fault(f"{path}.field", f"unknown field '{test.field}'; {allowed(profile.fields, test.field)}")]
            )
        return Predicate(test, path, _leaf(test, attribute))
    children = tuple(
        compile_test(item, profile, f"{path}.{test.kind}[{index}]") for index, item in enumerate(test.items)
    )
    return Predicate(test, path, _group(test, [child.holds for child in children]), children)


def _group(group: Group, parts: list[Holds]) -> Holds:
    if len(parts) == 1 and group.kind != "none":
        return parts[0]
    if group.kind == "all":
        return _every(parts)
    some = _some(parts)
    return some if group.kind == "any" else lambda attributes: not some(attributes)


def _every(parts: list[Holds]) -> Holds:
    def holds(attributes: Attributes) -> bool:
        for part in parts:  # noqa: SIM110 - twice as fast as `all` over a generator
            if not part(attributes):
                return False
        return True

    return holds


def _some(parts: list[Holds]) -> Holds:
    def holds(attributes: Attributes) -> bool:
        for part in parts:  # noqa: SIM110 - as above
            if part(attributes):
                return True
        return False

    return holds


def _leaf(condition: Condition, attribute: Attribute) -> Holds:
    field, op = condition.field, condition.op
    admits = attribute.admits
    if op == "is_set":
        return lambda attributes: admits(attributes.get(field))
    if op == "is_not_set":
        return lambda attributes: not admits(attributes.get(field))
    compare = _comparison(op, condition.value, _key(attribute))
    if attribute.values:  # few enough to be asked beforehand
        admitted = frozenset(value for value in attribute.values if compare(value))
        return lambda attributes: isinstance(value := attributes.get(field), str) and value in admitted
    if attribute.type == "text" and op == "eq":
        want = condition.value  # a text, which nothing but a text is equal to
        return lambda attributes: bool(attributes.get(field) == want)
    if attribute.type == "text" and op == "in":
        wanted = frozenset(condition.value)  # however many they are
        return lambda attributes: isinstance(value := attributes.get(field), str) and value in wanted
    if attribute.type == "text":
        return lambda attributes: isinstance(value := attributes.get(field), str) and compare(value)

    def holds(attributes: Attributes) -> bool:
        value = attributes.get(field)
        return value is not None and admits(value) and compare(value)

    return holds


def _comparison(op: str, want: Any, key: Callable[[Any], Any] | None) -> Callable[[Any], bool]:
    if key is None or op not in _BY_KEY:
        return _COMPARE[op](want)
    compare = _COMPARE[op]([key(end) for end in want] if op == "between" else key(want))
    return lambda value: compare(key(value))


def _key(attribute: Attribute) -> Callable[[Any], Any] | None:
    """What values of the attribute are compared by: their rank in an ordered domain; None: themselves."""
    if attribute.type == "ordered":
        return attribute.ranks.__getitem__
    return list if attribute.type == "list" else None


def _between(ends: Sequence[Any]) -> Callable[[Any], bool]:
    low, high = ends
    return lambda value: bool(low <= value <= high)


_BY_KEY = frozenset({"eq", "ne", "lt", "le", "gt", "ge", "between"})
_COMPARE: dict[str, Callable[[Any], Callable[[Any], bool]]] = {
    "eq": lambda want: lambda value: bool(value == want),
    "ne": lambda want: lambda value: bool(value != want),
    "in": lambda want: lambda value: value in want,
    "not_in": lambda want: lambda value: value not in want,
    "lt": lambda want: lambda value: bool(value < want),
    "le": lambda want: lambda value: bool(value <= want),
    "gt": lambda want: lambda value: bool(value > want),
    "ge": lambda want: lambda value: bool(value >= want),
    "between": _between,
    "contains": lambda want: lambda value: want in value,
    "starts_with": lambda want: lambda value: value.startswith(want),
}
