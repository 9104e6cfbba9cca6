"""Jobs that end outside: what a farm, or a person, says of one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trigger_studio.engine.letting import let_go
from trigger_studio.engine.loop import LET_GO
from trigger_studio.engine.ports import Claim
from trigger_studio.engine.processor import end_job
from trigger_studio.errors import BadInput, Fault, Refused
from trigger_studio.model.documents import at, plain_faults
from trigger_studio.model.entities import open_fault
from trigger_studio.services import trigger_log
from trigger_studio.services.session import Session
from trigger_studio.storage.runtime import SqlTransaction

NO_ENGINE = ""
"""Carries nothing: what is let go here and leaves the database is taken up by the next engine that looks."""


def end(session: Session, job_id: str, *, ok: bool, result: Mapping[str, Any] | None = None) -> trigger_log.Entry:
    """End an open job, as a farm does: its events are raised, and its firing goes on where an engine runs.

    Held firings that the limits have room for go first.

    Args:
        ok: whether it completed; else it failed.
        result: what it came back with, by attribute.

    Returns:
        The job as it then stands.

    Raises:
        NotFound: no such job.
        Refused: it has ended before.
        BadInput: `result` holds what no attribute can be.
    """
    came_back = dict(result or {})
    _check(came_back)
    while not _step(session, job_id, ok, came_back):
        pass
    return trigger_log.job(session, job_id)


def _check(result: dict[str, Any]) -> None:
    faults = plain_faults(result, "result")
    faults = faults or [
        Fault(at("result", name), message) for name, value in result.items() if (message := open_fault(value))
    ]
    if faults:
        raise BadInput(faults)


def _step(session: Session, job_id: str, ok: bool, result: dict[str, Any]) -> bool:
    """End the job in a transaction of its own; False if something held went first, and may go on."""
    with session.database.write() as connection:
        transaction = SqlTransaction(connection, session.cache, NO_ENGINE)
        job = transaction.open_job(job_id)
        if job is None:
            state = trigger_log.job(session, job_id)["state"]
            ended = "has ended; that only waits to be decided" if state == "submitted" else state
            raise Refused(f"job '{job_id}' is open no more: {ended}")
        world = transaction.world(Claim(), session.engine_now(connection))
        freed = let_go(world, LET_GO)
        if not freed:
            end_job(world, job, ok=ok, result=result)
            session.note(connection, "job complete" if ok else "job fail", job_id, {"result": result})
        transaction.flush(world, [])
    return not freed
