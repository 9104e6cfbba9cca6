"""Rules that can go on causing each other without a person between: what the window warns of.

A loop here is possible, not certain: edges between rules are kept unless provably impossible. The depth limit stops
every loop when it runs; this tells of it before.
"""

from __future__ import annotations

from trigger_studio.analysis.graph.chain_graph import ChainGraph
from trigger_studio.analysis.graph.flow import Block


def loops(graph: ChainGraph) -> tuple[tuple[str, ...], ...]:
    """Groups of enabled rules in which each can cause every other, itself included, by itself; sorted by rule id."""
    count = len(graph.blocks)
    gated = set().union(*map(_behind_gates, graph.blocks)) if count else set()
    after: list[list[int]] = [[] for _ in range(count)]
    for edge, (source, target) in zip(graph.crossing, graph.links, strict=True):
        if not edge.reason and edge.automated and edge.source not in gated:
            after[source].append(target)
    groups = (sorted(group) for group in _components(after) if len(group) > 1 or group[0] in after[group[0]])
    return tuple(tuple(graph.blocks[index].rule for index in group) for group in sorted(groups))


def _behind_gates(block: Block) -> set[str]:
    """The nodes that a rule reaches only once a person has approved a gate."""
    before: list[list[int]] = [[] for _ in block.nodes]
    for source, target in block.steps:
        before[target].append(source)
    behind = [False] * len(before)
    for index, node in enumerate(block.nodes):
        ways = [behind[source] or block.nodes[source].kind == "gate" for source in before[index]]
        # What a merge waits for, it waits for all of; any other node goes on as soon as one way leads to it.
        behind[index] = bool(ways) and (any(ways) if node.kind == "merge" else all(ways))
    return {node.id for node, held in zip(block.nodes, behind, strict=True) if held}


def _components(after: list[list[int]]) -> list[list[int]]:
    """Strongly connected components: Kosaraju's two walks, without recursion."""
    before: list[list[int]] = [[] for _ in after]
    for source, targets in enumerate(after):
        for target in targets:
            before[target].append(source)
    finished: list[int] = []
    seen = [False] * len(after)
    for root in range(len(after)):
        finished += _walk(root, after, seen)
    seen = [False] * len(after)
    return [group for root in reversed(finished) if (group := _walk(root, before, seen))]


def _walk(root: int, after: list[list[int]], seen: list[bool]) -> list[int]:
    """What is newly reached from `root`, each item after all that it leads to."""
    if seen[root]:
        return []
    seen[root] = True
    left: list[int] = []
    path = [(root, iter(after[root]))]
    while path:
        item, targets = path[-1]
        target = next((target for target in targets if not seen[target]), None)
        if target is None:
            left.append(item)
            path.pop()
        else:
            seen[target] = True
            path.append((target, iter(after[target])))
    return left
