"""What stands above the chart while a hand is on it: handles, a line being pulled, and where a drop would go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF

from trigger_studio.frozen import frozen
from trigger_studio.studio.chart.chart import Wire
from trigger_studio.studio.chart.drop_target import DropTarget
from trigger_studio.ui.canvas.render.hit_testing import nearest_on

if TYPE_CHECKING:
    from trigger_studio.ui.canvas.view.viewer import ChartViewer

KNOB: Final = 9.0
"""Radius in pixels of a handle and of the plus on a line."""
GRIP: Final = 13.0
"""How near to its middle counts as on it."""


@frozen
class Target:
    """Where a drop would go. `words` says what it would do, or why it cannot be."""

    place: DropTarget
    at: QPointF
    words: str
    possible: bool


class Marks:
    """The marks of one viewer; positions are the viewport's.

    Attributes:
        handle: the card whose output can be pulled at. plus: a line and the place on it where a step can be put in.
        pulled: the card from which a line is being pulled, and its end.
        target: where what is dragged would go.
    """

    def __init__(self, viewer: ChartViewer) -> None:
        self._viewer = viewer
        self.handle: str | None = None
        self.plus: tuple[Wire, tuple[float, float]] | None = None
        self.pulled: tuple[str, QPointF] | None = None
        self.target: Target | None = None

    @property
    def shown(self) -> bool:
        """Whether there is anything to draw."""
        return bool(self.handle or self.plus or self.pulled or self.target)

    def clear(self) -> None:
        """Take every mark away."""
        if self.shown:
            self.handle = self.plus = self.pulled = self.target = None
            self._viewer.viewport().update()

    def show_target(self, target: Target | None, pulled: tuple[str, QPointF] | None = None) -> None:
        """Show where what is dragged would go; None for nowhere in particular."""
        if (target, pulled) != (self.target, self.pulled):
            self.target, self.pulled = target, pulled
            self._viewer.viewport().update()

    def hover(self, handle: str | None, wire: Wire | None, at: QPointF) -> None:
        """Offer the handle of a card, or the plus on a line; the plus stays where it appeared."""
        same = self.plus is not None and wire is not None and self.plus[0].id == wire.id
        if handle == self.handle and (same or (wire is None and self.plus is None)):
            return
        self.handle = handle
        if not same:
            point = self._viewer.mapToScene(at.toPoint())
            item = self._viewer.near.wires.get(wire.id) if wire is not None else None
            at_line = nearest_on(item.points, (point.x(), point.y())) if item is not None else (0.0, 0.0)
            self.plus = (wire, at_line) if wire is not None and item is not None else None
        self._viewer.viewport().update()

    # --- where the knobs are

    def handle_place(self, card: str) -> QPointF:
        """The middle of a card's handle: on its right edge."""
        x, y, width, height = self._viewer.stage.board.places[card]
        return self._map(x + width, y + height / 2) + QPointF(KNOB + 3, 0)

    def plus_place(self) -> QPointF | None:
        """The middle of the plus."""
        return self._map(*self.plus[1]) if self.plus is not None else None

    def on_handle(self, at: QPointF) -> bool:
        """Whether a position is on the handle that is shown."""
        cards = self._viewer.stage.board.cards
        return self.handle is not None and self.handle in cards and _near(self.handle_place(self.handle), at)

    def on_plus(self, at: QPointF) -> bool:
        """Whether a position is on the plus that is shown."""
        place = self.plus_place()
        return place is not None and _near(place, at)

    def _map(self, x: float, y: float) -> QPointF:
        return QPointF(self._viewer.viewportTransform().map(QPointF(x, y)))


def _near(middle: QPointF, at: QPointF) -> bool:
    away = middle - at
    return away.x() ** 2 + away.y() ** 2 <= GRIP**2
