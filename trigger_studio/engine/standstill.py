"""Lanes that stand still: in each, something could not be decided by a fault of ours, and nothing may overtake it."""

from __future__ import annotations

import time
from collections.abc import Collection

RETRY_S = 30.0
"""So long a lane stands still before it is tried again."""


class Standstill:
    """Which lanes stand still, and why."""

    def __init__(self) -> None:
        self._faults: dict[str, Exception] = {}
        self._since = 0.0

    @property
    def lanes(self) -> Collection[str]:
        """Those that nothing is claimed of."""
        return self._faults.keys()

    @property
    def faults(self) -> Collection[Exception]:
        """Why."""
        return self._faults.values()

    def add(self, lane: str, fault: Exception) -> None:
        """Let a lane stand still."""
        self._faults[lane] = fault
        self._since = time.monotonic()

    def retry(self) -> None:
        """Let all be tried again, once the last of them has stood long enough."""
        if time.monotonic() >= self._since + RETRY_S:
            self._faults.clear()

    def in_words(self) -> str:
        """For people; "" if none stands still."""
        return "; ".join(f"project '{lane}' stands still: {fault!r}" for lane, fault in self._faults.items())
