"""What the engine promises (promises.md), on both databases."""

from __future__ import annotations

import threading
import time
from random import Random
from typing import Any

import orjson
import pytest
import sqlalchemy as sa

from tests.engine.steps import JOB, engine, rule, run, scene, story
from tests.support.accepting import AcceptingOutbox
from tests.support.engines import bundle, emit, event, open_session
from trigger_studio.engine import loop
from trigger_studio.engine.loop import Engine
from trigger_studio.errors import BadInput, Refused, Unavailable
from trigger_studio.model.event import MAX_ID, Event
from trigger_studio.model.event_codec import EventIn
from trigger_studio.services import controls, pipeline, rule_registry, simulation, trigger_log
from trigger_studio.services.session import Session
from trigger_studio.storage import tables
from trigger_studio.storage.bus import put_events, take_ticks
from trigger_studio.storage.runtime import IDLE_TIMEOUT_MS, SqlStore

CHARACTERS = [chr(code) for code in range(0x20000, 0x2A000)]  # four bytes each


def test_a_halt_holds_what_matches_and_resume_replays_it_in_order(pipe: Any) -> None:
    session = pipe(rule("b", priority=1), rule("a", priority=2))
    controls.halt(session, "all", "", "the farm is on fire")
    emit(session, scene("s1"), scene("s2"))
    run(session)
    assert story(session) == [("a", "held", "halt"), ("b", "held", "halt")] * 2
    assert not trigger_log.jobs(session)
    resumed = controls.resume(session, "all", "")
    assert (resumed.halts, resumed.held) == (1, 4)
    run(session)
    assert story(session) == [("a", "done", None), ("b", "done", None)] * 2
    assert [job["id"].split("-")[1:3] for job in trigger_log.jobs(session)] == [
        entry["id"][1:].split("-") for entry in trigger_log.entries(session)
    ]


def test_a_resume_can_discard_what_was_held(pipe: Any) -> None:
    session = pipe(rule("a"))
    controls.halt(session, "rule", "a", "wrong tier")
    emit(session, scene("s1"))
    run(session)
    controls.resume(session, "rule", "a", discard=True)
    run(session)
    assert story(session) == [("a", "refused", "discarded")]
    assert not trigger_log.jobs(session)


def test_a_halt_of_one_project_leaves_the_others_alone(pipe: Any) -> None:
    session = pipe(rule("a"))
    controls.halt(session, "project", "p1", "audit", force=True)
    emit(session, scene("s1", project="p1"), scene("s2", project="p2"), scene("s3"))
    run(session)
    assert [entry["status"] for entry in trigger_log.entries(session)] == ["held", "done", "done"]


def test_what_was_replayed_is_checked_again(pipe: Any) -> None:
    session = pipe(rule("a", max_depth=1))
    controls.halt(session, "all", "", "wait")
    emit(session, scene("s1"))
    run(session)
    rule_registry.publish(session, bundle([rule("a", enabled=False)]))
    controls.resume(session, "all", "")
    run(session)
    assert story(session) == [("a", "refused", "discarded")]


def test_a_firing_that_had_started_waits_out_a_halt_and_goes_on(pipe: Any) -> None:
    session = pipe(rule("a", JOB, {"type": "set_status", "status": "checked"}, JOB))
    emit(session, scene("s1"))
    store = SqlStore(session.database, session.cache, "engine")
    engine = Engine(store, lambda: AcceptingOutbox(session.database, "engine"), farm=True)
    engine.step()
    controls.halt(session, "all", "", "stop")
    assert engine.end_next_job(None)
    engine.step()
    assert story(session) == [("a", "waiting", None)]
    assert len(trigger_log.jobs(session)) == 1
    controls.resume(session, "all", "")
    run(session)
    assert story(session) == [("a", "done", None)]
    assert len(trigger_log.jobs(session)) == 2


def test_resume_without_a_halt_is_refused(pipe: Any) -> None:
    session = pipe(rule("a"))
    with pytest.raises(Refused, match="no halt of everything stands"):
        controls.resume(session, "all", "")


def test_a_gate_waits_for_a_person_and_the_answer_goes_on(pipe: Any) -> None:
    session = pipe(rule("a", {"type": "gate", "message": "Look at {{ event.entity_id }}"}, JOB))
    emit(session, scene("s1"), scene("s2"))
    run(session)
    first, second = controls.gates(session)
    assert (first.message, second.message) == ("Look at s1", "Look at s2")
    controls.answer_gate(session, first.id, approve=True)
    controls.answer_gate(session, second.id, approve=False, reason="too dark")
    with pytest.raises(Refused, match="was approved"):
        controls.answer_gate(session, first.id, approve=False)
    run(session)
    assert [entry["status"] for entry in trigger_log.entries(session)] == ["done", "failed"]
    refused = trigger_log.entries(session)[1]["actions"]
    assert [action["status"] for action in refused] == ["failed", "skipped"]
    assert "too dark" in refused[0]["detail"]


def test_a_gate_times_out(pipe: Any) -> None:
    session = pipe(rule("a", {"type": "gate", "timeout": "3d"}, JOB))
    emit(session, scene("s1"))
    run(session)
    store = SqlStore(session.database, session.cache, "engine")
    store.expire_gates(time.time() + 2 * 86400)
    run(session)
    assert story(session) == [("a", "waiting", None)]
    store.expire_gates(time.time() + 3 * 86400 + 60)
    run(session)
    assert story(session) == [("a", "failed", None)]


def test_until_idle_a_late_gate_times_out_on_the_real_clock_only(pipe: Any) -> None:
    session = pipe(rule("a", {"type": "gate", "timeout": "1s"}, JOB))
    emit(session, scene("s1"))
    run(session)
    time.sleep(1.1)
    run(session)
    assert story(session) == [("a", "waiting", None)]
    late = engine(session, until_idle=True)
    late.run_until_idle()
    assert story(session) == [("a", "failed", None)]
    assert late.tally.events == 0  # what a gate's end lets go on is no event


def test_a_failed_firing_goes_on_by_hand_from_where_it_failed(pipe: Any) -> None:
    session = pipe(rule("a", {"type": "set_status", "status": "checked"}, JOB, {"type": "set_status", "status": "cut"}))
    emit(session, scene("s1"))
    run(session, fail=["work"])
    assert story(session) == [("a", "failed", None)]
    (entry,) = trigger_log.entries(session)
    controls.retry(session, entry["id"])
    run(session)
    (entry,) = trigger_log.entries(session)
    assert [action["status"] for action in entry["actions"]] == ["done", "done", "done"]
    assert [job["state"] for job in trigger_log.jobs(session)] == ["failed", "completed"]
    with pytest.raises(Refused, match="only a failed one"):
        controls.retry(session, entry["id"])


def test_an_edit_ends_an_approval_and_a_name_does_not(pipe: Any) -> None:
    session = pipe()
    dear = rule("a", {"type": "submit_job", "job_type": "dear"})
    for number, edit in enumerate(({}, None, {"name": "Another name", "priority": 5}, {"max_depth": 9})):
        if edit is None:
            rule_registry.approve(session, "a")
        else:
            rule_registry.publish(session, bundle([{**dear, **edit}]))
        emit(session, scene("s1", number))
        run(session)
    assert [(entry["status"], entry["reason"]) for entry in trigger_log.entries(session)] == [
        ("refused", "approval"),
        ("done", None),
        ("done", None),
        ("refused", "approval"),
    ]


@pytest.mark.parametrize("away", ["edited", "deleted"])
def test_a_text_that_comes_back_does_not_bring_its_approval_back(pipe: Any, away: str) -> None:
    dear = rule("a", {"type": "submit_job", "job_type": "dear"})
    session = pipe(dear, {**dear, "id": "other"})
    for one in ("a", "other"):
        rule_registry.approve(session, one)
    if away == "deleted":
        rule_registry.delete(session, "a")
    else:
        rule_registry.publish(session, bundle([{**dear, "max_depth": 9}]))
    rule_registry.publish(session, bundle([dear]))
    emit(session, scene("s1"))
    run(session)
    assert story(session) == [("a", "refused", "approval"), ("other", "done", None)]
    assert [item.approval for item in rule_registry.standing(session)] == ["needed", "approved"]
    rule_registry.approve(session, "a")
    rule_registry.set_enabled(session, "a", False)
    rule_registry.set_enabled(session, "a", True)
    assert rule_registry.one(session, "a").approval == "approved"


def test_an_event_that_commits_late_is_decided_and_in_the_order_of_commits(pipe: Any) -> None:
    session = pipe(rule("a"))
    taken, commit = threading.Event(), threading.Event()

    def slow() -> None:
        with session.database.write() as connection:
            late = Event("evt-slow", "approved", "scene", "slow", chain="evt-slow", seq=take_ticks(connection, 1))
            taken.set()
            commit.wait(10)
            put_events(connection, [late], int)

    threads = [threading.Thread(target=slow), threading.Thread(target=lambda: emit(session, scene("fast")))]
    threads[0].start()
    taken.wait(10)
    threads[1].start()
    time.sleep(0.2)  # the second emitter stands behind the first: a place is taken and committed in one go
    commit.set()
    for thread in threads:
        thread.join()
    run(session)
    assert [entry["entity_id"] for entry in trigger_log.entries(session)] == ["slow", "fast"]


def test_an_event_is_one_event_however_often_it_is_sent(pipe: Any) -> None:
    session = pipe(rule("a"))
    emit(session, scene("s1"), scene("s1"))
    emit(session, scene("s1"))
    with pytest.raises(BadInput, match="known with other content"):
        emit(session, replace_type(scene("s1")))
    run(session)
    assert story(session) == [("a", "done", None)]


def replace_type(given: EventIn) -> EventIn:
    return event(given.id, "failed", given.entity, given.entity_id)


def test_depth_and_chain_come_back_from_outside(pipe: Any) -> None:
    session = pipe(rule("a", {**JOB, "wait": False}), rule("b", when={"entity": "variant"}))
    emit(session, scene("s1"))
    store = SqlStore(session.database, session.cache, "engine")
    Engine(store, lambda: AcceptingOutbox(session.database, "engine")).step()
    (job,) = trigger_log.jobs(session)
    (entry,) = trigger_log.entries(session)
    emit(
        session,
        event("by-job", "approved", "variant", "v1", job_id=job["id"]),
        event("by-cause", "approved", "variant", "v2", cause=entry["id"]),
        event("about-it", "approved", "scene", "s1"),
    )
    run(session)
    told = {e["event_id"]: (e["depth"], e["chain"], e["cause"]) for e in trigger_log.entries(session)}
    assert told["by-job"] == told["by-cause"] == (2, "evt-s1-1", entry["id"])
    assert told["about-it"] == (2, "about-it", None)


def test_an_unknown_cause_and_a_contradicted_parent_are_refused_whole(pipe: Any) -> None:
    session = pipe(rule("a"), entities={"scenes": [{"id": "s1", "character": "mira"}]})
    with pytest.raises(BadInput) as refused:
        emit(session, scene("s2"), scene("s1", character="juno"), scene("s3", cause="f9-9"))
    assert [str(fault) for fault in refused.value.faults] == [
        "evt-s1-1: character: 'juno' contradicts the known scene 's1', whose character is 'mira'",
        "evt-s3-1: cause: there is no firing 'f9-9'",
    ]
    run(session)
    assert story(session) == []


def test_a_status_written_later_than_the_event_stays(pipe: Any) -> None:
    session = pipe(rule("a"), entities={"scenes": [{"id": "s1"}]})
    emit(session, scene("s1"))
    pipeline.set_status(session, "scene", "s1", "retired")
    run(session)
    assert {e.id: e.status for e in pipeline.entities(session, "scene")} == {"s1": "retired"}
    assert story(session) == [("a", "done", None)]


def test_ids_may_be_long_and_a_parameter_too_long_for_one_names_no_entity(pipe: Any) -> None:
    # Letters that no database squeezes: an index would have to hold all of them.
    long_one, too_long = ("".join(Random(1).choices(CHARACTERS, k=length)) for length in (MAX_ID, MAX_ID * 10))
    named = {"type": "submit_job", "job_type": "shot", "params": {"scene_id": "{{ event.about }}"}}
    every = {"entity": "scene", "of": "project", "status": "approved"}
    session = pipe(rule("a", named), rule("b", when={"every": every}))
    emit(session, event(long_one, "approved", "scene", long_one, project=long_one, attributes={"about": too_long}))
    run(session)
    assert story(session) == [("a", "done", None), ("b", "done", None)]
    assert {entity.id: entity.status for entity in pipeline.entities(session, "scene")} == {long_one: "completed"}


def test_the_hourly_guard_holds_a_storm(pipe: Any) -> None:
    session = pipe(rule("a", {"type": "set_status", "status": "seen"}))
    emit(session, *(scene("s1", number) for number in range(105)))
    run(session)
    statuses = [(entry["status"], entry["reason"]) for entry in trigger_log.entries(session)]
    assert statuses == [("done", None)] * 100 + [("held", "hourly")] * 5


def test_a_dry_run_changes_nothing(pipe: Any) -> None:
    session = pipe(rule("a", JOB, {"type": "gate"}, {"type": "call_webhook", "url": "http://127.0.0.1:9/"}))
    before = _rows(session)
    foretold = simulation.report(simulation.dry_run(session, scene("s1"), assume_approvals=True))
    assert foretold["totals"]["jobs"] == 1
    assert foretold["firings"][0]["status"] == "done"
    assert _rows(session) == before


def _rows(session: Session) -> dict[str, list[Any]]:
    with session.database.read() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(sa.select(table))]
            for table in tables.metadata.sorted_tables
        }


@pytest.mark.parametrize(("held", "fires"), [(None, False), ("three", False), (True, False), (1, True)])
def test_explain_tells_that_the_number_of_members_is_not_to_be_read(pipe: Any, held: Any, fires: bool) -> None:
    every = {"entity": "scene", "of": "project", "status": "approved", "min": "3"}
    session = pipe(rule("a", when={"every": every}), entities={"projects": [{"id": "p", "attributes": {"3": held}}]})
    told = simulation.explain(session, "a", scene("s1", project="p"))
    assert told["fires"] is fires
    number = "a number in the attribute '3' of the project 'p'"
    checks = [(c["check"], c["path"], c["passed"], c["expected"], c["actual"]) for c in told["checks"]]
    assert ("3", "when.every.min", fires, number, held) in checks
    assert [c["check"] for c in told["checks"] if not c["passed"]] == ([] if fires else ["3"])


def test_explain_tells_which_check_fails(pipe: Any) -> None:
    session = pipe(
        rule(
            "a", when={"where": {"all": [{"field": "step", "op": "ge", "value": 3}]}, "scope": {"characters": ["mira"]}}
        )
    )
    told = simulation.explain(session, "a", scene("s1", character="juno", attributes={"step": 2}))
    assert not told["fires"]
    assert [(c["check"], c["path"], c["actual"]) for c in told["checks"] if not c["passed"]] == [
        ("scope", "when.scope.characters", "juno"),
        ("step", "when.where.all[0]", 2),
        ("all", "when.where", "0 of 1"),
    ]


def test_a_replaced_engine_cannot_commit(postgres_url: str) -> None:
    """An engine that sleeps in the middle of a decision loses its transaction, and the next one decides."""
    with open_session(postgres_url, [rule("a")]) as session:
        emit(session, scene("s1"))
        store = SqlStore(session.database, session.cache, "sleeper")
        with pytest.raises(Unavailable), store.transaction() as transaction:  # noqa: PT012 - it must last
            batch = transaction.pending(10)
            assert len(batch.events) == 1
            time.sleep(IDLE_TIMEOUT_MS / 1000 + 1)
            run(session)
            assert story(session) == [("a", "done", None)]
            transaction.world(batch, time.time())
        assert story(session) == [("a", "done", None)]


def test_a_firing_goes_on_before_the_next_event_however_many_wait(pipe: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "BATCH", 1)  # what waits is more than one batch
    hook = {"type": "call_webhook", "url": "http://127.0.0.1:9/"}
    session = pipe(rule("a", hook, {"type": "set_status", "status": "seen"}))
    emit(session, scene("s1", project="p1"), scene("s2", project="p2"), scene("s3", project="p1"))
    run(session)
    with session.database.read() as connection:
        records = connection.execute(sa.select(tables.log).order_by(tables.log.c.id)).all()
    told = [(record.event_seq, orjson.loads(record.data_json)["status"]) for record in records]
    seqs = sorted({seq for seq, _ in told})
    assert told == [(seq, status) for seq in seqs for status in ("running", "done")]
