"""What would mend a fault: a small register of edits, each tried before it is offered. Without Qt.

A fixer looks at one fault and proposes changed documents. What is proposed is checked like any edit, and offered only
if the fault is gone and no other has come.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from trigger_studio.analysis.conditions.missing import ALWAYS_CLEAR
from trigger_studio.analysis.wording import words
from trigger_studio.errors import BadInput, Fault
from trigger_studio.frozen import frozen
from trigger_studio.model.bundle import parse_rule
from trigger_studio.model.i18n import quoted, tr
from trigger_studio.model.profile import Attribute, Profile
from trigger_studio.studio.form.grouping import removed
from trigger_studio.studio.form.picks import fresh_value, put_condition, with_operator
from trigger_studio.studio.paths import Content, Path, path_of, value_at, with_value, without_item

MOST_TRIED = 24
"""Faults for which fixes are looked for; who has more begins with these."""
OFFERED = 2

_MEANT = re.compile(r"did you mean '([^']+)'\?$")
_BOUND = re.compile(r"needed: at (?:least|most) (-?[\d.e+]+)$")
_DEFAULTS = {"event": "approved", "of": "character", "status": "approved", "approvers": "admin", "channel": "email"}
_MISSING = "is needed and missing"


@frozen
class Fix:
    """An edit that mends a fault. `title`: what it does, for a button."""

    title: str
    content: Content


@frozen
class _Place:
    """A fault with what is there. `value` is None where nothing is."""

    message: str
    path: Path
    content: Content
    profile: Profile

    @property
    def value(self) -> Any:
        return value_at(self.content, self.path)

    @property
    def key(self) -> str:
        return str(self.path[-1]) if self.path else ""

    def put(self, title: str, value: Any) -> Fix:
        return Fix(title, with_value(self.content, self.path, value))


def fixes_of(fault: Fault, content: Content, profile: Profile) -> list[Fix]:
    """Up to two edits that mend the fault and break nothing else, the likeliest first."""
    before = faults_in(content, profile)
    place = _Place(fault.message, path_of(fault.path), content, profile)
    proposed = (fix for fixer in _FIXERS for fix in fixer(place))
    return list(islice((fix for fix in proposed if _mends(fix, fault, before, profile)), OFFERED))


def faults_in(content: Content, profile: Profile) -> tuple[Fault, ...]:
    """What is wrong with a document."""
    try:
        parse_rule(content, profile)
    except BadInput as error:
        return error.faults
    return ()


def _mends(fix: Fix, fault: Fault, before: tuple[Fault, ...], profile: Profile) -> bool:
    after = faults_in(fix.content, profile)
    return len(after) < len(before) and fault not in after


def _meant(place: _Place) -> Iterator[Fix]:
    """The name that is nearly this one, of a value or of a key."""
    meant = _MEANT.search(place.message)
    if meant is None:
        return
    name = meant[1]
    title = tr("Use “{0}”", words.plain(name))
    if not place.message.startswith("unknown key"):
        yield place.put(title, name)
    elif value_at(place.content, (*place.path[:-1], name)) is None:
        yield Fix(title, with_value(with_value(place.content, place.path, None), (*place.path[:-1], name), place.value))


def _surplus(place: _Place) -> Iterator[Fix]:
    """A key that nobody knows goes."""
    if place.message.startswith("unknown key"):
        yield place.put(tr("Remove “{0}”", words.plain(place.key)), None)


def _converted(place: _Place) -> Iterator[Fix]:
    """A value of the wrong type, read as the type that is needed."""
    value, message = place.value, place.message
    if "a whole number" in message and isinstance(value, str | float) and (number := _number(value)) is not None:
        yield place.put(tr("Use the number {0}", int(number)), int(number))
    if "true or false" in message and str(value).casefold() in _BOOLEANS:
        yield place.put(
            tr("Use {0}", words.value_text(_BOOLEANS[str(value).casefold()])), _BOOLEANS[str(value).casefold()]
        )
    if "needed: text" in message and isinstance(value, int | float):
        yield place.put(tr("Use the text “{0}”", words.value_text(value)), words.value_text(value))
    if "a list" in message and isinstance(value, str) and value:
        yield place.put(tr("Use a list of just “{0}”", value), [value])


_BOOLEANS = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def _bounded(place: _Place) -> Iterator[Fix]:
    """A number too great or too small becomes the nearest that is allowed."""
    bound = _BOUND.search(place.message)
    if bound is not None and isinstance(place.value, int | float):
        number = float(bound[1])
        yield place.put(tr("Use {0}", format(number, "g")), int(number) if number.is_integer() else number)


def _compared(place: _Place) -> Iterator[Fix]:
    """A condition whose operator or value does not go with its attribute."""
    path = _condition_path(place)
    if path is None or place.key == "field":
        return
    test = value_at(place.content, path)
    attribute = place.profile.fields.get(str(test.get("field")))
    if attribute is None:
        return
    op, value = str(test.get("op")), test.get("value")
    if place.key == "op":
        changed = with_operator(test, "eq", place.profile)
        yield Fix(tr("Ask whether it is {0}", _told(changed.get("value"))), put_condition(place.content, path, changed))
        return
    for better in _values(attribute, op, value):
        kept = {key: item for key, item in {**test, "value": better}.items() if item is not None}
        title = tr("Compare with nothing") if better is None else tr("Use {0}", _told(better, op))
        yield Fix(title, put_condition(place.content, path, kept))


def _told(value: Any, op: str = "") -> str:
    if op == "between" and isinstance(value, list) and len(value) == 2:
        return tr("{0} to {1}", words.value_text(value[0]), words.value_text(value[1]))
    return quoted(value) if isinstance(value, str) else words.value_text(value)


def _values(attribute: Attribute, op: str, value: Any) -> Iterator[Any]:
    """What the value may have been meant to be, the likeliest first."""
    if op in ALWAYS_CLEAR:
        yield None
        return
    if op == "between" and isinstance(value, list | tuple) and len(value) == 2:
        yield list(reversed(value))
        return
    items = [_read(attribute, item) for item in (value if isinstance(value, list | tuple) else [value])]
    fitting = [item for item in items if attribute.admits(item)]
    if op in ("in", "not_in") and fitting:
        yield fitting
    elif fitting:
        yield fitting[0]
    elif (fresh := fresh_value(attribute, op, value)) not in ("", [], [""]):
        yield fresh


def _read(attribute: Attribute, value: Any) -> Any:
    """A value as the attribute's type has it, if it can be read so."""
    number = _number(value)
    if attribute.type == "number" and number is not None:
        number = number / 100 if attribute.max == 1 < number <= 100 else number  # a share told in per cent
        low = number if attribute.min is None else max(number, attribute.min)
        high = low if attribute.max is None else min(low, attribute.max)
        return int(high) if high.is_integer() else high
    if attribute.type == "boolean":
        return _BOOLEANS.get(str(value).casefold(), value)
    if attribute.values:
        return next((known for known in attribute.values if known.casefold() == str(value).casefold()), value)
    return words.value_text(value) if attribute.type == "text" and isinstance(value, int | float) else value


def _condition_path(place: _Place) -> Path | None:
    """The condition that the fault is in."""
    for end in range(len(place.path), 0, -1):
        there = value_at(place.content, place.path[:end])
        if isinstance(there, dict) and ("field" in there or "op" in there):
            return place.path[:end]
    return None


def _default(place: _Place) -> Iterator[Fix]:
    """What is missing and nearly always the same."""
    if place.message.startswith((_MISSING, "found '';", "unknown role")) and place.key in _DEFAULTS:
        name = _DEFAULTS[place.key]
        yield place.put(tr("Use “{0}”", words.plain(name)), name)


def _address(place: _Place) -> Iterator[Fix]:
    """A web address without its beginning."""
    if place.key == "url" and isinstance(place.value, str) and "://" not in place.value:
        yield place.put(tr("Use “https://{0}”", place.value), f"https://{place.value}")


def _everyone(place: _Place) -> Iterator[Fix]:
    """A scope that says nothing counts everyone."""
    if place.path[:2] == ("when", "scope"):
        yield Fix(tr("Count everyone"), with_value(place.content, ("when", "scope"), {"project": True}))


def _without_condition(place: _Place) -> Iterator[Fix]:
    """A condition that cannot be mended, or a box with nothing in it, goes."""
    path = _condition_path(place)
    if path is not None:
        yield Fix(tr("Remove this condition"), removed(place.content, path))
    elif "empty group" in place.message:
        yield Fix(tr("Remove the empty box"), removed(place.content, place.path))


def _without_action(place: _Place) -> Iterator[Fix]:
    """An action of a type nobody knows, or a box of actions with nothing in it, goes."""
    actions = [end for end, key in enumerate(place.path) if isinstance(key, int) and place.path[end - 1] in _LISTS]
    if actions and place.key in ("type", "actions", "then", "if"):
        yield Fix(tr("Remove this action"), without_item(place.content, place.path[: actions[-1] + 1]))


_LISTS = ("actions", "then", "else")

_FIXERS: tuple[Callable[[_Place], Iterator[Fix]], ...] = (
    _meant, _surplus, _converted, _bounded, _address, _default, _compared, _everyone, _without_condition,
    _without_action,
)  # fmt: skip
