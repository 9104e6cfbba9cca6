"""Places in a rule's document: as faults name them (`when.where.all[0].op`) and as keys to walk; changes by copy."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from trigger_studio.model.documents import at

Path = tuple[str | int, ...]
Content = dict[str, Any]

_PART = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


def text_of(path: Path) -> str:
    """The path as a fault writes it."""
    text = ""
    for key in path:
        text = at(text, key)
    return text


def path_of(text: str) -> Path:
    """The keys of a fault's path."""
    return tuple(int(index) if index else name for index, name in _PART.findall(text))


def value_at(content: Any, path: Path, default: Any = None) -> Any:
    """The value there, or `default` where there is none."""
    value = content
    for key in path:
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            return default
    return value


def with_value(content: Any, path: Path, value: Any) -> Any:
    """A copy with the value there; None takes a key out of its mapping."""
    if not path:
        return value
    key, rest = path[0], path[1:]
    if isinstance(key, int):
        items = list(content)
        items[key] = with_value(items[key], rest, value)
        return items
    copy = dict(content) if isinstance(content, Mapping) else {}
    inner = with_value(copy.get(key), rest, value)
    if inner is None:
        copy.pop(key, None)
    else:
        copy[key] = inner
    return copy


def without_item(content: Any, path: Path) -> Any:
    """A copy without the list item there."""
    items = list(value_at(content, path[:-1], []))
    del items[int(path[-1])]
    return with_value(content, path[:-1], items)


def with_item(content: Any, path: Path, value: Any) -> Any:
    """A copy with an item put into the list before that place; the list is made if there is none."""
    items = list(value_at(content, path[:-1]) or [])
    items.insert(int(path[-1]), value)
    return with_value(content, path[:-1], items)


def with_item_moved(content: Any, path: Path, by: int) -> Any:
    """A copy with the list item there moved up or down."""
    items = list(value_at(content, path[:-1], []))
    item = items.pop(int(path[-1]))
    items.insert(max(0, int(path[-1]) + by), item)
    return with_value(content, path[:-1], items)
