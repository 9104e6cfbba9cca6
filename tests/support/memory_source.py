"""A source held in memory: the empty world, or one made by hand. The real ones have suites of their own."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from trigger_studio.decide.halts import halted
from trigger_studio.decide.rules import CompiledRule
from trigger_studio.decide.tallies import Fingerprint, Group, Tally
from trigger_studio.engine.ledger import Click
from trigger_studio.errors import NotFound
from trigger_studio.model.event import Entity, EntityKey, Event, Job
from trigger_studio.model.firing import Firing, OpenBatch, Queue
from trigger_studio.model.limit import Limit


class MemorySource:
    """Entities, approvals and halts given as values; no history.

    Args:
        entities: as they stand.
        approvals: (rule id, digest) pairs; None approves everything.
        halts: (scope, id) pairs: ``("all", "")``, ``("project", id)``, ``("rule", id)``, ``("chain", id)``.
    """

    def __init__(
        self,
        entities: Iterable[Entity] = (),
        approvals: Collection[tuple[str, str]] | None = (),
        halts: Collection[tuple[str, str]] = (),
    ) -> None:
        self._entities = {entity.key: entity for entity in entities}
        self._approvals = approvals
        self._halts = halts

    def entity(self, key: EntityKey) -> Entity | None:
        return self._entities.get(key)

    def members(self, kind: str, of: str, parent: str) -> list[Entity]:
        return [entity for entity in self._entities.values() if entity.kind == kind and entity.parent(of) == parent]

    def halted(self, project: str | None, rule_id: str, chain: str) -> bool:
        return halted(self._halts, project, rule_id, chain)

    def tally(self, group: Group, plan: str, name: str) -> Tally | None:
        return None

    def joined(self, group: Group, plan: str, name: str) -> list[Entity] | None:
        return None

    def approved(self, rule_id: str, digest: str) -> bool:
        return self._approvals is None or (rule_id, digest) in self._approvals

    def completions(self, rule_id: str, parent: EntityKey, newest: int) -> list[tuple[str, frozenset[tuple[str, int]]]]:
        return []

    def covering(self, rule_id: str, parent: EntityKey, fingerprint: Fingerprint) -> str | None:
        return None

    def firing_times(self, rule_id: str, key: EntityKey, since: float) -> list[float]:
        return []

    def spent(self, limit: Limit, since: float) -> int:
        return 0

    def failed(self, rule_id: str, project: str | None, since: float) -> int:
        return 0

    def click(self, chain: str) -> Click:
        return Click()

    def queues(self) -> list[Queue]:
        return []

    def queued(self, queue: Queue, after: tuple[int, ...], most: int) -> list[Firing]:
        return []

    def job(self, job_id: str) -> Job | None:
        return None

    def firing(self, firing_id: str) -> Firing | None:
        return None

    def event(self, event_id: str) -> Event | None:
        return None

    def open_batch(self, key: tuple[str, str]) -> OpenBatch | None:
        return None

    def gathered(self, batch_id: str) -> list[Firing]:
        return []

    def revision(self, rule_id: str, revision: int) -> CompiledRule:
        raise NotFound(f"rule '{rule_id}' has no revision {revision}")

    def installation(self) -> str:
        return "memory"

    def open_depth(self, key: EntityKey) -> int:
        return 0
