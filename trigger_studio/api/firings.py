"""``/firings``: the trigger log, with what each did and what followed."""

from __future__ import annotations

import orjson

from trigger_studio.api import bodies, examples, paging
from trigger_studio.api.bundles import wanted
from trigger_studio.api.calls import Answer, Call, paged, written
from trigger_studio.api.limits import PAGE
from trigger_studio.api.parameters import AnyId, Cursor, Descending, Filter, Limit, given
from trigger_studio.api.routing import Routes
from trigger_studio.services import controls, pages
from trigger_studio.services.access import Operation
from trigger_studio.services.pages import Page

routes = Routes("firings")


@routes.add(
    "GET", "/firings", Operation.LIST_FIRINGS, answers={bodies.JSON: "FiringPage", bodies.NDJSON: "Text"},
    headers=("Link",), problems=("not-acceptable", "not-found"), example={"firings": [examples.FIRING]},
)  # fmt: skip
def list_firings(
    call: Call,
    *,
    chain: Filter = None,
    rule: Filter = None,
    status: Filter = None,
    project: Filter = None,
    job: Filter = None,
    descending: Descending = False,
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> Answer:
    """List firings and refusals in the order of the decisions.

    `job`: only those that led to this job, and those that followed from it, all on one page.
    """
    if job is not None:
        page = _around(call, job)
        query = {"job": job}
    else:
        query = given(chain=chain, rule=rule, status=status, project=project, descending=descending or None)
        window = paging.window(query, limit, cursor, (int, int), descending=descending)
        page = pages.firings(
            call.session,
            window,
            projects=call.projects,
            **given(chain=chain, rule_id=rule, status=status, project=project),
        )
    if wanted(call, (bodies.JSON, bodies.NDJSON)) == bodies.JSON:
        return paged("firings", page, query, "/firings", limit)
    _, headers = paging.answer("firings", page, query, "/firings", limit)
    lines = b"".join(orjson.dumps(entry, option=orjson.OPT_APPEND_NEWLINE) for entry in page.items)
    return Answer(lines, headers=headers, media_type=bodies.NDJSON)


def _around(call: Call, job_id: str) -> Page:
    from trigger_studio.services import trigger_log

    call.of(trigger_log.job(call.session, job_id)["project"])
    return Page(trigger_log.entries(call.session, job=job_id), None)


@routes.add(
    "GET", "/firings/{id}", Operation.GET_FIRING, answers="Firing", problems=("not-found",),
    example={**examples.FIRING, "project": "aurora", "followed": []},
)  # fmt: skip
def get_firing(call: Call, id: AnyId) -> Answer:
    """Read a firing, its actions, and in `followed` the firings that it caused."""
    entry, project = pages.firing(call.session, id)
    call.of(project)
    followed = [pages.firing(call.session, one)[0] for one in entry["caused"][:PAGE]]
    return written({**entry, "project": project, "followed": followed})


@routes.add(
    "POST", "/firings/{id}/retry", Operation.RETRY_FIRING, answers="Retried", status=202,
    problems=("not-found", "refused"), example={"retried": ["f17-1"]},
)  # fmt: skip
def retry_firing(call: Call, id: AnyId) -> Answer:
    """Let a failed firing go on from its failed actions, where an engine runs."""
    call.of(pages.firing(call.session, id)[1])
    controls.retry(call.session, id)
    return written({"retried": [id]}, 202)
