"""The canvas's parts that need no window: board, routes, icons, the projection of rules, the slim Qt module."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.charts import HEIGHT, STEP, WIDTH, large, small
from trigger_studio import resources
from trigger_studio.analysis.graph.chain_graph import ChainGraph, chain_graph
from trigger_studio.analysis.layout.layout import Layout, layout
from trigger_studio.model.bundle import parse_bundle
from trigger_studio.model.documents import read_document
from trigger_studio.model.profiles import load_profile
from trigger_studio.model.rule import Rule
from trigger_studio.studio.chart.chart import (
    ANYONE,
    Badge,
    Chart,
    Kind,
    Pace,
    Point,
    Run,
    RunState,
    way_key,
)
from trigger_studio.studio.chart.projection import chart_of
from trigger_studio.ui.canvas.interact import steps
from trigger_studio.ui.canvas.render.chart_index import ChartIndex, touches
from trigger_studio.ui.canvas.render.render_context import RenderContext
from trigger_studio.ui.canvas.render.route import elbow, label_place, rounded, snapped_pieces
from trigger_studio.ui.canvas.render.style import kit_of
from trigger_studio.ui.canvas.render.wire_painter import exit_box, words
from trigger_studio.ui.widgets import icons, theme


@pytest.fixture(scope="module")
def demo() -> tuple[ChainGraph, Layout, Chart]:
    profile = load_profile()
    rules = parse_bundle(read_document(resources.path("demo/rules.yaml"), "rules.yaml"), profile)
    graph = chain_graph(rules, profile)
    places = layout(graph)
    return graph, places, chart_of(graph, places)


# --- projection


def test_every_node_edge_and_rule_is_on_the_chart_once(demo: tuple[ChainGraph, Layout, Chart]) -> None:
    graph, places, chart = demo
    assert [card.id for card in chart.cards] == [node.id for node in graph.nodes]
    assert {(w.source, w.target, w.label) for w in chart.wires} == {(e.source, e.target, e.label) for e in graph.edges}
    assert len({wire.id for wire in chart.wires}) == len(chart.wires)
    assert [frame.rule for frame in chart.frames] == [block.rule for block in graph.blocks]
    for card in chart.cards:
        assert (card.x, card.y) == tuple(places.positions[card.id])
        assert card.icon in icons.NAMES


def test_people_and_engine_are_told_apart(demo: tuple[ChainGraph, Layout, Chart]) -> None:
    graph, _, chart = demo
    kinds = {node.id: node.kind for node in graph.nodes}
    gates = [card for card in chart.cards if card.kind is Kind.GATE]
    assert gates
    assert all(kinds[card.id] == "gate" and card.icon == "person" for card in gates)
    human = {(e.source, e.target) for e in graph.edges if not e.automated and not e.reason}
    assert human
    assert {(w.source, w.target) for w in chart.wires if w.pace is Pace.HUMAN} == human
    assert any(Badge.APPROVAL in frame.badges for frame in chart.frames)


def test_wires_begin_and_end_at_their_cards_and_run_square(demo: tuple[ChainGraph, Layout, Chart]) -> None:
    board = ChartIndex(demo[2])
    for wire in board.wires.values():
        points = board.route(wire)
        for end, card in ((points[0], wire.source), (points[-1], wire.target)):
            assert touches((end[0] - 1, end[1] - 1, 2, 2), board.places[card])
        assert all(abs(a[0] - b[0]) < 0.01 or abs(a[1] - b[1]) < 0.01 for a, b in pairwise(points))


def test_a_wire_follows_a_card_off_its_planned_way(demo: tuple[ChainGraph, Layout, Chart]) -> None:
    board = ChartIndex(demo[2])
    wire = next(iter(board.wires.values()))
    planned = board.route(wire)
    board.move(wire.target, 5000, 5000)
    assert board.route(wire)[-1] == pytest.approx((5000, 5000 + board.places[wire.target][3] / 2))
    assert board.route(wire)[0] == pytest.approx(planned[0])


# --- board


def test_the_board_finds_what_a_plain_search_finds() -> None:
    board = ChartIndex(large(130))
    for box in ((0, 0, 10, 10), (-500, -500, 2000, 900), (1300, 4000, 900, 900), (0, 0, 1e5, 1e5), (-9e3, -9e3, 5, 5)):
        assert set(board.cards_in(box)) == {name for name, place in board.places.items() if touches(place, box)}
        assert board.frames_in(box) == {name for name, place in board.frame_places.items() if touches(place, box)}


def test_a_moved_card_is_found_where_it_is_now() -> None:
    board = ChartIndex(small())
    board.move("one:2", 3000, -900)
    assert board.card_at(3010, -890) == "one:2"
    assert board.card_at(2 * STEP + 10, 10) is None
    assert board.frame_at(2900, -920) == "one"
    assert "cross" in board.long_wires
    board.move("one:2", 2 * STEP, 0)
    assert board.card_at(2 * STEP + 10, 10) == "one:2"
    assert board.frame_places["one"] == pytest.approx((-24, -40, 2 * STEP + WIDTH + 48, HEIGHT + 64))
    assert board.bounds() == pytest.approx((-24, -40, 2 * STEP + WIDTH + 48, 200 + HEIGHT + 64))


def test_arrow_keys_lead_nowhere_from_the_last_card() -> None:
    board = ChartIndex(small())
    assert steps.first(board) == "one:0"
    assert steps.step(board, "two:2", steps.ARROWS[1]) == "two:2"
    assert steps.step(board, None, steps.ARROWS[0]) == "one:0"
    assert steps.step(ChartIndex(Chart()), None, steps.ARROWS[0]) is None


# --- routes


@pytest.mark.parametrize("target", [(400, 0), (400, 300), (-400, 0), (-400, 300), (0, 300), (210, 5), (-400, -300)])
def test_an_elbow_is_square_and_enters_from_the_left(target: Point) -> None:
    points = elbow((0, 0, 200, 56), (*target, 200, 56))
    assert points[0] == pytest.approx((200, 28))
    assert points[-1] == pytest.approx((target[0], target[1] + 28))
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(points))
    assert points[-2][0] < points[-1][0]
    assert rounded(points).currentPosition().toTuple() == points[-1]


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_straight_pieces_lie_on_whole_device_pixels(ratio: float) -> None:
    straight, corners, end = snapped_pieces(((0, 3.3), (50.7, 3.3), (50.7, 90.1), (120.2, 90.1)), 0.73, ratio, 6.0)
    assert len(straight) == 3
    assert not corners.isEmpty()
    assert straight[-1].p2().toTuple() == end[1]
    for line in straight:
        level = line.y1() if abs(line.dy()) < 1e-6 else line.x1()
        assert (level * ratio) % 1 == pytest.approx(0.5)


def test_a_label_stands_near_the_end_where_there_is_room() -> None:
    points = ((0, 0), (300, 0), (300, 80), (400, 80))
    assert label_place(points, 60) == pytest.approx((354, 80))
    assert label_place(points, 120) == pytest.approx((300, 40))
    assert label_place(((0, 0), (500, 0)), 60) == pytest.approx((454, 0))
    assert label_place(((0, 0), (56, 0)), 30) == pytest.approx((28, 0))
    assert label_place(((0, 0), (20, 0)), 60) == pytest.approx((10, 0))


# --- icons and the slim Qt module


@pytest.mark.parametrize("name", icons.NAMES)
def test_every_icon_fits_its_grid(name: str) -> None:
    box = icons.path(name).controlPointRect()
    assert box.width() > 5
    assert box.left() >= 0.5
    assert box.top() >= 0.5
    assert box.right() <= 23.5
    assert box.bottom() <= 23.5


def test_an_icon_for_buttons_is_crisp_at_every_scale(qapp: QApplication) -> None:
    icon = icons.icon("gate", qapp.palette().text().color())
    assert {size.width() for size in icon.availableSizes()} >= {20, 40}


def test_nodegraphqt_comes_in_without_the_rest_of_qt() -> None:
    """In a process of its own: no multimedia, no setuptools, and the real `distutils` left as it was."""
    code = (
        "import sys, trigger_studio.ui.canvas.view.canvas\n"
        "loud = [m for m in sys.modules if m.startswith('PySide6.Qt')]\n"
        "print(sorted(loud), 'setuptools' in sys.modules, 'distutils' in sys.modules, 'Qt_convert_enum' in sys.modules)"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['PySide6.QtCore', 'PySide6.QtGui', 'PySide6.QtWidgets'] False False False"
    assert done.stderr == ""


# --- the flowchart's language


def test_an_icon_follows_from_the_type_and_not_from_words() -> None:
    profile = load_profile()
    actions = [{"type": "submit_job", "job_type": name} for name in ("scene_generation", "qa", "concatenation")]
    actions += [{"type": "package_delivery"}, {"type": "call_webhook", "url": "https://qa.example.org/generate"}]
    when = {"event": "failed", "entity": "scene"}
    rule = Rule.model_validate({"id": "r", "name": "approved", "when": when, "actions": actions})
    graph = chain_graph([rule], profile)
    cards = chart_of(graph, layout(graph)).cards
    assert [card.icon for card in cards] == ["failed", "clapper", "qa", "film", "package", "webhook"]


def test_an_event_leaves_its_rule_on_the_frame(demo: tuple[ChainGraph, Layout, Chart]) -> None:
    board = ChartIndex(demo[2])
    leaving = [wire for wire in board.wires.values() if wire.leaves]
    assert leaving
    for wire in leaving:
        x, y, width, height = board.frame_places[board.cards[wire.source].rule or ""]
        box = exit_box(board.route(wire), (x, y, width, height))
        assert box is not None
        middle = box.center()
        assert min(abs(middle.x() - x - width), abs(middle.y() - y - height), abs(middle.y() - y)) < 1
    assert exit_box(((0, 0), (50, 0)), (-10, -10, 100, 100)) is None


def test_a_wire_is_lit_only_where_the_chain_went() -> None:
    stage = RenderContext(kit_of(theme.LIGHT))
    stage.board = ChartIndex(small())
    cross = stage.board.wires["cross"]
    done, human = RunState(Run.DONE, 3), replace(cross, leaves=True, pace=Pace.HUMAN)
    stage.board.states = {"one:2": done, "two:0": done}
    assert stage.flow(cross) == done
    assert stage.flow(replace(cross, leaves=True)) is None
    stage.board.states = {"one:2": done, way_key("one:2", "two:0"): done}
    assert stage.flow(replace(cross, leaves=True)) == done
    assert stage.flow(human) is None
    stage.board.states = {"one:2": done, way_key(ANYONE, "two:0"): done}
    assert stage.flow(human) == done
    assert words(cross, done) == "on completed · 3"
    assert words(cross, RunState(Run.DONE, 1)) == words(cross, None) == "on completed"
