"""Pictures of a chart without a view: the same painters onto any device, whole or a selection."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from PySide6.QtCore import QPointF, QSize, QSizeF
from PySide6.QtGui import QImage, QPainter

from trigger_studio.ui.canvas import card_painter, frame_painter, wire_painter
from trigger_studio.ui.canvas.board import union
from trigger_studio.ui.canvas.kit import Look
from trigger_studio.ui.canvas.stage import Stage

GAP: Final = 32.0
MOST: Final = 4.0


def render(stage: Stage, size: QSize, selection: Collection[str] | None = None) -> QImage:
    """Draw the board's cards (those of `selection`, or all), their wires and frames, fitted into an image."""
    board = stage.board
    cards = [name for name in board.cards if selection is None or name in selection]
    frames = [] if selection is not None else list(board.frames)
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(stage.kit.canvas)
    if cards:
        boxes = [board.places[name] for name in cards] + [board.frame_places[rule] for rule in frames]
        x, y, width, height = union(boxes)
        zoom = min((size.width() - 2 * GAP) / width, (size.height() - 2 * GAP) / height, MOST)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate((size.width() - width * zoom) / 2, (size.height() - height * zoom) / 2)
        painter.scale(zoom, zoom)
        painter.translate(-x, -y)
        _paint(painter, stage, cards, frames, Look(stage.kit, zoom))
        painter.end()
    return image


def _paint(painter: QPainter, stage: Stage, cards: list[str], frames: list[str], look: Look) -> None:
    board, shown = stage.board, set(cards)
    for rule in frames:
        x, y, width, height = board.frame_places[rule]
        with_origin(painter, x, y)
        frame_painter.paint(painter, board.frames[rule], QSizeF(width, height), look)
        painter.restore()
    for wire in board.wires.values():
        if wire.source in shown and wire.target in shown:
            wire_painter.paint(painter, wire, board.route(wire), look)
    for name in cards:
        x, y, _width, _height = board.places[name]
        with_origin(painter, x, y)
        card = board.cards[name]
        card_painter.paint(painter, card, look, state=board.states.get(name), dim=stage.dim(card))
        painter.restore()


def with_origin(painter: QPainter, x: float, y: float) -> None:
    """Save the painter and move its origin; the caller restores it."""
    painter.save()
    painter.translate(QPointF(x, y))
