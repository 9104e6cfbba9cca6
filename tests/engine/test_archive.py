"""Chains that ended long ago are archived whole, and every promise about them stays."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from tests.engine.steps import JOB, engine, rule, run, scene, story
from tests.execution.rows import wait_until
from tests.support.engines import emit, event
from trigger_studio.errors import BadInput
from trigger_studio.services import retention, trigger_log
from trigger_studio.services.engine_host import EngineThread
from trigger_studio.services.session import Session
from trigger_studio.storage import tables

APPROVE = {"type": "set_status", "status": "approved"}
EVERYTHING = (tables.events, tables.firings, tables.actions, tables.log, tables.jobs, tables.archive)


def age(session: Session, days: float = 10) -> None:
    """What was done so far was done so many days ago."""
    with session.database.write() as connection:
        connection.execute(sa.update(tables.log).values(at=tables.log.c.at - days * 86400))
        connection.execute(sa.update(tables.events).values(occurred_at="2026-01-01T00:00:00.000Z"))


def counts(session: Session) -> dict[str, int]:
    with session.database.read() as connection:
        return {
            table.name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in EVERYTHING
        }


def chains(session: Session) -> set[str]:
    with session.database.read() as connection:
        return set(connection.execute(sa.select(tables.events.c.chain)).scalars())


def archive(session: Session) -> int:
    return retention.archive_now(session, 7)


def test_an_old_chain_goes_whole_and_a_younger_one_stays(pipe: Any) -> None:
    session = pipe(rule("a"), rule("b", APPROVE, when={"event": "completed", "entity": "job"}))
    emit(session, scene("old"))
    run(session)
    age(session)
    emit(session, scene("young"))
    run(session)
    before, told = counts(session), trigger_log.entries(session)
    assert archive(session) == before["events"] // 2
    after = counts(session)
    for table in EVERYTHING[:-1]:
        assert after[table.name] == before[table.name] // 2, table.name
    assert after["archive"] == sum(before[table.name] // 2 for table in EVERYTHING[:-1])
    assert chains(session) == {"evt-young-1"}
    assert trigger_log.entries(session) == [entry for entry in told if entry["chain"] == "evt-young-1"]
    assert archive(session) == 0


def test_what_is_not_over_stays(pipe: Any) -> None:
    session = pipe(
        rule("a", {"type": "gate"}),
        rule("b", {**JOB, "wait": False}, when={"entity": "variant"}),
    )
    emit(session, scene("gate"), event("evt-job", "approved", "variant", "v"))
    engine(session, until_idle=True).run_until_idle()
    age(session)
    emit(session, event("evt-young", "approved", "variant", "w"))
    engine(session, until_idle=True).run_until_idle()
    assert archive(session) == 0
    assert chains(session) == {"evt-gate-1", "evt-job", "evt-young"}


def test_ids_of_archived_events_stay_taken_and_archived_causes_are_known(pipe: Any) -> None:
    session = pipe(rule("a"))
    emit(session, scene("old"))
    run(session)
    (entry,) = trigger_log.entries(session)
    age(session)
    emit(session, scene("young"))
    run(session)
    assert archive(session) == 2
    emit(session, scene("old"))
    assert chains(session) == {"evt-young-1"}
    with pytest.raises(BadInput, match="known with other content"):
        emit(session, event("evt-old-1", "failed", "scene", "old"))
    emit(
        session,
        event("back", "approved", "variant", "v", cause=entry["id"]),
        event("late", "approved", "variant", "w", job_id=entry["jobs"][0]),
    )
    with session.database.read() as connection:
        query = sa.select(tables.events).where(tables.events.c.id.in_(["back", "late"]))
        placed = {row.id: (row.chain, row.depth, row.caused_by) for row in connection.execute(query)}
    assert placed == dict.fromkeys(["back", "late"], ("evt-old-1", 1, entry["id"]))
    emit(session, scene("middle"))
    run(session)
    age(session)
    emit(session, scene("younger"))
    run(session)
    assert archive(session) == 6  # the rest of the old chain, which has lost its head, too
    assert chains(session) == {"evt-younger-1"}


def test_a_join_remembers_an_archived_completion(pipe: Any) -> None:
    every = {"entity": "scene", "of": "character", "status": "approved"}
    session = pipe(rule("a", {"type": "set_status", "status": "approved"}, when={"every": every}))
    emit(session, scene("s", character="c"))
    run(session)
    assert story(session) == [("a", "done", None)]
    age(session)
    emit(session, event("other", "approved", "scene", "t", character="d"))
    run(session)
    assert archive(session) == 2
    emit(session, scene("s", 2, character="c"))  # the same completion again
    run(session)
    assert story(session) == [("a", "done", None)]  # the other character's


def test_engines_keep_to_the_setting(pipe: Any) -> None:
    session = pipe(rule("a"))
    emit(session, *(scene(f"old{number}") for number in range(250)))
    run(session)
    age(session)
    emit(session, scene("young"))
    run(session)
    retention.keep(session, 7)
    thread = EngineThread(session)
    thread.start()
    try:
        wait_until(lambda: chains(session) == {"evt-young-1"}, 60)
    finally:
        thread.stop()
    retention.keep(session, None)
    assert retention.days(session) is None


def test_a_retention_of_less_than_a_day_is_refused(pipe: Any) -> None:
    session = pipe()
    for days in (0.5, float("nan"), 1e9):
        with pytest.raises(BadInput, match="allowed: 1 to 36,500"):
            retention.keep(session, days)
