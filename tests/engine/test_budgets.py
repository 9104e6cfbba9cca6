"""What counts for limits and ceilings, at which cost and when; what goes when there is room; where forecasts stop."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

import pytest
import sqlalchemy as sa

from tests.engine.steps import JOB, engine, rule, run, scene, story
from tests.support.engines import PROFILE, bundle, emit, event
from trigger_studio.engine.loop import Engine
from trigger_studio.engine.ports import Claim
from trigger_studio.engine.processor import end_job
from trigger_studio.model.limit import Limit
from trigger_studio.model.profiles import parse_profile
from trigger_studio.services import controls, limits, rule_registry, simulation, trigger_log
from trigger_studio.services.session import Session
from trigger_studio.storage import in_force

RENDER = {"type": "submit_job", "job_type": "render"}  # 2 GPU-hours
DAY = 86_400.0
MONTH = 30 * DAY


def decide(session: Session) -> Engine:
    """Decide everything that waits; jobs stay open."""
    made = engine(session)
    while made.step() or made.let_go():
        pass
    return made


def states(session: Session, rule_id: str | None = None) -> Counter[str]:
    return Counter(status for name, status, _ in story(session) if rule_id in (None, name))


def ceiling(session: Session, **figures: Any) -> None:
    """Put a profile in force whose chains have a ceiling."""
    profile = parse_profile({**PROFILE, "limits": {"per_click": figures}})
    with session.database.write() as connection:
        in_force.put_profile(connection, profile)


def test_the_firings_of_one_event_are_counted_one_after_another(pipe: Any) -> None:
    session = pipe(*(rule(f"r{n}", RENDER) for n in range(8)))
    limits.put(session, Limit("all", "", "gpu_hours", 3, MONTH))
    foreseen = simulation.report(simulation.dry_run(session, scene("s1")))
    emit(session, scene("s1"))
    decide(session).close()
    assert story(session) == [("r0", "running", None), *((f"r{n}", "held", "budget") for n in range(1, 8))]
    assert limits.standing(session)[0].used == 2
    assert [firing["rule"] for firing in foreseen["firings"]] == ["r0"]
    assert len(foreseen["held"]) == 7


def test_however_many_wait_the_rule_with_room_goes(pipe: Any) -> None:
    session = pipe(rule("full"), rule("b"))
    limits.put(session, Limit("rule", "full", "firings", 1, MONTH))
    limits.put(session, Limit("rule", "b", "firings", 0, MONTH))
    emit(session, *(scene(f"s{n}") for n in range(240)))
    decide(session).close()
    assert states(session, "b") == {"held": 240}
    limits.put(session, Limit("rule", "b", "firings", 239, MONTH))
    decide(session).close()
    assert states(session, "b") == {"running": 239, "held": 1}
    assert states(session, "full") == {"running": 1, "held": 239}


def test_a_full_project_keeps_no_other_project_of_the_rule(pipe: Any) -> None:
    session = pipe(rule("a"), entities={"projects": [{"id": project} for project in "pq"]})
    for project in "pq":
        limits.put(session, Limit("project", project, "firings", 0, MONTH))
    emit(session, scene("s1", project="p"), scene("s2", project="q"))
    decide(session).close()
    limits.put(session, Limit("project", "q", "firings", 1, MONTH))
    decide(session).close()
    assert story(session) == [("a", "held", "budget"), ("a", "running", None)]


@pytest.mark.parametrize("gone", ["deleted", "disabled"])
def test_what_is_held_of_a_rule_that_is_gone_is_refused_when_there_is_room_and_blocks_nothing(
    pipe: Any, gone: str
) -> None:
    session = pipe(rule("a"), rule("b"))
    limits.put(session, Limit("all", "", "firings", 0, MONTH))
    emit(session, scene("s1"), scene("s2"))
    decide(session).close()
    if gone == "deleted":
        rule_registry.delete(session, "a")
    else:
        rule_registry.publish(session, bundle([rule("a", enabled=False)]))
    decide(session).close()
    assert states(session) == {"held": 4}
    limits.put(session, Limit("all", "", "firings", 2, MONTH))
    decide(session).close()
    assert states(session, "b") == {"running": 2}
    assert [item for item in story(session) if item[0] == "a"] == [("a", "refused", "discarded")] * 2


def test_the_completion_of_a_held_join_whose_rule_went_counts_no_more(pipe: Any) -> None:
    join = {"when": {"every": {"entity": "scene", "of": "project", "status": "approved"}}}
    scenes = {"projects": [{"id": "p"}], "scenes": [{"id": "s1", "project": "p"}]}
    session = pipe(rule("a", **join), entities=scenes)
    limits.put(session, Limit("all", "", "firings", 0, MONTH))
    emit(session, scene("s1"))
    decide(session).close()
    rule_registry.publish(session, bundle([rule("a", enabled=False, **join)]))
    limits.remove(session, "all", "", "firings")
    decide(session).close()
    assert story(session) == [("a", "refused", "discarded")]
    rule_registry.publish(session, bundle([rule("a", **join)]))
    emit(session, scene("s1", 2))
    decide(session).close()
    assert story(session)[-1] == ("a", "running", None)


def test_nothing_is_refunded_by_deleting_or_editing_a_rule(pipe: Any) -> None:
    session = pipe(rule("a", RENDER), rule("b", RENDER))
    limits.put(session, Limit("all", "", "gpu_hours", 4, MONTH))
    emit(session, scene("s1"))
    decide(session).close()
    rule_registry.delete(session, "a")
    rule_registry.publish(session, bundle([rule("b", JOB, RENDER)]))
    assert limits.standing(session)[0].used == 4
    emit(session, scene("s2"))
    decide(session).close()
    assert story(session)[-1] == ("b", "held", "budget")


def test_a_new_firing_does_not_overtake_one_that_waits(pipe: Any) -> None:
    session = pipe(rule("a"))
    limits.put(session, Limit("all", "", "firings", 1, 0.5))
    emit(session, scene("s1", project="p"), scene("s2", project="p"))
    made = engine(session)
    while made.step():
        pass
    time.sleep(0.6)
    emit(session, scene("s3", project="q"))
    while made.step():
        pass
    made.close()
    assert story(session) == [("a", "running", None), ("a", "running", None), ("a", "held", "budget")]


def test_a_limit_on_failures_pauses_with_the_commit_that_reaches_it(pipe: Any) -> None:
    session = pipe(rule("a"), rule("b", when={"event": "failed", "entity": "job"}))
    limits.put(session, Limit("rule", "a", "failures", 2, MONTH))
    emit(session, *(scene(f"s{n}") for n in range(5)))
    run(session, fail=["work"])
    assert [halt.label for halt in controls.halts(session)] == ["rule a"]
    emit(session, scene("late"))
    run(session, fail=["work"])
    assert ("a", "held", "halt") in story(session)
    controls.resume(session, "rule", "a")
    run(session, fail=["work"])
    assert not controls.halts(session)  # one failure after the resume


def test_the_dry_run_pauses_a_rule_as_the_engine_does(pipe: Any) -> None:
    session = pipe(
        rule("a", {**JOB, "wait": False}, {"type": "set_status", "status": "failed"}),
        rule("again", JOB, when={"event": "failed", "entity": "scene"}),
        rule("more", {"type": "set_status", "status": "failed"}, when={"event": "failed", "entity": "job"}),
        rule("last", JOB, when={"event": "failed", "entity": "job"}),
    )
    limits.put(session, Limit("all", "", "failures", 1, MONTH))
    foreseen = simulation.report(simulation.dry_run(session, scene("s1"), fail=["work"]))
    emit(session, scene("s1"))
    run(session, fail=["work"])
    held = [(name, reason) for name, status, reason in story(session) if status == "held"]
    assert held
    assert sorted((item["rule"], item["reason"]) for item in foreseen["held"]) == sorted(held)


# costs ----------------------------------------------------------------------------------------------------------------


def branching(value: int) -> dict[str, Any]:
    return {"type": "branch", "if": {"field": "step", "op": "eq", "value": value}, "then": [JOB], "else": [RENDER] * 2}


def used(session: Session) -> float | None:
    return limits.standing(session)[0].used


def test_a_branch_counts_its_dearer_side_until_it_is_reached(pipe: Any) -> None:
    session = pipe(rule("a", {"type": "gate"}, branching(1), JOB))
    limits.put(session, Limit("all", "", "gpu_hours", 5, MONTH))
    emit(session, scene("s1", attributes={"step": 1}), scene("s2", attributes={"step": 1}))
    made = decide(session)
    assert (used(session), states(session)) == (4, {"waiting": 1, "held": 1})
    (gate,) = controls.gates(session)
    controls.answer_gate(session, gate.id, approve=True)
    while made.step() or made.let_go():
        pass
    assert (used(session), states(session)) == (4, {"running": 1, "waiting": 1})
    made.close()


@pytest.mark.parametrize(
    ("returned", "counted"), [(3.5, 3.5), (0.25, 0.25), (True, 2), (-1, 2), ("many", 2), (None, 2)]
)
def test_returned_hours_replace_the_jobs_share(pipe: Any, returned: Any, counted: float) -> None:
    session = pipe(rule("a", RENDER))
    limits.put(session, Limit("all", "", "gpu_hours", 10, MONTH))
    emit(session, scene("s1"))
    made = decide(session)
    with made.store.transaction() as transaction:
        job = transaction.due_job(None, 1)
        assert job is not None
        world = transaction.world(Claim(), time.time())
        end_job(world, job, True, {"gpu_hours": returned})
        transaction.flush(world, [])
    assert used(session) == counted
    made.close()


def test_an_event_that_ends_a_job_may_bring_its_hours_and_parameters_are_none(pipe: Any) -> None:
    session = pipe(rule("a", {**RENDER, "params": {"gpu_hours": 7}}))
    limits.put(session, Limit("all", "", "gpu_hours", 10, MONTH))
    emit(session, scene("s1"), scene("s2"))
    made = decide(session)
    first, second = (job["id"] for job in trigger_log.jobs(session))
    brought = {"gpu_hours": 0.5}
    emit(session, event("e1", "completed", "job", first))
    emit(session, event("e2", "completed", "job", second, attributes=brought))
    while made.step():
        pass
    assert used(session) == 2.5
    made.close()


def test_a_limit_that_is_set_later_counts_what_started_before(pipe: Any) -> None:
    session = pipe(rule("a", RENDER))
    emit(session, scene("s1"))
    decide(session).close()
    limits.put(session, Limit("all", "", "gpu_hours", 3, MONTH))
    assert used(session) == 2
    emit(session, scene("s2"))
    decide(session).close()
    assert story(session)[-1] == ("a", "held", "budget")


def test_tenths_of_hours_add_up(pipe: Any) -> None:
    session = pipe(rule("a"))
    tenth = parse_profile({**PROFILE, "job_types": {**PROFILE["job_types"], "work": {"gpu_hours": 0.1}}})
    with session.database.write() as connection:
        in_force.put_profile(connection, tenth)
    limits.put(session, Limit("all", "", "gpu_hours", 0.3, MONTH))
    emit(session, *(scene(f"s{n}") for n in range(4)))
    decide(session).close()
    assert states(session) == {"running": 3, "held": 1}


def test_a_retry_counts_what_it_starts_again_and_is_held_for_it(pipe: Any) -> None:
    session = pipe(rule("a", RENDER, JOB, RENDER))
    limits.put(session, Limit("all", "", "gpu_hours", 5, MONTH))
    emit(session, scene("s1"))
    run(session, fail=["work"])
    (entry,) = trigger_log.entries(session)
    controls.retry(session, entry["id"])
    run(session)
    (entry,) = trigger_log.entries(session)
    assert (entry["status"], entry["reason"]) == ("held", "budget")
    assert [action["status"] for action in entry["actions"]] == ["done", "pending", "pending"]
    limits.put(session, Limit("all", "", "gpu_hours", 6, MONTH))
    run(session)
    (entry,) = trigger_log.entries(session)
    assert (entry["status"], used(session)) == ("done", 6)
    assert len([job for job in trigger_log.jobs(session) if job["job_type"] == "render"]) == 2


# the ceiling of a click -----------------------------------------------------------------------------------------------


def test_a_click_has_a_ceiling_over_all_that_follows_from_it(pipe: Any) -> None:
    again = {"when": {"event": "completed", "entity": "scene"}, "max_depth": 10}
    shot = {"type": "submit_job", "job_type": "shot"}
    session = pipe(rule("a", shot), *(rule(f"r{n}", shot, **again) for n in range(3)))
    ceiling(session, jobs=7)
    foreseen = simulation.report(simulation.dry_run(session, scene("s1")))
    emit(session, scene("s1"))
    run(session)
    assert len(trigger_log.jobs(session)) == 7
    assert states(session)["done"] == 7
    assert len(foreseen["firings"]) == 7
    assert len(foreseen["held"]) == states(session)["held"]
    emit(session, scene("s2"))  # another click has its own
    run(session)
    assert len(trigger_log.jobs(session)) == 14


def test_what_a_ceiling_holds_goes_only_when_somebody_says_so(pipe: Any) -> None:
    session = pipe(*(rule(f"r{n}") for n in range(5)))
    ceiling(session, firings=2)
    emit(session, scene("s1"))
    run(session)
    assert states(session) == {"done": 2, "held": 3}
    run(session)
    engine(session).let_go()
    assert [(one.chain, one.held) for one in limits.capped(session)] == [("evt-s1-1", 3)]
    controls.resume(session, "chain", "evt-s1-1")
    run(session)
    assert states(session) == {"done": 4, "held": 1}
    controls.resume(session, "chain", "evt-s1-1", discard=True)
    run(session)
    assert states(session) == {"done": 4, "refused": 1}
    assert limits.capped(session) == []


def test_a_sum_is_kept_only_of_chains_that_go_on(pipe: Any) -> None:
    session = pipe(rule("a"), rule("again", when={"event": "completed", "entity": "job"}))
    emit(session, *(scene(f"s{n}") for n in range(20)))
    made = decide(session)

    def kept() -> int:
        with session.database.read() as connection:
            return int(connection.execute(sa.text("SELECT COUNT(*) FROM clicks")).scalar_one())

    assert kept() == 0  # nothing was asked or written, chain by chain
    assert made.end_next_job(None)
    while made.step():
        pass
    made.close()
    assert kept() == 1


def test_what_a_ceiling_holds_blocks_nobody(pipe: Any) -> None:
    session = pipe(rule("a"), rule("b"))
    ceiling(session, firings=1)
    limits.put(session, Limit("all", "", "firings", 2, MONTH))
    emit(session, scene("s1"), scene("s2"))
    run(session)
    assert story(session) == [("a", "done", None), ("b", "held", "budget")] * 2


def test_a_project_may_have_figures_of_its_own(pipe: Any) -> None:
    session = pipe(*(rule(f"r{n}", RENDER) for n in range(4)))
    ceiling(session, gpu_hours=2, jobs=3, projects={"dear": {"gpu_hours": 100}})
    emit(session, scene("s1", project="p"), scene("s2", project="dear"))
    run(session)
    by_project = Counter(job["project"] for job in trigger_log.jobs(session))
    assert by_project == {"p": 1, "dear": 3}  # what is not named anew is as for all


def test_a_batch_counts_for_the_chain_of_the_firing_that_acts(pipe: Any) -> None:
    session = pipe(rule("a", coalesce={"within": "1m"}), rule("b"))
    ceiling(session, firings=1)
    emit(session, scene("s1"), scene("s2"))
    run(session)
    # b took both clicks; so a's batch, which closes later, is held for each of them
    assert states(session, "a") == {"held": 2}
    controls.resume(session, "chain", "evt-s2-1")
    run(session)
    assert [status for name, status, _ in story(session) if name == "a"] == ["held", "done"]


# forecasts ------------------------------------------------------------------------------------------------------------


def endless() -> list[dict[str, Any]]:
    """Each scene that people approve leads to another scene."""
    new = {"type": "submit_job", "job_type": "shot", "params": {"scene_id": "{{ firing.id }}"}}
    return [rule("a", new)]


def test_a_forecast_that_runs_away_stops_after_a_hundred_rounds(pipe: Any) -> None:
    session = pipe(*endless())
    foreseen = simulation.report(simulation.dry_run(session, scene("s1"), assume_approvals=True))
    assert foreseen["complete"] is False
    assert len(foreseen["firings"]) == 101
    assert [stop["reason"] for stop in foreseen["stops"]] == ["not foretold further than 100 rounds of approvals"]


@pytest.mark.parametrize("most", [1, 4, 30])
def test_a_forecast_shows_as_many_firings_as_asked_for(pipe: Any, most: int) -> None:
    session = pipe(*endless(), *(rule(f"r{n}") for n in range(5)))
    foreseen = simulation.report(simulation.dry_run(session, scene("s1"), assume_approvals=True, most=most))
    assert len(foreseen["firings"]) == foreseen["totals"]["firings"] == most
    assert foreseen["complete"] is False
    assert "--most" in foreseen["stops"][0]["reason"]


def test_a_forecast_that_ends_within_its_bounds_is_complete(pipe: Any) -> None:
    session = pipe(*(rule(f"r{n}") for n in range(5)))
    foreseen = simulation.report(simulation.dry_run(session, scene("s1"), most=5))
    assert (len(foreseen["firings"]), foreseen["stops"]) == (5, [])
    assert "complete" not in foreseen


def test_a_forecast_takes_no_longer_than_its_time(pipe: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    session = pipe(*endless())
    monkeypatch.setattr(simulation, "MOST_S", 0.0)
    foreseen = simulation.report(simulation.dry_run(session, scene("s1"), assume_approvals=True))
    assert foreseen["complete"] is False
    assert "took too long" in foreseen["stops"][0]["reason"]
