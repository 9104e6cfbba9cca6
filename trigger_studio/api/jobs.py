"""``/jobs``: what the farm does, and how one ends."""

from __future__ import annotations

from typing import Any

from trigger_studio.api import bodies, examples, paging
from trigger_studio.api.calls import Answer, Call, paged, written
from trigger_studio.api.limits import PAGE
from trigger_studio.api.parameters import AnyId, Cursor, Descending, Filter, Limit, given
from trigger_studio.api.routing import Body, Routes
from trigger_studio.errors import BadInput, Fault
from trigger_studio.services import jobs as service
from trigger_studio.services import pages, trigger_log
from trigger_studio.services.access import Operation

routes = Routes("jobs")

_END = Body({bodies.JSON: "JobEnd"}, {"result": {"qa_pass_rate": 0.97}})


@routes.add("GET", "/jobs", Operation.LIST_JOBS, answers="JobPage", headers=("Link",), example={"jobs": [examples.JOB]})
def list_jobs(
    call: Call,
    *,
    chain: Filter = None,
    state: Filter = None,
    job_type: Filter = None,
    project: Filter = None,
    descending: Descending = False,
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> Answer:
    """List jobs in the order of their submission."""
    wanted = given(chain=chain, state=state, job_type=job_type, project=project)
    query = {**wanted, **({"descending": True} if descending else {})}
    window = paging.window(query, limit, cursor, (int, str), descending=descending)
    return paged("jobs", pages.jobs(call.session, window, projects=call.projects, **wanted), query, "/jobs", limit)


@routes.add("GET", "/jobs/{id}", Operation.GET_JOB, answers="Job", problems=("not-found",), example=examples.JOB)
def get_job(call: Call, id: AnyId) -> Answer:
    """Read a job; `GET /firings?job=ID` tells what led to it, and what followed."""
    return written(_seen(call, id))


def _seen(call: Call, job_id: str) -> dict[str, Any]:
    found = trigger_log.job(call.session, job_id)
    call.of(found["project"])
    return found


@routes.add(
    "POST", "/jobs/{id}/complete", Operation.COMPLETE_JOB, answers="Job", problems=("not-found", "refused"), body=_END,
    example={**examples.JOB, "state": "completed", "result": {"qa_pass_rate": 0.97}},
)  # fmt: skip
def complete_job(call: Call, id: AnyId) -> Answer:
    """Say that a job is done, and what it came back with.

    Its events are raised and its firing goes on, as when a farm ends it.
    """
    return _end(call, id, True)


@routes.add(
    "POST", "/jobs/{id}/fail", Operation.FAIL_JOB, answers="Job", problems=("not-found", "refused"), body=_END,
    example={**examples.JOB, "state": "failed"},
)  # fmt: skip
def fail_job(call: Call, id: AnyId) -> Answer:
    """Say that a job failed."""
    return _end(call, id, False)


def _end(call: Call, job_id: str, ok: bool) -> Answer:
    asked = bodies.mapping(call.json(), optional=["result"])
    result = asked.get("result")
    if result is not None and not isinstance(result, dict):
        raise BadInput([Fault("result", "needed: an object of attributes")])
    _seen(call, job_id)
    return written(service.end(call.session, job_id, ok=ok, result=result))
