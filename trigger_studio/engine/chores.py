"""What an engine does every few seconds beside deciding; what of it fails by a fault of ours does not stop the rest."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from typing import TypeVar

from trigger_studio.engine.clock import Clock
from trigger_studio.engine.faults import Faults
from trigger_studio.engine.ports import Outbox, Store
from trigger_studio.errors import Unavailable

T = TypeVar("T")

CHORES_S = 2.0
FAILED_S = 0.5
"""The same where the heartbeat did not come about."""


class Chores:
    """An engine's periodic work: gates, batches, limits, archive, heartbeat, and deliveries of engines that died.

    Args:
        outbox: makes it if there is none yet.
        open_outbox: the one there is.
        let_go: lets held firings go that the limits have room for by now.
        most: batches that are called at once.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        faults: Faults,
        *,
        outbox: Callable[[], Outbox],
        open_outbox: Callable[[], Outbox | None],
        let_go: Callable[[], object],
        most: int,
    ) -> None:
        self._store = store
        self._clock = clock
        self._faults = faults
        self._outbox = outbox
        self._open_outbox = open_outbox
        self._let_go = let_go
        self._most = most
        self._next_at = float("-inf")
        self._rest_until: dict[str, float] = {}

    @property
    def due(self) -> bool:
        """Whether it is time to `do` them again."""
        return time.monotonic() >= self._next_at

    def do(self) -> None:
        """Late gates and batches, limits, the archive, the heartbeat, the deliveries of engines that died."""
        now_s = self._clock.now()
        self._try("gates", lambda: self._store.expire_gates(time.time()))
        self._try("batches", lambda: self._store.call_batches(now_s, self._most))
        self._try("held", self._let_go)
        self._try("limits", lambda: self._store.forget(now_s))
        self.archive()
        self.take_over()

    def archive(self) -> bool:
        """Archive a little; whether there may be more."""
        return bool(self._try("archive", lambda: self._store.archive(self._clock.now())))

    def take_over(self) -> None:
        """If it is time: say that this engine lives, and take up the deliveries of those that do not."""
        if self.due:
            self._next_at = time.monotonic() + (CHORES_S if self._try("heartbeat", self._beat) else FAILED_S)

    def last_beat(self) -> None:
        """Say what ended this engine, if the database listens."""
        with contextlib.suppress(Unavailable):  # then nobody can be told there
            self._try("heartbeat", self._beat)

    def _beat(self) -> bool:
        silent = self._store.heartbeat(self._store.lag_s(), self._faults.record)
        if (outbox := self._open_outbox()) is not None:
            outbox.keep_up()
        for carrier in silent:
            if carrier != self._store.executor_id:
                self._outbox().adopt(carrier)
        return True

    def _try(self, name: str, chore: Callable[[], T]) -> T | None:
        """What a chore comes to; None if it failed by a fault of ours, or rests after one.

        Raises:
            Unavailable: the database is out of reach.
        """
        if time.monotonic() < self._rest_until.get(name, 0.0):
            return None
        try:
            return chore()
        except Unavailable:
            raise
        except Exception as fault:  # noqa: BLE001 - ours; the engine ends if it stays
            self._rest_until[name] = time.monotonic() + self._faults.add(name, fault)
            return None
