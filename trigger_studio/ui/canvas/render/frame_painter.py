"""How a rule's frame looks: a quiet box, its name, and its badges."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from trigger_studio.analysis.layout.sizes import FRAME_HEADER
from trigger_studio.model.i18n import tr
from trigger_studio.studio.chart.chart import BADGE_ICONS, Badge, Frame
from trigger_studio.ui.canvas.render.style import CanvasStyle, Ink, Look, mix, text_width, write
from trigger_studio.ui.widgets import icons

RADIUS: Final = 16.0
TITLE: Final = 13.0
READABLE: Final = 9.0
LARGEST: Final = 1.3 * FRAME_HEADER
ROOM: Final = 1.05 * FRAME_HEADER
"""Larger letters would reach into the cards; those that would have to be larger than `LARGEST` are left out."""
SLACK: Final = 1.06
"""Whole-pixel fonts run a little wider than their measure at some zooms."""
STRONG: Final = QFont.Weight.DemiBold
CHIP_ZOOM: Final = 0.42


def paint(painter: QPainter, frame: Frame, size: QSizeF, look: Look) -> None:
    """Draw a frame at rest with its top left corner at the origin; arguments as for `card_painter.paint`."""
    line, fill = colours(look.kit, selected=False)
    painter.setPen(QPen(line, 1.2))
    painter.setBrush(fill)
    painter.drawRoundedRect(QRectF(QPointF(0, 0), size).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
    paint_header(painter, frame, size, look, selected=False)


def colours(kit: CanvasStyle, selected: bool) -> tuple[QColor, QColor]:
    """The box's line and fill."""
    return (kit.accent, mix(kit.frame, kit.accent, 0.06)) if selected else (kit.line, kit.frame)


def paint_header(painter: QPainter, frame: Frame, size: QSizeF, look: Look, *, selected: bool) -> None:
    """Draw the name, and as many badges as fit beside it."""
    kit, zoom = look
    if READABLE / zoom > LARGEST:
        return
    letters = min(max(TITLE, READABLE / zoom), ROOM)
    room = size.width() - 32
    scale = letters / TITLE
    chips = _chips(frame.badges, scale) if zoom > CHIP_ZOOM else ()
    words = min(text_width(frame.title, letters, STRONG) * SLACK, max(60.0, room - sum(chip for _, chip in chips)))
    ink = Ink(letters, kit.text if selected else kit.muted, STRONG)
    write(painter, QRectF(16, 2, words, FRAME_HEADER - 2), frame.title, ink)
    left, tall = 16 + words + 8 * scale, 20 * scale
    for badge, chip in chips:
        _paint_chip(painter, QRectF(left, (FRAME_HEADER + 2 - tall) / 2, chip - 6 * scale, tall), badge, kit)
        left += chip


def _chips(badges: tuple[Badge, ...], scale: float) -> tuple[tuple[Badge, float], ...]:
    """Each badge with the width it takes, the gap to the next included."""
    order = list(Badge)
    return tuple(
        (badge, scale * (39 + text_width(tr(badge.value), 11, STRONG) * SLACK))
        for badge in sorted(badges, key=order.index)
    )


def _paint_chip(painter: QPainter, box: QRectF, badge: Badge, kit: CanvasStyle) -> None:
    colour, unit = kit.badge[badge], box.height() / 20
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(kit.tint(colour, 0.18 if kit.tokens.dark else 0.12))
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    sign = QRectF(box.left() + 7 * unit, box.top() + 4 * unit, 12 * unit, 12 * unit)
    icons.draw(painter, BADGE_ICONS[badge][0], sign, colour, 2.4)
    ink = kit.gate_text if badge is Badge.APPROVAL else colour
    write(painter, box.adjusted(23 * unit, 0, -4 * unit, 0), tr(badge.value), Ink(11 * unit, ink, STRONG))
