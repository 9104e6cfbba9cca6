"""A rule as a sentence of parts, each of which says what place in the rule's document it tells.

It reads documents that are not finished as well: what is not there yet reads as an ellipsis.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from trigger_studio.analysis.conditions.missing import ALWAYS_CLEAR, tolerated
from trigger_studio.analysis.wording.vocabulary import (
    HAPPENS,
    have_status,
    host,
    listed,
    many,
    plain,
    unfolded,
    value_text,
    verb_of,
)
from trigger_studio.frozen import frozen
from trigger_studio.model.documents import at
from trigger_studio.model.duration import seconds, spoken
from trigger_studio.model.i18n import N_, around, fitted, tr
from trigger_studio.model.profile import Profile
from trigger_studio.model.rule import GROUPS

NameOf = Callable[[str, str], str]
"""The name of an entity, by kind and id."""

OPEN = "…"
"""What stands for something that is not there yet."""


@frozen
class Part:
    """A piece of the sentence.

    Attributes:
        path: the place in the document that it tells, as a fault writes it; empty for words between.
        kind: what sort of thing is told there: kind, event, scope, project, group, field, op, value, missing, of,
            status, min, job_type, type, to, url, approvers; actions for a list of them.
        offer: stands for something that the rule leaves open, and is no part of the sentence that is read.
    """

    text: str
    path: str = ""
    kind: str = ""
    offer: bool = False


def text_of(parts: Iterable[Part]) -> str:
    """The sentence as it is read."""
    return "".join(part.text for part in parts if not part.offer)


def whose(when: Mapping[str, Any], project: Any, path: str = "when", name: NameOf | None = None) -> Iterator[Part]:
    """Whose events: ``of Mira or Leo``, ``of any character``, ``in Aurora``; offers for every one there is."""
    name = name or _own_id
    characters = _node(when.get("scope")).get("characters")
    scope = at(path, "scope")
    if characters is None:
        yield Part(tr(" of anyone"), scope, "scope", offer=True)
    else:
        given = [name("character", str(c)) for c in characters] if isinstance(characters, list | tuple) else []
        yield Part(tr(" of "))
        yield Part(
            tr("of any character").removeprefix("of ") if characters == "all" else listed(given) if given else OPEN,
            scope,
            "scope",
        )
    if project is None:
        yield Part(tr(" in every project"), "project", "project", offer=True)
    else:
        yield Part(tr(" in "))
        yield Part(name("project", str(project)), "project", "project")


def _own_id(_kind: str, entity_id: str) -> str:
    return entity_id


class Teller:
    """Tells rules and pieces of rules.

    Args:
        name: how entities are called; by their ids when left out.
    """

    def __init__(self, profile: Profile, name: NameOf | None = None) -> None:
        self._profile = profile
        self._name = name or _own_id

    def rule(self, rule: Mapping[str, Any]) -> list[Part]:
        """The whole rule: ``When any variant of Mira is approved → scene generation``."""
        all_at_once = rule.get("mode") == "parallel"
        return [
            Part(tr("When ")),
            *self.when(_node(rule.get("when")), rule.get("project")),
            Part(" → "),
            *self.actions(rule.get("actions"), "actions", all_at_once=all_at_once),
            *_together(_node(rule.get("coalesce"))),
        ]

    def when(self, when: Mapping[str, Any], project: Any = None, path: str = "when") -> Iterator[Part]:
        """``any variant of Mira is approved and resolution tier is at least 1080p``."""
        yield Part(fitted("any {0}", self._english(when.get("entity"))), at(path, "entity"), "kind")
        yield from whose(when, project, path, self._name)
        yield Part(" ")
        event = when.get("event")
        yield Part(tr(HAPPENS.get(str(event), "")) or self._word(event), at(path, "event"), "event")
        where, every = when.get("where"), when.get("every")
        if where is None:
            yield Part(tr(" and only if …"), at(path, "where"), "condition", offer=True)
        else:
            yield Part(tr(" and "))
            yield from self.test(where, at(path, "where"), _loose(where))
        if every is not None:
            yield Part(", ")
            yield from self.join(_node(every), at(path, "every"))

    def test(self, test: Any, path: str, nested: bool = False) -> Iterator[Part]:
        """A condition or group as one clause; groups inside groups get parentheses."""
        node = _node(test)
        kind = next((name for name in GROUPS if node.get(name) is not None), "")
        if not kind:
            yield from self._condition(node, path)
            return
        items = node[kind] if isinstance(node[kind], list | tuple) else ()
        inner = at(path, kind)
        spared = tolerated({kind: [_node(item) for item in items]})
        if spared is not None:
            yield from _bracketed(self._tolerant(spared, path), nested)
        elif not items:
            yield Part(OPEN, path, "group")
        elif kind == "none":
            yield from self._none(items, path)
        elif len(items) == 1:
            yield from self.test(items[0], at(inner, 0), nested)
        else:
            yield from _bracketed(self._joined(items, path, kind), nested)

    def _joined(self, items: Any, path: str, kind: str) -> Iterator[Part]:
        word = tr("and") if kind == "all" else tr("or")
        for place, item in enumerate(items):
            if place == 1:
                yield from (Part(" "), Part(word, path, "group"), Part(" "))
            elif place:
                yield Part(f" {word} ")
            yield from self.test(item, at(at(path, kind), place), nested=True)

    def _none(self, items: Any, path: str) -> Iterator[Part]:
        first = at(at(path, "none"), 0)
        if len(items) == 1 and _is_condition(items[0]):
            yield from self._condition(_node(items[0]), first, denied=True)
        elif len(items) == 1:
            yield from (Part(tr("not"), path, "group"), Part(" "))
            yield from self.test(items[0], first, nested=True)
        else:
            yield from (Part(tr("none of"), path, "group"), Part(" ("))
            for place, item in enumerate(items):
                yield Part("; " if place else "")
                yield from self.test(item, at(at(path, "none"), place), nested=True)
            yield Part(")")

    def _tolerant(self, condition: Mapping[str, Any], path: str) -> Iterator[Part]:
        yield from self._condition(condition, at(at(path, "any"), 0))
        yield Part(tr(" or "))
        yield Part(tr("not known"), path, "missing")

    def _condition(self, node: Mapping[str, Any], path: str, denied: bool = False) -> Iterator[Part]:
        """``resolution tier is at least 1080p``, or ``… is not at least 1080p``."""
        name, op, value = node.get("field"), node.get("op"), node.get("value")
        verb = verb_of(str(op), self._profile.fields.get(str(name)), denied) if op else OPEN
        before, after = (tr(verb), "") if op in ALWAYS_CLEAR or not op else around(verb)
        yield Part(self._word(name), at(path, "field"), "field")
        yield Part(" ")
        yield Part(before, at(path, "op"), "op")
        if op in ALWAYS_CLEAR:
            return
        between = op == "between" and isinstance(value, list | tuple)
        shown = listed(map(value_text, value or ()), "and") if between else value_text(value)
        yield Part(" ")
        yield Part(OPEN if value in (None, "", [], ()) else shown, at(path, "value"), "value")
        if after:
            yield Part(f" {after}")

    def join(self, join: Mapping[str, Any], path: str = "") -> Iterator[Part]:
        """``once all scenes of the same character are approved, at least 9``."""
        kind, of, status, least = (join.get(key) for key in ("entity", "of", "status", "min"))
        yield Part(tr("once "))
        yield Part(tr("all {0}", many(str(kind))) if kind else OPEN, at(path, "entity"), "kind")
        yield Part(tr(" of "))
        yield Part(fitted("the same {0}", self._english(of)), at(path, "of"), "of")
        if join.get("where") is not None:
            yield Part(tr(" where "))
            yield from self.test(join["where"], at(path, "where"), _loose(join["where"]))
        yield Part(" ")
        yield Part(have_status(str(status)) if status else OPEN, at(path, "status"), "status")
        if isinstance(least, str):
            yield Part(tr(", as many as "))
            yield Part(tr("its {0}", plain(least)), at(path, "min"), "min")
        else:
            offer = least in (None, 1)
            yield Part(tr(", at least "), offer=offer)
            yield Part(str(least or 1), at(path, "min"), "min", offer=offer)

    def actions(self, actions: Any, path: str, *, all_at_once: bool = False) -> Iterator[Part]:
        """Actions one after the other, or together, like ones counted: ``9 × scene generation, all at once``."""
        items = actions if isinstance(actions, list | tuple) else ()
        told = [list(self.action(_node(item), at(path, place))) for place, item in enumerate(items)]
        if not told:
            yield Part(tr("nothing"), path, "actions")
        elif all_at_once and len(told) > 1:
            yield from _counted(told, path)
            yield Part(tr(", all at once"))
        else:
            for place, item in enumerate(told):
                yield Part(tr(", then ") if place else "")
                yield from item

    def action(self, action: Mapping[str, Any], path: str) -> Iterator[Part]:
        """What an action does, lower case, to stand inside a sentence."""
        kind = str(action.get("type") or "")
        if kind == "branch":
            yield from self._branch(action, path)
        elif kind in ("parallel", "sequence"):
            inside = self.actions(action.get("actions"), at(path, "actions"), all_at_once=kind == "parallel")
            yield from _bracketed(inside, True)
        elif kind == "send_notification":
            yield Part(tr("{0} to ", self._word(action.get("channel"))))
            yield Part(self._list(action.get("to")), at(path, "to"), "to")
        elif kind == "call_webhook":
            yield Part(tr("call "))
            yield Part(host(str(action.get("url") or OPEN)), at(path, "url"), "url")
        elif kind in _SIMPLE:
            before, key = _SIMPLE[kind]
            yield Part(tr(before))
            yield Part(self._word(action.get(key)), at(path, key), key)
        else:
            yield Part(self._word(kind), at(path, "type"), "type")

    def _branch(self, action: Mapping[str, Any], path: str) -> Iterator[Part]:
        """A document says `if` and `else`; the model, for which Python reserves them, `if_` and `else_`."""
        yield Part(tr("if "))
        yield from self.test(action.get("if", action.get("if_")), at(path, "if"))
        yield Part(": ")
        yield from self.actions(action.get("then"), at(path, "then"))
        yield Part(tr("; otherwise: "))
        yield from self.actions(action.get("else", action.get("else_")), at(path, "else"))

    def _english(self, name: Any) -> str:
        return unfolded(str(name)) if name else OPEN

    def _word(self, name: Any) -> str:
        return plain(str(name)) if name else OPEN

    def _list(self, items: Any) -> str:
        return listed(map(str, items), "and") if isinstance(items, list | tuple) and items else OPEN


_SIMPLE = {
    "submit_job": ("", "job_type"),
    "set_status": (N_("set status to "), "status"),
    "gate": (N_("wait for "), "approvers"),
}


def _node(value: Any) -> Mapping[str, Any]:
    """A piece of a rule as a mapping, be it of a document or of the checked model; empty for anything else."""
    if isinstance(value, Mapping):
        return value
    given: Mapping[str, Any] = getattr(value, "__dict__", {})
    return given


def _is_condition(test: Any) -> bool:
    node = _node(test)
    return not any(node.get(name) is not None for name in GROUPS)


def _loose(test: Any) -> bool:
    """Whether a test needs parentheses after an `and`."""
    return _node(test).get("any") is not None


def _bracketed(parts: Iterable[Part], needed: bool) -> Iterator[Part]:
    yield Part("(" if needed else "")
    yield from parts
    yield Part(")" if needed else "")


def _counted(told: list[list[Part]], path: str) -> Iterator[Part]:
    """Actions that start together; several that read the same are one part, which stands for their list."""
    texts = [text_of(item) for item in told]
    counts = Counter(texts)
    kinds = list(counts)
    for place, text in enumerate(kinds):
        yield Part("" if not place else tr(" and ") if place == len(kinds) - 1 else ", ")
        if counts[text] == 1:
            yield from told[texts.index(text)]
        else:
            yield Part(f"{counts[text]} × {text}", path, "actions")


def _together(coalesce: Mapping[str, Any]) -> Iterator[Part]:
    """``, once for all that come within 30 s``."""
    if coalesce:
        yield Part(tr(", once for all that come within {0}", _duration(coalesce.get("within"))))


def _duration(text: Any) -> str:
    try:
        return spoken(seconds(str(text)))
    except ValueError:
        return str(text)
