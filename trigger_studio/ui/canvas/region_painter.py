"""How the region of a group looks: a quiet field behind its rules, with its name on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from trigger_studio.analysis.grouping import HEADER, PAD, Region
from trigger_studio.ui.canvas.kit import Ink, Look, mix, write

RADIUS: Final = 28.0
TITLE: Final = 24.0
LARGEST: Final = HEADER * 0.8
READABLE: Final = 11.0
"""So many device-independent pixels the name has at least, as long as there is room for it."""


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
        letters = min(LARGEST, max(TITLE, READABLE / zoom))
        place = QRectF(box.left() + PAD, box.top(), box.width() - 2 * PAD, HEADER)
        write(painter, place, region.name, Ink(letters, kit.muted, QFont.Weight.DemiBold))
    painter.restore()
