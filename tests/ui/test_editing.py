"""Editing on the flowchart as a person does it: palette, handles, lines, keys and the clipboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tests.ui.editing import PROFILE, Bench, demo_rules
from trigger_studio.analysis.graph.chain_graph import chain_graph
from trigger_studio.model.bundle import parse_bundle
from trigger_studio.model.documents import read_document
from trigger_studio.model.rule import Rule
from trigger_studio.studio.chart.drop_target import DragPayload, PayloadKind
from trigger_studio.ui.canvas.render.hit_testing import place_at
from trigger_studio.ui.canvas.view.palette import entries
from trigger_studio.ui.shell import clipboard

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|grabbing the keyboard|support raise")

QA_RULE = "scene-qa"
FIRST, BRANCH = f"rule:{QA_RULE}:actions[0]", f"rule:{QA_RULE}:actions[1]"
CHAIN = ("scene-qa", "mira-cut-when-all-scenes-approved", "variants-on-casting")
ITEMS = [entry.name for things in entries(PROFILE).values() for entry in things]


def rules(*ids: str) -> list[Rule]:
    return [rule for rule in demo_rules() if rule.id in ids]


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    made = Bench(rules(*CHAIN))
    made.near(FIRST)
    yield made
    made.close()


def types(bench: Bench, rule_id: str = QA_RULE) -> list[str]:
    return [action["type"] for action in bench.actions(rule_id)]


def edge_between(bench: Bench, source: str, target: str) -> bool:
    graph = chain_graph(bench.document.shown(), PROFILE)
    return any((e.source, e.target) == (source, f"rule:{target}:when") for e in graph.crossing)


def test_a_thing_of_the_palette_goes_where_the_words_say(bench: Bench) -> None:
    bench.drop_new("gate", bench.at(FIRST, 0.2), drop=False)
    assert bench.aimed() == ("before “trigger QA”", True)
    bench.drop_new("gate", bench.at(FIRST, 0.2))
    assert types(bench) == ["gate", "trigger_qa", "branch"]
    assert bench.document.undo_title == "add a gate"
    assert bench.canvas.selection() == [FIRST]
    assert bench.aimed() == ("", False)
    bench.document.undo()
    bench.settle()
    assert types(bench) == ["trigger_qa", "branch"]


def test_on_a_line_it_goes_between(bench: Bench) -> None:
    bench.drop_new("call_webhook", bench.on_wire(FIRST, BRANCH))
    assert types(bench) == ["trigger_qa", "call_webhook", "branch"]
    assert bench.document.undo_title == "add a webhook"
    assert f"rule:{QA_RULE}:actions[1]" in bench.canvas._stage.board.cards, "an unfinished step is drawn"


@pytest.mark.parametrize(
    ("item", "node", "why"),
    [
        ("approved", FIRST, "a rule has one event, at its beginning"),
        ("condition", FIRST, "a condition belongs to a rule’s event"),
        ("completed", f"rule:{QA_RULE}:when", "listens for that already"),
    ],
)
def test_what_cannot_be_is_refused_in_words(bench: Bench, item: str, node: str, why: str) -> None:
    before = bench.state()
    bench.drop_new(item, bench.at(node), drop=False)
    words, possible = bench.aimed()
    assert why in words
    assert not possible
    bench.drop_new(item, bench.at(node))
    assert bench.state() == before
    assert why.lower() in bench.told[-1].text.lower()
    assert bench.told[-1].problem


def test_an_event_on_empty_ground_begins_a_rule_and_an_action_there_does_not(bench: Bench) -> None:
    ground = QPointF(20, bench.port.height() - 20)
    bench.drop_new("gate", ground)
    assert "an event on empty ground begins a rule" in bench.told[-1].text
    bench.drop_new("approved", ground)
    assert bench.document.undo_title == "begin “On variant approved”"
    new = bench.document.selected
    bench.near(f"rule:{new}:actions")
    bench.drop_new("gate", bench.at(f"rule:{new}:actions"))
    assert types(bench, new) == ["gate"]
    assert bench.document.checked(new).rule is not None


def test_a_rule_begun_on_empty_ground_stays_where_it_was_dropped(bench: Bench) -> None:
    before = bench.state()
    ground = QPointF(bench.port.width() / 2, bench.port.height() - 60)
    bench.drop_new("approved", ground)
    new = bench.document.selected
    event = f"rule:{new}:when"

    def off() -> float:
        return (bench.at(event) - ground).manhattanLength()

    assert off() < 40
    frame = bench.canvas._stage.board.frame_places[new]
    bench.drop_new("gate", bench.at(f"rule:{new}:actions"))
    bench.drop_new("call_webhook", bench.at(f"rule:{new}:actions[0]", 0.9))
    assert types(bench, new) == ["gate", "call_webhook"]
    assert bench.canvas._stage.board.frame_places[new][:2] == pytest.approx(frame[:2])
    assert off() < 40
    for _ in range(3):
        bench.document.undo()
    bench.settle()
    assert bench.state() == before
    bench.document.redo()
    bench.settle()
    assert off() < 40
    bench.document.tidy(new)
    bench.settle()
    assert bench.canvas._stage.board.frame_places[new][:2] != pytest.approx(frame[:2])


def test_a_line_pulled_to_empty_ground_begins_the_rule_there(bench: Bench) -> None:
    bench.canvas.select_card(FIRST)
    ground = QPointF(bench.port.width() / 2, bench.port.height() - 60)
    plan = bench.editor._plan(DragPayload(PayloadKind.OUTPUT, FIRST), place_at(bench.canvas._viewer, ground))
    bench.editor.do(plan)
    bench.settle()
    assert (bench.at(f"rule:{bench.document.selected}:when") - ground).manhattanLength() < 40


def test_a_card_dragged_onto_another_changes_the_order_and_elsewhere_only_its_place(bench: Bench) -> None:
    inside = f"{BRANCH}.then[0]"
    bench.drag(bench.at(FIRST), bench.at(inside, 0.9))
    assert types(bench) == ["branch"]
    assert [a["type"] for a in bench.actions(QA_RULE)[0]["then"]] == ["set_status", "trigger_qa"]
    assert bench.document.undo_title == "move “trigger QA” after “set approved”"
    assert bench.document.places == {}
    bench.document.undo()
    bench.near(FIRST)
    bench.drag(bench.at(FIRST), bench.at(FIRST) + QPointF(10, 90))
    assert types(bench) == ["trigger_qa", "branch"]
    assert list(bench.document.places) == [FIRST]


def test_a_step_of_another_rule_is_moved_over(bench: Bench) -> None:
    other = "mira-cut-when-all-scenes-approved"
    count = len(bench.actions(other))
    bench.canvas.zoom_to_fit()
    goal = bench.at(f"rule:{other}:actions[0]", 0.1)
    assert bench.port.rect().contains(goal.toPoint())
    bench.drag(bench.at(FIRST), goal)
    assert len(bench.actions(other)) == count + 1
    assert types(bench) == ["branch"]
    bench.document.undo()
    assert (len(bench.actions(other)), types(bench)) == (count, ["trigger_qa", "branch"])


def test_escape_leaves_everything_as_it_was(bench: Bench) -> None:
    before = bench.state()
    bench.drag(bench.at(FIRST), bench.at(f"{BRANCH}.then[0]", 0.9), drop=False)
    assert bench.aimed()[1]
    QTest.keyClick(bench.canvas._viewer, Qt.Key.Key_Escape)
    QTest.mouseRelease(bench.port, Qt.MouseButton.LeftButton)
    bench.settle()
    assert bench.state() == before
    assert bench.aimed() == ("", False)


def pull(bench: Bench, node: str, goal: QPointF) -> None:
    bench.move(bench.at(node))
    assert bench.canvas._viewer.marks.handle == node
    bench.drag(bench.canvas._viewer.marks.handle_place(node), goal)


def test_a_line_pulled_to_empty_ground_makes_the_rule_that_follows(bench: Bench) -> None:
    pull(bench, FIRST, QPointF(30, bench.port.height() - 30))
    new = bench.document.selected
    content = bench.document.content(new)
    assert content is not None
    assert (content["when"]["event"], content["when"]["entity"], content["project"]) == ("completed", "qa", "aurora")
    assert bench.document.undo_title == "begin “On QA completed”"
    assert edge_between(bench, FIRST, new)


def test_a_line_pulled_to_another_rule_links_it_and_says_so(bench: Bench) -> None:
    target = "mira-cut-when-all-scenes-approved"
    bench.canvas._viewer.camera.look_at(QPointF(*bench.canvas._stage.board.places[FIRST][:2]), 0.5)
    pull(bench, FIRST, bench.at(f"rule:{target}:when"))
    assert edge_between(bench, FIRST, target)
    assert "listens for “QA completed” now, no longer for “Scene approved”" in bench.told[-1].text
    assert "let “" in bench.document.undo_title
    bench.document.undo()
    assert not edge_between(bench, FIRST, target)


def test_impossible_links_are_refused_and_what_raises_nothing_has_no_handle(bench: Bench) -> None:
    before = bench.state()
    bench.canvas._viewer.camera.look_at(QPointF(*bench.canvas._stage.board.places[FIRST][:2]), 0.5)
    pull(bench, FIRST, bench.at(BRANCH))
    assert "another rule’s event" in bench.told[-1].text
    pull(bench, FIRST, bench.at(f"rule:{QA_RULE}:when"))
    assert "cannot follow itself" in bench.told[-1].text
    bench.near(f"{BRANCH}.else[1]")
    bench.move(bench.at(f"{BRANCH}.else[1]"))
    assert bench.canvas._viewer.marks.handle is None
    assert bench.state() == before


def test_another_projects_rule_cannot_follow(qtbot: QtBot) -> None:
    mine, other = rules("scene-qa", "variants-on-casting")
    bench = Bench([mine, other.model_copy(update={"project": "borealis"})])
    from trigger_studio.errors import Refused
    from trigger_studio.studio.editing import links

    with pytest.raises(Refused, match="sees only what happens in borealis, and this is about aurora"):
        links.link(bench.document, FIRST, other.id)
    bench.close()


def test_the_plus_on_a_line_offers_the_steps(bench: Bench, qtbot: QtBot) -> None:
    at = bench.on_wire(FIRST, BRANCH)
    bench.move(at)
    place = bench.canvas._viewer.marks.plus_place()
    assert place is not None
    bench.click(place)
    menu = next(menu for menu in bench.view.findChildren(QMenu) if menu.isVisible())
    next(action for action in menu.actions() if action.text() == "Wait for a person").trigger()
    menu.close()
    bench.settle()
    assert types(bench) == ["trigger_qa", "gate", "branch"]


def test_the_palette_by_keyboard(bench: Bench) -> None:
    names = bench.view.palette_.list
    assert names.names() == ITEMS
    bench.canvas.select_card(FIRST)
    item = next(names.item(i) for i in range(names.count()) if names.item(i).text() == "Wait for a person")
    names.setCurrentItem(item)
    QTest.keyClick(names, Qt.Key.Key_Return)
    bench.settle()
    assert types(bench) == ["trigger_qa", "gate", "branch"]
    QTest.keyClick(names, Qt.Key.Key_Return)
    assert types(bench) == ["trigger_qa", "gate", "gate", "branch"], "after what was put in last"


def test_steps_are_copied_cut_and_pasted_between_windows_as_a_bundles_yaml(bench: Bench) -> None:
    bench.canvas.select_card(BRANCH)
    bench.editor.copy()
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.text().startswith("format: trigger-studio/1\nrules:\n")
    (rule,) = parse_bundle(read_document(mime.text()), PROFILE)
    assert [action.type for action in rule.actions] == ["branch"]
    other = Bench(rules("variants-on-casting"))
    node = "rule:variants-on-casting:actions[0]"
    other.canvas.select_card(node)
    other.editor.paste()
    assert types(other, "variants-on-casting")[1] == "branch"
    other.close()
    bench.canvas.select_card(FIRST)
    bench.editor.cut()
    assert types(bench) == ["branch"]
    assert bench.document.undo_title == "delete “trigger QA”"
    bench.canvas.select_card(FIRST)  # the branch is the first now
    bench.editor.paste()
    assert bench.actions(QA_RULE)[0]["then"][0]["type"] == "trigger_qa"


def test_rules_are_copied_under_ids_of_their_own(bench: Bench) -> None:
    bench.canvas.select_card(f"rule:{QA_RULE}:when")
    bench.editor.copy()
    bench.editor.paste()
    bench.editor.paste()
    assert {f"{QA_RULE}-2", f"{QA_RULE}-3"} < set(bench.document.ids())
    assert (bench.document.content(f"{QA_RULE}-2") or {})["name"].endswith(" (2)")
    bench.canvas.select_card(f"rule:{QA_RULE}-2:when")
    bench.editor.duplicate()
    assert f"{QA_RULE}-4" in bench.document.ids()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "Dear all, lunch is ready.",
            "The copied text is no bundle of rules; one begins with “format: trigger-studio/1”.",
        ),
        ("format: trigger-studio/1\nrules:\n- id: [", "The copied text cannot be pasted: "),
        ("format: trigger-studio/9\nrules: []", "The copied text cannot be pasted: format: found 'trigger-studio/9'"),
        ("format: trigger-studio/1\nrules: [{id: x, whn: 1}, 7]", " more)"),
        ("", "There is nothing on the clipboard that can be pasted here."),
    ],
)
def test_foreign_and_broken_text_gives_one_clear_line(bench: Bench, text: str, why: str) -> None:
    before = bench.state()
    mime = QMimeData()
    mime.setText(text)
    QGuiApplication.clipboard().setMimeData(mime)
    bench.editor.paste()
    assert bench.state() == before
    assert why in bench.told[-1].text
    assert "\n" not in bench.told[-1].text
    assert len(bench.told[-1].text) < 240


def test_a_draft_with_faults_is_copied_as_it_is(bench: Bench) -> None:
    bench.drop_new("send_notification", bench.at(FIRST, 0.1))
    bench.canvas.select_card(FIRST)
    bench.editor.copy()
    clip = clipboard.read(QGuiApplication.clipboard().mimeData(), PROFILE)
    assert [action["to"] for action in clip.actions] == [[]]


def test_delete_takes_out_steps_and_asks_before_a_published_rule_goes(bench: Bench) -> None:
    bench.click(bench.at(FIRST))
    bench.editor.remove()
    assert types(bench) == ["branch"]
    bench.canvas.select_card(f"rule:{QA_RULE}:when.where")
    bench.editor.remove()
    assert bench.document.undo_title == "delete the conditions"
    bench.canvas.select_card(f"rule:{QA_RULE}:when")
    bench.editor.duplicate()
    bench.editor.remove()
    assert bench.document.ids() == sorted(CHAIN), "the copy was only a draft"
    bench.canvas.select_card(f"rule:{QA_RULE}:when")
    bench.editor.remove()
    assert bench.asked == [[QA_RULE]]


def test_several_steps_go_as_one_undo(bench: Bench) -> None:
    before = bench.state()
    bench.click(bench.at(FIRST))
    bench.click(bench.at(f"{BRANCH}.then[0]"), Qt.KeyboardModifier.ShiftModifier)
    bench.editor.duplicate()
    assert bench.document.undo_title == "duplicate 2 steps"
    assert types(bench) == ["trigger_qa", "trigger_qa", "branch"]
    bench.document.undo()
    assert bench.state() == before


def test_priority_makes_room_where_there_is_none(qtbot: QtBot) -> None:
    made = rules("scene-qa", "scene-qa-4k", "scene-failed")
    ids = [rule.id for rule in made]
    bench = Bench([rule.model_copy(update={"priority": 1000 - place}) for place, rule in enumerate(made)])
    assert bench.document.in_turn() == ids
    bench.editor.reorder(ids[2], ids[0], False)
    assert bench.document.in_turn() == [ids[2], ids[0], ids[1]]
    assert all(0 <= (bench.document.content(rule) or {})["priority"] <= 1000 for rule in ids)
    bench.editor.reorder(ids[2], ids[0], False)
    assert bench.told[-1].text == "It goes there already."
    bench.document.undo()
    assert bench.document.in_turn() == ids
    bench.close()
