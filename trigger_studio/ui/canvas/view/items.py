"""The near view's items: NodeGraphQt's node and pipe, without what they carry for editing in place.

The stock items hold icon, text, overlay and arrow children, ports with widgets and a properties dictionary that is
searched on every paint. These hold an id and what they look like at the present zoom; the stage knows the rest. They
take no mouse: gestures ask the board, near and far alike.

`draw` gets a painter in the view's pixels with the scene's origin at 0, 0: by panning in whole pixels, what was snapped
to the device's grid for one zoom stays sharp, and is made only once.
"""

from __future__ import annotations

from typing import NamedTuple

from NodeGraphQt.constants import Z_VAL_BACKDROP, Z_VAL_NODE, Z_VAL_PIPE
from NodeGraphQt.qgraphics.node_abstract import AbstractNodeItem
from NodeGraphQt.qgraphics.pipe import PipeItem
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem

from trigger_studio.studio.chart.chart import Kind, Pace, Run, RunState
from trigger_studio.ui.canvas.render import card_painter, wire_painter
from trigger_studio.ui.canvas.render.card_painter import MARGIN
from trigger_studio.ui.canvas.render.chart_index import Box, union
from trigger_studio.ui.canvas.render.render_context import RenderContext
from trigger_studio.ui.canvas.render.route import CORNER, dashed, snapped_pieces

LEAST_CORNER_PX = 3.0


class CardItem(AbstractNodeItem):  # type: ignore[misc]
    """One card, painted by copying its sprite onto whole device pixels."""

    def __init__(self, stage: RenderContext, card_id: str) -> None:
        QGraphicsItem.__init__(self)  # past the stock constructor: no flags, no cache, no properties
        self._stage = stage
        self._card = stage.board.cards[card_id]
        self.setZValue(Z_VAL_NODE)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.refit()

    @property
    def id(self) -> str:
        """The card's id, which the document gave."""
        return self._card.id

    def refit(self) -> None:
        """Follow the card to where it is now."""
        x, y, width, height = self._stage.board.places[self._card.id]
        self.box: Box = (x - MARGIN, y - MARGIN, width + 2 * MARGIN, height + 2 * MARGIN)
        self._bounds = QRectF(-MARGIN, -MARGIN, width + 2 * MARGIN, height + 2 * MARGIN)
        self.setPos(x, y)

    def boundingRect(self) -> QRectF:
        return self._bounds

    def draw(self, painter: QPainter) -> None:
        """Copy the sprite, over a ring if it is selected or under the mouse."""
        stage, card = self._stage, self._card
        if card.id in stage.selected or card.id == stage.hovered:
            self._draw_ring(painter)
        zoom, ratio = stage.zoom, stage.ratio
        state = stage.board.states.get(card.id)
        sprite: QPixmap = stage.sprites.sprite(card, state, zoom, ratio, dim=stage.dim(card))
        left, top = round(self.box[0] * zoom * ratio) / ratio, round(self.box[1] * zoom * ratio) / ratio
        if abs(sprite.width() - self.box[2] * zoom * ratio) < 1:
            painter.drawPixmap(QPointF(left, top), sprite)
        else:
            target = QRectF(left, top, self.box[2] * zoom, self.box[3] * zoom)
            painter.drawPixmap(target, sprite, QRectF(sprite.rect()))

        if state is not None and state.run is Run.RUNNING and card.kind is not Kind.BAR:
            stage.turning = True
            if stage.phase:
                self._draw_turning(painter, left, top, state)

    def sign_box(self) -> QRectF | None:
        """Where the state's sign stands, in scene units."""
        state = self._stage.board.states.get(self._card.id)
        if state is None:
            return None
        place = card_painter.sign(card_painter.capsule(self._card, state, self._stage.zoom))
        return place.translated(self.pos())

    def _draw_turning(self, painter: QPainter, left: float, top: float, state: RunState) -> None:
        """The sign of what runs, turned, over the sprite whose corner is at `left`, `top`."""
        stage = self._stage
        zoom, ratio = stage.zoom, stage.ratio
        place = card_painter.sign(card_painter.capsule(self._card, state, zoom)).translated(MARGIN, MARGIN)
        x, y = left + round(place.left() * zoom * ratio) / ratio, top + round(place.top() * zoom * ratio) / ratio
        painter.drawPixmap(QPointF(x, y), stage.sprites.turning(place.width(), stage.phase, zoom, ratio))

    def _draw_ring(self, painter: QPainter) -> None:
        stage, zoom = self._stage, self._stage.zoom
        chosen = self._card.id in stage.selected
        painter.save()
        painter.scale(zoom, zoom)
        painter.translate(self.pos())
        pen = QPen(stage.kit.accent if chosen else stage.kit.faint, 2.4 if chosen else 1.4)
        pen.setWidthF(pen.widthF() / min(zoom, 1.0))
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(card_painter.outline(self._card, -1.2 if chosen else -0.4))
        painter.restore()


class Strokes(NamedTuple):
    """A wire at one zoom: straight pieces and round corners on whole device pixels, and the arrow's head."""

    straight: list[QLineF]
    corners: QPainterPath
    head: QPolygonF


class WireItem(PipeItem):  # type: ignore[misc]
    """One edge along its rounded route."""

    def __init__(self, stage: RenderContext, wire_id: str) -> None:
        QGraphicsPathItem.__init__(self)  # past the stock constructor: no arrow child, no hover, no ports
        self._stage = stage
        self.wire = stage.board.wires[wire_id]
        self._input_port = self._output_port = None
        self.setZValue(Z_VAL_PIPE)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.refit()

    itemChange = QGraphicsPathItem.itemChange  # the stock override runs Python for every change

    def refit(self) -> None:
        """Follow the ends to where they are now."""
        self.points = self._stage.board.route(self.wire)
        xs, ys = [x for x, _ in self.points], [y for _, y in self.points]
        left, top = min(xs) - 8, min(ys) - 10
        self.box: Box = (left, top, max(xs) + 8 - left, max(ys) + 10 - top)
        if self.wire.label:
            room = wire_painter.label_box(self.wire.label, self.points, 1.0)
            room.adjust(-wire_painter.COUNT_ROOM, 0, wire_painter.COUNT_ROOM, 0)
            self.box = union((self.box, room.getRect()))
        self._exit: tuple[Box, QRectF | None] | None = None
        self._strokes: tuple[float, float, Strokes] | None = None
        self.prepareGeometryChange()

    def boundingRect(self) -> QRectF:
        return QRectF(*self.box)

    def exit(self) -> QRectF | None:
        """Where the wire's event leaves its rule; it follows the rule's frame."""
        board = self._stage.board
        frame = board.frame_places.get(board.cards[self.wire.source].rule or "") if self.wire.leaves else None
        if frame is None:
            return None
        if self._exit is None or self._exit[0] != frame:
            self._exit = (frame, wire_painter.exit_box(self.points, frame))
        return self._exit[1]

    def strokes(self) -> Strokes:
        """The wire's pieces at the present zoom."""
        zoom, ratio = self._stage.zoom, self._stage.ratio
        if self._strokes is None or self._strokes[:2] != (zoom, ratio):
            radius = CORNER * zoom if CORNER * zoom >= LEAST_CORNER_PX else 0.0
            straight, corners, end = snapped_pieces(self.points, zoom, ratio, radius)
            if self.wire.pace is Pace.HUMAN:
                scale = min(max(zoom, 0.6), 1.5)
                dash, gap = (max(2, round(length * scale)) for length in wire_painter.DASH)
                straight = dashed(straight, dash, gap, ratio)
            self._strokes = (zoom, ratio, Strokes(straight, corners, wire_painter.head(end, max(zoom, 0.5))))
        return self._strokes[2]


class FrameItem(AbstractNodeItem):  # type: ignore[misc]
    """The box around one rule."""

    def __init__(self, stage: RenderContext, rule: str) -> None:
        QGraphicsItem.__init__(self)
        self._stage = stage
        self.frame = stage.board.frames[rule]
        self.setZValue(Z_VAL_BACKDROP)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.refit()

    def refit(self) -> None:
        """Follow the rule's cards to where they are now."""
        self.box: Box = self._stage.board.frame_places[self.frame.rule]
        self.prepareGeometryChange()
        self.setPos(self.box[0], self.box[1])

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, self.box[2], self.box[3])

    def draw(self, painter: QPainter) -> None:
        """The box with its corners and header copied from sprites."""
        stage = self._stage
        zoom, ratio = stage.zoom, stage.ratio
        left, top = round(self.box[0] * zoom * ratio) / ratio, round(self.box[1] * zoom * ratio) / ratio
        width = round(self.box[2] * zoom * ratio) / ratio
        height = round(self.box[3] * zoom * ratio) / ratio
        chosen = stage.rule == self.frame.rule
        stage.sprites.patch(zoom, ratio, chosen).draw(painter, QRectF(left, top, width, height))
        header = stage.sprites.header(self.frame, self.box[2], zoom, ratio, chosen)
        if header is not None:
            painter.drawPixmap(QPointF(left, top), header)
