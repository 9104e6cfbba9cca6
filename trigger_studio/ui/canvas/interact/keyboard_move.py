"""Moving cards by keys: each press a step at once, and one step of the document when the keys have rested."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer

if TYPE_CHECKING:
    from trigger_studio.ui.canvas.view.viewer import ChartViewer

STEP: Final = 20.0
"""In scene units."""
REST_MS: Final = 600
WAYS: Final = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip


class Nudge(QTimer):
    """Moves the selected cards of one viewer; `finish` tells where they stand without waiting for the rest."""

    def __init__(self, viewer: ChartViewer) -> None:
        super().__init__(viewer, singleShot=True, interval=REST_MS)
        self._viewer = viewer
        self._moved: set[str] = set()
        self.timeout.connect(self.finish)

    def move(self, key: Qt.Key) -> None:
        """One step, of every selected card."""
        places, selected = self._viewer.stage.board.places, self._viewer.stage.selected
        if self._moved - selected:
            self.finish()
        dx, dy = WAYS[key]
        self._moved = set(selected)
        there = {name: (places[name][0] + dx * STEP, places[name][1] + dy * STEP) for name in selected}
        self._viewer.place_cards(there)
        if self._viewer.stage.current in selected:
            self._viewer.bring_into_view(str(self._viewer.stage.current))
        self.start()

    def finish(self) -> None:
        """Tell the document, as the end of a drag does."""
        self.stop()
        moved, self._moved = self._moved & self._viewer.stage.board.places.keys(), set()
        if moved:
            self._viewer.end_drag(moved)
