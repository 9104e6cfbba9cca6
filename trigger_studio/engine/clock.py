"""The engine's clock: real, or a virtual one on which a day of the farm passes in a moment."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class Clock:
    """The engine's clock: the machine's, or with a virtual farm one that only its jobs move, in whole milliseconds."""

    def __init__(self, virtual: bool = False) -> None:
        self._virtual_s = round(time.time(), 3) if virtual else None

    def now(self) -> float:
        """Seconds since the epoch."""
        return time.time() if self._virtual_s is None else self._virtual_s

    def advance(self, to_s: float) -> None:
        """Move a virtual clock forward; it never goes back."""
        if self._virtual_s is not None:
            self._virtual_s = max(self._virtual_s, round(to_s, 3))


def timestamp(at: float) -> str:
    """RFC 3339 text, UTC, of seconds since the epoch."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
