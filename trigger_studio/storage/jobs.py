"""The store of jobs, as people look at them."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from trigger_studio.frozen import frozen
from trigger_studio.model.event import Job
from trigger_studio.storage import rows, tables

_JOBS, _BUS, _EVENTS = tables.jobs.c, tables.bus.c, tables.events.c


@frozen
class OpenJob:
    """A job that was submitted and has not ended: its type, and the firing that submitted it."""

    firing_id: str
    job_type: str


def get(connection: sa.Connection, job_id: str) -> Job | None:
    """One job. Raises Damaged."""
    return next(map(rows.job_of, connection.execute(sa.select(tables.jobs).where(_JOBS.id == job_id))), None)


def newest(connection: sa.Connection, limit: int, chain: str | None = None) -> list[Job]:
    """The newest so many, of one chain or of all, newest last. Raises Damaged."""
    query = sa.select(tables.jobs).order_by(_JOBS.seq.desc()).limit(limit)
    if chain is not None:
        query = query.where(_JOBS.chain == chain)
    return [rows.job_of(row) for row in list(connection.execute(query))[::-1]]


def newest_ids(connection: sa.Connection, limit: int) -> Sequence[str]:
    """Ids of the newest so many, newest first."""
    return connection.execute(sa.select(_JOBS.id).order_by(_JOBS.seq.desc()).limit(limit)).scalars().all()


def open_count(connection: sa.Connection) -> int:
    """How many are open."""
    return int(
        connection.execute(sa.select(sa.func.count()).select_from(tables.jobs).where(tables.OPEN_JOB)).scalar_one()
    )


def open_in(connection: sa.Connection, scope: str, target: str) -> list[OpenJob]:
    """Open jobs of everything, of a project or of a chain; which of them are a rule's their firings tell."""
    query = sa.select(_JOBS.firing_id, _JOBS.job_type).where(tables.OPEN_JOB)
    if scope == "project":
        query = query.where(_JOBS.project == target)
    if scope == "chain":
        query = query.where(_JOBS.chain == target)
    return [OpenJob(row.firing_id, row.job_type) for row in connection.execute(query)]


def unreported(connection: sa.Connection, chain: str, limit: int) -> list[Job]:
    """Open jobs of a chain whose end does not wait on the bus already.

    In the order in which the farm would end them, which is how open jobs are found among all. Raises Damaged.
    """
    ends = sa.select(_EVENTS.entity_id).join(tables.bus, _BUS.seq == _EVENTS.seq)
    reported = ends.where(_EVENTS.entity == "job", _EVENTS.type.in_(("completed", "failed")))
    query = sa.select(tables.jobs).where(tables.OPEN_JOB, _JOBS.chain == chain, _JOBS.id.not_in(reported))
    return [rows.job_of(row) for row in connection.execute(query.order_by(_JOBS.due_at, _JOBS.seq).limit(limit))]
