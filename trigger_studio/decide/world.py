"""What a decision may ask of the world. Nothing else reaches it: no clock, no database, no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from trigger_studio.decide.joins import Members
from trigger_studio.decide.tallies import Fingerprint, Tally
from trigger_studio.model.event import Entity, EntityKey, Event
from trigger_studio.model.firing import Completion

if TYPE_CHECKING:
    from trigger_studio.decide.rules import CompiledRule


class World(Protocol):
    """The world as it is right after the event set its entity's status."""

    def entity(self, key: EntityKey) -> Entity | None:
        """The known entity, or None."""

    def members(self, wanted: Members, parent: str) -> Iterable[Entity]:
        """Every known entity that a join looks at, under that project or character."""

    def tally(self, wanted: Members, parent: str) -> Tally:
        """How many of them have which status."""

    def halted(self, project: str | None, rule_id: str, chain: str) -> bool:
        """Whether a halt of everything, of the project, of the rule or of the chain stands."""

    def approved(self, rule_id: str, digest: str) -> bool:
        """Whether an admin's approval stands for this digest."""

    def covered(self, rule_id: str, completion: Completion) -> bool:
        """Whether an earlier firing of the rule for that parent was for a completion holding every pair of it."""

    def covers(self, rule_id: str, parent: EntityKey, fingerprint: Fingerprint) -> bool:
        """Whether a completion of that fingerprint is known to be covered; if not, `covered` finds out."""

    def recent(self, rule_id: str, key: EntityKey) -> int:
        """Firings of the rule for the entity that started within the last 3,600 s of the engine's clock."""

    def over_limit(self, rule: CompiledRule, event: Event, before: Sequence[CompiledRule]) -> bool:
        """Whether one more firing of the rule would go over a limit that covers it (see `decide.budget`).

        Args:
            before: rules that the same event starts, and that act before this one.
        """

    def over_ceiling(self, rule: CompiledRule, event: Event, before: Sequence[CompiledRule]) -> bool:
        """Whether it would take the event's chain over its ceiling."""
