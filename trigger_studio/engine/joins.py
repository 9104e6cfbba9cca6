"""What joins look at in one world: what its source keeps, or has, and what the world changed."""

from __future__ import annotations

from dataclasses import dataclass, field

from trigger_studio.decide.joins import Counted, Members
from trigger_studio.decide.rules import RuleSet
from trigger_studio.decide.tallies import NOBODY, Group, Share, Tally, added, sum_of
from trigger_studio.engine.ports import Source
from trigger_studio.model.event import Entity
from trigger_studio.model.profile import PARENT_KINDS


@dataclass(slots=True)
class _Part:
    """Some of the entities that pass a filter: how many have which status, and who they are; None for who has left."""

    shares: dict[str, Share] = field(default_factory=dict)
    entities: dict[str, Entity | None] = field(default_factory=dict)

    def put(self, entity: Entity, sign: int = 1) -> None:
        self.shares[entity.status] = added(self.shares.get(entity.status, NOBODY), entity, sign)
        self.entities[entity.id] = entity if sign > 0 else None


_EMPTY = _Part()
_Parts = dict[str, _Part]
"""By the filter's name."""


class Joins:
    """Follows a world's changes, so that asking costs the same at any number of members.

    Args:
        source: under the world.
        rules: that are decided by.

    Attributes:
        read: groups that had to be read whole, since nothing is kept about them, and how many entities were there.
    """

    def __init__(self, source: Source, rules: RuleSet) -> None:
        self._source = source
        self._rules = rules
        self.read: dict[Group, int] = {}
        self._parts: dict[Group, _Parts] = {}
        self._changed: dict[Group, _Parts] = {}

    def moved(self, before: Entity | None, after: Entity) -> None:
        """An entity was made or changed."""
        for entity, sign in ((before, -1), (after, 1)):
            for of in PARENT_KINDS:
                if entity is not None and (parent := entity.parent(of)) is not None:
                    self._put((entity.kind, of, parent), entity, sign)

    def _put(self, group: Group, entity: Entity, sign: int) -> None:
        filters = self._rules.counted(group)
        if filters is not None:
            parts = self._changed.setdefault(group, {})
            for name in filters.find(entity.attributes):
                parts.setdefault(name, _Part()).put(entity, sign)

    def tally(self, wanted: Members, parent: str) -> Tally | None:
        """How many members have which status; None if no rule looks at them."""
        group = (wanted.kind, wanted.of, parent)
        filters = self._filters(group, wanted)
        if filters is None:
            return None
        kept = None if group in self._parts else self._source.tally(group, filters.plan, wanted.name)
        if kept is None:
            kept = self._whole(group, filters).get(wanted.name, _EMPTY).shares
        return sum_of(kept, self._changes(group, wanted).shares)

    def members(self, wanted: Members, parent: str) -> list[Entity] | None:
        """The members; None if no rule looks at them."""
        group = (wanted.kind, wanted.of, parent)
        filters = self._filters(group, wanted)
        if filters is None:
            return None
        kept = None if group in self._parts else self._source.joined(group, filters.plan, wanted.name)
        if kept is None:
            known = dict(self._whole(group, filters).get(wanted.name, _EMPTY).entities)
        else:
            known = {entity.id: entity for entity in kept}
        known |= self._changes(group, wanted).entities
        return [entity for entity in known.values() if entity is not None]

    def _filters(self, group: Group, wanted: Members) -> Counted | None:
        filters = self._rules.counted(group)
        return filters if filters is not None and wanted.name in filters.names else None

    def _changes(self, group: Group, wanted: Members) -> _Part:
        return self._changed.get(group, {}).get(wanted.name, _EMPTY)

    def _whole(self, group: Group, filters: Counted) -> _Parts:
        """What the source has of a group, read once for all filters."""
        if group not in self._parts:
            parts: _Parts = {}
            self.read[group] = 0
            for entity in self._source.members(*group):
                self.read[group] += 1
                for name in filters.find(entity.attributes):
                    parts.setdefault(name, _Part()).put(entity)
            self._parts[group] = parts
        return self._parts[group]
