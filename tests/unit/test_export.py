"""The graph as JSON, Mermaid and DOT: whole, escaped, and readable by what reads them."""

from __future__ import annotations

import json
import re

import pytest

from tests.support.chains import PROFILE, random_rules
from trigger_studio.analysis.graph.chain_graph import ChainGraph, chain_graph
from trigger_studio.analysis.graph.export import to_dot, to_json, to_mermaid
from trigger_studio.model.rule import Rule

NASTY = 'x"</text><script>alert(1)</script>&amp; `#9829;` {{ event.id }} ]]> \\" \x07 | ending\\'


@pytest.fixture
def nasty() -> ChainGraph:
    """A rule whose every text tries to break out."""
    gate = {"type": "gate", "approvers": NASTY, "message": NASTY}
    job = {"type": "submit_job", "job_type": NASTY, "params": {"scene_id": NASTY}}
    branch = {"type": "branch", "if": {"field": "variant", "op": "eq", "value": NASTY}, "then": [gate]}
    when = {"event": "completed", "entity": "scene", "scope": {"characters": [NASTY]}}
    return chain_graph(
        [Rule.model_validate({"id": "r", "name": NASTY, "when": when, "actions": [job, branch]})], PROFILE
    )


@pytest.fixture(params=[0, 1])
def graph(request: pytest.FixtureRequest) -> ChainGraph:
    return chain_graph(random_rules(request.param, 15), PROFILE)


def test_mermaid_quotes_and_names_every_node_once(nasty: ChainGraph, graph: ChainGraph) -> None:
    text = to_mermaid(nasty)
    assert "<script>" not in text
    assert "#35;9829;" in text
    assert "#9829;" not in text.replace("#35;9829;", "")
    for line in text.splitlines():
        assert line.count('"') in (0, 2)
    lines = to_mermaid(graph).splitlines()
    assert sum(line.startswith("    n") for line in lines) == len(graph.nodes)
    assert sum("-->" in line or "-.->" in line for line in lines) == len(graph.edges)
    assert sum(line.startswith("  subgraph") for line in lines) == len(graph.blocks)


def test_dot_strings_end_where_they_should(nasty: ChainGraph, graph: ChainGraph) -> None:
    for made in (nasty, graph):
        text = to_dot(made)
        bare = re.sub(r'"(?:[^"\\]|\\.)*"', "S", text)
        assert '"' not in bare
        assert bare.count("{") == bare.count("}") == len(made.blocks) + 1
        assert bare.count("->") == len(made.edges)


def test_json_is_the_document_on_one_line(graph: ChainGraph) -> None:
    text = to_json(graph)
    assert "\n" not in text
    assert len(json.loads(text)["nodes"]) == len(graph.nodes)


def test_an_empty_graph_is_still_a_chart() -> None:
    empty = chain_graph([], PROFILE)
    assert to_mermaid(empty) == "flowchart LR\n"
    assert json.loads(to_json(empty)) == {"nodes": [], "edges": []}
