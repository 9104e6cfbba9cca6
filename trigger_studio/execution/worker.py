"""The outbox's loop: brings DBOS up when the first delivery exists and hands it batches."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from types import ModuleType

import sqlalchemy as sa

from trigger_studio.engine.faults import Faults
from trigger_studio.errors import Unavailable
from trigger_studio.execution.delivery import DeliveryStore, Sender, Watcher
from trigger_studio.execution.dispatcher import Dispatcher
from trigger_studio.repeats import Repeats
from trigger_studio.storage.database import database_name, in_plain_words

log = logging.getLogger(__name__)

BATCH = 256
REMOVE_FINISHED_EVERY = 500
"""Batches between two removals of finished workflows."""
HEAD_START_S = 0.005
"""A receiver close by has answered by then; and the next batch waits no longer than that for this one."""
_STORE_THREADS = 4
_PAUSE_S = 2.0
"""Between two looks whether the database is there again."""


class Worker:
    """Runs on the outbox's thread; `start`, `take_up` and `stop` may be called from any.

    Attributes:
        loop: its event loop, made beforehand so that orders can be left before the thread is up.
        open: ids of the deliveries taken up and not settled.
    """

    def __init__(
        self,
        url: str,
        executor_id: str,
        store: DeliveryStore,
        senders: Mapping[str, Sender],
        *,
        faults: Faults,
        watcher: Watcher | None,
    ) -> None:
        self.loop = asyncio.new_event_loop()
        self._url = url
        self._executor_id = executor_id
        self._threads = ThreadPoolExecutor(_STORE_THREADS, thread_name_prefix="deliveries-store")
        self._faults = faults
        self._repeats = Repeats()
        self._carrier = Dispatcher(store, senders, executor_id, self._threads, faults=faults, watcher=watcher)
        self.open = self._carrier.open
        self._to_start: deque[str] = deque()
        self._batch: list[str] = []  # being handed over, the same until it is
        self._to_take_up: deque[str] = deque()
        self._wake = asyncio.Event()
        self._stop = asyncio.Event()
        self._stop_timeout_s = 0.0
        self._durable: ModuleType | None = None
        self._engine: sa.Engine | None = None
        self._batches = 0

    def start(self, ids: Sequence[str]) -> None:
        """Leave ids to be carried."""
        self.open.update(ids)
        self._to_start.extend(ids)
        self.loop.call_soon_threadsafe(self._wake.set)

    def take_up(self, executor_id: str) -> None:
        """Leave an engine, this one or a dead one, whose unfinished deliveries are to be carried."""
        self._to_take_up.append(executor_id)
        self.loop.call_soon_threadsafe(self._wake.set)

    def stop(self, timeout_s: float) -> None:
        """End the loop once the sends under way are recorded, or after `timeout_s`."""
        self._stop_timeout_s = timeout_s
        with suppress(RuntimeError):  # it has ended already
            self.loop.call_soon_threadsafe(self._stop.set)

    async def run(self) -> None:
        """Work until told to stop."""
        work = asyncio.create_task(self._work())
        await self._stop.wait()
        await self._carrier.drain(self._stop_timeout_s)
        work.cancel()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._carrier.close()

    def let_go(self) -> None:
        """Stop DBOS and close its connections, after the loop has ended. Blocks."""
        if self._durable is not None:
            self._durable.shut_down()
        self._threads.shutdown(cancel_futures=True)
        self._carrier.rows.store.close()
        if self._engine is not None:
            self._engine.dispose()
        self.open.clear()

    async def _work(self) -> None:
        from trigger_studio.execution import workflows  # loaded before this thread began

        self._engine = workflows.system_engine(self._url)
        name, driver = database_name(self._engine.url), self._engine.dialect.loaded_dbapi
        while True:
            await self._wake.wait()
            self._wake.clear()
            try:
                with in_plain_words(name, driver):
                    await self._obey()
            except Unavailable as error:
                if line := self._repeats.worth(f"deliveries wait: {error}"):
                    log.warning("%s", line)
                await asyncio.sleep(_PAUSE_S)
                self._wake.set()
            except Exception as fault:  # noqa: BLE001 - ours; the engine ends if it stays
                await asyncio.sleep(self._faults.add("deliveries", fault))
                self._wake.set()

    async def _obey(self) -> None:
        """Do what was left to do; an order leaves its queue when it is done."""
        while self._to_take_up:
            await self._take_up(self._to_take_up[0])
            self._to_take_up.popleft()
        while self._batch or self._to_start:
            self._batch = self._batch or [self._to_start.popleft() for _ in range(min(BATCH, len(self._to_start)))]
            await self._start(self._batch)
            self._batch = []

    async def _take_up(self, executor_id: str) -> None:
        own = executor_id == self._executor_id
        store = self._carrier.rows.store
        pending = await self._carrier.rows.call(lambda: store.pending(executor_id))
        if own and not pending:
            return  # the usual launch: nothing to do, and no reason to load DBOS
        durable = await self._dbos()
        if not own:
            await durable.resume_all_of(executor_id)
        carried = await durable.carried_ids()
        orphans = [delivery_id for delivery_id in pending if delivery_id not in carried | self.open]
        if orphans and not own:
            await self._carrier.rows.call(lambda: store.take(orphans, self._executor_id))
        log.info("%d deliveries of %s taken up again", len(pending), executor_id)
        self.open.update(orphans)
        self._to_start.extend(orphans)

    async def _start(self, batch: list[str]) -> None:
        """Begin with a batch and hand it over, unless all of it is settled by then.

        Sending need not wait for DBOS: until it has the batch, the rows alone tell what is open.
        """
        durable = await self._dbos()
        if await self._carrier.settles(batch, HEAD_START_S):
            return
        await durable.start(batch)
        self._batches += 1
        if self._batches % REMOVE_FINISHED_EVERY == 0:
            await durable.remove_finished()

    async def _dbos(self) -> ModuleType:
        """DBOS, up and running. The first call blocks this thread, on which nothing else runs yet."""
        if self._durable is None:
            from trigger_studio.execution import workflows

            assert self._engine is not None
            try:
                workflows.launch(self._engine, self._executor_id, self._carrier)
            except Exception:
                workflows.shut_down()
                raise
            self._durable = workflows
            await workflows.remove_finished()
        return self._durable
