"""What happens when things go wrong at the worst moment: lost connections, races, profiles replaced under way."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from tests.engine.steps import JOB, engine, rule, run, scene, story
from tests.support.engines import PROFILE, bundle, emit, event, open_session, race, until
from trigger_studio.decide import guards
from trigger_studio.decide.guards import Attempt
from trigger_studio.engine.faults import FaultRecord
from trigger_studio.engine.loop import Engine
from trigger_studio.engine.ports import Claim
from trigger_studio.engine.processor import decide_event, end_job
from trigger_studio.engine.state import State
from trigger_studio.errors import BadInput, Refused
from trigger_studio.model.entities import read_pipeline
from trigger_studio.model.profiles import parse_profile
from trigger_studio.services import bus, controls, pipeline, rule_registry, trigger_log
from trigger_studio.services.engine_host import EngineThread
from trigger_studio.services.session import Session
from trigger_studio.services.slots import Slot
from trigger_studio.storage import tables
from trigger_studio.storage.runtime import SqlStore

KILL_LISTENERS = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"


def test_an_engine_outlives_the_loss_of_its_watching_connection(postgres_url: str) -> None:
    with open_session(postgres_url, [rule("a")]) as session:
        one = engine(session)
        thread = threading.Thread(target=one.run)
        thread.start()
        try:
            until(lambda: _ended(session) > 0, 10, "the engine to listen")
            time.sleep(0.3)
            emit(session, scene("s1"))
            until(lambda: story(session), 10, "the event to be decided")
            assert thread.is_alive()
        finally:
            one.stop()
            thread.join(10)


def _ended(session: Session) -> int:
    with session.database.write() as connection:
        return int(connection.execute(sa.text(KILL_LISTENERS)).scalar_one())


def test_the_same_event_sent_twice_at_the_same_instant_is_one_event(database_url: str) -> None:
    with open_session(database_url, [rule("a")]) as left, Session(database_url) as right:
        accepted: list[bus.Accepted] = []
        for number in range(15):
            given = [("line 1", scene("s1", number))]
            race(*(lambda s=s, g=given: accepted.append(bus.emit(s, g)) for s in (left, right)))
        assert sum(one.accepted for one in accepted) == sum(one.duplicates for one in accepted) == 15


def test_of_two_that_publish_at_the_same_instant_one_is_told_that_it_is_stale(database_url: str) -> None:
    with open_session(database_url, []) as left, Session(database_url) as right:
        for number in range(15):
            told: list[str] = []

            def publish(session: Session, told: list[str] = told, number: int = number) -> None:
                try:
                    rule_registry.publish(session, bundle([rule("a", name=session.actor)]), base={"a": number})
                    told.append("published")
                except Refused as refused:
                    told.append(str(refused).split(":")[0])

            race(lambda: publish(left), lambda: publish(right))
            assert sorted(told) == ["published", f"rule 'a' changed since revision {number}"]


def test_a_switch_of_a_rule_does_not_undo_what_is_published_at_that_instant(database_url: str) -> None:
    with open_session(database_url, [rule("a", name="")]) as left, Session(database_url) as right:
        for number in range(15):
            race(
                lambda n=number: rule_registry.publish(left, bundle([rule("a", name=f"edit {n}")])),
                lambda n=number: rule_registry.set_enabled(right, "a", n % 2 == 0),
            )
            assert rule_registry.one(left, "a").rule.name == f"edit {number}"


def _replace_profile(url: str, **changes: Any) -> None:
    Session(url, profile=parse_profile({**PROFILE, **changes})).close()


def test_a_profile_that_a_firing_under_way_does_not_fit_is_refused(database_url: str) -> None:
    gate, dear = {"type": "gate"}, {"type": "submit_job", "job_type": "dear"}
    with open_session(database_url, [rule("a", gate, dear)]) as session:
        rule_registry.approve(session, "a")
        emit(session, scene("s1"))
        run(session)
        rule_registry.publish(session, bundle([rule("a")]))
        with pytest.raises(BadInput, match=r"rule a, revision 1: actions\[1\].*dear"):
            _replace_profile(database_url, job_types={"work": {}})
        controls.answer_gate(session, controls.gates(session)[0].id, approve=True)
        run(session)
        assert story(session) == [("a", "done", None)]
        _replace_profile(database_url, job_types={"work": {}})


def test_a_rule_read_before_the_profile_was_replaced_is_not_published(database_url: str) -> None:
    with open_session(database_url, []) as session:
        rules = bundle([rule("a", when={"where": {"field": "step", "op": "eq", "value": 1}})])
        _replace_profile(database_url, attributes={})
        with pytest.raises(BadInput, match=r"rule a\.when\.where\.field: unknown field 'step'"):
            rule_registry.publish(session, rules)
        assert rule_registry.standing(session) == []


def test_a_failed_firing_that_no_longer_fits_the_profile_is_not_retried(database_url: str) -> None:
    with open_session(database_url, [rule("a", JOB, {"type": "submit_job", "job_type": "dear"})]) as session:
        rule_registry.approve(session, "a")
        emit(session, scene("s1"))
        run(session, fail=["work"])
        rule_registry.publish(session, bundle([rule("a")]))
        _replace_profile(database_url, job_types={"work": {}})
        (entry,) = trigger_log.entries(session)
        with pytest.raises(Refused, match=r"actions\[1\].*dear"):
            controls.retry(session, entry["id"])


def test_an_event_that_cannot_be_decided_stops_its_project_only(pipe: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    session = pipe(rule("a"))
    emit(session, scene("s0", project="p1"), scene("odd", project="p1"), scene("s1", project="p1"))
    emit(session, scene("s2", project="p2"))
    with monkeypatch.context() as patched:
        patched.setattr(guards, "obstacle", _broken_for("odd", guards.obstacle))
        with pytest.raises(ZeroDivisionError):
            run(session)
    assert [entry["entity_id"] for entry in trigger_log.entries(session)] == ["s0", "s2"]
    run(session)
    assert [entry["entity_id"] for entry in trigger_log.entries(session)] == ["s0", "odd", "s1", "s2"]
    assert [entry["status"] for entry in trigger_log.entries(session)] == ["done"] * 4


def _broken_for(entity_id: str, real: Callable[..., Any]) -> Callable[..., Any]:
    def obstacle(attempt: Attempt) -> Any:
        return 1 / 0 if attempt.event.entity_id == entity_id else real(attempt)

    return obstacle


def test_a_discarded_completion_may_complete_again_in_the_same_batch(pipe: Any) -> None:
    join = {"every": {"entity": "scene", "of": "character", "status": "approved"}}
    session = pipe(rule("a", when=join), entities={"scenes": [{"id": "s1", "character": "c"}]})
    controls.halt(session, "all", "", "wait")
    emit(session, scene("s1"))
    run(session)
    controls.resume(session, "all", "", discard=True)
    emit(session, scene("s1", 2))
    run(session)
    assert story(session) == [("a", "refused", "discarded"), ("a", "done", None)]


def test_the_log_of_two_engines_is_numbered_in_the_order_of_their_commits(postgres_url: str) -> None:
    """Whoever follows the log reads on from the newest number, so none may appear below it later."""
    gated = rule("a", {"type": "gate"})
    with open_session(postgres_url, [gated]) as session, Session(postgres_url) as other:
        emit(session, scene("s1", project="p1"), scene("s2", project="p2"))
        run(session)
        first, second = controls.gates(session)
        left, right = engine(session, "left"), engine(other, "right")
        controls.answer_gate(session, first.id, approve=True)
        with left.store.transaction() as transaction:
            batch = transaction.pending(10)
            world = transaction.world(batch, time.time())
            transaction.flush(world, left._decide(world, batch))
            controls_done = threading.Thread(
                target=controls.answer_gate, args=(other, second.id), kwargs={"approve": True}
            )
            controls_done.start()
            stepping = threading.Thread(target=lambda: until(right.step, 10, "the other engine's step"))
            stepping.start()
            time.sleep(0.5)
            newest = trigger_log.newest(session)
        controls_done.join()
        stepping.join()
        with session.database.read() as connection:
            early = sa.select(tables.log.c.id).order_by(tables.log.c.id)
            assert newest == connection.execute(early).scalars().all()[1]


def test_an_engine_switched_off_at_once_is_off(database_url: str) -> None:
    with open_session(database_url, [rule("a")]) as session:
        thread = EngineThread(session)
        for _ in range(5):
            thread.start()
            thread.stop(5)
            assert thread.state is State.STOPPED
            assert not [t for t in threading.enumerate() if t.name == "engine"]


def test_a_join_over_lanes_is_serial_even_if_the_event_does_not_name_the_character(postgres_url: str) -> None:
    """Events stored before their entities had a character do not name it; the entities do when they are decided."""
    join = {"every": {"entity": "scene", "of": "character", "status": "approved", "min": 2}}
    bare = {"scenes": [{"id": "s1", "project": "p1"}, {"id": "s2", "project": "p2"}]}
    with open_session(postgres_url, [rule("a", when=join)], bare) as session, Session(postgres_url) as other:
        emit(session, scene("s1"), scene("s2"))
        scenes = [{"id": "s1", "character": "c"}, {"id": "s2", "character": "c"}]
        pipeline.import_entities(session, read_pipeline({"scenes": scenes}, session.profile))
        left, right = engine(session, "left"), engine(other, "right")
        with left.store.transaction() as transaction:
            batch = transaction.pending(1)
            world = transaction.world(batch, time.time())
            decided = left._decide(world, batch)
            stepping = threading.Thread(target=lambda: until(right.step, 10, "the other engine's step"))
            stepping.start()
            time.sleep(0.5)
            transaction.flush(world, decided)
        stepping.join()
        assert len(story(session)) == 1


def test_an_engine_whose_clock_goes_ahead_does_not_take_the_others_for_dead(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook = {"type": "call_webhook", "url": "http://127.0.0.1:9/"}
    with open_session(postgres_url, [rule("a", hook)]) as session:
        emit(session, scene("s1"))
        left, right = (SqlStore(session.database, session.cache, name) for name in ("left", "right"))
        Engine(left, _Idle).step()
        assert left.heartbeat(0.0, FaultRecord()) == []
        with monkeypatch.context() as ahead:
            ahead.setattr(time, "time", lambda real=time.time: real() + 3600)
            assert right.heartbeat(0.0, FaultRecord()) == []


def test_two_jobs_of_a_firing_that_end_at_once_under_different_names_let_it_end(postgres_url: str) -> None:
    """A job without a project, whose end is told once with a project and once without."""
    with (
        open_session(postgres_url, [rule("a", JOB, JOB, mode="parallel")]) as session,
        Session(postgres_url) as other,
    ):
        emit(session, scene("s1"))
        left, right = engine(session, "left"), engine(other, "right")
        left.step()
        one, two = (job["id"] for job in trigger_log.jobs(session))
        emit(session, event("e1", "completed", "job", one), event("e2", "completed", "job", two, project="p2"))
        with left.store.transaction() as transaction:
            batch = transaction.pending(1)
            world = transaction.world(batch, time.time())
            decided = left._decide(world, batch)
            right.step()
            transaction.flush(world, decided)
        while right.step():
            pass
        assert story(session) == [("a", "done", None)]


def test_the_farm_and_somebody_outside_end_a_job_at_the_same_instant(postgres_url: str) -> None:
    with open_session(postgres_url, [rule("a", JOB)]) as session, Session(postgres_url) as other:
        emit(session, scene("s1"))
        left, right = engine(session, "left", farm=True), engine(other, "right")
        left.step()
        (job,) = trigger_log.jobs(session)
        emit(session, event("e1", "completed", "job", job["id"]))
        with left.store.transaction() as transaction:
            due = transaction.due_job(None, 1.0)
            assert due is not None
            stepped: list[bool] = []
            stepping = threading.Thread(target=lambda: stepped.append(right.step()))
            stepping.start()
            time.sleep(0.5)
            world = transaction.world(Claim(), time.time())
            end_job(world, due, ok=True)
            transaction.flush(world, [])
        stepping.join()
        assert stepped == [True]
        while right.step():
            pass
        assert story(session) == [("a", "done", None)]


class _Idle:
    """An outbox that does not get round to anything."""

    def start(self, ids: Sequence[str]) -> None:
        pass

    def adopt(self, dead_executor_id: str) -> None:
        pass

    def keep_up(self) -> None:
        pass

    def close(self, timeout_s: float) -> None:
        pass


def test_engines_of_two_machines_with_the_same_name_are_told_apart(tmp_path: Path) -> None:
    slots = [Slot(tmp_path / "one"), Slot(tmp_path / "one"), Slot(tmp_path / "two")]
    names = [slot.executor_id for slot in slots]
    assert len(set(names)) == 3
    for slot in slots:
        slot.release()
    again = Slot(tmp_path / "two")
    assert again.executor_id == names[2]
    again.release()


@pytest.mark.parametrize("too_long", ["999999w", "36501d"])
def test_nothing_is_due_after_the_end_of_the_calendar(too_long: str) -> None:
    with pytest.raises(BadInput, match="timeout"):
        bundle([rule("a", {"type": "gate", "timeout": too_long})])
    with pytest.raises(BadInput, match="duration_s"):
        parse_profile({**PROFILE, "job_types": {"work": {"duration_s": 1e12}}})


def test_a_status_that_was_changed_meanwhile_and_is_written_back_changed_twice(postgres_url: str) -> None:
    again = rule("a", {"type": "set_status", "status": "approved"})
    with open_session(postgres_url, [again], {"scenes": [{"id": "s1"}]}) as session, Session(postgres_url) as other:
        emit(session, scene("s1", 1))
        run(session)
        (before,) = pipeline.entities(session, "scene")
        emit(session, scene("s1", 2))
        with SqlStore(session.database, session.cache, "engine").transaction() as transaction:
            batch = transaction.pending(10)
            world = transaction.world(batch, time.time())
            pipeline.set_status(other, "scene", "s1", "draft")
            decide_event(world, batch.events[0])
            transaction.flush(world, [batch.events[0].seq])
        (after,) = pipeline.entities(session, "scene")
        assert (before.status, after.status) == ("approved", "approved")
        assert after.changed_seq == after.status_seq > before.changed_seq
