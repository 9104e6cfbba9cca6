"""How much one client may ask for, and how many at once."""

from __future__ import annotations

import time
from typing import Final

MAX_BODY: Final = 16 << 20
"""Bytes of a body."""
BODY_S: Final = 30.0
"""So long a client may take to send one."""
RATE: Final = 1_000
"""Requests a second that a token is good for, and how many at once after a pause."""
AT_ONCE: Final = 200
"""Requests under way at once, streams aside."""
STREAMS: Final = 1_000
"""Listeners to the stream at once."""
RETRY_MS: Final = 2_000
"""So long a listener that was cut off waits before it comes back."""
SEND_S: Final = 30.0
"""So long a client may take to read what was sent before; then it is cut."""
PAGE: Final = 100
LARGEST_PAGE: Final = 1_000
_FORGET_S = 60.0


class RateLimiter:
    """A token bucket for each client."""

    def __init__(self, rate: float = RATE) -> None:
        self._rate = rate
        self._left: dict[str, tuple[float, float]] = {}
        self._swept = time.monotonic()

    def wait_s(self, client: str) -> float:
        """0 if the client may go on, else how long it has to wait."""
        now = time.monotonic()
        if now - self._swept > _FORGET_S:
            self._swept = now
            self._left = {name: (left, at) for name, (left, at) in self._left.items() if now - at < _FORGET_S}
        left, at = self._left.get(client, (self._rate, now))
        left = min(self._rate, left + (now - at) * self._rate)
        if left < 1:
            self._left[client] = (left, now)
            return (1 - left) / self._rate
        self._left[client] = (left - 1, now)
        return 0.0
