"""The decision: which rules fire on an event, which are held or refused, and why (promises.md).

`decide` is the only place where that is settled. The engine, the dry run, the explanation, the back-test and the
sandbox all call it, so what they foretell is what runs.
"""

from __future__ import annotations

from trigger_studio.decide import guards
from trigger_studio.decide.guards import Attempt, over_ceiling
from trigger_studio.decide.rules import CompiledRule, RuleSet
from trigger_studio.decide.tallies import NOBODY
from trigger_studio.decide.world import World
from trigger_studio.frozen import frozen
from trigger_studio.model.event import Entity, Event
from trigger_studio.model.firing import BUDGET, HOLDING_REASONS, Completion
from trigger_studio.model.rule import Join


@frozen
class Verdict:
    """A rule that matched an event.

    Attributes:
        depth: of the firing.
        reason: None when it fires, else the first obstacle: halt, depth, approval, budget, hourly.
        completion: of a join, what it was complete with.
        capped: held for its chain's ceiling, so that it does not go by itself.
    """

    rule: CompiledRule
    depth: int
    reason: str | None = None
    completion: Completion | None = None
    capped: bool = False

    @property
    def held(self) -> bool:
        return self.reason in HOLDING_REASONS


def decide(rules: RuleSet, world: World, event: Event) -> list[Verdict]:
    """The verdict on every rule that matches `event`, in order of action.

    Args:
        rules: the compiled rules.
        world: the world right after the event set its entity's status; it is read, never written.
        event: as stored, with its depth.
    """
    verdicts = []
    before: list[CompiledRule] = []
    for rule in rules.matching(event):
        completion = None
        depth = event.depth + 1
        if rule.rule.when.every:
            if not may_complete(rule, world, event):
                continue
            completion = complete(rule, world, event)
            if completion is None or world.covered(rule.rule.id, completion):
                continue
            depth = max(depth, completion.depth + 1)
        attempt = Attempt(rule, world, event, depth, before)
        reason = guards.obstacle(attempt)
        capped = reason == BUDGET and over_ceiling(attempt)
        verdicts.append(Verdict(rule, depth, reason, completion, capped))
        if reason is None and rule.rule.coalesce is None:  # what gathers counts when its batch closes
            before.append(rule)
    return verdicts


@frozen
class Progress:
    """How far a join is: its members, those that hold the status, and how many are needed."""

    parent: tuple[str, str] | None
    members: tuple[Entity, ...]
    reached: tuple[Entity, ...]
    needed: int | None


def progress(rule: CompiledRule, world: World, event: Event) -> Progress:
    """How far the rule's join is for the event's entity; `parent` None without one, `needed` None if not to be read."""
    join = rule.rule.when.every
    assert join is not None
    assert rule.members is not None
    entity = world.entity(event.key)
    parent = entity.parent(join.of) if entity else None
    if parent is None:
        return Progress(None, (), (), None)
    members = tuple(world.members(rule.members, parent))
    reached = tuple(member for member in members if member.status == join.status)
    return Progress((join.of, parent), members, reached, _needed(join, world, parent))


def _needed(join: Join, world: World, parent: str) -> int | None:
    """The join's `min`: a number, or an attribute of the parent that holds one; below 1 counts as 1."""
    wanted: object = join.min
    if isinstance(wanted, str):
        holder = world.entity((join.of, parent))
        wanted = holder.attributes.get(wanted) if holder else None
    if isinstance(wanted, bool) or not isinstance(wanted, int | float):
        return None
    return max(1, -int(-wanted // 1))


def may_complete(rule: CompiledRule, world: World, event: Event) -> bool:
    """Whether the rule's join may hold for the first time: by the numbers alone, so that no member is read in vain."""
    join, entity = rule.rule.when.every, world.entity(event.key)
    assert join is not None
    assert rule.members is not None
    parent = entity.parent(join.of) if entity else None
    if parent is None:
        return False
    tally = world.tally(rule.members, parent)
    count, *fingerprint = tally.get(join.status, NOBODY)
    needed = _needed(join, world, parent)
    if needed is None or count < needed or tally.keys() != {join.status}:
        return False
    return not world.covers(rule.rule.id, (join.of, parent), (fingerprint[0], fingerprint[1]))


def complete(rule: CompiledRule, world: World, event: Event) -> Completion | None:
    """What the rule's join is complete with right now, or None if it does not hold."""
    state = progress(rule, world, event)
    if state.parent is None or state.needed is None:
        return None
    if len(state.reached) != len(state.members) or len(state.members) < state.needed:
        return None
    return Completion(
        parent=state.parent,
        members=frozenset((member.id, member.changed_seq) for member in state.members),
        depth=max(member.status_depth for member in state.members),
    )
