"""Cancels what a chain that was stopped has under way: its open jobs fail, as if the farm had said so."""

from __future__ import annotations

from trigger_studio.engine.processor import end_job
from trigger_studio.engine.world import World
from trigger_studio.services.session import Session
from trigger_studio.storage import halts, limits
from trigger_studio.storage import jobs as job_store
from trigger_studio.storage.fetching import fetcher
from trigger_studio.storage.flush import flush
from trigger_studio.storage.source import SqlSource

AT_ONCE = 100
"""Jobs a transaction: engines, and whoever halts something else, need not wait for all of them."""


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
        halts.exclude_starts(fetcher(connection), sqlite=session.database.is_sqlite)
        jobs = job_store.unreported(connection, chain, AT_ONCE)
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
