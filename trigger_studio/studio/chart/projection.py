"""From the chain graph, its layout and what is known about the rules to the chart that the canvas shows."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import replace
from itertools import chain, compress
from operator import is_not, ne
from typing import Final, NamedTuple, TypeVar

from trigger_studio.analysis.graph.chain_graph import ChainGraph
from trigger_studio.analysis.graph.flow import Block, Edge, Node
from trigger_studio.analysis.layout.layout import Component, Layout
from trigger_studio.analysis.layout.routes import Router
from trigger_studio.model.i18n import tr
from trigger_studio.model.profile import Profile
from trigger_studio.studio.chart.chart import (
    NO_STATES,
    Badge,
    Card,
    Chart,
    Frame,
    Kind,
    Pace,
    RunState,
    Wire,
)

KINDS: Final = {
    "event": Kind.EVENT, "hub": Kind.EVENT, "condition": Kind.CONDITION, "join": Kind.JOIN, "branch": Kind.BRANCH,
    "gate": Kind.GATE, "fork": Kind.BAR, "merge": Kind.BAR, "skip": Kind.SKIP,
}  # fmt: skip
ICONS: Final = {
    "condition": "filter", "join": "join", "branch": "branch", "gate": "person", "fork": "parallel",
    "merge": "parallel", "skip": "dash", "notification": "mail", "webhook": "webhook", "status": "tag",
}  # fmt: skip
BETWEEN: Final = ("emits", "human")
"""Kinds of edges that lead from one rule to another."""
JOB_ICONS: Final = {"trigger_qa": "qa", "start_concatenation": "film", "package_delivery": "package"}
"""A job's icon by the action that the profile names for its type; others go by what the type costs."""

KEPT: Final = 6
"""So many charts are remembered: undo and redo lead back to one of them."""

T = TypeVar("T", Card, Frame, Wire)


class _Part(NamedTuple):
    """One rule, or hub, in the chart, and what it was made from."""

    block: Block
    component: Component
    loose: bool
    badges: tuple[Badge, ...] | None
    drawn: tuple[Edge, ...]
    cards: tuple[Card, ...]
    frames: tuple[Frame, ...]
    steps: tuple[Wire, ...]
    wires: tuple[Wire, ...]


class _Seen(NamedTuple):
    """What a chart was made from, block by block."""

    layout: Layout
    blocks: tuple[Block, ...]
    drawn: tuple[tuple[Edge, ...], ...]
    badges: list[tuple[Badge, ...] | None]


class _Made(NamedTuple):
    """A chart, and what it was made from and of."""

    seen: _Seen
    parts: dict[str, _Part]
    chart: Chart


class Projection:
    """Makes charts of one growing graph; what did not change between two is the very same object in both."""

    def __init__(self) -> None:
        self._made: deque[_Made] = deque(maxlen=KEPT)
        self._last: _Made | None = None
        self._icons: tuple[Profile, dict[str, str]] | None = None

    def chart(
        self,
        graph: ChainGraph,
        layout: Layout,
        badges: Mapping[str, tuple[Badge, ...]] | None = None,
        states: Mapping[str, RunState] = NO_STATES,
    ) -> Chart:
        """The chart of a graph; arguments as for `chart_of`."""
        if self._icons is None or self._icons[0] is not graph.profile:
            self._icons = (graph.profile, _job_icons(graph.profile))
            self._made.clear()
            self._last = None
        blocks, known = graph.drawn_blocks, badges or {}
        own = [known.get(block.rule) for block in blocks]
        seen = _Seen(layout, blocks, graph.drawn_crossing, own)
        made = self._again(seen)
        if made is None:
            parts = self._parts(seen)
            made = _Made(seen, parts, _whole(parts, graph, layout))
            self._made.append(made)
        self._last = made
        return made.chart if made.chart.states is states else replace(made.chart, states=states)

    def _again(self, seen: _Seen) -> _Made | None:
        """The chart that was made from the very same."""
        for made in reversed(self._made):
            old = made.seen
            same = old.layout is seen.layout and old.blocks is seen.blocks and old.drawn is seen.drawn
            if same and old.badges == seen.badges:
                return made
        return None

    def _parts(self, seen: _Seen) -> dict[str, _Part]:
        """What each rule and hub shows, the very objects of the last chart wherever they still hold."""
        layout, blocks, icons = seen.layout, seen.blocks, self._icons[1] if self._icons is not None else {}
        old, before = (self._last.seen, self._last.parts) if self._last is not None else (None, {})
        touched = layout.moved | old.layout.moved if old is not None else layout.moved
        loose = {id(layout.component_of(rule)) for rule in touched if rule in layout.frames}
        steady = old is not None and list(before) == [block.rule for block in blocks]
        parts = dict(before) if steady else {}
        changed = _changed(old, seen) if old is not None and steady else range(len(blocks))
        for place in changed:
            rule = blocks[place].rule
            component, drawn = layout.component_of(rule), seen.drawn[place]
            fresh = _Part(blocks[place], component, id(component) in loose, seen.badges[place], drawn, (), (), (), ())
            part = before.get(rule)
            same = part is not None and not fresh.loose and _made_from(part) == _made_from(fresh)
            parts[rule] = part if part is not None and same else _part(fresh, layout, part, icons)
        return parts


def _whole(parts: Mapping[str, _Part], graph: ChainGraph, layout: Layout) -> Chart:
    every = parts.values()
    router = Router(graph, layout)
    return Chart(
        tuple(chain.from_iterable([part.cards for part in every])),
        tuple(chain.from_iterable([part.wires for part in every])),
        tuple(chain.from_iterable([part.frames for part in every])),
        way=lambda wire: router.route(Edge(wire.source, wire.target, wire.id.rsplit(">", 1)[1])),
        regions=layout.regions,
    )


def _made_from(part: _Part) -> tuple[int, int, int, tuple[Badge, ...] | None]:
    """What decides a part, the objects by their identity."""
    return id(part.block), id(part.component), id(part.drawn), part.badges


def _changed(old: _Seen, new: _Seen) -> list[int]:
    """The places of the blocks that may look, lead or stand otherwise; both have the same rules in the same order."""
    count = range(len(new.blocks))
    places = set(compress(count, map(is_not, old.blocks, new.blocks)))
    places.update(compress(count, map(is_not, old.drawn, new.drawn)))
    places.update(compress(count, map(ne, old.badges, new.badges)))
    if old.layout is not new.layout:
        stay = {id(component) for component in old.layout.components}
        rules = {rule for part in new.layout.components if id(part) not in stay for rule in part.rules}
        for rule in old.layout.moved | new.layout.moved:
            if rule in new.layout.frames:  # its whole component: a line may go another way
                rules.update(new.layout.component_of(rule).rules)
        places.update(place for place, block in enumerate(new.blocks) if rules and block.rule in rules)
    return sorted(places)


def chart_of(
    graph: ChainGraph,
    layout: Layout,
    badges: Mapping[str, tuple[Badge, ...]] | None = None,
    states: Mapping[str, RunState] = NO_STATES,
) -> Chart:
    """The chart of a graph.

    Args:
        graph: the rules' flowcharts and what joins them.
        layout: where every card and frame goes.
        badges: by rule id, in place of those the graph knows (disabled, needs approval).
        states: run states by node id.
    """
    return Projection().chart(graph, layout, badges, states)


def _part(fresh: _Part, layout: Layout, old: _Part | None, jobs: Mapping[str, str]) -> _Part:
    """What a rule shows; objects of `old` wherever they still hold."""
    block = fresh.block
    settled = old is not None and old.component is fresh.component and not fresh.loose
    if old is not None and settled and old.block is block:
        cards, steps = old.cards, old.steps
    else:
        cards = tuple([_card(node, layout, jobs) for node in block.nodes])
        steps = tuple([_wire(edge) for edge in block.edges])
    wires = steps + tuple([_wire(edge) for edge in fresh.drawn])
    frames: tuple[Frame, ...] = () if block.nodes[0].kind == "hub" else (_frame(block, layout, fresh.badges),)
    if old is not None:
        cards = _twins(old.cards, cards)
        frames = _twins(old.frames, frames)
    if old is not None and settled:  # nothing has moved, so that every wire takes its old way
        steps, wires = _twins(old.steps, steps), _twins(old.wires, wires)
    return fresh._replace(cards=cards, frames=frames, steps=steps, wires=wires)


def _twins(old: tuple[T, ...], new: tuple[T, ...]) -> tuple[T, ...]:
    """The same values, each by the old object that equals it."""
    known = {item: item for item in old}
    return tuple([known.get(item, item) for item in new])


def _card(node: Node, layout: Layout, jobs: Mapping[str, str]) -> Card:
    place, size = layout.positions[node.id], layout.sizes[node.id]
    kind = KINDS.get(node.kind, Kind.ACTION)
    subtitle = node.subtitle
    rule = node.rule if node.kind != "hub" else None
    if node.kind == "event" and not node.automated:
        subtitle = tr("{0} · by a person", subtitle)
    return Card(node.id, rule, kind, _icon(node, jobs), node.label, subtitle, *place, *size)


def _job_icons(profile: Profile) -> dict[str, str]:
    """The icon of every type of job: a clapper for what costs render time, a plain one for what does not."""
    icons = {name: "clapper" if known.cost == "generation" else "job" for name, known in profile.job_types.items()}
    return icons | {job: JOB_ICONS[action] for action, job in profile.actions.items() if action in JOB_ICONS}


def _icon(node: Node, jobs: Mapping[str, str]) -> str:
    if node.kind in ("event", "hub"):
        return node.type
    if node.kind == "job":
        return jobs.get(node.type, "job")
    return ICONS.get(node.kind, "gear")


def _wire(edge: Edge) -> Wire:
    pace = Pace.ASLEEP if edge.reason else Pace.AUTOMATED if edge.automated else Pace.HUMAN
    return Wire(
        f"{edge.source}>{edge.target}>{edge.kind}", edge.source, edge.target, pace, tr(edge.label), edge.kind in BETWEEN
    )


def _frame(block: Block, layout: Layout, badges: tuple[Badge, ...] | None) -> Frame:
    if badges is None:
        badges = tuple(badge for badge in Badge if badge.value in block.badges)
    return Frame(block.rule, block.title, *layout.frames[block.rule], badges)
