"""Rules in plain English: every operator, group, scope, join and action."""

from __future__ import annotations

from typing import Any

import pytest

from trigger_studio.analysis.wording import words
from trigger_studio.model.profile import Profile
from trigger_studio.model.rule import Rule

PROFILE = Profile.model_validate(
    {
        "kinds": ["project", "character", "variant", "scene", "job", "qa"],
        "attributes": {
            "resolution_tier": {"type": "ordered", "values": ["480p", "720p", "1080p", "4k"]},
            "scene_type": {"type": "choice", "values": ["action", "dialogue", "title"]},
            "qa_pass_rate": {"type": "number"},
            "variant": {"type": "text"},
            "rush": {"type": "boolean"},
        },
        "job_types": {"scene_generation": {"cost": "generation", "gpu_hours": 2.5, "emits": ["scene"]}, "qa": {}},
        "actions": {"trigger_qa": "qa"},
    }
)


def rule(when: dict[str, Any] | None = None, actions: list[dict[str, Any]] | None = None, **more: Any) -> Rule:
    base = {"event": "approved", "entity": "variant", **(when or {})}
    return Rule.model_validate({"id": "r", "when": base, "actions": actions or [job()], **more})


def job(**params: Any) -> dict[str, Any]:
    return {"type": "submit_job", "job_type": "scene_generation", "params": params}


def test_the_sentence_of_the_documented_rule() -> None:
    where = {"field": "resolution_tier", "op": "ge", "value": "1080p"}
    made = rule({"scope": {"characters": ["mira"]}, "where": where})
    expected = "When any variant of mira is approved and resolution tier is at least 1080p → scene generation"
    assert words.sentence(made, PROFILE) == expected


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ({"field": "scene_type", "op": "eq", "value": "action"}, "scene type is action"),
        ({"field": "scene_type", "op": "ne", "value": "action"}, "scene type is not action"),
        ({"field": "scene_type", "op": "in", "value": ["action", "title"]}, "scene type is action or title"),
        ({"field": "scene_type", "op": "not_in", "value": ["action", "title"]}, "scene type is not action or title"),
        ({"field": "resolution_tier", "op": "lt", "value": "4k"}, "resolution tier is below 4k"),
        ({"field": "qa_pass_rate", "op": "lt", "value": 0.5}, "QA pass rate is less than 0.5"),
        ({"field": "qa_pass_rate", "op": "le", "value": 1}, "QA pass rate is at most 1"),
        ({"field": "resolution_tier", "op": "gt", "value": "4k"}, "resolution tier is above 4k"),
        ({"field": "qa_pass_rate", "op": "between", "value": [0.5, 1]}, "QA pass rate is between 0.5 and 1"),
        ({"field": "variant", "op": "contains", "value": "her"}, "variant contains her"),
        ({"field": "variant", "op": "starts_with", "value": "he"}, "variant starts with he"),
        ({"field": "variant", "op": "is_set"}, "variant is known"),
        ({"field": "variant", "op": "is_not_set"}, "variant is not known"),
        ({"field": "rush", "op": "eq", "value": True}, "rush is true"),
        ({"none": [{"field": "resolution_tier", "op": "ge", "value": "4k"}]}, "resolution tier is not at least 4k"),
        ({"none": [{"field": "variant", "op": "contains", "value": "x"}]}, "variant does not contain x"),
        ({"none": [{"field": "variant", "op": "ne", "value": "x"}]}, "variant is not other than x"),
    ],
)
def test_conditions(test: dict[str, Any], expected: str) -> None:
    where = rule({"where": test}).when.where
    assert where is not None
    assert words.clause(where, PROFILE) == expected


def test_groups_get_parentheses_only_where_they_are_needed() -> None:
    a, b = {"field": "variant", "op": "eq", "value": "a"}, {"field": "variant", "op": "eq", "value": "b"}

    def said(test: dict[str, Any]) -> str:
        where = rule({"where": test}).when.where
        assert where is not None
        return words.clause(where, PROFILE)

    assert said({"all": [a, b]}) == "variant is a and variant is b"
    assert said({"all": [{"any": [a, b]}, b]}) == "(variant is a or variant is b) and variant is b"
    assert said({"all": [{"any": [a]}, b]}) == "variant is a and variant is b"
    assert said({"none": [a, b]}) == "none of (variant is a; variant is b)"
    assert said({"none": [{"any": [a, b]}]}) == "not (variant is a or variant is b)"


@pytest.mark.parametrize(
    ("when", "project", "expected"),
    [
        ({"event": "completed"}, None, "any variant completes"),
        ({"event": "failed"}, "aurora", "any variant in aurora fails"),
        ({"scope": {"characters": "all"}}, None, "any variant of any character is approved"),
        ({"scope": {"characters": ["mira", "leo", "tom"]}}, None, "any variant of mira, leo or tom is approved"),
        (
            {"every": {"entity": "scene", "of": "character", "status": "approved", "min": 9}},
            None,
            "any variant is approved, once all scenes of the same character are approved, at least 9",
        ),
        (
            {"every": {"entity": "scene", "of": "project", "status": "approved", "min": "scene_count"}},
            None,
            "any variant is approved, once all scenes of the same project are approved, as many as its scene count",
        ),
    ],
)
def test_events_scopes_and_joins(when: dict[str, Any], project: str | None, expected: str) -> None:
    assert words.when_text(rule(when, project=project), PROFILE) == expected


def test_actions_of_every_type_in_one_sentence() -> None:
    mail = {"type": "send_notification", "channel": "email", "to": ["a@b.c", "d@e.f"], "message": "x"}
    hook = {"type": "call_webhook", "url": "https://example.org/hook"}
    branch = {
        "type": "branch",
        "if": {"field": "qa_pass_rate", "op": "gt", "value": 0.8},
        "then": [{"type": "set_status", "status": "needs_review"}],
    }
    made = rule(actions=[job(), {"type": "trigger_qa"}, mail, hook, branch, {"type": "gate"}])
    assert words.actions_text(made.actions, PROFILE) == (
        "scene generation, then trigger QA, then email to a@b.c and d@e.f, then call example.org, then "
        "if QA pass rate is more than 0.8: set status to needs review; otherwise: nothing, then wait for admin"
    )
    both = rule(actions=[{"type": "parallel", "actions": [job(), {"type": "sequence", "actions": [hook, hook]}]}])
    expected = "(scene generation and (call example.org, then call example.org), all at once)"
    assert words.actions_text(both.actions, PROFILE) == expected


def test_a_jobs_card_tells_it_from_its_siblings() -> None:
    card = words.action_label(rule(actions=[job(tier="4k", scene_id="s1", note="{{ event.id }}")]).actions[0], PROFILE)
    assert card == ("Scene generation", "s1 · 4k · 2.5 GPU-h")


def test_a_webhook_with_a_broken_address_still_has_words() -> None:
    made = rule(actions=[{"type": "call_webhook", "url": "http://[broken"}])
    assert words.actions_text(made.actions, PROFILE) == "call http://[broken"
