"""Held firings that wait for room in the limits, each in its queue (see `model.firing.Queue`)."""

from __future__ import annotations

import contextlib
import heapq
from typing import TYPE_CHECKING

from trigger_studio.decide.budget import Cost
from trigger_studio.decide.costs import cost
from trigger_studio.errors import Damaged
from trigger_studio.model.firing import Firing, Queue, place_of

if TYPE_CHECKING:
    from trigger_studio.engine.world import World

PAGE = 100

OrdinalOf = tuple[int, ...]


class _Line:
    """One queue: those that are read or were held in this transaction, and how far it was read."""

    def __init__(self, complete: bool) -> None:
        self.heap: list[tuple[OrdinalOf, str]] = []
        self.known: set[str] = set()
        self.read: OrdinalOf = (0, 0)
        self.complete = complete

    def put(self, firing: Firing) -> None:
        if firing.id not in self.known:
            self.known.add(firing.id)
            heapq.heappush(self.heap, (place_of(firing), firing.id))


class Waiting:
    """The queues of one world: what its source has, and what came and went since."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._lines: dict[Queue, _Line] | None = None
        self._later: list[Firing] = []  # held before anybody asked

    def put(self, firing: Firing) -> None:
        """A firing that begins to wait."""
        queue = firing.queue
        if queue is None:
            return
        if self._lines is None:
            self._later.append(firing)
            return
        line = self._lines.setdefault(queue, _Line(complete=True))
        line.known.discard(firing.id)  # it may have gone, and wait again
        line.put(firing)

    def queues(self) -> list[Queue]:
        """Those in which somebody may be waiting."""
        if self._lines is None:
            self._lines = {queue: _Line(complete=False) for queue in self._world.source.queues()}
            for firing in self._later:
                self.put(firing)
        return list(self._lines)

    def first(self, queue: Queue) -> Firing | None:
        """Who waits longest in a queue, by the order of decision."""
        line = (self._lines or {}).get(queue)
        if line is None:
            return None
        while True:
            while line.heap and not self._waits(line.heap[0][1], queue):
                heapq.heappop(line.heap)
            if line.complete or (line.heap and line.heap[0][0] <= line.read):
                break
            self._read_on(queue, line)
        if line.heap:
            return self._world.firing(line.heap[0][1])
        (self._lines or {}).pop(queue)
        return None

    def _read_on(self, queue: Queue, line: _Line) -> None:
        found = self._world.source.queued(queue, line.read, PAGE)
        for firing in found:
            line.put(firing)
        line.complete = len(found) < PAGE
        if found:
            line.read = place_of(found[-1])

    def _waits(self, firing_id: str, queue: Queue) -> bool:
        firing = self._world.firing(firing_id)
        return firing is not None and firing.queue == queue

    def cost(self, queue: Queue) -> Cost | None:
        """What each in a queue costs, by its rule as it stands; None if nobody there can go, whatever room there is."""
        world = self._world
        rule = world.rules.rules.get(queue.rule_id)
        if rule is not None and queue.firing is None:
            return rule.cost
        if queue.rule_id in world.rules.rules.damaged:
            return None  # they wait for its repair
        first = self.first(queue)
        if first is None:
            return None
        with contextlib.suppress(Damaged):  # it waits for the repair of the revision that it goes by
            compiled = world.compiled(first)
            return cost(compiled.program, compiled.rates, first.steps)
        return None
