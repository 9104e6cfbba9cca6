"""What moves by itself on the canvas, when it stands still, and what every frame of it costs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QSettings
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusVariant, QDBusVirtualObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.charts import large, small
from trigger_studio.studio.chart.chart import Chart, Run, RunState
from trigger_studio.ui.canvas.render.sprites import Sprites
from trigger_studio.ui.canvas.view.canvas import FlowCanvas
from trigger_studio.ui.widgets import dressing, reduce_motion, system_motion, theme

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every window

RUNNING = {"one:1": RunState(Run.RUNNING, 2)}


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path) -> Iterator[None]:
    form, scope = QSettings.Format.IniFormat, QSettings.Scope.UserScope
    before = Path(QSettings(form, scope, "trigger-studio", "window").fileName()).parents[1]
    QSettings.setPath(form, scope, str(tmp_path))
    yield
    QSettings.setPath(form, scope, str(before))
    reduce_motion.follow_system(False)


def shown(qtbot: QtBot, qapp: QApplication, chart: Chart) -> FlowCanvas:
    dressing.apply(qapp, theme.LIGHT)
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
    assert not reduce_motion.reduced()
    canvas = shown(qtbot, qapp, small())
    canvas.set_states(RUNNING)
    qtbot.waitUntil(lambda: moves(canvas))
    reduce_motion.reduce(True)
    assert reduce_motion.reduced()
    qtbot.waitUntil(lambda: not moves(canvas))
    canvas._viewer.viewport().repaint()
    assert not moves(canvas)
    reduce_motion.reduce(False)
    canvas._viewer.viewport().repaint()
    assert moves(canvas)


def test_without_a_choice_it_is_as_the_desktop_asks() -> None:
    reduce_motion.follow_system(True)
    assert reduce_motion.reduced()
    reduce_motion.reduce(False)  # this person wants it otherwise here
    assert not reduce_motion.reduced()
    reduce_motion.follow_system(False)
    assert not reduce_motion.reduced()
    reduce_motion.reduce(True)
    reduce_motion.reduce(False)  # and now as the desktop asks again, whatever that will be
    reduce_motion.follow_system(True)
    assert reduce_motion.reduced()


@pytest.fixture
def portal(qapp: QApplication) -> Iterator[Portal]:
    """A desktop portal on a message bus of its own."""
    command = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
        assert daemon.stdout is not None
        portal = Portal(daemon.stdout.readline().strip())
        yield portal
        for name in ("portal", "window"):
            QDBusConnection.disconnectFromBus(name)
        daemon.terminate()


class Portal(QDBusVirtualObject):
    """Answers and tells as a desktop does."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.settings: dict[tuple[str, str], Any] = {}
        self.address = address
        self._bus = QDBusConnection.connectToBus(address, "portal")
        assert self._bus.registerVirtualObject(system_motion.PATH, self)
        assert self._bus.registerService(system_motion.SERVICE)

    def introspect(self, _path: str) -> str:
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:
        area, name = message.arguments()
        if (area, name) in self.settings:
            reply = message.createReply(QDBusVariant(QDBusVariant(self.settings[area, name])))
        else:
            reply = message.createErrorReply("org.freedesktop.portal.Error.NotFound", "no such setting")
        return bool(connection.send(reply))

    def tell(self, area: str, name: str, value: Any) -> None:
        told = QDBusMessage.createSignal(system_motion.PATH, system_motion.INTERFACE, "SettingChanged")
        told.setArguments([area, name, QDBusVariant(value)])
        assert self._bus.send(told)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have no portal")
def test_the_desktop_is_asked_and_listened_to(qtbot: QtBot, portal: Portal) -> None:
    gnome = ("org.gnome.desktop.interface", "enable-animations")
    portal.settings = {gnome: False, ("org.kde.kdeglobals.KDE", "AnimationDurationFactor"): "1"}
    heard: list[bool] = []
    asked = system_motion.SystemMotion(bus=QDBusConnection.connectToBus(portal.address, "window"))
    asked.changed.connect(heard.append)
    asked.ask()
    qtbot.waitUntil(lambda: heard[-1:] == [True])
    portal.tell("org.gnome.desktop.interface", "cursor-size", 48)
    portal.tell(*gnome, True)
    qtbot.waitUntil(lambda: heard[-1] is False)
    portal.tell("org.freedesktop.appearance", "reduced-motion", 1)
    qtbot.waitUntil(lambda: heard[-1])


def test_the_menu_shows_what_the_desktop_asks_for(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_motion.SystemMotion, "ask", lambda asked: asked._say(True))
    calm = QAction(checkable=True)
    kept = system_motion.follow(calm, calm)
    assert kept.parent() is calm
    assert calm.isChecked()
    assert reduce_motion.reduced()


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
