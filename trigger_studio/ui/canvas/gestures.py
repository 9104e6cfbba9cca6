"""Mouse gestures as objects: each begins at a press, follows the mouse, and ends or is cancelled as one thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPointF, QRect, QSize
from PySide6.QtWidgets import QRubberBand

if TYPE_CHECKING:
    from trigger_studio.ui.canvas.viewer import ChartViewer


class Gesture(Protocol):
    """One gesture in progress; positions are the viewport's."""

    def move(self, at: QPointF) -> None:
        """The mouse is here now."""

    def end(self, at: QPointF) -> None:
        """The button was let go here."""

    def cancel(self) -> None:
        """Undo what the gesture did so far."""


class Pan:
    """Moves the view with the mouse."""

    def __init__(self, viewer: ChartViewer, at: QPointF) -> None:
        self._viewer, self._last = viewer, at.toPoint()

    def move(self, at: QPointF) -> None:
        now = at.toPoint()
        self._viewer.camera.pan(self._last - now)
        self._last = now

    def end(self, at: QPointF) -> None:
        self.move(at)

    def cancel(self) -> None:
        """The view stays where it is: nothing was changed."""


class MapPan:
    """Moves the view by the small map."""

    def __init__(self, viewer: ChartViewer, at: QPointF) -> None:
        self._viewer = viewer
        self.move(at)

    def move(self, at: QPointF) -> None:
        self._viewer.look_through_map(at)

    def end(self, at: QPointF) -> None:
        self.move(at)

    def cancel(self) -> None:
        """The view stays where it is."""


class Band:
    """Selects by a rubber band; without movement it is a click on the ground: a rule's frame, or nothing."""

    def __init__(self, viewer: ChartViewer, at: QPointF, extend: bool) -> None:
        self._viewer, self._start = viewer, at
        self._kept = set(viewer.stage.selected) if extend else set()
        self._rule_before, self._before = viewer.stage.rule, set(viewer.stage.selected)
        self._band: QRubberBand | None = None

    def move(self, at: QPointF) -> None:
        if self._band is None:
            if (at - self._start).manhattanLength() < self._viewer.drag_distance:
                return
            self._band = QRubberBand(QRubberBand.Shape.Rectangle, self._viewer.viewport())
            self._band.show()
        box = QRect(self._start.toPoint(), QSize()).united(QRect(at.toPoint(), QSize(1, 1))).normalized()
        self._band.setGeometry(box)
        self._viewer.select_in(box, self._kept)

    def end(self, at: QPointF) -> None:
        if self._band is None:
            self._viewer.click_ground(self._start, keep=bool(self._kept))
        self._drop_band()

    def cancel(self) -> None:
        self._viewer.select(self._before, self._rule_before)
        self._drop_band()

    def _drop_band(self) -> None:
        if self._band is not None:
            self._band.hide()
            self._band.deleteLater()
            self._band = None


class Drag:
    """Moves the selected cards; told to the document once, at the end."""

    def __init__(self, viewer: ChartViewer, at: QPointF) -> None:
        self._viewer, self._start = viewer, at
        board = viewer.stage.board
        self._origins = {name: board.places[name][:2] for name in viewer.stage.selected}
        self._moving = False

    def move(self, at: QPointF) -> None:
        step = at - self._start
        self._moving = self._moving or step.manhattanLength() >= self._viewer.drag_distance
        if self._moving:
            zoom = self._viewer.stage.zoom
            self._place(step.x() / zoom, step.y() / zoom)

    def _place(self, dx: float, dy: float) -> None:
        self._viewer.place_cards({name: (x + dx, y + dy) for name, (x, y) in self._origins.items()})

    def end(self, at: QPointF) -> None:
        self.move(at)
        if self._moving:
            self._viewer.end_drag(self._origins)

    def cancel(self) -> None:
        self._place(0.0, 0.0)
