"""Firings and the steps of their actions, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from trigger_studio.frozen import frozen

PENDING, RUNNING, WAITING, DONE, FAILED, SKIPPED = "pending", "running", "waiting", "done", "failed", "skipped"
HELD, REFUSED = "held", "refused"
OPEN = (RUNNING, WAITING)

BUDGET = "budget"
DAMAGED = "damaged"
"""Why a firing failed whose rule cannot be read any more; retried, it goes on once the rule is repaired."""

HOLDING_REASONS = ("halt", BUDGET, "hourly")
"""Reasons that hold a firing until somebody resumes it; any other reason refuses it."""


@frozen
class Step:
    """One reached action of a firing.

    Attributes:
        status: ``running``, ``waiting`` (a gate, a retry), ``done``, ``failed`` or ``skipped``.
        attempts: tries so far; deliveries may need several.
        taken: of a branch: ``then`` or ``else``.
        result: what the action hands on to what follows it.
        ref: id of the job, gate or delivery behind it.
        detail: why it failed, in one line.
    """

    status: str
    attempts: int = 0
    taken: str | None = None
    result: dict[str, Any] | None = None
    ref: str | None = None
    detail: str | None = None


@frozen
class Firing:
    """One rule fired, held or refused on one event. At most one exists per (rule, event).

    Attributes:
        cause: the firing that caused the event, None for events from people and outside.
        depth: the event's depth + 1; for a join the deepest of its own event and its members' events, + 1.
        at: when it was decided, seconds since the epoch on the engine's clock.
        started_at: when its actions began; None while held or refused.
        steps: reached actions by their index in the rule's flat order.
        stalled: an action is ready, and a halt keeps it from starting.
        retries: how often a person had it go on after a failure.
        batch: of a rule that coalesces: id of the firing that acts for all; while they gather, of the first.
        counted_at: when what it takes was counted, last; None of one that never started, or for which another acts.
        jobs, hours: what was counted; of GPU-hours millionths.
        rates: GPU-hours of a job of each type by which it was counted, last, in millionths; None if it was not.
        capped: held for its chain's ceiling: somebody has to resume the chain.
    """

    id: str
    rule_id: str
    revision: int
    event_id: str
    cause: str | None
    chain: str
    depth: int
    project: str | None
    entity: str
    entity_id: str
    at: float
    status: str = RUNNING
    reason: str | None = None
    started_at: float | None = None
    steps: dict[int, Step] = field(default_factory=dict)
    stalled: bool = False
    retries: int = 0
    batch: str | None = None
    counted_at: float | None = None
    jobs: int = 0
    hours: int = 0
    rates: Mapping[str, int] | None = None
    capped: bool = False

    @property
    def queue(self) -> Queue | None:
        """Where it waits for room in the limits, in the order of decision; None if it does not."""
        if self.status != HELD or self.reason != BUDGET or self.capped or self.batch not in (None, self.id):
            return None
        return Queue(self.rule_id, self.project, self.id if self.retries else None)


@frozen
class Queue:
    """Held firings that the same limits cover and that cost the same: if the first does not fit, none does.

    Attributes:
        firing: of one that goes on after a retry, and so costs what is left of it: its id.
    """

    rule_id: str
    project: str | None
    firing: str | None = None

    @property
    def name(self) -> str:
        """As text, no two alike: neither a rule's id nor a firing's holds a slash."""
        return f"{self.rule_id}/{self.firing or ''}/{self.project or ''}"

    @staticmethod
    def named(name: str) -> Queue:
        """The queue of that name."""
        rule_id, firing, project = name.split("/", 2)
        return Queue(rule_id, project or None, firing or None)


def place_of(firing: Firing) -> tuple[int, ...]:
    """Its place in the order of decisions, by its id ``f<event's place>-<place>``."""
    return tuple(map(int, firing.id[1:].split("-")))


@frozen
class OpenBatch:
    """Firings that wait for one another, to act together.

    Attributes:
        id: of the firing that opened it.
        lane: the project, or the lane of events without; a batch never reaches over it.
        due_at: when it acts, seconds since the epoch on the engine's clock.
        seq: commit order of its opening.
        called: its time is up, and a signal on the bus says so.
    """

    id: str
    rule_id: str
    lane: str
    due_at: float
    seq: int
    size: int = 0
    called: bool = False


@frozen
class Completion:
    """What a join was complete with: the set of (member, its last real change of status).

    Attributes:
        parent: (kind, id) of the entity whose members these are.
        members: (member id, commit order of its change).
        depth: of the deepest event that gave a member its status.
    """

    parent: tuple[str, str]
    members: frozenset[tuple[str, int]]
    depth: int

    @property
    def newest(self) -> int:
        """Commit order of the latest change in it; an earlier completion that holds all of it is as new."""
        return max((seq for _, seq in self.members), default=0)
