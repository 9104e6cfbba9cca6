"""The application put together: paths, problems, and what stands around every request."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import anyio.to_thread
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from trigger_studio import __version__
from trigger_studio.api import description
from trigger_studio.api.calls import KEY_HEADER
from trigger_studio.api.door import Door
from trigger_studio.api.guard import Guard
from trigger_studio.api.problems import Problem, problem_of
from trigger_studio.errors import Fault, TriggerStudioError, allowed

THREADS = 7
"""Requests carried out at once; each takes up to two of the sixteen connections that SQLite's pool has."""


def make_app(
    door: Door,
    *,
    topics: Sequence[Any] = (),
    lifespan: Callable[[FastAPI], Any] | None = None,
    origins: Sequence[str] = (),
) -> FastAPI:
    """The application.

    Args:
        door: what it stands on.
        topics: modules with `routes`; none for all.
        lifespan: what begins and ends with it.
        origins: web pages of these origins may ask; none by default.
    """
    app = FastAPI(
        title="Trigger Studio",
        version=__version__,
        lifespan=lifespan,
        redirect_slashes=False,
        redoc_url=None,
        description=description.TEXT,
    )
    app.state.door = door
    for topic in topics or _topics():
        app.router.routes.extend(topic.routes.router.routes)
    app.openapi = lambda: description.openapi(app)  # type: ignore[method-assign]
    _handle_faults(app)
    app.add_middleware(GZipMiddleware, minimum_size=1_000)
    if origins:
        shown = ["ETag", "Link", "Location", "X-Request-ID", "Retry-After"]
        taken = ["Authorization", "Content-Type", "If-Match", "If-None-Match", KEY_HEADER, "Last-Event-ID"]
        methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]
        app.add_middleware(
            CORSMiddleware, allow_origins=list(origins), allow_methods=methods, allow_headers=taken,
            expose_headers=shown, max_age=600,
        )  # fmt: skip
    app.add_middleware(Guard)
    return app


def _topics() -> list[Any]:
    from trigger_studio.api import (
        bundles,
        controls,
        entities,
        events,
        firings,
        foresight,
        health,
        jobs,
        stream,
        triggers,
    )  # fmt: skip

    return [foresight, triggers, bundles, events, entities, firings, jobs, controls, stream, health]


def limit_threads() -> None:
    """Let no more requests be carried out at once than there are connections for; called on the server's loop."""
    anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS


def _handle_faults(app: FastAPI) -> None:
    async def ours(request: Request, error: Exception) -> Response:
        assert isinstance(error, TriggerStudioError)
        return problem_of(error).response(request.state.request_id)

    async def problem(request: Request, error: Exception) -> Response:
        assert isinstance(error, Problem)
        return error.response(request.state.request_id)

    async def parameters(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        faults = tuple(Fault(".".join(map(str, one["loc"])), _worded(one)) for one in error.errors())
        detail = "; ".join(map(str, faults))
        return Problem("bad-input", detail, faults=faults).response(request.state.request_id)

    async def routing(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return _unrouted(app, request, error).response(request.state.request_id)

    app.add_exception_handler(TriggerStudioError, ours)
    app.add_exception_handler(Problem, problem)
    app.add_exception_handler(RequestValidationError, parameters)
    app.add_exception_handler(HTTPException, routing)


def _worded(error: Any) -> str:
    found = repr(error.get("input"))
    return f"found {found if len(found) <= 60 else found[:57] + '…'}; {error['msg']}"


def _unrouted(app: FastAPI, request: Request, error: HTTPException) -> Problem:
    """No such path, or not by that method: with the methods that it takes."""
    if error.status_code == 405:
        known = description.routes(app)
        path = next(route.path_format for route in known if route.matches(request.scope)[0] is not Match.NONE)
        methods = sorted({method for route in known if route.path_format == path for method in route.methods or ()})
        said = f"found {request.method}; allowed: {', '.join(methods)}"
        return Problem("method-not-allowed", said, headers={"Allow": ", ".join(methods)})
    if error.status_code == 404:
        paths = sorted({route.path_format for route in description.routes(app)})
        return Problem("no-such-path", str(allowed(paths, request.url.path[:100])))
    return Problem("malformed-body" if error.status_code < 500 else "internal", str(error.detail))
