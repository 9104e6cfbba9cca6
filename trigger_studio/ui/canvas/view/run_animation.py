"""The one thing on the canvas that moves by itself: the sign of a card where something runs, turning slowly.

Its timer runs only while such a card is on screen; a frame repaints no more than those signs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from trigger_studio.studio.chart.chart import Run
from trigger_studio.ui.canvas.render.render_context import PHASES, RenderContext
from trigger_studio.ui.canvas.view.detail_renderer import DetailRenderer
from trigger_studio.ui.widgets import reduce_motion

BEAT_MS: Final = 100


class Pulse(QTimer):
    """Turns the signs of the near view's running cards.

    Args:
        repaint: has a card's sign painted again, by the card's id.
    """

    def __init__(
        self, view: QWidget, stage: RenderContext, near: DetailRenderer, repaint: Callable[[str], None]
    ) -> None:
        super().__init__(view, interval=BEAT_MS)
        self._view, self._stage, self._near, self._repaint = view, stage, near, repaint
        self.timeout.connect(self._beat)

    def painted(self) -> None:
        """A frame was painted; begin if something that runs was in it."""
        if self._stage.turning and not self.isActive() and not reduce_motion.reduced():
            self.start()
        self._stage.turning = False

    def _beat(self) -> None:
        states = self._stage.board.states
        running = [name for name in self._near.cards if name in states and states[name].run is Run.RUNNING]
        if not running or reduce_motion.reduced() or not self._view.isVisible() or self._view.window().isMinimized():
            self.stop()
            return
        self._stage.phase = (self._stage.phase + 1) % PHASES
        for name in running:
            self._repaint(name)
