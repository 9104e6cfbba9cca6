"""From the chain graph, its layout and what is known about the rules to the chart that the canvas shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from trigger_studio.analysis.flow import Block, Edge, Node
from trigger_studio.analysis.graph import ChainGraph
from trigger_studio.analysis.layout import Layout
from trigger_studio.analysis.routes import Router
from trigger_studio.model.profile import Profile
from trigger_studio.ui.canvas.chart import NO_STATES, Badge, Card, Chart, Frame, Kind, Pace, RunState, Wire

KINDS: Final = {
    "event": Kind.EVENT, "condition": Kind.CONDITION, "join": Kind.JOIN, "branch": Kind.BRANCH, "gate": Kind.GATE,
    "fork": Kind.BAR, "merge": Kind.BAR, "skip": Kind.SKIP,
}  # fmt: skip
ICONS: Final = {
    "condition": "filter", "join": "join", "branch": "branch", "gate": "person", "fork": "parallel",
    "merge": "parallel", "skip": "dash", "notification": "mail", "webhook": "webhook", "status": "tag",
}  # fmt: skip
BETWEEN: Final = ("emits", "human")
"""Kinds of edges that lead from one rule to another."""
JOB_ICONS: Final = {"trigger_qa": "qa", "start_concatenation": "film", "package_delivery": "package"}
"""A job's icon by the action that the profile names for its type; others go by what the type costs."""


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
    jobs = _job_icons(graph.profile)
    cards = [_card(node, layout, jobs) for block in graph.blocks for node in block.nodes]
    edges = {f"{edge.source}>{edge.target}>{edge.kind}": edge for edge in graph.edges}
    wires = [_wire(name, edge) for name, edge in edges.items()]
    frames = [_frame(block, layout, (badges or {}).get(block.rule)) for block in graph.blocks]
    router = Router(graph, layout)
    return Chart(tuple(cards), tuple(wires), tuple(frames), states, way=lambda wire: router.route(edges[wire.id]))


def _card(node: Node, layout: Layout, jobs: Mapping[str, str]) -> Card:
    place, size = layout.positions[node.id], layout.sizes[node.id]
    kind = KINDS.get(node.kind, Kind.ACTION)
    subtitle = node.subtitle
    if node.kind == "event" and not node.automated:
        subtitle = f"{subtitle} · by a person"
    return Card(node.id, node.rule, kind, _icon(node, jobs), node.label, subtitle, *place, *size)


def _job_icons(profile: Profile) -> dict[str, str]:
    """The icon of every type of job: a clapper for what costs render time, a plain one for what does not."""
    icons = {name: "clapper" if known.cost == "generation" else "job" for name, known in profile.job_types.items()}
    return icons | {job: JOB_ICONS[action] for action, job in profile.actions.items() if action in JOB_ICONS}


def _icon(node: Node, jobs: Mapping[str, str]) -> str:
    if node.kind == "event":
        return node.type
    if node.kind == "job":
        return jobs.get(node.type, "job")
    return ICONS.get(node.kind, "gear")


def _wire(name: str, edge: Edge) -> Wire:
    pace = Pace.AUTOMATED if edge.automated else Pace.HUMAN
    return Wire(name, edge.source, edge.target, pace, edge.label, edge.kind in BETWEEN)


def _frame(block: Block, layout: Layout, badges: tuple[Badge, ...] | None) -> Frame:
    if badges is None:
        badges = tuple(badge for badge in Badge if badge.value in block.badges)
    return Frame(block.rule, block.title, *layout.frames[block.rule], badges)
