"""What differs between two documents of a rule, place by place; and the same difference brought to a third."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trigger_studio.frozen import frozen
from trigger_studio.model.same import same
from trigger_studio.studio.paths import Content, Path, value_at, with_value

_NOTHING = object()


@frozen
class Difference:
    """One place where two documents differ; None: there is nothing there."""

    path: Path
    old: Any
    new: Any


def differences(before: Any, after: Any, path: Path = ()) -> Iterator[Difference]:
    """Every place where the two differ, as deep as their shapes agree; a list that grew or shrank is one place."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys((*before, *after)):
            one, other = before.get(key, _NOTHING), after.get(key, _NOTHING)
            if one is _NOTHING or other is _NOTHING:
                yield Difference((*path, key), *(None if item is _NOTHING else item for item in (one, other)))
            elif one is not other:
                yield from differences(one, other, (*path, key))
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from differences(one, other, (*path, index))
    elif type(before) is not type(after) or before != after:
        yield Difference(path, before, after)


def carried(content: Content | None, before: Content | None, after: Content | None) -> tuple[bool, Content | None]:
    """The step from `before` to `after`, done to a document that somebody may have changed elsewhere meanwhile.

    Returns:
        Whether it can be done without overwriting what somebody changed, and the document it leads to.
    """
    if same(content, before):
        return True, after
    if content is None or before is None or after is None:
        return False, content
    found = list(differences(before, after))
    if any(not same(value_at(content, item.path), item.old) for item in found):
        return False, content
    for item in found:
        content = with_value(content, item.path, item.new)
    return True, content
