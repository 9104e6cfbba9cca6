"""An event for which a rule fires, made of what the pipeline has and, where that does not do, of what is supposed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from trigger_studio.analysis.conditions.example import fitting
from trigger_studio.decide.decision import progress
from trigger_studio.decide.predicate import Predicate
from trigger_studio.decide.rules import CompiledRule, RuleSet
from trigger_studio.engine.ports import Source
from trigger_studio.engine.world import World
from trigger_studio.frozen import frozen
from trigger_studio.model.event import Entity, Event
from trigger_studio.model.profile import PARENT_KINDS, Profile
from trigger_studio.model.rule import Rule

MOST_INVENTED = 200
"""Members that are supposed to exist besides those there are; a join that wants more gets no example."""


@frozen
class Example:
    """An event, and what was made up for it.

    Attributes:
        invented: whether the event's entity does not exist.
        changed: names of attributes whose values were made up.
        supposed: entities as they are supposed to stand.
    """

    event: Event
    invented: bool = False
    changed: tuple[str, ...] = ()
    supposed: tuple[Entity, ...] = ()

    @property
    def made_up(self) -> bool:
        """Whether no such event is on record."""
        return self.event.seq == 0


def example(
    compiled: CompiledRule, entities: Sequence[Entity], source: Source, profile: Profile, *, seq: int
) -> Example | None:
    """An event on which the rule's conditions hold, about the best entity there is; None if none can be made.

    Args:
        compiled: the rule.
        entities: of the pipeline.
        source: the world as it is.
        profile: in force.
        seq: the last place in the commit order.
    """
    rule = compiled.rule
    entity, invented = _entity(compiled, entities)
    attributes = fitting(compiled.where, entity.attributes, profile)
    if attributes is None:
        return None
    changed = tuple(name for name, value in attributes.items() if entity.attributes.get(name) != value)
    event = Event(
        f"example-{rule.id}", rule.when.event, entity.kind, entity.id, entity.parent("project"),
        entity.parent("character"), attributes,
    )  # fmt: skip
    if invented:  # it would be created with what its event carries, and that decides whether the join counts it
        entity = replace(entity, attributes=fitting(_filter(compiled), attributes, profile) or attributes)
    supposed = _joined(compiled, entity, source, profile, seq)
    return None if supposed is None else Example(event, invented, changed, supposed)


def _entity(compiled: CompiledRule, entities: Sequence[Entity]) -> tuple[Entity, bool]:
    """The entity in the rule's scope that fits best, or one invented."""
    rule, when, where = compiled.rule, compiled.rule.when, compiled.where

    def poorness(entity: Entity) -> tuple[bool, bool]:
        return where is not None and not where.holds(entity.attributes), entity.status == when.event

    known = [e for e in entities if e.kind == when.entity and e.kind != "job" and _has_scope(rule, e)]
    if known:
        return min(known, key=poorness), False
    parents = {kind: _parent(kind, rule, entities) for kind in PARENT_KINDS}
    name = parents.get(when.entity) or f"example-{when.entity}"
    return Entity(when.entity, name, "", "", parents["project"], parents["character"]), True


def in_scope(rule: Rule, entity: Entity) -> bool:
    """Whether events under this project or character, or about this entity, are within the rule's scope."""
    characters = rule.when.scope.characters
    if rule.project is not None and entity.parent("project") != rule.project:
        return False
    return not isinstance(characters, tuple) or entity.kind == "project" or entity.parent("character") in characters


def _has_scope(rule: Rule, entity: Entity) -> bool:
    """Whether an event about the entity is within the rule's scope, and its join can hold."""
    join, characters = rule.when.every, rule.when.scope.characters
    if join is not None and entity.parent(join.of) is None:
        return False
    if characters is not None and entity.parent("character") is None:
        return False
    return in_scope(rule, entity) and (entity.kind != "project" or not isinstance(characters, tuple))


def _parent(kind: str, rule: Rule, entities: Sequence[Entity]) -> str | None:
    """The project or character of an invented entity."""
    characters = rule.when.scope.characters
    if kind == "project" and rule.project is not None:
        return rule.project
    if kind == "character" and isinstance(characters, tuple):
        return characters[0]
    known = next((e.id for e in entities if e.kind == kind and in_scope(rule, e)), None)
    needed = rule.when.every is not None or (kind == "character" and characters is not None)
    return known or (f"example-{kind}" if needed else None)


def _filter(compiled: CompiledRule) -> Predicate | None:
    """What the members of its join must pass."""
    return compiled.members.where if compiled.members else None


def _joined(
    compiled: CompiledRule, entity: Entity, source: Source, profile: Profile, seq: int
) -> tuple[Entity, ...] | None:
    """What must be supposed so that the rule's join is complete by this event, for the first time."""
    join = compiled.rule.when.every
    if join is None:
        return ()
    parent = entity.parent(join.of)
    assert parent is not None
    state = progress(compiled, World(source, RuleSet((), profile), lambda: 0.0), Event("", "", join.of, parent))
    if state.needed is None or state.needed > MOST_INVENTED:
        return None
    others = [member for member in state.members if member.key != entity.key]
    reached = [replace(member, status=join.status, changed_seq=seq, status_seq=0) for member in others]
    attributes = fitting(_filter(compiled), {}, profile) or {}
    project = entity.parent("project") if join.of == "character" else parent
    character = entity.parent("character") if join.of == "project" else parent
    invented = Entity(join.entity, "", "", join.status, project, character, attributes, 0, seq)
    lacking = state.needed - len(reached) - (entity.kind == join.entity)
    more = [replace(invented, id=f"another {join.entity} {place}") for place in range(1, lacking + 1)]
    return (replace(entity, status="", status_seq=0), *reached, *more)
