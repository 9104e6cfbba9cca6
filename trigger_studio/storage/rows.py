"""Between rows and the core's values, one place for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
import sqlalchemy as sa

from trigger_studio.engine.ports import Gate, Signal
from trigger_studio.model.delivery import Delivery
from trigger_studio.model.event import Entity, Event, Job
from trigger_studio.model.firing import BUDGET, HELD, Firing, OpenBatch, Step
from trigger_studio.model.profile import Profile
from trigger_studio.storage import tables
from trigger_studio.storage.bulk import Row, dump, load
from trigger_studio.storage.damage import json_of, reading, reads

OrdinalOf = Callable[[int], int]
"""From a place within a transaction to the one in the commit order."""


def firing_key(firing_id: str) -> tuple[int, int]:
    """(event_seq, place) of a firing's id ``f<event_seq>-<place>``; (0, 0) of any other text."""
    seq, _, place = firing_id[1:].partition("-")
    number = f"{seq}{place}"
    fits = number.isascii() and number.isdigit() and 0 < len(seq) < 19 and 0 < len(place) < 10
    return (int(seq), int(place)) if fits else (0, 0)


@reads(tables.entities)
def entity_of(row: sa.Row[Any], profile: Profile) -> Entity:
    return Entity(
        row.kind, row.id, row.name, row.status, row.project, row.character,
        profile.clean(orjson.loads(row.attributes_json)), row.status_seq, row.changed_seq, row.status_depth,
    )  # fmt: skip


def entity_row(entity: Entity, place: OrdinalOf) -> Row:
    return (
        entity.kind, entity.id, entity.name, entity.status, entity.project, entity.character,
        dump(entity.attributes), place(entity.status_seq), place(entity.changed_seq), entity.status_depth,
    )  # fmt: skip


@reads(tables.events)
def event_of(row: sa.Row[Any]) -> Event:
    return Event(
        row.id, row.type, row.entity, row.entity_id, row.project, row.character, orjson.loads(row.attributes_json),
        row.occurred_at, row.job_id, row.cause, row.seq, row.depth, row.chain, row.caused_by,
    )  # fmt: skip


def event_row(event: Event, place: OrdinalOf, content_hash: str = "") -> Row:
    return (
        place(event.seq), event.id, event.type, event.entity, event.entity_id, event.project, event.character,
        dump(event.attributes), event.occurred_at, event.job_id, event.cause, event.caused_by, event.depth,
        event.chain, content_hash,
    )  # fmt: skip


@reads(tables.jobs)
def job_of(row: sa.Row[Any]) -> Job:
    return Job(
        row.id, row.job_type, row.firing_id, row.action, row.event_id, row.project, row.character,
        orjson.loads(row.params_json), row.depth, row.chain, row.submitted_at, row.due_at, row.state, row.seq,
        load(row.result_json), ((row.about_kind, row.about_id),),
    )  # fmt: skip


def job_row(job: Job, place: OrdinalOf) -> Row:
    return (
        job.id, job.job_type, job.firing, job.action, job.event_id, job.project, job.character, dump(job.params),
        job.depth, job.chain, job.state, place(job.seq), job.submitted_at, job.due_at,
        None if job.result is None else dump(job.result), *job.about[0], None, None,
    )  # fmt: skip


@reads(tables.firings)
def firing_of(row: sa.Row[Any], steps: dict[int, Step]) -> Firing:
    return Firing(
        f"f{row.event_seq}-{row.place}", row.rule_id, row.revision, row.event_id, row.cause, row.chain, row.depth,
        row.project, row.entity, row.entity_id, row.at, row.status, row.reason, row.started_at, steps,
        bool(row.stalled), row.retries, row.batch, row.counted_at,
        row.counted_jobs or 0, row.counted_hours or 0, load(row.counted_rates_json),
        row.status == HELD and row.reason == BUDGET and row.queue is None,
    )  # fmt: skip


def firing_row(firing: Firing) -> Row:
    queue = firing.queue
    return (
        *firing_key(firing.id), firing.rule_id, firing.revision, firing.event_id, firing.cause, firing.chain,
        firing.depth, firing.project, firing.entity, firing.entity_id, firing.at, firing.started_at, firing.status,
        firing.reason, firing.stalled, firing.retries, firing.batch, firing.counted_at,
        firing.jobs, firing.hours, None if queue is None else queue.name,
        None if firing.rates is None else dump(firing.rates),
    )  # fmt: skip


@reads(tables.batches)
def batch_of(row: sa.Row[Any]) -> OpenBatch:
    return OpenBatch(row.id, row.rule_id, row.lane, row.due_at, row.seq, row.size, bool(row.called))


def batch_row(batch: OpenBatch, place: OrdinalOf) -> Row:
    return (batch.rule_id, batch.lane, batch.id, batch.due_at, place(batch.seq), batch.size, batch.called)


@reads(tables.actions)
def step_of(row: sa.Row[Any]) -> Step:
    return Step(row.status, row.attempts, row.taken, load(row.result_json), row.ref, row.detail)


def step_row(firing_id: str, index: int, step: Step) -> Row:
    result = None if step.result is None else dump(step.result)
    return (firing_id, index, step.status, step.attempts, step.taken, result, step.ref, step.detail)


def delivery_of(row: sa.Row[Any]) -> Delivery:
    return Delivery(
        row.id, row.firing_id, row.action, row.lane, row.kind, json_of(row.request_json, "deliveries", row.id),
        row.attempts_max, row.backoff_s, row.chain or "", row.carrier, row.attempts, row.due_at,
    )  # fmt: skip


def delivery_row(delivery: Delivery, carrier: str) -> Row:
    return (
        delivery.id, delivery.firing_id, delivery.action, delivery.lane, delivery.kind, dump(delivery.request),
        delivery.attempts_max, delivery.backoff_s, "pending", 0, None, None, None, carrier, None,
        delivery.chain, None, None,
    )  # fmt: skip


@reads(tables.gates)
def gate_of(row: sa.Row[Any]) -> Gate:
    return Gate(
        row.id,
        row.firing_id,
        row.action,
        row.lane,
        row.approvers,
        row.message,
        row.due_at,
        row.opened_at,
        row.seq,
        row.status,
    )


def gate_row(gate: Gate, place: OrdinalOf) -> Row:
    return (
        gate.id, gate.firing_id, gate.action, gate.lane, gate.approvers, gate.message, gate.due_at, gate.opened_at,
        place(gate.seq), gate.status, None, None, None,
    )  # fmt: skip


def signal_of(text: str, seq: int) -> Signal:
    with reading("bus", seq):
        return Signal(**orjson.loads(text), seq=seq)


def signal_text(signal: Signal) -> str:
    return dump(
        {
            "firing_id": signal.firing_id,
            "kind": signal.kind,
            "index": signal.index,
            "ok": signal.ok,
            "attempts": signal.attempts,
            "detail": signal.detail,
        }
    )
