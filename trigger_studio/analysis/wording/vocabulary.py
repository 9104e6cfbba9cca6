"""The words that sentences are made of: names, lists, values and comparisons in plain English."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from trigger_studio.model.entities import plural
from trigger_studio.model.i18n import N_, decimal, tr
from trigger_studio.model.profile import Attribute

_ACRONYMS = {"qa": "QA", "gpu": "GPU", "id": "ID", "url": "URL", "vfx": "VFX"}
TESTS = {
    "eq": N_("is"),
    "ne": N_("is not"),
    "in": N_("is"),
    "not_in": N_("is not"),
    "lt": N_("is less than"),
    "le": N_("is at most"),
    "gt": N_("is more than"),
    "ge": N_("is at least"),
    "between": N_("is between"),
    "contains": N_("contains"),
    "starts_with": N_("starts with"),
    "is_set": N_("is known"),
    "is_not_set": N_("is not known"),
}
"""How an attribute is compared with a value."""
_DENIED = {
    "ne": N_("is not other than"),
    "not_in": N_("is not other than"),
    "contains": N_("does not contain"),
    "starts_with": N_("does not start with"),
    "is_set": N_("is not known"),
    "is_not_set": N_("is known"),
}
_RANKED = {"lt": N_("is below"), "gt": N_("is above")}

HAPPENS = {"completed": N_("completes"), "approved": N_("is approved"), "failed": N_("fails")}
"""What happens to an event's entity."""
_HAVE = {"completed": N_("are completed"), "approved": N_("are approved"), "failed": N_("have failed")}


def plain(name: str) -> str:
    """A name of the profile as a person says it: ``qa_pass_rate`` → ``QA pass rate``."""
    return tr(unfolded(name))


@lru_cache(maxsize=4096)
def unfolded(name: str) -> str:
    """The name of the profile in English words, before it is translated."""
    parts = name.replace("_", " ").replace("-", " ").split()
    return " ".join(_ACRONYMS.get(part.lower(), part) for part in parts) or name


def many(kind: str) -> str:
    """Several of an entity kind: ``scenes``, ``QA runs``."""
    return tr("QA runs") if kind == "qa" else plain(plural(kind))


def title(text: str) -> str:
    """The text with its first letter capital, the rest as it was."""
    return text[:1].upper() + text[1:]


def listed(items: Iterable[str], last: str = "or") -> str:
    """``a``, ``a or b``, ``a, b or c``."""
    words = list(items)
    return (
        words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {tr(last)} {words[-1]}" if words else tr("nothing")
    )


def value_text(value: Any) -> str:
    """A literal as it reads in a sentence."""
    if isinstance(value, bool):
        return tr("true") if value else tr("false")
    if isinstance(value, float):
        return decimal(value)
    if isinstance(value, list | tuple):
        return listed(map(value_text, value))
    return str(value)


def verb_of(op: str, attribute: Attribute | None, denied: bool = False) -> str:
    """An operator in English, to be translated with what it stands in."""
    ranked = attribute is not None and attribute.type == "ordered" and op in _RANKED
    verb = _RANKED[op] if ranked else TESTS.get(op, op)
    return (_DENIED.get(op) or verb.replace("is", "is not", 1)) if denied else verb


def verbs() -> set[str]:
    """Every verb that can stand between an attribute and a value."""
    plainly = {verb_of(op, None, denied) for op in TESTS for denied in (False, True)}
    return plainly | set(_RANKED.values()) | {verb.replace("is", "is not", 1) for verb in _RANKED.values()}


def compared(op: str, attribute: Attribute | None, denied: bool = False) -> str:
    """An operator between an attribute and its value: ``is at least``, ``is below``; an unknown one as it is."""
    return tr(verb_of(op, attribute, denied))


def have_status(status: str) -> str:
    """What several entities of a status are said to be: ``are approved``."""
    return tr(_HAVE.get(status, "")) or tr("are set to {0}", plain(status))


def host(url: str) -> str:
    """The host of a URL, or the text itself where it has none."""
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url
