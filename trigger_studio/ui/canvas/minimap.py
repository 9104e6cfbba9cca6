"""The small map in a corner: the whole chart, and the part of it that is in view.

It is painted by the viewer over its own picture rather than being a widget: a widget on top would make Qt repaint the
whole viewport for every step of a pan.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from trigger_studio.ui.canvas.far import FarPainter
from trigger_studio.ui.canvas.stage import Stage

WIDTH: Final = 208
LEAST_HEIGHT, MOST_HEIGHT = 56, 136
GAP: Final = 16
PAD: Final = 8.0
LEAST_VIEWPORT: Final = QSize(520, 360)
"""In a smaller viewport the map would hide more than it shows."""


class Minimap:
    """Where the map lies, what it looks like, and which scene point lies under one of its pixels."""

    def __init__(self, stage: Stage, far: FarPainter) -> None:
        self._stage, self._far = stage, far
        self._pixmap: QPixmap | None = None

    def forget(self) -> None:
        """Paint the map anew next time."""
        self._pixmap = None

    def place(self, viewport: QSize, seen: QRectF) -> QRectF:
        """The map's box in the viewport; empty when there is no room, or all of the chart is `seen` anyway."""
        roomy = viewport.width() >= LEAST_VIEWPORT.width() and viewport.height() >= LEAST_VIEWPORT.height()
        if not roomy or not self._stage.board.cards or seen.contains(QRectF(*self._stage.board.bounds())):
            return QRectF()
        size = self._size()
        left, top = viewport.width() - size.width() - GAP, viewport.height() - size.height() - GAP
        return QRectF(left, top, size.width(), size.height())

    def _size(self) -> QSize:
        """As wide as ever, and as high as the chart's shape asks for."""
        _, _, width, height = self._stage.board.bounds()
        wanted = (WIDTH - 2 * PAD) * height / max(width, 1.0) + 2 * PAD
        return QSize(WIDTH, round(min(max(wanted, LEAST_HEIGHT), MOST_HEIGHT)))

    def _fit(self) -> tuple[float, QPointF]:
        """The map's scale, and where the scene's origin lies inside the map."""
        x, y, width, height = self._stage.board.bounds()
        size = self._size()
        scale = min((size.width() - 2 * PAD) / width, (size.height() - 2 * PAD) / height, 0.2)
        shift = QPointF(
            (size.width() - width * scale) / 2 - x * scale, (size.height() - height * scale) / 2 - y * scale
        )
        return scale, shift

    def scene_point(self, place: QRectF, at: QPointF) -> QPointF:
        """The scene point shown at a viewport position."""
        scale, shift = self._fit()
        return QPointF((at - place.topLeft() - shift) / scale)

    def paint(self, painter: QPainter, place: QRectF, view: QRectF) -> None:
        """Draw the map into its place; `view` is what the viewport shows, in scene units."""
        if self._pixmap is None or self._pixmap.devicePixelRatio() != self._stage.ratio:
            self._pixmap = self._paint_chart()
        kit = self._stage.kit
        painter.drawPixmap(place.topLeft(), self._pixmap)
        scale, shift = self._fit()
        window = QRectF(view.topLeft() * scale, view.size() * scale).translated(shift + place.topLeft())
        window = window.intersected(place.adjusted(1.5, 1.5, -1.5, -1.5))
        if window.width() < place.width() - 4 or window.height() < place.height() - 4:
            painter.setPen(QPen(kit.accent, 1.5))
            painter.setBrush(QColor(kit.accent.red(), kit.accent.green(), kit.accent.blue(), 28))
            painter.drawRoundedRect(window, 3, 3)

    def _paint_chart(self) -> QPixmap:
        stage = self._stage
        size = self._size()
        pixmap = QPixmap(size * stage.ratio)
        pixmap.setDevicePixelRatio(stage.ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(stage.kit.line_strong, 1))
        painter.setBrush(stage.kit.surface)
        painter.drawRoundedRect(QRectF(0.5, 0.5, size.width() - 1, size.height() - 1), 8, 8)
        scale, shift = self._fit()
        painter.translate(shift)
        painter.scale(scale, scale)
        self._far.paint_plain(painter)
        painter.end()
        return pixmap
