"""``/triggers``: rules, one by one and in lists."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from fastapi import Path

from trigger_studio.api import bodies, conditions, examples, paging
from trigger_studio.api.calls import NOTHING, Answer, Call, paged, written
from trigger_studio.api.limits import PAGE
from trigger_studio.api.parameters import Cursor, Filter, Limit, RuleId, given
from trigger_studio.api.problems import fault_document
from trigger_studio.api.routing import Body, Routes
from trigger_studio.errors import BadInput, Fault, Refused, Stale
from trigger_studio.model.rule import Rule
from trigger_studio.services import pages, rule_registry
from trigger_studio.services.access import Operation
from trigger_studio.services.rule_registry import Standing
from trigger_studio.storage.pages import RULE_SORTS

routes = Routes("triggers")

RULE = Body({bodies.JSON: "Rule", bodies.YAML: "Rule"}, examples.RULE)
SORT_KINDS: dict[str, tuple[type, ...]] = {
    "id": (str,), "name": (str, str), "priority": (int, str), "updated_at": (float, str),
}  # fmt: skip
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


@routes.add(
    "GET", "/triggers", Operation.LIST_TRIGGERS, answers="TriggerPage", headers=("Link",),
    example={"rules": [examples.TRIGGER]},
)  # fmt: skip
def list_triggers(
    call: Call,
    *,
    project: Filter = None,
    enabled: bool | None = None,
    event: Filter = None,
    entity: Filter = None,
    text: Filter = None,
    sort: str = "id",
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> Answer:
    """List rules, a page at a time.

    `text` is looked for in ids and names. `sort` is one of id, name, priority, updated_at; `-priority` is the other way
    round.
    """
    name, descending = paging.sorting(sort, RULE_SORTS)
    wanted = given(project=project, enabled=enabled, event=event, entity=entity, text=text)
    query = {**wanted, "sort": sort}
    window = paging.window(query, limit, cursor, SORT_KINDS[name], descending=descending)
    page = pages.rules(call.session, window, name, projects=call.projects, **wanted)
    return paged("rules", page, query, "/triggers", limit)


@routes.add(
    "POST", "/triggers", Operation.CREATE_TRIGGER, answers="Trigger", status=201, body=RULE, problems=("refused",),
    headers=("ETag", "Location"), example=examples.TRIGGER,
)  # fmt: skip
def create_trigger(call: Call) -> Answer:
    """Make a rule."""
    rule = rule_registry.checked(call.session, call.json())
    call.of(rule.project)
    try:
        _publish(call, rule, 0, "rules create")
    except Stale:
        raise Refused(f"there is a rule '{rule.id}' already; replace it with PUT /triggers/{rule.id}") from None
    return _one(call, rule.id, 201, {"Location": f"/triggers/{rule.id}"})


def _publish(call: Call, rule: Rule, base: int, verb: str) -> None:
    rule_registry.publish(call.session, [rule], base={rule.id: base}, verb=verb, drafts=False)


def _one(call: Call, rule_id: str, status: int = 200, headers: dict[str, str] | None = None) -> Answer:
    item = rule_registry.one(call.session, rule_id)
    return written(item.summary(), status, {"ETag": conditions.etag(item), **(headers or {})})


@routes.add(
    "POST", "/triggers/validate", Operation.VALIDATE_TRIGGERS, answers="Validation", keyed=False,
    body=Body({bodies.JSON: "Anything", bodies.YAML: "Anything"}, examples.RULE),
    example={"valid": False, "faults": [examples.FAULT]},
)  # fmt: skip
def validate_triggers(call: Call) -> Answer:
    """Check a rule or a bundle, and keep nothing of it.

    Every fault is named with its path, and with what was probably meant.
    """
    content = call.json()
    try:
        if isinstance(content, dict) and "rules" in content:
            rule_registry.checked_bundle(call.session, content)
        else:
            rule_registry.checked(call.session, content)
    except BadInput as error:
        return written({"valid": False, "faults": list(map(fault_document, error.faults))})
    return written({"valid": True, "faults": []})


@routes.add(
    "GET", "/triggers/{id}", Operation.GET_TRIGGER, answers="Trigger", problems=("not-found",), headers=("ETag",),
    example=examples.TRIGGER,
)  # fmt: skip
def get_trigger(call: Call, id: RuleId) -> Answer:
    """Read a rule; its ETag goes with a change."""
    item = rule_registry.one(call.session, id)
    call.of(item.rule.project)
    tag = conditions.etag(item)
    seen = call.header("if-none-match")
    if seen is not None:
        known = conditions.tags(seen)
        if known is None or tag in [one.removeprefix("W/") for one in known]:
            return Answer(b"", 304, {"ETag": tag})
    return written(item.summary(), 200, {"ETag": tag})


@routes.add(
    "PUT", "/triggers/{id}", Operation.REPLACE_TRIGGER, answers="Trigger", body=RULE, problems=("not-found",),
    if_match=True, headers=("ETag",), example=examples.TRIGGER,
)  # fmt: skip
def replace_trigger(call: Call, id: RuleId) -> Answer:
    """Replace a rule by a new revision.

    With the ETag that was read, as If-Match: where somebody else has changed it since, nothing is changed.
    """
    item, base = _based(call, id)
    return _replace(call, item, base, call.json())


def _based(call: Call, rule_id: str, *, needed: bool = True) -> tuple[Standing, int | None]:
    item = rule_registry.one(call.session, rule_id)
    call.of(item.rule.project)
    return item, conditions.base(call.session, item, call.header("if-match"), needed=needed)


def _replace(call: Call, item: Standing, base: int | None, content: Any) -> Answer:
    rule = rule_registry.checked(call.session, content)
    if rule.id != item.rule.id:
        raise BadInput([Fault("id", f"found '{rule.id}'; the path names '{item.rule.id}', and an id never changes")])
    call.of(rule.project)
    assert base is not None
    with _telling_what_stands(call, item):
        _publish(call, rule, base, "rules publish")
    return _one(call, rule.id)


@contextmanager
def _telling_what_stands(call: Call, item: Standing) -> Iterator[None]:
    """While the block runs, who comes too late is told what stands and what changed."""
    try:
        yield
    except Stale:
        now = rule_registry.one(call.session, item.rule.id)
        raise conditions.stale(call.session, now, [conditions.etag(item)]) from None


@routes.add(
    "PATCH", "/triggers/{id}", Operation.PATCH_TRIGGER, answers="Trigger", problems=("not-found",), if_match=True,
    body=Body({bodies.MERGE_PATCH: "TriggerPatch", bodies.JSON: "TriggerPatch"}, {"priority": 200}), headers=("ETag",),
    example=examples.TRIGGER,
)  # fmt: skip
def patch_trigger(call: Call, id: RuleId) -> Answer:
    """Change some of a rule (RFC 7396), as a new revision."""
    item, base = _based(call, id)
    patch = call.json()
    if not isinstance(patch, dict):
        raise BadInput("a patch is an object of the members that change")
    return _replace(call, item, base, _merged(rule_registry.document_of(item), patch))


def _merged(value: Any, patch: Any) -> Any:
    if not isinstance(patch, dict):
        return patch
    made = dict(value) if isinstance(value, dict) else {}
    for key, item in patch.items():
        if item is None:
            made.pop(key, None)
        else:
            made[key] = _merged(made.get(key), item)
    return made


@routes.add("DELETE", "/triggers/{id}", Operation.DELETE_TRIGGER, status=204, problems=("not-found",), if_match=True)
def delete_trigger(call: Call, id: RuleId) -> Answer:
    """Delete a rule; its history stays."""
    item, base = _based(call, id)
    with _telling_what_stands(call, item):
        rule_registry.delete(call.session, id, base=base)
    return NOTHING


@routes.add(
    "POST", "/triggers/{id}/enable", Operation.ENABLE_TRIGGER, answers="Trigger", problems=("not-found",),
    if_match=False, headers=("ETag",), example=examples.TRIGGER,
)  # fmt: skip
def enable_trigger(call: Call, id: RuleId) -> Answer:
    """Switch a rule on, as a new revision."""
    return _switch(call, id, True)


@routes.add(
    "POST", "/triggers/{id}/disable", Operation.DISABLE_TRIGGER, answers="Trigger", problems=("not-found",),
    if_match=False, headers=("ETag",), example={**examples.TRIGGER, "enabled": False},
)  # fmt: skip
def disable_trigger(call: Call, id: RuleId) -> Answer:
    """Switch a rule off, as a new revision; its firings that have started go on."""
    return _switch(call, id, False)


def _switch(call: Call, rule_id: str, enabled: bool) -> Answer:
    item, base = _based(call, rule_id, needed=False)
    with _telling_what_stands(call, item):
        rule_registry.set_enabled(call.session, rule_id, enabled, base=base)
    return _one(call, rule_id)


@routes.add(
    "POST", "/triggers/{id}/approve", Operation.APPROVE_TRIGGER, answers="Trigger", problems=("not-found",),
    if_match=False, headers=("ETag",), example={**examples.TRIGGER, "approval": "approved"},
)  # fmt: skip
def approve_trigger(call: Call, id: RuleId) -> Answer:
    """Approve a rule that submits generation jobs, as it stands.

    With an If-Match header it is approved only if it stands as it was read.
    """
    item, base = _based(call, id, needed=False)
    with _telling_what_stands(call, item):
        rule_registry.approve(call.session, id, base=base)
    return _one(call, id)


@routes.add(
    "GET", "/triggers/{id}/revisions", Operation.LIST_REVISIONS, answers="RevisionPage", problems=("not-found",),
    headers=("Link",), example={"revisions": [examples.REVISION]},
)  # fmt: skip
def list_revisions(call: Call, id: RuleId, limit: Limit = PAGE, cursor: Cursor = None) -> Answer:
    """List what a rule was, revision by revision, also of one that was deleted."""
    query = {"id": id}
    page = pages.revisions(call.session, paging.window(query, limit, cursor, (int,)), id)
    for item in page.items:
        call.of((item["rule"] or {}).get("project") if item["rule"] else call.actor.project)
    return paged("revisions", page, query, f"/triggers/{id}/revisions", limit)


@routes.add(
    "GET", "/triggers/{id}/revisions/{number}", Operation.GET_REVISION, answers="Revision", problems=("not-found",),
    example=examples.REVISION,
)  # fmt: skip
def get_revision(call: Call, id: RuleId, number: Number) -> Answer:
    """Read one revision of a rule."""
    found = pages.revision(call.session, id, number)
    if found["rule"] is not None:
        call.of(found["rule"].get("project"))
    return written(found)
