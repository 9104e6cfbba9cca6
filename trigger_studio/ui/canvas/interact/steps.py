"""Where the keys lead: along the edges, to the nearest card up and down, from rule to rule; and what is there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Qt

from trigger_studio.model.counting import count
from trigger_studio.model.i18n import tr
from trigger_studio.ui.canvas.render.chart_index import ChartIndex

REACH: Final = 2400.0
"""How far up and down the nearest card is looked for, in scene units."""
MOST_NAMED: Final = 4
"""How many neighbours a card is told with."""
ARROWS: Final = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


def first(board: ChartIndex) -> str | None:
    """The card a reader starts with: top left."""
    return min(board.places, key=lambda name: (board.places[name][1] + board.places[name][0], name), default=None)


def step(board: ChartIndex, current: str | None, key: Qt.Key) -> str | None:
    """The card that an arrow key leads to from `current`, or `current` where it leads nowhere."""
    if current is None or current not in board.cards:
        return first(board)
    if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        ways = board.before(current) if key == Qt.Key.Key_Left else board.after(current)
        here = board.places[current][1]
        return min(ways, key=lambda name: abs(board.places[name][1] - here), default=current)
    return _beside(board, current, up=key == Qt.Key.Key_Up)


def _beside(board: ChartIndex, current: str, up: bool) -> str:
    x, y, width, height = board.places[current]
    box = (x - REACH / 2, y - REACH if up else y + height / 2, REACH + width, REACH + height / 2)
    sign = -1 if up else 1

    def cost(name: str) -> float:
        other = board.places[name]
        return sign * (other[1] - y) + 2.5 * abs(other[0] - x)

    ways = [name for name in board.cards_in(box) if sign * (board.places[name][1] - y) > 1]
    return min(ways, key=cost, default=current)


def rules_in_order(board: ChartIndex) -> list[str]:
    """The rules as one reads them: from top to bottom, side by side from left to right."""
    return sorted(board.frame_places, key=lambda rule: (board.frame_places[rule][1::-1], rule))


def rule_step(board: ChartIndex, rule: str | None, way: int) -> str | None:
    """The rule after (1) or before (-1) another one; the first where there is none yet."""
    rules = rules_in_order(board)
    if rule not in board.frames:
        return rules[0] if rules else None
    return rules[min(max(rules.index(rule) + way, 0), len(rules) - 1)]


def in_order(board: ChartIndex, rule: str) -> list[str]:
    """The cards of a rule as its sentence has them: from left to right, those one above the other from the top."""
    return sorted(board.members.get(rule, ()), key=lambda name: (board.places[name][:2], name))


def name_of(board: ChartIndex, card_id: str) -> str:
    """What a card is and what it does, and what happens there: ``action: generate scenes, running (2)``."""
    card, state = board.cards[card_id], board.states.get(card_id)
    name = f"{tr(card.kind.value)}: {card.title}"
    if state is not None:
        name = f"{name}, {tr(state.run.value)}{f' ({state.count})' if state.count else ''}"
    return name


def describe(board: ChartIndex, card_id: str) -> str:
    """What else there is to know of a card: its details, its rule with its state, what comes before and after."""
    card = board.cards[card_id]
    parts = [card.subtitle] if card.subtitle.lower() not in ("", tr(card.kind.value).lower()) else []
    if card.rule in board.frames:
        parts.append(tr("in rule {0}", _with_badges(board, str(card.rule))))
    for word, names in ((tr("after"), board.before(card_id)), (tr("leads to"), board.after(card_id))):
        if names:
            parts.append(f"{word} {_listed(_called(board, card.rule, name) for name in names)}")
    return "; ".join(parts)


def rule_name(board: ChartIndex, rule: str) -> str:
    """A rule with its state: ``rule: Package when approved (needs approval)``."""
    return tr("rule: {0}", _with_badges(board, rule))


def rule_description(board: ChartIndex, rule: str) -> str:
    """How many steps a rule has, and which rules it hangs together with."""
    inside = set(board.members.get(rule, ()))
    parts = [count(len(inside), "step")]
    before = _others(board, rule, (name for card in inside for name in board.before(card)))
    after = _others(board, rule, (name for card in inside for name in board.after(card)))
    for word, names in ((tr("started by"), before), (tr("starts"), after)):
        if names:
            parts.append(f"{word} {_listed(names)}")
    return "; ".join(parts)


def _listed(names: Iterable[str]) -> str:
    """The names, each once, and of many the first: nobody listens to twenty."""
    known = list(dict.fromkeys(names))
    more = len(known) - MOST_NAMED
    return ", ".join([*known[:MOST_NAMED], tr("and {0} more", more)] if more > 0 else known)


def _others(board: ChartIndex, rule: str, cards: Iterable[str]) -> list[str]:
    rules = {board.cards[card].rule for card in cards} - {rule, None}
    return sorted(board.frames[other].title for other in rules if other in board.frames)


def _called(board: ChartIndex, rule: str | None, card_id: str) -> str:
    """A card's title; of another rule's card, that rule's as well."""
    card = board.cards[card_id]
    other = board.frames.get(card.rule) if card.rule is not None and card.rule != rule else None
    return f"{card.title} ({other.title})" if other is not None else card.title


def _with_badges(board: ChartIndex, rule: str) -> str:
    frame = board.frames[rule]
    told = ", ".join(tr(badge.value) for badge in frame.badges)
    return f"{frame.title} ({told})" if told else frame.title
