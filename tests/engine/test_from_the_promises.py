"""What a plausible engine gets wrong in the promises, each with the input that shows it; on both databases."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
import sqlalchemy as sa

from tests.engine.steps import JOB, run, scene, story
from tests.engine.steps import rule as on_scene
from tests.support.engines import PROFILE, emit, event
from trigger_studio.errors import BadInput
from trigger_studio.model.bundle import parse_bundle
from trigger_studio.model.profiles import parse_profile
from trigger_studio.services import controls, rule_registry, simulation, trigger_log
from trigger_studio.services.session import Session
from trigger_studio.storage import tables

TAGS = {"tags": ["wet", "night"], "rate": 0.5}


def delivered(session: Session) -> list[dict[str, Any]]:
    """What was handed over to leave the house, in the order in which it was made."""
    with session.database.read() as connection:
        found = connection.execute(sa.select(tables.deliveries.c.request_json).order_by(tables.deliveries.c.id))
        return [orjson.loads(text) for text in found.scalars()]


def test_a_template_that_keeps_its_type_is_text_where_text_is_needed(pipe: Any) -> None:
    gates = [{"type": "gate", "message": f"{{{{ event.{name} }}}}"} for name in ("tags", "rate", "nothing")]
    session = pipe(on_scene("a", *gates, mode="parallel"))
    emit(session, scene("s1", attributes=TAGS))
    run(session)
    assert [gate.message for gate in controls.gates(session)] == ['["wet","night"]', "0.5", ""]


def test_the_templates_of_a_message_are_filled_its_channel_among_them(pipe: Any) -> None:
    to = ["{{ event.tags }}", "{{ event.rate }}", "{{ event.nothing }}", "x@example.org"]
    message = {"type": "send_notification", "channel": "{{ event.entity }}", "to": to, "message": "{{ event.rate }}"}
    session = pipe(on_scene("a", message))
    emit(session, scene("s1", attributes=TAGS))
    run(session)
    people = ["wet", "night", "0.5", "x@example.org"]
    assert delivered(session) == [{"channel": "scene", "to": people, "message": "0.5"}]


def test_templates_read_all_of_a_rule_and_a_firing(pipe: Any) -> None:
    names = [f"rule.{name}" for name in ("description", "enabled", "mode", "max_depth", "revision", "project")]
    names += [f"firing.{name}" for name in ("rule", "revision", "event_id", "cause", "depth")]
    params = {name.replace(".", "_"): f"{{{{ {name} }}}}" for name in names}
    rule = on_scene("a", {**JOB, "params": params}, description="why", mode="parallel", max_depth=3)
    session = pipe(rule)
    emit(session, scene("s1"))
    run(session)
    (job,) = trigger_log.jobs(session)
    assert job["params"] == {
        "rule_description": "why", "rule_enabled": True, "rule_mode": "parallel", "rule_max_depth": 3,
        "rule_revision": 1, "firing_rule": "a", "firing_revision": 1, "firing_event_id": "evt-s1-1", "firing_depth": 1,
    }  # fmt: skip


@pytest.mark.parametrize("cause", ["f\u00b2-1", "f1-\u00b2", "f-1", "f1-", f"f1-{2**40}", f"f{2**70}-1", "-"])
def test_what_is_no_id_of_a_firing_is_an_unknown_cause(pipe: Any, cause: str) -> None:
    session = pipe(on_scene("a"))
    emit(session, scene("s1"))
    run(session)
    with pytest.raises(BadInput, match="there is no firing"):
        emit(session, scene("s2", cause=cause))


def test_an_event_about_what_takes_the_id_of_an_open_job_has_its_depth(pipe: Any) -> None:
    shot = {"type": "submit_job", "job_type": "shot"}
    session = pipe(on_scene("a", shot, when={"entity": "variant"}), on_scene("b"))
    emit(session, event("e1", "approved", "variant", "v1"))
    run(session, farm=False)
    (job,) = trigger_log.jobs(session)
    emit(session, event("e2", "approved", "scene", job["id"]))
    run(session, farm=False)
    assert [(entry["rule"], entry["depth"]) for entry in trigger_log.entries(session)] == [("a", 1), ("b", 2)]


def test_the_log_around_a_job_holds_what_its_events_from_outside_started(pipe: Any) -> None:
    session = pipe(on_scene("a"), on_scene("b", when={"entity": "variant"}), on_scene("c", when={"event": "failed"}))
    emit(session, scene("s1"), scene("s2"))
    run(session, farm=False)
    job, other = trigger_log.jobs(session)
    emit(
        session,
        event("x1", "approved", "variant", "v1", job_id=job["id"]),
        event("x2", "failed", "scene", "s9", job_id=other["id"]),
    )
    run(session, farm=False)
    assert [entry["rule"] for entry in trigger_log.entries(session, job=job["id"])] == ["a", "b"]
    assert [entry["rule"] for entry in trigger_log.entries(session, job=job["id"], rule="b")] == ["b"]
    assert [entry["rule"] for entry in trigger_log.entries(session, job=other["id"])] == ["a", "c"]


@pytest.mark.parametrize(("least", "fires"), [(0.5, True), (1.5, False), (2.0, False), (-3, True)])
def test_a_join_wants_as_many_as_a_number_says_whole_or_not(pipe: Any, least: float, fires: bool) -> None:
    every = {"entity": "scene", "of": "character", "status": "approved", "min": least}
    session = pipe(on_scene("a", when={"every": every}))
    emit(session, scene("s1", character="mira"))
    run(session)
    assert bool(story(session)) == fires


def test_moments_that_are_equal_by_the_profile_are_equal_on_the_clock(pipe: Any) -> None:
    """0.1 and then 0.2 is 0.3: the job that was submitted first ends first."""
    short, more, long = ({"type": "submit_job", "job_type": f"t{tenths}"} for tenths in (1, 2, 3))
    session = pipe(
        on_scene("a", {"type": "parallel", "actions": [long, {"type": "sequence", "actions": [short, more]}]})
    )
    foretold = simulation.dry_run(session, scene("s1"))
    ends = [foretold.world.changes.jobs[e.entity_id].job_type for e in foretold.events if e.entity == "job"]
    assert ends == ["t1", "t3", "t2"]


def test_a_job_raises_its_own_event_and_one_of_each_kind_however_often_the_profile_names_them(pipe: Any) -> None:
    profile = parse_profile({**PROFILE, "job_types": {"shot": {"emits": ["job", "scene", "scene"]}}})
    session = pipe()
    with Session(session.database.url.render_as_string(hide_password=False), profile=profile) as other:
        document = on_scene("a", {"type": "submit_job", "job_type": "shot"})
        rule_registry.publish(other, parse_bundle({"format": "trigger-studio/1", "rules": [document]}, profile))
        emit(other, scene("s1"))
        run(other)
        (entry,) = trigger_log.entries(other)
    assert [event.rsplit(":", 1)[1] for event in entry["emitted"]] == ["job.completed", "scene.completed"]


def test_a_project_is_its_own_project_where_a_template_asks(pipe: Any) -> None:
    entities = {"projects": [{"id": "p1"}], "characters": [{"id": "c1", "project": "p1"}]}
    ask = {**JOB, "params": {"parents": "{{ entity.project }}/{{ entity.character }}"}}
    session = pipe(
        *(on_scene(kind, ask, when={"entity": kind}) for kind in ("project", "character")), entities=entities
    )
    emit(session, event("e1", "approved", "project", "p1"), event("e2", "approved", "character", "c1"))
    run(session)
    assert [job["params"]["parents"] for job in trigger_log.jobs(session)] == ["p1/", "p1/c1"]


def test_a_dry_run_of_one_rule_tells_only_of_stops_that_follow_from_it(pipe: Any) -> None:
    look, shot = {"type": "gate", "message": "Look"}, {"type": "submit_job", "job_type": "shot"}
    session = pipe(on_scene("a", look), on_scene("b", {**shot, "params": {"scene_id": "s2"}}), on_scene("c", look))
    outcome = simulation.dry_run(session, scene("s1"))
    stops = {rule: simulation.report(outcome, rule)["stops"] for rule in (None, "a", "b")}
    first, last, person = stops[None]
    assert (first["after"], last["after"], person["after"]) == ("f1-1", "f1-3", "scene s2")
    assert (stops["a"], stops["b"]) == ([first], [person])


def test_a_dry_run_under_a_profile_that_the_rules_do_not_fit_is_refused(pipe: Any) -> None:
    url = pipe(on_scene("a")).database.url.render_as_string(hide_password=False)
    other = parse_profile({**PROFILE, "job_types": {"shot": {}}})
    with (
        Session(url, profile=other, keep_profile=False) as session,
        pytest.raises(BadInput, match=r"rule a: actions\[0\].job_type: unknown job type 'work'"),
    ):
        simulation.dry_run(session, scene("s1"))


def test_a_kind_may_have_a_dot_in_its_name() -> None:
    kinds = [*PROFILE["kinds"], "shot.v2"]
    profile = parse_profile({**PROFILE, "kinds": kinds, "human": ["shot.v2.approved"]})
    assert profile.awaited == (("shot.v2", "approved"),)
    assert profile.is_human("shot.v2", "approved")


def test_an_open_job_is_about_every_entity_that_its_parameters_name(pipe: Any) -> None:
    session = pipe(on_scene("a", JOB | {"params": {"variant_id": "v1", "scene_id": "", "step": 1}}))
    emit(session, scene("s1"))
    run(session, farm=False)
    emit(session, *(event(f"{kind}-{id}", "failed", kind, id) for kind, id in [("variant", "v1"), ("scene", "v1")]))
    with session.database.read() as connection:
        found = connection.exec_driver_sql("SELECT entity, depth, chain, caused_by FROM events WHERE type = 'failed'")
        placed = {row.entity: tuple(row)[1:] for row in found}
    assert placed == {"variant": (1, "variant-v1", None), "scene": (0, "scene-v1", None)}


def test_a_template_reads_the_attribute_where_the_events_own_key_is_null(pipe: Any) -> None:
    names = {"project": "{{ event.project }}", "character": "{{ event.character }}", "name": "{{ entity.name }}"}
    session = pipe(on_scene("a", JOB | {"params": names}))
    emit(session, scene("s1", project="p1", attributes={"project": "theirs", "character": "mira", "name": "The one"}))
    run(session)
    assert trigger_log.jobs(session)[0]["params"] == {"project": "p1", "character": "mira", "name": "The one"}


def test_a_parameter_that_counts_as_missing_leaves_what_is_inherited(pipe: Any) -> None:
    shot = {"type": "submit_job", "job_type": "shot", "params": {"step": "many", "chain": None, "other": None}}
    session = pipe(on_scene("a", shot), on_scene("b", when={"event": "completed"}))
    emit(session, scene("s1", attributes={"step": 2, "chain": "x", "other": "y"}))
    run(session)
    with session.database.read() as connection:
        sql = "SELECT attributes_json FROM events WHERE id LIKE 'ts:%%' AND entity = 'scene'"
        (text,) = connection.exec_driver_sql(sql).one()
    assert orjson.loads(text) == {"step": 2, "chain": "x", "other": "y", "job_type": "shot"}
