"""What a screen reader finds on the canvas, asked the way Qt's bridge to it asks."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.charts import large, small
from trigger_studio.studio.chart.chart import Chart, Run, RunState, Wire
from trigger_studio.ui.canvas.a11y import access
from trigger_studio.ui.canvas.view.canvas import FlowCanvas
from trigger_studio.ui.widgets import dressing, theme

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every window

NAME, MORE = QAccessible.Text.Name, QAccessible.Text.Description
ACTION = QAccessible.InterfaceType.ActionInterface


@pytest.fixture
def canvas(qtbot: QtBot, qapp: QApplication) -> FlowCanvas:
    return shown(qtbot, qapp, small())


def shown(qtbot: QtBot, qapp: QApplication, chart: Chart) -> FlowCanvas:
    dressing.apply(qapp, theme.LIGHT)
    canvas = FlowCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(1000, 640)
    canvas.set_chart(chart)
    canvas.show()
    canvas.activateWindow()
    canvas.setFocus()
    qtbot.waitUntil(canvas._viewer.hasFocus)
    return canvas


def read(canvas: FlowCanvas) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(canvas._viewer)
    assert isinstance(found, access.Access)
    return found


def children(of: QAccessibleInterface) -> list[QAccessibleInterface]:
    return [of.child(place) for place in range(of.childCount())]


def under_the_keys(canvas: FlowCanvas) -> str:
    child = read(canvas).focusChild()
    return child.text(NAME)


def test_it_finds_every_rule_and_in_it_every_card(canvas: FlowCanvas) -> None:
    whole = read(canvas)
    assert (whole.text(NAME), whole.role()) == ("Flowchart of the rules", QAccessible.Role.List)
    rules = children(whole)
    assert [rule.text(NAME) for rule in rules] == ["rule: Rule one (draft)", "rule: Rule two"]
    assert [rule.role() for rule in rules] == [QAccessible.Role.Grouping] * 2
    assert rules[0].text(MORE) == "3 steps; starts Rule two"
    assert rules[1].text(MORE) == "3 steps; started by Rule one"
    cards = children(rules[1])
    assert [card.text(NAME) for card in cards] == ["event: two step 0", "gate: two step 1", "action: two step 2"]
    assert cards[0].text(MORE) == "in rule Rule two; after one step 2 (Rule one); leads to two step 1"
    for place, card in enumerate(cards):
        assert card.parent().text(NAME) == "rule: Rule two"
        assert rules[1].indexOfChild(card) == place
        assert card.childCount() == 0
    assert [whole.indexOfChild(rule) for rule in rules] == [0, 1]
    assert whole.child(2) is None


def test_of_many_neighbours_it_hears_each_once_and_no_more_than_a_few(canvas: FlowCanvas) -> None:
    chart = small()
    wires = [Wire(f"more{place}", f"two:{place % 3}", "one:0") for place in range(9)]
    canvas.set_chart(replace(chart, wires=(*chart.wires, *wires)))
    one = read(canvas).child(0)
    assert one.child(0).text(MORE).count("two step 1") == 1
    frames = tuple(replace(chart.frames[1], rule=f"r{place}", title=f"Rule {place}") for place in range(7))
    cards = tuple(replace(chart.cards[5], id=f"r{place}:0", rule=f"r{place}") for place in range(7))
    wires = [Wire(f"more{place}", f"r{place}:0", "one:0") for place in range(7)]
    canvas.set_chart(Chart((*chart.cards, *cards), tuple(wires), (*chart.frames, *frames)))
    assert "started by Rule 0, Rule 1, Rule 2, Rule 3, and 3 more" in one.text(MORE)


def test_it_hears_what_happens_there_and_what_is_wrong(canvas: FlowCanvas) -> None:
    canvas.set_states({"two:1": RunState(Run.WAITING, 2), "one:2": RunState(Run.DONE)})
    one, two = children(read(canvas))
    assert two.child(1).text(NAME) == "gate: two step 1, waiting (2)"
    assert one.child(2).text(NAME) == "action: one step 2, done"


def test_keys_walk_rules_and_cards_and_it_follows(canvas: FlowCanvas) -> None:
    said = []
    for key in (
        Qt.Key.Key_PageDown, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_PageDown, Qt.Key.Key_PageDown,
        Qt.Key.Key_Right, Qt.Key.Key_PageUp,
    ):  # fmt: skip
        QTest.keyClick(canvas._viewer, key)
        said.append(under_the_keys(canvas))
    assert said == [
        "rule: Rule one (draft)", "event: one step 0", "condition: one step 1", "rule: Rule two", "rule: Rule two",
        "event: two step 0", "rule: Rule one (draft)",
    ]  # fmt: skip
    assert read(canvas).focusChild().state().focused


def test_it_is_told_when_the_keys_go_elsewhere(canvas: FlowCanvas, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    def heard(event: object) -> None:
        if event.type() is QAccessible.Event.Focus:  # type: ignore[attr-defined]
            told.append(event.accessibleInterface().text(NAME))  # type: ignore[attr-defined]

    monkeypatch.setattr(access, "QAccessible", _Listening(heard))
    QTest.keyClick(canvas._viewer, Qt.Key.Key_PageDown)
    QTest.keyClick(canvas._viewer, Qt.Key.Key_Right)
    assert told == ["rule: Rule one (draft)", "event: one step 0"]


class _Listening:
    """Qt's interface while a screen reader listens: offscreen there is none."""

    def __init__(self, heard: object) -> None:
        self.updateAccessibility = heard

    def isActive(self) -> bool:
        return True

    def __getattr__(self, name: str) -> object:
        return getattr(QAccessible, name)


def test_it_can_act_on_a_card_and_on_a_rule(canvas: FlowCanvas, qtbot: QtBot) -> None:
    one, two = children(read(canvas))
    gate = two.child(1).actionInterface()
    press, focus, menu = gate.actionNames()
    gate.doAction(focus)
    assert canvas.selection() == ["two:1"]
    assert [card.state().selected for card in children(two)] == [0, 1, 0]
    with qtbot.waitSignal(canvas.node_activated) as opened:
        one.child(2).actionInterface().doAction(press)
    assert opened.args == ["one:2"]
    two.actionInterface().doAction(focus)
    assert canvas.selected_rules() == ["two"]
    assert two.state().selected
    asked: list[QEvent.Type] = []
    canvas.contextMenuEvent = lambda event: asked.append(event.type())  # type: ignore[method-assign]
    gate.doAction(menu)
    QApplication.processEvents()
    assert asked == [QEvent.Type.ContextMenu]
    assert gate.localizedActionName(menu) == "Show the menu"


def test_it_knows_where_everything_is(canvas: FlowCanvas) -> None:
    whole = read(canvas)
    view, card = canvas._viewer, whole.child(1).child(2)
    x, y, width, height = view.stage.board.places["two:2"]
    middle = view.viewport().mapToGlobal(view.mapFromScene(QPointF(x + width / 2, y + height / 2)))
    assert card.rect().contains(middle)
    assert whole.childAt(middle.x(), middle.y()).text(NAME) == "action: two step 2"
    corner = whole.child(0).rect().topLeft() + QPoint(4, 4)
    assert whole.childAt(corner.x(), corner.y()).text(NAME) == "rule: Rule one (draft)"
    assert not card.state().offscreen
    canvas._viewer.camera.pan(QPoint(5000, 0))
    assert card.state().offscreen


def test_what_goes_is_no_longer_valid_and_what_comes_is_found(canvas: FlowCanvas) -> None:
    chart = small()
    rule, card = read(canvas).child(1), read(canvas).child(1).child(2)
    canvas.set_chart(replace(chart, cards=chart.cards[:3], wires=chart.wires[:2], frames=chart.frames[:1]))
    assert (rule.isValid(), card.isValid()) == (False, False)
    assert (card.text(NAME), card.childCount(), card.rect().isEmpty()) == ("", 0, True)
    card.actionInterface().doAction(card.actionInterface().actionNames()[0])  # nothing, and nothing breaks
    assert [child.text(NAME) for child in children(read(canvas))] == ["rule: Rule one (draft)"]
    canvas.set_chart(chart)
    assert card.isValid()
    assert card.text(NAME) == "action: two step 2"


def test_a_canvas_that_goes_takes_its_children_along(qtbot: QtBot, qapp: QApplication) -> None:
    canvas = shown(qtbot, qapp, large(60))
    kept = [card for rule in children(read(canvas)) for card in children(rule)]
    known = [QAccessible.uniqueId(card) for card in kept]
    assert len(known) == 300
    assert all(QAccessible.accessibleInterface(number) is not None for number in known)
    canvas.close()
    canvas.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    del canvas
    gc.collect()
    QApplication.processEvents()
    assert all(QAccessible.accessibleInterface(number) is None for number in known)


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    yield
    gc.collect()
    QApplication.processEvents()
