"""What HTTP flows over: asyncio's own streams, as httpcore wants them.

The pool asks every idle connection on every request whether the other side has closed it. httpcore's own streams ask
the system each time, which with sixteen connections took a third of a send; these know it from the event loop.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Self, SupportsIndex

import httpcore

_BUFFER_BYTES = 64 * 1024
"""So much of an answer waits to be read; then the other side waits."""
_EXTRA = {"ssl_object": "ssl_object", "client_addr": "sockname", "server_addr": "peername", "socket": "socket"}


class Stream(httpcore.AsyncNetworkStream):
    """One connection. Its methods are httpcore's, and raise httpcore's errors."""

    def __init__(self, reader: _Reader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def connect(cls, address: str, port: int, timeout_s: float | None) -> Self:
        """Connect to an address.

        Raises:
            httpcore.ConnectError: nobody is there.
            httpcore.ConnectTimeout: nobody answered in time.
        """
        loop, reader = asyncio.get_running_loop(), _Reader(_BUFFER_BYTES)
        protocol = asyncio.StreamReaderProtocol(reader)
        with _in_httpcores_words(httpcore.ConnectTimeout, httpcore.ConnectError):
            async with asyncio.timeout(timeout_s):
                transport, _ = await loop.create_connection(lambda: protocol, address, port)
        return cls(reader, asyncio.StreamWriter(transport, protocol, reader, loop))

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        with _in_httpcores_words(httpcore.ReadTimeout, httpcore.ReadError):
            async with asyncio.timeout(timeout):
                return await self._reader.read(max_bytes)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if not buffer:
            return
        with _in_httpcores_words(httpcore.WriteTimeout, httpcore.WriteError):
            self._writer.write(buffer)
            async with asyncio.timeout(timeout):
                await self._writer.drain()

    async def aclose(self) -> None:
        self._writer.close()
        await asyncio.sleep(0)
        self._writer.transport.abort()  # no waiting for the other side's part of the end

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        try:
            with _in_httpcores_words(httpcore.ConnectTimeout, httpcore.ConnectError):
                async with asyncio.timeout(timeout):
                    await self._writer.start_tls(ssl_context, server_hostname=server_hostname)
        except BaseException:
            await self.aclose()
            raise
        return self

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable":
            return self._reader.is_readable
        return self._writer.get_extra_info(_EXTRA[info]) if info in _EXTRA else None


class _Reader(asyncio.StreamReader):
    """Knows whether there is something to read, the end included."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self._unread = False

    @property
    def is_readable(self) -> bool:
        return self._unread or self.at_eof() or self.exception() is not None

    def feed_data(self, data: Iterable[SupportsIndex]) -> None:
        self._unread = True
        super().feed_data(data)

    async def read(self, n: int = -1) -> bytes:
        data = await super().read(n)
        self._unread = len(data) == n  # less than was asked for is all there was
        return data


@contextmanager
def _in_httpcores_words(late: type[Exception], broken: type[Exception]) -> Iterator[None]:
    try:
        yield
    except TimeoutError as error:
        raise late(str(error)) from error
    except OSError as error:  # TLS's errors among them
        raise broken(str(error)) from error
