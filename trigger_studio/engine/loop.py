"""The loop that claims, decides and commits.

Every step is one transaction: what it decides, the firings, jobs, statuses and log commit together or not at all.
What leaves the database is handed to the outbox after the commit.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass

from trigger_studio.engine.clock import Clock
from trigger_studio.engine.ports import Batch, Decided, Delivery, Outbox, Signal, Store
from trigger_studio.engine.processor import decide_event, end_job, receive
from trigger_studio.engine.state import Listener, State
from trigger_studio.engine.world import World
from trigger_studio.errors import Damaged, Unavailable

log = logging.getLogger(__name__)

BATCH = 500
STRIDE_S = 0.08
"""A transaction should take no longer: a halt waits for those under way. Slower ones are followed by smaller ones."""
POLL_S = 1.0
"""A slow poll stands behind every wake-up call."""
FARM_POLL_S = 0.05
CHORES_S = 2.0
SETTLE_POLL_S = 0.05
PARKED_S = 30.0
"""So long a lane stands still in which something could not be decided."""


@dataclass(slots=True)
class Tally:
    """What an engine did since its start."""

    events: int = 0
    firings: int = 0
    refused: int = 0
    held: int = 0
    jobs: int = 0
    deliveries: int = 0


class Engine:
    """Decides what is on the bus, and runs what follows.

    Args:
        store: the database.
        outbox: makes what carries deliveries out, when the first one is there.
        farm: ends jobs by the profile, where the pipeline has no real farm.
        farm_speed: how many times faster than the profile says; 1 with `until_idle`.
        until_idle: run on a virtual clock, settle deliveries in order, and end when nothing is left to do.
        fail: job types whose jobs fail on the simulated farm.
        listener: told on the engine's thread when its state changes and after each commit.
        watcher: told on the engine's thread of each transaction's decisions.
    """

    def __init__(
        self,
        store: Store,
        outbox: Callable[[], Outbox],
        *,
        farm: bool = False,
        until_idle: bool = False,
        fail: Collection[str] = (),
        farm_speed: float = 1.0,
        listener: Listener | None = None,
        watcher: Callable[[Decided], None] | None = None,
    ) -> None:
        self.store = store
        self.tally = Tally()
        self.clock = Clock(virtual=until_idle and farm)
        self._make_outbox = outbox
        self._outbox: Outbox | None = None
        self._farm = farm
        self._until_idle = until_idle
        self._farm_speed = farm_speed
        self._fail = fail
        self._listener = listener
        self._watcher = watcher
        self._heard_at = float("-inf")
        self._unsettled = True  # until idle: deliveries may be open, of an earlier run at first
        self._stop = threading.Event()
        self._limit = BATCH
        self._batch = Batch()
        self._parked: dict[str, Exception] = {}
        self._parked_at = 0.0
        self._made: dict[tuple[str, int], int] = {}  # until idle: the order in which deliveries were made
        self._gathering = True  # batches may be waiting for their time

    # one step

    def step(self) -> bool:
        """Decide one batch in one transaction. Returns whether there was anything to decide."""
        try:
            world = self._commit_batch()
        except Unavailable:
            self._limit = max(1, self._limit // 2)  # it may have been too much for one transaction
            raise
        except Exception as fault:  # noqa: BLE001 - ours; told, and kept away from the other lanes
            self._stumble(fault)
            return True
        if world is None:
            return False
        self._hand_over(world.changes.deliveries)
        return True

    def _commit_batch(self) -> World | None:
        self._batch, began = Batch(), time.monotonic()
        with self.store.transaction() as transaction:
            batch = self._batch = transaction.pending(self._limit, self._parked)
            if not batch:
                return None
            world = transaction.world(batch, self.clock.now())
            decided = self._decide(world, batch)
            transaction.flush(world, decided)
        took_s = time.monotonic() - began
        self._limit = min(BATCH, 2 * self._limit, max(1, int(len(decided) * STRIDE_S / max(took_s, 1e-6))))
        events = len(decided) - len(batch.signals)
        self._gathering = self._gathering or bool(world.changes.batches)
        self._count(world, events)
        if self._watcher is not None:
            firings, new = tuple(world.changes.firings.values()), frozenset(world.changes.new_firings)
            self._watcher(Decided(batch.events[:events], firings, new, took_s))
        return world

    def _stumble(self, fault: Exception) -> None:
        """Something cannot be decided, by a fault of ours: find it one by one, and let its lane stand still.

        Nothing is lost and nothing overtakes: what waits in that lane stays on the bus, and is tried again later.
        """
        unread = fault.lane if isinstance(fault, Damaged) else None
        if not self._batch and unread is None:
            raise fault
        if self._limit > 1 and unread is None:
            self._limit = 1
            return
        lane = self._batch.first_lane if unread is None else unread
        what = [*(e.id for e in self._batch.events), *(s.firing_id for s in self._batch.signals), "what comes next"][0]
        log.error("%s cannot be decided, its lane '%s' stands still", what, lane, exc_info=fault)
        self._parked[lane] = fault
        self._parked_at = time.monotonic()

    def _decide(self, world: World, batch: Batch) -> list[int]:
        decided = []
        for signal in sorted(batch.signals, key=self._turn):
            receive(world, signal)
            decided.append(signal.seq)
        for event in batch.events:
            if self._until_idle and world.changes.deliveries:
                break  # these are settled, and their sequences go on, before the next event is decided
            decide_event(world, event)
            decided.append(event.seq)
        return decided

    def _turn(self, signal: Signal) -> tuple[int, int]:
        """Signals go in the order of their commits; until idle, settled deliveries in the order they were made."""
        return (self._made.get((signal.firing_id, signal.index), -1), signal.seq)

    def end_next_job(self, before_s: float | None) -> bool:
        """End the farm's next job, in a transaction of its own. Returns whether there was one."""
        with self.store.transaction() as transaction:
            job = transaction.due_job(before_s, self._farm_speed)
            if job is None:
                return False
            self.clock.advance(job.due_at)
            world = transaction.world(Batch(), self.clock.now())
            end_job(world, job, ok=job.job_type not in self._fail)
            transaction.flush(world, [])
        return True

    def _hand_over(self, deliveries: list[Delivery]) -> None:
        if deliveries:
            self.tally.deliveries += len(deliveries)
            self._unsettled = True
            if self._until_idle:
                self._made |= {(d.firing_id, d.action): len(self._made) + n for n, d in enumerate(deliveries)}
            self.outbox.start([delivery.id for delivery in deliveries])

    @property
    def outbox(self) -> Outbox:
        """Made when it is first needed: most engines never send anything."""
        if self._outbox is None:
            self._outbox = self._make_outbox()
        return self._outbox

    def _count(self, world: World, decided: int) -> None:
        changes = world.changes
        new = [changes.firings[id] for id in changes.new_firings]
        self.tally.events += decided
        self.tally.refused += sum(1 for firing in new if firing.status == "refused")
        self.tally.held += sum(1 for firing in new if firing.status == "held")
        self.tally.firings += sum(1 for firing in new if firing.status not in ("held", "refused"))
        self.tally.jobs += len(changes.new_jobs)

    # runs

    def run_until_idle(self) -> Tally:
        """Run until nothing is left to do: nothing on the bus, no delivery open, no job on the simulated farm."""
        try:
            self.clock.advance(self.store.last_at())
            self._recover()
            self._take_over()
            if not self._farm:  # in virtual time no gate times out
                self.store.expire_gates(self.clock.now())
            while not self._stop.is_set():
                self._settle()
                if not (self.step() or self._pass_time()):
                    break
        finally:
            self.close()
        for fault in self._parked.values():
            raise fault
        return self.tally

    def run(self) -> None:
        """Run until `stop` is called. A database that goes away is waited for."""
        try:
            while not self._stop.is_set():
                try:
                    self._recover()
                    self._run()
                except Unavailable as error:
                    self._tell(State.WAITING, str(error))
                    self._stop.wait(POLL_S)
        finally:
            self.close()

    def _run(self) -> None:
        self._tell(State.RUNNING)
        while not self._stop.is_set():
            if time.monotonic() >= self._heard_at + CHORES_S:
                self._chores()
            worked = self.step()
            if self._farm:
                worked = self.end_next_job(self.clock.now()) or worked
            if worked:
                self._tell(State.RUNNING, self._trouble())
            elif not self.store.archive(self.clock.now()):
                self._wait(FARM_POLL_S if self._farm else POLL_S)

    def _pass_time(self) -> bool:
        """Until idle: end the next job, or call the batch that is to act before that. Returns whether there was one."""
        due = self._next_batch()
        if self._farm and self.end_next_job(due):
            return True
        if due is None:
            return False
        self.clock.advance(due)
        while (left := due - self.clock.now()) > 0 and not self._stop.is_set():
            self._stop.wait(left)
        self.store.call_batches(self.clock.now(), most=1)
        return True

    def _next_batch(self) -> float | None:
        due = self.store.next_batch() if self._gathering else None
        self._gathering = due is not None
        return due

    def _wait(self, poll_s: float) -> None:
        """Wait for work, no longer than until the next batch is to act; those whose time is up are called."""
        due = self._next_batch()
        left = poll_s if due is None else due - self.clock.now()
        if left > 0:
            self.store.wait(min(poll_s, left))
        else:
            self.store.call_batches(self.clock.now(), BATCH)

    def _trouble(self) -> str:
        """The lanes that stand still, for people."""
        return "; ".join(f"project '{lane}' stands still: {fault!r}" for lane, fault in self._parked.items())

    def _chores(self) -> None:
        """What is done every few seconds: late gates, limits, the heartbeat, the deliveries of engines that died."""
        self.store.expire_gates(self.clock.now())
        self.store.call_batches(self.clock.now(), BATCH)
        self._gathering = True  # another engine's, too
        self.store.guard(self.clock.now())
        self.store.archive(self.clock.now())
        if time.monotonic() >= self._parked_at + PARKED_S:
            self._parked.clear()
        self._take_over()

    def _take_over(self) -> None:
        """Every few seconds: say that this engine lives, and take up the deliveries of those that do not."""
        if time.monotonic() < self._heard_at + CHORES_S:
            return
        self._heard_at = time.monotonic()
        for silent in self.store.heartbeat(self.store.lag_s()):
            if silent != self.store.executor_id:
                self.outbox.adopt(silent)

    def _recover(self) -> None:
        """Take up deliveries that an earlier run of this engine left open."""
        if self.store.executor_id in self.store.carriers():
            self.outbox.adopt(self.store.executor_id)

    def _settle(self) -> None:
        """Wait until no delivery is open; the next step lets their sequences go on, in the order they were made."""
        while self._unsettled and not self._stop.is_set():
            self._unsettled = bool(self.store.carriers())
            if self._unsettled:
                self._take_over()
                self.store.wait(SETTLE_POLL_S)

    def _tell(self, state: State, detail: str = "") -> None:
        if self._listener is not None:
            self._listener(state, detail)

    def stop(self) -> None:
        """Ask a run to end; safe from any thread."""
        self._stop.set()
        self.store.wake()

    def close(self) -> None:
        """Let go of the outbox; what it has under way is taken up by the next run."""
        if self._outbox is not None:
            self._outbox.close(timeout_s=5.0)
            self._outbox = None
        self.store.close()
