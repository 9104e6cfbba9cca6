"""Something to do once, soon: when all that is being done now is through, and before anything is painted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer

DUE: Final = QEvent.Type(QEvent.registerEventType())


class Soon(QObject):
    """Calls `work` once for however many times it was asked for.

    An event rather than a timer of no time: Qt deals with events before it paints, with timers after, so that what is
    done shows in the same picture as what led to it.
    """

    def __init__(self, parent: QObject, work: Callable[[], object]) -> None:
        super().__init__(parent)
        self._work = work
        self._due = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._do)

    def start(self, delay_ms: int = 0) -> None:
        """Do it, after a delay if there is one; asked again, it is the new delay that counts."""
        if delay_ms:
            self._due = False
            self._timer.start(delay_ms)
            return
        self._timer.stop()
        if not self._due:
            self._due = True
            QCoreApplication.postEvent(self, QEvent(DUE))

    def stop(self) -> None:
        """Do not."""
        self._due = False
        self._timer.stop()

    def isActive(self) -> bool:
        """Whether it is still to be done."""
        return self._due or self._timer.isActive()

    def event(self, event: QEvent) -> bool:
        if event.type() == DUE:
            if self._due:
                self._do()
            return True
        return super().event(event)

    def _do(self) -> None:
        self._due = False
        self._work()
