"""The profile and the demonstration that come with the program."""

from __future__ import annotations

import io
from pathlib import Path

import orjson
import pytest

from trigger_studio import resources
from trigger_studio.model.bundle import bundle_document, parse_bundle
from trigger_studio.model.documents import read_document
from trigger_studio.model.entities import read_pipeline
from trigger_studio.model.event_codec import read_event_file, read_events
from trigger_studio.model.profiles import load_profile, parse_profile, profile_document
from trigger_studio.model.rule import Rule, SubmitJob, needs_approval, walk
from trigger_studio.model.yaml_core import write_yaml
from trigger_studio.services.pipeline import import_entities
from trigger_studio.services.rule_registry import approve, import_files
from trigger_studio.services.session import Session
from trigger_studio.services.simulation import dry_run, report

PROFILE = load_profile()
DEMO = resources.path("demo")


@pytest.fixture(scope="module")
def rules() -> list[Rule]:
    return parse_bundle(read_document(DEMO / "rules.yaml"), PROFILE)


def test_default_profile_says_what_is_documented() -> None:
    emits = {name: job.emits for name, job in PROFILE.job_types.items()}
    assert emits == {
        "scene_generation": ("scene",),
        "variant_generation": ("variant",),
        "qa": ("qa",),
        "concatenation": ("concatenation",),
        "packaging": ("delivery",),
    }
    assert {name for name, job in PROFILE.job_types.items() if job.cost == "generation"} == {
        "scene_generation",
        "variant_generation",
    }
    assert PROFILE.human == ("variant.approved", "scene.approved", "delivery.approved")
    assert PROFILE.attributes["resolution_tier"].values == ("480p", "720p", "1080p", "4k", "8k")
    assert (PROFILE.limits.max_depth, PROFILE.limits.firings_per_rule_and_entity_per_hour) == (10, 100)


def test_profile_survives_being_written_and_read() -> None:
    assert parse_profile(read_document(write_yaml(profile_document(PROFILE)))) == PROFILE


def test_demo_rules_survive_being_written_and_read(rules: list[Rule]) -> None:
    assert parse_bundle(read_document(write_yaml(bundle_document(rules))), PROFILE) == rules


def test_demo_rules_that_generate_need_approval(rules: list[Rule]) -> None:
    assert {rule.id for rule in rules if needs_approval(rule, PROFILE)} == {
        "mira-scenes-on-hero-approval",
        "juno-scenes-on-winter-approval",
        "variants-on-casting",
    }
    assert [rule.id for rule in rules if not rule.enabled] == ["variants-on-casting"]


def test_demo_generates_exactly_the_scenes_of_the_pipeline(rules: list[Rule]) -> None:
    entities = read_pipeline(read_document(DEMO / "pipeline.json"), PROFILE)
    scenes = {entity.id for entity in entities if entity.kind == "scene"}
    actions = [action for rule in rules for action in walk(rule.actions)]
    generated = {
        action.params["scene_id"] for action in actions if isinstance(action, SubmitJob) and "scene_id" in action.params
    }
    assert scenes == generated
    assert len([scene for scene in scenes if scene.startswith("mira-")]) == 9


def test_demo_event_is_about_an_entity_of_the_pipeline() -> None:
    event = read_event_file(DEMO / "event.json", PROFILE)
    entities = read_pipeline(read_document(DEMO / "pipeline.json"), PROFILE)
    assert (event.entity, event.entity_id) in {(entity.kind, entity.id) for entity in entities}


STORY = {
    "mira-hero": [
        (1, "mira-scenes-on-hero-approval"),
        *[(2, "scene-qa")] * 9,
        (3, "mira-cut-when-all-scenes-approved"),
        (4, "package-after-sign-off"),
        (5, "delivery-ready"),
        (1, "delivery-approved"),
    ],
    # The second scene fails its checks, and a person approves it; the join is as deep as the deepest of its members.
    "juno-winter": [
        (1, "juno-scenes-on-winter-approval"),
        *[(2, "scene-qa-4k")] * 3,
        (3, "juno-cut-when-all-scenes-approved"),
        (4, "package-after-sign-off"),
        (5, "delivery-ready"),
        (1, "delivery-approved"),
    ],
}


@pytest.mark.parametrize("variant", STORY)
def test_the_demo_runs_from_a_variants_approval_to_the_delivery(variant: str, empty_sqlite_url: str) -> None:
    line = {"id": "start", "type": "approved", "entity": "variant", "entity_id": variant}
    [(_, event)] = read_events(io.BytesIO(orjson.dumps(line)), PROFILE)
    with Session(empty_sqlite_url, profile=PROFILE) as session:
        import_entities(session, read_pipeline(read_document(DEMO / "pipeline.json"), PROFILE))
        import_files(session, [DEMO / "rules.yaml"])
        approve(session, STORY[variant][0][1])
        told = report(dry_run(session, event, assume_approvals=True))
    assert [(firing["depth"], firing["rule"]) for firing in told["firings"]] == STORY[variant]
    assert {firing["status"] for firing in told["firings"]} == {"done"}
    assert not told["refusals"]


def test_reading_a_profile_of_a_studio(tmp_path: Path) -> None:
    file = tmp_path / "studio.yaml"
    file.write_text(write_yaml({**profile_document(PROFILE), "kinds": [*PROFILE.kinds, "prop"]}))
    assert load_profile(file).kinds[-1] == "prop"
