"""Phrases of rules, and the index over them."""

from __future__ import annotations

from typing import Any

from trigger_studio.analysis.wording.phrases import Phrase, phrases, unfinished
from trigger_studio.model.profiles import load_profile
from trigger_studio.model.rule import Rule, document
from trigger_studio.studio.search.index import Index

PROFILE = load_profile()


def said(*actions: dict[str, Any], where: Any = None) -> list[str]:
    when = {"event": "approved", "entity": "variant", "scope": {"characters": ["mira"]}}
    rule = Rule.model_validate(
        {"id": "r", "name": "R", "when": when | ({"where": where} if where else {}), "actions": actions}
    )
    return [p.text for p in phrases(rule, document(rule), PROFILE, {"mira": "Mira (character)"}) if p.kind != "name"]


TIER = {"field": "resolution_tier", "op": "ge", "value": "1080p"}
JOB = {
    "type": "submit_job",
    "job_type": "scene_generation",
    "params": {"resolution_tier": "{{ event.resolution_tier }}"},
}


def test_a_job_says_which_tiers_it_can_have() -> None:
    assert "can submit scene generation jobs at 1080p, 4k or 8k" in said(JOB, where=TIER)
    assert "can submit scene generation jobs at any resolution tier" in said(JOB)
    assert "can submit scene generation jobs at 480p or 720p" in said(JOB, where={"none": [TIER]})
    fixed = {**JOB, "params": {"resolution_tier": "4k"}}
    assert "can submit scene generation jobs at 4k" in said(fixed)


def test_every_sort_of_action_is_said() -> None:
    branch = {
        "type": "branch",
        "if": TIER,
        "then": [{"type": "parallel", "actions": [{"type": "set_status", "status": "needs_review"}]}],
        "else": [{"type": "gate", "message": "Look"}],
    }
    told = said(
        branch,
        {"type": "send_notification", "channel": "email", "to": ["lead@example.org"], "message": "m"},
        {"type": "call_webhook", "url": "https://hooks.example.org/x"},
        {"type": "trigger_qa", "params": {"suite": "standard"}},
    )
    for phrase in (
        "sets the status to needs review",
        "waits for admin: Look",
        "sends email to lead@example.org",
        "calls hooks.example.org",
        "can submit QA jobs at any resolution tier with suite standard",
        "names Mira (character)",
    ):
        assert phrase in told


def test_a_rule_in_the_making_is_found_by_what_it_mentions() -> None:
    found = unfinished({"id": "x", "name": "Half", "actions": [{"type": "submit_job", "job_type": "lighting"}]}, {})
    assert "lighting" in found[2].text


def index(**texts: str) -> Index:
    made = Index()
    for key, text in texts.items():
        made.put(key, [Phrase("name", key), Phrase("does", text)])
    return made


def keys(made: Index, text: str) -> list[str]:
    return [match.key for match in made.find(text)]


def test_every_word_must_be_there_in_any_of_its_forms() -> None:
    made = index(a="can submit scene generation jobs at 4k", b="can submit QA jobs", c="sends email")
    assert keys(made, "What rules submit 4k jobs?") == ["a"]
    assert sorted(keys(made, "starts job")) == ["a", "b"]
    assert keys(made, "gener") == ["a"]
    assert keys(made, "genration") == ["a"], "a typing error is forgiven"
    assert keys(made, "mail") == ["c"]
    assert keys(made, "the of") == []
    assert keys(made, "4k email") == []


def test_a_name_comes_first_and_words_that_stand_together_before_others() -> None:
    made = index(email="calls a host", other="sends email")
    assert keys(made, "email") == ["email", "other"]
    made = Index()
    made.put("apart", [Phrase("does", "submits QA jobs"), Phrase("when", "when 4k")])
    made.put("together", [Phrase("does", "submits 4k jobs"), Phrase("when", "when QA")])
    assert keys(made, "4k job") == ["together", "apart"]
    assert made.find("4k job")[0].why[0].text == "submits 4k jobs"


def test_what_changed_is_found_and_what_went_is_not() -> None:
    made = index(a="walrus", b="seal")
    made.put("a", [Phrase("name", "otter")])
    assert (keys(made, "walrus"), keys(made, "otter")) == ([], ["a"])
    made.drop("a")
    assert keys(made, "otter") == []
    assert len(made) == 1
