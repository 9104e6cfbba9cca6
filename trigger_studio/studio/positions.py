"""Where people dragged cards to, by card; shared by everyone who works on the pipeline, and no part of any revision.

A card is known by its place in the rule (``rule:<id>:actions[1]``), which shifts when an action comes or goes before
it. So what is stored goes by the rule as published, what is shown by the rule as this person sees it, and each is
brought over to the other by the actions that are the same in both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

import orjson

from trigger_studio.studio.history import Move, Position
from trigger_studio.studio.paths import Content

_INSIDE = ("then", "else", "actions")


def rule_of(node: str) -> str:
    """The rule that a card belongs to."""
    return node.split(":", 2)[1]


def aligned(before: Content, after: Content) -> dict[str, str]:
    """For each action of `before` that is still in `after`: its path there, by its path here."""
    found: dict[str, str] = {}
    _align(before.get("actions"), after.get("actions"), "actions", "actions", found)
    return found


def _align(before: Any, after: Any, here: str, there: str, found: dict[str, str]) -> None:
    one, other = (items if isinstance(items, list) else [] for items in (before, after))
    for i, j in _pairs(one, other):
        path, now = f"{here}[{i}]", f"{there}[{j}]"
        found[path] = now
        for key in _INSIDE:
            if isinstance(one[i], dict) and isinstance(other[j], dict) and key in one[i]:
                _align(one[i][key], other[j].get(key), f"{path}.{key}", f"{now}.{key}", found)


def _pairs(before: list[Any], after: list[Any]) -> Iterator[tuple[int, int]]:
    """Equal items in order, then those that moved, then what was changed where it stands."""
    one, other = ([orjson.dumps(item, option=orjson.OPT_SORT_KEYS) for item in items] for items in (before, after))
    changed: list[tuple[int, int]] = []
    left: list[int] = []
    free: list[int] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from zip(range(i1, i2), range(j1, j2), strict=True)
            continue
        left += range(i1, i2)
        free += range(j1, j2)
        changed += zip(range(i1, i2), range(j1, j2), strict=False)
    for i in tuple(left):
        j = next((j for j in free if one[i] == other[j]), None)
        if j is not None:
            left.remove(i)
            free.remove(j)
            yield i, j
    for i, j in changed:
        if i in left and j in free and _kind(before[i]) == _kind(after[j]):
            yield i, j


def _kind(action: Any) -> Any:
    return action.get("type") if isinstance(action, dict) else None


def brought_over(pins: Mapping[str, Position], before: Content | None, after: Content | None) -> dict[str, Position]:
    """The places of one rule's cards, after the rule has changed; those of cards that are gone are left out."""
    if before is after or before is None or after is None or before.get("actions") == after.get("actions"):
        return dict(pins)
    ways = aligned(before, after)
    moved: dict[str, Position] = {}
    for node, place in pins.items():
        head, path = node[: -len(_path(node))], _path(node)
        now = path if not path.startswith("actions") else _longest(ways, path)
        if now is not None:
            moved[head + now] = place
    return moved


def _path(node: str) -> str:
    return node.split(":", 2)[2]


def _longest(ways: Mapping[str, str], path: str) -> str | None:
    """The path as it is now, by the innermost action around it; None if that action is gone."""
    end = path.rfind("]") + 1
    innermost = path[:end]
    return ways[innermost] + path[end:] if innermost in ways else None


class Places:
    """The places by rule and card.

    Attributes:
        version: counts up in the database with every change of them.
    """

    def __init__(self) -> None:
        self.version = -1
        self._shown: dict[str, dict[str, Position]] = {}
        self._stored: dict[str, Position] = {}

    def shown(self) -> dict[str, Position]:
        """Every card's place, as the cards are called on this person's chart."""
        return {node: place for pins in self._shown.values() for node, place in pins.items()}

    def of_rule(self, rule_id: str) -> Mapping[str, Position]:
        """The places of one rule's cards."""
        return self._shown.get(rule_id, {})

    def get(self, node: str) -> Position | None:
        """Where a card was put, None where the layout decides."""
        return self.of_rule(rule_of(node)).get(node)

    def rules(self) -> list[str]:
        """The rules that have cards somewhere."""
        return list(self._shown)

    def lost(self, rule_id: str, before: Content | None, after: Content | None) -> list[Move]:
        """The places of cards that a change of the rule takes away."""
        pins = self.of_rule(rule_id)
        if not pins:
            return []
        gone = (node for node, place in pins.items() if after is None or not brought_over({node: place}, before, after))
        return [Move(node, pins[node], None) for node in gone]

    def put(self, node: str, place: Position | None) -> None:
        """Put a card somewhere, or leave it to the layout."""
        pins = dict(self.of_rule(rule_of(node)))
        pins.pop(node, None)
        self._set(rule_of(node), pins if place is None else {**pins, node: place})

    def follow(self, rule_id: str, before: Content | None, after: Content | None) -> None:
        """The rule as this person sees it has changed: the places go with their cards."""
        if pins := self._shown.get(rule_id):
            self._set(rule_id, brought_over(pins, before, after) if after is not None else {})

    def _set(self, rule_id: str, pins: dict[str, Position]) -> None:
        if pins:
            self._shown[rule_id] = pins
        else:
            self._shown.pop(rule_id, None)

    # what the database holds, in the words of the rules as published

    def take(
        self,
        version: int,
        stored: Mapping[str, Position],
        forms: Callable[[str], tuple[Content | None, Content | None]],
    ) -> bool:
        """What everyone's places are now; a card that was moved here and not stored yet stays where it is.

        Args:
            version: of `stored`.
            stored: places by card.
            forms: a rule as published, and as this person sees it.

        Returns:
            Whether any place changed.
        """
        mine = self.due(forms)
        before, self._stored, self.version = self._stored, dict(stored), version
        changed = {rule_of(n) for n in before.keys() | stored.keys() if before.get(n) != stored.get(n)}
        for rule in changed:
            published, seen = forms(rule)
            pins = {n: place for n, place in ({**stored, **mine}).items() if place is not None and rule_of(n) == rule}
            own = {n: place for n, place in self.of_rule(rule).items() if not brought_over({n: place}, seen, published)}
            self._set(rule, brought_over(pins, published, seen) | own)
        return bool(changed)

    def due(self, forms: Callable[[str], tuple[Content | None, Content | None]]) -> dict[str, Position | None]:
        """What is to be stored: new places, and None for cards that go back to the layout."""
        wanted: dict[str, Position] = {}
        for rule, pins in self._shown.items():
            published, seen = forms(rule)
            if published is not None:  # a rule that nobody else sees has no place that anybody else needs
                wanted |= brought_over(pins, seen, published)
        gone: dict[str, Position | None] = {node: None for node in self._stored if node not in wanted}
        return gone | {node: place for node, place in wanted.items() if self._stored.get(node) != place}

    def carried(self, version: int, due: Mapping[str, Position | None]) -> None:
        """This has been stored; had somebody else stored something just before, that is still to be read."""
        for node, place in due.items():
            if place is None:
                self._stored.pop(node, None)
            else:
                self._stored[node] = place
        if version == self.version + 1:
            self.version = version
