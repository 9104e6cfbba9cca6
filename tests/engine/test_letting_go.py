"""Held firings go as soon as somebody makes room; a retry that is held goes on where it stood, if it still may."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from tests.engine.steps import JOB, engine, rule, run, scene, story
from tests.support.engines import PROFILE, bundle, emit, event, until
from trigger_studio.engine import chores
from trigger_studio.engine.clock import Clock
from trigger_studio.model.limit import Limit
from trigger_studio.model.profiles import parse_profile
from trigger_studio.services import controls, limits, overview, rule_registry, trigger_log
from trigger_studio.services.halt_impact import preview
from trigger_studio.services.session import Session
from trigger_studio.storage import in_force, tables

MONTH = 30 * 86_400.0


@contextmanager
def running(session: Session, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An engine that runs, and does nothing by the clock: what it looks at, it was told of."""
    monkeypatch.setattr(chores, "CHORES_S", 600.0)
    made = engine(session)
    thread = threading.Thread(target=made.run)
    thread.start()
    try:
        yield
    finally:
        made.stop()
        thread.join(30)


def ceiling(session: Session, hours: float = 2.0, **figures: Any) -> None:
    """Put a profile in force whose chains have a ceiling, and whose renders take some GPU-hours."""
    types = {**PROFILE["job_types"], "render": {"gpu_hours": hours, "duration_s": 60}}
    profile = parse_profile({**PROFILE, "job_types": types, "limits": {"per_click": figures}})
    with session.database.write() as connection:
        in_force.put_profile(connection, profile)


def held(session: Session) -> int:
    return sum(status == "held" for _, status, _ in story(session))


def test_a_running_engine_looks_as_soon_as_a_limit_changes_or_goes(pipe: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    session = pipe(rule("a"))
    limits.put(session, Limit("all", "", "firings", 0, MONTH))
    with running(session, monkeypatch):
        emit(session, *(scene(f"s{n}") for n in range(130)))
        until(lambda: held(session) == 130, 30, "all to be held")
        limits.put(session, Limit("all", "", "firings", 10, MONTH))
        until(lambda: held(session) == 120, 10, "those that the new limit allows")
        limits.remove(session, "all", "", "firings")
        until(lambda: held(session) == 0, 10, "the rest")


def test_a_running_engine_looks_as_soon_as_a_chain_is_resumed(pipe: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    session = pipe(rule("a"), rule("b"), rule("c"))
    ceiling(session, firings=2)
    with running(session, monkeypatch):
        emit(session, scene("s1"))
        until(lambda: held(session) == 1, 30, "one to be held")
        controls.resume(session, "chain", "evt-s1-1")
        until(lambda: held(session) == 0, 10, "it to go")


def test_a_limit_that_changes_while_nothing_waits_leaves_nothing_on_the_bus(pipe: Any) -> None:
    session = pipe(rule("a"))
    limits.put(session, Limit("all", "", "firings", 0, MONTH))
    limits.remove(session, "all", "", "firings")
    assert overview.news(session, 0).waiting == 0


def test_what_a_rule_holds_that_cannot_be_read_waits_for_its_repair_and_stops_nobody(pipe: Any) -> None:
    session = pipe(rule("a"), rule("b"))
    limits.put(session, Limit("all", "", "firings", 0, MONTH))
    emit(session, scene("s1"))
    run(session)
    table = tables.triggers
    with session.database.write() as connection:
        whole = connection.execute(sa.select(table.c.actions).where(table.c.id == "a")).scalar_one()
        connection.execute(sa.update(table).where(table.c.id == "a").values(actions="{"))
    limits.remove(session, "all", "", "firings")
    run(session)
    assert story(session) == [("a", "held", "budget"), ("b", "done", None)]
    with session.database.write() as connection:
        connection.execute(sa.update(table).where(table.c.id == "a").values(actions=whole))
        in_force.bump(connection)
    run(session)
    assert story(session) == [("a", "done", None), ("b", "done", None)]


# retries ------------------------------------------------------------------------------------------------------------

RENDER = {"type": "submit_job", "job_type": "render"}
DEAR = {"type": "submit_job", "job_type": "dear"}
"""Needs an approval."""


def failed(session: Session, *, hold: bool) -> str:
    """A firing of the approved rule `a` that did its first job, whose second failed, and that somebody has go on.

    Args:
        hold: whether an engine took that up and holds it, since a limit has no room.
    """
    rule_registry.approve(session, "a")
    emit(session, scene("s1"))
    run(session, fail=["dear"])
    (entry,) = trigger_log.entries(session)
    assert entry["status"] == "failed"
    if hold:
        limits.put(session, Limit("all", "", "firings", 1, MONTH))
    controls.retry(session, entry["id"])
    if hold:
        run(session)
        assert story(session) == [("a", "held", "budget")]
    return str(entry["id"])


def change(session: Session, how: str) -> None:
    if how == "delete":
        rule_registry.delete(session, "a")
    elif how == "edit":  # and with it the approval of what stood before ends
        rule_registry.publish(session, bundle([rule("a", DEAR, DEAR)]))
    elif how == "disable":
        rule_registry.publish(session, bundle([rule("a", JOB, DEAR, enabled=False)]))
    else:
        controls.halt(session, "rule", "a", "stop")


@pytest.mark.parametrize(
    ("how", "status", "why"),
    [
        ("delete", "failed", "not retried: its rule 'a' is deleted"),
        ("edit", "failed", "not retried: revision 1 of its rule is not approved any more"),
        ("disable", "done", None),  # no more than a retry by hand is refused for it
    ],
)
def test_what_a_retry_rests_on_may_go_before_an_engine_takes_it_up(
    pipe: Any, how: str, status: str, why: str | None
) -> None:
    session = pipe(rule("a", JOB, DEAR))
    failed(session, hold=False)
    change(session, how)
    run(session)
    (entry,) = trigger_log.entries(session)
    assert (entry["status"], entry["actions"][1].get("detail")) == (status, why)
    assert len(trigger_log.jobs(session)) == (3 if status == "done" else 2)


@pytest.mark.parametrize(
    ("how", "stands"),
    [
        ("delete", ("refused", "discarded")),
        ("disable", ("refused", "discarded")),
        ("edit", ("refused", "approval")),
        ("halt", ("held", "halt")),
    ],
)
def test_a_held_retry_is_checked_again_when_it_is_let_go(pipe: Any, how: str, stands: tuple[str, str]) -> None:
    session = pipe(rule("a", JOB, DEAR))
    failed(session, hold=True)
    change(session, how)
    limits.remove(session, "all", "", "firings")
    run(session)
    (entry,) = trigger_log.entries(session)
    assert (entry["status"], entry["reason"]) == stands
    assert [action["status"] for action in entry["actions"]] == ["done", "pending"]
    assert len(trigger_log.jobs(session)) == 2
    if how == "halt":
        assert preview(session, "rule", "a").starts == {"a": 1}
        assert preview(session, "rule", "a").jobs == 1  # what is left
        controls.resume(session, "rule", "a")
        run(session)
        assert story(session) == [("a", "done", None)]
        assert len(trigger_log.jobs(session)) == 3  # the first was not started again


@pytest.mark.parametrize("fate", ["replay", "discard"])
def test_a_batch_that_its_ceiling_holds_after_a_retry_goes_on_by_its_chain(pipe: Any, fate: str) -> None:
    session = pipe(rule("a", JOB, coalesce={"within": "1m"}))
    ceiling(session, jobs=1)
    emit(session, scene("s1"), scene("s2"))
    run(session, fail=["work"])
    assert story(session) == [("a", "failed", None)] * 2
    acting, _ = trigger_log.entries(session)
    controls.retry(session, acting["id"])
    run(session)
    assert story(session) == [("a", "held", "budget")] * 2
    assert [(one.chain, one.held) for one in limits.capped(session)] == [("evt-s1-1", 1)]
    assert preview(session, "chain", "evt-s1-1").starts == {"a": 1}
    controls.resume(session, "chain", "evt-s1-1", discard=fate == "discard")
    run(session)
    assert story(session) == [("a", "done", None) if fate == "replay" else ("a", "refused", "discarded")] * 2


# the ceiling, foretold ----------------------------------------------------------------------------------------------


def test_a_preview_tells_what_a_chain_starts_with_its_ceiling_once_more(pipe: Any) -> None:
    session = pipe(*(rule(f"r{n}", RENDER) for n in range(6)))
    ceiling(session, gpu_hours=4)
    emit(session, scene("s1"))
    run(session)
    assert held(session) == 4
    foretold = preview(session, "chain", "evt-s1-1")
    assert (sum(foretold.starts.values()), foretold.stays) == (2, {"budget": 2})
    assert (foretold.jobs, foretold.gpu_hours) == (2, 4.0)
    assert preview(session, "chain", "evt-s1-1", discard=True).refused == {"discarded": 4}
    assert held(session) == 4  # nothing was changed
    controls.resume(session, "chain", "evt-s1-1")
    run(session)
    assert {name for name, status, _ in story(session) if status == "done"} == {"r0", "r1", *foretold.starts}
    assert held(session) == 2


# a profile that changes ---------------------------------------------------------------------------------------------


def test_what_was_counted_at_the_start_is_what_is_replaced(pipe: Any) -> None:
    branch = {"type": "branch", "if": {"field": "step", "op": "eq", "value": 1}, "then": [JOB], "else": [RENDER]}
    session = pipe(rule("a", {"type": "gate"}, branch), rule("b", RENDER))
    limits.put(session, Limit("all", "", "gpu_hours", 20, MONTH))
    emit(session, scene("s1", attributes={"step": 1}))
    made = engine(session)
    while made.step():
        pass
    assert limits.standing(session)[0].used == 4
    ceiling(session, hours=7.0)
    (gate,) = controls.gates(session)
    controls.answer_gate(session, gate.id, approve=True)
    while made.step():
        pass
    assert limits.standing(session)[0].used == 2  # the branch came out cheap
    (job,) = (job["id"] for job in trigger_log.jobs(session) if job["job_type"] == "render")
    emit(session, event("end", "completed", "job", job, attributes={"gpu_hours": 0.5}))
    while made.step():
        pass
    made.close()
    assert limits.standing(session)[0].used == 0.5


# limits that come and go --------------------------------------------------------------------------------------------


def test_what_started_while_no_limit_stood_counts_for_the_next(pipe: Any) -> None:
    session = pipe(rule("a", RENDER))
    made = engine(session)
    for number in range(3):
        limits.put(session, Limit("all", "", "gpu_hours", 50, MONTH))
        assert limits.standing(session)[0].used == 4 * number
        for name in "st":  # one while it stands, one after
            emit(session, scene(f"{name}{number}"))
            while made.step():
                pass
            if name == "s":
                limits.remove(session, "all", "", "gpu_hours")
    made.close()


@pytest.mark.parametrize("hold", [False, True])
def test_a_retry_while_no_limit_stood_counts_as_often_as_it_started(pipe: Any, hold: bool) -> None:
    session = pipe(rule("a", JOB, DEAR))
    failed(session, hold=hold)
    if hold:
        limits.remove(session, "all", "", "firings")
    else:
        run(session)
    limits.put(session, Limit("all", "", "firings", 9, MONTH))
    assert limits.standing(session)[0].used == (1 if hold else 2)


def test_a_longer_limit_counts_what_came_of_older_starts_once(pipe: Any) -> None:
    session = pipe(rule("a", RENDER))
    emit(session, scene("s1"), scene("s2"))
    made = engine(session)
    while made.step():
        pass
    time.sleep(0.2)
    limits.put(session, Limit("all", "", "gpu_hours", 50, 0.1))
    first, _ = (job["id"] for job in trigger_log.jobs(session))
    emit(session, event("end", "completed", "job", first, attributes={"gpu_hours": 0.5}), scene("s3"))
    while made.step():
        pass
    limits.put(session, Limit("all", "", "gpu_hours", 50, MONTH))
    assert limits.standing(session)[0].used == 4.5
    time.sleep(0.05)
    limits.put(session, Limit("all", "", "gpu_hours", 50, 0.01))
    made.store.forget(time.time())
    limits.put(session, Limit("all", "", "gpu_hours", 50, MONTH))
    assert limits.standing(session)[0].used == 4.5
    made.close()


def test_whether_a_start_is_just_within_a_window_is_no_matter_of_rounding() -> None:
    """Seen where a dry run and an engine began within the same second: one let go what the other held."""
    dice = random.Random(7)
    assert (now := Clock(virtual=True).now()) == round(now, 3)
    for _ in range(2_000):
        began = round(2e9 * dice.random(), 3)
        window = dice.choice([30.0, 65.0, 200.0, 3600.0, 86_400.0])
        assert Limit("all", "", "firings", 1, window).since(round(began + window, 3)) == began
