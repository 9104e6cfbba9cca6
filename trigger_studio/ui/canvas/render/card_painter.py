"""How one card looks: a shape and an icon tile per kind, title over subtitle, and the run state on its shoulder.

Everything is drawn in scene units with the card's top left corner at the origin; the sprites and the pictures that are
exported both come from here.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF

from trigger_studio.studio.chart.chart import Card, Kind, Run, RunState
from trigger_studio.ui.canvas.render.style import RUN_ICONS, CanvasStyle, Ink, Look, text_width, write, write_two
from trigger_studio.ui.widgets import icons

MARGIN: Final = 12.0
"""Room around a card for its shadow and its run state."""
RADIUS: Final = 10.0
POINT: Final = 14.0
"""How far the ends of a decision's hexagon reach in."""
CUT: Final = 12.0
"""How much of a gate's corners is cut off."""
TITLE: Final = 13.0
SUBTITLE: Final = 11.0
READABLE: Final = 9.5
"""The smallest title on screen, in device-independent pixels; further out titles grow instead of shrinking."""
SUBTITLE_ZOOM: Final = 0.62
ROOMY_ZOOM: Final = 0.8
WORDS_ZOOM: Final = 0.42
"""Further out a card is its icon alone, as large as the card allows."""
STATE_ZOOM: Final = 0.85
STATE_GROWTH: Final = 1.1
"""A state's capsule grows below this zoom, by as much as the margin allows."""
STRONG: Final = QFont.Weight.DemiBold
DECISIONS: Final = (Kind.CONDITION, Kind.JOIN, Kind.BRANCH)


def outline(card: Card, inset: float = 0.0) -> QPainterPath:
    """The card's shape, made smaller by `inset` on every side (larger if negative)."""
    rect = QRectF(0, 0, card.width, card.height).adjusted(inset, inset, -inset, -inset)
    path = QPainterPath()
    if card.kind is Kind.EVENT:
        path.addRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    elif card.kind in DECISIONS:
        _hexagon(path, rect)
    elif card.kind is Kind.GATE:
        _cut(path, rect)
    elif card.kind is Kind.BAR:
        path.addRoundedRect(rect.adjusted(4, 0, -4, 0), 3, 3)
    else:
        radius = min(RADIUS - inset, rect.width() / 2)
        path.addRoundedRect(rect, radius, radius)
    return path


def _cut(path: QPainterPath, rect: QRectF) -> None:
    """A gate's shape: the corners cut off like a stop sign's, so that it is told even without its colour."""
    left, right, top, bottom = rect.left(), rect.right(), rect.top(), rect.bottom()
    corners = [(left + CUT, top), (right - CUT, top), (right, top + CUT), (right, bottom - CUT)]
    corners += [(right - CUT, bottom), (left + CUT, bottom), (left, bottom - CUT), (left, top + CUT)]
    path.addPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
    path.closeSubpath()


def _hexagon(path: QPainterPath, rect: QRectF) -> None:
    """A long diamond: the flowchart's decision, with room for words. Its corners are softened."""
    middle, point, soft = rect.center().y(), POINT, 4.0
    left, right, top, bottom = rect.left(), rect.right(), rect.top(), rect.bottom()
    path.moveTo(left + point + soft, top)
    path.lineTo(right - point - soft, top)
    path.quadTo(right - point, top, right - point + soft * 0.6, top + soft)
    path.lineTo(right - 1.5, middle - 2.5)
    path.quadTo(right, middle, right - 1.5, middle + 2.5)
    path.lineTo(right - point + soft * 0.6, bottom - soft)
    path.quadTo(right - point, bottom, right - point - soft, bottom)
    path.lineTo(left + point + soft, bottom)
    path.quadTo(left + point, bottom, left + point - soft * 0.6, bottom - soft)
    path.lineTo(left + 1.5, middle + 2.5)
    path.quadTo(left, middle, left + 1.5, middle - 2.5)
    path.lineTo(left + point - soft * 0.6, top + soft)
    path.quadTo(left + point, top, left + point + soft, top)


def paint(painter: QPainter, card: Card, look: Look, *, state: RunState | None, dim: bool) -> None:
    """Draw a card.

    Args:
        painter: antialiasing on, scaled so that one unit is one scene unit.
        card: what to draw; its place is ignored.
        look: the theme, and the zoom, which decides how much writing is worth drawing.
        state: what runs here, or None.
        dim: draw it faded, as part of a rule that is switched off.
    """
    kit, zoom = look
    if dim:
        painter.setOpacity(0.5)
    _paint_body(painter, card, kit, state)
    if card.kind is Kind.BAR:
        pass
    elif zoom < WORDS_ZOOM:
        _paint_sign(painter, card, kit)
    else:
        _paint_tile(painter, card, kit)
        _paint_words(painter, card, kit, zoom)
    painter.setOpacity(1.0)
    if state is not None and card.kind is not Kind.BAR:
        _paint_state(painter, card, look, state)


def _paint_body(painter: QPainter, card: Card, kit: CanvasStyle, state: RunState | None) -> None:
    if not kit.tokens.dark:
        for spread, alpha in ((2.5, 8), (1.0, 14)):
            painter.fillPath(outline(card, -spread).translated(0, 1.5), QColor(24, 32, 51, alpha))
    fill, pen = kit.surface, QPen(kit.line_strong if kit.tokens.dark else kit.line, 1.2)
    if card.kind is Kind.GATE:
        fill, pen = kit.tint(kit.gate, 0.16), QPen(kit.gate, 2.2)
        pen.setDashPattern((4.0, 3.0))
    elif card.kind is Kind.SKIP:
        fill = kit.frame
        pen.setDashPattern((3.0, 3.0))
    elif card.kind is Kind.BAR:
        fill = kit.kind[card.kind] if state is None else kit.run[state.run]
        pen = QPen(fill, 1)
    if state is not None and card.kind is not Kind.GATE:  # a gate stays amber; its state is on its shoulder
        pen.setColor(kit.run[state.run])
    painter.setPen(pen)
    painter.setBrush(fill)
    painter.drawPath(outline(card, pen.widthF() / 2))


def _paint_sign(painter: QPainter, card: Card, kit: CanvasStyle) -> None:
    """The card filled with its kind's colour, and its icon in the middle."""
    colour = kit.kind[card.kind]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(kit.tint(colour, 0.36 if kit.tokens.dark else 0.22))
    painter.drawPath(outline(card, 3.0))
    icons.draw(painter, card.icon, _square(card.width / 2, card.height / 2, card.height * 0.6), colour, 2.4)


def _square(x: float, y: float, side: float) -> QRectF:
    return QRectF(x - side / 2, y - side / 2, side, side)


def _tile_left(card: Card) -> float:
    """Where the tile begins: further in where the shape's end is not straight."""
    return 16.0 if card.kind in DECISIONS else 10.0


def _tile_side(card: Card) -> float:
    return min(36.0, card.height - 16.0)


def _paint_tile(painter: QPainter, card: Card, kit: CanvasStyle) -> None:
    """The coloured tile with the icon: round for events and people, a diamond for decisions, square for actions."""
    side = _tile_side(card)
    tile = QRectF(_tile_left(card), (card.height - side) / 2, side, side)
    colour = kit.kind[card.kind]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(kit.tint(colour, 0.22 if kit.tokens.dark else 0.13))
    if card.kind in (Kind.EVENT, Kind.GATE):
        painter.drawEllipse(tile)
    elif card.kind in DECISIONS:
        centre, reach = tile.center(), side / 2 + 2
        corners = [QPointF(0, -reach), QPointF(reach, 0), QPointF(0, reach), QPointF(-reach, 0)]
        painter.drawPolygon(QPolygonF([centre + corner for corner in corners]))
    else:
        painter.drawRoundedRect(tile, 8, 8)
    share = 0.46 if card.kind in DECISIONS else 0.56
    icons.draw(painter, card.icon, _square(tile.center().x(), tile.center().y(), side * share), colour)


def _paint_words(painter: QPainter, card: Card, kit: CanvasStyle, zoom: float) -> None:
    left = _tile_left(card) + _tile_side(card) + 10
    end = 18.0 if card.kind in (Kind.EVENT, *DECISIONS) else 12.0
    width, middle = card.width - left - end, card.height / 2
    size = max(TITLE, READABLE / zoom)
    if zoom < SUBTITLE_ZOOM or not card.subtitle or _needs_both_lines(card, width, zoom):
        write_two(painter, QRectF(left, 0, width, card.height), card.title, Ink(size, kit.text, STRONG))
        return
    subtitle = kit.gate_text if card.kind is Kind.GATE else kit.muted
    write(painter, QRectF(left, middle - 19, width, 20), card.title, Ink(size, kit.text, STRONG))
    write(painter, QRectF(left, middle + 1, width, 18), card.subtitle, Ink(max(SUBTITLE, 8.5 / zoom), subtitle))


def _needs_both_lines(card: Card, width: float, zoom: float) -> bool:
    """Whether a title too long for one line matters more than the subtitle: a decision's, or any far out."""
    if card.kind in DECISIONS or zoom < ROOMY_ZOOM:
        return text_width(card.title, max(TITLE, READABLE / zoom), STRONG) > width
    return False


def capsule(card: Card, state: RunState, zoom: float) -> QRectF:
    """Where the state stands: over the top right corner; it shrinks less than the card, to be read for longer."""
    scale = min(max(1.0, STATE_ZOOM / zoom), STATE_GROWTH)
    number = str(state.count) if state.count > 1 else ""
    width = 20.0 + (text_width(number, 11, STRONG) + 5 if number else 0)
    return QRectF(card.width - scale * width - 8, -10.0 - 10 * (scale - 1), scale * width, scale * 20)


def _paint_state(painter: QPainter, card: Card, look: Look, state: RunState) -> None:
    """A capsule with the state's icon, and how many firings are in it."""
    kit, box = look.kit, capsule(card, state, look.zoom)
    unit = box.height() / 20
    painter.setPen(QPen(kit.canvas, 2))
    painter.setBrush(kit.run[state.run])
    painter.drawRoundedRect(box, 10 * unit, 10 * unit)
    icons.draw(painter, RUN_ICONS[state.run], sign(box), kit.on_run, 3.0)
    if state.count > 1:
        place = box.adjusted(17.5 * unit, 0, -3 * unit, 0)
        write(painter, place, str(state.count), Ink(11 * unit, kit.on_run, STRONG))


def paint_turning(painter: QPainter, box: QRectF, phase: int, kit: CanvasStyle) -> None:
    """Draw the sign of what runs over the one that stands still."""
    painter.fillRect(box, kit.run[Run.RUNNING])
    painter.translate(box.center())
    painter.rotate(30.0 * phase)
    icons.draw(painter, RUN_ICONS[Run.RUNNING], _square(0, 0, box.width()), kit.on_run, 3.0)


def sign(box: QRectF) -> QRectF:
    """Where in a capsule the state's icon stands."""
    unit = box.height() / 20
    return QRectF(box.left() + 4.5 * unit, box.top() + 4.5 * unit, 11 * unit, 11 * unit)
