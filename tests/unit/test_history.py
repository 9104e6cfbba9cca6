"""The history of edits: named from values, unlimited, grouped, true to what others did meanwhile; and cards' places."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.test_document import content, opened, overview, standing
from trigger_studio.studio.changes import Change, Part
from trigger_studio.studio.difference import carried, differences
from trigger_studio.studio.document import Document
from trigger_studio.studio.edit_names import name_of
from trigger_studio.studio.positions import brought_over

__all__ = ["opened"]

JOB = {"type": "submit_job", "job_type": "scene_generation", "params": {"resolution_tier": "1080p"}, "wait": True}
STATUS = {"type": "set_status", "status": "approved"}
QA = {"type": "trigger_qa", "params": {}, "wait": True}
TIER = {"field": "resolution_tier", "op": "ge", "value": "1080p"}


def rule(*actions: dict[str, Any], name: str = "Scenes", where: Any = TIER, **other: Any) -> dict[str, Any]:
    given = {"event": "approved", "entity": "variant"}
    return content(name=name, when={**given, "where": where} if where else given, actions=[*actions] or [JOB], **other)


@pytest.mark.parametrize(
    ("after", "title", "detail"),
    [
        (
            rule(where={**TIER, "value": "4k"}),
            "change resolution tier to 4k",
            "change resolution tier to 4k from 1080p in “Scenes”",
        ),
        (
            rule({**JOB, "params": {"resolution_tier": "4k"}}),
            "change resolution tier to 4k",
            "change resolution tier to 4k from 1080p in “Scenes”",
        ),
        (rule(name="Shots"), "change the name to Shots", "change the name to Shots from Scenes in “Shots”"),
        (rule(enabled=False), "switch it off", "switch it off in “Scenes”"),
        (rule(where={**TIER, "op": "gt"}), "change how resolution tier is compared", None),
        (rule(where=None), "remove the conditions", None),
        (rule(JOB, QA), "add trigger QA", "add trigger QA in “Scenes”"),
        (rule(JOB, JOB), "add one of the actions", None),
        (rule(QA), "replace scene generation by trigger QA", None),
        (rule(priority=7, name="B"), "change the name and priority", None),
    ],
)
def test_a_step_is_named_by_what_changed(after: dict[str, Any], title: str, detail: str | None) -> None:
    name = name_of(rule(), after)
    assert name.title == title
    assert detail is None or name.detail == detail


def test_the_callers_words_name_what_values_cannot() -> None:
    before, after = rule(JOB, QA), rule(QA, JOB)
    assert name_of(before, after, "put trigger QA first") == (
        "put trigger QA first",
        "put trigger QA first in “Scenes”",
    )
    assert name_of(None, after).title == "begin “Scenes”"
    assert name_of(before, None).title == "take “Scenes” away"


def test_many_rules_change_in_one_step_and_are_told_once(opened: Document) -> None:
    told: list[Change] = []
    opened.watch(told.append)
    contents = {name: content(name, enabled=False) for name in ("one", "two")}
    opened.edit_all(contents, "switch 2 rules off")
    assert told == [Change(Part.WORK | Part.HISTORY, None, None, ("one", "two"))]
    assert opened.undo_title == "switch 2 rules off"
    opened.undo()
    assert (opened.working("one"), opened.working("two")) == (None, None)
    opened.redo()
    assert [rule.enabled for rule in opened.shown()] == [False, False]
    opened.discard_many(["one", "two"])
    assert opened.undo_title == "discard 2 drafts"


def test_there_is_no_end_to_undo(opened: Document) -> None:
    for priority in range(1001):
        opened.edit("one", content(priority=priority))
        opened.begin_step()
    for _ in range(1001):
        opened.undo()
    assert opened.content("one") == content()
    assert opened.undo_title == ""
    while opened.redo_title:
        opened.redo()
    assert opened.content("one") == content(priority=1000)


def test_typing_back_to_what_stood_there_is_no_step(opened: Document) -> None:
    opened.edit("one", content(name="H"), merge="name")
    opened.edit("one", content(name=""), merge="name")
    assert opened.undo_title == ""


def test_typing_goes_on_as_another_step_after_going_elsewhere(opened: Document) -> None:
    opened.select("one")
    opened.edit("one", content(name="H"), merge="name")
    opened.select("two")
    opened.select("one")
    opened.edit("one", content(name="Her"), merge="name")
    opened.undo()
    assert opened.content("one") == content(name="H")


def test_undo_after_somebody_elses_publish_keeps_theirs(opened: Document) -> None:
    opened.edit("one", content(priority=5))
    mine = standing(content(priority=5), 2)
    opened.load(overview(mine, standing(content("two"))), drafts=False)
    theirs = standing(content(priority=5, name="Theirs"), 3)
    opened.load(overview(theirs, standing(content("two"))), drafts=False)
    assert opened.undo() == ""
    assert opened.content("one") == content(name="Theirs")
    assert opened.redo() == ""
    assert opened.content("one") == content(name="Theirs", priority=5)


def test_undo_overwrites_nothing_that_somebody_else_changed(opened: Document) -> None:
    opened.edit("one", content(priority=5))
    opened.load(overview(standing(content(priority=9), 3), standing(content("two"))), drafts=False)
    opened.discard("one")
    opened.undo()
    opened.load(overview(standing(content(priority=5), 4), standing(content("two"))), drafts=False)
    opened.load(overview(standing(content(priority=9), 5), standing(content("two"))), drafts=False)
    assert opened.undo() == "one"
    assert opened.content("one") == content(priority=9)


def test_differences_lead_from_one_document_to_the_other() -> None:
    before, after = rule(), rule(where={**TIER, "value": "4k"}, priority=3)
    assert [item.path for item in differences(before, after)] == [("priority",), ("when", "where", "value")]
    assert carried(rule(name="Else"), before, after) == (
        True,
        rule(where={**TIER, "value": "4k"}, priority=3, name="Else"),
    )
    assert carried(rule(priority=1), before, after) == (False, rule(priority=1))
    assert carried(None, before, after) == (False, None)


# places

AT = (10.0, 20.0)


def node(path: str, rule_id: str = "one") -> str:
    return f"rule:{rule_id}:{path}"


def test_moving_cards_is_a_step_and_no_revision(opened: Document) -> None:
    told: list[Change] = []
    opened.watch(told.append)
    opened.move({node("when"): AT, node("actions[0]"): (1.0, 2.0)})
    assert told == [Change(Part.PLACES | Part.HISTORY)]
    assert opened.undo_title == "move 2 cards"
    assert opened.working("one") is None
    assert opened.places_due() == {node("when"): AT, node("actions[0]"): (1.0, 2.0)}
    opened.undo()
    assert opened.places == {}
    assert opened.places_due() == {}
    opened.redo()
    opened.tidy("one")
    assert (opened.places, opened.undo_title) == ({}, "tidy up the rule")
    opened.undo()
    assert opened.places[node("when")] == AT


def test_places_of_others_arrive_and_ones_own_stay(opened: Document) -> None:
    opened.take_places(1, {node("when"): AT, node("when", "two"): AT})
    assert opened.places_due() == {}
    opened.move({node("when"): (5.0, 5.0)})
    told: list[Change] = []
    opened.watch(told.append)
    opened.take_places(2, {node("when"): (7.0, 7.0), node("when", "two"): (8.0, 8.0), node("actions[0]"): AT})
    assert [change.parts for change in told] == [Part.PLACES]
    assert opened.places == {node("when"): (5.0, 5.0), node("when", "two"): (8.0, 8.0), node("actions[0]"): AT}
    opened.places_carried(3, opened.places_due())
    assert (opened.places_due(), opened.places_version) == ({}, 3)
    opened.take_places(4, {})
    assert opened.places == {}


def test_places_go_with_their_actions_and_the_database_keeps_those_of_the_published_rule() -> None:
    made = Document()
    made.load(overview(standing(rule(JOB, STATUS))))
    made.move({node("actions[0]"): (1.0, 1.0), node("actions[1]"): (2.0, 2.0)})
    stored = made.places_due()
    made.edit("one", rule(QA, JOB, STATUS))
    made.move({node("actions[0]"): (9.0, 9.0)})
    assert made.places == {
        node("actions[0]"): (9.0, 9.0),
        node("actions[1]"): (1.0, 1.0),
        node("actions[2]"): (2.0, 2.0),
    }
    assert made.places_due() == stored
    made.load(overview(standing(rule(QA, JOB, STATUS), 2)), drafts=False)
    assert made.places_due() == made.places
    made.edit("one", rule(QA, STATUS))
    assert made.places == {node("actions[0]"): (9.0, 9.0), node("actions[1]"): (2.0, 2.0)}
    made.undo()
    assert made.places[node("actions[1]")] == (1.0, 1.0)
    made.redo()
    assert made.places == {node("actions[0]"): (9.0, 9.0), node("actions[1]"): (2.0, 2.0)}


def test_places_inside_branches_follow() -> None:
    branch = {"type": "branch", "if": TIER, "then": [JOB, STATUS], "else": []}
    other = {**branch, "then": [STATUS, JOB]}
    pins = {node("actions[0].then[0]"): (1.0, 1.0), node("actions[0]"): (2.0, 2.0), node("when"): (3.0, 3.0)}
    moved = brought_over(pins, rule(branch), rule(QA, other))
    assert moved == {node("when"): (3.0, 3.0)}, "changed and moved at once: nobody can tell which it was"
    assert brought_over(pins, rule(branch), rule(other))[node("actions[0].then[1]")] == (1.0, 1.0)
