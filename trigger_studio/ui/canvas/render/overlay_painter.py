"""How the marks above the chart look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from trigger_studio.studio.chart.chart import Kind, Run
from trigger_studio.studio.chart.drop_target import Side
from trigger_studio.ui.canvas.render import card_painter
from trigger_studio.ui.canvas.render.hit_testing import nearest_on
from trigger_studio.ui.canvas.render.overlay import KNOB, Marks, Target
from trigger_studio.ui.canvas.render.route import rounded
from trigger_studio.ui.canvas.render.style import CanvasStyle
from trigger_studio.ui.widgets import icons

if TYPE_CHECKING:
    from trigger_studio.ui.canvas.view.viewer import ChartViewer

BUBBLE_PX: Final = 320
BAR: Final = 4.0
TURN: Final = 24.0
"""How far a pulled line goes on before it turns back."""
STEPS: Final = (Kind.ACTION, Kind.GATE, Kind.BRANCH)


class MarkPainter:
    """Draws the marks of one viewer; the painter is in viewport coordinates."""

    def __init__(self, viewer: ChartViewer, marks: Marks) -> None:
        self._viewer, self._marks = viewer, marks

    def paint(self, painter: QPainter) -> None:
        """Draw what there is."""
        kit, marks = self._viewer.stage.kit, self._marks
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cards = self._viewer.stage.board.cards
        if marks.handle is not None and marks.handle in cards and marks.pulled is None:
            _knob(painter, marks.handle_place(marks.handle), "emits", kit.accent, kit)
        plus = marks.plus_place()
        if plus is not None:
            _knob(painter, plus, "plus", kit.accent, kit)
        if marks.pulled is not None:
            self._paint_pulled(painter, *marks.pulled)
        if marks.target is not None:
            self._paint_target(painter, marks.target)

    def _paint_pulled(self, painter: QPainter, card: str, end: QPointF) -> None:
        kit = self._viewer.stage.kit
        start = self._marks.handle_place(card)
        middle = max((start.x() + end.x()) / 2, start.x() + TURN)
        painter.setPen(QPen(kit.accent, 2.4, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ways = [(start.x(), start.y()), (middle, start.y()), (middle, end.y()), (end.x(), end.y())]
        painter.drawPath(rounded(ways))
        _knob(painter, start, "emits", kit.accent, kit)

    def _paint_target(self, painter: QPainter, target: Target) -> None:
        kit = self._viewer.stage.kit
        colour = kit.accent if target.possible else kit.run[Run.FAILED]
        if target.possible or target.place.card is not None:
            self._paint_spot(painter, target, colour)
        self._paint_bubble(painter, target, colour)

    def _paint_spot(self, painter: QPainter, target: Target, colour: QColor) -> None:
        place, board = target.place, self._viewer.stage.board
        if place.card is not None and place.card in board.cards:
            self._paint_beside(painter, place.card, target, colour)
        elif place.wire is not None:
            self._paint_on_wire(painter, place.wire.id, target.at, colour)
        elif place.rule is not None and place.rule in board.frame_places:
            box = self._viewer.viewportTransform().mapRect(QRectF(*board.frame_places[place.rule]))
            self._paint_box(painter, box, 14, colour)
        else:
            self._paint_box(painter, QRectF(target.at.x() - 90, target.at.y() - 24, 180, 48), 24, colour)

    def _paint_box(self, painter: QPainter, box: QRectF, radius: float, colour: QColor) -> None:
        painter.setPen(QPen(colour, 2, Qt.PenStyle.DashLine))
        painter.setBrush(QColor(colour.red(), colour.green(), colour.blue(), 24))
        painter.drawRoundedRect(box, radius, radius)

    def _paint_beside(self, painter: QPainter, card: str, target: Target, colour: QColor) -> None:
        """A bar before or after a step; a ring where it goes into something."""
        board, side = self._viewer.stage.board, target.place.side
        kind = board.cards[card].kind
        into = kind not in STEPS or (kind is Kind.BRANCH and side is Side.AFTER)
        if into or self._marks.pulled is not None or not target.possible:
            self._paint_ring(painter, card, colour)
            return
        box = self._viewer.viewportTransform().mapRect(QRectF(*board.places[card]))
        x = box.left() - 9 if side is Side.BEFORE else box.right() + 9
        painter.setPen(QPen(colour, BAR, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(x, box.top() - 6), QPointF(x, box.bottom() + 6))
        _knob(painter, QPointF(x, box.center().y()), "plus", colour, self._viewer.stage.kit)

    def _paint_on_wire(self, painter: QPainter, wire: str, at: QPointF, colour: QColor) -> None:
        item, view = self._viewer.near.wires.get(wire), self._viewer.viewportTransform()
        if item is None:
            return
        point = self._viewer.mapToScene(at.toPoint())
        painter.setPen(QPen(colour, 3))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(rounded([view.map(x, y) for x, y in item.points]))
        spot = QPointF(*nearest_on(item.points, (point.x(), point.y())))
        _knob(painter, view.map(spot), "plus", colour, self._viewer.stage.kit)

    def _paint_ring(self, painter: QPainter, card: str, colour: QColor) -> None:
        stage = self._viewer.stage
        x, y, _width, _height = stage.board.places[card]
        painter.save()
        painter.setTransform(self._viewer.viewportTransform())
        painter.translate(x, y)
        pen = QPen(colour, 2.6 / min(stage.zoom, 1.0), Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(card_painter.outline(stage.board.cards[card], -4.0))
        painter.restore()

    def _paint_bubble(self, painter: QPainter, target: Target, colour: QColor) -> None:
        """The words beside the mouse, inside the viewport."""
        kit = self._viewer.stage.kit
        font = QFont(self._viewer.font())
        font.setWeight(QFont.Weight.Medium)
        flags = Qt.TextFlag.TextWordWrap
        text = QFontMetricsF(font).boundingRect(QRectF(0, 0, BUBBLE_PX, 400), flags, target.words)
        size = QRectF(0, 0, text.width() + 44, max(28.0, text.height() + 14))
        room = QRectF(self._viewer.viewport().rect()).adjusted(6, 6, -6, -6)
        bubble = size.translated(target.at + QPointF(18, 20))
        bubble.moveRight(min(bubble.right(), room.right()))
        if bubble.bottom() > room.bottom():
            bubble.moveBottom(target.at.y() - 14)
        bubble.moveLeft(max(bubble.left(), room.left()))
        painter.setPen(QPen(colour, 1.2))
        painter.setBrush(kit.surface)
        painter.drawRoundedRect(bubble, 9, 9)
        sign = QRectF(bubble.left() + 11, bubble.center().y() - 7, 14, 14)
        icons.draw(painter, "plus" if target.possible else "cross", sign, colour, 2.6)
        painter.setFont(font)
        painter.setPen(kit.text)
        painter.drawText(bubble.adjusted(32, 0, -8, 0), Qt.AlignmentFlag.AlignVCenter | flags, target.words)


def _knob(painter: QPainter, middle: QPointF, icon: str, colour: QColor, kit: CanvasStyle) -> None:
    painter.setPen(QPen(kit.canvas, 2))
    painter.setBrush(colour)
    painter.drawEllipse(middle, KNOB, KNOB)
    ink = kit.on_accent
    icons.draw(painter, icon, QRectF(middle.x() - 5.5, middle.y() - 5.5, 11, 11), ink, 3.0)
