"""What a check found, in few words beside a condition, and in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from trigger_studio.analysis.wording import words
from trigger_studio.decide.decision import Progress
from trigger_studio.decide.predicate import Check
from trigger_studio.model.counting import count
from trigger_studio.model.event import Entity
from trigger_studio.model.i18n import N_, tr
from trigger_studio.model.rule import Join

if TYPE_CHECKING:
    from trigger_studio.services.backtest import Matched

_SIGNS = {
    "eq": "=",
    "ne": "≠",
    "lt": "<",
    "le": "≤",
    "gt": ">",
    "ge": "≥",
    "in": N_("among"),
    "not_in": N_("not among"),
    "between": N_("between"),
    "contains": N_("contains"),
    "starts_with": N_("starts with"),
}
_GUARDS = {
    "enabled": N_("the rule is switched off"),
    "halt": N_("a halt stands"),
    "depth": N_("its chain is too long already"),
    "approval": N_("an admin has not approved it as it is now"),
    "hourly": N_("it has started too often for this one within the hour"),
    "completion": N_("it has already fired for exactly this"),
}
_LATER = ("enabled", "halt", "approval", "hourly", "depth")
MOST_MISSING = 4

Named = Callable[[str, str], str]


def short(check: Check) -> str:
    """``1080p ≥ 720p``, ``missing``, ``2 of 3 hold``, or simply what was there."""
    if isinstance(check.expected, dict) and "op" in check.expected:
        return _compared(check)
    if check.check in ("all", "any", "none"):
        return tr("{0} hold", check.actual)
    return tr("missing") if check.actual is None else words.value_text(check.actual)


def there(check: Check) -> str:
    """What was there, shorter still: the value alone."""
    return tr("missing") if check.actual is None else words.value_text(check.actual)


def _compared(check: Check) -> str:
    op, wanted = check.expected["op"], check.expected.get("value")
    if check.actual is None:
        return tr("missing")
    said = words.value_text(check.actual)
    if op in ("is_set", "is_not_set"):
        return tr("is {0}", said)
    if op == "between" and isinstance(wanted, list | tuple) and len(wanted) == 2:
        return tr("{0} between {1} and {2}", said, words.value_text(wanted[0]), words.value_text(wanted[1]))
    sign = _SIGNS.get(op, op)
    negated = {
        "≥": "<",
        "≤": ">",
        ">": "≤",
        "<": "≥",
        "=": "≠",
        "≠": "=",
        "among": N_("not among"),
        "not among": "among",
    }
    if not check.passed:
        sign = negated.get(sign, tr("not {0}", tr(sign)))
    return f"{said} {tr(sign)} {words.value_text(wanted)}"


def plain(check: Check, named: Named) -> str:
    """Why it did not pass, as a clause."""
    if check.check in _GUARDS:
        return tr(_GUARDS[check.check])
    actual = check.actual
    if check.check == "scope":
        return tr("it is of {0}", named("character", actual)) if actual else tr("it belongs to no character")
    if check.check == "project":
        return tr("it is of the project {0}", named("project", actual)) if actual else tr("it belongs to no project")
    if check.check == "event":
        return tr("what happened is “{0}”", words.plain(str(actual)))
    if check.check == "entity":
        return tr("it is about a {0}", words.plain(str(actual)))
    if check.check == "every":
        return (
            tr("not all of them are there yet")
            if actual
            else tr("it belongs to no {0}", str(check.expected).removeprefix("a "))
        )
    if check.check in ("all", "any", "none"):
        return tr("{0} of its conditions hold", actual)
    return (
        tr("{0} is missing", words.plain(check.check))
        if actual is None
        else f"{words.plain(check.check)}: {short(check)}"
    )


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
        return tr("It belongs to no {0}, so there is nothing to wait for, and it does not fire.", join.of)
    whose = named(*state.parent)
    if state.needed is None:
        return tr(
            "How many {0}s {1} needs is not known: its {2} is no number.", kind, whose, words.plain(str(join.min))
        )
    known, reached = len(state.members), {member.key for member in state.reached}
    of = max(known, state.needed)
    parts = [tr("{0} of {1} {2}s of {3} {4}", len(reached), of, kind, whose, status)]
    missing = [member for member in state.members if member.key not in reached]
    if missing:
        parts.append(tr("missing: {0}", _some(_told_apart(missing))))
    if known < state.needed:
        parts.append(
            tr("only {0} of {1} are there yet", known, state.needed) if known else tr("no {0} is there yet", kind)
        )
    elif not missing:
        parts.append(tr("complete"))
    return "; ".join(parts)


def _some(names: Sequence[str]) -> str:
    more = len(names) - MOST_MISSING
    return ", ".join(names) if more <= 1 else tr("{0} and {1} more", ", ".join(names[:MOST_MISSING]), more)


def _told_apart(entities: Sequence[Entity]) -> list[str]:
    """Their names; where there are none, what tells their ids apart."""
    ordered = sorted(entities, key=lambda entity: entity.id)
    return [entity.name or entity.id for entity in ordered]


def matched_words(matched: Matched) -> str:
    """``Would have matched 37 events in the last 30 days``."""
    found = count(matched.count, "event")
    days = tr("the last {0} days", matched.days)
    if matched.whole:
        said = (
            tr("Would have matched {0} in {1}", found, days)
            if matched.looked
            else tr("Nothing of the kind happened in {0}", days)
        )
    else:
        said = tr(
            "Would have matched at least {0} in {1} (still counting: {2} looked at)",
            found,
            days,
            format(matched.looked, ","),
        )
    return (
        tr("{0}; whether all were there at the time is not counted", said) if matched.join and matched.count else said
    )
