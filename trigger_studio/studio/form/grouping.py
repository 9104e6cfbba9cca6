"""Boxes of conditions made, taken apart, moved and removed: edits of the document, without Qt."""

from __future__ import annotations

from typing import Any

from trigger_studio.analysis.conditions.missing import tolerated
from trigger_studio.model.rule import GROUPS
from trigger_studio.studio.paths import Content, Path, value_at, with_value, without_item

DEEPEST = 3
"""Levels of boxes that can be made here; deeper ones of a file are shown as they are."""


def is_box(test: Any) -> bool:
    """Whether a test is shown as a box; a condition that holds when its attribute is not known is none."""
    return isinstance(test, dict) and any(name in test for name in GROUPS) and tolerated(test) is None


def height(test: Any) -> int:
    """Levels of boxes in a test."""
    if not is_box(test):
        return 0
    items = next(test[name] for name in GROUPS if name in test)
    return 1 + max((height(item) for item in items or ()), default=0)


def grouped(content: Content, path: Path, depth: int) -> tuple[Content, Path] | None:
    """The test there put into a box of its own, which changes no meaning; and where the box is.

    Args:
        depth: levels of boxes around the test.
    """
    if depth < 1 or depth + 1 + height(value_at(content, path)) > DEEPEST:
        return None
    outer = path[-2] if len(path) > 1 and isinstance(path[-1], int) else "any"
    kind = "all" if outer == "any" else "any"
    return with_value(content, path, {kind: [value_at(content, path)]}), path


def ungrouped(content: Content, path: Path) -> tuple[Content, Path] | None:
    """What is in the box there, moved to the box around it; None where there is no box to take apart."""
    test = value_at(content, path)
    if not is_box(test):
        return None
    items = list(next(test[name] for name in GROUPS if name in test) or ())
    if not isinstance(path[-1], int):
        return (with_value(content, path, items[0]), path) if len(items) == 1 and "none" not in test else None
    place, around = path[-1], path[:-1]
    siblings = list(value_at(content, around))
    return with_value(content, around, siblings[:place] + items + siblings[place + 1 :]), path


def can_move(content: Content, path: Path, by: int) -> bool:
    """Whether the list item there can be moved so far."""
    if not isinstance(path[-1], int):
        return False
    return 0 <= path[-1] + by < len(value_at(content, path[:-1]) or ())


def removed(content: Content, path: Path) -> Content:
    """The document without the test there; a box that would be left empty goes with it."""
    if not isinstance(path[-1], int):
        return with_value(content, path, None)  # type: ignore[no-any-return]
    rest: Content = without_item(content, path)
    return rest if value_at(rest, path[:-1]) else removed(content, path[:-2])
