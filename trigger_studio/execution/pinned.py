"""Connections to addresses that were looked at: a name is resolved once, and what was checked is what is connected to.

A name that resolves to something else a moment later (a rebind) gains nothing, since nobody asks again. The server's
certificate is still checked against the name. What flows over them is in `stream`.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore
import httpx

from trigger_studio.execution.egress import Address
from trigger_studio.execution.sender import SendFailed
from trigger_studio.execution.stream import Stream

_SHOWN_ADDRESSES = 3
_HTTPX_ERROR: dict[type[Exception], type[httpx.TransportError]] = {
    httpcore.ConnectTimeout: httpx.ConnectTimeout,
    httpcore.ReadTimeout: httpx.ReadTimeout,
    httpcore.WriteTimeout: httpx.WriteTimeout,
    httpcore.PoolTimeout: httpx.PoolTimeout,
    httpcore.ConnectError: httpx.ConnectError,
    httpcore.ReadError: httpx.ReadError,
    httpcore.WriteError: httpx.WriteError,
    httpcore.LocalProtocolError: httpx.LocalProtocolError,
    httpcore.RemoteProtocolError: httpx.RemoteProtocolError,
    httpcore.UnsupportedProtocol: httpx.UnsupportedProtocol,
    httpcore.ProxyError: httpx.ProxyError,
    # Their bases last: an error of httpcore's that is none of the above is the first of these that it is.
    httpcore.TimeoutException: httpx.TimeoutException,
    httpcore.NetworkError: httpx.NetworkError,
    httpcore.ProtocolError: httpx.ProtocolError,
}


class PinnedTransport(httpx.AsyncBaseTransport):
    """HTTP/1.1 by httpcore's pool over `PinnedBackend`; no proxy, no redirects. Raises what httpx's own does.

    Args:
        trust: how servers' certificates are checked; None where only plain HTTP is spoken.
        limits: of the pool.
        permits: whether an address may be connected to.
    """

    def __init__(self, trust: ssl.SSLContext | None, limits: httpx.Limits, permits: Callable[[Address], bool]) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=trust,
            max_connections=limits.max_connections,
            max_keepalive_connections=limits.max_keepalive_connections,
            keepalive_expiry=limits.keepalive_expiry,
            network_backend=PinnedBackend(permits),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(request.stream, httpx.AsyncByteStream)
        url = request.url
        with _errors_of_httpx(request):
            answer = await self._pool.handle_async_request(
                httpcore.Request(
                    request.method,
                    httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                    headers=request.headers.raw,
                    content=request.stream,
                    extensions=request.extensions,
                )
            )
        body = _Body(answer, request)
        return httpx.Response(answer.status, headers=answer.headers, stream=body, extensions=answer.extensions)

    async def aclose(self) -> None:
        await self._pool.aclose()


class _Body(httpx.AsyncByteStream):
    """An answer's body, as it arrives."""

    def __init__(self, answer: httpcore.Response, request: httpx.Request) -> None:
        self._answer = answer
        self._request = request

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _errors_of_httpx(self._request):
            async for part in self._answer.aiter_stream():
                yield part

    async def aclose(self) -> None:
        with _errors_of_httpx(self._request):
            await self._answer.aclose()


@contextmanager
def _errors_of_httpx(request: httpx.Request) -> Iterator[None]:
    """Raise httpcore's errors as httpx's of the same meaning."""
    try:
        yield
    except tuple(_HTTPX_ERROR) as error:
        kind = next(kind for theirs, kind in _HTTPX_ERROR.items() if isinstance(error, theirs))
        raise kind(str(error), request=request) from error


class PinnedBackend(httpcore.AsyncNetworkBackend):
    """Opens connections to permitted addresses only.

    Raises:
        SendFailed: the name cannot be resolved (another try may), or no address of it is permitted (final).
    """

    def __init__(self, permits: Callable[[Address], bool]) -> None:
        self._permits = permits
        self._asking: dict[str, asyncio.Task[list[Address]]] = {}

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first permitted address that answers, each given its share of the time left."""
        ends = time.monotonic() + (timeout or float("inf"))
        addresses = self._permitted(host, await self._addresses(host, timeout))
        for place, address in enumerate(addresses, 1):
            share = None if timeout is None else max(0.1, (ends - time.monotonic()) / (len(addresses) - place + 1))
            try:
                return await Stream.connect(str(address), port, share)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if place == len(addresses):
                    raise
        raise AssertionError("a host without an address is refused before")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    async def _addresses(self, host: str, timeout: float | None) -> list[Address]:
        """All addresses of a name; whoever asks while the question is out waits for the same answer.

        Resolving takes a thread that cannot be stopped: one slow name must not take them all.
        """
        if host not in self._asking:
            task = self._asking[host] = asyncio.create_task(_resolve(host))
            task.add_done_callback(lambda _: self._asking.pop(host, None))
        try:
            async with asyncio.timeout(timeout):
                return await asyncio.shield(self._asking[host])
        except TimeoutError:
            raise SendFailed(f"the name '{host}' was not resolved within {timeout:g} s") from None
        except (OSError, UnicodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is too long or empty in a part"
            raise SendFailed(f"the name '{host}' cannot be resolved: {reason}") from None

    def _permitted(self, host: str, addresses: list[Address]) -> list[Address]:
        permitted = [address for address in addresses if self._permits(address)]
        if not permitted:
            shown = ", ".join(map(str, addresses[:_SHOWN_ADDRESSES]))
            raise SendFailed(
                f"'{host}' is at {shown}, which is not on the internet; an admin can allow it: "
                f"trigger-studio outside allow --network {addresses[0]}",
                final=True,
            )
        return permitted


async def _resolve(host: str) -> list[Address]:
    found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return [ipaddress.ip_address(address) for address in dict.fromkeys(str(item[4][0]).split("%")[0] for item in found)]
