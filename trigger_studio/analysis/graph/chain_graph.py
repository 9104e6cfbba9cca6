"""The chain graph: every rule's flowchart, and which rule's actions can start which other rules.

An edge between rules is kept unless it is provably impossible: project, character, and the filters against what is
known of the event (`possible.py`). One whose rules are off, or allow no firing that deep, is kept with the reason
(`idle.py`). Where many steps lead to the same many rules, the graph keeps what they share once
(`leads`), and draws one hub that all of them pass through (`hubs.py`); `crossing` spells every edge out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import compress
from operator import attrgetter, is_not
from typing import Any, NamedTuple

from trigger_studio.analysis.graph.causes import Causes, Lead
from trigger_studio.analysis.graph.flow import Block, Chart, Edge, Known, Node, flowchart, folded
from trigger_studio.analysis.graph.hubs import Hubs, bundled, drawn_edges
from trigger_studio.analysis.graph.idle import Idle
from trigger_studio.model.profile import Profile
from trigger_studio.model.rule import Rule

__all__ = ["Block", "ChainGraph", "Edge", "Node", "chain_graph", "graph_document"]


class _Row(NamedTuple):
    """One rule in the graph.

    Attributes:
        block: as it is shown; of `chart`, but for the pace of its event.
        drawn: the edges that are drawn from its nodes to other rules or to hubs.
    """

    chart: Chart
    block: Block
    leads: tuple[Lead, ...]
    drawn: tuple[Edge, ...]


@dataclass(frozen=True)
class ChainGraph:
    """All flowcharts and what joins them.

    Attributes:
        blocks: one per rule, by rule id.
        leads: for each of `blocks`, which rules its nodes may start.
        hubs: what is drawn in place of many edges.
        profile: what the causes and effects were read from.
        idle: what keeps rules from starting, or from being started.
    """

    blocks: tuple[Block, ...]
    leads: tuple[tuple[Lead, ...], ...]
    hubs: Hubs
    profile: Profile
    idle: Idle = field(default_factory=Idle)
    _hub_edges: tuple[tuple[Edge, ...], ...] = field(repr=False, compare=False, default=())
    _rows: dict[str, _Row] = field(repr=False, compare=False, default_factory=dict)
    _raised: set[str] = field(repr=False, compare=False, default_factory=set)
    _causes: Causes | None = field(repr=False, compare=False, default=None)

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every rule's nodes, rule after rule."""
        return tuple(node for block in self.blocks for node in block.nodes)

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """Every edge: those inside rules, then those between."""
        return (*(edge for block in self.blocks for edge in block.edges), *self.crossing)

    @cached_property
    def crossing(self) -> tuple[Edge, ...]:
        """Edges from one rule's action to a rule's event, each of them; quadratic where all listen to all."""
        return tuple(
            edge
            for block, leads in zip(self.blocks, self.leads, strict=True)
            for lead in leads
            for edge in drawn_edges(block.rule, lead, self.idle)
        )

    @cached_property
    def links(self) -> tuple[tuple[int, int], ...]:
        """For each of `crossing`, the indexes in `blocks` of source and target rule."""
        place = {block.rule: index for index, block in enumerate(self.blocks)}
        return tuple(
            (source, place[target])
            for source, leads in enumerate(self.leads)
            for lead in leads
            for target in lead.targets
        )

    @cached_property
    def drawn_blocks(self) -> tuple[Block, ...]:
        """What has a place of its own in the picture: the rules, then the hubs."""
        return (*self.blocks, *self.hubs.blocks) if self.hubs.blocks else self.blocks

    @cached_property
    def drawn_crossing(self) -> tuple[tuple[Edge, ...], ...]:
        """For each of `drawn_blocks`, the edges drawn from its nodes to others."""
        return (*(row.drawn for row in self._rows.values()), *self._hub_edges)

    @cached_property
    def drawn_edges(self) -> tuple[Edge, ...]:
        """Every edge as it is drawn: those inside rules, then those between, through hubs where there are some."""
        inside = (edge for block in self.blocks for edge in block.edges)
        return (*inside, *(edge for edges in self.drawn_crossing for edge in edges))

    @cached_property
    def drawn_links(self) -> tuple[tuple[int, int], ...]:
        """The ends of each edge of `drawn_crossing`, as indexes in `drawn_blocks`."""
        index = self.drawn_index
        return tuple((source, index[edge.target]) for source, edges in enumerate(self.drawn_crossing) for edge in edges)

    @cached_property
    def drawn_index(self) -> dict[str, int]:
        """The place in `drawn_blocks` of what a crossing edge leads to, by its target."""
        return {block.nodes[0].id: index for index, block in enumerate(self.drawn_blocks)}

    def __contains__(self, rule: str) -> bool:
        """Whether it shows this rule."""
        return rule in self._rows

    def block(self, rule: str) -> Block:
        """One rule's flowchart, or a hub."""
        row = self._rows.get(rule)
        return row.block if row is not None else self.hubs.by_id[rule]


def chain_graph(
    rules: Iterable[Rule],
    profile: Profile,
    project: str | None = None,
    previous: ChainGraph | None = None,
    *,
    fold: Collection[str] = (),
) -> ChainGraph:
    """The chain graph of the rules under a profile.

    Args:
        rules: in any order.
        profile: says what each job emits and which events are human-paced.
        project: keep only the rules that see this project's events.
        previous: the graph before an edit; only what rules that are other objects change is worked out again.
        fold: ids of rules to show as one card each.
    """
    if previous is not None and previous.profile is not profile:
        previous = previous if previous.profile == profile else None  # read again, it is another object
    profile = previous.profile if previous is not None else profile
    seen = rules if project is None else (rule for rule in rules if rule.project in (None, project))
    old = previous._rows if previous is not None else {}
    charts, edited = _charts(sorted(seen, key=attrgetter("id")), profile, old, fold)
    if previous is not None and not edited:
        return previous
    causes = Causes(charts, profile, previous._causes if previous is not None else None, edited)
    rows = {
        rule: old[rule] if rule not in causes.stirred else _row(chart, causes, old.get(rule))
        for rule, chart in charts.items()
    }
    return _joined(rows, causes, profile, previous)


def _charts(
    rules: list[Rule], profile: Profile, old: Mapping[str, _Row], fold: Collection[str]
) -> tuple[dict[str, Chart], list[str]]:
    """Every rule's flowchart, and the rules that are new, gone or edited."""
    charts = {name: row.chart for name, row in old.items()}
    apart = _apart(rules, charts, fold)
    if apart is None:
        apart, charts = rules, {}
    edited: list[str] = []
    known = Known(profile)
    for rule in apart:
        row = old.get(rule.id)
        if row is not None and row.chart.is_folded != (rule.id in fold):
            row = None
        if row is not None and row.chart.rule is rule:
            charts[rule.id] = row.chart
            continue
        edited.append(rule.id)
        if row is not None and row.chart.rule == rule:  # read again from where it is kept
            charts[rule.id] = replace(row.chart, rule=rule)
        else:
            chart = flowchart(rule, profile, known)
            charts[rule.id] = folded(chart) if rule.id in fold else chart
    return charts, edited + [name for name in old if name not in charts]


def _apart(rules: list[Rule], charts: Mapping[str, Chart], fold: Collection[str]) -> list[Rule] | None:
    """The rules that are other objects than those of the charts, or folded otherwise; None if rules came or went."""
    if len(rules) != len(charts):
        return None
    apart = list(compress(rules, map(is_not, rules, [chart.rule for chart in charts.values()])))
    if any(rule.id not in charts for rule in apart):
        return None
    turned = {name for name, chart in charts.items() if chart.is_folded != (name in fold)}
    turned.difference_update([rule.id for rule in apart])
    return apart + [charts[name].rule for name in turned]


def _row(chart: Chart, causes: Causes, old: _Row | None) -> _Row:
    """A rule with what it leads to."""
    leads = causes.leads(chart.emissions)
    if old is not None and old.chart.block is chart.block:
        return old._replace(chart=chart, leads=leads)
    return _Row(chart, chart.block, leads, ())


def _joined(rows: dict[str, _Row], causes: Causes, profile: Profile, previous: ChainGraph | None) -> ChainGraph:
    """The graph of the rows, whose paces and drawn edges are settled here."""
    old = previous._rows if previous is not None else {}
    fresh = [rule for rule, row in rows.items() if row is not old.get(rule)]
    left = [old[rule] for rule in (*fresh, *(old.keys() - rows.keys())) if rule in old]
    come = [rows[rule] for rule in fresh]
    hubs = previous.hubs if previous is not None else Hubs()
    if previous is None or bundled(row.leads for row in come) != bundled(row.leads for row in left):
        hubs = Hubs.of((row.leads for row in rows.values()), hubs)
    raised = previous._raised if previous is not None and _raises(come) == _raises(left) else _raised(rows)
    turned = raised ^ previous._raised if previous is not None else raised
    before = previous.idle if previous is not None else Idle()
    idle = before.after(old.keys() - rows.keys(), (row.chart.rule for row in come), profile)
    same = previous is not None and hubs is previous.hubs
    for rule in {*fresh, *(turned & rows.keys()), *_leading_to(rows, idle.differing(before))} if same else rows:
        row = rows[rule]
        drawn = tuple(edge for lead in row.leads for edge in hubs.drawn(rule, lead, idle))
        row = row._replace(drawn=row.drawn if row.drawn == drawn else drawn)
        if row.block.nodes[0].automated != _automated(row.chart, rule in raised, profile):
            first, *rest = row.block.nodes
            nodes = (first._replace(automated=not first.automated), *rest)
            row = row._replace(block=replace(row.block, nodes=nodes))
        rows[rule] = row
    blocks, leads = tuple([row.block for row in rows.values()]), tuple([row.leads for row in rows.values()])
    kept = previous._hub_edges if previous is not None and same and idle is before else None
    hub_edges = kept if kept is not None else hubs.edges(idle)
    return ChainGraph(blocks, leads, hubs, profile, idle, hub_edges, rows, raised, causes)


def _leading_to(rows: Mapping[str, _Row], targets: frozenset[str]) -> Iterator[str]:
    """The rules with a lead to one of these; rules share their lists of targets, each is looked through once."""
    meets: dict[int, bool] = {}
    for rule, row in rows.items() if targets else ():
        for lead in row.leads:
            if id(lead.targets) not in meets:
                meets[id(lead.targets)] = not targets.isdisjoint(lead.targets)
            if meets[id(lead.targets)]:
                yield rule
                break


def _raised(rows: Mapping[str, _Row]) -> set[str]:
    """The rules whose event an enabled rule raises by itself."""
    return set().union(*_raises(rows.values()))


def _raises(rows: Iterable[_Row]) -> set[tuple[str, ...]]:
    """What enabled rules start by themselves, each list of rules once; most share theirs."""
    enabled = (row.leads for row in rows if row.chart.rule.enabled)
    return set({id(lead.targets): lead.targets for leads in enabled for lead in leads if lead.automated}.values())


def _automated(chart: Chart, raised: bool, profile: Profile) -> bool:
    """Whether a rule's event comes by itself; of a rule that no other raises, it may be a person's."""
    return raised or not profile.is_human(chart.rule.when.entity, chart.rule.when.event)


def graph_document(graph: ChainGraph) -> dict[str, Any]:
    """The graph as JSON."""
    return {
        "nodes": [{**node._asdict(), "badges": list(node.badges)} for node in graph.nodes],
        "edges": [edge._asdict() for edge in graph.edges],
    }
