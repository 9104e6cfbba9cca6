"""Whatever was edited, moved, selected or run before: the canvas shows what a canvas made anew would, near and far."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.chains import PROFILE, chain_rules, random_rules
from tests.ui.charts import large
from trigger_studio.analysis.graph.chain_graph import ChainGraph, chain_graph
from trigger_studio.analysis.layout.layout import Layout, layout
from trigger_studio.model.rule import Rule
from trigger_studio.studio.chart.chart import Badge, Run, RunState
from trigger_studio.studio.chart.projection import Projection, chart_of
from trigger_studio.ui.canvas.view.canvas import FlowCanvas
from trigger_studio.ui.widgets import dressing, theme

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

FAR, NEAR = 0.1, 0.8
SMOOTHING = 40
"""Bytes of ten pixels: where smooth corners overlap it may be either that lies on top."""


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    dressing.apply(qapp, theme.LIGHT)
    yield qapp
    qapp.setStyleSheet("")


def shown(qtbot: QtBot) -> FlowCanvas:
    canvas = FlowCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(900, 600)
    with qtbot.waitExposed(canvas):
        canvas.show()
    return canvas


def picture(qtbot: QtBot, canvas: FlowCanvas) -> QImage:
    for _ in range(50):
        canvas._viewer.viewport().repaint()
        if not canvas._viewer.stage.sprites.unfinished:
            break
    image: QImage = canvas._viewer.viewport().grab().toImage()
    return image


def look(canvas: FlowCanvas, at: QPointF, zoom: float) -> None:
    canvas._viewer.camera.look_at(at, zoom)


def edited(dice: random.Random, rules: dict[str, Rule], pool: dict[str, Rule]) -> None:
    """One random edit: a rule comes, goes, gets other actions, another trigger, another name, or is switched."""
    name = dice.choice(sorted(pool))
    if name not in rules:
        rules[name] = pool[name]
    elif dice.random() < 0.3:
        del rules[name]
    else:
        other = pool[dice.choice(sorted(pool))]
        changes: list[dict[str, Any]] = [
            {"actions": other.actions}, {"when": other.when}, {"name": f"N{dice.random()}"}, {"enabled": False}, {},
        ]  # fmt: skip
        rules[name] = rules[name].model_copy(update=dice.choice(changes))


@pytest.mark.parametrize("seed", range(2))
def test_a_chart_that_follows_edits_is_the_chart_made_anew(app: QApplication, qtbot: QtBot, seed: int) -> None:
    dice = random.Random(seed)
    pool = {rule.id: rule for rule in (*chain_rules(40), *random_rules(seed, 30))}
    rules = {name: pool[name] for name in dice.sample(sorted(pool), 55)}
    follower, projection = shown(qtbot), Projection()
    graph: ChainGraph | None = None
    places: Layout | None = None
    pins: dict[str, tuple[float, float]] = {}
    for step in range(32):
        edited(dice, rules, pool)
        graph = chain_graph(rules.values(), PROFILE, previous=graph)
        if step % 5 == 4:
            pins[dice.choice(graph.nodes).id] = (dice.uniform(-900, 900), dice.uniform(-900, 900))
        if step % 16 == 15:
            pins.clear()  # where frames overlap, it may be either that lies on top
        places = layout(graph, places, pins)
        badges = {name: (Badge.DISABLED,) for name, rule in rules.items() if not rule.enabled}
        states = {dice.choice(graph.nodes).id: RunState(dice.choice(list(Run)), 2)}
        follower.set_chart(projection.chart(graph, places, badges, states))
        if step % 3:
            look(follower, QPointF(dice.uniform(0, 3000), dice.uniform(0, 2000)), dice.choice([FAR, NEAR]))
            follower._viewer.viewport().repaint()
        if step % 8 == 7:
            assert graph == chain_graph(rules.values(), PROFILE)
            fresh = shown(qtbot)
            fresh.set_chart(chart_of(graph, places, badges, states))
            same_boards(follower, fresh, dice)
            if not pins:
                same_pictures(qtbot, follower, fresh, dice)
            fresh.close()


def same_boards(follower: FlowCanvas, fresh: FlowCanvas, dice: random.Random) -> None:
    one, other = follower._viewer.stage.board, fresh._viewer.stage.board
    assert one.cards == other.cards
    assert one.places == other.places
    assert one.frames == other.frames
    assert one.frame_places == other.frame_places
    assert one.wires == other.wires
    assert one.bounds() == pytest.approx(other.bounds())
    assert one.long_wires.keys() == other.long_wires.keys()
    assert {name: one.route(wire) for name, wire in one.wires.items()} == {
        name: other.route(wire) for name, wire in other.wires.items()
    }
    for box in [(dice.uniform(-500, 4000), dice.uniform(-500, 4000), 900.0, 700.0) for _ in range(6)]:
        assert sorted(one.cards_in(box)) == sorted(other.cards_in(box))
        assert one.frames_in(box) == other.frames_in(box)


def same_pictures(qtbot: QtBot, follower: FlowCanvas, fresh: FlowCanvas, dice: random.Random) -> None:
    x, y, width, height = fresh._viewer.stage.board.bounds()
    for zoom in (FAR, NEAR):
        centre = QPointF(x + width * dice.random(), y + height * dice.random())
        follower._viewer.viewport().repaint()  # what is on screen before the view moves counts too
        for canvas in (follower, fresh):
            look(canvas, centre, zoom)
        assert difference(without_map(qtbot, follower), without_map(qtbot, fresh)) <= SMOOTHING


def without_map(qtbot: QtBot, canvas: FlowCanvas) -> QImage:
    """The picture but for the small map, in which cards are smaller than pixels and share them."""
    image = picture(qtbot, canvas)
    painter = QPainter(image)
    painter.fillRect(canvas._viewer._map_place, QColor("white"))  # also where it has just made room for cards
    painter.end()
    return image


def difference(one: QImage, other: QImage) -> int:
    """How many bytes of two pictures differ visibly."""
    assert one.size() == other.size()
    if one == other:
        return 0
    return sum(abs(a - b) > 24 for a, b in zip(bytes(one.constBits()), bytes(other.constBits()), strict=True))


@pytest.mark.parametrize("seed", range(2))
def test_near_and_far_tell_the_same_of_every_card(app: QApplication, qtbot: QtBot, seed: int) -> None:
    """After random drags, selections and run states, near and far, the colours of both views say the same."""
    dice = random.Random(seed)
    canvas = shown(qtbot)
    canvas.set_chart(large(80))
    view, stage = canvas._viewer, canvas._viewer.stage
    names = sorted(stage.board.cards)
    for step in range(30):
        target = dice.choice(names)
        look(canvas, middle(canvas, target), dice.choice([FAR, NEAR]))
        if step % 3 == 0:
            x, y, _w, _h = stage.board.places[target]
            view.place_cards({target: (x + dice.uniform(-300, 300), y + dice.uniform(-80, 80))})
        elif step % 3 == 1:
            view.click_card(target, add=dice.random() < 0.5)
        else:
            canvas.set_states({name: RunState(dice.choice(list(Run)), 1) for name in dice.sample(names, 120)})
        view.viewport().repaint()
    seen = dice.sample(names, 25) + sorted(stage.selected)[:5]
    told: dict[str, list[tuple[str, bool]]] = {}
    for zoom in (FAR, NEAR):
        for name in seen:
            look(canvas, middle(canvas, name), zoom)
            image = picture(qtbot, canvas)
            told.setdefault(name, []).append((tile(canvas, image, name), ring(canvas, image, name)))
    assert {name: far for name, (far, _) in told.items()} == {name: near for name, (_, near) in told.items()}
    for name, (far, _) in told.items():
        assert far[0], name
        assert far[1] == (name in stage.selected)


def middle(canvas: FlowCanvas, name: str) -> QPointF:
    x, y, width, height = canvas._viewer.stage.board.places[name]
    return QPointF(x + width / 2, y + height / 2)


def box_on(canvas: FlowCanvas, image: QImage, name: str) -> tuple[int, int, int, int]:
    x, y, width, height = canvas._viewer.stage.board.places[name]
    start = canvas._viewer.mapFromScene(QPointF(x, y)) * image.devicePixelRatio()
    end = canvas._viewer.mapFromScene(QPointF(x + width, y + height)) * image.devicePixelRatio()
    return start.x(), start.y(), end.x(), end.y()


def tile(canvas: FlowCanvas, image: QImage, name: str) -> str:
    """The colour that a card is known by, if it is to be seen in its box: its run state's, or its kind's."""
    left, top, right, bottom = box_on(canvas, image, name)
    kit, board = canvas._viewer.stage.kit, canvas._viewer.stage.board
    state = board.states.get(name)
    wanted = kit.run[state.run] if state is not None else kit.kind[board.cards[name].kind]
    step = max(1, (bottom - top) // 30)
    seen = {image.pixel(x, y) for x in range(left, right, step) for y in range(top, bottom, step)}
    return wanted.name() if any(_close(QColor(pixel), wanted) for pixel in seen) else ""


def ring(canvas: FlowCanvas, image: QImage, name: str) -> bool:
    """Whether a ring of the selection's colour surrounds a card."""
    left, top, right, _bottom = box_on(canvas, image, name)
    across = range((left + right) // 2 - 3, (left + right) // 2 + 3)
    accent = canvas._viewer.stage.kit.accent
    return any(_close(image.pixelColor(x, y), accent) for x in across for y in range(top - 4, top + 1))


def _close(one: QColor, other: QColor) -> bool:
    return all(abs(a - b) < 32 for a, b in zip(one.getRgb(), other.getRgb(), strict=True))
