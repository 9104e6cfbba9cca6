"""Pictures of a chart without a view: the same painters onto any device, whole or a selection."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum
from html import unescape
from typing import Final, NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, QSize, QSizeF
from PySide6.QtGui import QFont, QImage, QImageWriter, QPageLayout, QPageSize, QPainter, QPdfWriter

from trigger_studio.model.counting import count
from trigger_studio.model.i18n import tr
from trigger_studio.studio.chart.chart import Pace, Wire
from trigger_studio.ui.canvas.render import card_painter, frame_painter, region_painter, wire_painter
from trigger_studio.ui.canvas.render.chart_index import Box, union
from trigger_studio.ui.canvas.render.render_context import RenderContext
from trigger_studio.ui.canvas.render.style import Look, font
from trigger_studio.ui.widgets.theme import FONT_FAMILIES

GAP: Final = 32.0
"""Room around what is shown, in scene units."""
MOST: Final = 4.0
PNG_SCALE: Final = 2.0
PNG_PIXELS: Final = 40_000_000
"""A larger picture is made at a smaller scale; many programs refuse to open more."""
PNG_QUALITY: Final = 80
"""Nothing is lost at any value; a lower one takes long to pack a little tighter."""
PDF_DPI: Final = 288
PDF_MOST_PT: Final = 14_400.0
"""The longest side that the format allows."""


class Form(StrEnum):
    """What a picture is written as."""

    SVG = "svg"
    PNG = "png"
    PDF = "pdf"


class Part(NamedTuple):
    """What of a chart is drawn: cards and frames by id, and the box around them."""

    cards: list[str]
    frames: list[str]
    box: Box


def part_of(stage: RenderContext, selection: Collection[str] | None = None) -> Part:
    """The cards of `selection`, or all, and the frames of rules of which every card is among them."""
    board = stage.board
    cards = [name for name in board.cards if selection is None or name in selection]
    shown = set(cards)
    frames = [rule for rule in board.frames if shown.issuperset(board.members.get(rule, ()))]
    boxes = [board.places[name] for name in cards] + [board.frame_places[rule] for rule in frames]
    boxes += [_reach(board.route(wire)) for wire in _wires(stage, shown)]
    return Part(cards, frames, union(boxes) if boxes else (0.0, 0.0, 320.0, 200.0))


def render(stage: RenderContext, size: QSize, selection: Collection[str] | None = None) -> QImage:
    """Draw the board's cards (those of `selection`, or all), their wires and frames, fitted into an image."""
    part = part_of(stage, selection)
    _x, _y, width, height = part.box
    zoom = min((size.width() - 2 * GAP) / width, (size.height() - 2 * GAP) / height, MOST)
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    corner = QPointF((size.width() - width * zoom) / 2, (size.height() - height * zoom) / 2)
    painter = QPainter(image)
    _paint(painter, stage, part, _Place(corner, zoom), zoom)
    painter.end()
    return image


def made(stage: RenderContext, form: Form, selection: Collection[str] | None = None) -> bytes:
    """A picture as a file's content, at its natural size."""
    part = part_of(stage, selection)
    if form is Form.PNG:
        return _png(stage, part)
    return _svg(stage, part) if form is Form.SVG else _pdf(stage, part)


def _size(part: Part) -> QSizeF:
    return QSizeF(part.box[2] + 2 * GAP, part.box[3] + 2 * GAP)


def _png(stage: RenderContext, part: Part) -> bytes:
    size = _size(part)
    scale = min(PNG_SCALE, (PNG_PIXELS / (size.width() * size.height())) ** 0.5)
    image = QImage((size * scale).toSize(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    _paint(painter, stage, part, _Place(QPointF(GAP, GAP) * scale, scale), scale)
    painter.end()
    buffer = _buffer()
    writer = QImageWriter(buffer, QByteArray(b"png"))
    writer.setQuality(PNG_QUALITY)
    writer.write(image)
    return bytes(buffer.data().data())


def _svg(stage: RenderContext, part: Part) -> bytes:
    from PySide6.QtSvg import QSvgGenerator

    buffer, size = _buffer(), _size(part)
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    generator.setOutputDevice(buffer)
    generator.setResolution(96)  # a pixel of the style sheets', so that fonts come out at their size
    generator.setSize(size.toSize())
    generator.setViewBox(QRectF(QPointF(0, 0), size))
    generator.setTitle(_title(part))
    painter = QPainter(generator)
    _paint(painter, stage, part, _Place(QPointF(GAP, GAP), 1.0), 1.0)
    painter.end()
    return _tidy(bytes(buffer.data().data()).decode(errors="replace")).encode()


def _pdf(stage: RenderContext, part: Part) -> bytes:
    buffer, size = _buffer(), _size(part)
    fit = min(1.0, PDF_MOST_PT / max(size.width(), size.height()))
    writer = QPdfWriter(buffer)
    writer.setResolution(PDF_DPI)
    writer.setTitle(_title(part))
    writer.setCreator("Trigger Studio")
    page = QPageSize(size * fit, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF()))
    painter = QPainter(writer)
    scale = fit * PDF_DPI / 72
    _paint(painter, stage, part, _Place(QPointF(GAP, GAP) * scale, scale), 1.0)
    painter.end()
    return bytes(buffer.data().data())


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer


def _title(part: Part) -> str:
    return tr("Chain graph: {0}, {1}", count(len(part.frames), "rule"), count(len(part.cards), "step"))


_FONT: Final = re.compile(r' ?font-family="[^"]*"')
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_EMPTY: Final = re.compile(r"<g [^>]*>\s*</g>\s*")
_TEXT: Final = re.compile(r'<text ([^>]*?font-size="(\d+)" font-weight="(\d+)"[^>]*?)\s*>([^<]*)</text>')


def _tidy(text: str) -> str:
    """What Qt wrote, without what is empty, all our fonts named once, and each text as wide as it was measured.

    So the picture keeps its look where the reader has other fonts.
    """

    def fitted(found: re.Match[str]) -> str:
        attributes, size, weight, words = found.groups()
        metrics = font(int(size), QFont.Weight(int(weight)))[1]
        width = metrics.horizontalAdvance(unescape(words))
        return f'<text {attributes} textLength="{width:g}" lengthAdjust="spacingAndGlyphs">{words}</text>'

    families = ", ".join([*FONT_FAMILIES, "sans-serif"])
    text = _UNPRINTABLE.sub(" ", text)
    text = _TEXT.sub(fitted, _EMPTY.sub("", _FONT.sub("", text)))
    return text.replace("<svg ", f'<svg font-family="{families}" ', 1)


class _Place(NamedTuple):
    """Where on a device a part of the board goes: its top left corner, and device units a scene unit takes."""

    corner: QPointF
    scale: float


def _paint(painter: QPainter, stage: RenderContext, part: Part, place: _Place, zoom: float) -> None:
    """Paint a part of the board over the ground, with as much writing as is readable at a zoom."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    device = painter.device()
    painter.fillRect(QRectF(0, 0, device.width(), device.height()), stage.kit.canvas)
    painter.translate(place.corner)
    painter.scale(place.scale, place.scale)
    painter.translate(-part.box[0], -part.box[1])
    _paint_part(painter, stage, part, Look(stage.kit, zoom))


def _paint_part(painter: QPainter, stage: RenderContext, part: Part, look: Look) -> None:
    board = stage.board
    region_painter.paint(painter, board.chart.regions, QRectF(*part.box), look)
    for rule in part.frames:
        x, y, width, height = board.frame_places[rule]
        with_origin(painter, x, y)
        frame_painter.paint(painter, board.frames[rule], QSizeF(width, height), look)
        painter.restore()
    wires = sorted(_wires(stage, set(part.cards)), key=stage.style)
    for wire in wires:
        wire_painter.paint(painter, board.route(wire), stage.style(wire), look.kit)
    if look.zoom >= wire_painter.LABEL_ZOOM:
        _paint_exits(painter, stage, wires)
        _paint_words(painter, stage, wires, look)
    for name in part.cards:
        x, y, _width, _height = board.places[name]
        with_origin(painter, x, y)
        card = board.cards[name]
        card_painter.paint(painter, card, look, state=board.states.get(name), dim=stage.dim(card))
        painter.restore()


def _paint_exits(painter: QPainter, stage: RenderContext, wires: list[Wire]) -> None:
    """One mark for all that leaves a rule at one place; what leaves by itself rather than by a person."""
    board = stage.board
    marks: dict[tuple[float, ...], tuple[QRectF, Pace]] = {}
    for wire in sorted(wires, key=lambda wire: wire.pace is Pace.AUTOMATED):
        frame = board.frame_places.get(board.cards[wire.source].rule or "") if wire.leaves else None
        box = wire_painter.exit_box(board.route(wire), frame) if frame is not None else None
        if box is not None:
            marks[box.getRect()] = box, wire.pace
    for box, pace in marks.values():
        wire_painter.paint_exit(painter, box, pace, stage.kit)


def _paint_words(painter: QPainter, stage: RenderContext, wires: list[Wire], look: Look) -> None:
    """One word for all wires that come to the same card for the same reason; a lit one's rather than a quiet one's."""
    said = {(wire.target, wire.label): wire for wire in wires if wire.label}
    said |= {(w.target, w.label): w for w in wires if w.label and stage.flow(w) is not None}
    for wire in said.values():
        text = wire_painter.words(wire, stage.flow(wire))
        box = wire_painter.label_box(text, stage.board.route(wire), look.zoom)
        wire_painter.paint_label(painter, text, box, stage.style(wire), stage.kit)


def _wires(stage: RenderContext, cards: Collection[str]) -> list[Wire]:
    return [wire for wire in stage.board.wires.values() if wire.source in cards and wire.target in cards]


def _reach(points: Collection[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)


def with_origin(painter: QPainter, x: float, y: float) -> None:
    """Save the painter and move its origin; the caller restores it."""
    painter.save()
    painter.translate(QPointF(x, y))
