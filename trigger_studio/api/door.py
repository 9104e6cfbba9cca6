"""What the API stands on: the session, who shows which token, and how much each may ask for."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from trigger_studio.api.limits import RateLimiter
from trigger_studio.api.problems import Problem
from trigger_studio.errors import Unavailable
from trigger_studio.model.actor import Actor
from trigger_studio.services import tokens
from trigger_studio.services.session import Session

if TYPE_CHECKING:
    from trigger_studio.services.metrics import Metrics

log = logging.getLogger(__name__)

BELIEVED_S: Final = 1.0
"""So long a token that was looked up is believed to stand; one that is revoked lets nobody in after that."""
USE_NOTED_S: Final = 60.0
Painter = Callable[[str | None, str], bytes]
"""Draws the chain graph of a project in a theme, as SVG."""


class Door:
    """Shared by all requests.

    Args:
        open_session: opens the pipeline; called again until the database is there.
        painter: draws the chain graph.
    """

    def __init__(self, open_session: Callable[[], Session], painter: Painter | None = None) -> None:
        self.limiter = RateLimiter()
        self.painter = painter
        self._open = open_session
        self._session: Session | None = None
        self._lock = threading.Lock()
        self._bearers: dict[str, tuple[Actor, float]] = {}
        self._used: dict[str, float] = {}
        self._metrics: Metrics | None = None

    def session(self) -> Session:
        """The pipeline. Raises Unavailable: the database is not there."""
        if self._session is None:
            with self._lock:
                return self._opened()
        return self._session

    def _opened(self) -> Session:
        self._session = self._session or self._open()
        return self._session

    def believed(self, hash_: str) -> Actor | None:
        """Whoever showed the token of that hash a moment ago."""
        known = self._bearers.get(hash_)
        return known[0] if known is not None and time.monotonic() < known[1] else None

    def stands(self, hash_: str) -> bool:
        """Whether the token of that hash still lets somebody in, as the database has it."""
        return tokens.bearer(self.session(), hash_) is not None

    def bearer(self, hash_: str) -> Actor:
        """Whoever shows the token of that hash, as the database has it. Raises Problem."""
        found = tokens.bearer(self.session(), hash_)
        if found is None:
            self._bearers.pop(hash_, None)
            raise unauthorized("the token is unknown, revoked or expired")
        actor, token = found
        left_s = BELIEVED_S if token.expires_at is None else min(BELIEVED_S, token.expires_at - time.time())
        if len(self._bearers) > 10_000:
            self._bearers.clear()
        self._bearers[hash_] = (actor, time.monotonic() + left_s)
        if time.time() - (token.used_at or 0) >= USE_NOTED_S:
            self._note_use(hash_)
        return actor

    def _note_use(self, hash_: str) -> None:
        now = time.time()
        if now - self._used.get(hash_, 0) < USE_NOTED_S:
            return
        self._used[hash_] = now
        try:
            tokens.note_use(self.session(), {hash_: now})
        except Unavailable:
            log.info("when a token was used could not be noted")

    def metrics(self) -> Metrics:
        """What is counted in this process, and what all engines share."""
        with self._lock:
            if self._metrics is None:
                from trigger_studio.services.metrics import Metrics

                self._metrics = Metrics(self._opened().database)
        return self._metrics

    def close(self) -> None:
        """Let go of the database."""
        session, self._session = self._session, None
        if session is not None:
            session.close()


def unauthorized(detail: str) -> Problem:
    """The answer to whoever shows no token that stands."""
    return Problem("unauthorized", detail, headers={"WWW-Authenticate": 'Bearer realm="trigger-studio"'})
