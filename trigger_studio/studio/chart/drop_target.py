"""What is dragged over the canvas, where it is, and who knows what a drop there would do."""

from __future__ import annotations

from enum import Enum
from typing import Protocol

from trigger_studio.frozen import frozen
from trigger_studio.studio.chart.chart import Point, Wire


class Side(Enum):
    """Which half of a card is meant."""

    BEFORE = "before"
    AFTER = "after"


@frozen
class DropTarget:
    """What is under the mouse.

    Attributes:
        rule: the rule in whose box it is, None outside of all.
        card, side: the card, and the nearer half of it.
        wire: a line inside the rule. joined: whether other lines come to the same card.
        at: the point, in scene units; None where no mouse is meant.
    """

    rule: str | None = None
    card: str | None = None
    side: Side = Side.AFTER
    wire: Wire | None = None
    joined: bool = False
    at: Point | None = None


class PayloadKind(Enum):
    """What can be dragged: a thing of the palette by its name, a card, or the line out of a card."""

    NEW = "new"
    CARD = "card"
    OUTPUT = "output"


@frozen
class DragPayload:
    """What is dragged."""

    sort: PayloadKind
    name: str


class Planner(Protocol):
    """Knows the rules behind the cards; the canvas only asks."""

    def raises(self, card: str) -> bool:
        """Whether another rule can follow from this card."""

    def foresee(self, load: DragPayload, place: DropTarget) -> str:
        """What a drop here would do, in words. Raises Refused, saying why it cannot be."""

    def drop(self, load: DragPayload, place: DropTarget) -> None:
        """Do it."""
