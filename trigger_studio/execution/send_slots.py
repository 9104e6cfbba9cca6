"""How many sends may be under way at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

SENDS_AT_ONCE = 128
SENDS_AT_ONCE_PER_TARGET = 16
_LOOK_EVERY_S = 0.01


class SendSlots:
    """Room for sends: first at their target, so that a hanging target holds no room of the others."""

    def __init__(self) -> None:
        self._all = asyncio.Semaphore(SENDS_AT_ONCE)
        self._by_target: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()  # while one is asked for
        self._taken = 0
        self._draining = False

    @asynccontextmanager
    async def take(self, target: str) -> AsyncIterator[None]:
        """Wait for room to send to `target`, and hold it. Once draining, there is none."""
        of_target = self._by_target.setdefault(target, asyncio.Semaphore(SENDS_AT_ONCE_PER_TARGET))
        async with of_target, self._all:
            if self._draining:
                await asyncio.Event().wait()  # ends by the cancellation that follows the draining
            self._taken += 1
            try:
                yield
            finally:
                self._taken -= 1

    async def drain(self, timeout_s: float) -> None:
        """Give no further room, and wait up to `timeout_s` for the sends under way."""
        self._draining = True
        ends = time.monotonic() + timeout_s
        while self._taken and time.monotonic() < ends:
            await asyncio.sleep(_LOOK_EVERY_S)
