"""Group commit of begins and results: what came in while one transaction ran goes into the next."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Executor
from typing import TypeVar

from trigger_studio.errors import Unavailable
from trigger_studio.execution.delivery import Attempt, DeliveryStore

log = logging.getLogger(__name__)
T = TypeVar("T")

_FIRST_PAUSE_S = 0.2
_LONGEST_PAUSE_S = 5.0

Waiting = tuple[str | Attempt, asyncio.Future[int | None]]
"""The id of a delivery whose try begins, or what a try came to; and whoever waits for the commit."""


class Rows:
    """The delivery rows as the event loop reaches them: off its thread, and patient while the database is away.

    Args:
        threads: where the blocking calls run.
        carrier: executor id under which attempts are recorded.
    """

    def __init__(self, store: DeliveryStore, carrier: str, threads: Executor) -> None:
        self.store = store
        self._carrier = carrier
        self._threads = threads
        self._queue: list[Waiting] = []
        self._writer: asyncio.Task[None] | None = None

    async def call(self, work: Callable[[], T]) -> T:
        """Run one call of the store, again and again while the database is out of reach."""
        loop, pause_s = asyncio.get_running_loop(), _FIRST_PAUSE_S
        while True:
            try:
                return await loop.run_in_executor(self._threads, work)
            except Unavailable as error:
                log.warning("deliveries wait for the database, next look in %.1f s: %s", pause_s, error)
            await asyncio.sleep(pause_s)
            pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)

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
        error: Exception | None = None
        begun: dict[str, int] = {}
        try:
            begun = await self.call(lambda: self.store.write(begins, attempts, self._carrier))
        except Exception as fault:  # noqa: BLE001 (whoever waits for the commit gets it)
            error = fault
        for item, future in group:
            if future.done():
                continue
            if error is None:
                future.set_result(begun.get(item) if isinstance(item, str) else None)
            else:
                future.set_exception(error)
