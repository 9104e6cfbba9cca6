"""What firings cost (promises.md)."""

from __future__ import annotations

from collections.abc import Mapping

from trigger_studio.decide.budget import NOTHING, ONE, Cost, Rates, millionths
from trigger_studio.decide.program import Program
from trigger_studio.model.firing import Step
from trigger_studio.model.profile import Profile
from trigger_studio.model.rule import Branch


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
