"""Conditions put in another order, with the mouse by their grip or with Alt and the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QWidget

from trigger_studio.studio.form.grouping import can_move
from trigger_studio.studio.paths import Path, path_of, text_of
from trigger_studio.ui.inspector.form import Form

GRIP_PX = 16


class Grip(QLabel):
    """What a condition or a box is held by; without one where nothing can be moved."""

    def __init__(self, form: Form, path: Path) -> None:
        movable = can_move(form.content, path, -1) or can_move(form.content, path, 1)
        super().__init__("⠿" if movable else "")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._form, self._path = form, path
        self._line: QFrame | None = None
        self.setFixedWidth(GRIP_PX)
        self.setProperty("role", "grip")
        self.setEnabled(movable)
        if movable:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
            self.setToolTip(self.tr("Drag to another place, or press Alt+Up and Alt+Down"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        parent = self._row().parentWidget()
        if parent is not None:
            self._line = QFrame(parent)
            self._line.setProperty("role", "drop")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._line is not None:
            rows, place = self._rows(), self._target(event)
            after = place > int(self._path[-1])
            mark = rows[place].geometry()
            y = mark.bottom() + 2 if after else mark.top() - 4
            self._line.setGeometry(mark.left(), y, mark.width(), 2)
            self._line.setVisible(place != self._path[-1])
            self._line.raise_()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._line is None:
            return
        by = self._target(event) - int(self._path[-1])
        self._line.deleteLater()
        self._line = None
        if by:
            self._form.move(self._path, by)

    def _row(self) -> QWidget:
        parent = self.parentWidget()
        while parent is not None and parent.property("path") != text_of(self._path):
            parent = parent.parentWidget()
        return parent or self

    def _rows(self) -> list[QWidget]:
        """This row and its siblings, by their places."""
        around = self._row().parentWidget()
        found = {}
        for child in around.children() if around is not None else ():
            if isinstance(child, QWidget) and (text := child.property("path")):
                path = path_of(text)
                if path[:-1] == self._path[:-1]:
                    found[int(path[-1])] = child
        return [found[place] for place in sorted(found)]

    def _target(self, event: QMouseEvent) -> int:
        """The place where the row would come to stand."""
        around = self._row().parentWidget() or self
        y = self.mapTo(around, event.position().toPoint()).y()
        middles = [row.geometry().center().y() for row in self._rows()]
        here = int(self._path[-1])
        above = sum(1 for place, middle in enumerate(middles) if place < here and middle < y)
        below = sum(1 for place, middle in enumerate(middles) if place > here and middle < y)
        return above + below

    def centre(self) -> QPoint:
        """Its middle, for whoever points at it."""
        return self.rect().center()


def listen(page: QWidget, form: Form) -> None:
    """Move the condition that has the focus by Alt and an arrow key."""
    for key, by in (("Alt+Up", -1), ("Alt+Down", 1)):
        shortcut = QShortcut(QKeySequence(key), page, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda by=by: _move_focused(form, by))


def _move_focused(form: Form, by: int) -> None:
    widget = QApplication.focusWidget()
    while widget is not None:
        text = widget.property("path")
        if text and can_move(form.content, path_of(text), by):
            form.move(path_of(text), by)
            return
        widget = widget.parentWidget()
