"""The sentence's picks over random rules: each sets what it says, and nothing else. No window is needed."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from tests.property.dice import ATTRIBUTES, JOB_TYPES, KINDS
from tests.property.rule_maker import RuleMaker
from trigger_studio.analysis.conditions.missing import tolerated
from trigger_studio.analysis.wording import words
from trigger_studio.analysis.wording.sentence import Part, Teller, text_of
from trigger_studio.model.bundle import parse_rule
from trigger_studio.model.event import Entity
from trigger_studio.model.profile import Profile
from trigger_studio.model.rule import document
from trigger_studio.studio.form.entity_stats import Census
from trigger_studio.studio.form.picks import current, picked, plain_choices
from trigger_studio.studio.paths import path_of, value_at

PROFILE = Profile.model_validate(
    {
        "kinds": list(KINDS),
        "attributes": ATTRIBUTES,
        "job_types": {name: {"cost": "light"} for name in JOB_TYPES},
        "actions": {"trigger_qa": "qa", "start_concatenation": "concatenation", "package_delivery": "packaging"},
    }
)
CENSUS = Census([Entity("character", "c0", "Mira"), Entity("project", "p0", "Aurora"), Entity("project", "p1")], KINDS)
TELLER = Teller(PROFILE, CENSUS.name)


def rules(seed: int, number: int = 12) -> Iterator[dict[str, Any]]:
    maker = RuleMaker(Random(seed))
    for place in range(number):
        yield document(parse_rule(maker.rule(place), PROFILE))


def leaves(value: Any, path: tuple[Any, ...] = ()) -> dict[tuple[Any, ...], Any]:
    """Every value in a document by its place."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if not items:
        return {path: value}
    return {place: leaf for key, item in items for place, leaf in leaves(item, (*path, key)).items()}


def around(part: Part, content: dict[str, Any]) -> tuple[Any, ...]:
    """How far a pick may reach: its value; for what a value must fit, its condition; for a pair, both of it."""
    path = path_of(part.path)
    if part.kind not in ("field", "op"):
        return path
    pair = path[:-3]
    return pair if path[-3:-1] == ("any", 0) and tolerated(value_at(content, pair)) else path[:-1]


@pytest.mark.parametrize("seed", range(6))
def test_the_sentence_of_a_document_is_that_of_its_rule(seed: int) -> None:
    for content in rules(seed):
        plain = text_of(Teller(PROFILE).rule(content))
        assert plain == words.sentence(parse_rule(content, PROFILE), PROFILE)
        assert "  " not in plain


@pytest.mark.parametrize("seed", range(6))
def test_every_pick_sets_exactly_its_value(seed: int) -> None:
    picks = 0
    for content in rules(seed):
        for part in TELLER.rule(content):
            choices = plain_choices(part, content, PROFILE, CENSUS) if part.kind else None
            if part.kind in ("actions", "condition"):
                continue  # they add, and are tried by hand
            for choice in choices or ():
                after = picked(part, choice.value, content, PROFILE)
                picks += 1
                assert current(part, after) == choice.value or part.kind == "missing", (part, choice)
                reach = around(part, content)
                before, now = leaves(content), leaves(after)
                changed = {path for path in before | now if before.get(path, ...) != now.get(path, ...)}
                assert all(path[: len(reach)] == reach for path in changed), (part, choice, changed)
                if part.kind not in ("kind", "of"):
                    parse_rule(after, PROFILE)
    assert picks > 200


def test_whether_an_unknown_attribute_matches_goes_along_with_its_condition() -> None:
    pair = {"any": [{"field": "variant", "op": "eq", "value": "hero"}, {"field": "variant", "op": "is_not_set"}]}
    when: dict[str, Any] = {"event": "approved", "entity": "scene", "where": pair}
    content: dict[str, Any] = {"id": "r", "when": when, "actions": []}
    parts = {part.kind: part for part in TELLER.rule(content)}
    assert "variant is hero or not known" in text_of(TELLER.rule(content))
    other = picked(parts["field"], "scene_type", content, PROFILE)
    assert other["when"]["where"]["any"][1] == {"field": "scene_type", "op": "is_not_set"}
    asked = picked(parts["op"], "is_set", content, PROFILE)
    assert asked["when"]["where"] == {"field": "variant", "op": "is_set"}
    strict = picked(parts["missing"], False, content, PROFILE)
    assert strict["when"]["where"] == pair["any"][0]
    assert picked(Part("", "when.where", "missing"), True, strict, PROFILE) == content


def test_what_is_not_there_yet_reads_as_an_ellipsis() -> None:
    unfinished: list[dict[str, Any]] = [
        {"when": {}, "actions": []},
        {"when": {"where": {"all": []}, "every": {}}, "actions": [{"type": "branch"}, {}, 3]},
        {"when": {"where": {"field": "x", "op": "?"}, "scope": 7, "every": 5}, "actions": "none"},
        {"when": [], "actions": [{"type": "send_notification"}, {"type": "call_webhook"}, {"type": "gate"}]},
    ]
    for content in unfinished:
        assert text_of(TELLER.rule(content)).startswith("When any ")


def test_entities_are_counted_by_name() -> None:
    scenes = [Entity("scene", f"s{n}", character="c0", attributes={"scene_type": "action"}) for n in range(9)]
    census = Census([Entity("character", "c0", "Mira"), Entity("variant", "v", character="c0"), *scenes], KINDS)
    assert [choice.line for choice in census.entities("character")] == ["Mira — 1 variant, 9 scenes"]
    assert [choice.line for choice in census.values("scene_type", ("action", "dialogue"))] == [
        "action — 9 scenes", "dialogue",
    ]  # fmt: skip
    assert census.statuses()[4].line == "draft — 11 in the pipeline"
