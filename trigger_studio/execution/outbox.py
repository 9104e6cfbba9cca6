"""The outbox: one thread with one event loop, on which DBOS runs the deliveries of this process."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Mapping, Sequence
from functools import partial

from trigger_studio.engine.faults import Faults
from trigger_studio.errors import TriggerStudioError
from trigger_studio.execution import loading
from trigger_studio.execution.delivery import DeliveryStore, Sender, Watcher
from trigger_studio.execution.worker import Worker

log = logging.getLogger(__name__)

_GRACE_S = 20.0
"""For DBOS to stop its own threads, beyond the time that `close` was given for sends under way."""

_one_per_process = threading.Lock()


class OutboxTaken(TriggerStudioError):
    """A second outbox was used while the first is open: DBOS exists once in a process."""

    code = "outbox-taken"


class DbosOutbox:
    """Carries deliveries with DBOS, on SQLite and PostgreSQL alike.

    No thread runs before the first order. Before that thread begins, whoever gave the order imports all it needs.

    Args:
        url: the pipeline's database; DBOS keeps its own tables beside it.
        executor_id: unique per machine and process slot, and the same after a restart.
        store: the delivery rows.
        senders: who sends what, by kind of delivery.
        watcher: told of each try, on the outbox's thread.
        faults: takes those of the outbox.
    """

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
        self._executor_id = executor_id
        self._faults = faults or Faults()
        self._rest_until = 0.0
        self._lock = threading.Lock()
        self._closed = False
        self._make_worker = partial(Worker, url, executor_id, store, senders, faults=self._faults, watcher=watcher)
        self._worker: Worker | None = None
        self._thread: threading.Thread | None = None

    def start(self, ids: Sequence[str]) -> None:
        """Take up committed deliveries; ids that are carried already are ignored. Returns at once.

        Raises:
            OutboxTaken: another outbox of this process is open.
        """
        with self._lock:
            worker = self._up()
            if worker is not None:
                worker.start([delivery_id for delivery_id in ids if delivery_id not in worker.open])

    def recover(self) -> None:
        """Take up again everything this engine carried when it ended. Returns at once."""
        self.adopt(self._executor_id)

    def adopt(self, dead_executor_id: str) -> None:
        """Take over what a dead engine carried; should it only have slept, it finds itself fenced out. Returns at once.

        Raises:
            OutboxTaken: another outbox of this process is open.
        """
        with self._lock:
            worker = self._up()
            if worker is not None:
                worker.take_up(dead_executor_id)

    def in_flight(self) -> int:
        """Deliveries taken up here and not settled, those waiting for their next try included."""
        return len(self._worker.open) if self._worker else 0

    def keep_up(self) -> None:
        """Begin anew if the thread ended by a fault of ours; what it carried is taken up again. Returns at once."""
        with self._lock:
            if self._has_ended() and time.monotonic() >= self._rest_until and (worker := self._up()) is not None:
                worker.take_up(self._executor_id)

    def close(self, timeout_s: float) -> None:
        """Wait up to `timeout_s` for sends under way, then stop; the rest is taken up at the next launch. Blocks."""
        with self._lock:
            self._closed = True
            thread, worker = self._thread, self._worker
        if thread is None or worker is None:
            return
        worker.stop(timeout_s)
        thread.join(timeout_s + _GRACE_S)
        if thread.is_alive():
            log.warning("the outbox did not stop in time; it ends with the process")

    def _up(self) -> Worker | None:
        """The worker, whose thread begins with the first order; None once closed."""
        if self._closed:
            return None
        if self._worker is None or self._has_ended():
            loading.load()
            if not _one_per_process.acquire(blocking=False):
                raise OutboxTaken("this process has an open outbox already; close it first")
            self._worker = self._make_worker()
            self._thread = threading.Thread(target=self._run, args=(self._worker,), name="deliveries", daemon=True)
            self._thread.start()
        return self._worker

    def _has_ended(self) -> bool:
        return self._thread is not None and not self._thread.is_alive()

    def _run(self, worker: Worker) -> None:
        try:
            with asyncio.Runner(loop_factory=lambda: worker.loop) as runner:
                runner.run(worker.run())
        except Exception as fault:  # noqa: BLE001 - ours; the engine ends if it stays
            self._rest_until = time.monotonic() + self._faults.add("deliveries", fault)
        finally:
            worker.let_go()
            _one_per_process.release()
