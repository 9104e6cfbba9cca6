"""How the region of a group looks: a quiet field behind its rules, with its name on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from trigger_studio.analysis.layout.grouping import HEADER, PAD, Region
from trigger_studio.ui.canvas.render.style import Ink, Look, mix, text_width, write

RADIUS: Final = 28.0
TITLE: Final = 24.0
LARGEST: Final = HEADER * 0.6
READABLE: Final = 11.0
"""So many device-independent pixels the name has at least; where it is larger than its header it stands on a plate."""
LEAST_PX: Final = 26.0
"""A region narrower than this on screen has no room for a name."""
STRONG: Final = QFont.Weight.DemiBold


def paint(painter: QPainter, regions: Iterable[Region], seen: QRectF, look: Look) -> None:
    """Draw the regions that are seen, in scene units."""
    kit, zoom = look
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for region in regions:
        box = QRectF(*region.box)
        if not box.intersects(seen):
            continue
        painter.setPen(QPen(mix(kit.line, kit.accent, 0.25), 1.5 / zoom, Qt.PenStyle.DashLine))
        painter.setBrush(mix(kit.canvas, kit.accent, 0.04))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        if READABLE / zoom <= LARGEST:
            place = QRectF(box.left() + PAD, box.top(), box.width() - 2 * PAD, HEADER)
            write(painter, place, region.name, Ink(max(TITLE, READABLE / zoom), kit.muted, STRONG))
    painter.restore()


def paint_names(painter: QPainter, regions: Iterable[Region], seen: QRectF, look: Look) -> None:
    """From far away, draw the names over what is in the regions, as large as can be read; in scene units."""
    kit, zoom = look
    letters = READABLE / zoom
    if letters <= LARGEST:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(kit.surface.red(), kit.surface.green(), kit.surface.blue(), 225))
    for region in regions:
        box = QRectF(*region.box)
        if box.intersects(seen) and box.width() * zoom >= LEAST_PX:
            room = letters * 0.4
            wide = min(text_width(region.name, READABLE, STRONG) / zoom * 1.08 + 2 * room, box.width())
            plate = QRectF(box.left(), box.top(), wide, letters * 1.45)
            painter.drawRect(plate)
            write(painter, plate.adjusted(room, 0, -room, 0), region.name, Ink(letters, kit.text, STRONG))
