"""Line icons on a 24-unit grid, as path data of our own, drawn by one pen so that all have one weight.

The data is a small part of SVG's path language, `M x y`, `L x y`, `C x1 y1 x2 y2 x y`, `Z`, and `O cx cy r`: a circle.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPainterPath, QPen, QPixmap

GRID: Final = 24.0
STROKE: Final = 2.0
MOST_RATIO: Final = 2.0
"""Device pixels for one of ours; a screen that is plugged in later gets its icons from this."""

_PATHS: Final = {
    # flowchart kinds
    "bolt": "M 13 2 L 5 13.5 L 11 13.5 L 10.5 22 L 19 10 L 12.8 10 Z",
    "approved": "O 12 12 9 M 8 12.3 L 11 15.2 L 16.2 9.3",
    "completed": "M 6 21 L 6 4 C 10 2 14 6 18.5 4 L 18.5 13.5 C 14 15.5 10 11.5 6 13.5",
    "failed": "O 12 12 9 M 9 9 L 15 15 M 15 9 L 9 15",
    "filter": "M 3.5 5 L 20.5 5 L 14 12.5 L 14 19 L 10 20.5 L 10 12.5 Z",
    "join": "M 4 5 C 10 5 9 12 15 12 M 4 19 C 10 19 9 12 15 12 L 20 12 M 4 12 L 9 12",
    "branch": "M 4 12 L 9 12 C 14 12 13 5.5 20 5.5 M 9 12 C 14 12 13 18.5 20 18.5",
    "person": "O 12 7.5 4 M 4.5 21 C 4.5 15.5 8 13.8 12 13.8 C 16 13.8 19.5 15.5 19.5 21",
    "parallel": "M 5 4 L 5 20 M 5 7 L 19 7 M 5 12 L 19 12 M 5 17 L 19 17",
    "sequence": "O 5 12 2.2 O 12 12 2.2 O 19 12 2.2 M 7.2 12 L 9.8 12 M 14.2 12 L 16.8 12",
    "emits": "O 12 12 2 M 7.8 16.2 C 5.4 13.8 5.4 10.2 7.8 7.8 M 16.2 7.8 C 18.6 10.2 18.6 13.8 16.2 16.2 "
    "M 4.9 19.1 C 1 15.2 1 8.8 4.9 4.9 M 19.1 4.9 C 23 8.8 23 15.2 19.1 19.1",
    # action types
    "job": "M 7 4 L 19.5 12 L 7 20 Z",
    "clapper": "M 3.5 10 L 20.5 10 L 20.5 20 L 3.5 20 Z M 3.5 10 L 19.6 4.6 M 8 8.6 L 10.5 10 M 13.2 6.8 L 15.8 10",
    "qa": "M 12 2.8 L 19.5 5.6 L 19.5 11.5 C 19.5 16.4 16.4 19.6 12 21.2 C 7.6 19.6 4.5 16.4 4.5 11.5 L 4.5 5.6 Z "
    "M 8.6 11.8 L 11.2 14.4 L 15.6 9.6",
    "film": "M 4 4 L 20 4 L 20 20 L 4 20 Z M 8.5 4 L 8.5 20 M 15.5 4 L 15.5 20 M 4 9 L 8.5 9 M 4 15 L 8.5 15 "
    "M 15.5 9 L 20 9 M 15.5 15 L 20 15",
    "package": "M 12 2.8 L 20.5 7.2 L 20.5 16.8 L 12 21.2 L 3.5 16.8 L 3.5 7.2 Z M 3.8 7.4 L 12 11.7 L 20.2 7.4 "
    "M 12 11.7 L 12 21 M 7.8 5 L 16.2 9.5",
    "mail": "M 3.5 5.5 L 20.5 5.5 L 20.5 18.5 L 3.5 18.5 Z M 4 6 L 12 12.8 L 20 6",
    "webhook": "O 12 12 9 M 3.2 12 L 20.8 12 M 12 3 C 7.6 7.4 7.6 16.6 12 21 C 16.4 16.6 16.4 7.4 12 3",
    "tag": "M 3.5 12 L 3.5 3.5 L 12 3.5 L 20.8 12.3 L 12.3 20.8 Z O 8 8 1.2",
    "gear": "O 12 12 3.2 M 12 2.8 L 12 6 M 12 18 L 12 21.2 M 2.8 12 L 6 12 M 18 12 L 21.2 12 "
    "M 5.5 5.5 L 7.8 7.8 M 16.2 16.2 L 18.5 18.5 M 18.5 5.5 L 16.2 7.8 M 7.8 16.2 L 5.5 18.5",
    # states and badges
    "check": "M 5 12.8 L 9.8 17.5 L 19 7.5",
    "cross": "M 6.5 6.5 L 17.5 17.5 M 17.5 6.5 L 6.5 17.5",
    "dash": "M 6 12 L 18 12",
    "clock": "O 12 12 9 M 12 6.8 L 12 12 L 15.6 14.2",
    "running": "M 20.5 12 C 20.5 16.7 16.7 20.5 12 20.5 C 7.3 20.5 3.5 16.7 3.5 12 C 3.5 7.3 7.3 3.5 12 3.5",
    "lock": "M 5.5 10.5 L 18.5 10.5 L 18.5 20.5 L 5.5 20.5 Z M 8 10.5 L 8 7.5 C 8 2 16 2 16 7.5 L 16 10.5",
    "halt": "M 8.2 3 L 15.8 3 L 21 8.2 L 21 15.8 L 15.8 21 L 8.2 21 L 3 15.8 L 3 8.2 Z M 9.5 8.8 L 9.5 15.2 "
    "M 14.5 8.8 L 14.5 15.2",
    "paused": "O 12 12 9 M 9.5 8.8 L 9.5 15.2 M 14.5 8.8 L 14.5 15.2",
    "gauge": "M 4.2 18 C 1.2 11 5.6 4.5 12 4.5 C 18.4 4.5 22.8 11 19.8 18 M 12 15.5 L 16 9.5 O 12 15.5 1.2",
    "warning": "M 12 3.5 L 21.5 20 L 2.5 20 Z M 12 9.5 L 12 14 M 12 16.8 L 12 17",
    "pencil": "M 4 20 L 4.8 16 L 16 4.8 L 19.2 8 L 8 19.2 Z M 13.6 7.2 L 16.8 10.4",
    "off": "O 12 12 9 M 5.8 5.8 L 18.2 18.2",
    # commands
    "plus": "M 12 5 L 12 19 M 5 12 L 19 12",
    "minus": "M 5 12 L 19 12",
    "fit": "M 4 9 L 4 4 L 9 4 M 15 4 L 20 4 L 20 9 M 20 15 L 20 20 L 15 20 M 9 20 L 4 20 L 4 15",
    "undo": "M 9 5 L 4 10 L 9 15 M 4 10 L 14 10 C 22 10 22 19.5 14 19.5 L 10 19.5",
    "redo": "M 15 5 L 20 10 L 15 15 M 20 10 L 10 10 C 2 10 2 19.5 10 19.5 L 14 19.5",
    "save": "M 4 4 L 16.5 4 L 20 7.5 L 20 20 L 4 20 Z M 8 4 L 8 9 L 15 9 L 15 4 "
    "M 7.5 20 L 7.5 13.5 L 16.5 13.5 L 16.5 20",
    "publish": "M 12 15.5 L 12 4 M 7 8.6 L 12 3.6 L 17 8.6 M 4 14.5 L 4 20 L 20 20 L 20 14.5",
    "search": "O 10.5 10.5 6.5 M 15.4 15.4 L 20.5 20.5",
    "play": "M 7 4.5 L 19 12 L 7 19.5 Z",
    "pause": "M 8 5 L 8 19 M 16 5 L 16 19",
    "next": "M 7 5.5 L 15 12 L 7 18.5 Z M 18 5.5 L 18 18.5",
    "previous": "M 17 5.5 L 9 12 L 17 18.5 Z M 6 5.5 L 6 18.5",
    "first": "M 12 6 L 6 12 L 12 18 M 18 6 L 12 12 L 18 18",
    "last": "M 12 6 L 18 12 L 12 18 M 6 6 L 12 12 L 6 18",
    "replay": "M 4 13 C 4.8 17.2 8 20 12 20 C 16.5 20 20 16.5 20 12 C 20 7.5 16.5 4 12 4 C 8.8 4 6.2 5.7 4.8 8.2 "
    "M 4.5 3.8 L 4.6 8.5 L 9.3 8.4 M 10.5 9 L 15 12 L 10.5 15 Z",
    "stop": "M 6 6 L 18 6 L 18 18 L 6 18 Z",
    "log": "M 4 6 L 5 6 M 9 6 L 20 6 M 4 12 L 5 12 M 9 12 L 20 12 M 4 18 L 5 18 M 9 18 L 20 18",
    "graph": "M 3 9.5 L 9 9.5 L 9 14.5 L 3 14.5 Z M 15 3 L 21 3 L 21 8 L 15 8 Z M 15 16 L 21 16 L 21 21 L 15 21 Z "
    "M 9 12 L 12 12 L 12 5.5 L 15 5.5 M 12 12 L 12 18.5 L 15 18.5",
    "form": "M 4 3.5 L 20 3.5 L 20 20.5 L 4 20.5 Z M 8 8 L 16 8 M 8 12 L 16 12 M 8 16 L 12.5 16",
    "flask": "M 9 3 L 15 3 M 10 3 L 10 9.5 L 4.5 19 C 4 20.2 4.6 21 6 21 L 18 21 C 19.4 21 20 20.2 19.5 19 L 14 9.5 "
    "L 14 3 "
    "M 7.5 15 L 16.5 15",
    "eye": "M 2.5 12 C 6.5 4.8 17.5 4.8 21.5 12 C 17.5 19.2 6.5 19.2 2.5 12 Z O 12 12 3",
    "tests": "M 3.5 6 L 5.5 8 L 9 4 M 3.5 13 L 5.5 15 L 9 11 M 12.5 6.5 L 20.5 6.5 M 12.5 13.5 L 20.5 13.5 "
    "M 12.5 20 L 20.5 20 M 4 18 L 8.5 22 M 8.5 18 L 4 22",
    "gallery": "M 4 4 L 10.5 4 L 10.5 10.5 L 4 10.5 Z M 13.5 4 L 20 4 L 20 10.5 L 13.5 10.5 Z "
    "M 4 13.5 L 10.5 13.5 L 10.5 20 L 4 20 Z M 13.5 13.5 L 20 13.5 L 20 20 L 13.5 20 Z",
    "trash": "M 4.5 6.5 L 19.5 6.5 M 9 6.5 L 9 3.5 L 15 3.5 L 15 6.5 M 6.5 6.5 L 7.3 20.5 L 16.7 20.5 L 17.5 6.5",
    "refresh": "M 20 11 C 19.2 6.8 16 4 12 4 C 8.8 4 6.2 5.7 4.8 8.2 M 4.5 3.8 L 4.6 8.5 L 9.3 8.4 "
    "M 4 13 C 4.8 17.2 8 20 12 20 C 15.2 20 17.8 18.3 19.2 15.8 M 19.5 20.2 L 19.4 15.5 L 14.7 15.6",
}  # fmt: skip

NAMES: Final = tuple(_PATHS)


@lru_cache(maxsize=len(_PATHS))
def path(name: str) -> QPainterPath:
    """The outline of an icon on the 24-unit grid; an unknown name gives the gear, so that a new type still shows."""
    words = iter(_PATHS.get(name, _PATHS["gear"]).split())
    result = QPainterPath()

    def numbers(count: int) -> list[float]:
        return [float(next(words)) for _ in range(count)]

    for command in words:
        match command:
            case "M":
                result.moveTo(*numbers(2))
            case "L":
                result.lineTo(*numbers(2))
            case "C":
                result.cubicTo(*numbers(6))
            case "O":
                x, y, radius = numbers(3)
                result.addEllipse(QPointF(x, y), radius, radius)
            case "Z":
                result.closeSubpath()
            case _:
                raise ValueError(f"icon '{name}': unknown command '{command}'")
    return result


def draw(painter: QPainter, name: str, rect: QRectF, colour: QColor, stroke: float = STROKE) -> None:
    """Draw an icon into a square."""
    painter.save()
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / GRID, rect.height() / GRID)
    painter.setPen(QPen(colour, stroke, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path(name))
    painter.restore()


def icon(name: str, colour: QColor, faint: QColor | None = None) -> QIcon:
    """An icon for buttons and menus, crisp on the screens there are; `faint` is its colour while disabled."""
    result = QIcon()
    for ratio in {*(screen.devicePixelRatio() for screen in QGuiApplication.screens()), MOST_RATIO}:
        for mode, ink in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, faint or colour)):
            pixmap = QPixmap(QSize(20, 20) * ratio)
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw(painter, name, QRectF(1, 1, 18, 18), ink)
            painter.end()
            result.addPixmap(pixmap, mode)
    return result
