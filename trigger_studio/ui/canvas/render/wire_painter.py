"""How an edge looks: a quiet rounded line, a head, a word where it needs one, a mark where it leaves its rule."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from trigger_studio.studio.chart.chart import Kind, Pace, Point, Run, RunState, Wire
from trigger_studio.ui.canvas.render.chart_index import Box
from trigger_studio.ui.canvas.render.route import label_place, rounded
from trigger_studio.ui.canvas.render.style import CanvasStyle, Ink, text_width, write
from trigger_studio.ui.widgets import icons

WIDTH: Final = 1.6
LIT_WIDTH: Final = 2.4
DASH: Final = (8.0, 6.0)
"""Length of a dash and of the gap after it, at a zoom of 1."""
HEAD: Final = 7.0
LABEL: Final = 10.5
MEDIUM: Final = QFont.Weight.Medium
LABEL_ZOOM: Final = 0.45
READABLE: Final = 8.5
MOST_GROWTH: Final = 1.4
"""A word's letters on screen at least, in view pixels, and how much larger they become for it at most."""
COUNT_ROOM: Final = 70.0
"""How much wider a count makes a word at most, on either side."""
EXIT: Final = (26.0, 18.0)
"""Size of the dashed terminal where an event leaves its rule."""


class Style(NamedTuple):
    """What decides a wire's pen. Sorted, quiet ones come first, so that loud ones lie on top."""

    lit: bool
    run: Run | str
    pace: Pace


def colour(style: Style, kit: CanvasStyle) -> QColor:
    """Accent when an end is selected, the state's colour where something runs, else its pace's."""
    if style.lit:
        return kit.accent
    return kit.run[style.run] if isinstance(style.run, Run) else kit.wire[style.pace]


def pen(style: Style, kit: CanvasStyle, zoom: float, ratio: float) -> QPen:
    """The style's pen in the view's pixels: a whole number of the device's, so that straight pieces are sharp."""
    width = (LIT_WIDTH if style.lit else WIDTH) * min(max(zoom, 0.6), 1.5)
    result = QPen(colour(style, kit), max(1, round(width * ratio)) / ratio)
    result.setCapStyle(Qt.PenCapStyle.FlatCap)
    return result


def paint(painter: QPainter, points: Sequence[Point], style: Style, kit: CanvasStyle) -> None:
    """Draw a wire's line and head in scene coordinates; the words and marks on it come after all lines."""
    ink = pen(style, kit, 1.0, 1.0)
    if style.pace is Pace.HUMAN:
        ink.setDashPattern([length / ink.widthF() for length in DASH])
    painter.setPen(ink)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(rounded(points[::-1]))  # from the target, so that dashes of a shared last stretch fall together
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink.color())
    painter.drawPolygon(head(points[-2:], 1.0))


def head(end: Sequence[Point], scale: float) -> QPolygonF:
    """The arrow's head at the end of a route's last piece."""
    (x0, y0), (x, y) = end
    long, half = HEAD * scale, HEAD * scale * 0.62
    if abs(x - x0) >= abs(y - y0):
        back = -long if x >= x0 else long
        return QPolygonF([QPointF(x, y), QPointF(x + back, y - half), QPointF(x + back, y + half)])
    back = -long if y >= y0 else long
    return QPolygonF([QPointF(x, y), QPointF(x - half, y + back), QPointF(x + half, y + back)])


def words(wire: Wire, flow: RunState | None) -> str:
    """The wire's word, with how many firings went along it."""
    return f"{wire.label} · {flow.count}" if flow is not None and flow.count > 1 else wire.label


def label_size(text: str, zoom: float) -> tuple[float, float]:
    """Width and height of a word in its capsule; it shrinks less than the rest, to be read for longer."""
    scale = _growth(zoom)
    return scale * (text_width(text, LABEL, MEDIUM) * 1.06 + 13), scale * 17.0


def _growth(zoom: float) -> float:
    return min(max(1.0, READABLE / (LABEL * zoom)), MOST_GROWTH)


def label_box(text: str, points: Sequence[Point], zoom: float) -> QRectF:
    """Where a wire's word stands: where it has room at full size; where it is larger, it reaches further back."""
    needed, _ = label_size(text, 1.0)
    width, height = label_size(text, zoom)
    x, y = label_place(points, needed)
    return QRectF(x + needed / 2 - width, y - height / 2, width, height)


def paint_label(painter: QPainter, text: str, box: QRectF, style: Style, kit: CanvasStyle) -> None:
    """Draw a wire's word in its capsule."""
    line, fill, ink = kit.line_strong, kit.surface, kit.muted
    if isinstance(style.run, Run):
        line = kit.run[style.run]
        fill, ink = kit.tint(line, 0.1), kit.text
    elif style.pace is Pace.HUMAN:
        line, fill, ink = kit.gate, kit.tint(kit.gate, 0.1), kit.gate_text
    painter.setPen(QPen(line, 1))
    painter.setBrush(fill)
    scale = box.height() / 17.0
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 8 * scale, 8 * scale)
    write(painter, box.adjusted(6 * scale, 0, 0, 0), text, Ink(LABEL * scale, ink, MEDIUM))


def exit_box(points: Sequence[Point], frame: Box) -> QRectF | None:
    """Where a wire's event leaves its rule: on the frame, or None for a wire that stays inside."""
    left, top, right, bottom = frame[0], frame[1], frame[0] + frame[2], frame[1] + frame[3]
    for (x0, y0), (x1, y1) in pairwise(points):
        if left <= x1 <= right and top <= y1 <= bottom:
            continue
        x, y = min(max(x1, left), right), min(max(y1, top), bottom)
        x, y = (x, y0) if abs(y1 - y0) < 0.5 else (x0, y)
        return QRectF(x - EXIT[0] / 2, y - EXIT[1] / 2, *EXIT)
    return None


def paint_exit(painter: QPainter, box: QRectF, pace: Pace, kit: CanvasStyle) -> None:
    """Draw the event that leaves: a small terminal like the one it arrives at, dashed."""
    ink = kit.gate if pace is Pace.HUMAN else kit.kind[Kind.EVENT]
    line = QPen(ink, 1.3)
    line.setDashPattern((2.4, 1.8))
    painter.setPen(line)
    painter.setBrush(kit.surface)
    body = box.adjusted(1, 1, -1, -1)
    painter.drawRoundedRect(body, body.height() / 2, body.height() / 2)
    centre = body.center()
    icons.draw(painter, "emits", QRectF(centre.x() - 6, centre.y() - 6, 12, 12), ink, 2.2)
