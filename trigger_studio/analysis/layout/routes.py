"""Orthogonal lines that keep clear of cards: gaps inside a rule, channels between layers, gaps between frames.

Lines that end in the same event share their way, so that they read as one; between a layer of few rules and one of
more, those that begin at the same card do. Lines of different ends keep apart: each rule has a track of its own.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence

from trigger_studio.analysis.graph.chain_graph import ChainGraph
from trigger_studio.analysis.graph.flow import Edge
from trigger_studio.analysis.layout.layout import Component, Layout
from trigger_studio.analysis.layout.sizes import (
    BLOCK_GAP,
    CARD_HEIGHT,
    CHANNEL,
    COLUMN_GAP,
    LANE_GAP,
    Point,
    Rect,
)

Route = tuple[Point, ...]

_STEP = 8
_STUB = 24
_OUT, _IN = (14.0, 36.0), (40.0, 70.0)
"""Where in a channel lines run that share their beginning, and those that share their end: what is left of it holds a
word and an arrow's head."""
_GOLDEN = 0.618
_SPREAD = BLOCK_GAP - 20.0
"""How much of the gap between two frames lines may take."""


def routes(graph: ChainGraph, layout: Layout) -> dict[tuple[str, str, str], Route]:
    """The way of every line, by (source, target, kind); first point at the source's card, last at the target's."""
    router = Router(graph, layout)
    return {(edge.source, edge.target, edge.kind): router.route(edge) for edge in graph.drawn_edges}


class Router:
    """Finds the way of one edge at a time, for those that are on screen."""

    def __init__(self, graph: ChainGraph, layout: Layout) -> None:
        self._graph, self._layout = graph, layout
        self._steps: dict[str, dict[str, int]] = {}
        self._shares: dict[str, float] = {}
        self._rights: dict[tuple[int, int], float] = {}

    def route(self, edge: Edge) -> Route:
        """The corners of the edge's line, straight pieces horizontal or vertical."""
        source, target = self._card(edge.source), self._card(edge.target)
        end = Point(target.x, target.y + target.height / 2)
        start = Point(source.x + source.width, source.y + source.height / 2)
        if edge.kind in ("emits", "human"):
            return self._between(edge, source, start, end)
        if end.x < start.x + _STUB:
            if (level := self._layout.turn(edge.source, edge.target)) is not None:
                right, left = start.x + _STUB, end.x - _STUB / 2
                return _tidy(
                    [start, Point(right, start.y), Point(right, level), Point(left, level), Point(left, end.y), end]
                )
            return _tidy(_around(start, end))
        turn = end.x - COLUMN_GAP / 2 if end.x - start.x >= COLUMN_GAP else (start.x + end.x) / 2
        return _tidy([start, Point(turn, start.y), Point(turn, end.y), end])

    def _card(self, name: str) -> Rect:
        return Rect(*self._layout.positions[name], *self._layout.sizes[name])

    def _between(self, edge: Edge, source: Rect, start: Point, end: Point) -> Route:
        """Out of one rule and into another's event."""
        points = [start]
        one, other = _rule(edge.source), _rule(edge.target)
        if (mark := self._going_on(one).get(edge.source)) is not None:
            # the lane is taken by the rule's own next step: leave below the card
            below = source.y + source.height + LANE_GAP / 4 + mark % 3 * 6
            x = start.x - _STUB
            points = [Point(x, source.y + source.height), Point(x, below)]
        component = self._layout.component_of(one)
        if self._layout.regions and component is not self._layout.component_of(other):
            return _tidy(points + self._outside(one, other, points[-1], end))
        if component is not self._layout.component_of(other) or self._moved(component, one, other):
            return _tidy(points[:-1] + _around(points[-1], end))
        first, last = component.layer_of[one], component.layer_of[other]
        out = None
        if len(points) == 1 and len(component.layers[first]) <= len(component.layers[last]):
            out = self._share(component, one)
        points += self._through(component, (first, last), points[-1].y, end, (self._share(component, other), out))
        return _tidy([*points, end])

    def _going_on(self, rule: str) -> dict[str, int]:
        """The cards after which the rule itself goes on, and the place of each among all."""
        found = self._steps.get(rule)
        if found is None:
            block = self._graph.block(rule)
            sources = {step.source for step in block.edges}
            found = {node.id: place for place, node in enumerate(block.nodes) if node.id in sources}
            self._steps[rule] = found
        return found

    def _share(self, component: Component, rule: str) -> float:
        """Which part of a channel is a rule's, 0 to 1: by its place in its layer, each layer beginning elsewhere."""
        share = self._shares.get(rule)
        if share is None:
            layer = component.layer_of[rule]
            frames = component.layers[layer]
            place = bisect(frames, component.frames[rule].y, key=_top) - 0.5
            share = self._shares[rule] = (place / len(frames) + _GOLDEN * layer) % 1
        return share

    def _right(self, component: Component, layer: int) -> float:
        key = id(component), layer
        if key not in self._rights:
            self._rights[key] = max(frame.x + frame.width for frame in component.layers[layer])
        return self._rights[key]

    def _through(
        self, component: Component, ends: tuple[int, int], y: float, end: Point, shares: tuple[float, float | None]
    ) -> list[Point]:
        """Corners from the right of a layer, at height `y`, to the left of `end` in another.

        Args:
            component: where both lie.
            ends: the layer that the line leaves, and the one that it goes to.
            y: where it leaves.
            end: where it ends.
            shares: of the rule that it goes to, and of the one that it leaves if lines of one beginning go together.
        """
        (first, last), (share, out) = ends, shares
        track = _IN[0] + (_IN[1] - _IN[0]) * share
        first_track = track if out is None else _OUT[0] + (_OUT[1] - _OUT[0]) * out
        points: list[Point] = []
        at = y
        back = last <= first
        for index in range(first, last - 1, -1) if back else range(first + 1, last):
            level = _free(component.layers[index], at if back else end.y, (share - 0.5) * _SPREAD)
            x = self._right(component, index if back else index - 1) + (track if points else first_track)
            points += [Point(x, at), Point(x, level)]
            at = level
        left = component.layers[last][0].x - CHANNEL if back else self._right(component, last - 1)
        x = left + (track if points else first_track)
        return [*points, Point(x, at), Point(x, end.y)]

    def _outside(self, one: str, other: str, start: Point, end: Point) -> list[Point]:
        """From one group's region into another's: under its own rules, outside beside its region, above the others."""
        here, there = self._layout.component_of(one), self._layout.component_of(other)
        inside = here.bounds
        region = next(
            r.box for r in self._layout.regions if r.box.x <= inside.x and r.box.y <= inside.y <= r.box.bottom
        )
        shift = (int(end.y) // _STEP) % 6 * 5
        frame = self._layout.frames[one]
        out, left = frame.x + frame.width + _STUB + shift, self._layout.frames[other].x - _STUB / 2
        below, above = inside.bottom + _STUB / 2 + shift, there.bounds.y - _STUB / 2
        column = (r.box.x + r.box.width for r in self._layout.regions if r.box.x < region.x + region.width)
        beside = max(column) + _STUB + shift
        return [
            Point(out, start.y), Point(out, below), Point(beside, below), Point(beside, above), Point(left, above),
            Point(left, end.y), end,
        ]  # fmt: skip

    def _moved(self, component: Component, *rules: str) -> bool:
        return any(self._layout.frames[rule] != component.frames[rule] for rule in rules)


def _rule(node: str) -> str:
    return node.split(":", 2)[1]


def _top(frame: Rect) -> float:
    return frame.y


def _free(frames: Sequence[Rect], wanted: float, shift: float) -> float:
    """The height nearest to `wanted` at which a line passes the frames of a layer."""
    after = bisect(frames, wanted, key=lambda frame: frame.y - _STEP)
    if not after or wanted > frames[after - 1].y + frames[after - 1].height + _STEP:
        return wanted
    inside = frames[after - 1]
    above, below = inside.y - BLOCK_GAP / 2 + shift, inside.y + inside.height + BLOCK_GAP / 2 + shift
    return above if wanted - above < below - wanted else below


def _around(start: Point, end: Point) -> list[Point]:
    """A plain way where no channel is known, because the user placed a card himself."""
    if end.x >= start.x + 2 * _STUB:
        turn = (start.x + end.x) / 2
        return [start, Point(turn, start.y), Point(turn, end.y), end]
    level = (start.y + end.y) / 2 if abs(start.y - end.y) > 2 * CARD_HEIGHT else max(start.y, end.y) + CARD_HEIGHT
    right, left = start.x + _STUB, end.x - _STUB
    return [start, Point(right, start.y), Point(right, level), Point(left, level), Point(left, end.y), end]


def _tidy(points: list[Point]) -> Route:
    """The points without doubles and without those on a straight piece."""
    kept: list[Point] = []
    for point in points:
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1 and (kept[-2].x == kept[-1].x == point.x or kept[-2].y == kept[-1].y == point.y):
            kept.pop()
        kept.append(point)
    return tuple(kept)
