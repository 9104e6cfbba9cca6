"""What firings cost, and whether one more is within its budget: limits and the ceiling of a click (promises.md).

Everything here is arithmetic on values. What was taken so far is kept by `engine.ledger`, for the engine and for the
dry run alike. Sums are in whole millionths, so that adding and taking away again leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Mapping

from trigger_studio.frozen import frozen
from trigger_studio.model.limit import Limit
from trigger_studio.model.profile import Ceiling

MILLION = 1_000_000
_MOST_HOURS = 1e12


@frozen
class Cost:
    """What something takes, or what replacing one share by another adds.

    Attributes:
        firings: 1 for a firing that starts, 0 for a change of what it takes.
        hours: GPU-hours, in millionths.
    """

    firings: int = 0
    jobs: int = 0
    hours: int = 0

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.firings + other.firings, self.jobs + other.jobs, self.hours + other.hours)

    def __sub__(self, other: Cost) -> Cost:
        return Cost(self.firings - other.firings, self.jobs - other.jobs, self.hours - other.hours)

    @property
    def gpu_hours(self) -> float:
        return self.hours / MILLION


NOTHING, ONE = Cost(), Cost(firings=1)

Rates = Mapping[str, int]
"""GPU-hours of one job, in millionths, by job type. A firing keeps those by which it was counted."""


def millionths(amount: float) -> int:
    """An amount in whole millionths."""
    return round(min(amount, _MOST_HOURS) * MILLION)


# whether it is within the budget --------------------------------------------------------------------------------------


def measure(limit: Limit, taken: Cost) -> int:
    """What counts of a cost for a limit, in millionths."""
    return taken.firings * MILLION if limit.kind == "firings" else taken.hours


def exceeds(limit: Limit, used: int, share: int) -> bool:
    """Whether `share` more would go over a limit of which `used` is taken; both in millionths."""
    return share > 0 and used + share > millionths(limit.amount)


def over_ceiling(ceiling: Ceiling, times: int, taken: Cost, more: Cost) -> bool:
    """Whether a firing would take its chain over its ceiling.

    Args:
        ceiling: that of the firing's project.
        times: how often the chain has it: once, and once more for each time that somebody resumed it.
        taken: what the chain took so far.
        more: what the firing costs.
    """
    hours = None if ceiling.gpu_hours is None else millionths(ceiling.gpu_hours)
    return (
        _over(ceiling.firings, times, taken.firings, more.firings)
        or _over(ceiling.jobs, times, taken.jobs, more.jobs)
        or _over(hours, times, taken.hours, more.hours)
    )


def _over(most: int | None, times: int, taken: int, more: int) -> bool:
    return most is not None and more > 0 and taken + more > most * times
