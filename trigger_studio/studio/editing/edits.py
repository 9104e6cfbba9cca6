"""Edits of a rule's document as pure functions: places and values in, a new document out.

A place is the path of an action (``("actions", 1, "then", 0)``); a slot is such a path too, and means before what is
there now, or at the end. What is taken out is first replaced by a marker, so that every other place stays what it was
until all is done.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from trigger_studio.errors import Refused
from trigger_studio.model.i18n import tr
from trigger_studio.studio.paths import Content, Path, value_at, with_item, with_value

Action = dict[str, Any]
INSIDE: Final = {"branch": ("then", "else"), "parallel": ("actions",), "sequence": ("actions",)}
"""Where actions hold others."""
_GONE: Final[Action] = {}


class Edited(NamedTuple):
    """A new document, and where in it what was placed now is."""

    content: Content
    path: Path


def actions_of(content: Content) -> Iterator[tuple[Path, Action]]:
    """Every action with its place, in the rule's order, a container before its content."""
    yield from _walk(content.get("actions"), ("actions",))


def _walk(items: Any, path: Path) -> Iterator[tuple[Path, Action]]:
    for index, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict):
            yield (*path, index), item
            for key in INSIDE.get(str(item.get("type")), ()):
                yield from _walk(item.get(key), (*path, index, key))


def is_action(path: Path) -> bool:
    """Whether a path is an action's."""
    return len(path) > 1 and path[0] == "actions" and isinstance(path[-1], int)


def seen_at(content: Content, path: Path) -> Path:
    """Where the chart shows an action: a sequence has no card of its own, so it is seen at its first step."""
    while (value_at(content, path) or {}).get("type") == "sequence":
        path = (*path, "actions")
        if not value_at(content, path):
            return path
        path = (*path, 0)
    return path


def in_order(content: Content, items: Path) -> bool:
    """Whether the actions of this list run one after the other."""
    if items == ("actions",):
        return content.get("mode") != "parallel"
    return (value_at(content, items[:-1]) or {}).get("type") != "parallel"


def insert(content: Content, slot: Path, action: Action) -> Edited:
    """Put an action before what is at the slot."""
    return Edited(with_item(content, slot, action), slot)


def insert_next_to(content: Content, path: Path, action: Action, *, after: bool) -> Edited:
    """Put an action before or after another one; beside parallel ones, the two become a sequence."""
    if in_order(content, path[:-1]):
        return insert(content, (*path[:-1], int(path[-1]) + after), action)
    there = value_at(content, path)
    both = [there, action] if after else [action, there]
    return Edited(with_value(content, path, {"type": "sequence", "actions": both}), (*path, "actions", int(after)))


def delete(content: Content, paths: Iterable[Path]) -> Content:
    """Take actions out; a group that they leave empty goes with them."""
    for path in sorted(paths, key=len, reverse=True):
        content = with_value(content, path, _GONE)
    return _swept(content)


def move(content: Content, source: Path, slot: Path) -> Edited:
    """Take an action to a slot, given by the places before the move. Raises Refused."""
    marked, action = _taken(content, source, slot)
    return _found(_swept(with_item(marked, slot, action)), action)


def move_next_to(content: Content, source: Path, path: Path, *, after: bool) -> Edited:
    """Take an action before or after another one. Raises Refused."""
    if source == path:
        raise Refused(tr("it is there already"))
    marked, action = _taken(content, source, path)
    return _found(_swept(insert_next_to(marked, path, action, after=after).content), action)


def _taken(content: Content, source: Path, goal: Path) -> tuple[Content, Action]:
    if len(goal) > len(source) and goal[: len(source)] == source:
        raise Refused(tr("nothing can be put inside itself"))
    return with_value(content, source, _GONE), dict(value_at(content, source))


def duplicate(content: Content, paths: Iterable[Path]) -> tuple[Content, list[Path]]:
    """Put a copy after each of these actions; returns where the copies are."""
    copies = []
    for path in reversed(outermost(paths)):
        copies.append(copy.deepcopy(value_at(content, path)))
        content = with_item(content, (*path[:-1], int(path[-1]) + 1), copies[-1])
    return content, [_found(content, item).path for item in reversed(copies)]


def insert_all(content: Content, slot: Path, actions: Sequence[Action]) -> tuple[Content, list[Path]]:
    """Put actions before what is at the slot, in their order; returns where they are."""
    for action in reversed(actions):
        content = with_item(content, slot, action)
    return content, [(*slot[:-1], int(slot[-1]) + step) for step in range(len(actions))]


def outermost(paths: Iterable[Path]) -> list[Path]:
    """The places that lie in no other of these, in the rule's order."""
    kept: list[Path] = []
    for path in sorted(set(paths)):
        if not kept or path[: len(kept[-1])] != kept[-1]:
            kept.append(path)
    return kept


def wrap(content: Content, path: Path, around: Action) -> Edited:
    """Put an action into a fresh group or branch that takes its place; returns where the action is now."""
    key = INSIDE[str(around["type"])][0]
    return Edited(with_value(content, path, {**around, key: [value_at(content, path)]}), (*path, key, 0))


def unwrap(content: Content, path: Path) -> Content:
    """Put what is in a group or branch in its place; of a branch only what happens on yes. Raises Refused."""
    group = value_at(content, path) or {}
    inside = group.get(INSIDE.get(str(group.get("type")), ("",))[0])
    if not inside:
        raise Refused(tr("there is nothing inside"))
    items = list(value_at(content, path[:-1]))
    items[int(path[-1]) : int(path[-1]) + 1] = inside
    return _with(content, path[:-1], items)


def add_condition(content: Content, condition: dict[str, Any]) -> Content:
    """Ask for one thing more of the event, beside what is asked already."""
    where = value_at(content, ("when", "where"))
    if where is None:
        return _with(content, ("when", "where"), {"all": [condition]})
    asked = where["all"] if isinstance(where, dict) and isinstance(where.get("all"), list) else [where]
    return _with(content, ("when", "where"), {"all": [*asked, condition]})


def _with(content: Content, path: Path, value: Any) -> Content:
    changed: Content = with_value(content, path, value)
    return changed


def _swept(content: Content) -> Content:
    """The document without markers, and without the groups that held nothing else."""
    return _with(content, ("actions",), _kept(content.get("actions") or []))


def _kept(items: list[Any]) -> list[Any]:
    """The list itself where there is nothing to sweep, so that what did not change stays the same object."""
    swept = []
    for item in items:
        if item is _GONE:
            continue
        left = _kept_inside(item)
        if left is item or left["type"] == "branch" or left["actions"]:
            swept.append(left)
    same = len(swept) == len(items) and all(a is b for a, b in zip(swept, items, strict=True))
    return items if same else swept


def _kept_inside(item: Any) -> Any:
    keys = INSIDE.get(str(item.get("type")), ()) if isinstance(item, dict) else ()
    for key in keys:
        inside = item.get(key)
        if isinstance(inside, list) and (kept := _kept(inside)) is not inside:
            item = {**item, key: kept}
    return item


def _found(content: Content, action: Action) -> Edited:
    return Edited(content, next(path for path, item in actions_of(content) if item is action))
