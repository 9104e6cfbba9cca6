"""The shapes of the answers, and all of them by name, for the API's description."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import models_json_schema

from trigger_studio.api.request_schemas import (
    Bundle,
    CloudEvent,
    DryRun,
    EventIn,
    Explain,
    HaltIn,
    JobEnd,
    LimitIn,
    Pipeline,
    Refusal,
    Status,
    Time,
    TriggerPatch,
)
from trigger_studio.model.profile import Profile
from trigger_studio.model.rule import BUILT_IN, FORMAT, Rule


class _Out(BaseModel):
    """What is written; it may get further members."""

    model_config = ConfigDict(extra="allow")


class _Page(_Out):
    next: str | None = Field(default=None, description="Cursor of the next page; missing on the last one.")


class ProblemFault(_Out):
    """One thing wrong with what was sent."""

    path: str = Field(description="Where, such as `rules[3].when.where.all[0].op`; empty for the whole.")
    message: str
    did_you_mean: str | None = None


class Problem(_Out):
    """RFC 9457: what went wrong. `code` is stable."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    request: str = Field(description="Id of the request, as in the server's log.")
    faults: list[ProblemFault] = []


class Trigger(Rule):
    """A rule, with what stands about it."""

    model_config = ConfigDict(extra="allow")
    revision: int = Field(ge=1)
    digest: str = Field(description="What an approval stands for.")
    approval: Literal["", "approved", "needed"] = Field(description="Empty where none is needed.")


class Damaged(_Out):
    """A rule that cannot be read; it does not start."""

    id: str
    reason: str


class TriggerPage(_Page):
    rules: list[Trigger]


class Triggers(_Out):
    rules: list[Trigger]


class Revision(_Out):
    """What a rule was; `rule` is null where it was deleted."""

    revision: int
    at: Time
    by: str
    digest: str | None
    rule: dict[str, Any] | None


class RevisionPage(_Page):
    revisions: list[Revision]


class Validation(_Out):
    valid: bool
    faults: list[ProblemFault]


class Event(_Out):
    id: str
    type: str
    entity: str
    entity_id: str
    project: str | None
    character: str | None
    attributes: dict[str, Any]
    occurred_at: str | None
    job_id: str | None
    cause: str | None
    depth: int
    chain: str
    caused_by: str | None


class EventPage(_Page):
    events: list[Event]


class Accepted(_Out):
    """How many events were stored, and how many were stored before."""

    accepted: int
    duplicates: int


class DryRunReport(_Out):
    firings: list[dict[str, Any]]
    refusals: list[dict[str, Any]]
    held: list[dict[str, Any]]
    stops: list[dict[str, Any]]
    totals: dict[str, Any]


class Explanation(_Out):
    fires: bool
    checks: list[dict[str, Any]]


class ChainGraph(_Out):
    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]


class Entity(_Out):
    id: str
    kind: str
    name: str | None
    status: str
    project: str | None
    character: str | None
    attributes: dict[str, Any]


class EntityPage(_Page):
    entities: list[Entity]


class Counts(BaseModel):
    """How many, by kind."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, int] = Field(init=False)


class Firing(_Out):
    """An entry of the trigger log."""

    id: str
    at: Time
    rule: str
    revision: int
    event_id: str
    cause: str | None
    chain: str
    depth: int
    status: Literal["running", "waiting", "done", "failed", "held", "refused"]
    reason: str | None
    emitted: list[str]
    caused: list[str]
    actions: list[dict[str, Any]]
    jobs: list[str]
    entity: str
    entity_id: str
    batch: str | None = None


class FiringPage(_Page):
    firings: list[Firing]


class Retried(_Out):
    retried: list[str]


class Job(_Out):
    id: str
    job_type: str
    state: Literal["submitted", "completed", "failed"]
    firing: str
    event_id: str
    project: str | None
    character: str | None
    params: dict[str, Any]
    depth: int
    chain: str
    submitted_at: Time
    result: dict[str, Any] | None


class JobPage(_Page):
    jobs: list[Job]


class Gate(_Out):
    """A question to a person."""

    id: str
    firing: str
    action: int
    project: str | None
    approvers: str
    message: str
    status: str
    opened_at: Time
    due_at: Time | None


class GatePage(_Page):
    gates: list[Gate]


class Halt(_Out):
    id: int
    scope: Literal["all", "project", "rule", "chain"]
    target: str | None
    reason: str
    at: Time
    by: str


class Halts(_Out):
    halts: list[Halt]


class Resumed(_Out):
    halts: int
    held: int
    continued: int


class Limit(_Out):
    scope: str
    target: str | None
    kind: str
    amount: float
    window_s: float
    used: float | None
    held: int
    since: Time | None


class Limits(_Out):
    limits: list[Limit]
    chains: list[dict[str, Any]] = []


class AuditEntry(_Out):
    id: int
    at: Time
    actor: str
    verb: str
    subject: str
    data: dict[str, Any]


class AuditPage(_Page):
    audit: list[AuditEntry]


class Health(_Out):
    status: str


_IN = (
    Rule, Bundle, TriggerPatch, EventIn, CloudEvent, DryRun, Explain, Pipeline, Status, JobEnd, Refusal, HaltIn,
    LimitIn,
)  # fmt: skip
_OUT = (
    Problem, Trigger, TriggerPage, Triggers, Revision, RevisionPage, Validation, Event, EventPage, Accepted,
    DryRunReport, Explanation, ChainGraph, Entity, EntityPage, Counts, Firing, FiringPage, Retried, Job, JobPage, Gate,
    GatePage, Halts, Halt, Resumed, Limits, AuditPage, Health, Profile,
)  # fmt: skip


def components() -> dict[str, Any]:
    """The schemas of the description, by name."""
    wanted: list[tuple[type[BaseModel], Literal["validation", "serialization"]]] = [
        *((model, "validation") for model in (*_IN, *_OUT)),
    ]
    _, made = models_json_schema(wanted, ref_template="#/components/schemas/{model}")
    schemas: dict[str, Any] = made["$defs"]
    for schema in schemas.values():
        _without_one_of(schema)
    schemas["JobAction"]["properties"]["type"] |= {"not": {"enum": sorted(BUILT_IN)}}
    lists = {"Events": "EventIn", "CloudEvents": "CloudEvent"}
    schemas |= {name: {"type": "array", "items": _ref(item), "title": name} for name, item in lists.items()}
    schemas["EventOrEvents"] = {"anyOf": [_ref("EventIn"), _ref("Events")], "title": "EventOrEvents"}
    schemas["RuleOrBundle"] = {"anyOf": [_ref("Rule"), _ref("Bundle")], "title": "RuleOrBundle"}
    schemas["Text"] = {"type": "string", "title": "Text"}
    schemas["Anything"] = {"title": "Anything", "description": "Whatever may be a rule or a bundle, or become one."}
    assert schemas["Bundle"]["properties"]["format"]["const"] == FORMAT
    return dict(sorted(schemas.items()))


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _without_one_of(value: Any) -> None:
    """An action fits the schema of its own type; that it fits no other is not for a client to prove."""
    if isinstance(value, dict):
        if "oneOf" in value:
            value["anyOf"] = value.pop("oneOf")
        value.pop("discriminator", None)
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _without_one_of(item)
