"""The gallery's cards: a small flowchart, drawn by the canvas's own painters, over the name and what it is for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from trigger_studio.analysis.graph.chain_graph import chain_graph
from trigger_studio.analysis.layout.layout import layout
from trigger_studio.model.i18n import tr
from trigger_studio.model.profile import Profile
from trigger_studio.model.rule import Rule
from trigger_studio.services.templates import Template
from trigger_studio.studio.chart.projection import chart_of
from trigger_studio.ui.canvas.render import picture
from trigger_studio.ui.canvas.render.chart_index import ChartIndex
from trigger_studio.ui.canvas.render.render_context import RenderContext
from trigger_studio.ui.canvas.render.style import kit_of
from trigger_studio.ui.widgets.theme import Radius, Space, Tokens, Type, tokens_of

CARD = QSize(218, 214)
PICTURE_PX = 92
MARGIN_PX = 8


class Pictures:
    """Flowcharts of single rules, each drawn once a theme and size.

    Attributes:
        profile: in force; set before the first picture is asked for.
    """

    def __init__(self) -> None:
        self.profile: Profile | None = None
        self._made: dict[Any, QPixmap] = {}

    def of(self, rule: Rule, widget: QWidget, size: QSize) -> QPixmap:
        """The rule's flowchart in the theme that the widget wears, crisp on its screen."""
        tokens, ratio = tokens_of(widget.palette()), widget.devicePixelRatioF()
        key = (rule.id, tokens.name, size.width(), size.height(), ratio)
        if key not in self._made:
            self._made[key] = self._draw(rule, tokens, size, ratio)
        return self._made[key]

    def _draw(self, rule: Rule, tokens: Tokens, size: QSize, ratio: float) -> QPixmap:
        assert self.profile is not None
        graph = chain_graph([rule], self.profile)
        chart = replace(chart_of(graph, layout(graph)), frames=())
        stage = RenderContext(kit_of(tokens))
        stage.board = ChartIndex(chart)
        around = round(picture.GAP - MARGIN_PX * ratio)
        drawn = picture.render(stage, size * ratio + QSize(2 * around, 2 * around))
        made = QPixmap.fromImage(drawn.copy(QRect(QPoint(around, around), size * ratio)))
        made.setDevicePixelRatio(ratio)
        return made


class CardPainter(QStyledItemDelegate):
    """Paints one card. `template`: that of an item."""

    def __init__(self, parent: QWidget, pictures: Pictures, template: Callable[[QModelIndex], Template]) -> None:
        super().__init__(parent)
        self._widget, self._pictures, self._template = parent, pictures, template

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return CARD

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        template = self._template(QModelIndex(index))
        tokens = tokens_of(option.palette)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(2, 2, -2, -2)
        edge = tokens.accent if chosen else tokens.line_strong if over else tokens.line
        painter.setPen(QPen(QColor(edge), 2 if chosen else 1))
        painter.setBrush(QColor(tokens.surface))
        painter.drawRoundedRect(box, Radius.L, Radius.L)
        inside = box.adjusted(Space.S, Space.S, -Space.S, -Space.S).toRect()
        size = QSize(inside.width(), PICTURE_PX)
        painter.drawPixmap(inside.topLeft(), self._pictures.of(template.rule, self._widget, size))
        self._write(painter, inside.adjusted(2, PICTURE_PX + Space.S, -2, 0), template.rule, option.palette)
        painter.restore()

    def _write(self, painter: QPainter, place: QRect, rule: Rule, palette: QPalette) -> None:
        tokens = tokens_of(palette)
        wrap = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        face = QFont(self._widget.font())
        face.setWeight(QFont.Weight.DemiBold)
        painter.setFont(face)
        painter.setPen(QColor(tokens.text))
        taken = painter.drawText(place, wrap, tr(rule.name))
        face.setWeight(QFont.Weight.Normal)
        face.setPointSizeF(Type.CAPTION)
        painter.setFont(face)
        painter.setPen(QColor(tokens.muted))
        rest = place.adjusted(0, taken.height() if taken else 0, 0, 0).adjusted(0, Space.XS, 0, 0)
        lines = max(1, rest.height() // painter.fontMetrics().lineSpacing())
        painter.drawText(rest, wrap, _lines(tr(rule.description), painter, rest.width(), lines))


def _lines(text: str, painter: QPainter, width: int, most: int) -> str:
    """As many whole lines as there is room for, the last one elided."""
    metrics, lines, left = painter.fontMetrics(), [""], text.split()
    while left:
        longer = f"{lines[-1]} {left[0]}".strip()
        if metrics.horizontalAdvance(longer) <= width:
            lines[-1] = longer
        elif len(lines) == most:
            rest = " ".join([lines[-1], *left])
            lines[-1] = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)
            break
        else:
            lines.append(left[0])
        left = left[1:]
    return "\n".join(lines)
