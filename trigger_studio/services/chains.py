"""Cancels what a chain that was stopped has under way: its open jobs fail, as if the farm had said so."""

from __future__ import annotations

import sqlalchemy as sa

from trigger_studio.engine.processor import end_job
from trigger_studio.engine.world import World
from trigger_studio.services import halting
from trigger_studio.services.known import reader
from trigger_studio.services.session import Session
from trigger_studio.storage import limits, rows, tables
from trigger_studio.storage.flush import flush
from trigger_studio.storage.source import SqlSource

AT_ONCE = 100
"""Jobs a transaction: engines, and whoever halts something else, need not wait for all of them."""

_JOBS, _BUS, _EVENTS = tables.jobs.c, tables.bus.c, tables.events.c


def cancel(session: Session, chain: str) -> int:
    """Fail the open jobs of a chain that is halted, and raise their failed events. Returns how many.

    A job whose end was reported already, and only waits to be decided, is left to that.
    """
    cancelled = 0
    while count := _cancel_some(session, chain):
        cancelled += count
    return cancelled


def _cancel_some(session: Session, chain: str) -> int:
    with session.database.write() as connection:
        halting.exclude_starts(reader(connection), sqlite=session.database.is_sqlite)
        jobs = [rows.job_of(row) for row in connection.execute(_open_jobs(chain))]
        if not jobs:
            return 0
        rules = session.rules(connection)
        limits.exclude(connection, rules.limits)
        source = SqlSource(connection, rules.profile, session.cache.revision, counting=True)
        source.load_jobs({job.id for job in jobs})
        now_s = session.engine_now(connection)
        world = World(source, rules, lambda: now_s)
        for job in jobs:
            end_job(world, job, ok=False)
        sums = source.sums.after(rules.limits, world.ledger.notes, world.now())
        flush(connection, world, [], "", limits.Totals(sums, frozenset(source.begun)))
        session.note(connection, "cancel", f"chain {chain}", {"jobs": [job.id for job in jobs]})
    return len(jobs)


def _open_jobs(chain: str) -> sa.Select[tuple[object, ...]]:
    """In the order in which the farm would end them, which is how open jobs are found among all."""
    ends = sa.select(_EVENTS.entity_id).join(tables.bus, _BUS.seq == _EVENTS.seq)
    reported = ends.where(_EVENTS.entity == "job", _EVENTS.type.in_(("completed", "failed")))
    query = sa.select(tables.jobs).where(tables.OPEN_JOB, _JOBS.chain == chain, _JOBS.id.not_in(reported))
    return query.order_by(_JOBS.due_at, _JOBS.seq).limit(AT_ONCE)
