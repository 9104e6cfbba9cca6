"""ETags: which state of a rule somebody has seen, and that nobody overwrites another one."""

from __future__ import annotations

import re
from typing import Any

from trigger_studio.api.problems import Problem
from trigger_studio.errors import NotFound
from trigger_studio.services import pages, rule_registry
from trigger_studio.services.rule_registry import Standing
from trigger_studio.services.session import Session

_TAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"')
_LIST = re.compile(rf"\s*{_TAG.pattern}\s*(?:,\s*{_TAG.pattern}\s*)*")
_OURS = re.compile(r'"(\d{1,9})-(approved|needed|none)"')


def etag(item: Standing) -> str:
    """A rule's: its revision, and whether an approval stands."""
    return f'"{item.revision}-{item.approval or "none"}"'


def tags(text: str) -> list[str] | None:
    """The tags of an If-Match or If-None-Match header, None for ``*``. Raises Problem."""
    if text.strip() == "*":
        return None
    if not _LIST.fullmatch(text):
        raise Problem("bad-header", f"found the entity tags {text[:60]!r}; needed: one as the ETag header has it, or *")
    return _TAG.findall(text)


def base(session: Session, item: Standing, if_match: str | None, *, needed: bool = True) -> int | None:
    """The revision that a change is based on. Raises Problem: none is named, or another stands."""
    if if_match is None:
        if needed:
            raise Problem(
                "precondition-required", "send the ETag that you have read as If-Match, so that nobody's change is lost"
            )
        return None
    given = tags(if_match)
    if given is None or etag(item) in given:
        return item.revision
    raise stale(session, item, given)


def stale(session: Session, item: Standing, given: list[str]) -> Problem:
    """The answer to whoever has seen another state: what stands now, and what changed since."""
    seen = next((int(match[1]) for tag in given if (match := _OURS.fullmatch(tag))), None)
    now = rule_registry.document_of(item)
    changed: list[str] = []
    if seen is not None and seen < item.revision:
        try:
            before = pages.revision(session, item.rule.id, seen)["rule"]
        except NotFound:
            before = None
        changed = _changed(before, now) if before is not None else []
    elif seen == item.revision:
        changed = ["approval"]
    detail = f"revision {item.revision} stands; read it, and make your change to that"
    return Problem("stale", detail, headers={"ETag": etag(item)}, revision=item.revision, changed=changed)


def _changed(before: Any, after: Any, path: str = "") -> list[str]:
    """Paths at which two documents differ, not deeper than they have the same keys."""
    if isinstance(before, dict) and isinstance(after, dict):
        keys = sorted(before.keys() | after.keys())
        return [
            found
            for key in keys
            for found in _changed(before.get(key), after.get(key), f"{path}.{key}" if path else key)
        ]
    return [] if before == after and type(before) is type(after) else [path]
