"""Everything that the mouse can do on the flowchart, by keys alone; and the page that says which."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTreeWidgetItem, QWidget

from tests.support.studio import Studio, furnish
from tests.ui.conftest import OpenStudio
from trigger_studio.ui.shell.commands import COMMANDS
from trigger_studio.ui.shell.shortcuts import PLACES, Shortcuts
from trigger_studio.ui.widgets.rule_pick import RulePick

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|grabbing the keyboard|support raise")

ALT, SHIFT, CTRL = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
RULE = "scene-qa"
FIRST, SECOND = f"rule:{RULE}:actions[0]", f"rule:{RULE}:actions[1]"


@pytest.fixture
def studio(open_studio: OpenStudio, tmp_path: Path) -> Studio:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    furnish(url)
    made = open_studio(url)
    made.window.show_best()
    made.settle()
    made.keys(Qt.Key.Key_F3)
    assert QApplication.focusWidget() is made.window.chart.canvas._viewer
    return made


def go_to(studio: Studio, card: str) -> None:
    studio.window.chart.canvas.select_card(card)
    QApplication.processEvents()


def place(studio: Studio, card: str) -> tuple[float, float]:
    x, y, _width, _height = studio.window.chart.canvas._stage.board.places[card]
    return x, y


def ancestors(widget: QWidget | None) -> list[QWidget]:
    found = []
    while widget is not None:
        found.append(widget)
        widget = widget.parentWidget()
    return found


def test_cards_are_moved_and_that_is_one_step(studio: Studio) -> None:
    go_to(studio, FIRST)
    x, y = place(studio, FIRST)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        studio.keys(key, ALT | SHIFT)
    assert place(studio, FIRST) == (x + 40, y + 20)
    assert not studio.document.places
    studio.until(lambda: studio.document.places)
    assert studio.document.places == {FIRST: (x + 40, y + 20)}
    studio.trigger("undo")
    studio.settle()
    assert place(studio, FIRST) == (x, y)
    studio.keys(Qt.Key.Key_Up, ALT | SHIFT)
    studio.keys(Qt.Key.Key_F2)  # who goes elsewhere has moved it
    assert studio.document.places == {FIRST: (x, y - 20)}


def test_several_cards_are_selected(studio: Studio) -> None:
    canvas = studio.window.chart.canvas
    go_to(studio, FIRST)
    studio.keys(Qt.Key.Key_Right, SHIFT)
    assert canvas.selection() == [FIRST, SECOND]
    studio.keys(Qt.Key.Key_Space, CTRL)
    assert canvas.selection() == [FIRST]
    studio.keys(Qt.Key.Key_Space, CTRL)
    assert canvas.selection() == [FIRST, SECOND]


def test_enter_puts_the_keys_where_the_step_is_in_the_form(studio: Studio) -> None:
    go_to(studio, FIRST)
    studio.keys(Qt.Key.Key_Return)
    studio.until(lambda: studio.window.inspector in ancestors(QApplication.focusWidget()))
    form = studio.window.inspector._form
    assert form is not None
    path = next(path for path, widget in form._fields.items() if widget is QApplication.focusWidget())
    assert path.startswith("actions[0]")


def test_a_folded_rule_is_unfolded_by_enter(studio: Studio) -> None:
    go_to(studio, FIRST)
    studio.trigger("fold")
    studio.until(lambda: FIRST not in studio.window.chart.canvas._stage.board.cards)
    go_to(studio, f"rule:{RULE}:when")
    studio.keys(Qt.Key.Key_Return)
    studio.until(lambda: FIRST in studio.window.chart.canvas._stage.board.cards)


def test_another_rule_follows_a_step(studio: Studio) -> None:
    go_to(studio, FIRST)
    studio.keys(Qt.Key.Key_K, CTRL | SHIFT)
    dialog = studio.dialog(RulePick)
    QTest.keyClicks(dialog.line, "package finished cut")
    assert dialog.line.accessibleDescription().startswith("Package a finished cut")
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    studio.until(lambda: studio.document.undo_title)
    assert studio.document.undo_title.startswith("let “Package a finished cut")
    when = studio.document.content("package-after-sign-off")["when"]
    assert (when["event"], when["entity"]) == ("completed", "qa")


def test_the_page_shows_every_command_that_has_keys_and_finds_them(studio: Studio) -> None:
    studio.keys(Qt.Key.Key_F1)
    page = studio.dialog(Shortcuts)
    groups = [cast(QTreeWidgetItem, page.list.topLevelItem(place)) for place in range(page.list.topLevelItemCount())]
    items = [group.child(inner) for group in groups for inner in range(group.childCount())]
    lines = {item.text(0): item.text(1) for item in items}
    for command in COMMANDS:
        if command.keys:
            assert lines[command.title.rstrip("…")] == QKeySequence(command.keys).toString(
                QKeySequence.SequenceFormat.NativeText
            )
    assert all(does in lines and lines[does] for keys in PLACES.values() for _one, _other, does in keys)
    QTest.keyClicks(page.line, "move cards")
    assert [group.text(0) for group in groups if not group.isHidden()] == ["On the flowchart"]
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert not page.isVisible()
