"""Faults of ours while an engine runs: logged, counted, waited out. The same one again and again ends the engine."""

from __future__ import annotations

import logging
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable

from trigger_studio.frozen import frozen

log = logging.getLogger(__name__)

MOST, WITHIN_S = 5, 60.0
"""The same fault so often within that time ends the engine."""
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 30.0
SHOWN_CHARS = 200


@frozen
class FaultRecord:
    """What an engine's heartbeat says of its faults.

    Attributes:
        number: since the engine's start.
        last: the newest, in a line.
        at: when that was, seconds since the epoch.
    """

    number: int = 0
    last: str | None = None
    at: float | None = None


class Faults:
    """The faults of one engine and of its outbox. Safe from any thread.

    Args:
        watcher: called with where each one happened.
        clock: monotonic seconds.

    Attributes:
        record: for the heartbeat.
        fatal: the fault that came too often, None while the engine may go on.
    """

    def __init__(
        self, watcher: Callable[[str], None] | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.record = FaultRecord()
        self.fatal: Exception | None = None
        self._watcher = watcher
        self._clock = clock
        self._lock = threading.Lock()
        self._times: dict[tuple[str, str], deque[float]] = {}

    def add(self, where: str, fault: Exception) -> float:
        """Log and count a fault. Returns after how many seconds its work may be tried again.

        Args:
            where: which work failed, for people and for the metrics.
        """
        now = self._clock()
        with self._lock:
            times = self._times.setdefault((where, _place(fault)), deque(maxlen=MOST))
            times.append(now)
            lately = sum(1 for at in times if at > now - WITHIN_S)
            if lately >= MOST and self.fatal is None:
                self.fatal = fault
        pause_s = min(FIRST_PAUSE_S * 2.0 ** (lately - 1), LONGEST_PAUSE_S)
        self.count(where, fault)
        log.error("%s failed by a fault of ours, next try in %g s: %s", where, pause_s, line_of(fault), exc_info=fault)
        return pause_s

    def count(self, where: str, fault: Exception) -> None:
        """Count a fault that somebody else logged, and that never ends an engine."""
        with self._lock:
            self.record = FaultRecord(self.record.number + 1, f"{where}: {line_of(fault)}", time.time())
        if self._watcher is not None:
            self._watcher(where)


def line_of(fault: Exception) -> str:
    """A fault in one short line."""
    return f"{type(fault).__name__}: {' '.join(str(fault).split())}"[:SHOWN_CHARS]


def _place(fault: Exception) -> str:
    """What makes two faults the same: the type, and the line of code that raised it."""
    steps = traceback.extract_tb(fault.__traceback__)
    where = f"{steps[-1].filename}:{steps[-1].lineno}" if steps else ""
    return f"{type(fault).__name__} {where}"
