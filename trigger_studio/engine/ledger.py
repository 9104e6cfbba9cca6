"""What firings took: of each limit within its window, and of each chain's ceiling (promises.md).

A source knows what was taken by earlier transactions; what this one takes is laid over it. The arithmetic is that of
`decide.budget`.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from trigger_studio.decide import budget
from trigger_studio.decide.budget import NOTHING, Cost, Rates
from trigger_studio.frozen import frozen
from trigger_studio.model.firing import Firing
from trigger_studio.model.limit import Limit

if TYPE_CHECKING:
    from trigger_studio.decide.rules import CompiledRule, RuleSet
    from trigger_studio.engine.ports import Source
    from trigger_studio.model.profile import Ceiling


@frozen
class Click:
    """What a chain took so far, and how often somebody gave it its ceiling once more."""

    taken: Cost = NOTHING
    grants: int = 0


@frozen
class Note:
    """Something to be remembered for as long as a limit looks back to it.

    Attributes:
        at: when what took it started, or failed; seconds since the epoch on the engine's clock.
        taken: what was taken at that time; None of a failed firing.
    """

    rule_id: str
    project: str | None
    at: float
    taken: Cost | None


class _Window:
    """What this transaction took of one limit."""

    def __init__(self, limit: Limit) -> None:
        self.limit = limit
        self._own: list[tuple[float, int]] = []
        self._sum = 0

    def add(self, at: float, taken: Cost) -> None:
        share = budget.measure(self.limit, taken)
        heapq.heappush(self._own, (at, share))
        self._sum += share

    def used(self, source: Source, now_s: float) -> int:
        """Of the limit, in millionths, within the window that ends now."""
        since = self.limit.since(now_s)
        while self._own and self._own[0][0] <= since:
            self._sum -= heapq.heappop(self._own)[1]
        return source.spent(self.limit, since) + self._sum


class Ledger:
    """Adds up what firings took, the earlier ones by the source and this transaction's own over them.

    Attributes:
        notes: made by this transaction.
        clicks: of the chains for which it took something, as they now stand.
    """

    def __init__(self, source: Source, rules: RuleSet, now: Callable[[], float]) -> None:
        self.notes: list[Note] = []
        self.clicks: dict[str, Click] = {}
        self._source, self._rules, self._now = source, rules, now
        self._windows: dict[tuple[str, str], list[_Window]] = {}
        for limit in rules.limits:
            if limit.kind != "failures":
                self._windows.setdefault((limit.scope, limit.target), []).append(_Window(limit))
        self._ceilings: dict[str | None, Ceiling] = {}
        self._eased = True
        self._looked_at = float("-inf")

    # whether there is room

    def _covering(self, rule_id: str, project: str | None) -> Iterator[_Window]:
        if self._windows:
            for scope in (("all", ""), ("project", project or ""), ("rule", rule_id)):
                yield from self._windows.get(scope, ())

    def over_limit(self, taking: Cost, rule_id: str, project: str | None, before: Iterable[CompiledRule] = ()) -> bool:
        """Whether that would go over a limit, once `before` are counted, rules that fire in the same project."""
        now_s = self._now()
        for window in self._covering(rule_id, project):
            limit = window.limit
            used = window.used(self._source, now_s)
            used += sum(budget.measure(limit, rule.cost) for rule in before if limit.covers(project, rule.rule.id))
            if budget.exceeds(limit, used, budget.measure(limit, taking)):
                return True
        return False

    def over_ceiling(self, taking: Cost, chain: str, project: str | None, before: Sequence[CompiledRule] = ()) -> bool:
        """Whether that would take the chain over its ceiling, once `before` are counted, rules that fire for it."""
        ceiling = self._ceilings.get(project)
        if ceiling is None:
            ceiling = self._ceilings[project] = self._rules.profile.limits.per_click.of(project)
        if ceiling.firings is None and ceiling.jobs is None and ceiling.gpu_hours is None:
            return False
        click = self.click(chain)
        taken = sum((rule.cost for rule in before), click.taken) if before else click.taken
        return budget.over_ceiling(ceiling, 1 + click.grants, taken, taking)

    def click(self, chain: str) -> Click:
        """What the chain took so far."""
        return self.clicks.get(chain) or self._source.click(chain)

    def grant(self, chain: str) -> None:
        """Give the chain its ceiling once more."""
        click = self.click(chain)
        self.clicks[chain] = Click(click.taken, click.grants + 1)

    def eased(self) -> bool:
        """Whether there may be room that there was not when this was last asked."""
        now_s = self._now()
        if not self._eased and now_s == self._looked_at:
            return False
        self._eased, self._looked_at = False, now_s
        return True

    def ease(self) -> None:
        """There may be room."""
        self._eased = True

    # what is taken

    def take(self, firing: Firing, taking: Cost, rates: Rates) -> Firing:
        """A firing starts: what it costs is counted now, by these rates. Returns it with that."""
        now_s = self._now()
        self.count(firing, now_s, taking)
        jobs, hours = firing.jobs + taking.jobs, firing.hours + taking.hours
        return replace(firing, counted_at=now_s, jobs=jobs, hours=hours, rates=rates)

    def change(self, firing: Firing, change: Cost) -> Firing:
        """What was counted for a firing is not what it takes. Returns it with that."""
        if change == NOTHING or firing.counted_at is None:
            return firing
        self.ease()
        self.count(firing, firing.counted_at, change)
        return replace(firing, jobs=firing.jobs + change.jobs, hours=firing.hours + change.hours)

    def count(self, firing: Firing, at: float, taken: Cost) -> None:
        """Count what was taken at a time, seconds since the epoch on the engine's clock."""
        if self._rules.limits:
            self.notes.append(Note(firing.rule_id, firing.project, at, taken))
            for window in self._covering(firing.rule_id, firing.project):
                window.add(at, taken)
        click = self.click(firing.chain)
        self.clicks[firing.chain] = Click(click.taken + taken, click.grants)

    def fail(self, firing: Firing) -> Limit | None:
        """A firing fails. Returns a limit on failures that its rule has reached by that, if there is one."""
        now_s = self._now()
        self.notes.append(Note(firing.rule_id, firing.project, now_s, None))
        counting = (
            limit
            for limit in self._rules.limits
            if limit.kind == "failures" and limit.covers(firing.project, firing.rule_id)
        )
        for limit in counting:
            if self._failed(limit, firing.rule_id, limit.since(now_s)) >= limit.amount:
                return limit
        return None

    def _failed(self, limit: Limit, rule_id: str, since: float) -> int:
        project = limit.target if limit.scope == "project" else None
        here = (
            note.rule_id == rule_id and note.taken is None and note.at > since and limit.covers(note.project, rule_id)
            for note in self.notes
        )
        return sum(here) + self._source.failed(rule_id, project, since)
