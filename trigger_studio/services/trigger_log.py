"""The trigger log: append-only records folded into one entry a firing (promises.md)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

from trigger_studio.engine.clock import timestamp
from trigger_studio.errors import Message, NotFound, allowed
from trigger_studio.model.event import Job
from trigger_studio.services.session import Session
from trigger_studio.storage import audit as audit_store
from trigger_studio.storage import firings, known
from trigger_studio.storage import jobs as job_store
from trigger_studio.storage import log as store
from trigger_studio.storage.audit import Deed
from trigger_studio.storage.database import Connection
from trigger_studio.storage.fetching import fetcher

Entry = store.Entry

MEANT = 1000
"""Among so many of the newest jobs one is looked for that may have been meant."""
AUDIT_LIMIT = 200


def check_known(session: Session, *, chain: str | None = None, job: str | None = None, rule: str | None = None) -> None:
    """Refuse what was never there; a rule that was deleted still has its history. Raises NotFound."""
    with session.database.read() as connection:
        fetch = fetcher(connection)
        if rule is not None and not firings.has_fired(connection, rule):
            known.check(fetch, "rule", rule)
        if chain is not None:
            known.check(fetch, "chain", chain)
        if job is not None:
            _job(connection, job)


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
        found = store.entries(connection, chain=chain, rule=rule, after=after, limit=limit)
        if job is None:
            return found
        related = _around_job(connection, job)
        return [entry for entry in found if entry["id"] in related]


def records(session: Session, chain: str) -> list[Entry]:
    """A chain's records as they were made, none folded: each with its time, and what it is about.

    Each has ``id`` and ``at``, the firing's ``rule``, ``cause``, ``entity``, ``entity_id``, ``event_id`` and ``event``
    (its type), and of ``status``, ``reason``, ``actions``, ``jobs`` and ``emitted`` those that it changed.
    """
    with session.database.read() as connection:
        return store.records(connection, chain)


def newest(session: Session) -> int:
    """Number of the newest record, for `after`."""
    with session.database.read() as connection:
        return store.newest(connection)


def _job(connection: Connection, job_id: str) -> Job:
    job = job_store.get(connection, job_id)
    if job is None:
        near = job_store.newest_ids(connection, MEANT)
        raise NotFound(Message("there is no job '{0}'; {1}", job_id, allowed(near, job_id)))
    return job


def _around_job(connection: Connection, job_id: str) -> set[str]:
    """Ids of the firings that led to a job, its own, and those that followed from it, wherever its events came from."""
    job = _job(connection, job_id)
    causes: dict[str, str | None] = {}
    below: set[str] = set()
    for link in store.links(connection, job.chain):
        causes[link.firing_id] = link.cause
        if link.job_id == job_id or link.cause in below:
            below.add(link.firing_id)
    related = set(below)
    above: str | None = job.firing
    while above is not None and above not in related:
        related.add(above)
        above = causes.get(above)
    return related


def audit(session: Session, limit: int = AUDIT_LIMIT) -> list[Entry]:
    """What people did, newest last."""
    with session.database.read() as connection:
        return audit_in(connection, limit)


def audit_in(connection: Connection, limit: int = AUDIT_LIMIT) -> list[Entry]:
    """The same, in a transaction that reads."""
    return list(map(audit_entry, audit_store.newest(connection, limit)))


def audit_entry(deed: Deed) -> Entry:
    """What somebody did, as JSON."""
    return {
        "id": deed.id, "at": timestamp(deed.at), "actor": deed.actor, "verb": deed.verb, "subject": deed.subject,
        "data": deed.data,
    }  # fmt: skip


def jobs(session: Session, *, chain: str | None = None, limit: int = 500) -> list[Entry]:
    """Jobs, newest last, with what started each."""
    with session.database.read() as connection:
        return jobs_in(connection, chain=chain, limit=limit)


def jobs_in(connection: Connection, *, chain: str | None = None, limit: int) -> list[Entry]:
    """The same, in a transaction that reads."""
    return list(map(job_entry, job_store.newest(connection, limit, chain)))


def job(session: Session, job_id: str) -> Entry:
    """One job, with what started it. Raises NotFound."""
    with session.database.read() as connection:
        return job_entry(_job(connection, job_id))


def job_entry(job: Job) -> Entry:
    """A job, as JSON."""
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
