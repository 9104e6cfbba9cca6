"""One task at a time, in the order in which they came."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class FifoLock:
    """What asyncio's lock does, without asking which loop runs: where Qt's own loop drives ours, none says it does.

    Args:
        loop: of the tasks.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._last: asyncio.Future[None] | None = None

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait until everyone who came before is through."""
        before, mine = self._last, self._loop.create_future()
        self._last = mine
        try:
            if before is not None:
                await asyncio.shield(before)  # who is cancelled while waiting must not end the other's turn
            yield
        finally:
            if before is None or before.done():
                mine.set_result(None)
            else:
                before.add_done_callback(lambda _through: mine.set_result(None))
