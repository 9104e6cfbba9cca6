"""Whether a firing is within its budget: the limits on firings and on GPU-hours (contract, section 4, "held")."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from trigger_studio.decide.rules import CompiledRule, RuleSet
from trigger_studio.model import rule as model
from trigger_studio.model.limit import Limit
from trigger_studio.model.profile import Profile

Started = Callable[[float], Mapping[tuple[str, str | None], int]]
"""Firings that started within so many seconds before now, by (rule id, project)."""


def over_budget(rule: CompiledRule, rules: RuleSet, started: Started, project: str | None) -> bool:
    """Whether one more firing of the rule would go over a limit that covers it."""
    for limit in rules.limits:
        if limit.kind == "failures" or not limit.covers(project, rule.rule.id):
            continue
        cost = _cost(limit, rule, rules.profile)
        if cost and cost + spent(limit, rules, started) > limit.amount:
            return True
    return False


def spent(limit: Limit, rules: RuleSet, started: Started) -> float:
    """What the firings that started within the limit's window cost, by their rules as they stand."""
    used = 0.0
    for (rule_id, project), number in started(limit.window_s).items():
        rule = rules.rules.get(rule_id)
        if rule is not None and limit.covers(project, rule_id):
            used += number * _cost(limit, rule, rules.profile)
    return used


def _cost(limit: Limit, rule: CompiledRule, profile: Profile) -> float:
    return 1.0 if limit.kind == "firings" else gpu_hours(rule.rule.actions, profile)


def gpu_hours(actions: Iterable[model.Action], profile: Profile) -> float:
    """GPU-hours that a list of actions costs by the profile at most: of a branch, its dearer side."""
    return sum(_hours(action, profile) for action in actions)


def _hours(action: model.Action, profile: Profile) -> float:
    match action:
        case model.Branch(then=then, else_=other):
            return max(gpu_hours(then, profile), gpu_hours(other, profile))
        case model.Parallel(actions=inner) | model.Sequence(actions=inner):
            return gpu_hours(inner, profile)
        case model.SubmitJob(job_type=name):
            return profile.job_types[name].gpu_hours
        case model.JobAction(type=name):
            return profile.job_types[profile.actions[name]].gpu_hours
    return 0.0


def tripped(rules: RuleSet, failures: Sequence[tuple[str, str | None, float]], now_s: float) -> dict[str, Limit]:
    """Rules that failed as often as a limit on failures names, each with that limit.

    Args:
        failures: (rule id, project, when) of failed firings, in any order.
        now_s: seconds since the epoch on the engine's clock.
    """
    found: dict[str, Limit] = {}
    for limit in (limit for limit in rules.limits if limit.kind == "failures"):
        count: dict[str, int] = {}
        for rule_id, project, at in failures:
            if at > now_s - limit.window_s and limit.covers(project, rule_id):
                count[rule_id] = count.get(rule_id, 0) + 1
        for rule_id, number in count.items():
            if number >= limit.amount:
                found.setdefault(rule_id, limit)
    return found
