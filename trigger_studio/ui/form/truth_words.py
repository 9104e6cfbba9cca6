"""What a check found, in few words beside a condition, and in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from trigger_studio.analysis import words
from trigger_studio.decide.decision import Progress
from trigger_studio.decide.predicate import Check
from trigger_studio.model.counting import count
from trigger_studio.model.event import Entity
from trigger_studio.model.rule import Join
from trigger_studio.services.backrun import Matched

_SIGNS = {
    "eq": "=", "ne": "≠", "lt": "<", "le": "≤", "gt": ">", "ge": "≥", "in": "among", "not_in": "not among",
    "between": "between", "contains": "contains", "starts_with": "starts with",
}  # fmt: skip
_GUARDS = {
    "enabled": "the rule is switched off",
    "halt": "a halt stands",
    "depth": "its chain is too long already",
    "approval": "an admin has not approved it as it is now",
    "hourly": "it has started too often for this one within the hour",
    "completion": "it has already fired for just this",
}
_LATER = ("enabled", "halt", "approval", "hourly", "depth")
MOST_MISSING = 4

Named = Callable[[str, str], str]


def short(check: Check) -> str:
    """``1080p ≥ 720p``, ``missing``, ``2 of 3 hold``, or simply what was there."""
    if isinstance(check.expected, dict) and "op" in check.expected:
        return _compared(check)
    if check.check in ("all", "any", "none"):
        return f"{check.actual} hold"
    return "missing" if check.actual is None else words.value_text(check.actual)


def there(check: Check) -> str:
    """What was there, shorter still: the value alone."""
    return "missing" if check.actual is None else words.value_text(check.actual)


def _compared(check: Check) -> str:
    op, wanted = check.expected["op"], check.expected.get("value")
    if check.actual is None:
        return "missing"
    said = words.value_text(check.actual)
    if op in ("is_set", "is_not_set"):
        return f"is {said}"
    if op == "between" and isinstance(wanted, list | tuple) and len(wanted) == 2:
        return f"{said} between {words.value_text(wanted[0])} and {words.value_text(wanted[1])}"
    sign = _SIGNS.get(op, op)
    negated = {"≥": "<", "≤": ">", ">": "≤", "<": "≥", "=": "≠", "≠": "=", "among": "not among", "not among": "among"}
    if not check.passed:
        sign = negated.get(sign, f"not {sign}")
    return f"{said} {sign} {words.value_text(wanted)}"


def plain(check: Check, named: Named) -> str:
    """Why it did not pass, as a clause."""
    if check.check in _GUARDS:
        return _GUARDS[check.check]
    actual = check.actual
    if check.check == "scope":
        return f"it is of {named('character', actual)}" if actual else "it belongs to no character"
    if check.check == "project":
        return f"it is of the project {named('project', actual)}" if actual else "it belongs to no project"
    if check.check == "event":
        return f"what happened is “{words.plain(str(actual))}”"
    if check.check == "entity":
        return f"it is about a {words.plain(str(actual))}"
    if check.check == "every":
        return (
            "not all of them are there yet" if actual else f"it belongs to no {str(check.expected).removeprefix('a ')}"
        )
    if check.check in ("all", "any", "none"):
        return f"{actual} of its conditions hold"
    return f"{words.plain(check.check)} is missing" if actual is None else f"{words.plain(check.check)}: {short(check)}"


def reasons(checks: Sequence[Check]) -> list[Check]:
    """The checks for which a rule does not match: of a box in which all must hold, those inside that do not.

    What else would keep a rule that matches from firing is told where one would run it.
    """
    failed = [check for check in checks if not check.passed and check.check not in _LATER]
    inside = {check.path for check in failed}
    told = [check for check in failed if not _within_all(check, inside)]
    return [check for check in told if check.check != "all" or not _has_failed_part(check, failed)]


def _within_all(check: Check, failed: set[str]) -> bool:
    """Whether the check stands in a box that holds although it fails, or that is told as a whole."""
    box, _, last = check.path.rpartition(".")
    return check.path.startswith("when.where.") and not (last.startswith("all[") and box in failed)


def _has_failed_part(check: Check, failed: Sequence[Check]) -> bool:
    return any(other.path.startswith(f"{check.path}.all[") for other in failed)


def join_words(state: Progress, join: Join, named: Named) -> str:
    """``7 of 9 scenes of Mira approved; missing: 4, 8``."""
    kind, status = words.plain(join.entity), words.plain(join.status)
    if state.parent is None:
        return f"It belongs to no {join.of}, so there is nothing to wait for, and it does not fire."
    whose = named(*state.parent)
    if state.needed is None:
        return f"How many {kind}s {whose} needs is not known: its {words.plain(str(join.min))} is no number."
    known, reached = len(state.members), {member.key for member in state.reached}
    of = max(known, state.needed)
    parts = [f"{len(reached)} of {of} {kind}s of {whose} {status}"]
    missing = [member for member in state.members if member.key not in reached]
    if missing:
        parts.append(f"missing: {_some(_told_apart(missing))}")
    if known < state.needed:
        parts.append(f"only {known} of {state.needed} are there yet" if known else f"no {kind} is there yet")
    elif not missing:
        parts.append("complete")
    return "; ".join(parts)


def _some(names: Sequence[str]) -> str:
    more = len(names) - MOST_MISSING
    return ", ".join(names) if more <= 1 else f"{', '.join(names[:MOST_MISSING])} and {more} more"


def _told_apart(entities: Sequence[Entity]) -> list[str]:
    """Their names; where there are none, what tells their ids apart."""
    ordered = sorted(entities, key=lambda entity: entity.id)
    return [entity.name or entity.id for entity in ordered]


def matched_words(matched: Matched) -> str:
    """``Would have matched 37 events in the last 30 days``."""
    found = count(matched.count, "event")
    days = f"the last {matched.days} days"
    if matched.whole:
        said = f"Would have matched {found} in {days}" if matched.looked else f"Nothing of the kind happened in {days}"
    else:
        said = f"Would have matched at least {found} in {days} (still counting: {matched.looked:,} looked at)"
    return f"{said}; whether all were there at the time is not counted" if matched.join and matched.count else said
