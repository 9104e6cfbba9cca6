"""Where the arrow keys lead: along the edges sideways, to the nearest card up and down."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt

from trigger_studio.model.speech import tr
from trigger_studio.ui.canvas.board import Board

REACH: Final = 2400.0
"""How far up and down the nearest card is looked for, in scene units."""
ARROWS: Final = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


def first(board: Board) -> str | None:
    """The card a reader starts with: top left."""
    return min(board.places, key=lambda name: (board.places[name][1] + board.places[name][0], name), default=None)


def step(board: Board, current: str | None, key: Qt.Key) -> str | None:
    """The card that an arrow key leads to from `current`, or `current` where it leads nowhere."""
    if current is None or current not in board.cards:
        return first(board)
    if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        ways = board.before(current) if key == Qt.Key.Key_Left else board.after(current)
        here = board.places[current][1]
        return min(ways, key=lambda name: abs(board.places[name][1] - here), default=current)
    return _beside(board, current, up=key == Qt.Key.Key_Up)


def _beside(board: Board, current: str, up: bool) -> str:
    x, y, width, height = board.places[current]
    box = (x - REACH / 2, y - REACH if up else y + height / 2, REACH + width, REACH + height / 2)
    sign = -1 if up else 1

    def cost(name: str) -> float:
        other = board.places[name]
        return sign * (other[1] - y) + 2.5 * abs(other[0] - x)

    ways = [name for name in board.cards_in(box) if sign * (board.places[name][1] - y) > 1]
    return min(ways, key=cost, default=current)


def describe(board: Board, card_id: str) -> str:
    """A card in words, for a screen reader: what it is, its state, and what comes before and after."""
    card, state = board.cards[card_id], board.states.get(card_id)
    parts = [f"{tr(card.kind.value)}: {card.title}"]
    if card.subtitle:
        parts.append(card.subtitle)
    if card.rule in board.frames:
        parts.append(tr("in rule {0}", board.frames[card.rule].title))
    if state is not None:
        parts.append(f"{tr(state.run.value)}{f' ({state.count})' if state.count else ''}")
    for word, names in ((tr("after"), board.before(card_id)), (tr("leads to"), board.after(card_id))):
        if names:
            parts.append(f"{word} {', '.join(board.cards[name].title for name in names)}")
    return "; ".join(parts)
