"""The chart indexed by id and by place: what every view, gesture and key asks.

Near and far view, minimap and hit tests all read the same board, so they show the same truth. A drag changes the board
at once; the document hears of it at the end and answers with a new chart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from trigger_studio.analysis.sizes import FRAME_HEADER, FRAME_PAD
from trigger_studio.ui.canvas.chart import Card, Chart, Frame, Point, RunState, Wire
from trigger_studio.ui.canvas.route import elbow

CELL = 512.0
Box = tuple[float, float, float, float]
"""Left, top, width and height in scene units."""
CellKey = tuple[int, int]


class Board:
    """A chart's cards, wires and frames with their present places.

    Attributes:
        cards, wires, frames: the chart's values by id (a frame's id is its rule).
        places: the box of every card, dragged ones included.
        states: the run state by card id.
    """

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self.cards: dict[str, Card] = {card.id: card for card in chart.cards}
        self.places: dict[str, Box] = {c.id: (c.x, c.y, c.width, c.height) for c in chart.cards}
        self.wires: dict[str, Wire] = {
            w.id: w for w in chart.wires if w.source in self.cards and w.target in self.cards
        }
        self.frames: dict[str, Frame] = {frame.rule: frame for frame in chart.frames}
        self.frame_places: dict[str, Box] = {f.rule: (f.x, f.y, f.width, f.height) for f in chart.frames}
        self.states: Mapping[str, RunState] = chart.states
        self._bounds: Box | None = None
        self._moved: set[str] = set()
        self._ways: dict[str, Sequence[Point]] = {}
        self._index_cards()
        self._index_wires()
        self._frame_grid: dict[CellKey, list[str]] = {}
        for rule, box in self.frame_places.items():
            for key in cells_of(box):
                self._frame_grid.setdefault(key, []).append(rule)

    def _index_cards(self) -> None:
        self._grid: dict[CellKey, list[str]] = {}
        self.members: dict[str, list[str]] = {}
        for card_id, (x, y, _w, _h) in self.places.items():
            self._grid.setdefault((int(x // CELL), int(y // CELL)), []).append(card_id)
        for card in self.chart.cards:
            if card.rule is not None:
                self.members.setdefault(card.rule, []).append(card.id)

    def _index_wires(self) -> None:
        self.outgoing: dict[str, list[str]] = {}
        self.incoming: dict[str, list[str]] = {}
        self.long_wires: dict[str, Box] = {}
        for wire in self.wires.values():
            self.outgoing.setdefault(wire.source, []).append(wire.id)
            self.incoming.setdefault(wire.target, []).append(wire.id)
            self._sort_wire(wire)

    def _sort_wire(self, wire: Wire) -> None:
        """Note the reach of a wire that may cross a view in which neither of its ends lies."""
        a, b = self.places[wire.source], self.places[wire.target]
        if not (-CELL < a[0] + a[2] - b[0] < CELL and -CELL < a[1] - b[1] < CELL):
            self.long_wires[wire.id] = union((a, b))
        else:
            self.long_wires.pop(wire.id, None)

    # --- where things are

    def bounds(self) -> Box:
        """The box around everything."""
        if self._bounds is None:
            boxes = [*self.places.values(), *self.frame_places.values()]
            self._bounds = union(boxes) if boxes else (0.0, 0.0, 1.0, 1.0)
        return self._bounds

    def route(self, wire: Wire) -> Sequence[Point]:
        """The wire's points: the layout's, or a simple elbow once one of its ends was dragged."""
        if wire.source not in self._moved and wire.target not in self._moved:
            points = self._ways.get(wire.id)
            if points is None:
                points = self._ways[wire.id] = self.chart.way(wire) if self.chart.way is not None else ()
            if points:
                return points
        return elbow(self.places[wire.source], self.places[wire.target])

    def card_at(self, x: float, y: float, slack: float = 0.0) -> str | None:
        """The card under a point; `slack` widens every card, for small ones far away."""
        reach = (x - CELL, y - CELL, CELL * 1.001, CELL * 1.001)
        for card_id in self._cards_in_cells(reach):
            left, top, width, height = self.places[card_id]
            if left - slack <= x <= left + width + slack and top - slack <= y <= top + height + slack:
                return card_id
        return None

    def frame_at(self, x: float, y: float) -> str | None:
        """The rule whose frame is under a point."""
        for rule in self._frame_grid.get((int(x // CELL), int(y // CELL)), ()):
            left, top, width, height = self.frame_places[rule]
            if left <= x <= left + width and top <= y <= top + height:
                return rule
        return None

    def cards_in(self, box: Box) -> list[str]:
        """The cards that a box touches."""
        reach = (box[0] - CELL, box[1] - CELL, box[2] + CELL, box[3] + CELL)
        return [card_id for card_id in self._cards_in_cells(reach) if touches(self.places[card_id], box)]

    def frames_in(self, box: Box) -> set[str]:
        """The rules whose frames a box touches."""
        near = {rule for key in cells_of(box) for rule in self._frame_grid.get(key, ())}
        return {rule for rule in near if touches(self.frame_places[rule], box)}

    def wires_of(self, cards: Iterable[str]) -> set[str]:
        """The wires that start or end at these cards."""
        return {wire for card in cards for side in (self.outgoing, self.incoming) for wire in side.get(card, ())}

    def long_wires_in(self, box: Box) -> set[str]:
        """Those long wires whose reach touches the box: the ones that may cross it with both ends elsewhere."""
        return {name for name, reach in self.long_wires.items() if touches(reach, box)}

    def _cards_in_cells(self, box: Box) -> Iterator[str]:
        if box[2] * box[3] > 4 * CELL * CELL * len(self._grid):  # more cells asked for than are filled
            yield from self.places
            return
        for key in cells_of(box):
            yield from self._grid.get(key, ())

    # --- how they hang together

    def after(self, card_id: str) -> list[str]:
        """The cards that this one leads to, top to bottom."""
        found = {self.wires[wire].target for wire in self.outgoing.get(card_id, ())}
        return sorted(found, key=lambda name: self.places[name][1])

    def before(self, card_id: str) -> list[str]:
        """The cards that lead to this one, top to bottom."""
        found = {self.wires[wire].source for wire in self.incoming.get(card_id, ())}
        return sorted(found, key=lambda name: self.places[name][1])

    # --- what changes

    def move(self, card_id: str, x: float, y: float) -> None:
        """Put a card elsewhere; its wires become elbows and its rule's frame grows or shrinks with it."""
        old = self.places[card_id]
        self._grid[int(old[0] // CELL), int(old[1] // CELL)].remove(card_id)
        self._grid.setdefault((int(x // CELL), int(y // CELL)), []).append(card_id)
        self.places[card_id] = (x, y, old[2], old[3])
        self._moved.add(card_id)
        self._bounds = None
        for name in self.wires_of((card_id,)):
            self._sort_wire(self.wires[name])
        rule = self.cards[card_id].rule
        if rule in self.frames:
            self._fit_frame(rule)

    def _fit_frame(self, rule: str) -> None:
        for key in cells_of(self.frame_places[rule]):
            self._frame_grid[key].remove(rule)
        x, y, width, height = union(self.places[name] for name in self.members[rule])
        head, pad = FRAME_HEADER, FRAME_PAD
        self.frame_places[rule] = (x - pad, y - head, width + 2 * pad, height + head + pad)
        for key in cells_of(self.frame_places[rule]):
            self._frame_grid.setdefault(key, []).append(rule)


def cells_of(box: Box) -> Iterator[CellKey]:
    """The grid cells that a box touches."""
    for column in range(int(box[0] // CELL), int((box[0] + box[2]) // CELL) + 1):
        for row in range(int(box[1] // CELL), int((box[1] + box[3]) // CELL) + 1):
            yield column, row


def touches(a: Box, b: Box) -> bool:
    """Whether two boxes share a point."""
    return a[0] <= b[0] + b[2] and b[0] <= a[0] + a[2] and a[1] <= b[1] + b[3] and b[1] <= a[1] + a[3]


def union(boxes: Iterable[Box]) -> Box:
    """The box around others."""
    corners = [(x, y, x + w, y + h) for x, y, w, h in boxes]
    left, top = min(c[0] for c in corners), min(c[1] for c in corners)
    return left, top, max(c[2] for c in corners) - left, max(c[3] for c in corners) - top
