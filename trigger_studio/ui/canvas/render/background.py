"""The dotted ground under everything: one tile of the viewport's own pixels, laid from where the view is now."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPixmap

from trigger_studio.ui.canvas.render.style import CanvasStyle

PITCH: Final = 24.0
"""Scene units between dots at a zoom of 1; doubled or halved so that dots stay between 16 and 32 pixels apart."""
TILE_DOTS: Final = 8


class Ground:
    """Paints the ground of one viewport; keeps the tile of the last zoom and theme."""

    def __init__(self) -> None:
        self._key: tuple[str, int, float] | None = None
        self._tile = QPixmap()

    def paint(
        self, painter: QPainter, rect: QRect, origin: QPoint, *, kit: CanvasStyle, zoom: float, ratio: float
    ) -> None:
        """Fill `rect` of the viewport; the painter and `origin`, the scene's origin, are in viewport coordinates."""
        pitch = PITCH * zoom
        while pitch < 16:
            pitch *= 2
        while pitch > 32:
            pitch /= 2
        pixels = max(1, round(pitch))
        key = (kit.tokens.name, pixels, ratio)
        if key != self._key:
            self._key, self._tile = key, _tile(kit, pixels, ratio)
        side = pixels * TILE_DOTS
        offset = QPoint((rect.x() - origin.x()) % side, (rect.y() - origin.y()) % side)
        painter.drawTiledPixmap(rect, self._tile, offset)


def _tile(kit: CanvasStyle, pitch: int, ratio: float) -> QPixmap:
    side = pitch * TILE_DOTS
    tile = QPixmap(round(side * ratio), round(side * ratio))
    tile.setDevicePixelRatio(ratio)
    tile.fill(kit.canvas)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(kit.dots)
    for column in range(TILE_DOTS):
        for row in range(TILE_DOTS):
            painter.drawEllipse(QPointF((column + 0.5) * pitch, (row + 0.5) * pitch), 1.0, 1.0)
    painter.end()
    return tile
