"""The words that sentences are made of: names, lists, values and comparisons in plain English."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from trigger_studio.model.entities import plural
from trigger_studio.model.profile import Attribute

_ACRONYMS = {"qa": "QA", "gpu": "GPU", "id": "ID", "url": "URL", "vfx": "VFX"}
_TESTS = {
    "eq": "is", "ne": "is not", "in": "is", "not_in": "is not", "lt": "is less than", "le": "is at most",
    "gt": "is more than", "ge": "is at least", "between": "is between", "contains": "contains",
    "starts_with": "starts with", "is_set": "is known", "is_not_set": "is not known",
}  # fmt: skip
_DENIED = {
    "ne": "is not other than", "not_in": "is not other than", "contains": "does not contain",
    "starts_with": "does not start with", "is_set": "is not known", "is_not_set": "is known",
}  # fmt: skip
_RANKED = {"lt": "is below", "gt": "is above"}

HAPPENS = {"completed": "completes", "approved": "is approved", "failed": "fails"}
"""What happens to an event's entity."""
_HAVE = {"completed": "are completed", "approved": "are approved", "failed": "have failed"}


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """A name of the profile as a person says it: ``qa_pass_rate`` → ``QA pass rate``."""
    parts = name.replace("_", " ").replace("-", " ").split()
    return " ".join(_ACRONYMS.get(part.lower(), part) for part in parts) or name


@lru_cache(maxsize=1024)
def many(kind: str) -> str:
    """Several of an entity kind: ``scenes``, ``QA runs``."""
    return "QA runs" if kind == "qa" else plain(plural(kind))


def title(text: str) -> str:
    """The text with its first letter capital, the rest as it was."""
    return text[:1].upper() + text[1:]


def listed(items: Iterable[str], last: str = "or") -> str:
    """``a``, ``a or b``, ``a, b or c``."""
    words = list(items)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else "nothing"


def value_text(value: Any) -> str:
    """A literal as it reads in a sentence."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, list | tuple):
        return listed(map(value_text, value))
    return str(value)


def compared(op: str, attribute: Attribute | None, denied: bool = False) -> str:
    """An operator between an attribute and its value: ``is at least``, ``is below``; an unknown one as it is."""
    if attribute is not None and attribute.type == "ordered" and op in _RANKED:
        verb = _RANKED[op]
    else:
        verb = _TESTS.get(op, op)
    return (_DENIED.get(op) or verb.replace("is", "is not", 1)) if denied else verb


def have_status(status: str) -> str:
    """What several entities of a status are said to be: ``are approved``."""
    return _HAVE.get(status) or f"are set to {plain(status)}"


def host(url: str) -> str:
    """The host of a URL, or the text itself where it has none."""
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url
