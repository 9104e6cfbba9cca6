"""What an edit did, in plain words, from the values before and after: the names of the steps that undo takes back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from trigger_studio.analysis.wording import words
from trigger_studio.model.i18n import N_, tr
from trigger_studio.studio.difference import Difference, differences
from trigger_studio.studio.paths import Content, Path, value_at

LONGEST = 40
_PLACES = {
    "name": N_("the name"),
    "description": N_("the note"),
    "project": N_("the project"),
    "priority": N_("priority"),
    "mode": N_("how the actions run"),
    "max_depth": N_("the longest chain"),
    "coalesce": N_("what is taken together"),
    "when.event": N_("the event"),
    "when.entity": N_("the event"),
    "when.scope": N_("whose events count"),
    "when.where": N_("the conditions"),
    "when.every": N_("the join"),
    "actions": N_("the actions"),
}
_ACTIONS = {
    "send_notification": N_("a message"),
    "call_webhook": N_("a webhook"),
    "set_status": N_("a status"),
    "branch": N_("a branch"),
    "gate": N_("a gate"),
    "parallel": N_("a parallel group"),
    "sequence": N_("a sequence"),
}


class Name(NamedTuple):
    """What a step did. `title` is for a menu, `detail` says also what was there before, and in which rule."""

    title: str
    detail: str


def name_of(before: Content | None, after: Content | None, title: str = "") -> Name:
    """The name of an edit.

    Args:
        before, after: the rule's document; None: there was none.
        title: what was done in the words of whoever did it, for an edit that is more than one changed value.
    """
    rule = str((after or before or {}).get("name") or (after or before or {}).get("id") or "")
    where = tr(" in “{0}”", _cut(rule))
    if before is None or after is None:
        title = title or (tr("begin “{0}”", _cut(rule)) if before is None else tr("take “{0}” away", _cut(rule)))
        return Name(title, title)
    found = list(differences(before, after))
    if len(found) == 1:
        done, more = _one(found[0], before, after)
        if done:
            return Name(done, f"{done}{more}{where}")
    title = title or _several(found, before, after)
    return Name(title, f"{title}{where}")


def _several(found: Sequence[Difference], before: Content, after: Content) -> str:
    other = next((item.path[:-1] for item in found if item.path[0] == "actions" and item.path[-1] == "type"), None)
    if other is not None:
        return tr("replace {0} by {1}", _thing(value_at(before, other)), _thing(value_at(after, other)))
    labels = list(dict.fromkeys(_place(item.path) for item in found))
    return tr("change {0}", words.listed(labels, "and")) if len(labels) < 4 else tr("change {0} things", len(labels))


def _one(item: Difference, before: Content, after: Content) -> tuple[str, str]:
    """What one changed value comes to, and what it was before; empty where the values say nothing to a person."""
    if item.path == ("enabled",):
        return (tr("switch it on") if item.new is not False else tr("switch it off")), ""
    if isinstance(item.old, list) and isinstance(item.new, list) and _things(item.old, item.new):
        return _listed(item.path, item.old, item.new), ""
    if item.path[-1] == "op":
        return tr("change {0}", _label(item.path, before, after)), ""
    if item.old is None or item.new is None:
        shape = next((value for value in (item.old, item.new) if isinstance(value, dict | list)), None)
        if shape is not None and not _plain(shape):
            return tr("add {0}" if item.old is None else "remove {0}", _place(item.path)), ""
    if not (_plain(item.old) and _plain(item.new)):
        return "", ""
    label = _label(item.path, before, after)
    old = tr(" from {0}", _text(item.old)) if item.old not in (None, "") else ""
    return tr("change {0} to {1}", label, _text(item.new)), old


def _label(path: Path, before: Content, after: Content) -> str:
    """The place in words: a condition's value is called by its field."""
    last = path[-1]
    around = value_at(after, path[:-1]) or value_at(before, path[:-1])
    if path[0] == "when" and isinstance(around, dict) and "field" in around:
        field = words.plain(str(around["field"]))
        return (
            field
            if last == "value"
            else tr("how {0} is compared", field)
            if last == "op"
            else tr("a condition's field")
        )
    if path[0] == "when" and "value" in path:  # one of several values of a condition
        at = len(path) - 1 - path[::-1].index("value")
        return words.plain(str(value_at(after, (*path[:at], "field")) or tr("a value")))
    return _place(path)


def _place(path: Path) -> str:
    """The nearest place that has a name of its own."""
    keys = [str(key) for key in path if isinstance(key, str)]
    for end in range(len(keys), 0, -1):
        known = _PLACES.get(".".join(keys[:end]))
        if known is not None and (end == len(keys) or keys[0] == "when"):
            return tr(known)
    return words.plain(keys[-1]) if keys else tr("the rule")


def _listed(path: Path, old: list[Any], new: list[Any]) -> str:
    """What happened to a list of actions or conditions: one came, one went, or they changed places."""
    come = [item for item in new if item not in old]
    gone = [item for item in old if item not in new]
    if len(come) == 1 and not gone and len(new) == len(old) + 1:
        return tr("add {0}", _thing(come[0]))
    if len(gone) == 1 and not come and len(new) == len(old) - 1:
        return tr("remove {0}", _thing(gone[0]))
    if not come and not gone and len(new) != len(old):
        return tr("add one of {0}" if len(new) > len(old) else "remove one of {0}", _place(path))
    return tr("change {0}", _place(path))


def _things(*lists: list[Any]) -> bool:
    return any(isinstance(item, dict) for items in lists for item in items)


def _thing(item: Any) -> str:
    """An action or a condition as a thing that comes and goes."""
    if not isinstance(item, dict):
        return _text(item)
    if "field" in item:
        return tr("the condition on {0}", words.plain(str(item["field"])))
    kind = str(item.get("type", ""))
    if kind == "submit_job":
        return words.plain(str(item.get("job_type") or tr("a job")))
    return tr(_ACTIONS.get(kind, "")) or (words.plain(kind) if kind else tr("a group"))


def _plain(value: Any) -> bool:
    return (
        value is None or isinstance(value, str | int | float | bool) or (isinstance(value, list) and not _things(value))
    )


def _text(value: Any) -> str:
    return _cut(words.value_text(value)) if value not in (None, "", []) else tr("nothing")


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
