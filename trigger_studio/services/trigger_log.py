"""The trigger log: append-only records folded into one entry a firing (promises.md)."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from trigger_studio.engine.clock import timestamp
from trigger_studio.errors import Message, NotFound, allowed
from trigger_studio.services import known
from trigger_studio.services.session import Session
from trigger_studio.storage import bulk, rows, tables
from trigger_studio.storage.damage import json_of

Entry = dict[str, Any]
Key = tuple[int, int]
MEANT = 1000
"""Among so many of the newest jobs one is looked for that may have been meant."""
_FIRED = "SELECT 1 FROM firings WHERE rule_id = :rule LIMIT 1"


def check_known(session: Session, *, chain: str | None = None, job: str | None = None, rule: str | None = None) -> None:
    """Refuse what was never there; a rule that was deleted still has its history. Raises NotFound."""
    with session.database.read() as connection:
        fetch = known.reader(connection)
        if rule is not None and not fetch(_FIRED, {"rule": rule}):
            known.check(fetch, "rule", rule)
        if chain is not None:
            known.check(fetch, "chain", chain)
        if job is not None:
            _job_row(connection, job)


def entries(
    session: Session,
    *,
    chain: str | None = None,
    job: str | None = None,
    rule: str | None = None,
    after: int = 0,
    limit: int | None = None,
) -> list[Entry]:
    """Firings and refusals in the order of their decisions.

    Args:
        chain: only those of this chain.
        job: only those that led to this job, and those that followed from it.
        rule: only those of this rule.
        after: only those with a record after this one (see `newest`).
        limit: the newest so many.
    """
    with session.database.read(fenced=False) as connection:
        where = _filter(chain=chain, rule=rule, after=after)
        if job is None:
            return _read(connection, where, limit)
        related = _around_job(connection, job)
        return [entry for entry in _read(connection, where, limit) if entry["id"] in related]


def records(session: Session, chain: str) -> list[Entry]:
    """A chain's records as they were made, none folded: each with its time, and what it is about.

    Each has ``id`` and ``at``, the firing's ``rule``, ``cause``, ``entity``, ``entity_id``, ``event_id`` and ``event``
    (its type), and of ``status``, ``reason``, ``actions``, ``jobs`` and ``emitted`` those that it changed.
    """
    log, firings, events = tables.log.c, tables.firings.c, tables.events.c
    query = (
        sa.select(
            log.id.label("log_id"), log.at, log.data_json, firings.event_seq, firings.place, firings.rule_id,
            firings.cause, firings.entity,
            firings.entity_id, firings.event_id, events.type,
        )
        .join(tables.firings, sa.and_(firings.event_seq == log.event_seq, firings.place == log.place))
        .join(tables.events, events.seq == firings.event_seq)
        .where(firings.chain == chain)
        .order_by(log.id)
    )  # fmt: skip
    with session.database.read() as connection:
        return [
            {
                "id": f"f{row.event_seq}-{row.place}", "at": timestamp(row.at), "rule": row.rule_id, "cause": row.cause,
                "entity": row.entity, "entity_id": row.entity_id, "event_id": row.event_id, "event": row.type,
                **json_of(row.data_json, "log", row.log_id),
            }
            for row in connection.execute(query)
        ]  # fmt: skip


def newest(session: Session) -> int:
    """Number of the newest record, for `after`."""
    with session.database.read() as connection:
        return int(connection.execute(sa.select(sa.func.max(tables.log.c.id))).scalar() or 0)


def _filter(*, chain: str | None, rule: str | None, after: int) -> list[sa.ColumnElement[bool]]:
    firings, log = tables.firings.c, tables.log.c
    where = []
    if chain is not None:
        where.append(firings.chain == chain)
    if rule is not None:
        where.append(firings.rule_id == rule)
    if after:
        changed = sa.select(log.event_seq, log.place).where(log.id > after)
        where.append(sa.tuple_(firings.event_seq, firings.place).in_(changed))
    return where


def _read(connection: sa.Connection, where: list[sa.ColumnElement[bool]], limit: int | None) -> list[Entry]:
    table = tables.firings
    order = (table.c.event_seq, table.c.place)
    query = sa.select(table).where(*where)
    if limit is None:
        found = list(connection.execute(query.order_by(*order)))
    else:
        found = list(connection.execute(query.order_by(*(c.desc() for c in order)).limit(limit)))[::-1]
    return folded(connection, found)


def folded(connection: sa.Connection, found: Sequence[sa.Row[Any]]) -> list[Entry]:
    """The entries of rows of firings, in their order."""
    records = _fold(connection, [(row.event_seq, row.place) for row in found])
    caused = _caused(connection, {row.chain for row in found})
    return [_entry(row, records.get((row.event_seq, row.place), {}), caused) for row in found]


def _entry(row: sa.Row[Any], folded: Entry, caused: dict[str, list[str]]) -> Entry:
    id = f"f{row.event_seq}-{row.place}"
    return {
        "id": id,
        "at": timestamp(row.at),
        "rule": row.rule_id,
        "revision": row.revision,
        "event_id": row.event_id,
        "cause": row.cause,
        "chain": row.chain,
        "depth": row.depth,
        "status": folded.get("status", row.status),
        "reason": folded.get("reason", row.reason),
        "emitted": folded.get("emitted", []),
        "caused": caused.get(id, []),
        "actions": folded.get("actions", []),
        "jobs": folded.get("jobs", []),
        "entity": row.entity,
        "entity_id": row.entity_id,
        **({"batch": row.batch} if row.batch else {}),
    }


def _fold(connection: sa.Connection, wanted: list[Key]) -> dict[Key, Entry]:
    """Each firing's records as one: the last status and actions, every event and job."""
    folded: dict[Key, Entry] = {}
    for start in range(0, len(wanted), 10_000):
        key = bulk.keys(connection, 2)
        sql = (
            f"SELECT t.* FROM {key} JOIN log t ON t.event_seq = CAST(k.a0 AS BIGINT)"
            " AND t.place = CAST(k.a1 AS INTEGER) ORDER BY t.id"
        )
        found = connection.execute(sa.text(sql), {"keys": bulk.dump(wanted[start : start + 10_000])})
        for row in found:
            entry = folded.setdefault((row.event_seq, row.place), {"emitted": [], "jobs": []})
            record = json_of(row.data_json, "log", row.id)
            entry["emitted"] += record.pop("emitted", [])
            entry["jobs"] += record.pop("jobs", [])
            entry |= record
    return folded


def _caused(connection: sa.Connection, chains: set[str]) -> dict[str, list[str]]:
    """What each firing caused; a chain holds all of it."""
    table = tables.firings
    caused: dict[str, list[str]] = {}
    key = bulk.keys(connection, 1)
    sql = (
        f"SELECT t.event_seq, t.place, t.cause FROM {key} JOIN {table.name} t ON t.chain = k.a0"
        " WHERE t.cause IS NOT NULL ORDER BY t.event_seq, t.place"
    )
    for row in connection.execute(sa.text(sql), {"keys": bulk.dump([[chain] for chain in chains])}):
        caused.setdefault(row.cause, []).append(f"f{row.event_seq}-{row.place}")
    return caused


def _job_row(connection: sa.Connection, job_id: str) -> sa.Row[Any]:
    table = tables.jobs
    job = connection.execute(sa.select(table).where(table.c.id == job_id)).one_or_none()
    if job is None:
        newest_ones = sa.select(table.c.id).order_by(table.c.seq.desc()).limit(MEANT)
        near = connection.execute(newest_ones).scalars()
        raise NotFound(Message("there is no job '{0}'; {1}", job_id, allowed(near, job_id)))
    return job


def _around_job(connection: sa.Connection, job_id: str) -> set[str]:
    """Ids of the firings that led to a job, its own, and those that followed from it, wherever its events came from."""
    firings, events = tables.firings.c, tables.events.c
    job = _job_row(connection, job_id)
    query = (
        sa.select(firings.event_seq, firings.place, firings.cause, events.job_id)
        .join(tables.events, events.seq == firings.event_seq)
        .where(firings.chain == job.chain)
        .order_by(firings.event_seq, firings.place)
    )
    causes: dict[str, str | None] = {}
    below: set[str] = set()
    for row in connection.execute(query):  # in the order of decision, so causes come first
        id = f"f{row.event_seq}-{row.place}"
        causes[id] = row.cause
        if row.job_id == job_id or row.cause in below:
            below.add(id)
    related = set(below)
    above: str | None = job.firing_id
    while above is not None and above not in related:
        related.add(above)
        above = causes.get(above)
    return related


def audit(session: Session, limit: int = 200) -> list[Entry]:
    """What people did, newest last."""
    table = tables.audit
    with session.database.read() as connection:
        found = list(connection.execute(sa.select(table).order_by(table.c.id.desc()).limit(limit)))[::-1]
    return list(map(audit_entry, found))


def audit_entry(row: sa.Row[Any]) -> Entry:
    """The entry of a row of the audit trail."""
    return {
        "id": row.id, "at": timestamp(row.at), "actor": row.actor, "verb": row.verb, "subject": row.subject,
        "data": json_of(row.data_json, "audit", row.id),
    }  # fmt: skip


def jobs(session: Session, *, chain: str | None = None, limit: int = 500) -> list[Entry]:
    """Jobs, newest last, with what started each."""
    table = tables.jobs
    query = sa.select(table).order_by(table.c.seq.desc()).limit(limit)
    if chain is not None:
        query = query.where(table.c.chain == chain)
    with session.database.read() as connection:
        found = list(connection.execute(query))[::-1]
    return list(map(job_entry, found))


def job(session: Session, job_id: str) -> Entry:
    """One job, with what started it. Raises NotFound."""
    with session.database.read() as connection:
        return job_entry(_job_row(connection, job_id))


def job_entry(row: sa.Row[Any]) -> Entry:
    """The entry of a job's row."""
    job = rows.job_of(row)
    return {
        "id": job.id,
        "job_type": job.job_type,
        "state": job.state,
        "firing": job.firing,
        "event_id": job.event_id,
        "project": job.project,
        "character": job.character,
        "params": job.params,
        "depth": job.depth,
        "chain": job.chain,
        "submitted_at": timestamp(job.submitted_at),
        "result": job.result,
    }


def follow(session: Session, over: threading.Event, **filters: Any) -> Iterator[Entry]:
    """Entries as they change, until `over` is set; each changed entry comes again whole."""
    seen = 0
    while not over.is_set():
        now = newest(session)
        if now > seen:
            yield from entries(session, after=seen, **filters)
            seen = now
        else:
            over.wait(0.2)
