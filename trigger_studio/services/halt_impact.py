"""What a halt stopped and what goes on all the same; and, before anybody resumes, what that would start and cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import field
from typing import Any

import sqlalchemy as sa

from trigger_studio.decide.halts import Scope
from trigger_studio.engine.letting import checked_again, cost_of
from trigger_studio.engine.world import World
from trigger_studio.frozen import frozen
from trigger_studio.model.firing import HELD, RUNNING, Firing
from trigger_studio.services.resuming import Lifting, in_scope
from trigger_studio.services.session import Session
from trigger_studio.storage import bulk, rows, tables
from trigger_studio.storage.source import SqlSource

Counts = dict[str, int]
"""How many, by rule id or by job type; the most first."""

_FIRINGS, _JOBS, _SENT = tables.firings, tables.jobs, tables.deliveries


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


def within(connection: sa.Connection, scope: str, target: str) -> Aftermath:
    """The same, in a transaction that reads."""
    firing = in_scope(scope, target)
    held = sa.and_(tables.LIVE_FIRING, _FIRINGS.c.status == HELD, _FIRINGS.c.reason == "halt")
    gathers = sa.and_(tables.LIVE_FIRING, _FIRINGS.c.batch.is_not(None), _FIRINGS.c.started_at.is_(None))
    jobs = sa.select(_JOBS.c.firing_id, _JOBS.c.job_type).where(tables.OPEN_JOB)
    sent = sa.select(_SENT.c.firing_id).where(tables.PENDING)
    if scope == "project":
        jobs, sent = jobs.where(_JOBS.c.project == target), sent.where(_SENT.c.lane == target)
    if scope == "chain":
        jobs, sent = jobs.where(_JOBS.c.chain == target), sent.where(_SENT.c.chain == target)
    open_jobs, on_their_way = connection.execute(jobs).all(), connection.execute(sent).scalars().all()
    if scope == "rule":
        ours = _of_rule(connection, {*(row.firing_id for row in open_jobs), *on_their_way}, target)
        open_jobs = [row for row in open_jobs if row.firing_id in ours]
        on_their_way = [id for id in on_their_way if id in ours]
    waiting = sa.select(sa.func.count()).where(tables.bus.c.signal_json.is_(None))
    if scope == "project":
        waiting = waiting.where(tables.bus.c.lane == target)
    if scope == "chain":
        events = tables.events.c
        waiting = waiting.join_from(tables.bus, tables.events, tables.bus.c.seq == events.seq).where(
            events.chain == target
        )
    return Aftermath(
        _by_rule(connection, sa.and_(held, firing)),
        _by_rule(connection, sa.and_(tables.LIVE_FIRING, _FIRINGS.c.stalled, firing)),
        _by_rule(connection, sa.and_(gathers, firing)),
        _most_first(Counter(row.job_type for row in open_jobs).items()),
        len(on_their_way),
        int(connection.execute(waiting).scalar_one()),
    )


def _of_rule(connection: sa.Connection, firing_ids: set[str], rule_id: str) -> set[str]:
    """Those of the firings that are the rule's."""
    wanted = [list(rows.firing_key(id)) for id in firing_ids]
    sql = (
        "SELECT t.event_seq, t.place FROM {keys} JOIN firings t ON t.event_seq = CAST(k.a0 AS BIGINT)"
        " AND t.place = CAST(k.a1 AS INTEGER) WHERE t.rule_id = :rule"
    )
    found = bulk.fetch_keys(connection, sql, wanted, 2, rule=rule_id)
    return {f"f{seq}-{place}" for seq, place in found}


def _by_rule(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> Counts:
    query = sa.select(_FIRINGS.c.rule_id, sa.func.count()).where(condition).group_by(_FIRINGS.c.rule_id)
    return _most_first((rule_id, number) for rule_id, number in connection.execute(query))


def _most_first(counted: Iterable[tuple[str, int]]) -> Counts:
    return dict(sorted(counted, key=lambda item: (-item[1], item[0])))


def preview(session: Session, scope: Scope, target: str, *, discard: bool = False) -> Preview:
    """What a resume of this scope would do now. Changes nothing: the firings are checked as the engine will."""
    with session.database.read(fenced=False) as connection:
        rules = session.rules(connection)
        lifting = Lifting(connection, scope, target)
        continues = _most_first(Counter(row.rule_id for row in lifting.stalled).items())
        stays = Counter(row.reason for row in lifting.kept)
        held = lifting.held
        if discard:
            return Preview({}, dict(stays), {"discarded": len(held)} if held else {}, continues, 0, 0.0)
        source = _Lifted(connection, rules.profile, session.cache.revision, lifting.others)
        ids = [f"f{row.event_seq}-{row.place}" for row in held]
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


class _Lifted(SqlSource):
    """The pipeline as it would be with these halts alone."""

    def __init__(
        self, connection: sa.Connection, profile: Any, revisions: Any, halts: Iterable[tuple[str, str]]
    ) -> None:
        super().__init__(connection, profile, revisions)
        self._halts = set(halts)
