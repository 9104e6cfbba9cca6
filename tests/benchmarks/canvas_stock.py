"""The stock NodeGraphQt with the same shape of graph, a tenth of the size: opening takes the square of it."""

from __future__ import annotations

import time
from typing import Any

from NodeGraphQt import BaseNode, NodeGraph
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QApplication, QWidget

from tests.benchmarks.canvas_view import SIZE, frames
from tests.benchmarks.figures import Figure, latency

NODES = 500


class Step(BaseNode):  # type: ignore[misc]
    """A node with a way in and a way out."""

    __identifier__ = "bench"
    NODE_NAME = "Step"

    def __init__(self) -> None:
        super().__init__()
        self.add_input("in")
        self.add_output("out")


def figures(app: QApplication) -> list[Figure]:
    """Opening, panning, zooming, dragging and undoing on the stock classes."""
    started = time.perf_counter()
    graph = NodeGraph()
    graph.register_node(Step)
    widget: QWidget = graph.widget
    widget.resize(*SIZE)
    widget.show()
    nodes = _fill(graph)
    viewer = graph.viewer()
    viewer._scene_range = QRectF(0, 0, 1400, NODES // 5 * 180)
    viewer._update_scene()
    widget.grab()
    opened = [time.perf_counter() - started]
    node, view = nodes[NODES // 2], nodes[NODES // 2].view
    made = {
        "open to painted": opened,
        "full view: pan frame": frames(app, 20, lambda i: viewer._set_viewer_pan(12 if i // 5 % 2 else -12, 5)),
        "full view: full repaint": frames(app, 10, lambda _: viewer.viewport().repaint()),
        "full view: zoom step": frames(app, 10, lambda i: viewer._set_viewer_zoom(0.2 if i % 2 else -0.2, 0.0)),
        "drag frame": frames(app, 20, lambda i: view.setPos(view.pos().x() + 1, view.pos().y() + 1)),
        "undo or redo of one text": _undo(app, graph, node),
    }
    widget.close()
    return [latency(f"stock NodeGraphQt, {NODES} nodes: {name}", seconds) for name, seconds in made.items()]


def _fill(graph: Any) -> list[Any]:
    nodes: list[Any] = []
    for index in range(NODES):
        place = [(index % 5) * 260, (index // 5) * 180]
        nodes.append(graph.create_node("bench.Step", pos=place, selected=False, push_undo=False))
        if index % 5:
            nodes[-2].set_output(0, nodes[-1].input(0))
    return nodes


def _undo(app: QApplication, graph: Any, node: Any) -> list[float]:
    node.set_name("Another name")
    stack = graph.undo_stack()
    return frames(app, 10, lambda i: stack.redo() if i % 2 else stack.undo())
