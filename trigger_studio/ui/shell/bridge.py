"""From the engine's thread to the window's: one queued, throttled signal."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trigger_studio.engine.state import State

THROTTLE_MS = 120


class Bridge(QObject):
    """Listens to an engine and tells the window, at most once every `THROTTLE_MS`, that there is something to read.

    Signals:
        changed: the engine's state and its detail, as they are now.
    """

    changed = Signal(State, str)
    _heard = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._latest = (State.STOPPED, "")
        self._queued = False
        self._timer = QTimer(self, singleShot=True, interval=THROTTLE_MS)
        self._timer.timeout.connect(self._tell)
        self._heard.connect(self._wake)  # queued by itself when it comes from another thread

    def listen(self, state: State, detail: str) -> None:
        """The engine's listener; called on the engine's thread."""
        with self._lock:
            self._latest = (state, detail)
            if self._queued:
                return
            self._queued = True
        self._heard.emit()

    @Slot()
    def _wake(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _tell(self) -> None:
        with self._lock:
            self._queued = False
            state, detail = self._latest
        self.changed.emit(state, detail)

    def close(self) -> None:
        """Say no more."""
        self._timer.stop()
        self.blockSignals(True)
