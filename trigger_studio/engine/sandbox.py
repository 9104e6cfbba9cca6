"""The whole engine in memory: the same processor on a world that is never flushed, with the simulated farm's clock.

The dry run is this, started from the database as it is. Deliveries are taken as accepted and nothing leaves.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace

from trigger_studio.decide.rules import RuleSet
from trigger_studio.engine import batches
from trigger_studio.engine.clock import timestamp
from trigger_studio.engine.letting import let_go
from trigger_studio.engine.ports import Signal, Source
from trigger_studio.engine.processor import decide_event, end_job, receive
from trigger_studio.engine.world import World
from trigger_studio.frozen import frozen
from trigger_studio.model.delivery import Delivery
from trigger_studio.model.event import Entity, EntityKey, Event
from trigger_studio.model.firing import HELD, OPEN, REFUSED, Firing


@frozen
class Stop:
    """Where a chain stops: after which firing or event, and why; `firing`: the one that led there, if one did."""

    after: str
    reason: str
    firing: str | None = None


@frozen
class Bounds:
    """Where a forecast stops: a chain is finite, a pipeline may be large, and people may go on for ever.

    Attributes:
        firings: that many are shown.
        rounds: of human events that are assumed.
        events: that many are decided, None for any number.
        out_of_time: asked again and again, whether it took long enough.
    """

    firings: int = 10_000
    rounds: int = 100
    events: int | None = None
    out_of_time: Callable[[], bool] = lambda: False


@dataclass(slots=True)
class Outcome:
    """What a run in the sandbox came to.

    Attributes:
        world: with every change laid over the source.
        events: all that were decided, in order.
        stops: where it waits for people.
        most: firings to be shown.
        cut: why the run stopped before its end, empty where it did not.
    """

    world: World
    most: int
    events: list[Event] = field(default_factory=list)
    stops: list[Stop] = field(default_factory=list)
    cut: str = ""

    @property
    def started(self) -> list[Firing]:
        """Those of `firings` that are neither held nor refused."""
        return [firing for firing in self.firings if firing.status not in (HELD, REFUSED)]

    @property
    def firings(self) -> list[Firing]:
        """Firings, held and refused ones among them, in the order of decision, and earlier ones that act for new."""
        new = self.world.changes.new_firings
        acting = {firing.batch for id in new if (firing := self.world.changes.firings[id]).started_at is not None}
        return [firing for firing in self.world.changes.firings.values() if firing.id in new or firing.id in acting]


class Sandbox:
    """Runs events to the end without effects.

    Args:
        source: the world to start from; only read.
        rules: compiled.
        start_s: the virtual clock's start, seconds since the epoch.
        first_tick: a place in the commit order after all of the source's.
        fail: job types whose jobs fail.
        assume_approvals: grant gates, and raise the human events that rules wait for.
        bounds: where the run stops.
    """

    def __init__(
        self,
        source: Source,
        rules: RuleSet,
        *,
        start_s: float,
        first_tick: int,
        fail: Collection[str] = (),
        assume_approvals: bool = False,
        bounds: Bounds | None = None,
    ) -> None:
        self._clock = round(start_s, 3)  # as a virtual clock goes
        self._rules = rules
        self._fail = fail
        self._assume = assume_approvals
        self._bounds = bounds or Bounds()
        self._rounds = 0
        self._count_at = 0  # so many firings, before it is worth counting those that started
        self._world = World(source, rules, lambda: self._clock, first_tick)
        self._queue: deque[Event] = deque()
        self._farm: list[tuple[float, int, str]] = []
        self._seen = {"events": 0, "jobs": 0, "asked": 0}
        self._raised: set[tuple[str, EntityKey]] = set()
        self.outcome = Outcome(self._world, self._bounds.firings)

    def run(self, *events: Event) -> Outcome:
        """Decide the events, and all that follows, until nothing is left to do."""
        for event in events:
            self._world.emit(replace(event, seq=self._world.tick()))
        self._collect()
        while not self._enough() and (self._decide_all() or self._pass_time() or self._raise_human()):
            pass
        self._note_stops()
        return self.outcome

    def _enough(self) -> bool:
        """Whether the run stops here; `outcome.cut` says why."""
        bounds, decided = self._bounds, len(self.outcome.events)
        if self.outcome.cut:
            return True
        if self._started_more_than(bounds.firings):
            self.outcome.cut = f"not foretold further than {bounds.firings:,} firings; --most N sets another number"
        elif bounds.events is not None and decided >= bounds.events and self._queue:
            self.outcome.cut = f"not foretold further than {bounds.events:,} events"
        elif bounds.out_of_time():
            self.outcome.cut = "not foretold further: it took too long"
        return bool(self.outcome.cut)

    def _started_more_than(self, most: int) -> bool:
        changes = self._world.changes
        if len(changes.new_firings) < self._count_at:
            return False
        started = len(self.outcome.started)
        self._count_at = len(changes.new_firings) + most + 1 - started
        return started > most

    def _decide_all(self) -> bool:
        worked = bool(self._queue)
        while self._queue and not self._enough():
            self._look()
            event = self._queue.popleft()
            self.outcome.events.append(event)
            decide_event(self._world, event)
            self._collect()
            self._settle()
        return worked

    def _look(self) -> bool:
        """Let held firings go for which there is room by now. Returns whether any went."""
        went = False
        while let_go(self._world):
            went = True
            self._collect()
            self._settle()
        return went

    def _collect(self) -> None:
        """Pick up what the last step put on the bus and on the farm."""
        changes, seen = self._world.changes, self._seen
        for event in changes.events[seen["events"] :]:
            self._queue.append(event)
        seen["events"] = len(changes.events)
        for job_id in changes.new_jobs[seen["jobs"] :]:
            job = changes.jobs[job_id]
            heapq.heappush(self._farm, (job.due_at, job.seq, job.id))
        seen["jobs"] = len(changes.new_jobs)

    def _settle(self) -> None:
        """Deliveries are accepted, and gates granted if assumed, in the order made; what they lead to goes behind."""
        asked, seen = self._world.changes.asked, self._seen
        while seen["asked"] < len(asked):
            item = asked[seen["asked"]]
            seen["asked"] += 1
            if isinstance(item, Delivery):
                receive(self._world, Signal(item.firing_id, "delivery", item.action))
            elif self._assume:
                receive(self._world, Signal(item.firing_id, "gate", item.action))
            self._collect()

    def _pass_time(self) -> bool:
        """End the next job, or close the batch that is to act before that."""
        gathering = [batch for batch in self._world.changes.batches.values() if batch is not None]
        batch = min(gathering, key=lambda batch: (batch.due_at, batch.seq), default=None)
        if self._end_next_job(None if batch is None else batch.due_at):
            return True
        if batch is None:
            return False
        self._clock = max(self._clock, batch.due_at)
        let_go(self._world)
        if (now := self._world.open_batch((batch.rule_id, batch.lane))) is not None and now.id == batch.id:
            batches.close(self._world, now)
        self._collect()
        self._settle()
        return True

    def _end_next_job(self, before_s: float | None) -> bool:
        while self._farm and (before_s is None or self._farm[0][0] <= before_s):
            due_at, _, job_id = self._farm[0]
            job = self._world.job(job_id)
            if job is not None and job.state == "submitted":
                self._clock = max(self._clock, due_at)
                if self._look():  # what follows from those goes first
                    return True
            heapq.heappop(self._farm)
            if job is None or job.state != "submitted":
                continue
            end_job(self._world, job, ok=job.job_type not in self._fail)
            self._collect()
            return True
        return False

    def _raise_human(self) -> bool:
        """Raise, once an entity, each human event that an enabled rule listens for (promises.md)."""
        if not self._assume:
            return False
        coming = [
            (event_type, entity)
            for kind, event_type in self._awaited()
            for entity in self._completed(kind)
            if (event_type, entity.key) not in self._raised
        ]
        self._rounds += bool(coming)
        if self._rounds > self._bounds.rounds:
            self.outcome.cut = f"not foretold further than {self._bounds.rounds} rounds of approvals"
            return False
        for event_type, entity in coming:
            self._raised.add((event_type, entity.key))
            self._world.emit(self._human(entity, event_type))
        self._collect()
        return bool(coming)

    def _human(self, entity: Entity, event_type: str) -> Event:
        id = f"assumed:{entity.kind}:{entity.id}.{event_type}"
        return Event(
            id, event_type, entity.kind, entity.id, entity.parent("project"), entity.parent("character"),
            dict(entity.attributes), timestamp(self._clock), seq=self._world.tick(), chain=id,
        )  # fmt: skip

    def _awaited(self) -> list[tuple[str, str]]:
        listens = self._rules.listens
        return [(kind, event_type) for kind, event_type in self._world.profile.awaited if listens(event_type, kind)]

    def _completed(self, kind: str) -> list[Entity]:
        keys = dict.fromkeys(e.key for e in self.outcome.events if e.entity == kind and e.type == "completed")
        return [entity for key in keys if (entity := self._world.entity(key))]

    def _note_stops(self) -> None:
        stops, changes = self.outcome.stops, self._world.changes
        if self.outcome.cut:
            stops.append(Stop(self.outcome.events[-1].id if self.outcome.events else "", self.outcome.cut))
        for gate in changes.gates:
            firing = changes.firings.get(gate.firing_id)
            if firing and firing.steps[gate.action].status in OPEN:
                reason = f"a gate waits for {gate.approvers}: {gate.message}".rstrip(": ")
                stops.append(Stop(gate.firing_id, reason, gate.firing_id))
        for firing in self.outcome.firings:
            stops += [
                Stop(firing.id, step.detail, firing.id)
                for step in firing.steps.values()
                if step.status == "failed" and step.detail
            ]
        led = {event.key: event.caused_by for event in self.outcome.events}
        for kind, event_type in self._awaited():
            for entity in self._completed(kind):
                if not self._assume and entity.status != event_type:
                    reason = f"a person decides {kind}.{event_type}"
                    stops.append(Stop(f"{kind} {entity.id}", reason, led[entity.key]))
