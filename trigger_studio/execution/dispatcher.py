"""Carries deliveries: sends many at once, records every try in its row, tells which are still open.

Knows nothing of the durable engine around it; all its state is in the rows.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import asynccontextmanager
from dataclasses import replace

from trigger_studio.engine.faults import Faults
from trigger_studio.execution.delivery import Attempt, Delivery, DeliveryStore, Sender, SendFailed, Watcher
from trigger_studio.execution.group_commit import GroupCommitter
from trigger_studio.execution.retry import failed_attempt, is_due

log = logging.getLogger(__name__)

SENDS_AT_ONCE = 128
SENDS_AT_ONCE_PER_TARGET = 16


class Dispatcher:
    """Sends deliveries that are due and records what became of them.

    Attributes:
        open: ids taken up here and not settled.
    """

    def __init__(
        self,
        store: DeliveryStore,
        senders: Mapping[str, Sender],
        executor_id: str,
        threads: Executor,
        *,
        faults: Faults,
        watcher: Watcher | None = None,
    ) -> None:
        self.rows = GroupCommitter(store, executor_id, threads, faults)
        self._faults = faults
        self.open: set[str] = set()
        self._executor_id = executor_id
        self._senders = senders
        self._watcher = watcher
        self._slots = asyncio.Semaphore(SENDS_AT_ONCE)
        self._target_slots: dict[str, tuple[asyncio.Semaphore, set[str]]] = {}
        self._sending: set[str] = set()
        self._draining = False
        self._ahead: dict[str, asyncio.Task[list[Delivery]]] = {}

    async def settles(self, ids: Sequence[str], within_s: float) -> bool:
        """Begin with a batch before it is handed over: whether it is all settled so soon. If not, `run` joins."""
        if ids[0] not in self._ahead:
            self._ahead[ids[0]] = asyncio.create_task(self._run(ids, _no))
        first_try = self._ahead[ids[0]]
        await asyncio.wait([first_try], timeout=within_s)
        if first_try.done() and (first_try.exception() or not first_try.result()):
            del self._ahead[ids[0]]
            return not first_try.result()  # or raises what it raised: the next call begins anew
        return False

    async def run(self, ids: Sequence[str], owns: Callable[[], Awaitable[bool]]) -> list[Delivery]:
        """Try each of `ids` that is due once; return those still open, with their next due time.

        Args:
            ids: a batch, as handed over.
            owns: whether these ids are this engine's to carry, asked when a row names another carrier.
        """
        ahead = self._ahead.pop(ids[0], None)
        return await (ahead or self._run(ids, owns))

    async def _run(self, ids: Sequence[str], owns: Callable[[], Awaitable[bool]]) -> list[Delivery]:
        mine = await self._mine(ids, owns)
        self.open.update(delivery.id for delivery in mine)
        now = time.time()
        async with asyncio.TaskGroup() as group:
            tries = [
                (delivery, group.create_task(self._carry(delivery)) if is_due(delivery, now) else None)
                for delivery in mine
            ]
        still_open = [found for delivery, task in tries if (found := task.result() if task else delivery)]
        self.open.difference_update({*ids} - {delivery.id for delivery in still_open})
        return still_open

    def target(self, delivery: Delivery) -> str:
        """Whom it goes to, coarsely."""
        sender = self._senders.get(delivery.kind)
        return f"{delivery.kind} {sender.target(delivery)}" if sender else delivery.kind

    async def drain(self, timeout_s: float) -> None:
        """Begin no further send and wait up to `timeout_s` for those under way, then close the senders."""
        self._draining = True
        ends = time.monotonic() + timeout_s
        while self._sending and time.monotonic() < ends:
            await asyncio.sleep(0.01)

    async def close(self) -> None:
        """Let go of the senders' connections."""
        for sender in self._senders.values():
            await sender.close()

    async def _mine(self, ids: Sequence[str], owns: Callable[[], Awaitable[bool]]) -> list[Delivery]:
        """The pending rows of `ids` that this engine carries, those it has just inherited included."""
        found = await self.rows.call(lambda: self.rows.store.load(ids))
        foreign = [delivery.id for delivery in found if delivery.carrier != self._executor_id]
        if foreign and await owns():
            log.info("%d deliveries taken over", len(foreign))
            await self.rows.call(lambda: self.rows.store.take(foreign, self._executor_id))
            return [replace(delivery, carrier=self._executor_id) for delivery in found]
        return [delivery for delivery in found if delivery.carrier == self._executor_id]

    async def _carry(self, delivery: Delivery) -> Delivery | None:
        """Try once; the delivery as it now stands if it is still open, else None.

        That it begins is committed before it is sent: whoever finds it begun and without a result knows that what it
        sends may be a repeat, and an engine whose deliveries were taken over while it slept finds that out here.
        """
        async with self._slot(delivery):
            repeats = await self.rows.begin(delivery.id)
            if repeats is None:
                return None
            began = time.monotonic()
            attempt = replace(await self._try(delivery), repeats=repeats)
            await self.rows.record(attempt)
        self._tell(delivery, attempt, time.monotonic() - began)
        if attempt.outcome == "pending":
            return replace(delivery, attempts=attempt.attempts, due_at=attempt.due_at)
        self.open.discard(delivery.id)
        return None

    def _tell(self, delivery: Delivery, attempt: Attempt, took_s: float) -> None:
        again = f", sent again after a restart ({attempt.repeats})" if attempt.repeats else ""
        log.log(
            logging.WARNING if attempt.outcome == "failed" else logging.INFO,  # given up: somebody has to look
            "delivery %s: try %d %s%s%s",
            *(delivery.id, attempt.attempts, attempt.outcome, f": {attempt.error}" if attempt.error else "", again),
            extra={"chain": delivery.chain, "firing": delivery.firing, "delivery": delivery.id},
        )
        if self._watcher is not None:
            self._watcher(delivery, attempt, took_s)

    async def _try(self, delivery: Delivery) -> Attempt:
        try:
            sender = self._senders.get(delivery.kind)
            if sender is None:
                raise SendFailed(f"unknown kind of delivery {delivery.kind!r}", final=True)
            result = await sender.send(delivery)
        except SendFailed as failure:
            return failed_attempt(delivery, failure, time.time())
        except Exception as fault:
            log.exception("delivery %s: a fault of ours while sending", delivery.id)
            self._faults.count("sending", fault)
            return failed_attempt(delivery, SendFailed(f"internal fault: {type(fault).__name__}"), time.time())
        return Attempt(delivery.id, "done", delivery.attempts + 1, result=result)

    @asynccontextmanager
    async def _slot(self, delivery: Delivery) -> AsyncIterator[None]:
        """Room for one send: first at its target, so that a hanging target holds no room of the others."""
        target = self.target(delivery)
        semaphore, users = self._target_slots.setdefault(target, (asyncio.Semaphore(SENDS_AT_ONCE_PER_TARGET), set()))
        users.add(delivery.id)
        try:
            async with semaphore, self._slots:
                if self._draining:
                    await asyncio.Event().wait()  # ends by the cancellation that follows the draining
                self._sending.add(delivery.id)
                yield
        finally:
            self._sending.discard(delivery.id)
            users.discard(delivery.id)
            if not users:
                self._target_slots.pop(target, None)


async def _no() -> bool:
    """Only a batch that was handed over can have been inherited."""
    return False
