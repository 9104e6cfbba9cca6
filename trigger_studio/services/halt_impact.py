"""What a halt stopped and what goes on all the same; and, before anybody resumes, what that would start and cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import field

from trigger_studio.decide.halts import Scope
from trigger_studio.engine.letting import checked_again, cost_of
from trigger_studio.engine.world import World
from trigger_studio.frozen import frozen
from trigger_studio.model.firing import HELD, RUNNING, Firing
from trigger_studio.services.resuming import Lifting
from trigger_studio.services.session import Session
from trigger_studio.storage import bus, deliveries, firings, jobs
from trigger_studio.storage.database import Connection
from trigger_studio.storage.source import SqlSource

Counts = dict[str, int]
"""How many, by rule id or by job type; the most first."""


@frozen
class Aftermath:
    """What stands within a halt's scope.

    Attributes:
        held: firings that the halt holds, by rule.
        stalled: firings that had started, whose next action waits for the resume, by rule.
        gathering: firings that wait for their batch; the halt holds them when it would act. By rule.
        jobs: open jobs, which go on, by type.
        deliveries: webhooks and messages handed over before the halt, which are still sent.
        events: on the bus, not decided yet; what would fire on them is held, too.
    """

    held: Counts = field(default_factory=dict)
    stalled: Counts = field(default_factory=dict)
    gathering: Counts = field(default_factory=dict)
    jobs: Counts = field(default_factory=dict)
    deliveries: int = 0
    events: int = 0


@frozen
class Preview:
    """What a resume would do, the first actions only; what follows from them is the dry run's to tell.

    Attributes:
        starts: firings that would start, by rule.
        stays: firings that something else still holds, by reason.
        refused: firings that would be refused, by reason.
        continues: firings that had started and go on, by rule.
        jobs, gpu_hours: of those that would start, at most: of a branch its dearer side.
    """

    starts: Counts
    stays: Counts
    refused: Counts
    continues: Counts
    jobs: int
    gpu_hours: float


def aftermath(session: Session, scope: str, target: str) -> Aftermath:
    """What stands within a scope."""
    with session.database.read() as connection:
        return within(connection, scope, target)


def within(connection: Connection, scope: str, target: str) -> Aftermath:
    """The same, in a transaction that reads."""
    open_jobs, sent = jobs.open_in(connection, scope, target), deliveries.pending_in(connection, scope, target)
    if scope == "rule":
        ours = firings.of_rule(connection, {*(job.firing_id for job in open_jobs), *sent}, target)
        open_jobs = [job for job in open_jobs if job.firing_id in ours]
        sent = [id for id in sent if id in ours]
    return Aftermath(
        _most_first(firings.halted_by_rule(connection, scope, target).items()),
        _most_first(firings.stalled_by_rule(connection, scope, target).items()),
        _most_first(firings.gathering_by_rule(connection, scope, target).items()),
        _most_first(Counter(job.job_type for job in open_jobs).items()),
        len(sent),
        bus.undecided(connection, scope, target),
    )


def _most_first(counted: Iterable[tuple[str, int]]) -> Counts:
    return dict(sorted(counted, key=lambda item: (-item[1], item[0])))


def preview(session: Session, scope: Scope, target: str, *, discard: bool = False) -> Preview:
    """What a resume of this scope would do now. Changes nothing: the firings are checked as the engine will."""
    with session.database.read(fenced=False) as connection:
        rules = session.rules(connection)
        lifting = Lifting(connection, scope, target)
        continues = _most_first(Counter(item.rule_id for item in lifting.stalled).items())
        stays = Counter(item.reason or "" for item in lifting.kept)
        held = lifting.held
        if discard:
            return Preview({}, dict(stays), {"discarded": len(held)} if held else {}, continues, 0, 0.0)
        source = SqlSource(connection, rules.profile, session.cache.revision, halts_in_force=lifting.others)
        ids = [item.id for item in held]
        source.load_firings(set(ids))
        now_s = session.engine_now(connection)
        world = World(source, rules, lambda: now_s)
        if lifting.capped:
            world.ledger.grant(target)
        return _foreseen(world, [firing for id in ids if (firing := world.firing(id))], stays, continues)


def _foreseen(world: World, held: list[Firing], stays: Counter[str], continues: Counts) -> Preview:
    starts, refused = Counter[str](), Counter[str]()
    jobs, hours = 0, 0.0
    for firing in held:
        event = world.event(firing.event_id)
        assert event is not None
        checked = checked_again(world, firing, event)
        if checked.status != RUNNING:
            (stays if checked.status == HELD else refused)[checked.reason or ""] += 1
            continue
        starts[firing.rule_id] += 1
        together = None if checked.retries else world.compiled(checked).rule.coalesce
        if together is None or (starts[firing.rule_id] - 1) % together.max == 0:  # a batch acts once
            taking = cost_of(world, checked)
            world.count_entity(checked)
            world.ledger.take(checked, taking, {})
            jobs, hours = jobs + taking.jobs, hours + taking.gpu_hours
    first, second, third = (_most_first(counts.items()) for counts in (starts, stays, refused))
    return Preview(first, second, third, continues, jobs, round(hours, 6))
