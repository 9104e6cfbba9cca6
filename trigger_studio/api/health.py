"""How the server is: ``/healthz``, ``/readyz``, ``/metrics``; and what stands: ``/profile``, ``/audit``."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from trigger_studio.api import examples, paging
from trigger_studio.api.calls import Answer, Call, paged, written
from trigger_studio.api.limits import PAGE
from trigger_studio.api.parameters import Cursor, Descending, Filter, Limit, given
from trigger_studio.api.problems import Problem
from trigger_studio.api.routing import Routes
from trigger_studio.engine.state import State
from trigger_studio.services import pages
from trigger_studio.services.access import Operation

routes = Routes("health")

_PROFILE: dict[str, Any] = {
    "format": "trigger-studio-profile/1", "kinds": ["project", "character", "job", "scene"], "attributes": {},
    "job_types": {}, "actions": {}, "human": [], "limits": {},
}  # fmt: skip


@routes.router.get("/healthz", operation_id="health", response_model=None)
async def health() -> Response:
    """Say that the server runs."""
    return JSONResponse({"status": "ok"})


@routes.router.get("/readyz", operation_id="ready", response_model=None)
async def ready(request: Request) -> Response:
    """Say whether the database answers, and the engine runs if there is one."""
    door, host = request.app.state.door, getattr(request.app.state, "host", None)
    await run_in_threadpool(_ask, door)
    state = "off" if host is None else str(host.state.value)
    if host is not None and host.state is State.FAILED:
        raise Problem("unavailable", f"the engine has ended: {host.detail}", headers={"Retry-After": "2"})
    return JSONResponse({"status": "ok", "engine": state})


def _ask(door: Any) -> None:
    session = door.session()
    with session.database.read() as connection:
        session.profile_in(connection)


@routes.add("GET", "/metrics", Operation.METRICS, answers={"text/plain": "Text"})
def get_metrics(call: Call) -> Answer:
    """What Prometheus scrapes: what this engine decided and sent, and how far all engines lag."""
    from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

    return Answer(generate_latest(call.door.metrics().registry), media_type=CONTENT_TYPE_LATEST)


@routes.add("GET", "/profile", Operation.GET_PROFILE, answers="Profile", example=_PROFILE)
def get_profile(call: Call) -> Answer:
    """Read the pipeline's profile in force."""
    return written(call.session.profile.model_dump(mode="json", exclude_none=True))


@routes.add(
    "GET", "/audit", Operation.GET_AUDIT, answers="AuditPage", headers=("Link",), example={"audit": [examples.AUDIT]}
)
def get_audit(
    call: Call,
    *,
    actor: Filter = None,
    verb: Filter = None,
    descending: Descending = False,
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> Answer:
    """List what people and programs did, each under its name."""
    wanted = given(actor=actor, verb=verb)
    query = {**wanted, **({"descending": True} if descending else {})}
    window = paging.window(query, limit, cursor, (int,), descending=descending)
    return paged("audit", pages.audit(call.session, window, **wanted), query, "/audit", limit)
