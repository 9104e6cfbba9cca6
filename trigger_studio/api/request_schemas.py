"""The shapes of what is sent, for the API's description alone: what is read, the core's own doors check."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from trigger_studio.model.event import MAX_ID
from trigger_studio.model.rule import Rule

Id = Annotated[str, Field(min_length=1, max_length=MAX_ID)]
Attributes = dict[str, str | float | bool | list[str] | None]
Time = Annotated[str, Field(json_schema_extra={"format": "date-time"})]


class _In(BaseModel):
    """What is read; nothing else may be in it."""

    model_config = ConfigDict(extra="forbid")


class Bundle(_In):
    """Rules in and out, all or nothing."""

    format: Literal["trigger-studio/1"]
    rules: list[Rule]


class TriggerPatch(BaseModel):
    """RFC 7396: members in place of the rule's; null takes one away."""

    model_config = ConfigDict(extra="allow")


class EventIn(_In):
    """One (type, entity kind) about one entity."""

    id: Id
    type: Literal["completed", "approved", "failed"]
    entity: Id
    entity_id: Id
    project: Id | None = None
    character: Id | None = None
    attributes: Attributes | None = None
    occurred_at: Annotated[str, Field(json_schema_extra={"format": "date-time"})] | None = None
    job_id: Id | None = None
    cause: Id | None = None


class CloudEvent(BaseModel):
    """CloudEvents 1.0: `type` is `<kind>.<event type>` after any prefix, `subject` the entity's id."""

    model_config = ConfigDict(extra="allow")
    specversion: Literal["1.0"]
    id: Annotated[str, Field(min_length=1)]
    source: Annotated[str, Field(min_length=1)]
    type: Annotated[str, Field(min_length=1)]
    subject: Annotated[str, Field(min_length=1)]
    time: Time | None = None
    datacontenttype: str | None = None
    data: dict[str, Any] | None = None


class DryRun(_In):
    """An event, and what is assumed about what would follow."""

    event: EventIn
    assume: Literal["approvals"] | None = Field(default=None, description="Grant gates and awaited human events.")
    fail: list[str] | None = Field(default=None, description="Job types that fail.")
    most: Annotated[int, Field(ge=1, le=10_000)] | None = None


class Explain(_In):
    """Why a rule fires on an event, or why not."""

    rule: str
    event: EventIn


class EntityIn(_In):
    """An entity, with its parents."""

    id: Id
    name: str | None = None
    status: Annotated[str, Field(min_length=1)] | None = None
    project: Id | None = None
    character: Id | None = None
    attributes: dict[str, Any] | None = None


class Pipeline(BaseModel):
    """Entities by kind; a key is a kind of the profile, or its plural."""

    model_config = ConfigDict(extra="forbid")
    projects: list[EntityIn] = []
    characters: list[EntityIn] = []
    variants: list[EntityIn] = []
    scenes: list[EntityIn] = []


class Status(_In):
    """A status to set; no event is raised."""

    status: Annotated[str, Field(min_length=1)]


class JobEnd(_In):
    """What a job came back with, by attribute."""

    result: Attributes | None = None


class Refusal(_In):
    """Why a gate is refused."""

    reason: str = ""


class HaltIn(_In):
    """What to stop: everything, or one of a project, a rule, a chain."""

    reason: Annotated[str, Field(min_length=1, pattern=r"\S")]
    project: Id | None = None
    rule: Id | None = None
    chain: Id | None = None
    force: bool = Field(default=False, description="Take a project or rule that is not known.")
    cancel: bool = Field(default=False, description="With a chain: fail its open jobs.")


class LimitIn(_In):
    """At most so much of a kind within any such time."""

    kind: Literal["firings", "gpu_hours", "failures"]
    amount: Annotated[float, Field(ge=1)]
    per: Annotated[str, Field(pattern=r"^[1-9]\d{0,4}[smhdw]$")]
    project: Id | None = None
    rule: Id | None = None
