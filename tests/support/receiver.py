"""A web server that takes hundreds of requests a second and remembers what it answered to whom."""

from __future__ import annotations

import asyncio
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    """One request: its idempotency key, the status it was answered with, and when (monotonic seconds)."""

    key: str
    status: int
    at: float


class Receiver:
    """Answers 200, or 503 for a share of the requests.

    Args:
        refusals: share of the requests answered with 503.
        delay_s: how long an answer takes.
    """

    def __init__(self, seed: int, refusals: float = 0.1, delay_s: float = 0.02) -> None:
        self.seen: list[Seen] = []
        self._random = random.Random(seed)
        self._refusals = refusals
        self._delay_s = delay_s
        self._loop = asyncio.new_event_loop()
        starting = asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=512)
        self._server = self._loop.run_until_complete(starting)
        self._thread = threading.Thread(target=self._loop.run_forever, name="receiver")
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/"

    def accepted(self) -> Counter[str]:
        """How often each key was accepted."""
        return Counter(seen.key for seen in list(self.seen) if seen.status == 200)

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _end(self) -> None:
        self._server.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode().lower().split("\r\n")
                headers = dict(line.split(": ", 1) for line in head[1:] if line)
                await reader.readexactly(int(headers.get("content-length", 0)))
                status = 503 if self._random.random() < self._refusals else 200
                self.seen.append(Seen(headers["idempotency-key"], status, time.monotonic()))
                await asyncio.sleep(self._delay_s)
                writer.write(b"HTTP/1.1 %d Said\r\ncontent-length: 0\r\n\r\n" % status)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()
