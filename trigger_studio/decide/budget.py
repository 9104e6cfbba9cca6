"""What firings cost, and whether one more is within its budget: limits and the ceiling of a click (contract, 8.10).

Everything here is arithmetic on values. What was taken so far is kept by `engine.ledger`, for the engine and for the
dry run alike. Sums are in whole millionths, so that adding and taking away again leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Mapping

from trigger_studio.decide.program import Program
from trigger_studio.frozen import frozen
from trigger_studio.model.firing import Step
from trigger_studio.model.limit import Limit
from trigger_studio.model.profile import Ceiling, Profile
from trigger_studio.model.rule import Branch

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


# what a firing costs ------------------------------------------------------------------------------------------------


def rates_of(program: Program, profile: Profile) -> Rates:
    """Those of the job types that a rule submits."""
    types = {node.job_type for node in program.nodes if node.job_type is not None}
    return {name: millionths(profile.job_types[name].gpu_hours) for name in sorted(types)}


def cost(program: Program, rates: Rates, steps: Mapping[int, Step] | None = None) -> Cost:
    """What a firing costs when it starts, or starts again: of a branch not taken yet the dearer side.

    Args:
        rates: of the program's job types.
        steps: what it has reached; that is not counted again.
    """
    return ONE + _sum(program, program.root.children, rates, steps or {})


def replaced(program: Program, rates: Rates, before: Mapping[int, Step], after: Mapping[int, Step]) -> Cost:
    """What the branches that were reached in between add to a firing's cost: the side taken, less the dearer side."""
    change = NOTHING
    for index, step in after.items():
        if step.taken and (index not in before or before[index].taken is None):
            node = program.nodes[index]
            change += _sum(program, node.side(step.taken), rates, {}) - _dearer(program, index, rates, {})
    return change


def returned(hours: object, share: int) -> Cost:
    """What a job that came back with its GPU-hours adds to the share that was counted for it.

    Args:
        hours: as the job returned them; nothing is replaced by what is no number of hours.
        share: in millionths.
    """
    if isinstance(hours, bool) or not isinstance(hours, int | float) or not 0 <= hours < float("inf"):
        return NOTHING
    return Cost(hours=millionths(hours) - share)


def _sum(program: Program, indexes: tuple[int, ...], rates: Rates, steps: Mapping[int, Step]) -> Cost:
    total = NOTHING
    for index in indexes:
        total += _share(program, index, rates, steps)
    return total


def _share(program: Program, index: int, rates: Rates, steps: Mapping[int, Step]) -> Cost:
    node, step = program.nodes[index], steps.get(index)
    if isinstance(node.action, Branch) and (step is None or step.taken is None):
        return _dearer(program, index, rates, steps)
    if node.children:
        return _sum(program, node.side(step.taken if step else None), rates, steps)
    if node.job_type is None or step is not None:
        return NOTHING
    return Cost(jobs=1, hours=rates[node.job_type])


def _dearer(program: Program, index: int, rates: Rates, steps: Mapping[int, Step]) -> Cost:
    node = program.nodes[index]
    then, other = (_sum(program, node.side(side), rates, steps) for side in ("then", "else"))
    return Cost(0, max(then.jobs, other.jobs), max(then.hours, other.hours))


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
    total = taken + more
    allowed = (
        (ceiling.firings, more.firings, total.firings),
        (ceiling.jobs, more.jobs, total.jobs),
        (None if ceiling.gpu_hours is None else millionths(ceiling.gpu_hours), more.hours, total.hours),
    )
    return any(most is not None and share > 0 and spent > most * times for most, share, spent in allowed)
