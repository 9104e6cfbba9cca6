"""Pens, brushes and fonts of the canvas, made once per theme from the design tokens."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from trigger_studio.studio.chart.chart import Badge, Kind, Pace, Run
from trigger_studio.ui.widgets.theme import FONT_FAMILIES, Tokens

RUN_ICONS: Final = {
    Run.WAITING: "clock", Run.RUNNING: "running", Run.DONE: "check", Run.FAILED: "cross", Run.REFUSED: "dash",
}  # fmt: skip


def mix(a: QColor, b: QColor, share: float) -> QColor:
    """A colour between two: `share` of `b` in `a`."""
    return QColor.fromRgbF(
        a.redF() + (b.redF() - a.redF()) * share,
        a.greenF() + (b.greenF() - a.greenF()) * share,
        a.blueF() + (b.blueF() - a.blueF()) * share,
    )


class CanvasStyle:
    """The canvas's colours as Qt values.

    Attributes:
        on_run: writing on a state's colour.
        kind: colour per kind of card. run, badge: colour per state. wire: colour per pace.
    """

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.canvas, self.dots = QColor(tokens.canvas), QColor(tokens.dots)
        self.surface, self.raised, self.frame = QColor(tokens.surface), QColor(tokens.raised), QColor(tokens.frame)
        self.line, self.line_strong = QColor(tokens.line), QColor(tokens.line_strong)
        self.text, self.muted, self.faint = QColor(tokens.text), QColor(tokens.muted), QColor(tokens.faint)
        self.accent, self.on_accent = QColor(tokens.accent), QColor(tokens.on_accent)
        self.gate, self.gate_text = QColor(tokens.gate), QColor(tokens.gate_text)
        event, condition, neutral = QColor(tokens.event), QColor(tokens.condition), QColor(tokens.neutral)
        self.kind = {
            Kind.EVENT: event, Kind.CONDITION: condition, Kind.JOIN: condition, Kind.BRANCH: condition,
            Kind.ACTION: QColor(tokens.action), Kind.GATE: self.gate, Kind.BAR: neutral, Kind.SKIP: neutral,
        }  # fmt: skip
        self.run = {
            Run.WAITING: QColor(tokens.waiting), Run.RUNNING: QColor(tokens.running), Run.DONE: QColor(tokens.done),
            Run.FAILED: QColor(tokens.failed), Run.REFUSED: QColor(tokens.refused),
        }  # fmt: skip
        self.on_run = QColor("#ffffff") if not tokens.dark else self.on_accent
        self.badge = {
            Badge.PAUSED: QColor(tokens.failed), Badge.HALTED: QColor(tokens.failed),
            Badge.PROBLEM: QColor(tokens.failed), Badge.APPROVAL: self.gate,
            Badge.DISABLED: neutral, Badge.DRAFT: QColor(tokens.accent),
        }  # fmt: skip
        wire = QColor(tokens.wire)
        self.wire = {Pace.AUTOMATED: wire, Pace.HUMAN: self.gate, Pace.ASLEEP: mix(self.canvas, wire, 0.35)}

    def tint(self, colour: QColor, share: float = 0.16) -> QColor:
        """A quiet background in a colour's direction."""
        return mix(self.surface, colour, share)


class Look(NamedTuple):
    """What decides how anything is painted: the theme, and how many device-independent pixels a scene unit takes."""

    kit: CanvasStyle
    zoom: float


@lru_cache(maxsize=2)
def kit_of(tokens: Tokens) -> CanvasStyle:
    """The kit of a theme."""
    return CanvasStyle(tokens)


@lru_cache(maxsize=256)
def font(pixels: int, weight: QFont.Weight) -> tuple[QFont, QFontMetricsF]:
    """A font of the canvas and its metrics, by whole device pixels so that every glyph is crisp."""
    result = QFont()
    result.setFamilies(list(FONT_FAMILIES))
    result.setPixelSize(pixels)
    result.setWeight(weight)
    return result, QFontMetricsF(result)


def wrap(text: str, metrics: QFontMetricsF, width: float) -> tuple[str, str]:
    """The words that fit on a first line, and the rest."""
    words = text.split(" ")
    for count in range(len(words), 0, -1):
        line = " ".join(words[:count])
        if count == 1 or metrics.horizontalAdvance(line) <= width:
            return line, " ".join(words[count:])
    return text, ""


class Ink(NamedTuple):
    """How words are written: size in the painter's units, colour, weight."""

    size: float
    colour: QColor
    weight: QFont.Weight = QFont.Weight.Normal


def write_two(painter: QPainter, place: QRectF, text: str, ink: Ink) -> None:
    """Write on one line, or on two where one is too short; otherwise like `write`."""
    scale = painter.transform().m11()
    metrics = font(max(1, round(ink.size * scale)), ink.weight)[1]
    first, rest = wrap(text, metrics, place.width() * scale)
    if not rest:
        write(painter, place, text, ink)
        return
    middle, step = place.center().y(), ink.size * 1.22
    for line, top in ((first, middle - step), (rest, middle)):
        write(painter, QRectF(place.left(), top, place.width(), step), line, ink)


def write(painter: QPainter, place: QRectF, text: str, ink: Ink) -> None:
    """Write one line, elided to `place`, in the device's own pixels whatever the painter's scale.

    Args:
        painter: its transform must only scale and shift.
        place: the line's box in the painter's units; the text is centred vertically.
        text: what to write.
        ink: how.
    """
    transform = painter.transform()
    device = transform.mapRect(place)
    face, metrics = font(max(1, round(ink.size * transform.m11())), ink.weight)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, device.width())
    baseline = device.center().y() + metrics.capHeight() / 2
    painter.save()
    painter.resetTransform()
    painter.setFont(face)
    painter.setPen(ink.colour)
    painter.drawText(QPointF(round(device.left()), round(baseline)), shown)
    painter.restore()


def text_width(text: str, size: float, weight: QFont.Weight) -> float:
    """How wide a line is at a size, in the same unit."""
    return font(round(size * 4), weight)[1].horizontalAdvance(text) / 4
