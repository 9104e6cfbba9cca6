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

from trigger_studio.engine.chores import Chores
from trigger_studio.engine.clock import Clock
from trigger_studio.engine.faults import Faults
from trigger_studio.engine.handover import Handover
from trigger_studio.engine.letting import let_go
from trigger_studio.engine.ports import Claim, Decided, Outbox, Store
from trigger_studio.engine.processor import decide_event, end_job, receive
from trigger_studio.engine.standstill import Standstill
from trigger_studio.engine.state import Listener, State
from trigger_studio.engine.world import World
from trigger_studio.errors import Damaged, Replaced, Unavailable

log = logging.getLogger(__name__)

BATCH = 500
STRIDE_S = 0.08
"""A transaction should take no longer: a halt waits for those under way. Slower ones are followed by smaller ones."""
POLL_S = 1.0
"""A slow poll stands behind every wake-up call."""
FARM_POLL_S = 0.05
SETTLE_POLL_S = 0.05
LET_GO = 50
"""So many held firings go in one transaction."""
STARTING = ("replay", "retry", "gathered", "limits")
"""Signals that start something or may let it go: held firings that have room go first."""


@dataclass(slots=True)
class Tally:
    """What an engine did since its start."""

    events: int = 0
    firings: int = 0
    refused: int = 0
    held: int = 0
    jobs: int = 0
    deliveries: int = 0

    def count(self, world: World, events: int) -> None:
        """Add a transaction's events and the verdicts on them."""
        new = [world.changes.firings[id] for id in world.changes.new_firings]
        self.events += events
        self.refused += sum(1 for firing in new if firing.status == "refused")
        self.held += sum(1 for firing in new if firing.status == "held")
        self.firings += sum(1 for firing in new if firing.status not in ("held", "refused"))


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
        faults: takes those of the engine, shared with its outbox.
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
        faults: Faults | None = None,
    ) -> None:
        self.store = store
        self.faults = faults or Faults()
        self.tally = Tally()
        self.clock = Clock(virtual=until_idle and farm)
        self._handover = Handover(store, outbox, in_order=until_idle)
        self._farm = farm
        self._until_idle = until_idle
        self._farm_speed = farm_speed
        self._fail = fail
        self._listener = listener
        self._watcher = watcher
        self._stop = threading.Event()
        self._limit = BATCH
        self._batch = Claim()
        self._standstill = Standstill()
        self._gathering = True  # batches may be waiting for their time
        self._chores = Chores(
            store,
            self.clock,
            self.faults,
            outbox=lambda: self._handover.outbox,
            open_outbox=lambda: self._handover.opened,
            let_go=self._let_all_go,
            most=BATCH,
        )

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
        self._see_to(world)
        return True

    def _commit_batch(self) -> World | None:
        self._batch, began = Claim(), time.monotonic()
        with self.store.transaction() as transaction:
            batch = self._batch = transaction.pending(self._limit, self._standstill.lanes)
            if not batch:
                return None
            world = transaction.world(batch, self.clock.now())
            decided = self._decide(world, batch)
            transaction.flush(world, decided)
        took_s = time.monotonic() - began
        self._limit = min(BATCH, 2 * self._limit, max(1, int(len(decided) * STRIDE_S / max(took_s, 1e-6))))
        events = len(decided) - len(batch.signals)
        self.tally.count(world, events)
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
        self.faults.count("deciding", fault)
        self._standstill.add(lane, fault)

    def _decide(self, world: World, batch: Claim) -> list[int]:
        decided: list[int] = []
        for signal in sorted(batch.signals, key=self._handover.turn):
            if signal.kind in STARTING and let_go(world, LET_GO) >= LET_GO:
                return decided
            receive(world, signal)
            decided.append(signal.seq)
        for event in batch.events:
            # deliveries are settled until idle, and their sequences go on, before the next event is decided
            if self._has_to_settle(world) or let_go(world, LET_GO) >= LET_GO or self._has_to_settle(world):
                break
            decide_event(world, event)
            decided.append(event.seq)
        return decided

    def _has_to_settle(self, world: World) -> bool:
        return self._until_idle and bool(world.changes.deliveries)

    def let_go(self) -> bool:
        """Let held firings go that the limits have room for by now. Returns whether any went."""
        if not self.store.waits():
            return False
        with self.store.transaction() as transaction:
            transaction.begin()
            world = transaction.world(Claim(), self.clock.now())
            if not let_go(world, LET_GO):
                return False
            transaction.flush(world, [])
        self._see_to(world)
        return True

    def _let_all_go(self) -> None:
        while self.let_go() and not self._stop.is_set():
            pass

    def end_next_job(self, before_s: float | None) -> bool:
        """End the farm's next job, in a transaction of its own. Returns whether there was one."""
        with self.store.transaction() as transaction:
            job = transaction.due_job(before_s, self._farm_speed)
            if job is None:
                return False
            self.clock.advance(job.due_at)
            world = transaction.world(Claim(), self.clock.now())
            if not let_go(world, LET_GO):  # else what follows from those goes first
                end_job(world, job, ok=job.job_type not in self._fail)
            transaction.flush(world, [])
        self._see_to(world)
        return True

    def _see_to(self, world: World) -> None:
        """What a commit left to be done: batches that gather, and deliveries, which are handed over."""
        self._gathering = self._gathering or bool(world.changes.batches)
        self.tally.jobs += len(world.changes.new_jobs)
        deliveries = world.changes.deliveries
        if deliveries:
            self.tally.deliveries += len(deliveries)
            self._handover.start(deliveries)

    # runs

    def run_until_idle(self) -> Tally:
        """Run until nothing is left to do: nothing on the bus, no delivery open, no job on the simulated farm."""
        try:
            self.clock.advance(self.store.last_at())
            self._handover.recover()
            self._chores.take_over()
            if not self._farm:  # in virtual time no gate times out
                self.store.expire_gates(time.time())
            self.store.forget(self.clock.now())
            while self.let_go():
                self._settle()
            while not self._stop.is_set():
                self._settle()
                if not (self.step() or self._pass_time()):
                    break
        finally:
            self.close()
        for fault in self._standstill.faults:
            raise fault
        return self.tally

    def run(self) -> None:
        """Run until `stop` is called. A database that goes away is waited for, and a fault of ours tried again.

        Raises:
            Replaced: the database's file is another one by now.
            Exception: a fault of ours that came too often.
        """
        try:
            while not self._stop.is_set():
                self._check()
                try:
                    self._handover.recover()
                    self._run()
                except Replaced:
                    raise  # whatever is decided here, nobody would see it
                except Unavailable as error:
                    self._tell(State.WAITING, str(error))
                    self._stop.wait(POLL_S)
                except Exception as fault:  # noqa: BLE001 - ours; it ends the engine if it stays
                    self._stop.wait(self.faults.add("deciding", fault))
        finally:
            self.close()

    def _run(self) -> None:
        working = False
        while not self._stop.is_set() and self.faults.fatal is None:
            if self._chores.due:
                self._look_after()
            worked = self.step()
            if self._farm:
                worked = self.end_next_job(self.clock.now()) or worked
            if worked or not working:  # only now: what is away, or full, may be so for chores and steps alone
                self._tell(State.RUNNING, self._standstill.in_words())
                working = True
            if not worked and not self._chores.archive():
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

    def _look_after(self) -> None:
        """Every few seconds: the chores, and what stood still is tried again."""
        self._chores.do()
        self._gathering = True  # another engine's batches, too
        self._standstill.retry()

    def _settle(self) -> None:
        """Wait until no delivery is open; the next step lets their sequences go on, in the order they were made."""
        while self._handover.unsettled and not self._stop.is_set():
            self._check()
            if not self._handover.look():
                self._chores.take_over()
                self.store.wait(SETTLE_POLL_S)

    def _check(self) -> None:
        """End by the fault that came too often, if one did."""
        if self.faults.fatal is not None:
            self._chores.last_beat()
            raise self.faults.fatal

    def _tell(self, state: State, detail: str = "") -> None:
        if self._listener is not None:
            self._listener(state, detail)

    def stop(self) -> None:
        """Ask a run to end; safe from any thread."""
        self._stop.set()
        self.store.wake()

    def close(self) -> None:
        """Let go of the outbox; what it has under way is taken up by the next run."""
        self._handover.close()
        self.store.close()
