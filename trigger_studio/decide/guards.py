"""What may keep a matching rule from firing: one list, read by the decision and by its explanation.

`decide` stops at the first guard that stops the rule; `explain` tells of them all, in the same order. The order is part
of what is promised: halt, depth, approval, budget, hourly.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from trigger_studio.decide.predicate import Check
from trigger_studio.decide.rules import CompiledRule
from trigger_studio.decide.world import World
from trigger_studio.model.event import Event
from trigger_studio.model.firing import BUDGET


class Attempt(NamedTuple):
    """A rule about to fire on an event.

    Attributes:
        depth: the firing's.
        before: rules that the same event starts before this one, so that what they cost is counted; None for a firing
            that costs nothing, since another acts for it.
    """

    rule: CompiledRule
    world: World
    event: Event
    depth: int
    before: Sequence[CompiledRule] | None = ()


class Guard(NamedTuple):
    """One reason for which a rule may not fire.

    Attributes:
        reason: as a verdict names it.
        stops: whether it stops this attempt.
        check: how it stands, given whether it stops; None where the guard is not for this rule.
    """

    reason: str
    stops: Callable[[Attempt], bool]
    check: Callable[[Attempt, bool], Check | None]


def _halted(attempt: Attempt) -> bool:
    event = attempt.event
    return attempt.world.halted(event.project, attempt.rule.rule.id, event.chain)


def _halt_check(_attempt: Attempt, stops: bool) -> Check:
    return Check("halt", "", not stops, "no halt", "halted" if stops else "no halt")


def _too_deep(attempt: Attempt) -> bool:
    return attempt.depth > attempt.rule.max_depth


def _depth_check(attempt: Attempt, stops: bool) -> Check:
    return Check("depth", "max_depth", not stops, attempt.rule.max_depth, attempt.depth)


def _unapproved(attempt: Attempt) -> bool:
    rule = attempt.rule
    return rule.digest is not None and not attempt.world.approved(rule.rule.id, rule.digest)


def _approval_check(attempt: Attempt, stops: bool) -> Check | None:
    if attempt.rule.digest is None:
        return None
    return Check("approval", "", not stops, "approved by an admin", "not approved" if stops else "approved")


def over_ceiling(attempt: Attempt) -> bool:
    """Whether the chain's ceiling stops it, which does not go by itself as a limit's window does."""
    world, event = attempt.world, attempt.event
    return attempt.before is not None and world.over_ceiling(attempt.rule, event, attempt.before)


def _over_budget(attempt: Attempt) -> bool:
    if attempt.before is None:
        return False
    return over_ceiling(attempt) or attempt.world.over_limit(attempt.rule, attempt.event, attempt.before)


def _budget_check(attempt: Attempt, stops: bool) -> Check:
    if over_ceiling(attempt):
        return Check("budget", "limits.per_click", False, "within its limits", "over its chain's ceiling")
    return Check("budget", "", not stops, "within its limits", "over a limit" if stops else "within its limits")


def _recent(attempt: Attempt) -> int:
    return attempt.world.recent(attempt.rule.rule.id, attempt.event.key)


def _too_often(attempt: Attempt) -> bool:
    return _recent(attempt) >= attempt.rule.hourly_limit


def _hourly_check(attempt: Attempt, stops: bool) -> Check:
    return Check("hourly", "", not stops, {"below": attempt.rule.hourly_limit}, _recent(attempt))


GUARDS: Final = (
    Guard("halt", _halted, _halt_check),
    Guard("depth", _too_deep, _depth_check),
    Guard("approval", _unapproved, _approval_check),
    Guard(BUDGET, _over_budget, _budget_check),
    Guard("hourly", _too_often, _hourly_check),
)
"""In the order in which they are asked."""


def obstacle(attempt: Attempt) -> str | None:
    """The reason of the first guard that stops the attempt, or None."""
    for guard in GUARDS:
        if guard.stops(attempt):
            return guard.reason
    return None


def checks(attempt: Attempt) -> list[Check]:
    """How every guard stands that is for the rule."""
    found = (guard.check(attempt, guard.stops(attempt)) for guard in GUARDS)
    return [check for check in found if check is not None]
