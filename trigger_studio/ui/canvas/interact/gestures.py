"""Mouse gestures as objects: each begins at a press, follows the mouse, and ends or is cancelled as one thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPointF, QRect, QSize
from PySide6.QtWidgets import QRubberBand

from trigger_studio.errors import Refused
from trigger_studio.studio.chart.chart import Kind
from trigger_studio.studio.chart.drop_target import DragPayload, DropTarget, PayloadKind
from trigger_studio.ui.canvas.render.hit_testing import place_at
from trigger_studio.ui.canvas.render.overlay import Target

if TYPE_CHECKING:
    from trigger_studio.ui.canvas.view.viewer import ChartViewer


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
    """Moves the selected cards, told to the document once, at the end; one alone can be put on a step or a line."""

    def __init__(self, viewer: ChartViewer, at: QPointF) -> None:
        self._viewer, self._start = viewer, at
        board, selected = viewer.stage.board, viewer.stage.selected
        self._origins = {name: board.places[name][:2] for name in selected}
        self._alone = next(iter(selected)) if len(selected) == 1 and viewer.planner is not None else None
        self._moving = False

    def move(self, at: QPointF) -> None:
        step = at - self._start
        self._moving = self._moving or step.manhattanLength() >= self._viewer.drag_distance
        if self._moving:
            zoom = self._viewer.stage.zoom
            self._place(step.x() / zoom, step.y() / zoom)
            self._viewer.marks.show_target(self._target(at))

    def _target(self, at: QPointF) -> Target | None:
        if self._alone is None or not can_be_put(self._viewer, self._alone):
            return None
        place = place_at(self._viewer, at, without=self._alone)
        if place.card is None and place.wire is None:
            return None  # on free ground it is only put elsewhere
        return aim(self._viewer, DragPayload(PayloadKind.CARD, self._alone), place, at)

    def _place(self, dx: float, dy: float) -> None:
        self._viewer.place_cards({name: (x + dx, y + dy) for name, (x, y) in self._origins.items()})

    def end(self, at: QPointF) -> None:
        self.move(at)
        target = self._viewer.marks.target
        self._viewer.marks.show_target(None)
        if not self._moving:
            return
        if target is None or self._alone is None:
            self._viewer.end_drag(self._origins)
            return
        self._place(0.0, 0.0)
        let_go(self._viewer, DragPayload(PayloadKind.CARD, self._alone), target)

    def cancel(self) -> None:
        self._viewer.marks.show_target(None)
        self._place(0.0, 0.0)


class Pull:
    """Pulls a line out of a card, to another rule's event or to empty ground."""

    def __init__(self, viewer: ChartViewer, card: str, at: QPointF) -> None:
        self._viewer, self._card, self._start = viewer, card, at
        self._moving = False
        viewer.marks.show_target(None, (card, at))

    def move(self, at: QPointF) -> None:
        self._moving = self._moving or (at - self._start).manhattanLength() >= self._viewer.drag_distance
        target = aim(self._viewer, self._load, place_at(self._viewer, at), at) if self._moving else None
        self._viewer.marks.show_target(target, (self._card, at))

    def end(self, at: QPointF) -> None:
        self.move(at)
        target = self._viewer.marks.target
        self.cancel()
        if target is not None:
            let_go(self._viewer, self._load, target)

    def cancel(self) -> None:
        self._viewer.marks.clear()

    @property
    def _load(self) -> DragPayload:
        return DragPayload(PayloadKind.OUTPUT, self._card)


def can_be_put(viewer: ChartViewer, card: str) -> bool:
    """Whether a card is a step, which can stand elsewhere in its rule; an event and its conditions cannot."""
    known = viewer.stage.board.cards.get(card)
    return known is not None and known.kind in (Kind.ACTION, Kind.GATE, Kind.BRANCH, Kind.BAR)


def aim(viewer: ChartViewer, load: DragPayload, place: DropTarget, at: QPointF) -> Target | None:
    """What a drop here would come to."""
    if viewer.planner is None:
        return None
    try:
        return Target(place, at, viewer.planner.foresee(load, place), True)
    except Refused as refusal:
        return Target(place, at, str(refusal), False)


def let_go(viewer: ChartViewer, load: DragPayload, target: Target) -> None:
    """Do what was aimed at; what cannot be is refused in words once more."""
    if viewer.planner is not None:
        viewer.planner.drop(load, target.place)
