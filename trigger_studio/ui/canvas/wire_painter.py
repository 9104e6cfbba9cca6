"""How an edge looks: a quiet rounded line, an arrow head, and a word where it needs one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from trigger_studio.ui.canvas.chart import Pace, Point, Run, Wire
from trigger_studio.ui.canvas.kit import Ink, Kit, Look, text_width, write
from trigger_studio.ui.canvas.route import label_place, rounded

WIDTH: Final = 1.6
LIT_WIDTH: Final = 2.4
DASH: Final = (8.0, 6.0)
"""Length of a dash and of the gap after it, at a zoom of 1."""
HEAD: Final = 7.0
LABEL: Final = 10.5
MEDIUM: Final = QFont.Weight.Medium
LABEL_ZOOM: Final = 0.45


class Style(NamedTuple):
    """What decides a wire's pen. Sorted, quiet ones come first, so that loud ones lie on top."""

    lit: bool
    run: Run | str
    pace: Pace


def colour(style: Style, kit: Kit) -> QColor:
    """Accent when an end is selected, the state's colour where something runs, else its pace's."""
    if style.lit:
        return kit.accent
    return kit.run[style.run] if isinstance(style.run, Run) else kit.wire[style.pace]


def pen(style: Style, kit: Kit, zoom: float, ratio: float) -> QPen:
    """The style's pen in the view's pixels: a whole number of the device's, so that straight pieces are sharp."""
    width = (LIT_WIDTH if style.lit else WIDTH) * min(max(zoom, 0.6), 1.5)
    result = QPen(colour(style, kit), max(1, round(width * ratio)) / ratio)
    result.setCapStyle(Qt.PenCapStyle.FlatCap)
    return result


def paint(painter: QPainter, wire: Wire, points: Sequence[Point], look: Look) -> None:
    """Draw a wire in scene coordinates, at rest."""
    ink = pen(Style(False, "", wire.pace), look.kit, 1.0, 1.0)
    if wire.pace is Pace.HUMAN:
        ink.setDashPattern([length / WIDTH for length in DASH])
    painter.setPen(ink)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(rounded(points))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink.color())
    painter.drawPolygon(head(points[-2:], 1.0))
    if wire.label and look.zoom >= LABEL_ZOOM:
        paint_label(painter, wire, label_box(wire, points), look.kit)


def head(end: Sequence[Point], scale: float) -> QPolygonF:
    """The arrow's head at the end of a route's last piece."""
    (x0, y0), (x, y) = end
    long, half = HEAD * scale, HEAD * scale * 0.62
    if abs(x - x0) >= abs(y - y0):
        back = -long if x >= x0 else long
        return QPolygonF([QPointF(x, y), QPointF(x + back, y - half), QPointF(x + back, y + half)])
    back = -long if y >= y0 else long
    return QPolygonF([QPointF(x, y), QPointF(x - half, y + back), QPointF(x + half, y + back)])


def label_size(wire: Wire) -> tuple[float, float]:
    """Width and height of the wire's word in its capsule."""
    return text_width(wire.label, LABEL, MEDIUM) * 1.06 + 13, 17.0


def label_box(wire: Wire, points: Sequence[Point]) -> QRectF:
    """Where the wire's word stands."""
    width, height = label_size(wire)
    x, y = label_place(points, width)
    return QRectF(x - width / 2, y - height / 2, width, height)


def paint_label(painter: QPainter, wire: Wire, box: QRectF, kit: Kit) -> None:
    """Draw the wire's word in its capsule."""
    human = wire.pace is Pace.HUMAN
    painter.setPen(QPen(kit.gate if human else kit.line_strong, 1))
    painter.setBrush(kit.tint(kit.gate, 0.1) if human else kit.surface)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
    write(painter, box.adjusted(6, 0, 0, 0), wire.label, Ink(LABEL, kit.gate_text if human else kit.muted, MEDIUM))
