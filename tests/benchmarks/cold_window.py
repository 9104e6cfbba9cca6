"""``python -m tests.benchmarks.cold_window URL``: opens the window as a person does, and ends once all is painted."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from trigger_studio.app import launch
from trigger_studio.app.main import main as program

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from trigger_studio.ui.canvas.view.viewer import ChartViewer
    from trigger_studio.ui.shell.window import MainWindow


def main(url: str) -> None:
    """Run the program until its canvas has painted cards; leaves at once, for nothing is to be put away."""
    build = launch.build

    def watched(*args: Any, **options: Any) -> MainWindow:
        from trigger_studio.ui.canvas.view.viewer import ChartViewer

        paint = ChartViewer.paintEvent

        def painted(viewer: ChartViewer, event: QPaintEvent) -> None:
            paint(viewer, event)
            if viewer.stage.board.cards:
                os._exit(0)

        setattr(ChartViewer, "paintEvent", painted)  # noqa: B010  # for this one process
        return build(*args, **options)

    setattr(launch, "build", watched)  # noqa: B010  # likewise; nothing is imported sooner than by the program itself
    sys.exit(program(["--db", url]))  # whoever gets here has painted nothing


if __name__ == "__main__":
    main(sys.argv[1])
