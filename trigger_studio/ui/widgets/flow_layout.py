"""A layout that sets widgets like words of a text: in lines, broken where there is no room."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from trigger_studio.ui.widgets.kit import laid_once

LINE_GAP_PX = 2
LEAST_PX = 16


class FlowLayout(QLayout):
    """Sets widgets in lines, like words.

    `gap`: between words, in pixels; widgets added with `glued` stand close to the one before.
    """

    def __init__(self, parent: QWidget, gap: int) -> None:
        super().__init__(parent)
        self._gap = gap
        self._items: list[QLayoutItem] = []
        self._glued: list[bool] = []
        self._sizes: list[tuple[int, int]] = []
        self._heights: dict[int, int] = {}
        self.setContentsMargins(0, 0, 0, 0)

    def add(self, widget: QWidget, glued: bool) -> None:
        """Add a widget at the end."""
        self._glued.append(glued)
        self.addWidget(widget)

    def put(self, widgets: list[tuple[QWidget, bool]]) -> None:
        """Hold these widgets, in this order; those that are in it already stay what they are."""
        known = {item.widget(): item for item in self._items}
        self._items, self._glued = [], []
        with laid_once(self):
            for widget, glued in widgets:
                item = known.get(widget)
                if item is None:
                    self.add(widget, glued)
                    widget.show()
                else:
                    self._items.append(item)
                    self._glued.append(glued)

    # QLayout

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        if not 0 <= index < len(self._items):
            return None
        del self._glued[index]
        return self._items.pop(index)

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), place=False)
        return self._heights[width]

    def invalidate(self) -> None:
        self._sizes = []
        self._heights = {}
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        return QSize(0, self._line())

    # inside

    def _measured(self) -> list[tuple[int, int]]:
        """Width and height of each."""
        if len(self._sizes) != len(self._items):
            self._sizes = [item.sizeHint().toTuple() for item in self._items]
        return self._sizes

    def _line(self) -> int:
        """The height of a line."""
        return max((height for _width, height in self._measured()), default=0)

    def _words(self) -> Iterator[list[int]]:
        """Places of widgets that stay together in a line."""
        word: list[int] = []
        for place, glued in enumerate(self._glued):
            if word and not glued:
                yield word
                word = []
            word.append(place)
        if word:
            yield word

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        """Set the words in lines; returns the height."""
        x, y = 0, 0
        line, sizes = self._line(), self._measured()
        left, top, most = rect.left(), rect.top(), rect.width()
        for word in self._words():
            width = sum(sizes[at][0] for at in word)
            if x and x + width > most:
                x, y = 0, y + line + LINE_GAP_PX
            for at in word:
                wide, high = sizes[at]
                room = min(wide, max(LEAST_PX, most - x))
                if place:
                    self._items[at].setGeometry(QRect(left + x, top + y + (line - high) // 2, room, high))
                x += room
            x += self._gap
        return y + line
