"""What the engine needs from its surroundings, as protocols, and the values that cross them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

from trigger_studio.decide.tallies import Fingerprint, Group, Tally
from trigger_studio.engine.faults import FaultRecord
from trigger_studio.frozen import frozen
from trigger_studio.model.event import Entity, EntityKey, Event, Job
from trigger_studio.model.firing import Completion, Firing, OpenBatch, Queue
from trigger_studio.model.limit import Limit

if TYPE_CHECKING:
    from trigger_studio.decide.rules import CompiledRule
    from trigger_studio.engine.ledger import Click
    from trigger_studio.engine.world import World


@frozen
class Gate:
    """A question to a person.

    Attributes:
        due_at: when it times out, seconds since the epoch, None for never; once stored, on the real clock.
        seq: commit order of its opening.
    """

    id: str
    firing_id: str
    action: int
    lane: str
    approvers: str
    message: str
    due_at: float | None
    opened_at: float
    seq: int
    status: str = "waiting"


@frozen
class Signal:
    """What lets a firing go on besides a job's event.

    Attributes:
        kind: ``delivery`` (settled), ``retrying`` (a delivery pauses before its next try), ``gate`` (answered),
            ``replay`` or ``discard`` (a held firing), ``continue`` (after a halt), ``retry`` (a failed one, by hand),
            ``gathered`` (the batch that the firing opened is to act), ``limits`` (of no firing: they have changed).
        index: of the action, where one is meant.
        ok: whether the delivery was accepted, the gate approved.
    """

    firing_id: str
    kind: str
    index: int = 0
    ok: bool = True
    attempts: int = 1
    detail: str | None = None
    seq: int = 0


class Source(Protocol):
    """Reads the world as the database has it; a `World` lays its changes over it."""

    def entity(self, key: EntityKey) -> Entity | None:
        """The known entity, or None."""

    def members(self, kind: str, of: str, parent: str) -> Iterable[Entity]:
        """Every known entity of the kind under that project or character."""

    def tally(self, group: Group, plan: str, name: str) -> Tally | None:
        """How many entities of the group that pass a filter have which status; None where that is not kept.

        Args:
            plan: of all the filters that count there.
            name: of the filter.
        """

    def joined(self, group: Group, plan: str, name: str) -> Iterable[Entity] | None:
        """The entities of the group that pass the filter; None where that is not kept."""

    def halted(self, project: str | None, rule_id: str, chain: str) -> bool:
        """Whether a halt of everything, of the project, of the rule or of the chain stands."""

    def approved(self, rule_id: str, digest: str) -> bool:
        """Whether an admin's approval stands for this digest."""

    def completions(
        self, rule_id: str, parent: EntityKey, newest: int
    ) -> Iterable[tuple[str, frozenset[tuple[str, int]]]]:
        """(firing id, members) of earlier completions of the rule for that parent that are at least as new."""

    def covering(self, rule_id: str, parent: EntityKey, fingerprint: Fingerprint) -> str | None:
        """A firing of the rule that is known to cover a completion of that fingerprint."""

    def firing_times(self, rule_id: str, key: EntityKey, since: float) -> list[float]:
        """When firings of the rule for the entity started, after `since`."""

    def spent(self, limit: Limit, since: float) -> int:
        """What was taken after `since` of a limit on firings or GPU-hours, in millionths."""

    def failed(self, rule_id: str, project: str | None, since: float) -> int:
        """Firings of the rule that failed after `since`, in that project or (None) in any."""

    def click(self, chain: str) -> Click:
        """What a chain took so far."""

    def queues(self) -> Iterable[Queue]:
        """Those in which a held firing waits for room in the limits."""

    def queued(self, queue: Queue, after: tuple[int, ...], most: int) -> list[Firing]:
        """Who waits there, by the order of decision, beginning behind a place (see `model.firing.place_of`)."""

    def job(self, job_id: str) -> Job | None:
        """A job by its id, or None."""

    def firing(self, firing_id: str) -> Firing | None:
        """A firing by its id as it now stands, or None."""

    def event(self, event_id: str) -> Event | None:
        """A stored event by its id, decided or not, or None."""

    def open_batch(self, key: tuple[str, str]) -> OpenBatch | None:
        """The batch that gathers for that (rule id, lane)."""

    def gathered(self, batch_id: str) -> list[Firing]:
        """The firings of a batch."""

    def revision(self, rule_id: str, revision: int) -> CompiledRule:
        """The rule as it stood at that revision."""

    def installation(self) -> str:
        """Text that no other database has, so that ids which leave it are unique everywhere."""

    def open_depth(self, key: EntityKey) -> int:
        """Depth of the entity's deepest job still open, else 0."""


@frozen
class Earlier:
    """What the events stored about an entity say of it, decided or not.

    Attributes:
        first: the first of them, which makes the entity if nobody knows it.
        parents: by kind of parent, the first that any of them named.
    """

    first: Event
    parents: Mapping[str, str | None]


class History(Protocol):
    """What is stored on the bus, decided or not."""

    def earlier(self, key: EntityKey) -> Earlier | None:
        """What events say of the entity, if there are any about it."""


@frozen
class NewCompletion:
    """A started or held firing, and what its rule's join was complete with."""

    rule_id: str
    firing_id: str
    completion: Completion


class Outbox(Protocol):
    """Carries deliveries out, durably. No call blocks for the network."""

    def start(self, ids: Sequence[str]) -> None:
        """Take these up, after the commit that made them; again with the same ids does nothing."""

    def adopt(self, dead_executor_id: str) -> None:
        """Take up what an engine that ended has left open, this one's own earlier run included."""

    def keep_up(self) -> None:
        """Begin anew if it ended by a fault of ours; called every few seconds."""

    def close(self, timeout_s: float) -> None:
        """Stop; what is under way is taken up again by the next launch."""


@frozen
class Claim:
    """What waits on the bus, each in commit order; only of lanes that this transaction holds.

    Attributes:
        first_lane: of the oldest of all.
    """

    signals: tuple[Signal, ...] = ()
    events: tuple[Event, ...] = ()
    first_lane: str = ""

    def __bool__(self) -> bool:
        return bool(self.signals or self.events)


@frozen
class Decided:
    """What one transaction of an engine decided, for whoever watches.

    Attributes:
        firings: made or changed, as they now stand.
        new: ids of those that were made.
        took_s: from the claim to the commit.
    """

    events: tuple[Event, ...]
    firings: tuple[Firing, ...]
    new: frozenset[str]
    took_s: float


class Transaction(Protocol):
    """One transaction of the engine. It ends by commit, or leaves nothing behind."""

    def pending(self, limit: int, parked: Collection[str] = ()) -> Claim:
        """Claim what waits on the bus, at most `limit`; nobody else decides in those lanes until this ends.

        Args:
            limit: of events and signals together.
            parked: lanes to leave alone.
        """

    def begin(self) -> None:
        """Claim nothing; what starts is excluded by halts as always."""

    def due_job(self, before_s: float | None, speed: float) -> Job | None:
        """The open job that the simulated farm ends next, of those due by then (None: whenever); ties as submitted.

        Args:
            before_s: on the engine's clock, seconds since the epoch.
            speed: how many times faster than the profile says the farm works.
        """

    def world(self, batch: Claim, now_s: float) -> World:
        """The world as this transaction sees it."""

    def flush(self, world: World, decided: list[int]) -> None:
        """Write the world's changes and take these places off the bus."""


class Store(Protocol):
    """The database as the engine needs it."""

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Begin a transaction; leaving the block commits, an exception rolls back."""

    def waits(self) -> bool:
        """Whether a held firing waits for room in the limits."""

    def forget(self, now_s: float) -> None:
        """Drop what no limit looks back to any more."""

    def expire_gates(self, now_s: float) -> None:
        """Answer gates whose time is up, by the real clock."""

    def next_batch(self) -> float | None:
        """When the next batch is to act, seconds since the epoch on the engine's clock; None while none gathers."""

    def call_batches(self, now_s: float, most: int) -> None:
        """Put on the bus that batches are to act, whose time is up and which were not called before, oldest first."""

    @property
    def executor_id(self) -> str:
        """This engine's name: unique, and the same after a restart."""

    def carriers(self) -> list[str]:
        """Engines that carry deliveries not settled yet."""

    def heartbeat(self, lag_s: float, faults: FaultRecord) -> list[str]:
        """Say that this engine lives; returns the engines that have been silent too long and still carry deliveries."""

    def archive(self, now_s: float) -> bool:
        """Archive a little of what is older than the retention setting; whether there may be more."""

    def last_at(self) -> float:
        """When an engine last did something, on whichever clock; a virtual clock goes on from there."""

    def lag_s(self) -> float:
        """How long the oldest row has waited on the bus; 0 with nothing there."""

    def wait(self, timeout_s: float) -> None:
        """Return when something may have come on the bus, or after the time."""

    def wake(self) -> None:
        """End a `wait`, from any thread."""

    def close(self) -> None:
        """Let go of what is held outside of transactions."""
