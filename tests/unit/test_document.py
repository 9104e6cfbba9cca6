"""The open document: commands, undo, drafts, what is told; without a window."""

from __future__ import annotations

from typing import Any

import pytest

from trigger_studio.model.profiles import load_profile
from trigger_studio.model.rule import Rule, document
from trigger_studio.services.overview import Overview
from trigger_studio.services.rule_registry import Standing
from trigger_studio.storage.halts import Halt
from trigger_studio.storage.rules import Draft
from trigger_studio.studio import paths
from trigger_studio.studio.chart.chart import Badge
from trigger_studio.studio.document import Change, Document, Part
from trigger_studio.studio.rule_badges import badges_of

PROFILE = load_profile()


def content(rule_id: str = "one", **other: Any) -> dict[str, Any]:
    rule = {
        "id": rule_id,
        "when": {"event": "approved", "entity": "variant"},
        "actions": [{"type": "set_status", "status": "approved"}],
        **other,
    }
    return document(Rule.model_validate(rule))


def standing(given: dict[str, Any], revision: int = 1, approval: str = "") -> Standing:
    rule = Rule.model_validate(given)
    return Standing(rule, revision, approval)


def overview(*rules: Standing, drafts: tuple[Draft, ...] = (), halts: tuple[Halt, ...] = ()) -> Overview:
    return Overview(1, PROFILE, rules, drafts, (), halts)


@pytest.fixture
def opened() -> Document:
    made = Document()
    made.load(overview(standing(content()), standing(content("two"))))
    return made


def test_an_edit_makes_a_draft_and_is_told_with_its_source(opened: Document) -> None:
    told: list[Change] = []
    opened.watch(told.append)
    opened.edit("one", content(name="New"), "change the name to New", source="form")
    assert told == [Change(Part.WORK | Part.HISTORY, "one", "form", ("one",))]
    working = opened.working("one")
    assert working is not None
    assert (working.base, working.content["name"]) == (1, "New")
    assert opened.checked("one").rule == Rule.model_validate(content(name="New"))
    assert [rule.id for rule in opened.drafts()] == ["one"]


def test_an_edit_that_changes_nothing_is_none(opened: Document) -> None:
    opened.edit("one", content(), "nothing")
    assert opened.undo_title == ""
    assert opened.working("one") is None


def test_undo_and_redo_name_what_they_do_and_go_all_the_way(opened: Document) -> None:
    opened.edit("one", content(name="A"), "change the name to A")
    opened.edit("one", content(name="A", priority=5), "change priority to 5")
    assert opened.undo_title == "change priority to 5"
    opened.undo()
    assert opened.content("one") == content(name="A")
    assert (opened.undo_title, opened.redo_title) == ("change the name to A", "change priority to 5")
    opened.undo()
    opened.undo()
    assert opened.content("one") == content()
    assert opened.working("one") is None
    opened.redo()
    opened.redo()
    opened.redo()
    assert opened.content("one") == content(name="A", priority=5)
    assert opened.redo_title == ""


def test_typing_in_one_field_is_one_step(opened: Document) -> None:
    for name in ("H", "He", "Her"):
        opened.edit("one", content(name=name), f"change the name to {name}", merge="name")
    opened.edit("two", content("two", name="x"), "change the name to x", merge="name")
    opened.undo()
    assert opened.undo_title == "change the name to Her"
    opened.undo()
    assert opened.content("one") == content()


def test_undo_survives_publishing(opened: Document) -> None:
    opened.edit("one", content(name="A"), "change the name to A")
    opened.load(overview(standing(content(name="A"), 2), standing(content("two"))), drafts=False)
    assert opened.working("one") is None
    opened.undo()
    working = opened.working("one")
    assert working is not None
    assert (working.base, working.content) == (2, content())


def test_somebody_elses_publish_makes_a_draft_stale_and_keeps_it(opened: Document) -> None:
    opened.edit("one", content(name="Mine"), "change the name to Mine")
    assert not opened.is_stale("one")
    opened.load(overview(standing(content(name="Theirs"), 2), standing(content("two"))), drafts=False)
    assert opened.is_stale("one")
    kept = opened.content("one")
    assert kept is not None
    assert kept["name"] == "Mine"
    opened.rebase("one")
    assert not opened.is_stale("one")
    opened.discard("one")
    assert opened.content("one") == content(name="Theirs")
    opened.undo()
    assert opened.content("one") == content(name="Mine")


def test_drafts_come_back_when_the_pipeline_is_opened() -> None:
    made = Document()
    new = {"id": "new", "when": {"event": "approved", "entity": "variant"}, "actions": []}
    made.load(overview(standing(content()), drafts=(Draft("one", 1, content(name="A")), Draft("new", 0, new))))
    assert made.ids() == ["new", "one"]
    assert made.content("one") == content(name="A")
    checked = made.checked("new")
    assert checked.rule is None
    assert [fault.path for fault in checked.faults] == ["actions"]
    assert [rule.id for rule in made.shown()] == ["new", "one"]


def test_an_unfinished_draft_is_drawn_as_it_is_and_not_run(opened: Document) -> None:
    opened.edit("one", {**content(), "actions": []}, "remove an action")
    assert opened.checked("one").rule is None
    assert opened.shown()[0].actions == ()
    assert opened.drafts() == []
    opened.edit("one", {**content(), "when": {}}, "forget the event")
    assert opened.shown()[0] == Rule.model_validate(content()), "what cannot be drawn is shown as it was published"
    assert badges_of(opened, "one") == (Badge.PROBLEM, Badge.DRAFT)


def test_badges_say_what_matters() -> None:
    made = Document()
    halt = Halt(1, "rule", "one", "stop", 0.0, "me")
    costly = content(enabled=False, actions=[{"type": "submit_job", "job_type": "scene_generation"}])
    made.load(overview(standing(costly, approval="needed"), standing(content("two")), halts=(halt,)))
    assert badges_of(made, "one") == (Badge.HALTED, Badge.APPROVAL, Badge.DISABLED)
    assert badges_of(made, "two") == ()


def test_a_new_rule_undone_is_gone_and_the_selection_with_it(opened: Document) -> None:
    opened.edit("new", content("new"), "begin “new”")
    opened.select("new")
    opened.undo()
    assert opened.ids() == ["one", "two"]
    assert opened.selected == ""


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("when.where.all[0].op", ("when", "where", "all", 0, "op")),
        ("actions[1].then[0]", ("actions", 1, "then", 0)),
        ("name", ("name",)),
    ],
)
def test_paths_are_those_of_faults(text: str, path: paths.Path) -> None:
    assert paths.path_of(text) == path
    assert paths.text_of(path) == text


def test_changes_by_path_leave_the_original_alone() -> None:
    before = {"a": [{"b": 1}, {"b": 2}]}
    assert paths.with_value(before, ("a", 1, "b"), 3) == {"a": [{"b": 1}, {"b": 3}]}
    assert paths.with_value(before, ("a", 0, "b"), None) == {"a": [{}, {"b": 2}]}
    assert paths.without_item(before, ("a", 0)) == {"a": [{"b": 2}]}
    assert paths.with_item(before, ("a", 2), {}) == {"a": [{"b": 1}, {"b": 2}, {}]}
    assert paths.with_item_moved(before, ("a", 1), -1) == {"a": [{"b": 2}, {"b": 1}]}
    assert paths.value_at(before, ("a", 5, "b"), "none") == "none"
    assert before == {"a": [{"b": 1}, {"b": 2}]}


def test_several_rules_change_as_one_step(opened: Document) -> None:
    changes = {"one": content(priority=5), "new": content("new"), "two": content("two")}
    opened.edit_all(changes, "change three rules")
    assert opened.content("new") == content("new")
    assert opened.undo_title == "change three rules"
    opened.undo()
    assert opened.ids() == ["one", "two"]
    assert opened.working("one") is None
    opened.redo()
    assert opened.ids() == ["new", "one", "two"]
    opened.edit_all({"new": None, "none": None}, "delete")
    assert opened.ids() == ["one", "two"]
    opened.undo()
    assert opened.content("new") == content("new")


def test_what_ran_is_shown_until_the_actions_are_others(opened: Document) -> None:
    assert not opened.has_other_actions("one")
    opened.edit("one", content(name="New"), "change the name to New")
    assert not opened.has_other_actions("one")
    opened.edit("one", content(actions=[{"type": "trigger_qa"}]), "another action")
    assert opened.has_other_actions("one")
    assert not opened.has_other_actions("two")
    assert not opened.has_other_actions("nobody")
    opened.undo()
    assert not opened.has_other_actions("one")


def test_true_in_place_of_1_is_a_change(opened: Document) -> None:
    for value, other in [(1, True), (True, 1), (0, False)]:
        opened.edit("one", content(actions=[{"type": "trigger_qa", "params": {"strict": value}}]), "a")
        opened.edit("one", content(actions=[{"type": "trigger_qa", "params": {"strict": other}}]), "b")
        now = opened.content("one")
        assert now is not None
        assert now["actions"][0]["params"]["strict"] is other
