"""A bar of fields and buttons: side by side where there is room, else in two lines."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QWidget

from trigger_studio.ui.widgets.theme import Space


class Bar(QWidget):
    """Sets two groups of widgets side by side, or below each other where there is no room.

    `first` takes what room there is; in two lines it is the upper one.
    """

    def __init__(self, first: QLayout, second: QLayout) -> None:
        super().__init__()
        self._parts = (first, second)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(Space.S)
        self._box.addLayout(first, 1)
        self._box.addLayout(second)

    def minimumSizeHint(self) -> QSize:
        widths = [part.minimumSize().width() for part in self._parts]
        return QSize(max(widths), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = sum(part.sizeHint().width() for part in self._parts) + Space.S
        ways = QBoxLayout.Direction
        self._box.setDirection(ways.LeftToRight if self.width() >= needed else ways.TopToBottom)
