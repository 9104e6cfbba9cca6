"""The network between a program and its PostgreSQL server: a cable that can be slow, and can be cut."""

from __future__ import annotations

import asyncio
import threading
from urllib.parse import parse_qs, urlsplit


class Cable:
    """Listens on loopback and passes everything on to the server's socket.

    Attributes:
        delay_s: how long what goes through takes, each way.
    """

    def __init__(self, url: str) -> None:
        self.delay_s = 0.0
        self._parts = urlsplit(url)
        self._socket = f"{parse_qs(self._parts.query)['host'][0]}/.s.PGSQL.5432"
        self._whole = True
        self._ends: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._server = self._loop.run_until_complete(asyncio.start_server(self._plug, "127.0.0.1", 0))
        self._thread = threading.Thread(target=self._loop.run_forever, name="cable")
        self._thread.start()

    @property
    def url(self) -> str:
        """The database by way of this cable."""
        port = self._server.sockets[0].getsockname()[1]
        return f"postgresql://{self._parts.username}@127.0.0.1:{port}{self._parts.path}"

    def cut(self) -> None:
        """Whoever is connected is cut off, and nobody gets through until `mend`."""
        self._whole = False
        self._loop.call_soon_threadsafe(self._let_go)

    def mend(self) -> None:
        """Let connections through again."""
        self._whole = True

    def close(self) -> None:
        """Take the cable away."""
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _let_go(self) -> None:
        for end in self._ends:
            end.transport.abort()
        self._ends.clear()

    async def _end(self) -> None:
        self._server.close()
        self._let_go()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _plug(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self._whole:
            writer.transport.abort()
            return
        far_reader, far_writer = await asyncio.open_unix_connection(self._socket)
        self._ends |= {writer, far_writer}
        await asyncio.gather(self._pass(reader, far_writer), self._pass(far_reader, writer))

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while content := await reader.read(65536):
                if self.delay_s:
                    await asyncio.sleep(self.delay_s)
                writer.write(content)
                await writer.drain()
        except OSError:
            pass  # cut off, as it should be
        finally:
            writer.transport.abort()
            self._ends.discard(writer)
