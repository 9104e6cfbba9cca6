"""The chart indexed by id and by place: what every view, gesture and key asks.

Near and far view, minimap and hit tests all read the same board, so they show the same truth. A drag changes the board
at once; the document hears of it at the end and answers with a new chart, of which the board adopts what differs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Final

from trigger_studio.analysis.layout.sizes import FRAME_HEADER, FRAME_PAD
from trigger_studio.studio.chart.boxes import CELL, Box, CellKey, box_of, cells_of, is_near, touches, union
from trigger_studio.studio.chart.chart import Card, Chart, Frame, Point, RunState, Wire
from trigger_studio.studio.chart.difference import Change, Differences, differences
from trigger_studio.ui.canvas.render.route import elbow

__all__ = ["CELL", "Box", "ChartIndex", "touches", "union"]

MOST_ADOPTED: Final = 400
"""A chart that differs by more cards than these, and by a quarter of all, is indexed anew."""


class ChartIndex:
    """A chart's cards, wires and frames with their present places.

    What only gestures and the near view ask for is indexed when it is first asked for.

    Attributes:
        cards, wires, frames: the chart's values by id (a frame's id is its rule).
        places: the box of every card, dragged ones included.
        states: the run state by card id.
    """

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self.cards: dict[str, Card] = {card.id: card for card in chart.cards}
        self.places: dict[str, Box] = {c.id: (c.x, c.y, c.width, c.height) for c in chart.cards}
        cards = self.cards
        self.wires: dict[str, Wire] = {w.id: w for w in chart.wires if w.source in cards and w.target in cards}
        whole = len(self.wires) == len(chart.wires)
        self._waiting = {} if whole else {w.id: w for w in chart.wires if w.id not in self.wires}
        self.frames: dict[str, Frame] = {frame.rule: frame for frame in chart.frames}
        self.frame_places: dict[str, Box] = {f.rule: (f.x, f.y, f.width, f.height) for f in chart.frames}
        self.states: Mapping[str, RunState] = chart.states
        self._bounds: Box | None = None
        self._moved: set[str] = set()
        self._ways: dict[str, Sequence[Point]] = {}

    @cached_property
    def _grid(self) -> dict[CellKey, list[str]]:
        grid: defaultdict[CellKey, list[str]] = defaultdict(list)
        for card_id, (x, y, _w, _h) in self.places.items():
            grid[int(x // CELL), int(y // CELL)].append(card_id)
        return grid

    @cached_property
    def _frame_grid(self) -> dict[CellKey, list[str]]:
        grid: defaultdict[CellKey, list[str]] = defaultdict(list)
        for rule, box in self.frame_places.items():
            for key in cells_of(box):
                grid[key].append(rule)
        return grid

    @cached_property
    def members(self) -> Mapping[str, list[str]]:
        """The cards of each rule."""
        return _grouped((card.rule, card.id) for card in self.cards.values() if card.rule is not None)

    @cached_property
    def _alone(self) -> set[str]:
        """The cards that are no rule's: hubs."""
        return {name for name, card in self.cards.items() if card.rule is None}

    @cached_property
    def outgoing(self) -> Mapping[str, list[str]]:
        """The wires that start at each card."""
        return _grouped((wire.source, wire.id) for wire in self.wires.values())

    @cached_property
    def incoming(self) -> Mapping[str, list[str]]:
        """The wires that end at each card."""
        return _grouped((wire.target, wire.id) for wire in self.wires.values())

    @cached_property
    def long_wires(self) -> dict[str, Box]:
        """The reach of each wire that may cross a view in which neither of its ends lies."""
        places, found = self.places, {}
        for name, wire in self.wires.items():
            a, b = places[wire.source], places[wire.target]
            if not (-CELL < a[0] + a[2] - b[0] < CELL and -CELL < a[1] - b[1] < CELL):  # as `is_near`, without a call
                found[name] = union((a, b))
        return found

    def _sort_wire(self, wire: Wire) -> None:
        a, b = self.places[wire.source], self.places[wire.target]
        self.long_wires.pop(wire.id, None)
        if not is_near(a, b):
            self.long_wires[wire.id] = union((a, b))

    # --- where things are

    def bounds(self) -> Box:
        """The box around everything."""
        if self._bounds is None:
            regions = [region.box for region in self.chart.regions]
            bare = [name for rule in self.members.keys() - self.frames.keys() for name in self.members[rule]]
            cards = [self.places[name] for name in (*self._alone, *bare)]  # every other lies in its rule's frame
            boxes = [*cards, *self.frame_places.values(), *regions]
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
        self._place(card_id, (x, y, *self.places[card_id][2:]))
        self._moved.add(card_id)
        self._bounds = None
        for name in self.wires_of((card_id,)):
            self._sort_wire(self.wires[name])
        rule = self.cards[card_id].rule
        if rule in self.frames:
            x, y, width, height = union(self.places[name] for name in self.members[rule])
            head, pad = FRAME_HEADER, FRAME_PAD
            self._place_frame(rule, (x - pad, y - head, width + 2 * pad, height + head + pad))

    def _place(self, card_id: str, box: Box | None) -> None:
        """Put a card here, or nowhere."""
        old = self.places.pop(card_id, None) if box is None else self.places.get(card_id)
        if old is not None:
            self._grid[int(old[0] // CELL), int(old[1] // CELL)].remove(card_id)
        if box is not None:
            self._grid.setdefault((int(box[0] // CELL), int(box[1] // CELL)), []).append(card_id)
            self.places[card_id] = box

    def _place_frame(self, rule: str, box: Box | None) -> None:
        old = self.frame_places.pop(rule, None) if box is None else self.frame_places.get(rule)
        for key in cells_of(old) if old is not None else ():
            self._frame_grid[key].remove(rule)
        if box is not None:
            self.frame_places[rule] = box
            for key in cells_of(box):
                self._frame_grid.setdefault(key, []).append(rule)

    def adopt(self, chart: Chart) -> Change | None:
        """Become the board of another chart by changing only what differs.

        Returns:
            What came, went or changed; None, with nothing done, if that is so much that a new board is cheaper.
        """
        self._index()
        cards = differences(self.chart.cards, chart.cards, attrgetter("id"))
        if len(cards.fresh) + len(cards.gone) > max(len(self.cards) // 4, MOST_ADOPTED):
            return None
        dragged = self._moved - cards.names
        cards.fresh.update({name: self.cards[name] for name in dragged})  # back to where the chart has them
        wires = differences(self.chart.wires, chart.wires, attrgetter("id"))
        self._wait_for_ends(wires, cards)
        frames = differences(self.chart.frames, chart.frames, attrgetter("rule"))
        rules = {self.cards[name].rule for name in dragged}
        frames.fresh.update({rule: self.frames[rule] for rule in rules - frames.names if rule in self.frames})
        change = Change(cards.names, wires.names | self.wires_of(cards.names), frames.names)
        change.before = {name: self.places[name] for name in change.cards if name in self.places}
        change.frames_before = {rule: self.frame_places[rule] for rule in change.frames if rule in self.frame_places}
        change.ways_before = [box_of(self.route(self.wires[name])) for name in self._known_ways(change.wires)]
        before = [*change.before.values(), *change.frames_before.values()]
        if chart.regions != self.chart.regions:
            self._bounds = None
        self.chart, self.states = chart, chart.states
        self._moved.clear()
        self._take_cards(cards)
        self._take_wires(wires, change)
        for rule in frames.gone:
            del self.frames[rule]
            self._place_frame(rule, None)
        for rule, frame in frames.fresh.items():
            self.frames[rule] = frame
            self._place_frame(rule, (frame.x, frame.y, frame.width, frame.height))
        self._rebound(before, self.boxes_of(change))
        return change

    def _known_ways(self, wire_ids: Iterable[str]) -> list[str]:
        """Those of the wires whose way somebody asked for; no other was ever painted."""
        dragged = self.wires_of(self._moved)
        return [name for name in wire_ids if name in self.wires and (name in self._ways or name in dragged)]

    def ways_of(self, change: Change) -> list[Box]:
        """The reach of each wire that changed, where it runs now."""
        return [box_of(self.route(self.wires[name])) for name in change.wires if name in self.wires]

    def _wait_for_ends(self, wires: Differences[Wire], cards: Differences[Card]) -> None:
        """Leave out each wire that misses an end, until that comes."""

        def there(card: str) -> bool:
            return card in cards.fresh or (card in self.cards and card not in cards.gone)

        cut = {name: self.wires[name] for name in self.wires_of(cards.gone)}
        asked = {**self._waiting, **cut, **wires.fresh}
        for name in wires.gone:
            asked.pop(name, None)
        wires.fresh = {name: wire for name, wire in asked.items() if there(wire.source) and there(wire.target)}
        self._waiting = {name: wire for name, wire in asked.items() if name not in wires.fresh}
        wires.gone.update({name: self.wires[name] for name in self._waiting if name in self.wires})

    def _index(self) -> None:
        """Have every index, for what follows keeps each in step with the rest."""
        _ = self._grid, self._frame_grid, self._alone, self.members, self.outgoing, self.incoming, self.long_wires

    def boxes_of(self, change: Change) -> list[Box]:
        """Where the cards and frames that changed are now."""
        boxes = [self.places[name] for name in change.cards if name in self.places]
        return boxes + [self.frame_places[rule] for rule in change.frames if rule in self.frame_places]

    def _take_cards(self, cards: Differences[Card]) -> None:
        for name in cards.names & self.cards.keys():
            rule = self.cards[name].rule
            if rule is not None:
                self.members[rule].remove(name)
        self._alone.difference_update(cards.names)
        self._alone.update(name for name, card in cards.fresh.items() if card.rule is None)
        for name in cards.gone:
            del self.cards[name]
            self._place(name, None)
        for name, card in cards.fresh.items():
            self.cards[name] = card
            self._place(name, (card.x, card.y, card.width, card.height))
            if card.rule is not None:
                self.members[card.rule].append(name)

    def _take_wires(self, wires: Differences[Wire], change: Change) -> None:
        for name in wires.names & self.wires.keys():
            wire = self.wires.pop(name)
            self.outgoing[wire.source].remove(name)
            self.incoming[wire.target].remove(name)
            self.long_wires.pop(name, None)
        for name, wire in wires.fresh.items():
            self.wires[name] = wire
            self.outgoing[wire.source].append(name)
            self.incoming[wire.target].append(name)
        for name in change.wires:
            self._ways.pop(name, None)
            if name in self.wires:
                self._sort_wire(self.wires[name])

    def _rebound(self, before: list[Box], after: list[Box]) -> None:
        """Keep the bounds where nothing at their edge went away."""
        if self._bounds is None or not (before or after):
            return
        left, top, wide, high = self._bounds
        x, y, width, height = union(before) if before else (left + 2, top + 2, 0.0, 0.0)
        inside = x > left + 1 and y > top + 1 and x + width < left + wide - 1 and y + height < top + high - 1
        self._bounds = union([self._bounds, *after]) if inside else None


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for key, name in pairs:
        groups[key].append(name)
    return groups
