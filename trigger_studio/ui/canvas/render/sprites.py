"""Pictures of cards, labels and frames' parts, painted once per look and scale and then only copied to the screen."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from time import perf_counter

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPixmap

from trigger_studio.analysis.layout.sizes import FRAME_HEADER
from trigger_studio.studio.chart.chart import Card, Frame, Pace, RunState
from trigger_studio.ui.canvas.render import card_painter, frame_painter, wire_painter
from trigger_studio.ui.canvas.render.nine_patch import Patch
from trigger_studio.ui.canvas.render.style import CanvasStyle, Look
from trigger_studio.ui.canvas.render.wire_painter import Style

MARGINS = QMarginsF(*(card_painter.MARGIN,) * 4)
BYTES = 96 * 1024 * 1024
"""How much the sprites may hold; the oldest go first."""
FRAME_BUDGET_S = 0.003
"""How long one frame may spend painting cards for which a sprite of another scale can stand in."""


class Sprites:
    """Sprites by look and by scale.

    Attributes:
        unfinished: a sprite of another scale had to stand in since `begin_frame`; paint again soon.
    """

    def __init__(self, kit: CanvasStyle) -> None:
        self.kit = kit
        self.unfinished = False
        self._kept: dict[Hashable, QPixmap] = {}
        self._stand_ins: dict[Hashable, QPixmap] = {}
        self._bytes = 0
        self._spent_s = 0.0
        self._patch: tuple[Hashable, Patch] | None = None

    def begin_frame(self) -> None:
        """Start a frame's time budget."""
        self.unfinished = False
        self._spent_s = 0.0

    def sprite(self, card: Card, state: RunState | None, zoom: float, ratio: float, *, dim: bool) -> QPixmap:
        """The card's picture with its margin, at this zoom, or for a moment at another."""
        look = (card.kind, card.icon, card.title, card.subtitle, card.width, card.height, state, dim)
        key = (look, zoom, ratio)
        found = self._kept.get(key)
        if found is not None:
            return found
        stand_in = self._stand_ins.get(look)
        if stand_in is not None and self._spent_s > FRAME_BUDGET_S:
            self.unfinished = True
            return stand_in
        start = perf_counter()
        whole = QRectF(0, 0, card.width, card.height).marginsAdded(MARGINS)
        pixmap = _painted(
            whole, zoom, ratio,
            lambda painter: card_painter.paint(painter, card, Look(self.kit, zoom), state=state, dim=dim),
        )  # fmt: skip
        self._spent_s += perf_counter() - start
        self._stand_ins[look] = pixmap
        return self._keep(key, pixmap)

    def label(self, text: str, style: Style, zoom: float, ratio: float) -> QPixmap:
        """A wire's word in its capsule."""
        key = (text, style.run, style.pace, zoom, ratio)
        found = self._kept.get(key)
        if found is not None:
            return found
        box = QRectF(0, 0, *wire_painter.label_size(text, zoom))
        paint = lambda painter: wire_painter.paint_label(painter, text, box, style, self.kit)  # noqa: E731
        return self._keep(key, _painted(box, zoom, ratio, paint))

    def turning(self, side: float, phase: int, zoom: float, ratio: float) -> QPixmap:
        """The sign of what runs, turned, on the ground of its capsule."""
        key = ("turning", side, phase, zoom, ratio)
        found = self._kept.get(key)
        if found is not None:
            return found
        box = QRectF(0, 0, side, side)
        paint = lambda painter: card_painter.paint_turning(painter, box, phase, self.kit)  # noqa: E731
        return self._keep(key, _painted(box, zoom, ratio, paint))

    def exit(self, pace: Pace, zoom: float, ratio: float) -> QPixmap:
        """The mark of an event that leaves its rule."""
        key = ("exit", pace, zoom, ratio)
        found = self._kept.get(key)
        if found is not None:
            return found
        box = QRectF(0, 0, *wire_painter.EXIT)
        paint = lambda painter: wire_painter.paint_exit(painter, box, pace, self.kit)  # noqa: E731
        return self._keep(key, _painted(box, zoom, ratio, paint))

    def header(self, frame: Frame, width: float, zoom: float, ratio: float, selected: bool) -> QPixmap:
        """A frame's name and badges, across its whole width."""
        key = (frame.title, frame.badges, width, zoom, ratio, selected)
        found = self._kept.get(key)
        if found is not None:
            return found
        size = QSizeF(width, FRAME_HEADER)
        paint = lambda painter: frame_painter.paint_header(  # noqa: E731
            painter, frame, size, Look(self.kit, zoom), selected=selected
        )
        return self._keep(key, _painted(QRectF(0, 0, width, FRAME_HEADER * 1.3), zoom, ratio, paint))

    def patch(self, zoom: float, ratio: float, selected: bool) -> Patch:
        """The box of a frame, of any size."""
        key = (zoom, ratio, selected)
        if self._patch is None or self._patch[0] != key:
            self._patch = (key, Patch(self.kit, zoom, ratio, selected))
        return self._patch[1]

    def _keep(self, key: Hashable, pixmap: QPixmap) -> QPixmap:
        self._kept[key] = pixmap
        self._bytes += _bytes(pixmap)
        while self._bytes > BYTES:
            self._bytes -= _bytes(self._kept.pop(next(iter(self._kept))))
        return pixmap


def _painted(box: QRectF, zoom: float, ratio: float, paint: Callable[[QPainter], None]) -> QPixmap:
    scale = zoom * ratio
    pixmap = QPixmap(max(1, round(box.width() * scale)), max(1, round(box.height() * scale)))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    painter.translate(-box.topLeft())
    paint(painter)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _bytes(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4
