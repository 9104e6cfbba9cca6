"""The flowchart editor at 1,000 rules of five cards, figure by figure with its goal, beside the stock NodeGraphQt.

Offscreen, on one core. `TIMES` a step is repeated; the goal stands beside each figure, as median or as median / p95.
"""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from tests.benchmarks import canvas_layout, canvas_stock, canvas_view, canvas_window
from tests.benchmarks.figures import Figure
from tests.benchmarks.places import Places
from trigger_studio.ui.widgets import dressing


def benchmark(places: Places) -> list[Figure]:
    """Opening, panning, zooming, dragging, laying out, undoing, starting, and the stock classes' part of it."""
    app = QApplication([])
    dressing.install(app, dressing.Mode.DARK)
    figures = canvas_view.figures(app)
    figures += canvas_layout.figures()
    figures += canvas_window.figures(app, places)
    return figures + canvas_stock.figures(app)
