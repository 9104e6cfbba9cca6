"""``python -m tests.benchmarks.cold_window URL``: opens the window as a person does, and ends once all is painted."""

from __future__ import annotations

import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main(url: str) -> None:
    """Run the window until its canvas has painted cards; leaves at once, for nothing is to be put away."""
    from PySide6.QtGui import QPaintEvent

    from trigger_studio.app import launch
    from trigger_studio.ui import qtshim

    qtshim.install()
    from trigger_studio.ui.canvas.viewer import ChartViewer

    paint = ChartViewer.paintEvent

    def painted(viewer: ChartViewer, event: QPaintEvent) -> None:
        paint(viewer, event)
        if viewer.stage.board.cards:
            os._exit(0)

    setattr(ChartViewer, "paintEvent", painted)  # noqa: B010  # for this one process
    launch.run(url)


if __name__ == "__main__":
    main(sys.argv[1])
