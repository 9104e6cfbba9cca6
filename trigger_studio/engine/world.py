"""The world of one transaction: a source, and the changes laid over it.

The engine flushes the changes to the database; the dry run throws them away. Everything else is the same for both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from trigger_studio.decide.joins import Members
from trigger_studio.decide.rules import CompiledRule, RuleSet
from trigger_studio.decide.tallies import Fingerprint, Tally, fingerprint, tally
from trigger_studio.engine.joins import Joins
from trigger_studio.engine.ledger import Ledger
from trigger_studio.engine.ports import Gate, NewCompletion, Source
from trigger_studio.engine.waiting import Waiting
from trigger_studio.model.delivery import Delivery
from trigger_studio.model.event import Entity, EntityKey, Event, Job
from trigger_studio.model.firing import BUDGET, Completion, Firing, OpenBatch, place_of
from trigger_studio.model.limit import Limit

PROVISIONAL = 1 << 60
"""Commit orders from here on are places within this transaction; the flush puts the real ones in."""

HOUR_S = 3600.0


def an_hour_before(now_s: float) -> float:
    """In whole milliseconds, as the clock goes, so that no rounding decides (see `Limit.since`)."""
    return round(now_s - HOUR_S, 3)


Pairs = frozenset[tuple[str, int]]
"""(member id, commit order of its last real change)"""

BatchKey = tuple[str, str]
"""(rule id, lane): where a batch gathers; at most one is open at a time."""


@dataclass(slots=True)
class Changes:
    """What a transaction adds.

    Attributes:
        asked: what the world outside is to answer, deliveries and gates, in the order they were made.
        emitted, submitted: ids by firing, for the log.
        covered: completions that an earlier firing was found to cover.
        batches: that gather, by (rule id, lane); None where one was closed and no other opened.
        paused: rules that halted themselves, each with the limit on failures that it reached.
    """

    entities: dict[EntityKey, Entity] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    firings: dict[str, Firing] = field(default_factory=dict)
    new_firings: set[str] = field(default_factory=set)
    jobs: dict[str, Job] = field(default_factory=dict)
    new_jobs: list[str] = field(default_factory=list)
    asked: list[Delivery | Gate] = field(default_factory=list)
    completions: list[NewCompletion] = field(default_factory=list)
    covered: list[NewCompletion] = field(default_factory=list)
    discarded: set[str] = field(default_factory=set)
    emitted: dict[str, list[str]] = field(default_factory=dict)
    submitted: dict[str, list[str]] = field(default_factory=dict)
    batches: dict[BatchKey, OpenBatch | None] = field(default_factory=dict)
    paused: dict[str, Limit] = field(default_factory=dict)

    @property
    def deliveries(self) -> list[Delivery]:
        """What leaves the database."""
        return [item for item in self.asked if isinstance(item, Delivery)]

    @property
    def gates(self) -> list[Gate]:
        """What people are asked."""
        return [item for item in self.asked if isinstance(item, Gate)]


class World:
    """Reads through the changes to the source. Satisfies `decide.world.World`."""

    def __init__(self, source: Source, rules: RuleSet, now: Callable[[], float], first_tick: int = PROVISIONAL) -> None:
        self.source = source
        self.rules = rules
        self.profile = rules.profile
        self.now = now
        self.changes = Changes()
        self.joins = Joins(source, rules)
        self._tick = first_tick
        self._events: dict[str, Event] = {}
        self._times: dict[tuple[str, EntityKey], list[float]] = {}
        self.ledger = Ledger(source, rules, now)
        self.waiting = Waiting(self)
        self._gathered: dict[str, set[str]] = {}
        self._completions: dict[tuple[str, EntityKey], list[tuple[str, Pairs]]] = {}
        self._covered: dict[tuple[str, EntityKey, Fingerprint], str] = {}

    def after(self, seconds: float) -> float:
        """The moment so many seconds from now, in whole milliseconds: 0.1 + 0.2 comes at the same time as 0.3."""
        return round(self.now() + seconds, 3)

    @property
    def ticks(self) -> int:
        """The next place in the commit order."""
        return self._tick

    def tick(self) -> int:
        """Take the next place in the commit order."""
        self._tick += 1
        return self._tick - 1

    # what a decision asks

    def entity(self, key: EntityKey) -> Entity | None:
        return self.changes.entities.get(key) or self.source.entity(key)

    def members(self, wanted: Members, parent: str) -> Iterable[Entity]:
        known = self.joins.members(wanted, parent)
        return self._scan(wanted, parent) if known is None else known

    def tally(self, wanted: Members, parent: str) -> Tally:
        known = self.joins.tally(wanted, parent)
        return tally(self._scan(wanted, parent)) if known is None else known

    def _scan(self, wanted: Members, parent: str) -> list[Entity]:
        """The members, of a join that none of the rules has."""
        known = {entity.id: entity for entity in self.source.members(wanted.kind, wanted.of, parent)}
        for entity in self.changes.entities.values():
            if entity.kind == wanted.kind and entity.parent(wanted.of) == parent:
                known[entity.id] = entity
        return [entity for entity in known.values() if wanted.admits(entity)]

    def halted(self, project: str | None, rule_id: str, chain: str) -> bool:
        return rule_id in self.changes.paused or self.source.halted(project, rule_id, chain)

    def approved(self, rule_id: str, digest: str) -> bool:
        return self.source.approved(rule_id, digest)

    def covers(self, rule_id: str, parent: EntityKey, fingerprint: Fingerprint) -> bool:
        firing_id = self._covered.get((rule_id, parent, fingerprint))
        firing_id = firing_id or self.source.covering(rule_id, parent, fingerprint)
        return firing_id is not None and firing_id not in self.changes.discarded

    def covered(self, rule_id: str, completion: Completion) -> bool:
        here = self._completions.get((rule_id, completion.parent), ())
        for firing_id, members in (*here, *self.source.completions(rule_id, completion.parent, completion.newest)):
            if completion.members <= members and firing_id not in self.changes.discarded:
                # from now on it is known by the fingerprint, without reading a member
                self._covers(NewCompletion(rule_id, firing_id, completion))
                self.changes.covered.append(NewCompletion(rule_id, firing_id, completion))
                return True
        return False

    def _covers(self, item: NewCompletion) -> None:
        completion = item.completion
        self._covered[item.rule_id, completion.parent, fingerprint(completion.members)] = item.firing_id

    def recent(self, rule_id: str, key: EntityKey) -> int:
        since = an_hour_before(self.now())
        here = self._times.get((rule_id, key), ())
        earlier = self.source.firing_times(rule_id, key, since)
        return sum(1 for at in here if at > since) + len(earlier)

    def over_limit(self, rule: CompiledRule, event: Event, before: Sequence[CompiledRule]) -> bool:
        return self.ledger.over_limit(rule.cost, rule.rule.id, event.project, before)

    def over_ceiling(self, rule: CompiledRule, event: Event, before: Sequence[CompiledRule]) -> bool:
        return self.ledger.over_ceiling(rule.cost, event.chain, event.project, before)

    # what continuing a firing asks

    def job(self, job_id: str) -> Job | None:
        return self.changes.jobs.get(job_id) or self.source.job(job_id)

    def firing(self, firing_id: str) -> Firing | None:
        return self.changes.firings.get(firing_id) or self.source.firing(firing_id)

    def event(self, event_id: str) -> Event | None:
        return self._events.get(event_id) or self.source.event(event_id)

    def compiled(self, firing: Firing) -> CompiledRule:
        """The firing's rule at the revision that fired."""
        now = self.rules.rules.get(firing.rule_id)
        if now is not None and now.revision == firing.revision:
            return now
        return self.source.revision(firing.rule_id, firing.revision)

    # changes

    def put_entity(self, entity: Entity) -> None:
        """An entity stands like this from now on; joins that it is a member of follow."""
        if self.rules.joins(entity.kind):
            self.joins.moved(self.entity(entity.key), entity)
        self.changes.entities[entity.key] = entity

    def set_status(self, key: EntityKey, status: str, seq: int, depth: int) -> None:
        """Set a known entity's status, unless a write committed later already did (promises.md)."""
        entity = self.entity(key)
        assert entity is not None
        if entity.status_seq > seq:
            return
        if entity.status == status:
            self.put_entity(replace(entity, status_seq=seq))
        else:
            self.put_entity(replace(entity, status=status, status_seq=seq, changed_seq=seq, status_depth=depth))

    def emit(self, event: Event) -> Event:
        """Put an event on the bus; its `seq` was taken by `tick`."""
        self.changes.events.append(event)
        self._events[event.id] = event
        if event.caused_by:
            self.changes.emitted.setdefault(event.caused_by, []).append(event.id)
        return event

    def add_firing(self, firing: Firing, completion: Completion | None) -> None:
        """A firing is made, with what its rule's join was complete with, if it has one."""
        self.changes.new_firings.add(firing.id)
        self.put_firing(firing)
        if completion is not None:
            new = NewCompletion(firing.rule_id, firing.id, completion)
            self._completions.setdefault((firing.rule_id, completion.parent), []).append(
                (firing.id, completion.members)
            )
            self._covers(new)
            self.changes.completions.append(new)

    def put_firing(self, firing: Firing) -> None:
        """A firing stands like this from now on."""
        self.changes.firings[firing.id] = firing
        if firing.batch is not None:
            self._gathered.setdefault(firing.batch, set()).add(firing.id)
        if firing.reason == BUDGET:
            self.waiting.put(firing)

    def fail(self, firing: Firing) -> None:
        """A firing fails; its rule is halted from now on if it has reached a limit on failures by that."""
        limit = self.ledger.fail(firing)
        if limit is not None:
            self.changes.paused.setdefault(firing.rule_id, limit)

    def count_entity(self, firing: Firing) -> None:
        """A firing begins, by its own actions or by those of its batch: it counts for the hourly guard."""
        self._times.setdefault((firing.rule_id, (firing.entity, firing.entity_id)), []).append(self.now())

    # batches

    def open_batch(self, key: BatchKey) -> OpenBatch | None:
        """The batch that gathers there, or None."""
        return self.changes.batches[key] if key in self.changes.batches else self.source.open_batch(key)

    def put_batch(self, key: BatchKey, batch: OpenBatch | None) -> None:
        """This batch gathers there from now on; None: none does."""
        self.changes.batches[key] = batch

    def gathered(self, batch_id: str) -> list[Firing]:
        """The firings of a batch, in the order of their events."""
        known = {firing.id: firing for firing in self.source.gathered(batch_id)}
        for id in (*known, *self._gathered.get(batch_id, ())):
            if (changed := self.changes.firings.get(id)) is not None:
                known[id] = changed
        return sorted((firing for firing in known.values() if firing.batch == batch_id), key=place_of)

    def add_job(self, job: Job) -> None:
        """A job is an entity too, a join's member from its submission on."""
        self.changes.jobs[job.id] = job
        self.changes.new_jobs.append(job.id)
        self.changes.submitted.setdefault(job.firing, []).append(job.id)
        attributes = self.profile.clean(job.attributes)
        self.put_entity(
            Entity("job", job.id, "", "submitted", job.project, job.character, attributes, job.seq, job.seq, job.depth)
        )

    def put_job(self, job: Job) -> None:
        """A job stands like this from now on."""
        self.changes.jobs[job.id] = job
