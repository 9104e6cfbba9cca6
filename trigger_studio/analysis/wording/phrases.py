"""What a rule is about and what it can do, in short phrases: what a search looks through and tells as its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from trigger_studio.analysis.conditions.possible import Facts, job_facts, outcomes, required
from trigger_studio.analysis.wording import words
from trigger_studio.model.i18n import fitted, tr
from trigger_studio.model.profile import Profile
from trigger_studio.model.rule import (
    Action,
    Branch,
    CallWebhook,
    Condition,
    Gate,
    Rule,
    SendNotification,
    SetStatus,
    Test,
    children,
    job_type_of,
)


class Phrase(NamedTuple):
    """One thing that is true of a rule.

    Attributes:
        kind: name, id, note, does, when or about.
        text: for people.
        more: words that should find it too, and are not in the text.
        path: the part of the rule that it is about, as faults name it; empty for the whole.
    """

    kind: str
    text: str
    more: str = ""
    path: str = ""


class Cause(NamedTuple):
    """What is known of the event that starts a rule."""

    facts: Facts
    entity: str


def phrases(rule: Rule, content: Mapping[str, Any], profile: Profile, names: Mapping[str, str]) -> list[Phrase]:
    """What a rule is about and can do.

    Args:
        rule: the rule.
        content: the same as a document.
        profile: says which jobs its actions start, and the domains of their attributes.
        names: of entities, by id.
    """
    found = [Phrase("name", rule.title), Phrase("id", rule.id)]
    if rule.description:
        found.append(Phrase("note", rule.description))
    cause = Cause(_facts(rule, profile), rule.when.entity)
    found += _does(rule.actions, "actions", cause, profile)
    found.append(Phrase("when", tr("when {0}", words.when_text(rule, profile)), path="when"))
    return found + list(_about(content, names))


def _facts(rule: Rule, profile: Profile) -> Facts:
    """What is known of the rule's events; of an ordered attribute also what a ``none`` leaves of its domain."""
    facts = required(rule.project, rule.when, profile)
    where = rule.when.where
    for name, attribute in profile.attributes.items():
        if where is not None and attribute.type == "ordered" and name not in facts and _mentions(where, name):
            left = tuple(v for v in attribute.values or () if outcomes(where, {**facts, name: (v,)}, profile)[0])
            if left and left != tuple(attribute.values or ()):
                facts[name] = left
    return facts


def _mentions(test: Test, field: str) -> bool:
    return test.field == field if isinstance(test, Condition) else any(_mentions(item, field) for item in test.items)


def unfinished(content: Mapping[str, Any], names: Mapping[str, str]) -> list[Phrase]:
    """The same for a rule in the making that is none yet: its name, and what it mentions."""
    said = [Phrase("name", str(content.get("name") or content.get("id") or ""))]
    said += [Phrase(kind, text) for kind, key in (("id", "id"), ("note", "description")) if (text := content.get(key))]
    rest = {key: value for key, value in content.items() if key not in ("id", "name", "description")}
    mentioned = [text for text in _texts(rest) if text not in names]
    return [*said, Phrase("does", tr("mentions {0}", ", ".join(mentioned))), *_about(content, names)]


def _does(actions: Iterable[Action], path: str, cause: Cause, profile: Profile) -> Iterator[Phrase]:
    for index, action in enumerate(actions):
        here = f"{path}[{index}]"
        if isinstance(action, Branch):
            yield Phrase(
                "does", tr("branches on whether {0}", words.clause(action.if_, profile)), "if else branch", here
            )
            yield from _does(action.then, f"{here}.then", cause, profile)
            yield from _does(action.else_, f"{here}.else", cause, profile)
        elif inner := children(action):
            yield from _does(inner, f"{here}.actions", cause, profile)
        else:
            yield _leaf(action, here, cause, profile)


def _leaf(action: Action, path: str, cause: Cause, profile: Profile) -> Phrase:
    job = job_type_of(action, profile)
    if job is not None:
        return _job(action, job, path, cause, profile)
    if isinstance(action, SendNotification):
        whom = words.listed(action.to, "and")
        return Phrase(
            "does",
            tr("sends {0} to {1}", words.plain(action.channel), whom),
            f"send notify message {action.message}",
            path,
        )
    if isinstance(action, CallWebhook):
        return Phrase(
            "does", tr("calls {0}", words.host(action.url)), f"call webhook http {action.method} {action.url}", path
        )
    if isinstance(action, SetStatus):
        return Phrase(
            "does", tr("sets the status to {0}", words.plain(action.status)), f"set status {action.status}", path
        )
    if isinstance(action, Gate):
        waits = tr("waits for {0}", words.plain(action.approvers))
        text = f"{waits}: {action.message}" if action.message else waits
        return Phrase("does", text, f"wait gate approval approve {action.approvers}", path)
    return Phrase("does", words.action_text(action, profile), "", path)


def _job(action: Action, job: str, path: str, cause: Cause, profile: Profile) -> Phrase:
    """What a job can be: with what is known of its event, the values that its attributes can have."""
    params: Mapping[str, Any] = getattr(action, "params", {})
    known = job_facts(cause.facts, params, (job, "job", cause.entity), profile)
    notes, more = [], [action.type, job]
    for name, attribute in profile.attributes.items():
        if attribute.type != "ordered":
            continue
        values = known.get(name)
        if values is None:
            notes.append(fitted("any {0}", words.plain(name)))
            more += attribute.values
        else:
            notes.append(words.listed(map(words.value_text, values)))
    notes = [tr("at {0}", words.listed(notes, "and"))] if notes else []
    others = [
        f"{words.plain(key)} {words.value_text(value)}"
        for key, value in params.items()
        if isinstance(value, str | int | float) and "{{" not in str(value) and key not in known
    ]
    with_ = [tr("with {0}", ", ".join(others))] if others else []
    literal = " ".join(str(value) for value in params.values() if isinstance(value, str) and "{{" not in value)
    text = " ".join([tr("can submit {0} jobs", words.plain(job)), *notes, *with_])
    return Phrase("does", text, f"can submit jobs at with {' '.join(map(str, more))} {literal}", path)


def _about(content: Any, names: Mapping[str, str]) -> Iterator[Phrase]:
    """The entities that a rule names by their ids, by their names."""
    for text in dict.fromkeys(_texts(content)):
        if text in names:
            yield Phrase("about", tr("names {0}", names[text]), text)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)
