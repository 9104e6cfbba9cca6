"""Whole rules: begin, copy, and who goes first."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from trigger_studio.analysis.wording import words
from trigger_studio.errors import Refused
from trigger_studio.model.counting import count
from trigger_studio.model.i18n import tr
from trigger_studio.model.profile import EVENT_TYPES, Profile
from trigger_studio.model.rule_ids import free_id
from trigger_studio.studio.document import Document
from trigger_studio.studio.editing.plan import Plan, called, content_of, node_of, profile_of
from trigger_studio.studio.paths import Content

MOST_ID = 64
LEAST_PRIORITY, MOST_PRIORITY, STEP = 0, 1000, 10


def another_id(wanted: str, taken: Collection[str]) -> str:
    """The id itself, or the first of ``…-2``, ``…-3`` that nothing has."""
    if wanted not in taken:
        return wanted
    root, number = re.sub(r"-\d+$", "", wanted), 2
    while True:
        ending = f"-{number}"
        made = f"{root[: MOST_ID - len(ending)]}{ending}"
        if made not in taken:
            return made
        number += 1


def fresh_rule(document: Document, when: dict[str, Any], name: str = "") -> Content:
    """A new rule's document that listens for an event, and does nothing yet."""
    label = f"{words.plain(str(when['entity']))} {when['event']}"
    projects = [e.id for e in document.entities if e.kind == "project"]
    return {
        "id": free_id(label, document.ids()) or another_id("rule", document.ids()),
        "name": name or tr("On {0}", f"{words.plain(str(when['entity']))} {words.plain(str(when['event']))}"),
        "description": "",
        "enabled": True,
        "priority": 100,
        "mode": "sequential",
        "project": projects[0] if len(projects) == 1 else None,
        "max_depth": 10,
        "when": {"scope": {"project": True}, **when},
        "actions": [],
    }


def begin(document: Document, event: str, at: tuple[float, float] | None = None) -> Plan:
    """A new rule for an event type, of the kind that the profile makes likeliest; `at` is where it was dropped."""
    content = fresh_rule(document, {"event": event, "entity": usual_kind(event, profile_of(document))})
    rule_id = str(content["id"])
    return Plan(
        tr("begin {0}", called(content)),
        {rule_id: content},
        rule_id,
        node_of(rule_id, ("when",)),
        where=tr("a new rule begins here"),
        at=at,
    )


def usual_kind(event: str, profile: Profile) -> str:
    """The entity kind that such an event is mostly about: what people approve, what jobs complete, jobs that fail."""
    if event == "failed":
        return "job"
    by_hand = [item.partition(".")[0] for item in profile.human if item.endswith(f".{event}")]
    made = [kind for job in profile.job_types.values() for kind in job.emits]
    return next(iter((*by_hand, *made, *profile.kinds)))


def listen(document: Document, rule_id: str, event: str) -> Plan:
    """Let a rule listen for another event of the same kind."""
    assert event in EVENT_TYPES
    content = content_of(document, rule_id)
    when = content["when"]
    if when.get("event") == event:
        raise Refused(tr("{0} listens for that already", called(content)))
    label = words.event_label(event, str(when.get("entity")))
    changed = {**content, "when": {**when, "event": event}}
    return Plan(
        tr("listen for “{0}”", label),
        {rule_id: changed},
        rule_id,
        node_of(rule_id, ("when",)),
        where=tr("listen for “{0}”", label),
    )


def duplicate(document: Document, rule_ids: Iterable[str]) -> Plan:
    """A copy of each rule, as a draft. Raises Refused."""
    return paste(document, [content_of(document, rule_id) for rule_id in rule_ids], copied=True)


def paste(document: Document, rules: Sequence[Content], *, copied: bool = False) -> Plan:
    """These rules as new drafts, under ids of their own. Raises Refused."""
    if not rules:
        raise Refused(tr("there is no rule to copy"))
    taken = set(document.ids())
    made: dict[str, Content] = {}
    for content in rules:
        rule_id = another_id(str(content["id"]), taken)
        taken.add(rule_id)
        number = rule_id.rpartition("-")[2] if rule_id != content["id"] else ""
        name = str(content.get("name") or "")
        made[rule_id] = {**content, "id": rule_id, "name": f"{name} ({number})" if name and number else name}
    what = called(rules[0]) if len(rules) == 1 else count(len(rules), "rule")
    title = tr("duplicate {0}" if copied else "paste {0}", what)
    first = next(iter(made))
    return Plan(title, made, first, node_of(first, ("when",)), where=tr("as a new draft"))


def put_before(document: Document, rule_id: str, other_id: str, *, after: bool = False) -> Plan:
    """Give a rule a priority so that it goes right before (or after) another one. Raises Refused.

    Higher priority goes first, ties by id. Where there is no number left between two neighbours, those that stand in
    the way move too.
    """
    if rule_id == other_id:
        raise Refused(tr("it goes there already"))
    now = document.in_turn()
    order = [rule for rule in now if rule != rule_id]
    order.insert(order.index(other_id) + after, rule_id)
    if order == now:
        raise Refused(tr("it goes there already"))
    place = order.index(rule_id)
    above = _priority(document, order[place - 1]) if place else MOST_PRIORITY + STEP
    below = _priority(document, order[place + 1]) if place + 1 < len(order) else LEAST_PRIORITY - STEP
    changed = {rule_id: _between(above, below)} if above - below > 1 else _spread(document, order, place)
    contents = {rule: {**content_of(document, rule), "priority": number} for rule, number in changed.items()}
    contents = {rule: content for rule, content in contents.items() if content != document.content(rule)}
    mine, other = (content_of(document, r) for r in (rule_id, other_id))
    more = tr("; so that it fits, {0} changed too", count(len(contents) - 1, "other rule")) if len(contents) > 1 else ""
    return Plan(
        tr("let {0} go after {1}" if after else "let {0} go before {1}", called(mine), called(other)),
        contents,
        rule_id,
        where=tr("after {0}" if after else "before {0}", called(other)),
        told=tr(
            "The priority of {0} is {1} now{2}.", called(mine), changed.get(rule_id, mine.get("priority", 100)), more
        ),
    )


def _priority(document: Document, rule_id: str) -> int:
    value = content_of(document, rule_id).get("priority", 100)
    return value if isinstance(value, int) else 100


def _between(above: int, below: int) -> int:
    """A number strictly between, a round one if there is one, within what is allowed."""
    low, high = max(below + 1, LEAST_PRIORITY), min(above - 1, MOST_PRIORITY)
    if above > MOST_PRIORITY:
        return min(max(below + STEP, low), high)
    if below < LEAST_PRIORITY:
        return max(min(above - STEP, high), low)
    middle = (low + high) // 2
    rounded = middle // STEP * STEP
    return rounded if low <= rounded <= high else middle


def _spread(document: Document, order: Sequence[str], place: int) -> dict[str, int]:
    """Numbers that keep this order, changing as few others as possible: those above go up, or those below down."""
    below = _priority(document, order[place + 1]) if place + 1 < len(order) else LEAST_PRIORITY - 1
    above = _priority(document, order[place - 1]) if place else MOST_PRIORITY + 1
    for step, start, ids in ((1, below, order[place::-1]), (-1, above, order[place:])):
        found: dict[str, int] = {}
        at = start
        for rule_id in ids:
            if rule_id != order[place] and (_priority(document, rule_id) - at) * step > 0:
                break
            at += step
            found[rule_id] = at
        if all(LEAST_PRIORITY <= number <= MOST_PRIORITY for number in found.values()):
            return found
    raise Refused(tr("there are too many rules with the highest or lowest priority; change one of them first"))
