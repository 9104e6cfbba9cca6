"""Rules in plain English: the sentence above the form, the labels on the canvas and the command line's lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from trigger_studio.model.profile import Profile
from trigger_studio.model.rule import (
    Action,
    Branch,
    CallWebhook,
    Condition,
    Gate,
    Group,
    JobAction,
    Join,
    Parallel,
    Rule,
    SendNotification,
    SetStatus,
    SubmitJob,
    Test,
    When,
)
from trigger_studio.model.rule import Sequence as SequenceAction

_ACRONYMS = {"qa": "QA", "gpu": "GPU", "id": "ID", "url": "URL", "vfx": "VFX"}
_HAPPENS = {"completed": "completes", "approved": "is approved", "failed": "fails"}
_TESTS = {
    "eq": "is", "ne": "is not", "in": "is", "not_in": "is not", "lt": "is less than", "le": "is at most",
    "gt": "is more than", "ge": "is at least", "between": "is between", "contains": "contains",
    "starts_with": "starts with", "is_set": "is given", "is_not_set": "is missing",
}  # fmt: skip
_DENIED = {
    "ne": "is not other than", "not_in": "is not other than", "contains": "does not contain",
    "starts_with": "does not start with", "is_set": "is missing", "is_not_set": "is given",
}  # fmt: skip
_RANKED = {"lt": "is below", "gt": "is above"}


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """A name of the profile as a person says it: ``qa_pass_rate`` → ``QA pass rate``."""
    parts = name.replace("_", " ").replace("-", " ").split()
    return " ".join(_ACRONYMS.get(part.lower(), part) for part in parts) or name


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


def condition_text(condition: Condition, profile: Profile, denied: bool = False) -> str:
    """``resolution tier is at least 1080p``, or ``… is not at least 1080p``."""
    field, op, value = plain(condition.field), condition.op, condition.value
    attribute = profile.fields.get(condition.field)
    ranked = attribute is not None and attribute.type == "ordered" and op in _RANKED
    verb = _RANKED[op] if ranked else _TESTS[op]
    if denied:
        verb = _DENIED.get(op) or verb.replace("is", "is not", 1)
    if op in ("is_set", "is_not_set"):
        return f"{field} {verb}"
    if op == "between" and isinstance(value, list | tuple) and len(value) == 2:
        return f"{field} {verb} {value_text(value[0])} and {value_text(value[1])}"
    return f"{field} {verb} {value_text(value)}"


def clause(test: Test, profile: Profile, nested: bool = False) -> str:
    """A condition or group as one clause; groups inside groups get parentheses."""
    if isinstance(test, Condition):
        return condition_text(test, profile)
    only = test.items[0]
    if test.kind == "none" and len(test.items) == 1:
        if isinstance(only, Condition):
            return condition_text(only, profile, denied=True)
        return f"not {clause(only, profile, nested=True)}"
    parts = [clause(item, profile, nested=True) for item in test.items]
    if test.kind == "none":
        return f"none of ({'; '.join(parts)})"
    if len(parts) == 1:
        return clause(only, profile, nested)
    text = (" and " if test.kind == "all" else " or ").join(parts)
    return f"({text})" if nested else text


def join_text(join: Join, profile: Profile) -> str:
    """``every scene of the character is approved (at least 9)``."""
    where = f" where {clause(join.where, profile)}" if join.where else ""
    many = "" if join.min == 1 else f" (at least {join.min if isinstance(join.min, int) else 'its ' + plain(join.min)})"
    return f"every {plain(join.entity)} of the {join.of}{where} is {plain(join.status)}{many}"


def event_label(event: str, entity: str) -> str:
    """The event as a short title: ``Variant approved``."""
    return title(f"{plain(entity)} {event}")


def scope_text(when: When, project: str | None = None) -> str:
    """Whose events: ``of mira or leo``, ``of any character``, ``in aurora``; empty for every one there is."""
    characters = when.scope.characters
    whose = "" if characters is None else "of any character" if characters == "all" else f"of {listed(characters)}"
    return " ".join(filter(None, (whose, f"in {project}" if project else "")))


def when_text(rule: Rule, profile: Profile) -> str:
    """``any variant of mira is approved and resolution tier is at least 1080p``."""
    when = rule.when
    whose = scope_text(when, rule.project)
    parts = [f"any {plain(when.entity)}{' ' + whose if whose else ''} {_HAPPENS[when.event]}"]
    if when.where:
        parts.append(clause(when.where, profile, nested=isinstance(when.where, Group) and when.where.kind == "any"))
    if when.every:
        parts.append(join_text(when.every, profile))
    return " and ".join(parts)


def action_text(action: Action, profile: Profile) -> str:
    """What an action does, lower case, to stand inside a sentence."""
    if isinstance(action, SubmitJob):
        return plain(action.job_type)
    if isinstance(action, SendNotification):
        return f"{plain(action.channel)} to {listed(action.to, 'and')}"
    if isinstance(action, CallWebhook):
        return f"call {host(action.url)}"
    if isinstance(action, SetStatus):
        return f"set status to {plain(action.status)}"
    if isinstance(action, Gate):
        return f"wait for {plain(action.approvers)}"
    if isinstance(action, Branch):
        then, other = (actions_text(side, profile) for side in (action.then, action.else_))
        return f"if {clause(action.if_, profile)}: {then}; otherwise: {other}"
    if isinstance(action, Parallel):
        return f"({at_once(action.actions, profile)})"
    return f"({actions_text(action.actions, profile)})" if isinstance(action, SequenceAction) else plain(action.type)


def actions_text(actions: Sequence[Action], profile: Profile) -> str:
    """Actions one after the other; ``nothing`` for none."""
    return ", then ".join(action_text(action, profile) for action in actions) or "nothing"


def at_once(actions: Sequence[Action], profile: Profile) -> str:
    """Actions that start together, like ones counted: ``9 × scene generation, all at once``."""
    counts = Counter(action_text(action, profile) for action in actions)
    texts = [text if count == 1 else f"{count} × {text}" for text, count in counts.items()]
    return f"{listed(texts, 'and')}, all at once" if len(actions) > 1 else texts[0]


def sentence(rule: Rule, profile: Profile) -> str:
    """The whole rule: ``When any variant of mira is approved → scene generation``."""
    join = at_once if rule.mode == "parallel" else actions_text
    return f"When {when_text(rule, profile)} → {join(rule.actions, profile)}"


def host(url: str) -> str:
    """The host of a URL, or the text itself where it has none."""
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url


def action_label(action: Action, profile: Profile) -> tuple[str, str]:
    """Title and subtitle of an action's card."""
    # The commonest first: asking a pydantic model for its class is slow when the answer is no.
    if isinstance(action, SubmitJob):
        return title(plain(action.job_type)), _job_note("Job", action, action.job_type, profile)
    if isinstance(action, JobAction):
        job_type = profile.actions.get(action.type, "")
        return title(plain(action.type)), _job_note(f"{title(plain(job_type))} job", action, job_type, profile)
    if isinstance(action, SendNotification):
        return f"Notify by {plain(action.channel)}", listed(action.to, "and")
    if isinstance(action, CallWebhook):
        return f"{action.method} {host(action.url)}", "Webhook"
    if isinstance(action, SetStatus):
        return f"Set {plain(action.status)}", "Status"
    if isinstance(action, Gate):
        limit = f"within {action.timeout}" if action.timeout else "a person decides"
        return f"Gate: {plain(action.approvers)}", action.message or title(limit)
    if isinstance(action, Branch):
        return title(clause(action.if_, profile)) + "?", "Branch"
    return ("All at once", "Parallel") if isinstance(action, Parallel) else ("One by one", "Sequence")


def _job_note(what: str, action: SubmitJob | JobAction, job_type: str, profile: Profile) -> str:
    """What tells this job from others of its type: up to two literal parameters, names of entities first."""
    literal = {n: v for n, v in action.params.items() if isinstance(v, str | int | float) and "{{" not in str(v)}
    chosen = sorted(literal, key=lambda name: not name.endswith("_id"))[:2]
    known = profile.job_types.get(job_type)
    hours = [f"{known.gpu_hours:g} GPU-h"] if known and known.gpu_hours else []
    notes = [*(value_text(literal[name]) for name in chosen), *hours, *([] if action.wait else ["goes on at once"])]
    return " · ".join(notes) or what
