"""Writes a transaction's changes: one statement a table, in an order that every writer keeps.

The bus clock is taken first of all writes. Its row is the lock that puts commits in one order, so it is held no longer
than the writing takes, and since everyone takes it before touching other rows, writers cannot lock each other out.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from trigger_studio.decide.advance import flat
from trigger_studio.decide.tallies import fingerprint
from trigger_studio.engine.world import PROVISIONAL, Changes, World
from trigger_studio.model.event import Entity
from trigger_studio.model.firing import DAMAGED, HELD, REFUSED, Firing
from trigger_studio.storage import batches, bulk, joins, limits, rows, tables
from trigger_studio.storage.bulk import dump
from trigger_studio.storage.bus import put_all, take

FIRING_CHANGES = (
    "revision",
    "started_at",
    "status",
    "reason",
    "stalled",
    "retries",
    "depth",
    "batch",
    "counted_at",
    "counted_jobs",
    "counted_hours",
    "queue",
    "counted_rates_json",
)
STEP_CHANGES = ("status", "attempts", "taken", "result_json", "ref", "detail")
SENT_AGAIN = (  # by a retry by hand: the same delivery under the same key, with as many tries once more
    *("request_json", "backoff_s", "status", "last_error", "due_at", "settled_at", "carrier", "result_json"),
    "attempts_max = deliveries.attempts + excluded.attempts_max",
)
STATUS_CHANGES = (
    "status",
    "status_seq",
    # somebody may have changed it since it was read: then writing it back is a real change, made here
    (
        "changed_seq = CASE WHEN excluded.changed_seq > entities.changed_seq THEN excluded.changed_seq"
        " WHEN entities.status <> excluded.status THEN excluded.status_seq ELSE entities.changed_seq END"
    ),
    "status_depth",
)


def flush(connection: sa.Connection, world: World, decided: list[int], carrier: str, totals: limits.Totals) -> None:
    """Write everything the world gathered, and take what was decided off the bus.

    Args:
        connection: in the transaction in which the world was read.
        world: with provisional places in the commit order, which get their real ones here.
        decided: places of the bus rows that were decided.
        carrier: the engine that carries the deliveries made here.
        totals: what limits and chains hold after this.
    """
    changes = world.changes
    firings = list(changes.firings.values())
    steps = [
        rows.step_row(firing.id, index, step) for firing in firings for index, step in _changed_steps(world, firing)
    ]
    now = world.now()
    records = [(*rows.firing_key(id), now, dump(_record(world, id))) for id in _touched(changes)]
    count = world.ticks - PROVISIONAL
    first, joined = take(connection, count)  # of none, too: the log's numbers follow the order of the commits

    def place(seq: int) -> int:
        return seq if seq < PROVISIONAL else first + seq - PROVISIONAL

    entities = [rows.entity_row(entity, place) for entity in changes.entities.values()]
    upkeep = joins.Upkeep(connection, _moves(connection, world, place), lambda: world.rules) if joined else None
    jobs = [rows.job_row(job, place) for job in changes.jobs.values()]
    targets = [(key[1], key[0], id) for id in changes.new_jobs for key in changes.jobs[id].about[1:]]
    with bulk.Writes(connection) as writes:
        _take_off(writes, decided)
        writes.upsert(tables.entities, entities, STATUS_CHANGES, "entities.status_seq <= excluded.status_seq")
        put_all(writes, [(event, "", event.lane) for event in changes.events], place)
        writes.upsert(tables.jobs, jobs, ("state", "result_json"))
        writes.insert(tables.job_targets, targets)
        writes.upsert(tables.firings, [rows.firing_row(firing) for firing in firings], FIRING_CHANGES)
        writes.upsert(tables.actions, steps, STEP_CHANGES)
        _forget_steps(writes, firings)
        writes.insert(tables.log, records)
        limits.put(writes, world, totals)
        _put_completions(writes, changes, place)
        deliveries = [rows.delivery_row(item, carrier) for item in changes.deliveries]
        writes.upsert(tables.deliveries, deliveries, SENT_AGAIN)
        writes.insert(tables.gates, _gates(world, place))
        batches.write(writes, changes, place)
        if upkeep is not None:
            upkeep.write(writes)
    joins.keep(connection, world.rules, world.joins.read)
    limits.pause(connection, world)


def _moves(connection: sa.Connection, world: World, place: rows.OrdinalOf) -> list[joins.Move]:
    """What the upsert of the changed entities does; under the bus clock, so that nobody else moves them."""
    changed = world.changes.entities
    known = bulk.by_keys(connection, tables.entities, list(changed), "kind", "id")
    before = {entity.key: entity for entity in (rows.entity_of(row, world.profile) for row in known)}
    return [(before.get(key), _upserted(before.get(key), entity, place)) for key, entity in changed.items()]


def _upserted(before: Entity | None, entity: Entity, place: rows.OrdinalOf) -> Entity:
    """What becomes of an entity: see STATUS_CHANGES."""
    written, changed = place(entity.status_seq), place(entity.changed_seq)
    if before is None:
        return replace(entity, status_seq=written, changed_seq=changed)
    if before.status_seq > written:
        return before
    if changed <= before.changed_seq:
        changed = before.changed_seq if before.status == entity.status else written
    return replace(before, status=entity.status, status_seq=written, changed_seq=changed)


def _gates(world: World, place: rows.OrdinalOf) -> list[bulk.Row]:
    """A gate's time runs on the real clock, for a person answers it, also where the engine's is virtual."""
    late_s = time.time() - world.now()
    real = (
        replace(gate, opened_at=gate.opened_at + late_s, due_at=None if gate.due_at is None else gate.due_at + late_s)
        for gate in world.changes.gates
    )
    return [rows.gate_row(gate, place) for gate in real]


def _take_off(writes: bulk.Writes, decided: list[int]) -> None:
    if decided:
        gone = "DELETE FROM bus WHERE seq IN (SELECT CAST(a0 AS BIGINT) FROM {keys})"
        writes.run(*bulk.with_keys(writes.is_sqlite, gone, [[seq] for seq in decided]))


def _touched(changes: Changes) -> dict[str, None]:
    """Ids of the firings that the log tells something of."""
    return dict.fromkeys([*changes.firings, *changes.emitted, *changes.submitted])


def _forget_steps(writes: bulk.Writes, firings: list[Firing]) -> None:
    """A retried firing has steps that were reached before and are not now."""
    gone = "DELETE FROM actions WHERE firing_id = :firing AND idx NOT IN (SELECT CAST(a0 AS INTEGER) FROM {keys})"
    for firing in firings:
        if firing.retries:
            kept = [[index] for index in firing.steps]
            writes.run(*bulk.with_keys(writes.is_sqlite, gone, kept, firing=firing.id))


def _changed_steps(world: World, firing: Firing) -> list[tuple[int, Any]]:
    if firing.id in world.changes.new_firings:
        return list(firing.steps.items())
    before = world.source.firing(firing.id)
    known = before.steps if before else {}
    return [(index, step) for index, step in firing.steps.items() if known.get(index) != step]


def _record(world: World, firing_id: str) -> dict[str, Any]:
    """One append-only record of the log: what this transaction did to a firing."""
    changes = world.changes
    record: dict[str, Any] = {}
    if emitted := changes.emitted.get(firing_id):
        record["emitted"] = emitted
    if submitted := changes.submitted.get(firing_id):
        record["jobs"] = submitted
    firing = changes.firings.get(firing_id)
    if firing is not None:
        record |= {"status": firing.status, "reason": firing.reason}
        if firing.reason != DAMAGED:  # without its rule nobody knows what its actions are; those of before stand
            record["actions"] = action_list(world, firing)
        if firing.batch is not None:
            record["batch"] = firing.batch
    return record


def action_list(world: World, firing: Firing) -> list[dict[str, Any]]:
    """A firing's actions as the log and the dry run list them (promises.md)."""
    never = firing.status in (HELD, REFUSED) and not firing.steps
    if never or firing.batch not in (None, firing.id):
        return []
    return [
        {
            "type": node.type,
            "path": node.path,
            "status": step.status,
            "attempts": step.attempts,
            **({"taken": step.taken} if step.taken else {}),
            **({"ref": step.ref} if step.ref else {}),
            **({"detail": step.detail} if step.detail else {}),
        }
        for node, step in flat(world.compiled(firing).program, firing.steps)
    ]


def _put_completions(writes: bulk.Writes, changes: Changes, place: Any) -> None:
    new = []
    for item in changes.completions:
        if item.firing_id in changes.discarded:
            continue
        members = sorted((id, place(seq)) for id, seq in item.completion.members)
        kind, parent = item.completion.parent
        newest = max((seq for _, seq in members), default=0)
        new.append((item.firing_id, item.rule_id, kind, parent, newest, dump(members)))
    writes.insert(tables.completions, new)
    covered = {
        (item.rule_id, *item.completion.parent, *fingerprint((id, place(seq)) for id, seq in item.completion.members)):
        item.firing_id for item in (*changes.covered, *changes.completions) if item.firing_id not in changes.discarded
    }  # fmt: skip
    writes.upsert(tables.coverings, [(*key, firing_id) for key, firing_id in covered.items()], ("firing_id",))
    for table in ("completions", "coverings") if changes.discarded else ():
        gone = f"DELETE FROM {table} WHERE firing_id IN (SELECT a0 FROM {{keys}})"
        writes.run(*bulk.with_keys(writes.is_sqlite, gone, [[id] for id in changes.discarded]))
