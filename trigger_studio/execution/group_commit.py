"""Group commit of begins and results: what came in while one transaction ran goes into the next."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Executor
from typing import TypeVar

from trigger_studio.engine.faults import Faults
from trigger_studio.errors import Replaced, Unavailable
from trigger_studio.execution.delivery import Attempt, DeliveryStore
from trigger_studio.repeats import Repeats

log = logging.getLogger(__name__)
T = TypeVar("T")

_FIRST_PAUSE_S = 0.2
_LONGEST_PAUSE_S = 5.0

Waiting = tuple[str | Attempt, asyncio.Future[int | None]]
"""The id of a delivery whose try begins, or what a try came to; and whoever waits for the commit."""


class GroupCommitter:
    """The delivery rows as the event loop reaches them: off its thread, and patient.

    Args:
        threads: where the blocking calls run.
        carrier: executor id under which attempts are recorded.
        faults: takes those of the store; the call is made again, for what was sent must not go unrecorded.
    """

    def __init__(self, store: DeliveryStore, carrier: str, threads: Executor, faults: Faults) -> None:
        self._faults = faults
        self._repeats = Repeats()
        self.store = store
        self._carrier = carrier
        self._threads = threads
        self._queue: list[Waiting] = []
        self._writer: asyncio.Task[None] | None = None

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

    async def begin(self, delivery_id: str) -> int | None:
        """Return once it is committed that a try begins: how often one began again, None if it is not ours to try."""
        begun = asyncio.get_running_loop().create_future()
        self._queue.append((delivery_id, begun))
        return await self._committed(begun)

    async def record(self, attempt: Attempt) -> None:
        """Return once `attempt` is committed."""
        recorded = asyncio.get_running_loop().create_future()
        self._queue.append((attempt, recorded))
        await self._committed(recorded)

    async def _committed(self, future: asyncio.Future[int | None]) -> int | None:
        if self._writer is None:
            self._writer = asyncio.create_task(self._write())
        return await future

    async def _write(self) -> None:
        try:
            while self._queue:
                group, self._queue = self._queue, []
                await self._commit(group)
        finally:
            self._writer = None

    async def _commit(self, group: list[Waiting]) -> None:
        begins = [item for item, _ in group if isinstance(item, str)]
        attempts = [item for item, _ in group if isinstance(item, Attempt)]
        begun = await self.call(lambda: self.store.write(begins, attempts, self._carrier))
        for item, future in group:
            if not future.done():
                future.set_result(begun.get(item) if isinstance(item, str) else None)
