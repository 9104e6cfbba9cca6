"""Sends deliveries, many at once, and records every try in its row.

Knows nothing of the durable engine around it; all its state is in the rows. Begins and results are committed in groups:
what came in while one transaction ran goes into the next.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial
from typing import TypeVar

from trigger_studio.engine.faults import Faults
from trigger_studio.errors import Replaced, Unavailable
from trigger_studio.execution.retry import failed_attempt, is_due
from trigger_studio.execution.send_slots import SendSlots
from trigger_studio.execution.sender import Sender, SendFailed
from trigger_studio.model.delivery import Attempt, Delivery
from trigger_studio.repeats import Repeats
from trigger_studio.storage.deliveries import DeliveryStore

log = logging.getLogger(__name__)
T = TypeVar("T")

_FIRST_PAUSE_S = 0.2
_LONGEST_PAUSE_S = 5.0

Watcher = Callable[[Delivery, Attempt, float], None]
"""Told of each try: the delivery, what came of it, and the seconds it took."""

Waiting = tuple[str | Attempt, asyncio.Future[int | None]]
"""The id of a delivery whose try begins, or what a try came to; and whoever waits for the commit."""


class Dispatcher:
    """Sends deliveries that are due and records what became of them. Lives on one event loop.

    Attributes:
        open: ids taken up here and not settled.

    Args:
        store: the rows.
        senders: who sends what, by kind of delivery.
        executor_id: under which rows are carried and attempts recorded.
        threads: where the store's blocking calls run.
        faults: takes ours; a call of the store is made again, for what was sent must not go unrecorded.
        watcher: told of each try.
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
        self.open: set[str] = set()
        self._store = store
        self._senders = senders
        self._executor_id = executor_id
        self._threads = threads
        self._faults = faults
        self._watcher = watcher
        self._repeats = Repeats()
        self._slots = SendSlots()
        self._ahead: dict[str, asyncio.Task[list[Delivery]]] = {}
        self._uncommitted: list[Waiting] = []
        self._committing: asyncio.Task[None] | None = None

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
        """Begin no further send and wait up to `timeout_s` for those under way."""
        await self._slots.drain(timeout_s)

    async def close(self) -> None:
        """Let go of the senders' connections."""
        for sender in self._senders.values():
            await sender.close()

    async def call(self, work: Callable[[], T]) -> T:
        """Run one call of the store, again and again while the database is out of reach or a fault of ours stays."""
        loop, pause_s = asyncio.get_running_loop(), _FIRST_PAUSE_S
        while True:
            try:
                return await loop.run_in_executor(self._threads, work)
            except Replaced:
                raise  # nobody would see it; the engine ends as well
            except Unavailable as error:
                if line := self._repeats.worth(f"deliveries wait: {error}"):
                    log.warning("%s", line)
                await asyncio.sleep(pause_s)
                pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)
            except Exception as fault:  # noqa: BLE001 - ours; the engine ends if it stays
                await asyncio.sleep(self._faults.add("deliveries", fault))

    async def _mine(self, ids: Sequence[str], owns: Callable[[], Awaitable[bool]]) -> list[Delivery]:
        """The pending rows of `ids` that this engine carries, those it has just inherited included."""
        found = await self.call(lambda: self._store.load(ids))
        foreign = [delivery.id for delivery in found if delivery.carrier != self._executor_id]
        if foreign and await owns():
            log.info("%d deliveries taken over", len(foreign))
            await self.call(lambda: self._store.take(foreign, self._executor_id))
            return [replace(delivery, carrier=self._executor_id) for delivery in found]
        return [delivery for delivery in found if delivery.carrier == self._executor_id]

    async def _carry(self, delivery: Delivery) -> Delivery | None:
        """Try once; the delivery as it now stands if it is still open, else None.

        That it begins is committed before it is sent: whoever finds it begun and without a result knows that what it
        sends may be a repeat, and an engine whose deliveries were taken over while it slept finds that out here.
        """
        async with self._slots.take(self.target(delivery)):
            repeats = await self._committed(delivery.id)
            if repeats is None:
                return None
            began = time.monotonic()
            attempt = replace(await self._try(delivery), repeats=repeats)
            await self._committed(attempt)
        self._report(delivery, attempt, time.monotonic() - began)
        if attempt.outcome == "pending":
            return replace(delivery, attempts=attempt.attempts, due_at=attempt.due_at)
        self.open.discard(delivery.id)
        return None

    def _report(self, delivery: Delivery, attempt: Attempt, took_s: float) -> None:
        again = f", sent again after a restart ({attempt.repeats})" if attempt.repeats else ""
        log.log(
            logging.WARNING if attempt.outcome == "failed" else logging.INFO,  # given up: somebody has to look
            "delivery %s: try %d %s%s%s",
            *(delivery.id, attempt.attempts, attempt.outcome, f": {attempt.error}" if attempt.error else "", again),
            extra={"chain": delivery.chain, "firing": delivery.firing_id, "delivery": delivery.id},
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

    async def _committed(self, item: str | Attempt) -> int | None:
        """Return once it is committed that a try begins, or what it came to.

        Of a try that begins: how often one began again, None if it is not ours to try.
        """
        done: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()
        self._uncommitted.append((item, done))
        if self._committing is None:
            self._committing = asyncio.create_task(self._commit())
        return await done

    async def _commit(self) -> None:
        try:
            while self._uncommitted:
                group, self._uncommitted = self._uncommitted, []
                begins = [item for item, _ in group if isinstance(item, str)]
                attempts = [item for item, _ in group if isinstance(item, Attempt)]
                begun = await self.call(partial(self._store.write, begins, attempts, self._executor_id))
                for item, done in group:
                    if not done.done():
                        done.set_result(begun.get(item) if isinstance(item, str) else None)
        finally:
            self._committing = None


async def _no() -> bool:
    """Only a batch that was handed over can have been inherited."""
    return False
