"""When the small map is seen: always over free ground, over cards only while the view moves and a moment longer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QPoint, QRectF, Qt, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QGraphicsView

REST_MS: Final = 1000


class MapRest(QObject):
    """Lets the map go when the view has come to rest and cards lie under it.

    Attributes:
        gone: whether the map has made room for what lies under it.
    """

    def __init__(self, view: QGraphicsView, covers: Callable[[], QRectF | None], changed: Callable[[], None]) -> None:
        """Watch over a view's map.

        Args:
            view: what moves.
            covers: the map's box in the viewport while cards lie under it, else None.
            changed: called when the map is to be painted or no longer.
        """
        super().__init__(view)
        self._view, self._covers, self._changed = view, covers, changed
        self._seen = QRectF()
        self.gone = False
        self._timer = QTimer(self, singleShot=True, interval=REST_MS)
        self._timer.timeout.connect(self.settle)

    def moved(self, seen: QRectF) -> None:
        """The view shows this now, in scene units."""
        if seen != self._seen:
            self._seen = seen
            self._timer.start()
            if self.gone:
                self.gone = False
                self._changed()

    def settle(self) -> None:
        """The view is at rest; while the mouse is on the map it stays."""
        box = self._covers()
        if box is None:
            return
        port = self._view.viewport()
        pressed = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        mouse: QPoint = port.mapFromGlobal(QCursor.pos())
        if pressed or (port.underMouse() and box.contains(mouse)):
            self._timer.start()
            return
        self.gone = True
        self._changed()
