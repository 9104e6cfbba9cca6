"""Rules that coalesce: firings that come close gather, and act once for all."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest

from tests.engine.steps import JOB, engine, rule, run, scene, story
from tests.support.engines import bundle, emit, event, until
from trigger_studio.errors import BadInput
from trigger_studio.model.bundle import bundle_document
from trigger_studio.model.limit import Limit
from trigger_studio.model.rule import digest
from trigger_studio.services import controls, limits, pipeline, rule_registry, simulation, trigger_log
from trigger_studio.services.session import Session

SHOT = {"type": "submit_job", "job_type": "shot"}
HOUR = {"within": "1h"}


def together(id: str = "a", *actions: dict[str, Any], coalesce: dict[str, Any] = HOUR, **more: Any) -> dict[str, Any]:
    return rule(id, *(actions or (SHOT,)), coalesce=coalesce, **more)


def test_a_burst_of_200_approvals_becomes_one_job_about_all_of_them(pipe: Any) -> None:
    session = pipe(together(), rule("next", when={"event": "completed", "entity": "scene"}))
    emit(session, *(scene(f"s{n}") for n in range(200)))
    run(session)
    shots = [job for job in trigger_log.jobs(session, limit=1000) if job["job_type"] == "shot"]
    (job,) = shots
    assert job["params"]["entity_ids"] == [f"s{n}" for n in range(200)]
    done = [entry for entry in trigger_log.entries(session) if entry["rule"] == "a"]
    assert len(done) == 200
    assert {(entry["status"], entry["batch"]) for entry in done} == {("done", done[0]["id"])}
    assert [len(entry["jobs"]) for entry in done] == [1] + [0] * 199
    followed = [entry["entity_id"] for entry in trigger_log.entries(session) if entry["rule"] == "next"]
    assert followed == [f"s{n}" for n in range(200)]  # each scene is completed, in order
    assert {entry["cause"] for entry in trigger_log.entries(session) if entry["rule"] == "next"} == {done[0]["id"]}


def test_a_full_batch_acts_at_once_and_projects_are_kept_apart(pipe: Any) -> None:
    session = pipe(together(coalesce={"within": "1h", "max": 2}))
    emit(session, *(scene(f"s{n}", project=f"p{n % 2}") for n in range(6)))
    made = engine(session)
    while made.step():
        pass
    assert [job["params"]["entity_ids"] for job in trigger_log.jobs(session)] == [["s0", "s2"], ["s1", "s3"]]
    waiting = [entry for entry in trigger_log.entries(session) if entry["status"] == "waiting"]
    assert [(entry["entity_id"], entry["batch"], entry["jobs"]) for entry in waiting] == [
        ("s4", waiting[0]["id"], []),
        ("s5", waiting[1]["id"], []),
    ]
    made.close()


def test_time_alone_closes_a_batch_while_the_engine_runs(pipe: Any) -> None:
    session = pipe(together(coalesce={"within": "0.3s"}))
    made = engine(session)
    thread = threading.Thread(target=made.run)
    thread.start()
    try:
        emit(session, scene("s1"), scene("s2"))
        until(lambda: trigger_log.jobs(session), 20, "the batch")
        emit(session, scene("s3"))
        until(lambda: len(trigger_log.jobs(session)) == 2, 20, "the next batch")
    finally:
        made.stop()
        thread.join()
    assert [job["params"]["entity_ids"] for job in trigger_log.jobs(session)] == [["s1", "s2"], ["s3"]]


def test_actions_read_what_all_agree_on_and_may_name_them_all(pipe: Any) -> None:
    params = {"step": "{{ event.step }}", "chain": "{{ event.chain }}", "n": "{{ firing.count }}"}
    note = {"events": "{{ firing.event_ids }}", "text": "{{ firing.count }}: {{ firing.entity_ids }}"}
    session = pipe(together("a", SHOT | {"params": {**params, **note}}))
    emit(
        session,
        scene("s1", attributes={"step": 1, "chain": "x"}),
        scene("s2", attributes={"step": 2, "chain": "x"}),
        scene("s1", 2, attributes={"step": 1, "chain": "x"}),
    )
    run(session)
    (job,) = trigger_log.jobs(session)
    assert job["params"] == {
        "chain": "x", "n": 3, "entity_ids": ["s1", "s2"], "events": ["evt-s1-1", "evt-s2-1", "evt-s1-2"],
        "text": '3: ["s1","s2"]',
    }  # fmt: skip


def test_a_status_is_set_on_every_entity_of_the_batch(pipe: Any) -> None:
    session = pipe(together("a", {"type": "set_status", "status": "seen"}))
    emit(session, scene("s1"), scene("s2"), scene("s3"))
    run(session)
    assert {e.id: e.status for e in pipeline.entities(session)} == dict.fromkeys(("s1", "s2", "s3"), "seen")


def test_a_batch_has_the_depth_of_its_deepest_and_so_a_loop_ends(pipe: Any) -> None:
    session = pipe(together("a", {"type": "set_status", "status": "approved"}, max_depth=4))
    emit(session, scene("s1"), scene("s2"))
    run(session)
    rows = [(entry["depth"], entry["status"], entry["reason"]) for entry in trigger_log.entries(session)]
    assert sorted(set(rows)) == [*((d, "done", None) for d in range(1, 5)), (5, "refused", "depth")]
    assert len(rows) == 10


def test_a_halt_keeps_a_gathering_batch_from_acting_and_resume_says_what_becomes_of_it(pipe: Any) -> None:
    session = pipe(together(coalesce={"within": "1s"}))
    emit(session, scene("s1"), scene("s2"))
    made = engine(session)
    made.step()
    controls.halt(session, "rule", "a", "wait")
    run(session)
    assert story(session) == [("a", "held", "halt")] * 2
    assert all("batch" not in entry for entry in trigger_log.entries(session))
    controls.resume(session, "rule", "a")
    run(session)
    (job,) = trigger_log.jobs(session)
    assert job["params"]["entity_ids"] == ["s1", "s2"]
    assert story(session) == [("a", "done", None)] * 2
    made.close()


def test_a_failed_batch_counts_once_and_is_retried_from_any_of_its_firings(pipe: Any) -> None:
    session = pipe(together(), rule("b", when={"event": "failed", "entity": "job"}))
    limits.put(session, Limit("rule", "a", "failures", 2, 3600))
    emit(session, *(scene(f"s{n}") for n in range(5)))
    run(session, fail=["shot"])
    first, *_, last = (entry for entry in trigger_log.entries(session) if entry["rule"] == "a")
    assert {first["status"], last["status"]} == {"failed"}
    assert not controls.halts(session)
    controls.retry(session, last["id"])
    run(session)
    assert {entry["status"] for entry in trigger_log.entries(session) if entry["rule"] == "a"} == {"done"}
    jobs = [job for job in trigger_log.jobs(session) if job["job_type"] == "shot"]
    assert [job["params"]["entity_ids"] for job in jobs] == [[f"s{n}" for n in range(5)]] * 2
    assert [job["firing"] for job in jobs] == [first["id"]] * 2


def test_limits_count_a_batch_once(pipe: Any) -> None:
    session = pipe(together())
    limits.put(session, Limit("rule", "a", "firings", 1, 86400))
    emit(session, *(scene(f"s{n}") for n in range(5)))
    run(session)
    assert {entry["status"] for entry in trigger_log.entries(session)} == {"done"}
    emit(session, scene("late"))
    run(session)
    assert story(session)[-1] == ("a", "held", "budget")


def test_the_dry_run_says_which_batch_a_firing_would_join(pipe: Any) -> None:
    session = pipe(together())
    emit(session, scene("s1"))
    made = engine(session)
    made.step()
    (gathering,) = trigger_log.entries(session)
    said = simulation.report(simulation.dry_run(session, scene("s2")))
    assert [(firing["event"]["entity_id"], firing["batch"], firing["jobs"]) for firing in said["firings"]] == [
        ("s2", gathering["id"], 0),
        ("s1", gathering["id"], 1),
    ]
    made.close()


def test_without_the_key_nothing_of_a_rule_changes(pipe: Any) -> None:
    session = pipe(rule("a", SHOT), together("b"))
    plain, gathering = (rule_registry.one(session, id).rule for id in "ab")
    a, b = bundle_document([plain, gathering])["rules"]
    assert "coalesce" not in a
    assert b["coalesce"] == {"within": "1h", "max": 200}
    assert digest(gathering) != digest(gathering.model_copy(update={"coalesce": None}))
    assert digest(plain) == digest(gathering.model_copy(update={"coalesce": None, "id": "a"}))
    assert rule_registry.one(session, "b").rule == bundle([b])[0]


@pytest.mark.parametrize(
    ("coalesce", "message"),
    [
        ({}, "rules[0].coalesce.within: is needed and missing"),
        ({"within": "0s"}, "rules[0].coalesce.within: found '0s'; needed: longer than 0 s"),
        ({"within": "soon"}, "rules[0].coalesce.within: 'soon' is no duration"),
        ({"within": "1m", "max": 1}, "rules[0].coalesce.max: found 1; needed: at least 2"),
        ({"within": "1m", "most": 5}, "rules[0].coalesce.most: unknown key; allowed: within, max"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(coalesce: dict[str, Any], message: str) -> None:
    with pytest.raises(BadInput) as refused:
        bundle([together(coalesce=coalesce)])
    assert message in str(refused.value)


def test_a_join_does_not_coalesce() -> None:
    every = {"entity": "scene", "of": "project", "status": "approved"}
    with pytest.raises(BadInput, match=r"rules\[0\].coalesce: cannot stand beside when.every"):
        bundle([together(when={"every": every})])


def test_events_from_outside_about_any_of_them_have_the_batchs_depth(pipe: Any) -> None:
    session = pipe(together(coalesce={"within": "1h", "max": 2}))
    emit(session, scene("s1"), scene("s2"))
    made = engine(session)
    made.step()
    emit(session, event("outside", "completed", "scene", "s2"))
    with session.database.read() as connection:
        depth = connection.exec_driver_sql("SELECT depth FROM events WHERE id = 'outside'").scalar()
    assert depth == 1
    made.close()


def raised(session: Session, *kinds: str) -> list[dict[str, Any]]:
    """The events that a job raised, of some kinds."""
    sql = "SELECT entity, entity_id, attributes_json FROM events WHERE id LIKE 'ts:job%%' ORDER BY seq"
    with session.database.read() as connection:
        found = [(kind, id, json.loads(text)) for kind, id, text in connection.exec_driver_sql(sql)]
    return [{"kind": kind, "id": id, **attributes} for kind, id, attributes in found if kind in kinds]


def test_a_batch_of_jobs_ends_with_its_own_job_and_raises_no_event_about_the_others(pipe: Any) -> None:
    when = {"event": "completed", "entity": "job", "where": {"field": "chain", "op": "eq", "value": "outside"}}
    session = pipe(together("a", JOB, {"type": "set_status", "status": "seen"}, when=when, max_depth=3))
    emit(session, *(event(f"e{n}", "completed", "job", f"x{n}", attributes={"chain": "outside"}) for n in (1, 2)))
    run(session)
    first = trigger_log.entries(session)[:2]
    assert [(entry["status"], entry["depth"]) for entry in first] == [("done", 1)] * 2
    (job,) = (job for job in trigger_log.jobs(session) if job["firing"] == first[0]["id"])
    assert next(one["id"] for one in raised(session, "job")) == job["id"]
    assert not {"x1", "x2"} & {one["id"] for one in raised(session, "job")}
    assert {e.status for e in pipeline.entities(session, "job") if e.id in ("x1", "x2")} == {"seen"}


def test_what_follows_a_batch_sees_the_world_that_its_branch_saw(pipe: Any) -> None:
    hero = {"field": "step", "op": "eq", "value": 1}
    branch = {"type": "branch", "if": hero, "then": [{"type": "set_status", "status": "hero"}], "else": [SHOT]}
    then = {"event": "completed", "where": hero}
    session = pipe(
        together("a", branch, when={"entity": "variant"}),
        rule("scene", when=then | {"entity": "scene"}),
        rule("job", when=then | {"entity": "job"}),
    )
    about = {"v1": {"step": 1, "chain": "x"}, "v2": {"chain": "x"}}
    emit(session, *(event(id, "approved", "variant", id, attributes=given) for id, given in about.items()))
    run(session)
    assert story(session) == [("a", "done", None)] * 2
    (job,) = trigger_log.jobs(session)
    common = {"chain": "x", "job_type": "shot", "entity_ids": ["v1", "v2"]}
    assert raised(session, "job", "scene") == [{"kind": kind, "id": job["id"], **common} for kind in ("job", "scene")]


def test_the_event_of_each_entity_inherits_from_the_latest_about_it(pipe: Any) -> None:
    session = pipe(together())
    for number, (id, step) in enumerate([("s1", 1), ("s2", 2), ("s1", 3)]):
        emit(session, scene(id, number, attributes={"step": step}))
    run(session)
    assert [(one["kind"], one.get("step")) for one in raised(session, "job", "scene")] == [
        ("job", None), ("scene", 3), ("scene", 2),
    ]  # fmt: skip


@pytest.mark.parametrize("pair", [(True, 1), (0, False), (["a"], ["b"])])
def test_true_and_1_do_not_agree(pipe: Any, pair: tuple[Any, Any]) -> None:
    session = pipe(together("a", SHOT | {"params": {"seen": "{{ event.open }}", "same": "{{ event.chain }}"}}))
    emit(session, *(scene(f"s{n}", attributes={"open": value, "chain": "x"}) for n, value in enumerate(pair)))
    run(session)
    (job,) = trigger_log.jobs(session)
    assert job["params"] == {"same": "x", "entity_ids": ["s0", "s1"]}
