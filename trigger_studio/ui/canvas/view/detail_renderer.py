"""The near view: items for what is near the viewport, and the loop that draws them.

Drawn by our own loop rather than by the scene's: it can clip to each exposed strip of a pan, batches all wires of one
pen, and spares a style option and two transforms for every item.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from math import ceil, floor
from typing import TypeVar

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsScene

from trigger_studio.studio.chart.chart import Pace, Point, RunState, Wire
from trigger_studio.studio.chart.difference import Change
from trigger_studio.ui.canvas.render import wire_painter
from trigger_studio.ui.canvas.render.chart_index import CELL, Box, touches
from trigger_studio.ui.canvas.render.render_context import RenderContext
from trigger_studio.ui.canvas.render.wire_painter import Style
from trigger_studio.ui.canvas.view.items import CardItem, FrameItem, WireItem

MARGIN = CELL / 2
Item = TypeVar("Item", CardItem, WireItem, FrameItem)


class DetailRenderer:
    """The items of one scene.

    Attributes:
        cards, wires, frames: the living items by id.
    """

    def __init__(self, scene: QGraphicsScene, stage: RenderContext) -> None:
        self._scene, self._stage = scene, stage
        self.cards: dict[str, CardItem] = {}
        self.wires: dict[str, WireItem] = {}
        self.frames: dict[str, FrameItem] = {}
        self._shown: Box | None = None
        self._speakers: dict[tuple[str, str], str] = {}
        self._spoken_of: Mapping[str, RunState] | None = None

    # --- which items there are

    def clear(self) -> None:
        """Remove every item."""
        for items in (self.cards, self.wires, self.frames):
            for item in items.values():
                self._scene.removeItem(item)
            items.clear()
        self._shown = None
        self._speakers.clear()

    def adopt(self, change: Change) -> list[Box]:
        """The board changed: other items for what did, where they are wanted.

        Returns:
            Where the items were and where they are, in scene units: what must be painted again.
        """
        self._speakers.clear()
        boxes = self._drop(self.cards, change.cards) + self._drop(self.wires, change.wires)
        boxes += self._drop(self.frames, change.frames)
        box, board = self._shown, self._stage.board
        if box is None:
            return boxes
        places, frames = board.places, board.frame_places
        came = [name for name in change.frames if name in frames and touches(frames[name], box)]
        boxes += self._make(self.frames, came, FrameItem)
        came = [name for name in change.wires if name in board.wires and self._may_cross(name, box)]
        boxes += self._make(self.wires, came, WireItem)
        came = [name for name in change.cards if name in places and touches(places[name], box)]
        return boxes + self._make(self.cards, came, CardItem)

    def _may_cross(self, name: str, box: Box) -> bool:
        """Whether a wire has an end in the box, or may cross it."""
        board, wire = self._stage.board, self._stage.board.wires[name]
        ends = board.places[wire.source], board.places[wire.target]
        return any(touches(end, box) for end in ends) or (
            name in board.long_wires and touches(board.long_wires[name], box)
        )

    def show(self, view: Box) -> None:
        """Have items for what lies in `view`, given in scene units, and a margin; none elsewhere."""
        left, top = floor((view[0] - MARGIN) / MARGIN) * MARGIN, floor((view[1] - MARGIN) / MARGIN) * MARGIN
        right = ceil((view[0] + view[2] + MARGIN) / MARGIN) * MARGIN
        bottom = ceil((view[1] + view[3] + MARGIN) / MARGIN) * MARGIN
        box = (left, top, right - left, bottom - top)
        if box == self._shown:
            return
        self._shown = box
        board = self._stage.board
        cards = board.cards_in(box)
        self._match(self.frames, board.frames_in(box), FrameItem)
        self._match(self.wires, board.wires_of(cards) | board.long_wires_in(box), WireItem)
        self._match(self.cards, cards, CardItem)

    def _match(self, items: dict[str, Item], wanted: Iterable[str], make: Callable[[RenderContext, str], Item]) -> None:
        names = set(wanted)
        self._drop(items, [name for name in items if name not in names])
        self._make(items, names.difference(items), make)

    def _drop(self, items: dict[str, Item], names: Iterable[str]) -> list[Box]:
        """Remove these items; returns where they were."""
        gone = [items.pop(name) for name in names if name in items]
        for item in gone:
            self._scene.removeItem(item)
        return [item.box for item in gone]

    def _make(
        self, items: dict[str, Item], names: Iterable[str], make: Callable[[RenderContext, str], Item]
    ) -> list[Box]:
        """Make items for these; returns where they are."""
        made = {name: make(self._stage, name) for name in names}
        for item in made.values():
            self._scene.addItem(item)
        items.update(made)
        return [item.box for item in made.values()]

    def follow(self, card_ids: Collection[str]) -> list[Box]:
        """Put the items of moved cards, their wires and frames where the board has them now.

        Returns:
            Where they were and where they are, in scene units: what must be painted again.
        """
        board = self._stage.board
        items: list[CardItem | WireItem | FrameItem] = [self.cards[name] for name in card_ids if name in self.cards]
        items += [self.wires[name] for name in board.wires_of(card_ids).intersection(self.wires)]
        rules = {board.cards[name].rule for name in card_ids}
        items += [frame for rule, frame in self.frames.items() if rule in rules]
        boxes = [item.box for item in items]
        for item in items:
            item.refit()
        return boxes + [item.box for item in items]

    # --- drawing

    def paint(self, painter: QPainter, view: Box, origin: QPoint) -> None:
        """Draw what touches `view` (scene units); the painter is in viewport coordinates and clipped by its caller."""
        painter.translate(origin)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for frame in self.frames.values():
            if touches(frame.box, view):
                frame.draw(painter)
        self._paint_wires(painter, [wire for wire in self.wires.values() if touches(wire.box, view)])
        for card in self.cards.values():
            if touches(card.box, view):
                card.draw(painter)

    def _paint_wires(self, painter: QPainter, wires: list[WireItem]) -> None:
        """All wires of one style together: straight pieces on whole pixels, then corners and heads smoothly."""
        stage = self._stage
        groups: dict[Style, list[WireItem]] = {}
        for item in wires:
            groups.setdefault(stage.style(item.wire), []).append(item)
        for style, items in sorted(groups.items()):
            pen, unit = wire_painter.pen(style, stage.kit, stage.zoom, stage.ratio), []
            strokes = [item.strokes() for item in items]
            for stroke in strokes:
                unit += stroke.straight
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(pen)
            painter.drawLines(unit)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for stroke in strokes:
                if not stroke.corners.isEmpty():
                    painter.drawPath(stroke.corners)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(pen.color())
            for stroke in strokes:
                painter.drawPolygon(stroke.head)
        self._paint_labels(painter, wires)

    def _paint_labels(self, painter: QPainter, wires: list[WireItem]) -> None:
        """One word for all wires that come to the same card for the same reason, and the marks of what leaves."""
        zoom, ratio = self._stage.zoom, self._stage.ratio
        if zoom < wire_painter.LABEL_ZOOM:
            return
        speakers: list[WireItem] = []
        left: dict[Point, Pace] = {}
        for item in wires:
            wire, box = item.wire, item.exit()
            if box is not None and left.get(spot := (box.left(), box.top())) is not Pace.AUTOMATED:
                left[spot] = wire.pace
            if wire.label and self._speaker(wire) == wire.id:
                speakers.append(item)
        for at, pace in left.items():
            painter.drawPixmap(self._pixel(*at), self._stage.sprites.exit(pace, zoom, ratio))
        for item in sorted(speakers, key=lambda item: item.wire.id):  # where they overlap, always the same lies on top
            text = wire_painter.words(item.wire, self._stage.flow(item.wire))
            box = wire_painter.label_box(text, item.points, zoom)
            sprite = self._stage.sprites.label(text, self._stage.style(item.wire), zoom, ratio)
            painter.drawPixmap(self._pixel(box.left(), box.top()), sprite)

    def _pixel(self, x: float, y: float) -> QPointF:
        """The whole device pixel of a place in the scene."""
        grid = self._stage.zoom * self._stage.ratio
        return QPointF(round(x * grid) / self._stage.ratio, round(y * grid) / self._stage.ratio)

    def _speaker(self, wire: Wire) -> str:
        """Which of the wires that say the same of one card carries the word: one and the same in every frame."""
        board, key = self._stage.board, (wire.target, wire.label)
        if self._spoken_of is not board.states:
            self._speakers.clear()
            self._spoken_of = board.states
        if key not in self._speakers:
            same = [other for name in board.incoming[wire.target] if (other := board.wires[name]).label == wire.label]
            self._speakers[key] = min((self._stage.flow(other) is None, other.id) for other in same)[1]
        return self._speakers[key]
