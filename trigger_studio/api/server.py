"""``serve``: the API on a port, with an engine or without, until it is told to end."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from socket import IPPROTO_TCP, TCP_NODELAY, socket
from typing import Any, Final

import uvicorn
from fastapi import FastAPI

from trigger_studio.api.app import limit_threads, make_app
from trigger_studio.api.door import Door, Painter
from trigger_studio.api.hub import Hub
from trigger_studio.engine.state import State
from trigger_studio.errors import Unavailable
from trigger_studio.frozen import frozen
from trigger_studio.services.engine_host import EngineThread
from trigger_studio.services.session import Session
from trigger_studio.services.telemetry import Observer, Telemetry

log = logging.getLogger(__name__)

DRAIN_S: Final = 20
"""So long requests under way may take when the server ends."""
AGAIN_S: Final = 1.0


@frozen
class Address:
    """Where the server listens, and who stands before it.

    Attributes:
        certificate, key: files for TLS, if it speaks that itself.
        proxies: addresses whose word about the client is believed.
        origins: web pages that may ask.
    """

    host: str
    port: int
    certificate: str | None = None
    key: str | None = None
    proxies: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()


class EngineHost:
    """An engine in this process, begun as soon as the database is there."""

    def __init__(self, open_session: Callable[[], Session], observers: Callable[[], list[Observer]]) -> None:
        self._open, self._observers = open_session, observers
        self._off = threading.Event()
        self._engine: EngineThread | None = None
        self._session: Session | None = None
        self._thread = threading.Thread(target=self._begin, name="engine host", daemon=True)

    @property
    def state(self) -> State:
        """What the engine does."""
        return State.WAITING if self._engine is None else self._engine.state

    @property
    def detail(self) -> str:
        """Why, where it does not do what it should."""
        return "" if self._engine is None else self._engine.detail

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def _begin(self) -> None:
        while not self._off.is_set():
            try:
                self._session = self._open()
                break
            except Unavailable as error:
                log.warning("%s; the engine begins when it is there", error)
                self._off.wait(AGAIN_S)
        if self._session is not None and not self._off.is_set():
            self._engine = EngineThread(self._session, telemetry=Telemetry(*self._observers()))
            self._engine.start()

    def stop(self) -> None:
        """End; what it had under way goes on at the next start."""
        self._off.set()
        self._thread.join(timeout=10)
        if self._engine is not None:
            self._engine.stop()
        if self._session is not None:
            self._session.close()


class Server(uvicorn.Server):
    """Ends the streams first when it is told to end, so that it has not to wait for them."""

    def __init__(self, config: uvicorn.Config, hub: Hub, ready: Callable[[], None] = lambda: None) -> None:
        super().__init__(config)
        self._hub, self._ready = hub, ready

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()

    def handle_exit(self, sig: int, frame: Any) -> None:
        """Ends in order, which is no failure: the signal is not raised once more at the end."""
        self._hub.close()
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True


def application(door: Door, host: EngineHost | None = None, origins: tuple[str, ...] = ()) -> FastAPI:
    """The application with what lives as long as it does."""
    hub = Hub(door)

    @asynccontextmanager
    async def living(app: FastAPI) -> AsyncIterator[None]:
        limit_threads()
        if host is not None:
            host.start()
        try:
            yield
        finally:
            hub.close()
            if host is not None:
                host.stop()
            door.close()

    app = make_app(door, lifespan=living, origins=origins)
    app.state.hub, app.state.host = hub, host
    return app


def bound(config: uvicorn.Config) -> socket:
    """The socket that is listened on; what is written goes out at once, and waits for no acknowledgement.

    Raises:
        Unavailable: the address is taken, or not ours to take.
    """
    try:
        made = config.bind_socket()
    except SystemExit:
        raise Unavailable(
            f"cannot listen on {config.host}, port {config.port}: it is taken, or not ours to take"
        ) from None
    made.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)  # asyncio does so for sockets that it makes itself
    return made


def serve(
    open_session: Callable[[], Session],
    address: Address,
    *,
    engine: bool = True,
    painter: Painter | None = None,
    observers: Callable[[], list[Observer]] = list,
    ready: Callable[[str], None] = log.info,
) -> None:
    """Serve until SIGTERM or SIGINT; requests under way are finished first.

    Args:
        open_session: opens the pipeline, once for the requests and once for the engine.
        address: where.
        engine: run one here.
        painter: draws the chain graph.
        observers: who else is told what the engine decides.
        ready: told where it listens, once it does.

    Raises:
        Unavailable: it cannot listen there.
    """
    door = Door(open_session, painter)
    host = EngineHost(open_session, lambda: [door.metrics(), *observers()]) if engine else None
    app = application(door, host, address.origins)
    config = uvicorn.Config(
        app, address.host, address.port, log_config=None, access_log=False, server_header=False, ws="none",
        proxy_headers=bool(address.proxies), forwarded_allow_ips=list(address.proxies) or None, loop="asyncio",
        http="h11", timeout_keep_alive=15, timeout_graceful_shutdown=DRAIN_S, backlog=1024,
        ssl_certfile=address.certificate, ssl_keyfile=address.key, lifespan="on",
    )  # fmt: skip
    sockets = [bound(config)]
    scheme = "https" if address.certificate else "http"
    host_, port = sockets[0].getsockname()[:2]
    where = f"{scheme}://{f'[{host_}]' if ':' in host_ else host_}:{port}"
    Server(config, app.state.hub, lambda: ready(where)).run(sockets=sockets)
