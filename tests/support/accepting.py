"""An outbox to which every delivery is accepted at once. The real one has suites of its own in tests/execution."""

from __future__ import annotations

from collections.abc import Sequence

from trigger_studio.model.delivery import Attempt
from trigger_studio.storage.database import Database
from trigger_studio.storage.deliveries import DeliveryStore


class AcceptingOutbox:
    """Settles what it is given in the delivery rows, as the real one does after an answer of 200."""

    def __init__(self, database: Database, executor_id: str) -> None:
        self._store = DeliveryStore(database)
        self._executor_id = executor_id

    def start(self, ids: Sequence[str]) -> None:
        self._store.write((), [Attempt(id, "done", 1) for id in ids], self._executor_id)

    def adopt(self, dead_executor_id: str) -> None:
        self.start(self._store.pending(dead_executor_id))

    def keep_up(self) -> None:
        pass

    def close(self, timeout_s: float) -> None:
        pass
