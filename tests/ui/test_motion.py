"""What moves by itself on the canvas, when it stands still, and what every frame of it costs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.charts import large, small
from trigger_studio.ui import motion, theme
from trigger_studio.ui.canvas.canvas import FlowCanvas
from trigger_studio.ui.canvas.chart import Chart, Run, RunState
from trigger_studio.ui.canvas.sprites import Sprites

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every window

RUNNING = {"one:1": RunState(Run.RUNNING, 2)}


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path) -> Iterator[None]:
    form, scope = QSettings.Format.IniFormat, QSettings.Scope.UserScope
    before = Path(QSettings(form, scope, "trigger-studio", "window").fileName()).parents[1]
    QSettings.setPath(form, scope, str(tmp_path))
    yield
    QSettings.setPath(form, scope, str(before))


def shown(qtbot: QtBot, qapp: QApplication, chart: Chart) -> FlowCanvas:
    theme.apply(qapp, theme.LIGHT)
    canvas = FlowCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(1000, 640)
    canvas.set_chart(chart)
    with qtbot.waitExposed(canvas):
        canvas.show()
    return canvas


def moves(canvas: FlowCanvas) -> bool:
    return canvas._viewer.pulse.isActive()


def test_it_moves_only_while_something_runs(qtbot: QtBot, qapp: QApplication) -> None:
    canvas = shown(qtbot, qapp, small())
    qtbot.wait(20)
    assert not moves(canvas)
    canvas.set_states(RUNNING)
    qtbot.waitUntil(lambda: canvas._stage.phase > 1)
    canvas.set_states({"one:1": RunState(Run.DONE, 2)})
    qtbot.waitUntil(lambda: not moves(canvas))


def test_the_sign_turns_and_nothing_else_changes(qtbot: QtBot, qapp: QApplication) -> None:
    canvas = shown(qtbot, qapp, small())
    canvas.set_states(RUNNING)
    view = canvas._viewer
    qtbot.waitUntil(lambda: moves(canvas))
    view.pulse.stop()
    canvas._stage.phase = 0
    before = view.viewport().grab().toImage()
    view.pulse.stop()
    canvas._stage.phase = 4
    after = view.viewport().grab().toImage()
    view.pulse.stop()
    sign = view.near.cards["one:1"].sign_box()
    assert sign is not None
    place = view.mapFromScene(sign).boundingRect().adjusted(-2, -2, 2, 2)
    ratio = before.devicePixelRatio()
    changed = {
        QPoint(int(x / ratio), int(y / ratio))
        for x in range(before.width())
        for y in range(before.height())
        if before.pixel(x, y) != after.pixel(x, y)
    }
    assert changed
    assert all(place.contains(point) for point in changed)


def test_out_of_view_hidden_and_far_away_it_stands_still(qtbot: QtBot, qapp: QApplication) -> None:
    canvas = shown(qtbot, qapp, large(60))
    canvas.centre_on("r3:1")
    canvas.set_states({"r3:1": RunState(Run.RUNNING)})
    qtbot.waitUntil(lambda: moves(canvas))
    canvas.centre_on("r50:1")
    qtbot.waitUntil(lambda: not moves(canvas))
    canvas.centre_on("r3:1")
    qtbot.waitUntil(lambda: moves(canvas))
    canvas.hide()
    qtbot.waitUntil(lambda: not moves(canvas))
    canvas.show()
    qtbot.waitUntil(lambda: moves(canvas))
    canvas.zoom_to_fit()
    assert canvas._stage.far
    qtbot.waitUntil(lambda: not moves(canvas))


def test_who_wants_it_calm_has_it_calm(qtbot: QtBot, qapp: QApplication) -> None:
    assert not motion.reduced()
    canvas = shown(qtbot, qapp, small())
    canvas.set_states(RUNNING)
    qtbot.waitUntil(lambda: moves(canvas))
    motion.reduce(True)
    assert motion.reduced()
    qtbot.waitUntil(lambda: not moves(canvas))
    canvas._viewer.viewport().repaint()
    assert not moves(canvas)
    motion.reduce(False)
    canvas._viewer.viewport().repaint()
    assert moves(canvas)


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_sprites_are_made_of_the_devices_own_pixels(qtbot: QtBot, qapp: QApplication, ratio: float) -> None:
    canvas = shown(qtbot, qapp, small())
    stage, card = canvas._stage, canvas._stage.board.cards["one:0"]
    sprites, margin = Sprites(stage.kit), 12
    made = sprites.sprite(card, None, 1.0, ratio, dim=False)
    assert made.devicePixelRatio() == ratio
    assert made.width() == round((card.width + 2 * margin) * ratio)
    frame = stage.board.frames["one"]
    header = sprites.header(frame, 400.0, 1.0, ratio, False)
    assert header.width() == round(400 * ratio)
    sign = sprites.turning(11.0, 3, 1.0, ratio)
    assert (sign.width(), sign.devicePixelRatio()) == (round(11 * ratio), ratio)
