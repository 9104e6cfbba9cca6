"""Events, entities and jobs as the core sees them: slotted values, cheap to make by the thousand."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from trigger_studio.frozen import frozen

Attributes = dict[str, Any]
EntityKey = tuple[str, str]
"""(kind, id), unique over all projects."""

MAX_ID = 400
"""Characters in an id: more, in letters of four bytes, PostgreSQL could not index."""

RESERVED = "ts:"
"""How the ids of events begin that the engine raises."""


@frozen
class Event:
    """One (type, entity kind) about one entity, as stored: parents and attributes already filled.

    Attributes:
        seq: place in the order of commits, over all projects; 0 before it is stored.
        depth: 0 when raised by a person or from outside, else the depth of the firing that caused it.
        chain: id of the event that began the chain.
        job_id: the job that caused it, if one did.
        cause: the firing that the raiser names as its cause, if any.
        caused_by: the firing that caused it, found through `job_id` or `cause`.
        occurred_at: RFC 3339 text as the caller gave it.
    """

    id: str
    type: str
    entity: str
    entity_id: str
    project: str | None = None
    character: str | None = None
    attributes: Attributes = field(default_factory=dict)
    occurred_at: str = ""
    job_id: str | None = None
    cause: str | None = None
    seq: int = 0
    depth: int = 0
    chain: str = ""
    caused_by: str | None = None

    @property
    def key(self) -> EntityKey:
        return (self.entity, self.entity_id)

    @property
    def lane(self) -> str:
        """Decisions are serial within a lane: the project, or one lane for events without."""
        return self.project or ""

    def own(self) -> dict[str, Any]:
        """The event's own keys, as templates and the event format name them."""
        return {
            "id": self.id,
            "type": self.type,
            "entity": self.entity,
            "entity_id": self.entity_id,
            "project": self.project,
            "character": self.character,
            "attributes": self.attributes,
            "occurred_at": self.occurred_at or None,
            "job_id": self.job_id,
            "cause": self.cause,
        }


@frozen
class Entity:
    """A known entity and its status.

    Attributes:
        attributes: those that count: without nulls and without declared ones outside their domain.
        status_seq: commit order of the last write of the status, changed or not.
        changed_seq: commit order of the last real change of the status.
        status_depth: depth of the event or firing behind that change; 0 for imports and people.
    """

    kind: str
    id: str
    name: str = ""
    status: str = "draft"
    project: str | None = None
    character: str | None = None
    attributes: Attributes = field(default_factory=dict)
    status_seq: int = 0
    changed_seq: int = 0
    status_depth: int = 0

    @property
    def key(self) -> EntityKey:
        return (self.kind, self.id)

    def parent(self, of: str) -> str | None:
        """The entity's project or character; a project is its own project, a character its own character."""
        if self.kind == of:
            return self.id
        return self.project if of == "project" else self.character

    def own(self) -> dict[str, Any]:
        """The entity's own keys, as templates name them."""
        return {
            "id": self.id,
            "kind": self.kind,
            "name": self.name or None,
            "status": self.status,
            "project": self.parent("project"),
            "character": self.parent("character"),
            "attributes": self.attributes,
        }


@frozen
class Job:
    """A job of the pipeline, submitted by a firing's action.

    Attributes:
        params: as the action's templates filled them.
        state: ``submitted``, ``completed`` or ``failed``.
        seq: commit order of the submission; ties of the virtual clock break by it.
        submitted_at, due_at: seconds since the epoch on the engine's clock; `due_at` for the simulated farm.
        action: index of the action in the rule's flat order, None when the action does not wait.
        result: what the finished job came back with, over its own attributes.
        about: (kind, id) of whom it is about: the entity of the event that led to it, then those its events will name.
    """

    id: str
    job_type: str
    firing: str
    action: int | None
    event_id: str
    project: str | None
    character: str | None
    params: Attributes
    depth: int
    chain: str
    submitted_at: float
    due_at: float
    state: str = "submitted"
    seq: int = 0
    result: Attributes | None = None
    about: tuple[EntityKey, ...] = ()

    @property
    def attributes(self) -> Attributes:
        """A job is an entity: its parameters, and its type, are its attributes."""
        return {**self.params, "job_type": self.job_type}
