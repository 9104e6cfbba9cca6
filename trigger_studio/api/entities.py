"""``/entities``: what the rules are about."""

from __future__ import annotations

from trigger_studio.api import bodies, examples, paging
from trigger_studio.api.calls import Answer, Call, paged, written
from trigger_studio.api.limits import PAGE
from trigger_studio.api.parameters import AnyId, Cursor, Filter, Limit, given
from trigger_studio.api.routing import Body, Routes
from trigger_studio.errors import BadInput, Fault, Forbidden, NotFound
from trigger_studio.model.entities import EntityIn, read_pipeline
from trigger_studio.services import pages, pipeline
from trigger_studio.services.access import Operation

routes = Routes("entities")


@routes.add(
    "GET", "/entities", Operation.LIST_ENTITIES, answers="EntityPage", headers=("Link",),
    example={"entities": [examples.ENTITY]},
)  # fmt: skip
def list_entities(
    call: Call,
    *,
    kind: Filter = None,
    project: Filter = None,
    character: Filter = None,
    status: Filter = None,
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> Answer:
    """List entities by kind and id."""
    query = given(kind=kind, project=project, character=character, status=status)
    window = paging.window(query, limit, cursor, (str, str))
    return paged(
        "entities", pages.entities(call.session, window, projects=call.projects, **query), query, "/entities", limit
    )


@routes.add(
    "POST", "/entities", Operation.IMPORT_ENTITIES, answers="Counts", example={"scene": 2},
    body=Body(
        {bodies.JSON: "Pipeline", bodies.YAML: "Pipeline"}, {"scenes": [{"id": "sc-010", "project": "aurora"}]}
    ),
)  # fmt: skip
def import_entities(call: Call) -> Answer:
    """Create or update entities in bulk, all or nothing; no event is raised."""
    found = read_pipeline(call.json(), call.session.profile)
    if call.actor.project is not None:
        for item in found:
            _check(call, item)
    return written(pipeline.import_entities(call.session, found))


def _check(call: Call, item: EntityIn) -> None:
    """A token of one project neither makes what is of another nor takes it from there. Raises Forbidden."""
    call.of(item.id if item.kind == "project" else item.project)
    try:
        known = pages.entity(call.session, item.kind, item.id)
    except NotFound:
        return
    if item.kind != "project" and known["project"] not in (None, call.actor.project):
        raise Forbidden(f"the {item.kind} '{item.id}' is of another project")


@routes.add(
    "GET", "/entities/{kind}/{id:path}", Operation.GET_ENTITY, answers="Entity", problems=("not-found",),
    example=examples.ENTITY,
)  # fmt: skip
def get_entity(call: Call, kind: AnyId, id: AnyId) -> Answer:
    """Read an entity."""
    found = pages.entity(call.session, kind, id)
    call.of(found["id"] if kind == "project" else found["project"])
    return written(found)


@routes.add(
    "PATCH", "/entities/{kind}/{id:path}", Operation.SET_ENTITY_STATUS, answers="Entity", problems=("not-found",),
    body=Body({bodies.MERGE_PATCH: "Status", bodies.JSON: "Status"}, {"status": "approved"}), example=examples.ENTITY,
)  # fmt: skip
def set_entity_status(call: Call, kind: AnyId, id: AnyId) -> Answer:
    """Set the status of an entity; no event is raised."""
    asked = bodies.mapping(call.json(), ["status"])
    found = pages.entity(call.session, kind, id)
    call.of(found["id"] if kind == "project" else found["project"])
    if not isinstance(asked["status"], str) or not asked["status"].strip():
        raise BadInput([Fault("status", "needed: text that is not empty")])
    pipeline.set_status(call.session, kind, id, asked["status"])
    return written(pages.entity(call.session, kind, id))
