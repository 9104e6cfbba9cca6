"""The chain graph as text for other programs: JSON, Mermaid, Graphviz DOT."""

from __future__ import annotations

import json

from trigger_studio.analysis.graph.chain_graph import ChainGraph, graph_document
from trigger_studio.analysis.graph.flow import Edge, Node
from trigger_studio.model.printing import printable

_MERMAID = {
    "event": ("([", "])"), "condition": ("{{", "}}"), "join": ("{{", "}}"), "branch": ("{", "}"), "gate": ("[/", "/]"),
    "skip": ("([", "])"),
}  # fmt: skip
_DOT = {
    "event": "box, style=rounded", "condition": "hexagon", "join": "hexagon", "branch": "diamond",
    "gate": "house, style=filled, fillcolor=orange", "skip": "plaintext",
}  # fmt: skip


def to_json(graph: ChainGraph) -> str:
    """The graph as JSON, one line."""
    return json.dumps(graph_document(graph), ensure_ascii=False, separators=(",", ":"))


def to_mermaid(graph: ChainGraph) -> str:
    """A Mermaid flowchart, one subgraph per rule; people's steps and ways are dashed."""
    names = {node.id: f"n{index}" for index, node in enumerate(graph.nodes)}
    lines = ["flowchart LR"]
    for index, block in enumerate(graph.blocks):
        lines.append(f"  subgraph r{index}[{_mermaid_text(block.title)}]")
        lines += (f"    {_mermaid_node(names[node.id], node)}" for node in block.nodes)
        lines.append("  end")
    lines += (f"  {names[edge.source]} {_mermaid_arrow(edge)} {names[edge.target]}" for edge in graph.edges)
    people = ",".join(names[node.id] for node in graph.nodes if not node.automated)
    if people:
        lines += ["  classDef human stroke:#d97706,stroke-width:2px,stroke-dasharray:5 3", f"  class {people} human"]
    return "\n".join(lines) + "\n"


def _mermaid_node(name: str, node: Node) -> str:
    left, right = _MERMAID.get(node.kind, ("[", "]"))
    return f"{name}{left}{_mermaid_text(node.label)}{right}"


def _mermaid_arrow(edge: Edge) -> str:
    arrow = "-->" if edge.automated and not edge.reason else "-.->"
    label = f"{edge.label} ({edge.reason})" if edge.reason else edge.label
    return f"{arrow}|{_mermaid_text(label)}|" if label else arrow


def _mermaid_text(text: str) -> str:
    """Quoted, with what Mermaid would read as markup written as entities (``#`` starts one, so it comes first)."""
    clean = printable(" ".join(text.split()))
    for letter, name in (("#", "#35;"), ("&", "#38;"), ('"', "#34;"), ("<", "#60;"), (">", "#62;"), ("`", "#96;")):
        clean = clean.replace(letter, f"\0{name[1:]}")
    return '"' + clean.replace("\0", "#") + '"'


def to_dot(graph: ChainGraph) -> str:
    """A Graphviz digraph, one cluster per rule."""
    lines = ["digraph chain {", "  rankdir=LR;", '  node [shape=box, fontname="sans-serif"];']
    for index, block in enumerate(graph.blocks):
        lines += [f"  subgraph cluster_{index} {{", f"    label={_dot_text(block.title)};"]
        lines += (f"    {_dot_text(node.id)} [{_dot_node(node)}];" for node in block.nodes)
        lines.append("  }")
    lines += (f"  {_dot_text(edge.source)} -> {_dot_text(edge.target)}{_dot_edge(edge)};" for edge in graph.edges)
    return "\n".join([*lines, "}"]) + "\n"


def _dot_node(node: Node) -> str:
    shape = _DOT.get(node.kind)
    pace = "" if node.automated else ", color=orange"
    return f"label={_dot_text(node.label)}{f', shape={shape}' if shape else ''}{pace}"


def _dot_edge(edge: Edge) -> str:
    notes = [f"label={_dot_text(edge.label)}"] if edge.label else []
    if edge.reason:
        return f" [{', '.join([*notes, 'style=dotted', 'color=gray', f'tooltip={_dot_text(edge.reason)}'])}]"
    notes += [] if edge.automated else ["style=dashed", "color=orange"]
    return f" [{', '.join(notes)}]" if notes else ""


def _dot_text(text: str) -> str:
    clean = printable(" ".join(text.split()))
    return '"' + clean.replace("\\", "\\\\").replace('"', '\\"') + '"'
