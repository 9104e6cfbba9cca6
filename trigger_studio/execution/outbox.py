"""The outbox: one thread with one event loop, on which DBOS runs the deliveries of this process."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from types import ModuleType

import sqlalchemy as sa

from trigger_studio.engine.faults import Faults
from trigger_studio.errors import TriggerStudioError, Unavailable
from trigger_studio.execution import loading
from trigger_studio.execution.dispatcher import Dispatcher, Watcher
from trigger_studio.execution.sender import Sender
from trigger_studio.repeats import Repeats
from trigger_studio.storage.deliveries import DeliveryStore
from trigger_studio.storage.plain_words import in_plain_words
from trigger_studio.storage.urls import database_name

log = logging.getLogger(__name__)

BATCH = 256
REMOVE_FINISHED_EVERY = 500
"""Batches between two removals of finished workflows."""
HEAD_START_S = 0.005
"""A receiver close by has answered by then; and the next batch waits no longer than that for this one."""
_STORE_THREADS = 4
_PAUSE_S = 2.0
"""Between two looks whether the database is there again."""
_GRACE_S = 20.0
"""For DBOS to stop its own threads, beyond the time that `close` was given for sends under way."""

_one_per_process = threading.Lock()


class OutboxTaken(TriggerStudioError):
    """A second outbox was used while the first is open: DBOS exists once in a process."""

    code = "outbox-taken"


class DbosOutbox:
    """Carries deliveries with DBOS, on SQLite and PostgreSQL alike; satisfies `engine.ports.Outbox`.

    No thread runs before the first order, and DBOS is up only once there is something to send. Orders come from any
    thread and return at once; before the outbox's own thread begins, whoever gave the order imports all it needs.

    Args:
        url: the pipeline's database; DBOS keeps its own tables beside it.
        executor_id: unique per machine and process slot, and the same after a restart.
        store: the delivery rows.
        senders: who sends what, by kind of delivery.
        watcher: told of each try, on the outbox's thread.
        faults: takes those of the outbox.
    """

    _loop: asyncio.AbstractEventLoop
    _threads: ThreadPoolExecutor
    _dispatcher: Dispatcher

    def __init__(
        self,
        url: str,
        executor_id: str,
        store: DeliveryStore,
        senders: Mapping[str, Sender],
        *,
        watcher: Watcher | None = None,
        faults: Faults | None = None,
    ) -> None:
        self._url = url
        self._executor_id = executor_id
        self._store = store
        self._senders = senders
        self._watcher = watcher
        self._faults = faults or Faults()
        self._repeats = Repeats()
        self._lock = threading.Lock()
        self._closed = False
        self._thread: threading.Thread | None = None
        self._rest_until = 0.0
        self._drain_s = 0.0
        self._to_start: deque[str] = deque()
        self._batch: list[str] = []  # being handed over, the same until it is
        self._to_take_up: deque[str] = deque()
        self._durable: ModuleType | None = None
        self._engine: sa.Engine | None = None
        self._batches = 0

    # ---------------------------------------------------------------------------------------------- from any thread
    def start(self, ids: Sequence[str]) -> None:
        """Take up committed deliveries; ids that are carried already are ignored. Returns at once.

        Raises:
            OutboxTaken: another outbox of this process is open.
        """
        with self._lock:
            if self._up():
                new = [delivery_id for delivery_id in ids if delivery_id not in self._dispatcher.open]
                self._dispatcher.open.update(new)
                self._to_start.extend(new)
                self._wake_up()

    def adopt(self, dead_executor_id: str) -> None:
        """Take over what a dead engine carried; should it only have slept, it finds itself fenced out. Returns at once.

        Raises:
            OutboxTaken: another outbox of this process is open.
        """
        with self._lock:
            self._to_take_up.append(dead_executor_id)
            if self._up():
                self._wake_up()

    def keep_up(self) -> None:
        """Begin anew if the thread ended by a fault of ours; what it carried is taken up again. Returns at once."""
        with self._lock:
            if self._has_ended() and self._up():
                self._wake_up()

    def close(self, timeout_s: float) -> None:
        """Wait up to `timeout_s` for sends under way, then stop; the rest is taken up at the next launch. Blocks."""
        with self._lock:
            self._closed = True
            thread = self._thread
        if thread is None:
            return
        self._drain_s = timeout_s
        with suppress(RuntimeError):  # it has ended already
            self._loop.call_soon_threadsafe(self._stopping.set)
        thread.join(timeout_s + _GRACE_S)
        if thread.is_alive():
            log.warning("the outbox did not stop in time; it ends with the process")

    def _up(self) -> bool:
        """Whether orders may be left; the thread begins with the first, and anew some time after a fault of ours."""
        if self._closed or (self._has_ended() and time.monotonic() < self._rest_until):
            return False
        if self._thread is None or self._has_ended():
            loading.load()
            if not _one_per_process.acquire(blocking=False):
                raise OutboxTaken("this process has an open outbox already; close it first")
            if self._thread is not None:
                self._to_take_up.append(self._executor_id)
            self._begin()
        return True

    def _begin(self) -> None:
        self._loop = asyncio.new_event_loop()  # made beforehand, so that orders can be left before the thread is up
        self._wake, self._stopping = asyncio.Event(), asyncio.Event()
        self._threads = ThreadPoolExecutor(_STORE_THREADS, thread_name_prefix="deliveries-store")
        self._dispatcher = Dispatcher(
            self._store, self._senders, self._executor_id, self._threads, faults=self._faults, watcher=self._watcher
        )
        self._to_start.clear()  # after a fault the rows tell what is open
        self._batch = []
        self._thread = threading.Thread(target=self._run, name="deliveries", daemon=True)
        self._thread.start()

    def _has_ended(self) -> bool:
        return self._thread is not None and not self._thread.is_alive()

    def _wake_up(self) -> None:
        with suppress(RuntimeError):  # its loop has just ended by a fault; `keep_up` takes up what was left
            self._loop.call_soon_threadsafe(self._wake.set)

    # ---------------------------------------------------------------------------------------------- on its own thread
    def _run(self) -> None:
        try:
            with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
                runner.run(self._work())
        except Exception as fault:  # noqa: BLE001 - ours; the engine ends if it stays
            self._rest_until = time.monotonic() + self._faults.add("deliveries", fault)
        finally:
            self._let_go()
            _one_per_process.release()

    async def _work(self) -> None:
        """Follow orders until told to stop."""
        orders, stopping = asyncio.create_task(self._follow_orders()), asyncio.create_task(self._stopping.wait())
        await asyncio.wait([orders, stopping], return_when=asyncio.FIRST_COMPLETED)
        if orders.done():
            orders.result()  # raises the fault it ended by
        await self._dispatcher.drain(self._drain_s)
        orders.cancel()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._dispatcher.close()

    def _let_go(self) -> None:
        """Stop DBOS and close its connections, after the loop has ended. Blocks."""
        if self._durable is not None:
            self._durable.shut_down()
        self._threads.shutdown(cancel_futures=True)
        self._store.close()
        if self._engine is not None:
            self._engine.dispose()
        self._durable = self._engine = None

    async def _follow_orders(self) -> None:
        from trigger_studio.execution import workflows  # loaded before this thread began

        self._engine = workflows.system_engine(self._url)
        name, driver = database_name(self._engine.url), self._engine.dialect.loaded_dbapi
        while True:
            await self._wake.wait()
            self._wake.clear()
            try:
                with in_plain_words(name, driver):
                    await self._follow_those_left()
            except Unavailable as error:
                if line := self._repeats.worth(f"deliveries wait: {error}"):
                    log.warning("%s", line)
                await asyncio.sleep(_PAUSE_S)
                self._wake.set()
            except Exception as fault:  # noqa: BLE001 - ours; the engine ends if it stays
                await asyncio.sleep(self._faults.add("deliveries", fault))
                self._wake.set()

    async def _follow_those_left(self) -> None:
        """An order leaves its queue when it is done."""
        while self._to_take_up:
            await self._take_up(self._to_take_up[0])
            self._to_take_up.popleft()
        while self._batch or self._to_start:
            self._batch = self._batch or [self._to_start.popleft() for _ in range(min(BATCH, len(self._to_start)))]
            await self._start(self._batch)
            self._batch = []

    async def _take_up(self, executor_id: str) -> None:
        own = executor_id == self._executor_id
        call, store, carried_here = self._dispatcher.call, self._store, self._dispatcher.open
        pending = await call(lambda: store.pending(executor_id))
        if own and not pending:
            return  # the usual launch: nothing to do, and no reason to load DBOS
        durable = await self._dbos()
        if not own:
            await durable.resume_all_of(executor_id)
        carried = await durable.carried_ids()
        orphans = [delivery_id for delivery_id in pending if delivery_id not in carried | carried_here]
        if orphans and not own:
            await call(lambda: store.take(orphans, self._executor_id))
        log.info("%d deliveries of %s taken up again", len(pending), executor_id)
        carried_here.update(orphans)
        self._to_start.extend(orphans)

    async def _start(self, batch: list[str]) -> None:
        """Begin with a batch and hand it over, unless all of it is settled by then.

        Sending need not wait for DBOS: until it has the batch, the rows alone tell what is open.
        """
        durable = await self._dbos()
        if await self._dispatcher.settles(batch, HEAD_START_S):
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
                workflows.launch(self._engine, self._executor_id, self._dispatcher)
            except Exception:
                workflows.shut_down()
                raise
            self._durable = workflows
            await workflows.remove_finished()
        return self._durable
