"""What all painters of one canvas share: the board, the colours, the zoom and what is selected."""

from __future__ import annotations

from trigger_studio.model.i18n import tr
from trigger_studio.studio.chart.chart import ANYONE, Badge, Card, Chart, Pace, RunState, Wire, way_key
from trigger_studio.ui.canvas.render.chart_index import ChartIndex
from trigger_studio.ui.canvas.render.sprites import Sprites
from trigger_studio.ui.canvas.render.style import CanvasStyle, Look
from trigger_studio.ui.canvas.render.wire_painter import Style

FAR_ZOOM = 0.34
"""Below this, one painter draws everything, unless there are few cards."""
FEW_CARDS = 260
TINY_ZOOM = 0.16
PHASES = 12
"""How many steps the sign of what runs takes for one turn."""


class RenderContext:
    """The common state of the painters.

    Attributes:
        board, kit, sprites: what is shown, in which colours, as which pictures.
        zoom: device-independent pixels per scene unit. ratio: device pixels per device-independent one.
        selected: ids of the selected cards. rule: the selected rule.
        phase: how far the sign of what runs has turned, 0 to `PHASES` - 1. turning: one was painted in this frame.
        current: the card that keys act on. hovered: the one under the mouse.
    """

    def __init__(self, kit: CanvasStyle) -> None:
        self.board = ChartIndex(Chart())
        self.kit = kit
        self.sprites = Sprites(kit)
        self.zoom = 1.0
        self.ratio = 1.0
        self.phase = 0
        self.turning = False
        self.selected: set[str] = set()
        self.rule: str | None = None
        self.current: str | None = None
        self.hovered: str | None = None

    @property
    def look(self) -> Look:
        """The theme and the zoom, for the painters."""
        return Look(self.kit, self.zoom)

    @property
    def many(self) -> bool:
        """Whether there are too many cards to draw each as itself when all are in view."""
        return len(self.board.cards) > FEW_CARDS

    @property
    def far(self) -> bool:
        """Whether the far painter draws everything instead of items."""
        return self.zoom < (FAR_ZOOM if self.many else TINY_ZOOM)

    def dress(self, kit: CanvasStyle) -> None:
        """Change the colours; every sprite is painted anew."""
        self.kit = kit
        self.sprites = Sprites(kit)

    def dim(self, card: Card) -> bool:
        """Whether a card is drawn faded because its rule is switched off."""
        frame = self.board.frames.get(card.rule) if card.rule is not None else None
        return frame is not None and Badge.DISABLED in frame.badges

    def style(self, wire: Wire) -> Style:
        """How a wire is drawn: lit with a selected end, coloured where a chain took it."""
        state = self.flow(wire)
        lit = wire.source in self.selected or wire.target in self.selected
        return Style(lit, state.run if state is not None else "", wire.pace)

    def flow(self, wire: Wire) -> RunState | None:
        """What runs along a wire: inside a rule what its target does, between rules what it started there."""
        states = self.board.states
        if wire.source not in states:
            return None
        if not wire.leaves:
            return states.get(wire.target)
        source = ANYONE if wire.pace is Pace.HUMAN else wire.source
        return states.get(way_key(source, wire.target))

    def tooltip(self, card_id: str) -> str:
        """The whole of what a card may have to cut short."""
        card, state = self.board.cards[card_id], self.board.states.get(card_id)
        frame = self.board.frames.get(card.rule) if card.rule is not None else None
        running = f"{tr(state.run.value)}{f': {state.count}' if state.count else ''}" if state is not None else ""
        return "\n".join(filter(None, (card.title, card.subtitle, frame.title if frame else "", running)))
