"""The transport to checked addresses raises what httpx's own does: whoever sends knows one family of errors."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from typing import Any

import httpcore
import httpx
import pytest

from tests.execution.test_webhook import refusal
from trigger_studio.execution.pinned import PinnedBackend, PinnedTransport

ERRORS = [
    error
    for name in httpcore.__all__
    if isinstance(error := getattr(httpcore, name), type)
    and issubclass(error, Exception)
    and error is not httpcore.ConnectionNotAvailable  # between the pool and its connections
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_every_error_of_a_connection_is_httpxs_of_the_same_name(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: Any, **__: Any) -> None:
        raise error("no luck")

    async def ask() -> None:
        transport = PinnedTransport(None, httpx.Limits(), lambda _: True)
        async with httpx.AsyncClient(transport=transport) as client:
            await client.get("http://hooks.example.org/")

    monkeypatch.setattr(PinnedBackend, "connect_tcp", fail)
    with pytest.raises(getattr(httpx, error.__name__), match="no luck"):
        asyncio.run(ask())
    failure = refusal("http://hooks.example.org/")
    assert not failure.final  # every failure of a connection may be tried again


@pytest.fixture
def cut_off() -> Iterator[str]:
    """The address of a server that closes the connection amid each answer."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listening.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf")

    thread = threading.Thread(target=serve)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    thread.join()
    listening.close()


def test_an_answer_that_breaks_off_may_be_tried_again(cut_off: str) -> None:
    failure = refusal(cut_off, method="GET", body=None)
    assert str(failure).startswith("RemoteProtocolError: peer closed connection")
    assert not failure.final
