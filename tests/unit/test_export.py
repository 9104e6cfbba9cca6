"""The graph as JSON, Mermaid, DOT and SVG: whole, escaped, and readable by what reads them."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest

from tests.support.chains import PROFILE, random_rules
from trigger_studio.analysis.export import to_dot, to_json, to_mermaid, to_svg
from trigger_studio.analysis.graph import ChainGraph, chain_graph
from trigger_studio.analysis.layout import layout
from trigger_studio.model.rule import Rule

SVG = "{http://www.w3.org/2000/svg}"
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


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_svg_is_xml_with_every_frame_card_and_line(graph: ChainGraph, theme: str) -> None:
    picture = to_svg(graph, layout(graph), "dark" if theme == "dark" else "light")
    root = ElementTree.fromstring(picture)
    assert root.tag == f"{SVG}svg"
    lines = [item for item in root.iter(f"{SVG}path") if "marker-start" in item.attrib]
    assert len(lines) == len(graph.edges)
    shapes = len(root.findall(f"{SVG}g")) + len(root.findall(f"{SVG}rect/{SVG}title"))
    assert shapes == len(graph.nodes)
    dashed = [line for line in lines if "stroke-dasharray" in line.attrib]
    assert len(dashed) == sum(not edge.automated for edge in graph.edges)


def test_svg_shows_everything_within_its_view(graph: ChainGraph) -> None:
    root = ElementTree.fromstring(to_svg(graph, layout(graph)))
    left, top, width, height = map(float, root.attrib["viewBox"].split())
    for line in root.iter(f"{SVG}path"):
        if "marker-start" in line.attrib:
            numbers = list(map(float, re.findall(r"-?\d+(?:\.\d+)?", line.attrib["d"])))
            assert all(left <= x <= left + width for x in numbers[::2])
            assert all(top <= y <= top + height for y in numbers[1::2])


def test_gates_are_unmistakable_in_svg(nasty: ChainGraph) -> None:
    assert to_svg(nasty, layout(nasty)).count('stroke="#d97706" stroke-width="2"') == 1


def test_svg_lets_no_text_out_of_its_element(nasty: ChainGraph) -> None:
    picture = to_svg(nasty, layout(nasty))
    root = ElementTree.fromstring(picture)
    assert not list(root.iter(f"{SVG}script"))
    said = [item.text or "" for item in root.iter(f"{SVG}title")]
    assert any("</text><script>alert(1)</script>&amp;" in text for text in said)
    assert "\x07" not in picture


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


def test_an_empty_graph_is_still_a_picture() -> None:
    empty = chain_graph([], PROFILE)
    assert ElementTree.fromstring(to_svg(empty, layout(empty))) is not None
    assert to_mermaid(empty) == "flowchart LR\n"
