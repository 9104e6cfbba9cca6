"""The flowchart canvas as a person meets it: a real widget, real mouse and keys, and the pixels that come out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.charts import HEIGHT, STEP, WIDTH, large, small, stale
from trigger_studio.studio.chart.chart import Chart, Run, RunState
from trigger_studio.ui.canvas.view.canvas import FlowCanvas
from trigger_studio.ui.widgets import dressing, theme

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every window

LEFT = Qt.MouseButton.LeftButton
MIDDLE = Qt.MouseButton.MiddleButton
NONE = Qt.KeyboardModifier.NoModifier


class Person:
    """Does with mouse and keys what a person does, at places given in scene units."""

    def __init__(self, qtbot: QtBot, canvas: FlowCanvas) -> None:
        self.bot, self.canvas = qtbot, canvas
        self.view = canvas._viewer

    def at(self, card: str) -> QPoint:
        x, y, width, height = self.view.stage.board.places[card]
        return self.point(x + width / 2, y + height / 2)

    def point(self, x: float, y: float) -> QPoint:
        place: QPoint = self.view.mapFromScene(QPointF(x, y))
        return place

    def far(self) -> bool:
        return self.view.stage.far

    def click(self, at: QPoint, keys: Qt.KeyboardModifier = NONE) -> None:
        QTest.mouseClick(self.view.viewport(), LEFT, keys, at)

    def drag(self, start: QPoint, end: QPoint, button: Qt.MouseButton = LEFT, drop: bool = True) -> None:
        QTest.mousePress(self.view.viewport(), button, NONE, start)
        for share in (0.3, 0.7, 1.0):
            at = QPointF(start + (end - start) * share)
            move = QMouseEvent(
                QEvent.Type.MouseMove, at, self.view.viewport().mapToGlobal(at), Qt.MouseButton.NoButton, button, NONE
            )
            QApplication.sendEvent(self.view.viewport(), move)
        if drop:
            QTest.mouseRelease(self.view.viewport(), button, NONE, end)

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.view, key, keys)

    def wheel(self, notches: int, at: QPoint) -> None:
        event = QWheelEvent(
            QPointF(at), self.view.viewport().mapToGlobal(QPointF(at)), QPoint(), QPoint(0, 120 * notches),
            Qt.MouseButton.NoButton, NONE, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(self.view.viewport(), event)

    def picture(self) -> QImage:
        for _ in range(20):  # until every sprite is sharp
            self.bot.wait(20)
            if not self.view.stage.sprites.unfinished:
                break
        image: QImage = self.view.viewport().grab().toImage()
        return image

    def stale(self) -> int:
        """How much of what is on screen is not what a full repaint gives."""
        return stale(self.canvas)

    def colours(self, card: str) -> set[str]:
        """The colours in a card's box on screen."""
        x, y, width, height = self.view.stage.board.places[card]
        start, end, image = self.point(x, y), self.point(x + width, y + height), self.picture()
        ratio = image.devicePixelRatio()
        return {
            image.pixelColor(int(px * ratio), int(py * ratio)).name()
            for px in range(start.x(), max(end.x(), start.x() + 1))
            for py in range(start.y(), max(end.y(), start.y() + 1))
        }


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    dressing.apply(qapp, theme.LIGHT)
    yield qapp
    qapp.setStyleSheet("")


def opened(qtbot: QtBot, chart: Chart) -> Person:
    canvas = FlowCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(1000, 640)
    canvas.set_chart(chart)
    with qtbot.waitExposed(canvas):
        canvas.show()
    canvas.setFocus()
    return Person(qtbot, canvas)


@pytest.fixture
def person(app: QApplication, qtbot: QtBot) -> Person:
    return opened(qtbot, small())


# --- mouse


def test_a_click_selects_the_card_and_its_rule(person: Person) -> None:
    with (
        person.bot.waitSignal(person.canvas.selection_changed) as cards,
        person.bot.waitSignal(person.canvas.rule_selected) as rule,
    ):
        person.click(person.at("two:1"))
    assert cards.args == [["two:1"]]
    assert rule.args == ["two"]


def test_a_click_with_control_adds_and_takes_away(person: Person) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    person.click(person.at("one:0"))
    person.click(person.at("one:2"), control)
    assert person.canvas.selection() == ["one:0", "one:2"]
    person.click(person.at("one:0"), control)
    assert person.canvas.selection() == ["one:2"]


def test_a_click_on_a_frame_selects_the_rule_and_on_the_ground_nothing(person: Person) -> None:
    person.click(person.point(-10, 190))
    assert person.view.stage.rule == "two"
    assert person.canvas.selection() == []
    with person.bot.waitSignal(person.canvas.rule_selected) as rule:
        person.click(person.point(300, -120))
    assert rule.args == [""]


def test_a_double_click_activates(person: Person) -> None:
    with person.bot.waitSignal(person.canvas.node_activated) as activated:
        QTest.mouseDClick(person.view.viewport(), LEFT, NONE, person.at("one:1"))
    assert activated.args == ["one:1"]


def test_a_rubber_band_selects_what_it_touches(person: Person) -> None:
    person.drag(person.point(-60, -60), person.point(STEP + 10, HEIGHT + 10))
    assert person.canvas.selection() == ["one:0", "one:1"]


def test_a_drag_moves_the_card_its_wires_and_its_frame(person: Person) -> None:
    zoom = person.view.stage.zoom
    start = person.at("one:2")
    step = QPoint(round(40 * zoom), round(-60 * zoom))
    with person.bot.waitSignal(person.canvas.node_moved) as moved:
        person.drag(start, start + step)
    name, x, y = moved.args or []
    assert name == "one:2"
    assert (x, y) == pytest.approx((2 * STEP + 40, -60), abs=2)
    board = person.view.stage.board
    assert board.places["one:2"][:2] == (x, y)
    assert board.frame_places["one"][1] == pytest.approx(y - 40)
    end = board.route(board.wires["one:1>one:2"])[-1]
    assert end == pytest.approx((x, y + HEIGHT / 2))


def test_escape_takes_a_drag_back(person: Person) -> None:
    start = person.at("one:2")
    moved: list[str] = []
    person.canvas.node_moved.connect(lambda name, _x, _y: moved.append(name))
    person.drag(start, start + QPoint(80, 80), drop=False)
    assert person.view.stage.board.places["one:2"][:2] != (2 * STEP, 0)
    person.key(Qt.Key.Key_Escape)
    QTest.mouseRelease(person.view.viewport(), LEFT, NONE, start)
    assert person.view.stage.board.places["one:2"][:2] == (2 * STEP, 0)
    assert moved == []


def test_the_wheel_zooms_where_the_mouse_is(person: Person) -> None:
    at = person.at("two:2")
    before = person.view.camera.zoom
    person.wheel(3, at)
    assert person.view.camera.zoom == pytest.approx(before * 2**0.75)
    off = person.at("two:2") - at
    assert off.manhattanLength() <= 3


def test_the_middle_button_and_the_space_bar_pan(person: Person) -> None:
    at = person.at("one:0")
    person.drag(QPoint(500, 300), QPoint(560, 330), MIDDLE)
    assert person.at("one:0") == at + QPoint(60, 30)
    QTest.keyPress(person.view, Qt.Key.Key_Space)
    person.drag(person.at("one:1"), person.at("one:1") - QPoint(60, 30))
    QTest.keyRelease(person.view, Qt.Key.Key_Space)
    assert person.at("one:0") == at
    assert person.canvas.selection() == []


def test_the_small_map_moves_the_view(app: QApplication, qtbot: QtBot) -> None:
    person = opened(qtbot, large(60))
    person.canvas.centre_on("r0:0")
    place = person.view.map_place()
    assert not place.isEmpty()
    person.click(QPoint(int(place.right()) - 12, int(place.bottom()) - 60))
    assert person.view.camera.seen().center().x() > 1200
    assert person.canvas.selection() == []


def test_the_small_map_lies_over_cards_only_while_the_view_moves(app: QApplication, qtbot: QtBot) -> None:
    person = opened(qtbot, large(60))
    person.canvas.centre_on("r0:0")
    place = person.view.map_place()
    under = person.view._covered()
    assert under == place, "cards lie where the map does"
    person.view.map_rest.settle()
    assert person.view.map_place().isEmpty()
    card = next(name for name in person.view.stage.board.cards if place.contains(QPointF(person.at(name))))
    person.click(person.at(card))
    assert person.canvas.selection() == [card]
    person.view.camera.pan(QPoint(7, 0))
    assert person.view.map_place() == place
    x, y, *_ = person.view.stage.board.bounds()
    person.view.camera.look_at(QPointF(x - 3000, y - 3000))
    person.view.map_rest.settle()
    assert not person.view.map_place().isEmpty(), "over free ground it stays"


def test_a_rule_that_is_chosen_elsewhere_is_shown_near_enough_to_read(app: QApplication, qtbot: QtBot) -> None:
    person = opened(qtbot, large(60))
    frame = max(person.view.stage.board.frames.values(), key=lambda frame: frame.width)
    person.canvas.select_rule(frame.rule)
    assert person.view.stage.zoom >= 0.6
    assert person.view.camera.seen().contains(QPointF(frame.x, frame.y + frame.height / 2))


def test_from_afar_the_mouse_is_told_the_rules_name(app: QApplication, qtbot: QtBot) -> None:
    person = opened(qtbot, large(60))
    board = person.view.stage.board
    x, y, *_ = board.frame_places["r7"]
    for zoom, told in ((0.1, board.frames["r7"].title), (0.8, "")):
        person.view.camera.look_at(QPointF(x, y), zoom)
        inside = QPointF(person.point(x + 12, y + 12))
        assert person.view._tooltip(inside) == told
    assert person.view._tooltip(QPointF(person.point(x - 10, y - 10))) == ""


# --- keys


def test_arrows_walk_along_the_edges_and_enter_opens(person: Person) -> None:
    person.key(Qt.Key.Key_Home)
    assert person.canvas.selection() == ["one:0"]
    for key, card in (
        (Qt.Key.Key_Right, "one:1"), (Qt.Key.Key_Right, "one:2"), (Qt.Key.Key_Right, "two:0"),
        (Qt.Key.Key_Up, "one:0"), (Qt.Key.Key_Down, "two:0"), (Qt.Key.Key_Left, "one:2"),
    ):  # fmt: skip
        person.key(key)
        assert person.canvas.selection() == [card]
    with person.bot.waitSignal(person.canvas.node_activated) as activated:
        person.key(Qt.Key.Key_Return)
    assert activated.args == ["one:2"]


def test_keys_zoom_and_fit(person: Person) -> None:
    person.key(Qt.Key.Key_0)
    assert person.view.camera.zoom == pytest.approx(1.0)
    person.key(Qt.Key.Key_Plus)
    assert person.view.camera.zoom == pytest.approx(2**0.25)
    person.key(Qt.Key.Key_Minus)
    person.key(Qt.Key.Key_Minus)
    assert person.view.camera.zoom == pytest.approx(2**-0.25)
    person.canvas.centre_on("one:0")
    person.key(Qt.Key.Key_F)
    assert person.view.camera.seen().contains(0, 0)
    assert person.view.camera.seen().contains(2 * STEP + WIDTH, 200 + HEIGHT)


def test_the_keyboard_reaches_cards_out_of_view(app: QApplication, qtbot: QtBot) -> None:
    person = opened(qtbot, large(60))
    person.canvas.centre_on("r0:0")
    for _ in range(4):
        person.key(Qt.Key.Key_Right)
    x, y, width, height = person.view.stage.board.places[person.canvas.selection()[0]]
    seen = person.view.camera.seen()
    assert seen.contains(x, y)
    assert seen.contains(x + width, y + height)


# --- pixels


def test_near_and_far_show_the_same_states_and_selection(app: QApplication, qtbot: QtBot) -> None:
    person = opened(qtbot, large(60))
    failed, gate = QColor(theme.LIGHT.failed).name(), QColor(theme.LIGHT.gate).name()
    person.canvas.set_states({"r5:4": RunState(Run.FAILED, 2)})
    person.canvas.centre_on("r5:3")
    assert not person.far()
    assert failed in person.colours("r5:4")
    assert gate in person.colours("r5:3")
    person.canvas.zoom_to_fit()
    assert person.far()
    assert not person.view.near.cards
    assert failed in person.colours("r5:4")
    assert gate in person.colours("r5:3")
    assert failed not in person.colours("r6:4")
    accent = QColor(theme.LIGHT.accent).name()
    assert accent not in person.colours("r6:4")
    person.click(person.at("r6:4"))
    assert person.canvas.selection() == ["r6:4"]
    x, y = person.point(*person.view.stage.board.places["r6:4"][:2]).toTuple()
    around = person.picture().copy(x - 4, y - 4, 8, 8)
    assert accent in {around.pixelColor(i, j).name() for i in range(8) for j in range(8)}


def test_a_drag_far_away_is_seen_near(app: QApplication, qtbot: QtBot) -> None:
    person = opened(qtbot, large(60))
    person.canvas.zoom_to_fit()
    start = person.at("r3:4")
    person.drag(start, start + QPoint(30, 0))
    x, y = person.view.stage.board.places["r3:4"][:2]
    assert x > 4 * STEP + 30
    person.canvas.centre_on("r3:4")
    item = person.view.near.cards["r3:4"]
    assert (item.pos().x(), item.pos().y()) == pytest.approx((x, y))


@pytest.mark.parametrize("far", [False, True])
def test_a_pan_leaves_the_picture_that_a_full_repaint_gives(app: QApplication, qtbot: QtBot, far: bool) -> None:
    person = opened(qtbot, large(60))
    person.canvas.centre_on("r7:2")
    if far:
        person.view.camera.zoom_by(0.15)
    assert person.far() == far
    assert not person.view.map_place().isEmpty()
    person.picture()
    for step in (QPoint(37, 11), QPoint(-80, 3), QPoint(5, -60), QPoint(-31, -44)):
        person.view.camera.pan(step)
        person.bot.wait(20)
    person.picture()  # every sprite sharp; what is on screen stays
    assert person.stale() == 0


def test_a_drag_is_seen_at_once(person: Person) -> None:
    person.picture()
    start = person.at("one:2")
    person.drag(start, start + QPoint(60, 50), drop=False)
    person.bot.wait(20)
    assert person.stale() == 0
    QTest.mouseRelease(person.view.viewport(), LEFT, NONE, start + QPoint(60, 50))


def test_the_theme_changes_every_pixel_of_the_ground(person: Person, app: QApplication) -> None:
    corner = QPoint(1, 1)
    assert person.picture().pixelColor(corner) == QColor(theme.LIGHT.canvas)
    dressing.apply(app, theme.DARK)
    assert person.picture().pixelColor(corner) == QColor(theme.DARK.canvas)
    assert QColor(theme.DARK.gate).name() in person.colours("two:1")


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_pictures_are_made_at_any_size(person: Person, scale: float) -> None:
    image = person.canvas.render_to_image(QSize(800, 400) * scale)
    assert image.size() == QSize(800, 400) * scale
    colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(0, image.height(), 3)}
    assert {QColor(theme.LIGHT.gate).name(), theme.LIGHT.surface, theme.LIGHT.canvas} <= colours
    part = person.canvas.render_to_image(QSize(800, 400) * scale, selection=["one:0", "one:1"])
    assert QColor(theme.LIGHT.gate).name() not in {
        part.pixelColor(x, y).name() for x in range(part.width()) for y in range(0, part.height(), 3)
    }


# --- charts come and go


def test_five_thousand_cards_open_with_few_items(app: QApplication, qtbot: QtBot) -> None:
    person = opened(qtbot, large(1000))
    assert person.far()
    person.picture()
    assert not person.view.near.cards
    person.canvas.centre_on("r500:2")
    person.picture()
    assert 10 < len(person.view.near.cards) < 400
    assert {"r500:1", "r500:2", "r500:3"} <= person.view.near.cards.keys()
    for _ in range(30):
        person.view.camera.pan(QPoint(90, 50))
    person.picture()
    assert len(person.view.scene().items()) < 1200
    seen = person.view.camera.seen().getRect()
    assert set(person.view.stage.board.cards_in(seen)) <= person.view.near.cards.keys()


def test_another_chart_keeps_the_view_and_what_is_still_there_selected(person: Person) -> None:
    person.click(person.at("one:1"))
    person.click(person.at("two:2"), Qt.KeyboardModifier.ControlModifier)
    seen, chart = person.view.camera.seen(), small()
    with person.bot.waitSignal(person.canvas.selection_changed) as changed:
        person.canvas.set_chart(Chart(chart.cards[:3], chart.wires, chart.frames[:1]))
    assert changed.args == [["one:1"]]
    assert person.view.camera.seen() == seen


def test_selecting_a_rule_from_outside_brings_it_into_view(app: QApplication, qtbot: QtBot) -> None:
    person = opened(qtbot, large(200))
    person.canvas.centre_on("r0:0")
    with qtbot.waitSignal(person.canvas.rule_selected) as rule:
        person.canvas.select_rule("r150")
    assert rule.args == ["r150"]
    x, y, width, height = person.view.stage.board.frame_places["r150"]
    assert person.view.camera.seen().contains(x, y)
    assert person.view.camera.seen().contains(x + width, y + height)


def test_an_empty_chart_is_quiet(app: QApplication, qtbot: QtBot) -> None:
    person = opened(qtbot, Chart())
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_F, Qt.Key.Key_Return, Qt.Key.Key_Plus):
        person.key(key)
    person.click(QPoint(200, 200))
    person.picture()
    assert person.canvas.selection() == []
    assert not person.canvas.render_to_image(QSize(100, 100)).isNull()
