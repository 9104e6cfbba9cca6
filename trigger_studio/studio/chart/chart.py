"""What the canvas shows, as frozen values: cards, wires and frames with their places, and the states drawn over them.

The canvas knows nothing else: it never sees a rule. `projection.py` makes a `Chart` of the chain graph and its layout.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from trigger_studio.analysis.layout.grouping import Region
from trigger_studio.frozen import frozen

Point = tuple[float, float]


class Kind(StrEnum):
    """A card's place in the flowchart's language; each has a shape. A bar forks or joins; skip does nothing."""

    EVENT = "event"
    CONDITION = "condition"
    JOIN = "join"
    BRANCH = "branch"
    ACTION = "action"
    GATE = "gate"
    BAR = "bar"
    SKIP = "skip"


class Pace(StrEnum):
    """What makes an edge happen: the engine by itself, a person, or nothing while its rules stand as they do."""

    AUTOMATED = "automated"
    HUMAN = "human"
    ASLEEP = "asleep"


class Run(StrEnum):
    """What happens, or is foretold to happen, at a card."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    REFUSED = "refused"


class Badge(StrEnum):
    """What a person should know about a rule before anything else; drawn on its frame, in this order."""

    PAUSED = "paused by itself"
    HALTED = "halted"
    PROBLEM = "problem"
    APPROVAL = "needs approval"
    DISABLED = "disabled"
    DRAFT = "draft"


BADGE_ICONS: Final = {
    Badge.PAUSED: ("paused", "failed"),
    Badge.HALTED: ("halt", "failed"),
    Badge.PROBLEM: ("warning", "failed"),
    Badge.APPROVAL: ("lock", "gate"),
    Badge.DISABLED: ("off", "muted"),
    Badge.DRAFT: ("pencil", "accent"),
}
"""Icon of each badge, and its colour's name in lists; on the canvas the colours are the canvas's own."""


@frozen
class Card:
    """One node. `rule` is None for an event that no rule owns; `icon` is a name of `ui.icons`."""

    id: str
    rule: str | None
    kind: Kind
    icon: str
    title: str
    subtitle: str
    x: float
    y: float
    width: float
    height: float


@frozen
class Wire:
    """One edge; its way is the chart's to know. `leaves`: it carries an event out of its rule into another."""

    id: str
    source: str
    target: str
    pace: Pace = Pace.AUTOMATED
    label: str = ""
    leaves: bool = False


@frozen
class Frame:
    """The box around one rule."""

    rule: str
    title: str
    x: float
    y: float
    width: float
    height: float
    badges: tuple[Badge, ...] = ()


@frozen
class RunState:
    """The run state of a card and how many firings are in it (shown from two on)."""

    run: Run
    count: int = 0


ANYONE = "*"
"""Stands for the source of a way that a person's event took."""


def way_key(source: str, target: str) -> str:
    """Where the states keep the way from one rule's card to another rule's event."""
    return f"{source}>{target}"


NO_STATES: Mapping[str, RunState] = MappingProxyType({})


@frozen
class Chart:
    """Everything the canvas shows.

    Attributes:
        states: by card id, and by `way_key` for what led from rule to rule.
        way: the orthogonal route of a wire in scene units, asked for when the wire comes into view; None, or an empty
            answer, lets the canvas find a simple one.
    """

    cards: tuple[Card, ...] = ()
    wires: tuple[Wire, ...] = ()
    frames: tuple[Frame, ...] = ()
    states: Mapping[str, RunState] = field(default_factory=lambda: NO_STATES)
    way: Callable[[Wire], Sequence[Point]] | None = field(default=None, compare=False)
    regions: tuple[Region, ...] = ()
