"""What the canvas's own painting and indexing cost, frame by frame."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from tests.benchmarks.figures import Figure, latency
from tests.support.chains import PROFILE, chain_rules
from tests.ui.charts import large
from trigger_studio.analysis.graph.chain_graph import chain_graph
from trigger_studio.analysis.layout.layout import layout
from trigger_studio.gc_control import collector_paused
from trigger_studio.studio.chart.chart import Chart
from trigger_studio.studio.chart.projection import chart_of
from trigger_studio.ui.canvas.view.canvas import FlowCanvas

RULES = 1000
SIZE = (1600, 1000)


def figures(app: QApplication) -> list[Figure]:
    """Opening, and the frames of every movement, near and far."""
    chart = _studio_chart()
    made = [
        _opening(app, chart, "5,000 cards: open to painted, windowed", "50"),
        _opening_all(app, chart),
        _opening(app, large(10 * RULES), "50,000 cards: open to painted", "500"),
    ]
    canvas = shown(app)
    canvas.set_chart(chart)
    made += _far(app, canvas) + _near(app, canvas)
    canvas.close()
    return made


def _studio_chart() -> Chart:
    """1,000 rules in chains of five, 5,000 cards, as a studio has them, with their places."""
    graph = chain_graph(chain_rules(RULES), PROFILE)
    return chart_of(graph, layout(graph))


def shown(app: QApplication) -> FlowCanvas:
    """An empty canvas on the screen that is none."""
    canvas = FlowCanvas()
    canvas.resize(*SIZE)
    canvas.show()
    app.processEvents()
    return canvas


def _opening(app: QApplication, chart: Chart, name: str, goal: str) -> Figure:
    seconds = []
    for _ in range(7):
        canvas = shown(app)
        gc.collect()
        started = time.perf_counter()
        with collector_paused():  # as the window does
            canvas.set_chart(chart)
        canvas._viewer.viewport().repaint()
        seconds.append(time.perf_counter() - started)
        canvas.close()
    return latency(name, seconds, goal=goal)


def _opening_all(app: QApplication, chart: Chart) -> Figure:
    """With an item for every card, wire and frame, as if all were near, and painted."""
    seconds = []
    for _ in range(5):
        canvas = shown(app)
        view = canvas._viewer
        gc.collect()
        started = time.perf_counter()
        with collector_paused():
            canvas.set_chart(chart)
            view.near.show(view.stage.board.bounds())
        view.viewport().repaint()
        seconds.append(time.perf_counter() - started)
        canvas.close()
    return latency("5,000 cards: open to painted, all objects", seconds, goal="350")


def frames(app: QApplication, count: int, step: Callable[[int], object]) -> list[float]:
    """Seconds of each frame: the step, and the painting that it causes."""
    seconds = []
    for index in range(count):
        started = time.perf_counter()
        step(index)
        app.processEvents()
        seconds.append(time.perf_counter() - started)
    return seconds


def _far(app: QApplication, canvas: FlowCanvas) -> list[Figure]:
    view = canvas._viewer
    canvas.zoom_to_fit()
    app.processEvents()
    pan = frames(app, 100, lambda i: view.camera.pan(QPoint(12 if i // 20 % 2 else -12, 5)))
    whole = frames(app, 40, lambda _: view.viewport().repaint())
    zoom = frames(app, 40, lambda i: view.camera.zoom_by(1.19 if i // 4 % 2 else 1 / 1.19))
    return [
        latency("full view: pan frame", pan, goal="2 / 8"),
        latency("full view: full repaint", whole, goal="6"),
        latency("full view: zoom step", zoom, goal="6"),
    ]


def _near(app: QApplication, canvas: FlowCanvas) -> list[Figure]:
    view = canvas._viewer
    card = sorted(view.stage.board.cards)[600]
    canvas.centre_on(card)
    frames(app, 40, lambda _: view.viewport().repaint())  # until every sprite is there
    whole = frames(app, 40, lambda _: view.viewport().repaint())
    pan = frames(app, 200, lambda i: view.camera.pan(QPoint(23, 17 if i // 40 % 2 else -17)))
    canvas.centre_on(card)
    frames(app, 40, lambda _: view.viewport().repaint())
    x, y = view.stage.board.places[card][:2]
    drag = frames(app, 100, lambda i: view.place_cards({card: (x + i, y + i)}))
    return [
        latency("near: full repaint", whole),
        latency("near: pan frame with new cards", pan, goal="6 / 10"),
        latency("near: drag frame", drag, goal="2"),
    ]
