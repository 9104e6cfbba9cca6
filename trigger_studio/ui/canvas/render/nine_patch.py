"""A rounded box of any size from four corner sprites, plain fills and four lines."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from trigger_studio.ui.canvas.render import frame_painter
from trigger_studio.ui.canvas.render.style import CanvasStyle


class Patch:
    """The frame's box at one zoom and in one state of selection."""

    def __init__(self, kit: CanvasStyle, zoom: float, ratio: float, selected: bool) -> None:
        self._line, self._fill = frame_painter.colours(kit, selected)
        self._thick = max(1, round((2 if selected else 1) * ratio)) / ratio
        pixels = max(2, ceil(frame_painter.RADIUS * zoom * ratio))
        self._reach = pixels / ratio
        whole = QPixmap(pixels * 2, pixels * 2)
        whole.fill(Qt.GlobalColor.transparent)
        painter = QPainter(whole)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(ratio, ratio)
        painter.setPen(Qt.PenStyle.NoPen)
        side, radius = 2 * self._reach, frame_painter.RADIUS * zoom
        painter.setBrush(self._line)
        painter.drawRoundedRect(QRectF(0, 0, side, side), radius, radius)
        painter.setBrush(self._fill)
        inner = max(0.0, radius - self._thick)
        inside = QRectF(0, 0, side, side).adjusted(self._thick, self._thick, -self._thick, -self._thick)
        painter.drawRoundedRect(inside, inner, inner)
        painter.end()
        self._corners = []
        for x, y in ((0, 0), (pixels, 0), (0, pixels), (pixels, pixels)):
            corner = whole.copy(x, y, pixels, pixels)
            corner.setDevicePixelRatio(ratio)
            self._corners.append(corner)

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw the box; its edges must lie on whole device pixels."""
        reach, thick = self._reach, self._thick
        left, top, right, bottom = box.left(), box.top(), box.right(), box.bottom()
        painter.fillRect(QRectF(left + reach, top, box.width() - 2 * reach, box.height()), self._fill)
        painter.fillRect(QRectF(left, top + reach, box.width(), box.height() - 2 * reach), self._fill)
        across, down = box.width() - 2 * reach, box.height() - 2 * reach
        painter.fillRect(QRectF(left + reach, top, across, thick), self._line)
        painter.fillRect(QRectF(left + reach, bottom - thick, across, thick), self._line)
        painter.fillRect(QRectF(left, top + reach, thick, down), self._line)
        painter.fillRect(QRectF(right - thick, top + reach, thick, down), self._line)
        places = ((left, top), (right - reach, top), (left, bottom - reach), (right - reach, bottom - reach))
        for corner, place in zip(self._corners, places, strict=True):
            painter.drawPixmap(QPointF(*place), corner)
