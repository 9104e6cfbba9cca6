"""Which rules may start a rule, and which it may start: each once, with the reason in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from trigger_studio.analysis import words
from trigger_studio.analysis.flow import Edge, Node
from trigger_studio.analysis.graph import ChainGraph


class Neighbour(NamedTuple):
    """A rule one step away.

    Attributes:
        why: the event that leads from one to the other, and what raises it: ``scene completed of mira, by QA``.
        node: the card to look at there: the event that starts it, or the step that raises the event.
        automated: False where only a person's event leads there.
    """

    rule: str
    title: str
    why: str
    node: str
    automated: bool


class Neighbours(NamedTuple):
    """What may start a rule, and what it may start; each sorted by title."""

    before: tuple[Neighbour, ...] = ()
    after: tuple[Neighbour, ...] = ()


def neighbours(graph: ChainGraph, rule_id: str) -> Neighbours:
    """The rules one step before and after a rule of the graph."""
    before: dict[str, list[Edge]] = {}
    after: dict[str, list[Edge]] = {}
    for edge in graph.crossing:
        source, target = _rule(edge.source), _rule(edge.target)
        if target == rule_id:
            before.setdefault(source, []).append(edge)
        if source == rule_id:
            after.setdefault(target, []).append(edge)
    concerned = {rule_id, *before, *after}
    blocks = {block.rule: block for block in graph.blocks if block.rule in concerned}
    nodes = {node.id: node for block in blocks.values() for node in block.nodes}

    def told(found: Mapping[str, list[Edge]], *, ahead: bool) -> tuple[Neighbour, ...]:
        made = []
        for rule, edges in found.items():
            node = edges[0].target if ahead else edges[0].source
            automated = any(edge.automated for edge in edges)
            made.append(Neighbour(rule, blocks[rule].title, _why(edges, nodes), node, automated))
        return tuple(sorted(made, key=lambda neighbour: (neighbour.title, neighbour.rule)))

    return Neighbours(told(before, ahead=False), told(after, ahead=True))


def _why(edges: Iterable[Edge], nodes: Mapping[str, Node]) -> str:
    """What all these edges between two rules come to."""
    edges = list(edges)
    event = nodes[edges[0].target]
    raisers = words.listed(dict.fromkeys(nodes[edge.source].label for edge in edges), "and")
    whose = "" if event.subtitle == "Anywhere" else f" {event.subtitle[:1].lower()}{event.subtitle[1:]}"
    by = raisers if any(edge.automated for edge in edges) else f"a person, after {raisers}"
    return f"{event.label}{whose}, by {by}"


def _rule(node: str) -> str:
    return node.split(":", 2)[1]
