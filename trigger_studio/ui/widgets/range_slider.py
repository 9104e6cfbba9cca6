"""A slider with one end or both ends of a range; what counts is coloured."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from trigger_studio.ui.widgets.theme import tokens_of

LOW, HIGH = 0, 1
HANDLE_PX = 14
GROOVE_PX = 4
MOST_TICKS = 12


class RangeSlider(QWidget):
    """Steps from 0 to `last`; an end that is not among `ends` stays where the range ends.

    Left and right move the end that was moved last, space takes the other one. Signals: `moved`, with both ends.
    """

    moved = Signal(int, int)

    def __init__(self, last: int, low: int, high: int, ends: tuple[int, ...] = (LOW, HIGH)) -> None:
        super().__init__()
        self.ends = ends
        self._last = max(1, last)
        self._at = [0, self._last]
        for end, step in ((LOW, low), (HIGH, high)):
            if end in ends:
                self._at[end] = max(0, min(self._last, step))
        self._held = ends[0]
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def at(self, end: int) -> int:
        """The step an end stands at."""
        return self._at[end]

    def put(self, end: int, step: int) -> None:
        """Move an end without telling; the other one gives way."""
        step = max(0, min(self._last, step))
        self._at[end] = step
        if len(self.ends) == 2:
            other = 1 - end
            self._at[other] = max(step, self._at[other]) if end == LOW else min(step, self._at[other])
        self.update()

    def _move(self, step: int) -> None:
        before = list(self._at)
        self.put(self._held, step)
        if before != self._at:
            self.moved.emit(*self._at)

    # Qt

    def sizeHint(self) -> QSize:
        return QSize(120, HANDLE_PX + 12)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, HANDLE_PX + 12)

    def _x(self, step: int) -> float:
        return HANDLE_PX / 2 + 1 + (self.width() - HANDLE_PX - 2) * step / self._last

    def _step(self, x: float) -> int:
        return round((x - HANDLE_PX / 2 - 1) / max(1, self.width() - HANDLE_PX - 2) * self._last)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        away = {end: abs(self._x(self._at[end]) - x) for end in self.ends}
        nearest = min(away, key=lambda end: away[end])
        if len(away) == 2 and away[LOW] == away[HIGH]:
            nearest = LOW if x < self._x(self._at[LOW]) else HIGH
        self._held = nearest
        self._move(self._step(x))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._move(self._step(event.position().x()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        far = max(1, self._last // 10)
        by = {
            Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1,
            Qt.Key.Key_PageDown: -far, Qt.Key.Key_PageUp: far, Qt.Key.Key_Home: -self._last, Qt.Key.Key_End: self._last,
        }.get(Qt.Key(event.key()))  # fmt: skip
        if by is not None:
            self._move(self._at[self._held] + by)
        elif event.key() == Qt.Key.Key_Space and len(self.ends) == 2:
            self._held = 1 - self._held
            self.update()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(self.palette())
        accent = QColor(tokens.accent)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        low, high = self._x(self._at[LOW]), self._x(self._at[HIGH])
        painter.setPen(Qt.PenStyle.NoPen)
        for left, right, colour in ((self._x(0), self._x(self._last), QColor(tokens.line_strong)), (low, high, accent)):
            painter.setBrush(colour)
            painter.drawRoundedRect(QRectF(left, middle - GROOVE_PX / 2, right - left, GROOVE_PX), 2, 2)
        if self._last <= MOST_TICKS:
            painter.setBrush(QColor(tokens.faint))
            for step in range(self._last + 1):
                painter.drawEllipse(QPointF(self._x(step), middle + HANDLE_PX / 2 + 2), 1, 1)
        for end in self.ends:
            held = self.hasFocus() and end == self._held
            painter.setPen(QPen(accent, 2))
            painter.setBrush(accent if held else QColor(tokens.surface))
            painter.drawEllipse(QPointF(self._x(self._at[end]), middle), HANDLE_PX / 2 - 1, HANDLE_PX / 2 - 1)
        painter.end()
