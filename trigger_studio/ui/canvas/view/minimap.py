"""The small map in a corner: the whole chart, and the part of it that is in view.

It is painted by the viewer over its own picture rather than being a widget: a widget on top would make Qt repaint the
whole viewport for every step of a pan.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from trigger_studio.studio.chart.boxes import Box, union
from trigger_studio.studio.chart.difference import Change
from trigger_studio.ui.canvas.render.overview_renderer import OverviewRenderer
from trigger_studio.ui.canvas.render.render_context import RenderContext

WIDTH: Final = 208
LEAST_HEIGHT, MOST_HEIGHT = 56, 136
GAP: Final = 16
PAD: Final = 8.0
ROOM: Final = 0.05
"""When the chart outgrows the map, the map leaves this much room for more of it."""
LEAST_SHARE: Final = 0.85
"""When less of the map than this is taken, it shows the chart larger."""
MOST_STALE: Final = 8
"""With more changed places than these all of the map is painted anew."""
LEAST_VIEWPORT: Final = QSize(520, 360)
"""In a smaller viewport the map would hide more than it shows."""


class Minimap:
    """Where the map lies, what it looks like, and which scene point lies under one of its pixels."""

    def __init__(self, stage: RenderContext, far: OverviewRenderer) -> None:
        self._stage, self._far = stage, far
        self._pixmap: QPixmap | None = None
        self._painted: tuple[float, QPointF, float] | None = None
        self._stale: list[Box] = []
        self._world: Box = (0.0, 0.0, 1.0, 1.0)

    def forget(self) -> None:
        """Paint the map anew next time."""
        self._pixmap, self._world = None, (0.0, 0.0, 1.0, 1.0)

    def _shown(self) -> Box:
        """What of the scene is on the map: all of the chart, and the same as before when that has changed a little."""
        inner, outer = self._stage.board.bounds(), self._world
        fits = (
            union((inner, outer)) == outer and inner[2] > LEAST_SHARE * outer[2] and inner[3] > LEAST_SHARE * outer[3]
        )
        if not fits:
            more = ROOM if self._pixmap is not None else 0.0
            self._world = (inner[0], inner[1], inner[2] * (1 + more), inner[3] * (1 + more))
        return self._world

    def adopt(self, change: Change) -> None:
        """The board changed: paint anew, of the map, what shows it."""
        board = self._stage.board
        faded = (name for rule in change.frames for name in board.members.get(rule, ()))  # or no longer
        now = [board.places[name] for name in (*change.cards, *faded) if name in board.places]
        self._stale += [union(boxes) for boxes in (change.before.values(), now) if boxes]

    def place(self, viewport: QSize, seen: QRectF) -> QRectF:
        """The map's box in the viewport; empty when there is no room, or all of the chart is `seen` anyway."""
        roomy = viewport.width() >= LEAST_VIEWPORT.width() and viewport.height() >= LEAST_VIEWPORT.height()
        if not roomy or not self._stage.board.cards or seen.contains(QRectF(*self._stage.board.bounds())):
            return QRectF()
        size = self._size()
        left, top = viewport.width() - size.width() - GAP, viewport.height() - size.height() - GAP
        return QRectF(left, top, size.width(), size.height())

    def _size(self) -> QSize:
        """As wide as ever, and as high as the chart's shape asks for."""
        _, _, width, height = self._shown()
        wanted = (WIDTH - 2 * PAD) * height / max(width, 1.0) + 2 * PAD
        return QSize(WIDTH, round(min(max(wanted, LEAST_HEIGHT), MOST_HEIGHT)))

    def _fit(self) -> tuple[float, QPointF]:
        """The map's scale, and where the scene's origin lies inside the map."""
        x, y, width, height = self._shown()
        size = self._size()
        scale = min((size.width() - 2 * PAD) / width, (size.height() - 2 * PAD) / height, 0.2)
        shift = QPointF(
            (size.width() - width * scale) / 2 - x * scale, (size.height() - height * scale) / 2 - y * scale
        )
        return scale, shift

    def scene_point(self, place: QRectF, at: QPointF) -> QPointF:
        """The scene point shown at a viewport position."""
        scale, shift = self._fit()
        return QPointF((at - place.topLeft() - shift) / scale)

    def paint(self, painter: QPainter, place: QRectF, view: QRectF) -> None:
        """Draw the map into its place; `view` is what the viewport shows, in scene units."""
        kit = self._stage.kit
        painter.drawPixmap(place.topLeft(), self._chart())
        scale, shift = self._fit()
        window = QRectF(view.topLeft() * scale, view.size() * scale).translated(shift + place.topLeft())
        window = window.intersected(place.adjusted(1.5, 1.5, -1.5, -1.5))
        if window.width() < place.width() - 4 or window.height() < place.height() - 4:
            painter.setPen(QPen(kit.accent, 1.5))
            painter.setBrush(QColor(kit.accent.red(), kit.accent.green(), kit.accent.blue(), 28))
            painter.drawRoundedRect(window, 3, 3)

    def _chart(self) -> QPixmap:
        """The map's picture, of which as much is painted as is not up to date."""
        wanted = (*self._fit(), self._stage.ratio)
        if self._pixmap is None or self._painted != wanted or len(self._stale) > MOST_STALE:
            self._pixmap, self._painted = self._paint_ground(), wanted
            self._paint_cards(self._pixmap, None)
            self._stale = []
        for box in self._stale:
            self._paint_cards(self._pixmap, box)
        self._stale = []
        return self._pixmap

    def _paint_ground(self) -> QPixmap:
        stage, size = self._stage, self._size()
        pixmap = QPixmap(size * stage.ratio)
        pixmap.setDevicePixelRatio(stage.ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(stage.kit.line_strong, 1))
        painter.setBrush(stage.kit.surface)
        painter.drawRoundedRect(QRectF(0.5, 0.5, size.width() - 1, size.height() - 1), 8, 8)
        painter.end()
        return pixmap

    def _paint_cards(self, pixmap: QPixmap, box: Box | None) -> None:
        """Every card, or what lies in a box of the scene anew, over the ground."""
        scale, shift = self._fit()
        painter = QPainter(pixmap)
        if box is not None:
            area = QRectF(box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale).translated(shift)
            clip = area.toAlignedRect().adjusted(-2, -2, 2, 2)  # the lines around cards reach out of them
            painter.setClipRect(clip)
            painter.fillRect(clip, self._stage.kit.surface)
            reach = 2 / scale
            box = (box[0] - 2 * reach, box[1] - 2 * reach, box[2] + 4 * reach, box[3] + 4 * reach)
        painter.translate(shift)
        painter.scale(scale, scale)
        self._far.paint_plain(painter, box)
        painter.end()
