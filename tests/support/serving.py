"""The REST API on loopback, in a thread of this process: asked over real sockets."""

from __future__ import annotations

import threading
from typing import Any

import httpx

from trigger_studio.api.door import Door
from trigger_studio.api.server import DRAIN_S, EngineHost, Server, application, bound
from trigger_studio.services import tokens
from trigger_studio.services.session import Session


class Api:
    """A server, and tokens and clients for it.

    Args:
        url: of a database with the schema.
        engine: run one in the server.
    """

    def __init__(self, url: str, *, engine: bool = False, origins: tuple[str, ...] = ()) -> None:
        import uvicorn

        self.url = url
        self.session = Session(url)
        door = Door(lambda: Session(url))
        host = EngineHost(lambda: Session(url), lambda: [door.metrics()]) if engine else None
        self.app = application(door, host, origins)
        config = uvicorn.Config(
            self.app,
            "127.0.0.1",
            0,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=DRAIN_S,
            lifespan="on",
        )
        listening = threading.Event()
        self._server = Server(config, self.app.state.hub, listening.set)
        socket = bound(config)
        self.address = f"http://127.0.0.1:{socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._server.run, args=([socket],), daemon=True)
        self._thread.start()
        assert listening.wait(30)
        self._clients: list[httpx.Client] = []
        self._number = 0

    def token(self, role: str = "admin", project: str | None = None, **more: Any) -> str:
        """A new token."""
        self._number += 1
        return tokens.add(self.session, f"{role}-{self._number}", role, project=project, **more).secret

    def client(self, role: str = "admin", project: str | None = None) -> httpx.Client:
        """Somebody with a new token."""
        return self.bearer(self.token(role, project))

    def bearer(self, token: str) -> httpx.Client:
        """Whoever shows that token."""
        headers = {"Authorization": f"Bearer {token}"}
        made = httpx.Client(base_url=self.address, headers=headers, timeout=30, trust_env=False)
        self._clients.append(made)
        return made

    def close(self) -> None:
        """End in order."""
        for client in self._clients:
            client.close()
        self.app.state.hub.close()
        self._server.should_exit = True
        self._thread.join(30)
        self.session.close()
        assert not self._thread.is_alive()
