"""Limits: what would go over them is held and goes on when there is room; a rule that fails too often is paused."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.engine.steps import JOB, engine, rule, run, scene, story
from tests.support.accepting import AcceptingOutbox
from tests.support.engines import emit, race
from trigger_studio.engine.loop import Engine
from trigger_studio.errors import BadInput, NotFound, Refused
from trigger_studio.model.limit import Limit
from trigger_studio.services import controls, limits, simulation, trigger_log
from trigger_studio.services.session import Session
from trigger_studio.storage.runtime import SqlStore


def settle(session: Session, fail: tuple[str, ...] = ()) -> None:
    """Decide everything that waits, look after the limits, and decide what that lets go; jobs stay open."""
    made = engine(session, "engine", fail=fail)
    while made.step():
        pass
    while made.let_go():
        pass
    while made.step():
        pass
    made.close()


def started(session: Session) -> int:
    return sum(entry["status"] not in ("held", "refused") for entry in trigger_log.entries(session))


def test_a_limit_on_firings_holds_the_rest_and_lets_it_go_in_order(pipe: Any) -> None:
    session = pipe(rule("a"), rule("b"))
    limits.put(session, Limit("rule", "a", "firings", 2, 60))
    emit(session, *(scene(f"s{n}") for n in range(4)))
    settle(session)
    assert [item for item in story(session) if item[0] == "a"] == [
        ("a", "running", None), ("a", "running", None), ("a", "held", "budget"), ("a", "held", "budget"),
    ]  # fmt: skip
    assert [status for name, status, _ in story(session) if name == "b"] == ["running"] * 4
    (state,) = limits.standing(session)
    assert (state.used, state.held) == (2, 2)
    limits.put(session, Limit("rule", "a", "firings", 3, 60))
    settle(session)
    assert [status for name, status, _ in story(session) if name == "a"] == ["running"] * 3 + ["held"]
    limits.remove(session, "rule", "a", "firings")
    settle(session)
    assert {status for _, status, _ in story(session)} == {"running"}
    jobs = [job["id"] for job in trigger_log.jobs(session) if job["id"].endswith("-1-0")]
    assert jobs == sorted(jobs)
    assert len(jobs) == 4


def test_room_comes_back_when_the_window_has_passed(pipe: Any) -> None:
    session = pipe(rule("a"))
    limits.put(session, Limit("all", "", "firings", 1, 0.4))
    emit(session, scene("s1"), scene("s2"), scene("s3"))
    ends = time.monotonic() + 30
    while started(session) < 3:
        settle(session)
        assert time.monotonic() < ends
    starts = sorted(job["submitted_at"] for job in trigger_log.jobs(session))
    assert len(starts) == 3


def test_gpu_hours_are_counted_by_the_profile_and_by_the_dearer_side(pipe: Any) -> None:
    dear = {"type": "submit_job", "job_type": "render"}
    branch = {"type": "branch", "if": {"field": "step", "op": "eq", "value": 1}, "then": [JOB], "else": [dear, dear]}
    rules = rule("a", branch), rule("free", {"type": "set_status", "status": "seen"})
    session = pipe(*rules, entities={"projects": [{"id": "p"}]})
    cost = 2 * session.profile.job_types["render"].gpu_hours
    assert cost > 0
    limits.put(session, Limit("project", "p", "gpu_hours", 2.5 * cost, 86400))
    emit(session, *(scene(f"s{n}", project="p") for n in range(4)), scene("other", project="q"))
    settle(session)
    assert [status for name, status, _ in story(session) if name == "a"] == ["running"] * 2 + ["held"] * 2 + ["running"]
    assert {status for name, status, _ in story(session) if name == "free"} == {"done"}


def test_the_dry_run_and_the_explanation_know_the_limits(pipe: Any) -> None:
    session = pipe(rule("a"))
    limits.put(session, Limit("rule", "a", "firings", 0, 60))
    outcome = simulation.report(simulation.dry_run(session, scene("s1")))
    assert outcome["held"] == [{"rule": "a", "depth": 1, "reason": "budget"}]
    told = simulation.explain(session, "a", scene("s1"))
    assert not told["fires"]
    assert [check["actual"] for check in told["checks"] if check["check"] == "budget"] == ["over a limit"]


def test_engines_side_by_side_keep_a_limit_together(pipe: Any) -> None:
    session = pipe(rule("a"))
    limits.put(session, Limit("rule", "a", "firings", 5, 3600))
    emit(session, *(scene(f"s{n}", project=f"p{n % 7}") for n in range(60)))

    def work(name: str) -> None:
        outbox = AcceptingOutbox(session.database, name)
        made = Engine(SqlStore(session.database, session.cache, name), lambda: outbox)
        made._limit = 3  # small batches, so that both have their share
        for _ in range(60):
            made.step()

    race(lambda: work("one"), lambda: work("two"))
    settle(session)
    assert started(session) == 5
    assert len(story(session)) == 60


def test_a_rule_that_fails_too_often_is_paused_until_somebody_resumes_it(pipe: Any) -> None:
    session = pipe(rule("a"), rule("b"))
    limits.put(session, Limit("rule", "a", "failures", 2, 3600))
    emit(session, scene("s1"))
    run(session, fail=["work"])
    settle(session)
    assert not controls.halts(session)
    emit(session, scene("s2"))
    run(session, fail=["work"])
    settle(session)
    (halt,) = controls.halts(session)
    assert (halt.label, halt.set_by) == ("rule a", "engine")
    assert halt.reason == "paused by itself: 2 failed firings within 1 h"
    emit(session, scene("s3"))
    settle(session)
    assert ("a", "held", "halt") in story(session)
    controls.resume(session, "rule", "a")
    settle(session)
    assert not controls.halts(session)  # what failed before the resume counts no more


@pytest.mark.parametrize(
    ("limit", "fault"),
    [
        (Limit("all", "", "jobs", 1, 60), "'jobs' cannot be limited; allowed: firings, gpu-hours, failures"),
        (Limit("all", "", "firings", -1, 60), "a limit of -1 firings cannot be"),
        (Limit("all", "", "firings", float("nan"), 60), "a limit of nan firings cannot be"),
        (Limit("all", "", "failures", 0, 60), "a limit of 0 failed firings cannot be"),
        (Limit("all", "", "firings", 1, 0), "longer than 0 s"),
        (Limit("rule", "nobody", "firings", 1, 60), "there is no rule 'nobody'"),
        (
            Limit("rule", "approve", "firings", 1, 60),
            "there is no rule 'approve'; allowed: approved; did you mean 'approved'",
        ),
        (
            Limit("project", "auroar", "firings", 1, 60),
            "there is no project 'auroar'; allowed: aurora; did you mean 'aurora'",
        ),
        (Limit("project", "", "firings", 1, 60), "a project's id is needed; found an empty one"),
    ],
)
def test_a_limit_that_cannot_be_is_refused(pipe: Any, limit: Limit, fault: str) -> None:
    session = pipe(rule("approved"), entities={"projects": [{"id": "aurora"}]})
    with pytest.raises((BadInput, NotFound), match=fault):
        limits.put(session, limit)
    assert limits.standing(session) == []
    with pytest.raises(Refused, match="no limit on firings of everything stands"):
        limits.remove(session, "all", "", "firings")
