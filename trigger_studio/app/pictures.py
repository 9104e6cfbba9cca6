"""Pictures of the chain graph without a window: the canvas's own painters on Qt's platform without a screen."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from trigger_studio.errors import Unavailable

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication, QWidget

    from trigger_studio.services.pictures import Scene


def paint(scene: Scene, form: str, theme: str) -> bytes:
    """The scene as ``svg``, ``png`` or ``pdf``, ``light`` or ``dark``.

    Raises:
        Unavailable: this machine lacks a library that Qt needs to draw.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        from PySide6 import QtSvg, QtWidgets  # noqa: F401 - what needs the system's libraries
    except ImportError as error:
        raise Unavailable(f"a picture cannot be drawn here: {error}") from error
    from trigger_studio.analysis.layout.layout import layout
    from trigger_studio.studio.chart.chart import Badge
    from trigger_studio.studio.chart.projection import chart_of
    from trigger_studio.ui.canvas.render import picture
    from trigger_studio.ui.canvas.render.chart_index import ChartIndex
    from trigger_studio.ui.canvas.render.render_context import RenderContext
    from trigger_studio.ui.canvas.render.style import kit_of
    from trigger_studio.ui.widgets.theme import DARK, LIGHT

    _application()
    stage = RenderContext(kit_of(DARK if theme == "dark" else LIGHT))
    badges = {rule: tuple(map(Badge, names)) for rule, names in scene.badges.items()}
    stage.board = ChartIndex(chart_of(scene.graph, layout(scene.graph, None, scene.places), badges))
    return picture.made(stage, picture.Form(form))


def save(widget: QWidget, path: Path) -> None:
    """Write what a widget shows as a PNG.

    Raises:
        Unavailable: the file cannot be written.
    """
    from PySide6.QtCore import QBuffer, QIODevice

    from trigger_studio.services.files import write_whole

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    widget.grab().save(buffer, "PNG")
    write_whole(path, bytes(buffer.data().data()))


def _application() -> None:
    """Qt's one object for the process, if nobody has made it yet."""
    from PySide6.QtCore import QCoreApplication

    if QCoreApplication.instance() is None:
        _made()


@cache
def _made() -> QApplication:
    from PySide6.QtWidgets import QApplication

    return QApplication(["trigger-studio"])
