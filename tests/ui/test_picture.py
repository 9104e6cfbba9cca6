"""Pictures of the chart: the canvas's painters onto SVG, PNG and PDF."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from tests.support.chains import PROFILE, random_rules
from tests.ui.charts import small
from trigger_studio.analysis.graph.chain_graph import chain_graph
from trigger_studio.analysis.layout.layout import layout
from trigger_studio.model.rule import Rule
from trigger_studio.studio.chart.chart import Chart, Run, RunState
from trigger_studio.studio.chart.projection import chart_of
from trigger_studio.ui.canvas.render import picture
from trigger_studio.ui.canvas.render.chart_index import ChartIndex
from trigger_studio.ui.canvas.render.picture import Form, made, part_of
from trigger_studio.ui.canvas.render.render_context import RenderContext
from trigger_studio.ui.canvas.render.style import kit_of
from trigger_studio.ui.widgets import theme

PLAIN = {"svg", "g", "path", "rect", "text", "title", "desc", "defs", "polyline", "polygon", "circle", "ellipse"}
SVG = "{http://www.w3.org/2000/svg}"


pytestmark = pytest.mark.usefixtures("qapp")


def staged(chart: Chart, tokens: theme.Tokens = theme.LIGHT) -> RenderContext:
    stage = RenderContext(kit_of(tokens))
    stage.board = ChartIndex(chart)
    return stage


def drawn(rules: list[Rule]) -> RenderContext:
    graph = chain_graph(rules, PROFILE)
    return staged(chart_of(graph, layout(graph)))


def rasterised(svg: bytes) -> QImage:
    renderer = QSvgRenderer(QByteArray(svg))
    assert renderer.isValid()
    image = QImage(renderer.viewBox().size(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image


def colours(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(0, image.height(), 3)}


def words(svg: bytes) -> list[str]:
    return [item.text or "" for item in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK])
def test_all_forms_show_the_same_colours(tokens: theme.Tokens) -> None:
    stage = staged(small(), tokens)
    png = QImage.fromData(made(stage, Form.PNG))
    svg = rasterised(made(stage, Form.SVG))
    assert (png.size() / 2 - svg.size()).width() in (-1, 0, 1)
    assert {tokens.canvas, tokens.gate, tokens.surface} <= colours(png) & colours(svg)
    assert made(stage, Form.PDF).startswith(b"%PDF-")


def test_text_stays_text_as_wide_as_it_was_measured() -> None:
    svg = made(staged(small()), Form.SVG)
    said = words(svg)
    assert {"one step 0", "Rule two", "on completed", "draft"} <= set(said)
    assert svg.count(b"textLength") == len(said)
    assert svg.count(b"font-family") == 1


def test_a_selection_is_drawn_alone_with_the_frames_it_fills() -> None:
    stage = staged(small())
    assert part_of(stage, ["one:0", "one:1"]).frames == []
    assert part_of(stage, ["one:0", "one:1", "one:2"]).frames == ["one"]
    said = words(made(stage, Form.SVG, ["one:0", "one:1"]))
    assert "one step 1" in said
    assert "one step 2" not in said
    assert "Rule one" not in said
    assert made(stage, Form.SVG, []).startswith(b"<?xml")


def test_states_and_counts_are_in_the_picture() -> None:
    stage = staged(small())
    stage.board.states = {"one:2": RunState(Run.FAILED, 1), "two:0": RunState(Run.DONE, 3)}
    svg = made(stage, Form.SVG)
    assert QColor(theme.LIGHT.failed).name() in colours(rasterised(svg))
    assert {"3", "on completed · 3"} <= set(words(svg))


def test_everything_lies_within_the_picture() -> None:
    for seed in range(3):
        stage = drawn(random_rules(seed, 12))
        x, y, width, height = part_of(stage).box
        for wire in stage.board.wires.values():
            for px, py in stage.board.route(wire):
                assert x <= px <= x + width
                assert y <= py <= y + height


def test_a_vast_chart_is_a_picture_of_a_size_that_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    chart = small()
    far = replace(chart.cards[-1], x=40_000.0)
    stage = staged(replace(chart, cards=(*chart.cards[:-1], far)))
    monkeypatch.setattr(picture, "PNG_PIXELS", 500_000)
    image = QImage.fromData(made(stage, Form.PNG))
    assert not image.isNull()
    assert image.width() * image.height() <= 501_000
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)", made(stage, Form.PDF))
    assert box is not None
    assert max(map(float, box.groups())) <= 14_400


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(str.strip)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=NAMES, address=NAMES)
def test_no_text_breaks_out_of_the_picture(name: str, address: str) -> None:
    note = {"type": "send_notification", "channel": "email", "to": [address], "message": "x"}
    rule = {"id": "r", "name": name, "when": {"event": "failed", "entity": "job"}, "actions": [note]}
    svg = made(drawn([Rule.model_validate(rule)]), Form.SVG)
    root = ElementTree.fromstring(svg)
    assert not list(root.iter(f"{SVG}script"))
    assert {item.tag.removeprefix(SVG) for item in root.iter()} <= PLAIN
