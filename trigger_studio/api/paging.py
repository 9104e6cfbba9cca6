"""Cursors: where a page ends, good for the same query alone; and the links to what follows."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import orjson

from trigger_studio.api.limits import LARGEST_PAGE
from trigger_studio.errors import BadInput, Fault, allowed
from trigger_studio.model.documents import plain_faults
from trigger_studio.services.pages import Page
from trigger_studio.storage.pages import Window

MAX_CURSOR = 4_096


def window(
    query: Mapping[str, Any], limit: int, cursor: str | None, kinds: Sequence[type], *, descending: bool = False
) -> Window:
    """Which part of a list is asked for.

    Args:
        query: what else is asked for; a cursor of another query is refused.
        kinds: the types of the sort key.

    Raises:
        BadInput: no cursor of this query.
    """
    if not 1 <= limit <= LARGEST_PAGE:
        raise BadInput([Fault("limit", f"found {limit}; allowed: 1 to {LARGEST_PAGE}")])
    after = None if cursor is None else _read(cursor, _stamp(query), kinds)
    return Window(after, limit, descending)


def _read(cursor: str, stamp: str, kinds: Sequence[type]) -> tuple[Any, ...]:
    try:
        found = orjson.loads(base64.b64decode(cursor.encode("ascii"), altchars=b"-_", validate=True))
    except (ValueError, binascii.Error):
        found = None
    whole = isinstance(found, list) and len(found) == len(kinds) + 1 and len(cursor) <= MAX_CURSOR
    if not whole or plain_faults(found) or list(map(type, found[1:])) != list(kinds):
        raise BadInput([Fault("cursor", "is none of ours; take it from 'next' or the Link header as it is")])
    if found[0] != stamp:
        raise BadInput([Fault("cursor", "belongs to another query: filters and sorting must stay the same")])
    return tuple(found[1:])


def _stamp(query: Mapping[str, Any]) -> str:
    text = orjson.dumps(dict(query), option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(text).hexdigest()[:12]


def cursor(query: Mapping[str, Any], last: Sequence[Any]) -> str:
    """The cursor behind a sort key."""
    return base64.urlsafe_b64encode(orjson.dumps([_stamp(query), *last])).decode()


def answer(
    name: str, page: Page, query: Mapping[str, Any], path: str, limit: int
) -> tuple[dict[str, Any], dict[str, str]]:
    """A page's document, and the header that links to the next one."""
    if page.last is None:
        return {name: page.items}, {}
    following = cursor(query, page.last)
    given = {key: _text(value) for key, value in query.items() if value is not None}
    link = f'<{path}?{urlencode({**given, "limit": limit, "cursor": following})}>; rel="next"'
    return {name: page.items, "next": following}, {"Link": link}


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def sorting(text: str, known: Sequence[str]) -> tuple[str, bool]:
    """By what a list is sorted, and whether the other way round (``-name``). Raises BadInput."""
    name = text.removeprefix("-")
    if name not in known:
        raise BadInput([Fault("sort", f"found '{text}'; {allowed([*known, *(f'-{one}' for one in known)], text)}")])
    return name, text.startswith("-")
