"""What stands around every request: its id, how many are let in at once, what is logged, and faults of ours."""

from __future__ import annotations

import asyncio
import logging
import re
import time
import uuid
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from trigger_studio.api.limits import AT_ONCE, SEND_S
from trigger_studio.api.problems import RETRY_AFTER_S, Problem

log = logging.getLogger(__name__)

_ID = re.compile(rb"[A-Za-z0-9._:-]{1,100}")
_HEADERS = ((b"x-content-type-options", b"nosniff"), (b"cache-control", b"no-store"))


class SlowClient(Exception):
    """A client that does not read what it asked for."""


class Guard:
    """Middleware around all others."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._under_way = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id, began, status = _request_id(scope), time.monotonic(), 0
        scope.setdefault("state", {})["request_id"] = request_id

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = _with_ours(message["headers"], request_id)
            try:
                async with asyncio.timeout(SEND_S):
                    await send(message)
            except TimeoutError:
                raise SlowClient from None

        stream = scope["path"] == "/stream"
        if not stream and self._under_way >= AT_ONCE:
            busy = Problem("busy", f"{AT_ONCE} are", headers={"Retry-After": str(RETRY_AFTER_S)})
            await busy.response(request_id)(scope, receive, sent)
            return
        self._under_way += not stream
        try:
            await self._app(scope, receive, sent)
        except SlowClient:
            log.info("request %s: its client does not read, and is cut", request_id, extra={"request": request_id})
        except Exception as fault:
            log.exception("request %s: a fault of the program", request_id, extra={"request": request_id})
            if status:
                raise
            told = Problem("internal", f"it is in the server's log under this request's id ({type(fault).__name__})")
            await told.response(request_id)(scope, receive, sent)
        finally:
            self._under_way -= not stream
            _tell(scope, request_id, status, time.monotonic() - began)


def _request_id(scope: Scope) -> str:
    given = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"")
    return given.decode() if _ID.fullmatch(given) else uuid.uuid4().hex


def _with_ours(headers: Any, request_id: str) -> list[tuple[bytes, bytes]]:
    there = {name.lower() for name, _ in headers}
    ours = [(name, value) for name, value in _HEADERS if name not in there]
    return [*headers, (b"x-request-id", request_id.encode()), *ours]


def _tell(scope: Scope, request_id: str, status: int, took_s: float) -> None:
    """One line a request; neither query nor headers, which may hold what is secret."""
    if log.isEnabledFor(logging.INFO):
        who = scope["state"].get("actor", "-")
        path = scope["path"].encode("unicode_escape").decode("ascii")[:200]
        text = "%s %s %s: %d in %.1f ms"
        log.info(text, who, scope["method"], path, status, took_s * 1000, extra={"request": request_id})
