"""Why a rule would fire on an event, or why not: check by check, from the parts `decide` is made of."""

from __future__ import annotations

from collections.abc import Iterator

from trigger_studio.decide import guards
from trigger_studio.decide.decision import Progress, complete, progress
from trigger_studio.decide.predicate import Check
from trigger_studio.decide.rules import CompiledRule
from trigger_studio.decide.world import World
from trigger_studio.model.event import Event


def explain(rule: CompiledRule, world: World, event: Event) -> list[Check]:
    """Every check of the rule on the event, passed or not; it fires if all passed that are not inside a group.

    Args:
        rule: enabled or not.
        world: right after the event set its entity's status.
        event: as stored.
    """
    checks = [*_matching(rule, event)]
    if rule.where:
        checks += rule.where.trace(event.attributes)
    depth = event.depth + 1
    if rule.rule.when.every:
        state = progress(rule, world, event)
        completion = complete(rule, world, event)
        checks += _joining(rule, state, world)
        if completion:
            depth = max(depth, completion.depth + 1)
            fresh = not world.covered(rule.rule.id, completion)
            checks.append(
                Check("completion", "when.every", fresh, "not fired for yet", "new" if fresh else "fired for")
            )
    return [*checks, *guards.checks(guards.Attempt(rule, world, event, depth))]


def _matching(rule: CompiledRule, event: Event) -> Iterator[Check]:
    when, project = rule.rule.when, rule.rule.project
    yield Check("enabled", "enabled", rule.rule.enabled, True, rule.rule.enabled)
    yield Check("event", "when.event", when.event == event.type, when.event, event.type)
    yield Check("entity", "when.entity", when.entity == event.entity, when.entity, event.entity)
    in_project = project is None or project == event.project
    yield Check("project", "project", in_project, project or "every project", event.project)
    names = when.scope.characters
    if names is None:
        yield Check("scope", "when.scope.project", True, "any event of the project", event.character)
    elif names == "all":
        yield Check("scope", "when.scope.characters", event.character is not None, "any character", event.character)
    else:
        yield Check("scope", "when.scope.characters", event.character in names, list(names), event.character)


def _joining(rule: CompiledRule, state: Progress, world: World) -> Iterator[Check]:
    join = rule.rule.when.every
    assert join is not None
    if state.parent is None:
        yield Check("every", "when.every.of", False, f"a {join.of}", None)
        return
    if isinstance(join.min, str):
        holder = world.entity(state.parent)
        found = holder.attributes.get(join.min) if holder else None
        where = f"a number in the attribute '{join.min}' of the {join.of} '{state.parent[1]}'"
        yield Check(join.min, "when.every.min", state.needed is not None, where, found)
    missing = sorted({member.id for member in state.members} - {member.id for member in state.reached})
    enough = len(state.members) >= (state.needed or 1)
    expected = {"entity": join.entity, "status": join.status, "min": state.needed or join.min}
    actual = {"reached": len(state.reached), "of": len(state.members), "missing": missing}
    yield Check("every", "when.every", enough and not missing, expected, actual)
