"""The pipeline profile: what exists, what emits what, what costs what and what only people do (formats.md)."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, Strict, field_validator, model_validator

from trigger_studio.errors import Message
from trigger_studio.model.duration import LONGEST_S
from trigger_studio.model.frozen_model import FrozenModel

EVENT_TYPES = ("completed", "approved", "failed")
PARENT_KINDS = ("project", "character")
JOB_TYPE = "job_type"
BUILT_IN_ACTIONS = (
    "submit_job", "send_notification", "call_webhook", "set_status", "branch", "gate", "parallel", "sequence",
)  # fmt: skip
"""Actions of every profile, which no alias may be named like; `model.rule` has their forms."""

Name = Annotated[str, Field(min_length=1, max_length=200)]
AttributeType = Literal["ordered", "choice", "text", "number", "boolean", "list"]


class Attribute(FrozenModel):
    """A declared attribute: its type and domain. `values` in rising order for an ordered one."""

    type: AttributeType
    values: Annotated[tuple[Name, ...], Strict(False)] = ()
    min: float | None = None
    max: float | None = None

    @model_validator(mode="after")
    def _domain(self) -> Attribute:
        if (self.type in ("ordered", "choice")) != bool(self.values):
            raise ValueError(Message("'values' goes with the types ordered and choice, and is needed there"))
        if len(set(self.values)) != len(self.values):
            raise ValueError(Message("a value is listed twice"))
        if self.type != "number" and (self.min is not None or self.max is not None):
            raise ValueError(Message("'min' and 'max' go with the type number"))
        return self

    @cached_property
    def ranks(self) -> dict[str, int]:
        """Position of each value of the domain, 0 first."""
        return {value: rank for rank, value in enumerate(self.values)}

    def admits(self, value: Any) -> bool:
        """Whether `value` is of this attribute's type and inside its domain."""
        kind = self.type
        if kind == "number":
            return (
                type(value) in (int, float)
                and (self.min is None or value >= self.min)
                and (self.max is None or value <= self.max)
            )
        if kind == "boolean":
            return isinstance(value, bool)
        if kind == "list":
            return isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)
        return isinstance(value, str) and (kind == "text" or value in self.ranks)

    def domain(self) -> str:
        """The domain in words, for a fault or a form."""
        if self.values:
            return Message("one of {0}", ", ".join(self.values))
        if self.type == "number":
            low = "" if self.min is None else Message(" from {0}", f"{self.min:g}")
            high = "" if self.max is None else Message(" to {0}", f"{self.max:g}")
            return Message("a number{0}{1}", low, high)
        return TYPES[self.type]


TYPES: dict[str, Message] = {
    "text": Message("text"),
    "boolean": Message("true or false"),
    "list": Message("a list of text"),
    "number": Message("a number"),
    "ordered": Message("ordered"),
    "choice": Message("choice"),
}
"""The types of attributes in words."""


class JobType(FrozenModel):
    """What a job of this type costs, how long it takes, and which kinds complete or fail with it."""

    cost: Literal["generation", "light"] = "light"
    gpu_hours: float = Field(default=0.0, ge=0)
    duration_s: float = Field(default=0.0, ge=0, le=LONGEST_S)
    emits: Annotated[tuple[Name, ...], Strict(False)] = ()

    @field_validator("emits")
    @classmethod
    def _others(cls, kinds: tuple[str, ...]) -> tuple[str, ...]:
        """Each kind once, and without the job itself, which every job raises first."""
        return tuple(dict.fromkeys(kind for kind in kinds if kind != "job"))


class Ceiling(FrozenModel):
    """What one chain may take. What is left out has no ceiling."""

    gpu_hours: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    jobs: int | None = Field(default=None, ge=0)
    firings: int | None = Field(default=None, ge=0)


class PerClick(Ceiling):
    """The ceiling of every chain; `projects` has single figures for firings of a project, in place of these."""

    projects: dict[Name, Ceiling] = Field(default_factory=dict)

    def of(self, project: str | None) -> Ceiling:
        """The ceiling that holds for a firing of that project."""
        own = self.projects.get(project) if project is not None else None
        return self if own is None else self.model_copy(update=own.model_dump(exclude_none=True))


class Limits(FrozenModel):
    """Guards that hold for every rule."""

    max_depth: int = Field(default=10, ge=1, le=1000)
    firings_per_rule_and_entity_per_hour: int = Field(default=100, ge=1)
    per_click: PerClick = Field(default_factory=PerClick)


class Profile(FrozenModel):
    """A pipeline's words. Every cause and effect the program knows about is read from here."""

    format: Literal["trigger-studio-profile/1"] = "trigger-studio-profile/1"
    kinds: Annotated[tuple[Name, ...], Strict(False)]
    attributes: dict[Name, Attribute] = Field(default_factory=dict)
    job_types: dict[Name, JobType] = Field(default_factory=dict)
    actions: dict[Name, Name] = Field(default_factory=dict)
    human: Annotated[tuple[Name, ...], Strict(False)] = ()
    limits: Limits = Field(default_factory=Limits)

    @model_validator(mode="after")
    def _consistent(self) -> Profile:
        missing = [kind for kind in ("project", "character", "job") if kind not in self.kinds]
        if missing:
            raise ValueError(Message("kinds lacks {0}", ", ".join(missing)))
        for name, job in self.job_types.items():
            if wrong := [kind for kind in job.emits if kind not in self.kinds]:
                raise ValueError(Message("job_types.{0}.emits names the unknown kind {1}", name, repr(wrong[0])))
        for action, job_type in self.actions.items():
            if job_type not in self.job_types:
                raise ValueError(Message("actions.{0} names the unknown job type {1}", action, repr(job_type)))
        for item in self.human:
            kind, _, event = item.rpartition(".")
            if kind not in self.kinds or event not in EVENT_TYPES:
                raise ValueError(
                    Message("human names {0}; allowed is <kind>.<event type>, e.g. variant.approved", repr(item))
                )
        return self

    @cached_property
    def fields(self) -> dict[str, Attribute]:
        """The attributes a rule may filter on: the declared ones and `job_type`."""
        return {JOB_TYPE: Attribute(type="text"), **self.attributes}

    def clean(self, attributes: dict[str, Any]) -> dict[str, Any]:
        """The attributes that count: without nulls and without declared ones outside their domain."""
        declared = self.attributes
        return {
            name: value
            for name, value in attributes.items()
            if value is not None and (name not in declared or declared[name].admits(value))
        }

    @cached_property
    def awaited(self) -> tuple[tuple[str, str], ...]:
        """(kind, event type) of the human events, in their order; a kind's name may hold a dot."""
        return tuple((kind, event) for kind, _, event in (item.rpartition(".") for item in self.human))

    def is_human(self, kind: str, event_type: str) -> bool:
        """Whether `kind.event_type` is paced by people unless a `set_status` raises it."""
        return f"{kind}.{event_type}" in self.human
