"""The rule's form as a person fills it in, in the real window."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from tests.support.studio import Studio, furnish
from tests.ui.conftest import OpenStudio
from trigger_studio.studio.controllers.notices import Notice
from trigger_studio.ui.inspector.actions import ActionCard, ActionList
from trigger_studio.ui.inspector.moving import Grip
from trigger_studio.ui.inspector.values import Chips, NumberBox, Span
from trigger_studio.ui.widgets.dialogs import NewRule
from trigger_studio.ui.widgets.kit import Pick
from trigger_studio.ui.widgets.range_slider import RangeSlider

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every window

QA = "scene-qa"


@pytest.fixture
def studio(open_studio: OpenStudio, sqlite_url: str) -> Studio:
    furnish(sqlite_url)
    return open_studio(sqlite_url)


def content(studio: Studio, rule_id: str) -> dict[str, Any]:
    found: dict[str, Any] = studio.document.content(rule_id)
    return found


def button(studio: Studio, text: str, place: int = 0) -> QPushButton:
    page = studio.window.inspector.page
    found = [b for b in page.findChildren(QPushButton) if b.text() == text and b.isVisibleTo(page)]
    page.ensureWidgetVisible(found[place])
    return found[place]


def tool(studio: Studio, name: str) -> QToolButton:
    page = studio.window.inspector.page
    found = next(b for b in page.findChildren(QToolButton) if b.accessibleName() == name and b.isVisibleTo(page))
    page.ensureWidgetVisible(found)
    return found


def choose(studio: Studio, path: str, words: str) -> None:
    """Pick by typing, as a person at the keyboard would; a choice may be followed by how many there are."""
    pick = studio.field(path, QComboBox)
    studio.window.inspector.page.ensureWidgetVisible(pick)
    pick.setFocus()
    texts = [pick.itemText(place).partition(" — ")[0] for place in range(pick.count())]
    assert words in texts, texts
    pick.setCurrentIndex(texts.index(words))
    studio.settle()


def press(studio: Studio, widget: QWidget) -> None:
    studio.click(widget)
    studio.settle()


def test_conditions_are_built_nested_changed_and_taken_away(studio: Studio) -> None:
    studio.click_rule("scene-failed")
    press(studio, button(studio, "Add a condition"))
    assert content(studio, "scene-failed")["when"]["where"]["all"][0]["field"] == "resolution_tier"
    press(studio, button(studio, "Condition"))
    press(studio, button(studio, "Box"))
    choose(studio, "when.where.all[1].field", "Scene type")
    choose(studio, "when.where.all[1].op", "is one of")
    chips = studio.field("when.where.all[1].value", Chips)
    chips.boxes[1][1].click()
    choose(studio, "when.where.all[2].any[0].field", "QA pass rate")
    choose(studio, "when.where.all[2].any[0].op", "is less than")
    span = studio.field("when.where.all[2].any[0].value", Span)
    span.slider.setFocus()
    for _ in range(5):
        studio.keys(Qt.Key.Key_Right)
    box = span.boxes[0]
    assert isinstance(box, NumberBox)
    assert box.text() == "0.05"  # what is slid is shown where it can be typed
    assert content(studio, "scene-failed")["when"]["where"] == {
        "all": [
            {"field": "resolution_tier", "op": "ge", "value": "480p"},
            {"field": "scene_type", "op": "in", "value": ["action", "dialogue"]},
            {"any": [{"field": "qa_pass_rate", "op": "lt", "value": 0.05}]},
        ]
    }
    assert "QA pass rate is less than 0.05" in studio.window.inspector.sentence.text()
    press(studio, tool(studio, "Remove the condition on QA pass rate"))
    choose(studio, "when.where", "None of these holds")
    assert list(content(studio, "scene-failed")["when"]["where"]) == ["none"]
    while studio.document.undo_title:
        studio.trigger("undo")
    assert studio.document.working("scene-failed") is None
    assert "where" not in content(studio, "scene-failed")["when"]


def test_actions_are_added_filled_in_moved_and_removed(studio: Studio) -> None:
    studio.click_rule(QA)
    before = content(studio, QA)["actions"]
    outer = studio.window.inspector.page.findChildren(ActionList)[0]
    studio.window.inspector.page.ensureWidgetVisible(outer)
    menu = outer.findChildren(QPushButton)[-1].menu()
    entry: QAction = next(a for a in menu.actions() if a.text() == "Wait for a person")
    entry.trigger()
    studio.settle()
    ask = studio.field("actions[2].message", QPlainTextEdit)
    studio.type_into(ask, "Look at it")
    choose(studio, "actions[2].timeout", "hours")
    assert content(studio, QA)["actions"][2] == {
        "type": "gate", "approvers": "admin", "message": "Look at it", "timeout": "3h",
    }  # fmt: skip
    card = [c for c in studio.window.inspector.page.findChildren(ActionCard) if c._path == ("actions", 2)][-1]
    studio.window.inspector.page.ensureWidgetVisible(card)
    earlier = next(b for b in card.findChildren(QToolButton) if b.text() == "↑")
    press(studio, earlier)
    assert [action["type"] for action in content(studio, QA)["actions"]] == ["trigger_qa", "gate", "branch"]
    press(studio, tool(studio, "Remove Gate: admin"))
    assert content(studio, QA)["actions"] == before


def test_a_jobs_parameters_are_typed_by_the_profile(studio: Studio) -> None:
    studio.click_rule(QA)
    press(studio, tool(studio, "Open or close Trigger QA"))
    studio.type_into(studio.field("actions[0].params.qa_pass_rate", QLineEdit), "0.75")
    assert content(studio, QA)["actions"][0]["params"] == {"suite": "standard", "qa_pass_rate": 0.75}
    wait = studio.field("actions[0].wait", QCheckBox)
    wait.click()
    assert content(studio, QA)["actions"][0]["wait"] is False


def test_a_join_reads_as_a_sentence(studio: Studio) -> None:
    studio.click_rule("scene-failed")
    join = studio.field("when.every", QCheckBox)
    studio.window.inspector.page.ensureWidgetVisible(join)
    join.click()
    studio.settle()
    choose(studio, "when.every.status", "Failed")
    box = studio.field("when.every.min", QWidget)
    studio.type_into(box, "3")
    assert content(studio, "scene-failed")["when"]["every"] == {
        "entity": "scene", "of": "character", "status": "failed", "min": 3,
    }  # fmt: skip
    assert "once all scenes of the same character have failed, at least 3" in studio.window.inspector.sentence.text()


def test_whose_events_count_is_picked_from_real_characters(studio: Studio) -> None:
    studio.click_rule("scene-failed")
    choose(studio, "when.scope", "of these characters only:")
    cast = studio.field("when.scope.characters", Chips)
    assert [box.text() for _, box in cast.boxes] == [
        "Juno — 3 variants, 3 scenes", "Mira — 3 variants, 9 scenes", "Tomas — 1 variant",
    ]  # fmt: skip
    cast.boxes[1][1].click()
    assert content(studio, "scene-failed")["when"]["scope"] == {"characters": ["juno", "mira"]}
    choose(studio, "project", "in every project")
    assert content(studio, "scene-failed")["project"] is None


def test_a_new_rules_problems_are_shown_where_they_are(studio: Studio) -> None:
    studio.trigger("new")
    dialog = studio.dialog(NewRule)
    dialog.name.setText("Scène failed!")  # the test's keyboard has no accents
    studio.click(dialog.yes)
    assert studio.document.selected == "scene-failed-2"
    inspector = studio.window.inspector
    assert inspector.faults.text().startswith("1 problem")
    assert not studio.window.actions_["publish"].isEnabled()
    assert inspector._form is not None
    note = inspector._form._notes["actions"]
    assert note.isVisible()
    assert note.text()
    outer = inspector.page.findChildren(ActionList)[0]
    next(a for a in outer.findChildren(QPushButton)[-1].menu().actions() if a.text() == "Call a web address").trigger()
    studio.settle()
    url = studio.field("actions[0].url", QLineEdit)
    assert url.property("problem")
    studio.type_into(url, "https://tracker.example.org/x")
    assert not url.property("problem")
    assert inspector.faults.isHidden()
    assert studio.window.actions_["publish"].isEnabled()
    studio.settle()
    studio.trigger("publish")
    studio.until(lambda: studio.document.standing("scene-failed-2") is not None)


def test_a_problem_is_mended_by_one_click_where_it_is_and_publish_says_why_not(studio: Studio) -> None:
    broken = content(studio, "scene-failed")
    broken = {**broken, "when": {**broken["when"], "where": {"field": "scene_typo", "op": "eq", "value": "action"}}}
    broken["actions"] = [{"type": "call_webhook", "url": "tracker.example.org"}]
    studio.document.edit("scene-failed", broken)
    studio.click_rule("scene-failed")
    inspector = studio.window.inspector
    assert inspector.faults.text() == "2 problems to mend before it can be published"
    told: list[Notice] = []
    studio.context.notices.watch(told.append)
    press(studio, inspector.state.publish)
    assert told[-1].text.startswith("Not published: 2 problems to mend")
    assert studio.window.focusWidget() is studio.field("when.where.field", QComboBox)
    assert studio.document.standing("scene-failed").revision == 1
    press(studio, button(studio, "Use “scene type”"))
    assert content(studio, "scene-failed")["when"]["where"]["field"] == "scene_type"
    press(studio, inspector.faults.go)
    assert studio.window.focusWidget() is studio.field("actions[0].url", QLineEdit)  # its card was closed
    press(studio, button(studio, "Use “https://tracker.example.org”"))
    assert inspector.faults.isHidden()
    press(studio, inspector.state.publish)
    studio.until(lambda: studio.document.standing("scene-failed").revision == 2)


def test_conditions_are_moved_grouped_and_held_for_what_is_not_known(studio: Studio) -> None:
    studio.click_rule("mira-scenes-on-hero-approval")

    def fields(kind: str = "all") -> list[Any]:
        where: dict[str, Any] = content(studio, "mira-scenes-on-hero-approval")["when"]["where"]
        return [item.get("field") or next(iter(item)) for item in where[kind]]

    assert fields() == ["variant", "resolution_tier"]
    studio.field("when.where.all[0].op", QComboBox).setFocus()
    studio.keys(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    studio.settle()
    assert fields() == ["resolution_tier", "variant"]
    moved = studio.field("when.where.all[1].op", QComboBox)
    assert studio.window.focusWidget() is moved  # the focus goes along
    page = studio.window.inspector.page
    grip = next(g for g in page.findChildren(Grip) if g._path == ("when", "where", "all", 1))
    page.ensureWidgetVisible(grip)
    QTest.mousePress(grip, Qt.MouseButton.LeftButton, pos=grip.centre())
    QTest.mouseMove(grip, grip.centre() - QPoint(0, 4))
    QTest.mouseRelease(grip, Qt.MouseButton.LeftButton, pos=grip.centre() - QPoint(0, 4))
    studio.settle()
    assert fields() == ["resolution_tier", "variant"]  # not far enough
    QTest.mousePress(grip, Qt.MouseButton.LeftButton, pos=grip.centre())
    QTest.mouseMove(grip, grip.centre() - QPoint(0, 130))
    QTest.mouseRelease(grip, Qt.MouseButton.LeftButton, pos=grip.centre() - QPoint(0, 130))
    studio.settle()
    assert fields() == ["variant", "resolution_tier"]
    next(a for a in tool(studio, "More for variant").menu().actions() if a.text() == "Turn into a group").trigger()
    studio.settle()
    assert fields() == ["any", "resolution_tier"]
    next(a for a in tool(studio, "More for this box").menu().actions() if a.text() == "Ungroup").trigger()
    studio.settle()
    missing = next(c for c in page.findChildren(QComboBox) if c.accessibleName() == "If variant is not known")
    missing.setCurrentIndex(1)
    studio.settle()
    assert content(studio, "mira-scenes-on-hero-approval")["when"]["where"]["all"][0] == {
        "any": [{"field": "variant", "op": "eq", "value": "hero"}, {"field": "variant", "op": "is_not_set"}]
    }
    assert "variant is hero or not known" in studio.window.inspector.sentence.text()


def test_the_wheel_changes_nothing(studio: Studio) -> None:
    studio.click_rule(QA)
    before = content(studio, QA)
    press(studio, tool(studio, "Open or close Trigger QA"))
    page = studio.window.inspector.page
    for widget in page.findChildren(QWidget):
        if isinstance(widget, QComboBox | QAbstractSpinBox | RangeSlider):
            widget.setFocus()
            at = widget.rect().center().toPointF()
            turn = QWheelEvent(
                at, widget.mapToGlobal(at), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
            )  # fmt: skip
            QApplication.sendEvent(widget, turn)
    studio.settle()
    assert content(studio, QA) == before


def test_the_list_is_searched_and_grouped(studio: Studio) -> None:
    studio.keys(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    studio.type_into(studio.window.rules.search, "juno cut")
    shown = [r for r in studio.document.ids() if not studio.row_of(r).isHidden()]
    assert shown == ["juno-cut-when-all-scenes-approved"]
    studio.window.rules.search.clear()
    grouping: Pick = studio.window.rules.grouping
    grouping.setCurrentIndex(1)
    tree = studio.window.rules.tree
    group = tree.topLevelItem(0)
    assert tree.topLevelItemCount() == 1
    assert group is not None
    assert group.text(0) == "aurora"


def test_every_control_has_a_name_for_a_screen_reader(studio: Studio) -> None:
    studio.click_rule("mira-cut-when-all-scenes-approved")
    nameless = [
        widget
        for kind in (QComboBox, QLineEdit, QToolButton, QPlainTextEdit)
        for widget in studio.window.findChildren(kind)
        if widget.isVisible()
        and not widget.accessibleName()
        and not (isinstance(widget, QToolButton) and (widget.text() or widget.objectName().startswith("qt_")))
        and not isinstance(widget.parentWidget(), QComboBox | NumberBox)
        and widget.objectName() != "qt_spinbox_lineedit"
        and not isinstance(widget.parentWidget(), QLineEdit)
    ]
    assert not nameless, [(type(w).__name__, w.objectName(), w.parentWidget()) for w in nameless]
