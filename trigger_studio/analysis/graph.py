"""The chain graph: every rule's flowchart, and which rule's actions can start which other rules.

An edge between rules is kept unless it is provably impossible: project, character, and the filters against what is
known of the event (`possible.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from trigger_studio.analysis.causes import Causes
from trigger_studio.analysis.flow import Block, Chart, Edge, Node, flowchart
from trigger_studio.model.profile import Profile
from trigger_studio.model.rule import Rule

__all__ = ["Block", "ChainGraph", "Edge", "Node", "chain_graph", "graph_document"]


@dataclass(frozen=True, slots=True)
class ChainGraph:
    """All flowcharts and what joins them.

    Attributes:
        blocks: one per rule, by rule id.
        crossing: edges from one rule's action to a rule's event.
        links: for each of `crossing`, the indexes in `blocks` of source and target rule.
        profile: what the causes and effects were read from.
    """

    blocks: tuple[Block, ...]
    crossing: tuple[Edge, ...]
    links: tuple[tuple[int, int], ...]
    profile: Profile
    _charts: dict[str, Chart] = field(repr=False, compare=False, default_factory=dict)

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Every node, rule after rule."""
        return tuple(node for block in self.blocks for node in block.nodes)

    @property
    def edges(self) -> tuple[Edge, ...]:
        """Every edge: those inside rules, then those between."""
        return (*(edge for block in self.blocks for edge in block.edges), *self.crossing)


def chain_graph(
    rules: Iterable[Rule], profile: Profile, project: str | None = None, previous: ChainGraph | None = None
) -> ChainGraph:
    """The chain graph of the rules under a profile.

    Args:
        rules: in any order.
        profile: says what each job emits and which events are human-paced.
        project: keep only the rules that see this project's events.
        previous: the graph before an edit; rules that are the same objects are not drawn up again.
    """
    known = previous._charts if previous is not None and previous.profile is profile else {}
    charts = {}
    for rule in sorted((r for r in rules if project is None or r.project in (None, project)), key=lambda r: r.id):
        chart = known.get(rule.id)
        charts[rule.id] = chart if chart is not None and chart.rule is rule else flowchart(rule, profile)
    chosen = tuple(charts.values())
    crossing, links, raised = _crossing(chosen, profile)
    blocks = tuple(chart.block if index in raised else _paced(chart, profile) for index, chart in enumerate(chosen))
    return ChainGraph(blocks, tuple(crossing), tuple(links), profile, charts)


def _crossing(charts: tuple[Chart, ...], profile: Profile) -> tuple[list[Edge], list[tuple[int, int]], set[int]]:
    """The edges between rules, their ends, and the rules whose event an enabled rule raises by itself."""
    causes = Causes(charts, profile)
    events = [chart.block.nodes[0].id for chart in charts]
    crossing: list[Edge] = []
    links: list[tuple[int, int]] = []
    raised: set[int] = set()
    for source, chart in enumerate(charts):
        for emission in chart.emissions:
            for target, kind, label, automated in causes.followers(emission):
                crossing.append(Edge(emission.node, events[target], kind, label, automated))
                links.append((source, target))
                if automated and chart.rule.enabled:
                    raised.add(target)
    return crossing, links, raised


def _paced(chart: Chart, profile: Profile) -> Block:
    """The block of a rule that no other raises: its event may be a person's."""
    first, *rest = chart.block.nodes
    if not profile.is_human(chart.rule.when.entity, chart.rule.when.event):
        return chart.block
    return replace(chart.block, nodes=(first._replace(automated=False), *rest))


def graph_document(graph: ChainGraph) -> dict[str, Any]:
    """The graph as the contract's JSON (section 5)."""
    return {
        "nodes": [{**node._asdict(), "badges": list(node.badges)} for node in graph.nodes],
        "edges": [edge._asdict() for edge in graph.edges],
    }
