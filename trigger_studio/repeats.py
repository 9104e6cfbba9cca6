"""A line that would come again and again is written once, and then counted."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

AGAIN_S = 60.0
KEPT = 100
"""Different lines remembered; the oldest are forgotten."""


class Repeats:
    """Says which lines are worth writing. Safe from any thread.

    Args:
        again_s: after which a line that still comes is written again.
        clock: monotonic seconds.
    """

    def __init__(self, again_s: float = AGAIN_S, clock: Callable[[], float] = time.monotonic) -> None:
        self._again_s = again_s
        self._clock = clock
        self._lock = threading.Lock()
        self._known: dict[str, tuple[float, int]] = {}

    def worth(self, line: str) -> str | None:
        """The line, with how often it came since it was last written; None if that was a moment ago."""
        now = self._clock()
        with self._lock:
            at, missed = self._known.get(line, (float("-inf"), 0))
            if now < at + self._again_s:
                self._known[line] = (at, missed + 1)
                return None
            self._known.pop(line, None)
            self._known[line] = (now, 0)
            if len(self._known) > KEPT:
                del self._known[next(iter(self._known))]
        return f"{line} ({missed} more since it was last written)" if missed else line
