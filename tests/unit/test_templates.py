"""The gallery: every template is sound under the default profile, can fire, and leads into no loop."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.studio import furnish
from tests.unit.rules import PROFILE
from trigger_studio import resources
from trigger_studio.analysis.wording.words import sentence
from trigger_studio.model.bundle import parse_bundle
from trigger_studio.model.documents import read_document
from trigger_studio.model.profile import Profile
from trigger_studio.model.rule import document
from trigger_studio.model.rule_ids import free_id
from trigger_studio.services import pipeline
from trigger_studio.services.rule_preview import RuleEvaluator
from trigger_studio.services.session import Session
from trigger_studio.services.templates import FOLDER, Template, templates
from trigger_studio.studio.paths import path_of, value_at

GALLERY = templates(PROFILE)
IDS = [template.id for template in GALLERY]


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    url = f"sqlite:///{tmp_path_factory.mktemp('gallery') / 'studio.db'}"
    with Session(url):
        pass
    furnish(url)
    with Session(url) as opened:
        yield opened


def test_there_are_a_dozen_and_more_and_none_is_forgotten() -> None:
    files = {path.stem for path in resources.path(FOLDER).glob("*.yaml")} - {"gallery"}
    assert set(IDS) == files
    assert len(IDS) == len(files) >= 12
    assert len({template.rule.name for template in GALLERY}) == len(IDS)


@pytest.mark.parametrize("id", IDS)
def test_a_template_is_a_bundle_of_one_rule_and_its_card_says_what_it_does(id: str) -> None:
    [rule] = parse_bundle(read_document(resources.path(FOLDER) / f"{id}.yaml"), PROFILE)
    assert rule.id == id
    assert rule.description.endswith(".")
    assert sentence(rule, PROFILE).startswith("When any ")


@pytest.mark.parametrize("template", GALLERY, ids=IDS)
def test_what_a_template_asks_for_is_there(template: Template) -> None:
    content = document(template.rule)
    for blank in template.blanks:
        value = value_at(content, path_of(blank.path))
        expected = {"characters": "all", "addresses": ["you@example.org"]}.get(blank.ask, value)
        assert value == expected
        assert value


@pytest.mark.parametrize("template", GALLERY, ids=IDS)
def test_a_template_can_fire_and_comes_to_an_end(template: Template, session: Session) -> None:
    alone = template.rule.model_copy(update={"priority": 1000})
    seen = RuleEvaluator(session).look(alone, None, pipeline.entities(session), assume_approvals=True)
    assert seen.foretold is not None
    assert template.id in {firing["rule"] for firing in seen.foretold.report["firings"]}
    assert not seen.foretold.cut
    assert "depth" not in {refusal["reason"] for refusal in seen.foretold.report["refusals"]}


def test_the_gallery_is_searched_by_any_word() -> None:
    def found(sought: str) -> set[str]:
        return {template.id for template in GALLERY if template.matches(sought)}

    assert found("") == set(IDS)
    assert found("kitsu") == {"tracker-webhook"}
    assert found("GATE 8k") == {"ask-before-8k"}
    assert {"retry-lower-tier", "failed-cut-again"} <= found("retry")
    assert found("nobody has this") == set()


def test_a_studio_without_what_a_template_is_about_is_not_offered_it() -> None:
    fewer = {name: job for name, job in PROFILE.job_types.items() if name != "scene_generation"}
    small = Profile.model_validate({**PROFILE.model_dump(), "job_types": fewer})
    left = {template.id for template in templates(small)}
    assert "generate-on-approval" not in left
    assert "failed-notify" in left


def test_an_id_is_free_and_made_of_the_name() -> None:
    assert free_id("Über 4k: approve!", ()) == "uber-4k-approve"
    assert free_id("Check", {"check", "check-2"}) == "check-3"
    assert free_id("…", ()) == ""
    assert len(free_id("x" * 200, {"x" * 56})) <= 64
