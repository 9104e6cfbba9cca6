"""The flowchart canvas at 1,000 rules of five cards, beside the stock NodeGraphQt with the same nodes and pipes."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

from PySide6.QtCore import QPoint, QRectF
from PySide6.QtWidgets import QApplication, QWidget

from tests.benchmarks.figures import Figure, latency
from tests.benchmarks.places import Places
from tests.ui.charts import large
from trigger_studio.ui import theme
from trigger_studio.ui.canvas.canvas import FlowCanvas
from trigger_studio.ui.canvas.chart import Chart

RULES = 1000
SIZE = (1600, 1000)
STOCK_NODES = 500
"""The stock graph at full size takes minutes to open; at a tenth, its figures show the distance well enough."""


def benchmark(places: Places) -> list[Figure]:
    """Opening, panning, zooming and dragging, one frame each."""
    del places
    app = QApplication([])
    theme.install(app, theme.Mode.DARK)
    chart = large(RULES)
    figures = [_opening(app, chart), _opening(app, large(10 * RULES), "50,000 cards: open to painted")]
    canvas = _shown(app)
    canvas.set_chart(chart)
    figures += _far(app, canvas) + _near(app, canvas)
    canvas.close()
    return figures + _stock(app)


def _shown(app: QApplication) -> FlowCanvas:
    canvas = FlowCanvas()
    canvas.resize(*SIZE)
    canvas.show()
    app.processEvents()
    return canvas


def _opening(app: QApplication, chart: Chart, name: str = "5,000 cards: open to painted") -> Figure:
    seconds = []
    for _ in range(5):
        canvas = _shown(app)
        gc.collect()
        started = time.perf_counter()
        canvas.set_chart(chart)
        canvas.grab()
        seconds.append(time.perf_counter() - started)
        canvas.close()
    return latency(name, seconds)


def _frames(app: QApplication, count: int, step: Callable[[int], object]) -> list[float]:
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
    pan = _frames(app, 100, lambda i: view.camera.pan(QPoint(12 if i // 20 % 2 else -12, 5)))
    whole = _frames(app, 40, lambda _: view.viewport().repaint())
    zoom = _frames(app, 40, lambda i: view.camera.zoom_by(1.19 if i // 4 % 2 else 1 / 1.19))
    return [
        latency("full view: pan frame", pan),
        latency("full view: full repaint", whole),
        latency("full view: zoom step", zoom),
    ]


def _near(app: QApplication, canvas: FlowCanvas) -> list[Figure]:
    view = canvas._viewer
    canvas.centre_on("r120:2")
    _frames(app, 40, lambda _: view.viewport().repaint())  # until every sprite is there
    whole = _frames(app, 40, lambda _: view.viewport().repaint())
    pan = _frames(app, 200, lambda _: view.camera.pan(QPoint(23, 17)))
    canvas.centre_on("r120:2")
    _frames(app, 40, lambda _: view.viewport().repaint())
    x, y = view.stage.board.places["r120:2"][:2]
    drag = _frames(app, 100, lambda i: view.place_cards({"r120:2": (x + i, y + i)}))
    return [
        latency("near: full repaint", whole),
        latency("near: pan frame with new cards", pan),
        latency("near: drag frame", drag),
    ]


def _stock(app: QApplication) -> list[Figure]:
    """The same shape of graph on the stock classes, a tenth of the size."""
    from NodeGraphQt import BaseNode, NodeGraph  # after the canvas has put the slim Qt module in place

    class Step(BaseNode):  # type: ignore[misc]
        __identifier__ = "bench"
        NODE_NAME = "Step"

        def __init__(self) -> None:
            super().__init__()
            self.add_input("in")
            self.add_output("out")

    started = time.perf_counter()
    graph = NodeGraph()
    graph.register_node(Step)
    widget: QWidget = graph.widget
    widget.resize(*SIZE)
    widget.show()
    before = None
    for index in range(STOCK_NODES):
        place = [(index % 5) * 260, (index // 5) * 180]
        node = graph.create_node("bench.Step", pos=place, selected=False, push_undo=False)
        if before is not None and index % 5:
            before.set_output(0, node.input(0))
        before = node
    viewer = graph.viewer()
    viewer._scene_range = QRectF(0, 0, 1400, STOCK_NODES // 5 * 180)
    viewer._update_scene()
    widget.grab()
    opened = [time.perf_counter() - started]
    pan = _frames(app, 20, lambda i: viewer._set_viewer_pan(12 if i // 5 % 2 else -12, 5))
    widget.close()
    return [
        latency(f"stock NodeGraphQt, {STOCK_NODES} nodes: open to painted", opened),
        latency(f"stock NodeGraphQt, {STOCK_NODES} nodes: full view, pan frame", pan),
    ]
