"""The camera of the canvas: zoom about a point, pan by whole pixels, fit.

A fixed huge scene rectangle and scroll bars move the view, so that Qt copies what stays in sight and paints the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QTransform
from PySide6.QtWidgets import QGraphicsView

from trigger_studio.ui.canvas.render.chart_index import Box

LEAST: Final = 0.015
MOST: Final = 3.0
STEP: Final = 2**0.25
"""One notch of the wheel."""
WORLD: Final = QRectF(-4e6, -4e6, 8e6, 8e6)
FIT_GAP: Final = 40
FIT_MOST: Final = 1.0


class Camera:
    """Moves one view, and calls `changed` once after each move.

    Attributes:
        touched: it was moved since this was last set to False; until then the view may still choose what to open with.
    """

    def __init__(self, view: QGraphicsView, changed: Callable[[], None]) -> None:
        self._view, self._changed = view, changed
        self.touched = False
        view.setSceneRect(WORLD)

    @property
    def zoom(self) -> float:
        """Device-independent pixels per scene unit."""
        return self._view.transform().m11()

    def seen(self) -> QRectF:
        """What the viewport shows, in scene units."""
        return self._view.mapToScene(self._view.viewport().rect()).boundingRect()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom, keeping the scene point under viewport position `at` (else the middle) where it is."""
        at = at if at is not None else QPointF(self._view.viewport().rect().center())
        zoom = min(MOST, max(LEAST, self.zoom * factor))
        anchor = self._view.viewportTransform().inverted()[0].map(at)
        self._view.setTransform(QTransform.fromScale(zoom, zoom))
        moved = self._view.viewportTransform().map(anchor) - at
        self.pan(QPoint(round(moved.x()), round(moved.y())))

    def pan(self, by: QPoint) -> None:
        """Scroll by whole device-independent pixels."""
        for bar, step in ((self._view.horizontalScrollBar(), by.x()), (self._view.verticalScrollBar(), by.y())):
            if step:
                bar.setValue(bar.value() + step)
        self._tell()

    def look_at(self, centre: QPointF, zoom: float | None = None) -> None:
        """Put a scene point in the middle."""
        if zoom is not None:
            self._view.setTransform(QTransform.fromScale(zoom, zoom))
        self._view.centerOn(centre)
        self._tell()

    def fit(self, box: Box, most: float = FIT_MOST) -> None:
        """Show a whole box with a gap around it, no larger than `most`."""
        x, y, width, height = box
        room = self._view.viewport().size()
        zoom = min(
            (room.width() - 2 * FIT_GAP) / max(width, 1.0), (room.height() - 2 * FIT_GAP) / max(height, 1.0), most
        )
        self.look_at(QPointF(x + width / 2, y + height / 2), max(LEAST, zoom))

    def _tell(self) -> None:
        self.touched = True
        self._changed()
