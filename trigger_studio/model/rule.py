"""Rules as frozen pydantic values: the classes that check a bundle at the door also drive the core (formats.md)."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any, Literal

import orjson
from pydantic import Discriminator, Field, Strict, Tag, field_validator, model_validator

from trigger_studio.errors import Message
from trigger_studio.model.duration import seconds
from trigger_studio.model.event import MAX_ID
from trigger_studio.model.frozen_model import FrozenModel
from trigger_studio.model.profile import Profile

FORMAT = "trigger-studio/1"
OPERATORS = (
    "eq", "ne", "in", "not_in", "lt", "le", "gt", "ge", "between", "contains", "starts_with", "is_set", "is_not_set",
)  # fmt: skip
GROUPS = ("all", "any", "none")

Text = Annotated[str, Field(min_length=1)]
Id = Annotated[str, Field(min_length=1, max_length=MAX_ID)]
EventType = Literal["completed", "approved", "failed"]
ParentKind = Literal["project", "character"]


class Condition(FrozenModel):
    """One test of one attribute; a missing attribute fails all but `is_not_set`."""

    field: Text
    op: Literal[
        "eq", "ne", "in", "not_in", "lt", "le", "gt", "ge", "between", "contains", "starts_with", "is_set", "is_not_set"
    ]
    value: Any = None


class Group(FrozenModel):
    """One of all / any / none over conditions and groups; never empty."""

    all: Annotated[tuple[Test, ...], Strict(False)] | None = None
    any: Annotated[tuple[Test, ...], Strict(False)] | None = None
    none: Annotated[tuple[Test, ...], Strict(False)] | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> Group:
        if len([name for name in GROUPS if getattr(self, name) is not None]) != 1:
            raise ValueError(Message("a group has exactly one of all, any, none"))
        if not self.items:
            raise ValueError(Message("an empty group is not allowed"))
        return self

    @property
    def kind(self) -> str:
        return next(name for name in GROUPS if getattr(self, name) is not None)

    @property
    def items(self) -> tuple[Test, ...]:
        items: tuple[Test, ...] = getattr(self, self.kind)
        return items


def _test_tag(value: Any) -> str:
    if isinstance(value, dict):
        return "condition" if any(name in value for name in ("field", "op", "value")) else "group"
    return "condition" if isinstance(value, Condition) else "group"


Test = Annotated[
    Annotated[Condition, Tag("condition")] | Annotated[Group, Tag("group")],
    Discriminator(_test_tag),
]


class Scope(FrozenModel):
    """Whose events: of named characters, of any character, or any event of the project."""

    characters: Literal["all"] | Annotated[tuple[Id, ...], Strict(False), Field(min_length=1)] | None = None
    project: Literal[True] | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> Scope:
        if (self.characters is None) == (self.project is None):
            raise ValueError(Message("a scope is {characters: [ids]}, {characters: all} or {project: true}"))
        return self


class Join(FrozenModel):
    """Holds when every entity of a kind under the event's parent has a status, and there are enough of them."""

    entity: Text
    of: ParentKind
    status: Text
    min: int | float | Text = 1
    where: Test | None = None


class When(FrozenModel):
    """Which events a rule is for."""

    event: EventType
    entity: Text
    scope: Scope = Scope(project=True)
    where: Test | None = None
    every: Join | None = None


class Retry(FrozenModel):
    """How often a delivery is tried, and the first pause in seconds; each further pause doubles."""

    attempts: int = Field(default=8, ge=1, le=100)
    backoff_s: float = Field(default=1.0, ge=0, le=86400)


class SubmitJob(FrozenModel):
    """Submits a job; what follows waits for its end unless `wait` is false."""

    type: Literal["submit_job"] = "submit_job"
    job_type: Text
    params: dict[str, Any] = Field(default_factory=dict)
    wait: bool = True


class JobAction(FrozenModel):
    """An action that the profile's `actions` maps to a job type, e.g. `trigger_qa`."""

    type: Text
    params: dict[str, Any] = Field(default_factory=dict)
    wait: bool = True


class SendNotification(FrozenModel):
    """Sends a message to people."""

    type: Literal["send_notification"] = "send_notification"
    channel: Text
    to: Annotated[tuple[Text, ...], Strict(False), Field(min_length=1)]
    message: str
    retry: Retry = Retry()


class CallWebhook(FrozenModel):
    """Calls a web address; `secret` names the key that signs the call."""

    type: Literal["call_webhook"] = "call_webhook"
    url: Text
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] = "POST"
    body: Any = None
    secret: Text | None = None
    retry: Retry = Retry()


class SetStatus(FrozenModel):
    """Sets the status of the event's entity."""

    type: Literal["set_status"] = "set_status"
    status: Text


class Branch(FrozenModel):
    """If a test holds, then one list of actions, else another."""

    type: Literal["branch"] = "branch"
    if_: Test = Field(alias="if")
    then: Annotated[tuple[Action, ...], Strict(False)] = ()
    else_: Annotated[tuple[Action, ...], Strict(False)] = Field(default=(), alias="else")


class Gate(FrozenModel):
    """Waits for a person. `timeout` is a duration such as 90s, 30m, 12h, 3d; None waits for ever."""

    type: Literal["gate"] = "gate"
    approvers: Text = "admin"
    message: str = ""
    timeout: str | None = None

    @field_validator("timeout")
    @classmethod
    def _duration(cls, value: str | None) -> str | None:
        if value is not None:
            seconds(value)
        return value


class Parallel(FrozenModel):
    """Starts all its actions at once."""

    type: Literal["parallel"] = "parallel"
    actions: Annotated[tuple[Action, ...], Strict(False), Field(min_length=1)]


class Sequence(FrozenModel):
    """Waits for each of its actions before the next."""

    type: Literal["sequence"] = "sequence"
    actions: Annotated[tuple[Action, ...], Strict(False), Field(min_length=1)]


BUILT_IN: dict[str, type[FrozenModel]] = {
    "submit_job": SubmitJob, "send_notification": SendNotification, "call_webhook": CallWebhook,
    "set_status": SetStatus, "branch": Branch, "gate": Gate, "parallel": Parallel, "sequence": Sequence,
}  # fmt: skip


def _action_tag(value: Any) -> str:
    name = value.get("type") if isinstance(value, dict) else getattr(value, "type", None)
    return name if isinstance(name, str) and name in BUILT_IN else "job_action"


Action = Annotated[
    Annotated[SubmitJob, Tag("submit_job")]
    | Annotated[JobAction, Tag("job_action")]
    | Annotated[SendNotification, Tag("send_notification")]
    | Annotated[CallWebhook, Tag("call_webhook")]
    | Annotated[SetStatus, Tag("set_status")]
    | Annotated[Branch, Tag("branch")]
    | Annotated[Gate, Tag("gate")]
    | Annotated[Parallel, Tag("parallel")]
    | Annotated[Sequence, Tag("sequence")],
    Discriminator(_action_tag),
]


class Coalesce(FrozenModel):
    """Firings in one project act once for all that came `within` a time of the first, and at most `max` of them."""

    within: str
    max: int = Field(default=200, ge=2, le=1000)

    @field_validator("within")
    @classmethod
    def _duration(cls, value: str) -> str:
        if not seconds(value):
            raise ValueError(f"found {value!r}; needed: longer than 0 s")
        return value


class Rule(FrozenModel):
    """When an event happens, start actions."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
    name: str = ""
    description: str = ""
    enabled: bool = True
    project: Id | None = None
    priority: int = Field(default=100, ge=0, le=1000)
    when: When
    mode: Literal["sequential", "parallel"] = "sequential"
    actions: Annotated[tuple[Action, ...], Strict(False), Field(min_length=1)]
    max_depth: int = Field(default=10, ge=1, le=1000)
    coalesce: Coalesce | None = None

    @property
    def title(self) -> str:
        """The name, or the id where none was given."""
        return self.name or self.id


for _model in (Group, Join, When, Branch, Parallel, Sequence, Rule):
    _model.model_rebuild()


def document(rule: Rule) -> dict[str, Any]:
    """The rule as the bundle format writes it: every default spelled out, what is left out by null left out."""
    # only fields are left out: what is null inside of what a person wrote freely (parameters, a body, a value) stays
    return {**rule.model_dump(mode="json", by_alias=True, exclude_none=True), "project": rule.project}


def digest(rule: Rule) -> str:
    """SHA-256 of the canonical JSON of everything but name, description, enabled and priority (formats.md)."""
    return document_digest(document(rule))


def document_digest(content: dict[str, Any]) -> str:
    """The digest of a rule by its `document`."""
    body = {k: v for k, v in content.items() if k not in ("name", "description", "enabled", "priority")}
    return hashlib.sha256(orjson.dumps(body, option=orjson.OPT_SORT_KEYS)).hexdigest()


def children(action: Action) -> tuple[Action, ...]:
    """The actions directly inside a container, both sides of a branch; empty for a leaf."""
    if type(action) is Branch:  # asking a pydantic model whether it is of another class is slow
        return (*action.then, *action.else_)
    return action.actions if type(action) is Parallel or type(action) is Sequence else ()


def walk(actions: tuple[Action, ...]) -> list[Action]:
    """Every action in the rule's order, a container before its content."""
    return [item for action in actions for item in (action, *walk(children(action)))]


def job_type_of(action: Action, profile: Profile) -> str | None:
    """The job type an action submits, or None if it submits none."""
    if type(action) is SubmitJob:
        return action.job_type
    return profile.actions.get(action.type) if type(action) is JobAction else None


def needs_approval(rule: Rule, profile: Profile) -> bool:
    """Whether any action, in any branch, submits a generation job."""
    types = (job_type_of(action, profile) for action in walk(rule.actions))
    return any(t in profile.job_types and profile.job_types[t].cost == "generation" for t in types if t)
