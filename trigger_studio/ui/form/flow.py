"""A layout that sets widgets like words of a text: in lines, broken where there is no room."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

LINE_GAP_PX = 2
LEAST_PX = 16


class FlowLayout(QLayout):
    """See the module. `gap`: between words, in pixels; widgets added with `glued` stand close to the one before."""

    def __init__(self, parent: QWidget, gap: int) -> None:
        super().__init__(parent)
        self._gap = gap
        self._items: list[QLayoutItem] = []
        self._glued: list[bool] = []
        self._sizes: list[QSize] = []
        self._heights: dict[int, int] = {}
        self.setContentsMargins(0, 0, 0, 0)

    def add(self, widget: QWidget, glued: bool) -> None:
        """Add a widget at the end."""
        self._glued.append(glued)
        self.addWidget(widget)

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

    def _measured(self) -> list[QSize]:
        if len(self._sizes) != len(self._items):
            self._sizes = [item.sizeHint() for item in self._items]
        return self._sizes

    def _line(self) -> int:
        """The height of a line."""
        return max((size.height() for size in self._measured()), default=0)

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
        for word in self._words():
            width = sum(sizes[at].width() for at in word)
            if x and x + width > rect.width():
                x, y = 0, y + line + LINE_GAP_PX
            for at in word:
                size = sizes[at]
                room = min(size.width(), max(LEAST_PX, rect.width() - x))
                if place:
                    drop = (line - size.height()) // 2
                    self._items[at].setGeometry(QRect(rect.topLeft() + QPoint(x, y + drop), QSize(room, size.height())))
                x += room
            x += self._gap
        return y + line
