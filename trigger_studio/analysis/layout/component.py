"""Connected rules: found, planned in layers, and put somewhere as one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from trigger_studio.analysis.graph.flow import Block
from trigger_studio.analysis.layout.layers import heights, layered
from trigger_studio.analysis.layout.packing import Slot
from trigger_studio.analysis.layout.sizes import BLOCK_GAP, CHANNEL, BlockShape, Point, Rect, Size
from trigger_studio.frozen import frozen

_MOST_IN_LAYER = 16
_ASPECT = 1.6

Row = tuple[Block, BlockShape]
"""A rule's flowchart and its shape; components are known again by the identity of their rows."""


@frozen
class Component:
    """Connected rules in their place.

    Attributes:
        rules: their ids.
        bounds: what they really take.
        layers: frames of each layer, from left to right, top to bottom.
        layer_of: each rule's layer.
        slot: the room reserved on a shelf, a little more than needed.
    """

    rules: tuple[str, ...]
    slot: Slot
    bounds: Rect
    layers: tuple[tuple[Rect, ...], ...]
    layer_of: dict[str, int]
    positions: dict[str, Point]
    sizes: dict[str, Size]
    frames: dict[str, Rect]

    def at(self, slot: Slot) -> Component:
        """The same elsewhere; itself if it is there already."""
        if slot == self.slot:
            return self
        dx, dy = slot.x - self.slot.x, slot.y - self.slot.y
        return replace(
            self,
            slot=slot,
            bounds=self.bounds.shifted(dx, dy),
            layers=tuple(tuple(frame.shifted(dx, dy) for frame in layer) for layer in self.layers),
            positions={name: Point(x + dx, y + dy) for name, (x, y) in self.positions.items()},
            frames={rule: frame.shifted(dx, dy) for rule, frame in self.frames.items()},
        )


def connected(count: int, links: tuple[tuple[int, int], ...]) -> list[tuple[list[int], tuple[tuple[int, int], ...]]]:
    """Rules that are connected, each group in order, with its distinct links by position within the group."""
    parent = list(range(count))
    pairs = dict.fromkeys(links)
    for source, target in pairs:
        one, other = parent[source], parent[target]
        while parent[one] != one:
            parent[one] = one = parent[parent[one]]
        while parent[other] != other:
            parent[other] = other = parent[parent[other]]
        if one != other:
            parent[max(one, other)] = min(one, other)
    groups: dict[int, tuple[list[int], list[tuple[int, int]]]] = {}
    place = [0] * count
    for index in range(count):  # a root comes before the rest of its group, and each parent before its child
        root = parent[index] = parent[parent[index]]
        group = groups.setdefault(root, ([], []))[0]
        place[index] = len(group)
        group.append(index)
    for source, target in pairs:
        groups[parent[source]][1].append((place[source], place[target]))
    return [(group, tuple(own)) for group, own in groups.values()]


@frozen
class Plan:
    """A component with its corner at 0, 0."""

    rows: list[Row]
    layers: list[list[int]]
    corners: list[Point]
    size: Size

    @property
    def rules(self) -> tuple[str, ...]:
        """Their ids, in order."""
        return tuple(block.rule for block, _ in self.rows)

    def at(self, slot: Slot) -> Component:
        """In its place."""
        positions: dict[str, Point] = {}
        sizes: dict[str, Size] = {}
        frames: dict[str, Rect] = {}
        rects = []
        for (block, shape), corner in zip(self.rows, self.corners, strict=True):
            x, y = corner.x + slot.x, corner.y + slot.y
            rects.append(Rect(x, y, *shape.size))
            frames[block.rule] = rects[-1]
            for node, (left, top), size in zip(block.nodes, shape.places, shape.sizes, strict=True):
                positions[node.id] = Point(x + left, y + top)
                sizes[node.id] = size
        layers = tuple(tuple(rects[i] for i in layer) for layer in self.layers)
        bounds = Rect(slot.x, slot.y, *self.size)
        layer_of = {self.rows[item][0].rule: index for index, layer in enumerate(self.layers) for item in layer}
        return Component(tuple(frames), slot, bounds, layers, layer_of, positions, sizes, frames)


def plan(rows: list[Row], links: Sequence[tuple[int, int]]) -> Plan:
    """Connected rules in layers; `links` by position in `rows`."""
    sizes = [shape.size for _, shape in rows]
    layers = [part for layer in layered(len(rows), links) for part in _split(layer, sizes)]
    tops = heights(layers, links, sizes)
    corners = [Point(0, 0)] * len(rows)
    left = float(CHANNEL if _leads_back(layers, links) else 0)
    for layer in layers:
        for item in layer:
            corners[item] = Point(left, tops[item])
        left += max(sizes[item].width for item in layer) + CHANNEL
    bottom = max(corner.y + size.height for corner, size in zip(corners, sizes, strict=True))
    return Plan(rows, layers, corners, Size(left - CHANNEL, bottom))


def _split(layer: list[int], sizes: list[Size]) -> list[list[int]]:
    """A layer of very many rules in several columns, for a shape that fits a screen."""
    if len(layer) <= _MOST_IN_LAYER:
        return [layer]
    wide = max(sizes[item].width for item in layer) + CHANNEL
    tall = sum(sizes[item].height + BLOCK_GAP for item in layer)
    rows = math.ceil(len(layer) / max(1, round(math.sqrt(_ASPECT * tall / wide))))
    return [layer[start : start + rows] for start in range(0, len(layer), rows)]


def _leads_back(layers: list[list[int]], links: Sequence[tuple[int, int]]) -> bool:
    """Whether a link ends in the first layer, so that room for its line is needed on the left."""
    first = set(layers[0])
    return any(target in first for _, target in links)
