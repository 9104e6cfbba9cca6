"""Where every card and frame goes: rules in layers, connected rules in one component, components on shelves.

A layout holds what it was made from, so that the next one, given the last, recomputes only the component that was
touched and leaves every other where it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from itertools import compress
from operator import is_not
from typing import NamedTuple

from trigger_studio.analysis.graph.chain_graph import ChainGraph
from trigger_studio.analysis.graph.flow import Block, Edge
from trigger_studio.analysis.layout.component import Component, Plan, Row, connected, plan
from trigger_studio.analysis.layout.grouping import Region, named, pack_groups, within
from trigger_studio.analysis.layout.packing import Need, pack
from trigger_studio.analysis.layout.sizes import (
    Point,
    Rect,
    Size,
    around,
    block_shape,
    framed,
)
from trigger_studio.frozen import frozen

__all__ = ["Component", "Layout", "Point", "Rect", "Size", "layout"]

_FRAME = "frame"

Links = tuple[tuple[int, int], ...]
Key = tuple[tuple[int, ...], Links]

Group = tuple[list[int], Links]


@frozen
class _Places:
    """All components' places together, before the user's own."""

    positions: dict[str, Point]
    sizes: dict[str, Size]
    frames: dict[str, Rect]
    component_of: dict[str, Component]

    def copy(self) -> _Places:
        return _Places(self.positions.copy(), self.sizes.copy(), self.frames.copy(), self.component_of.copy())

    def change(self, gone: Iterable[Component], come: Iterable[Component]) -> None:
        for component in gone:
            for rule in component.frames:
                del self.frames[rule], self.component_of[rule]
            for name in component.positions:
                del self.positions[name], self.sizes[name]
        for component in come:
            self.positions.update(component.positions)
            self.sizes.update(component.sizes)
            self.frames.update(component.frames)
            self.component_of.update(dict.fromkeys(component.rules, component))


class _Groups(NamedTuple):
    """Which rules hang together, and what this was found from.

    Attributes:
        groups: the rules of each by their place, in order, with the links between them by their place in the group.
        of: for each rule's place, which of `groups` it is in.
    """

    rules: tuple[str, ...]
    crossing: tuple[tuple[Edge, ...], ...]
    names: Mapping[str, str]
    groups: list[Group]
    of: list[int]


@frozen
class Layout:
    """Places of all nodes and frames, in pixels at scale 1.

    Attributes:
        positions: top left corner by node id.
        sizes: by node id.
        frames: by rule id.
        bounds: the rectangle around all frames.
        components: connected rules, in no order of place; for the routes.
        moved: rules with a card in a place that the user chose.
        regions: of the groups, where rules are grouped.
    """

    positions: dict[str, Point]
    sizes: dict[str, Size]
    frames: dict[str, Rect]
    bounds: Rect
    components: tuple[Component, ...]
    moved: frozenset[str]
    regions: tuple[Region, ...]
    _blocks: tuple[Block, ...] = field(repr=False, compare=False)
    _pinned: Mapping[str, tuple[float, float]] = field(repr=False, compare=False)
    _groups: _Groups = field(repr=False, compare=False)
    _shapes: dict[str, Row] = field(repr=False, compare=False)
    _known: dict[Key, Component] = field(repr=False, compare=False)
    _places: _Places = field(repr=False, compare=False)

    def component_of(self, rule: str) -> Component:
        """The component that a rule, or a hub, lies in."""
        return self._places.component_of[rule]

    def turn(self, source: str, target: str) -> float | None:
        """The height at which a rule's step from one row to the next runs; None if this step is none."""
        rule = source.split(":", 2)[1]
        block, shape = self._shapes[rule]
        if rule not in self.moved:
            for one, other, level in shape.turns:
                if (block.nodes[one].id, block.nodes[other].id) == (source, target):
                    return self.frames[rule].y + level
        return None


def layout(
    graph: ChainGraph,
    previous: Layout | None = None,
    pinned: Mapping[str, tuple[float, float]] | None = None,
    grouped: Mapping[str, str] | None = None,
) -> Layout:
    """Lay the graph out.

    Args:
        graph: what to lay out.
        previous: the layout on screen: what did not change keeps its place.
        pinned: positions by node id that the user chose; they win, and their frames follow.
        grouped: each rule's group; every group gets a region of its own.
    """
    names, pinned = named(graph, grouped), dict(pinned or {})
    shapes, groups = _shapes(graph, previous), _groups(graph, previous, names)
    if previous is not None and shapes is previous._shapes and groups.groups is previous._groups.groups:
        if pinned == previous._pinned:
            return (
                replace(previous, _blocks=graph.drawn_blocks)
                if previous._blocks is not graph.drawn_blocks
                else previous
            )
        made = _Made(previous._places, previous._known, previous.regions)
    else:
        made = _made(shapes, groups, previous, names)
    return _finished(made, graph.drawn_blocks, shapes, groups, pinned)


class _Made(NamedTuple):
    """All components in their places, before the user's own."""

    places: _Places
    known: dict[Key, Component]
    regions: tuple[Region, ...]


def _made(shapes: dict[str, Row], groups: _Groups, previous: Layout | None, names: Mapping[str, str]) -> _Made:
    """Every component in its place; the very object of the previous layout where its rules and links are the same."""
    rows = list(shapes.values())
    old = previous._known if previous else {}
    known: dict[Key, Component] = {}
    fresh: dict[Key, Plan] = {}
    alike: dict[tuple[tuple[Size, ...], Links], Plan] = {}  # chains of the same shape are planned once
    for group, links in groups.groups:
        own = [rows[index] for index in group]
        key = (tuple([id(row) for row in own]), links)
        if key in old:
            known[key] = old[key]
            continue
        form = (tuple([shape.size for _, shape in own]), links)
        if form not in alike:
            alike[form] = plan(own, links)
        fresh[key] = replace(alike[form], rows=own)
    gone = [component for key, component in old.items() if key not in known]
    regions = _arrange(known, fresh, gone, names)
    places = previous._places.copy() if previous else _Places({}, {}, {}, {})
    gone += [old[key] for key in old.keys() & known.keys() if known[key] is not old[key]]  # the same elsewhere
    places.change(gone, [component for key, component in known.items() if old.get(key) is not component])
    return _Made(places, known, regions)


def _arrange(
    known: dict[Key, Component], fresh: dict[Key, Plan], gone: Iterable[Component], names: Mapping[str, str]
) -> tuple[Region, ...]:
    """Give every new component its place among the known ones; of grouped rules, each component anew."""
    if names:
        needs = {key: Need(component.rules, component.bounds.size) for key, component in known.items()}
        needs |= {key: Need(plan.rules, plan.size) for key, plan in fresh.items()}
        slots, regions = pack_groups(list(needs.values()), names)
        for key, slot in zip(needs, slots, strict=True):
            known[key] = fresh[key].at(slot) if key in fresh else known[key].at(slot)
        return regions
    slots = pack(
        [Need(plan.rules, plan.size) for plan in fresh.values()],
        [component.slot for component in known.values()],
        {rule: component.slot for component in gone for rule in component.rules},
    )
    known.update({key: plan.at(slot) for (key, plan), slot in zip(fresh.items(), slots, strict=True)})
    return ()


def _groups(graph: ChainGraph, previous: Layout | None, names: Mapping[str, str]) -> _Groups:
    """The groups of the previous layout themselves where no rule leads elsewhere."""
    old = previous._groups if previous is not None else None
    rules, crossing = tuple([block.rule for block in graph.drawn_blocks]), graph.drawn_crossing
    if old is None or (old.rules, old.names) != (rules, names):
        return _sorted(rules, crossing, names, connected(len(rules), within(graph, names)))
    turned = [
        place
        for place in compress(range(len(rules)), map(is_not, old.crossing, crossing))
        if [edge.target for edge in old.crossing[place]] != [edge.target for edge in crossing[place]]
    ]
    if not turned:
        return old._replace(crossing=crossing)
    if names:
        return _sorted(rules, crossing, names, connected(len(rules), within(graph, names)))
    return _sorted(rules, crossing, names, _regrouped(graph, old, turned))


def _sorted(
    rules: tuple[str, ...], crossing: tuple[tuple[Edge, ...], ...], names: Mapping[str, str], groups: list[Group]
) -> _Groups:
    of = [0] * len(rules)
    for number, (group, _links) in enumerate(groups):
        for place in group:
            of[place] = number
    return _Groups(rules, crossing, names, groups, of)


def _regrouped(graph: ChainGraph, old: _Groups, turned: list[int]) -> list[Group]:
    """The groups after these rules lead elsewhere: only theirs, and those they lead to now, are found again."""
    crossing, index = graph.drawn_crossing, graph.drawn_index
    touched = {old.of[place] for place in turned}
    touched |= {old.of[index[edge.target]] for place in turned for edge in crossing[place]}
    places = sorted(place for number in touched for place in old.groups[number][0])
    here = {place: at for at, place in enumerate(places)}
    links = tuple([(at, here[index[edge.target]]) for at, place in enumerate(places) for edge in crossing[place]])
    fresh = [([places[at] for at in group], own) for group, own in connected(len(places), links)]
    stay = [group for number, group in enumerate(old.groups) if number not in touched]
    return sorted(stay + fresh, key=lambda group: group[0][0])


def _shapes(graph: ChainGraph, previous: Layout | None) -> dict[str, Row]:
    """Each rule's row: that of the previous layout where the flowchart is the same; all of them if every one is."""
    old = previous._shapes if previous else {}
    blocks = graph.drawn_blocks
    apart: Iterable[Block] = blocks
    rows: dict[str, Row] = {}
    if previous is not None and list(old) == [block.rule for block in blocks]:
        apart, rows = tuple(compress(blocks, map(is_not, blocks, previous._blocks))), old
    for block in apart:
        row = old.get(block.rule)
        if row is None or not (row[0] is block or (row[0].nodes == block.nodes and row[0].steps == block.steps)):
            row = (block, block_shape(block))
        if rows is old and row is not old[block.rule]:
            rows = dict(old)
        if rows is not old:
            rows[block.rule] = row
    return rows


def frame_id(rule: str) -> str:
    """What a place is kept under that is a whole rule's: of the corner of its frame."""
    return f"rule:{rule}:{_FRAME}"


def _whole_rules(
    places: _Places, shapes: dict[str, Row], pinned: Mapping[str, tuple[float, float]]
) -> dict[str, Point]:
    """Every card of the rules that stand somewhere as a whole."""
    moved: dict[str, Point] = {}
    for name, (left, top) in pinned.items():
        _, rule, part = name.split(":", 2)
        if part == _FRAME and rule in places.frames:
            frame = places.frames[rule]
            for node in shapes[rule][0].nodes:
                at = places.positions[node.id]
                moved[node.id] = Point(at.x + left - frame.x, at.y + top - frame.y)
    return moved


def _finished(
    made: _Made,
    blocks: tuple[Block, ...],
    shapes: dict[str, Row],
    groups: _Groups,
    pinned: Mapping[str, tuple[float, float]],
) -> Layout:
    """The layout with the user's own places on top."""
    places, known, regions = made
    positions, frames = places.positions, places.frames
    boxes = [component.bounds for component in known.values()] + [region.box for region in regions]
    moved = _whole_rules(places, shapes, pinned)
    moved |= {name: Point(*at) for name, at in pinned.items() if name in positions}
    rules = frozenset(name.split(":", 2)[1] for name in moved)
    if moved:
        positions, frames = positions | moved, frames.copy()
        for rule in rules:
            nodes = shapes[rule][0].nodes
            cards = around(Rect(*positions[node.id], *places.sizes[node.id]) for node in nodes)
            frames[rule] = framed(cards) if nodes[0].kind != "hub" else cards
            boxes.append(frames[rule])
    shown = positions, places.sizes, frames, around(boxes), tuple(known.values()), rules, regions
    return Layout(*shown, _blocks=blocks, _pinned=pinned, _groups=groups, _shapes=shapes, _known=known, _places=places)
