"""The small window that a part of the sentence opens: choices to pick from, or the editor of one value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from trigger_studio.studio.form.entity_stats import Choice
from trigger_studio.ui.widgets.kit import Button, column, label, row
from trigger_studio.ui.widgets.plain import plain
from trigger_studio.ui.widgets.theme import Space

SEARCHED = 9
"""From so many choices on, they can be searched."""
MOST_ROWS = 9
WIDTH_PX = 280
VALUE = Qt.ItemDataRole.UserRole

Taken = Callable[[Any], None]


class ChoiceList(QWidget):
    """Choices to pick one of, searchable when they are many.

    Args:
        free: whether a text that is none of them may be picked as well.
    """

    def __init__(self, choices: Sequence[Choice], value: Any, taken: Taken, *, name: str, free: bool = False) -> None:
        super().__init__()
        self._taken, self._free = taken, free
        self.search = QLineEdit(placeholderText=self.tr("Search, or type another") if free else self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search"))
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self._take)
        self.search.setVisible(free or len(choices) >= SEARCHED)
        self.list = QListWidget()
        self.list.setAccessibleName(name)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for choice in choices:
            item = QListWidgetItem(choice.line, self.list)
            item.setData(VALUE, choice.value)
            item.setToolTip(plain(choice.line))
            if choice.value == value:
                self.list.setCurrentItem(item)
        rows = min(MOST_ROWS, max(1, len(choices)))
        self.list.setFixedHeight(rows * max(24, self.list.sizeHintForRow(0)) + 2 * self.list.frameWidth())
        self.list.itemClicked.connect(lambda _item: self._take())
        self.list.itemActivated.connect(lambda _item: self._take())
        self.search.installEventFilter(self)
        self.setLayout(column(self.search, self.list, gap=Space.XS))
        self.setFocusProxy(self.search if self.search.isVisibleTo(self) else self.list)

    def _narrow(self, text: str) -> None:
        shown = []
        for place in range(self.list.count()):
            item = self.list.item(place)
            item.setHidden(text.casefold() not in item.text().casefold())
            if not item.isHidden():
                shown.append(item)
        if shown and (self.list.currentRow() < 0 or self.list.currentItem().isHidden()):
            self.list.setCurrentItem(shown[0])

    def _take(self) -> None:
        item, text = self.list.currentItem(), self.search.text().strip()
        if self.list.currentRow() >= 0 and not item.isHidden():
            self._taken(item.data(VALUE))
        elif self._free and text:
            self._taken(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down go through the list while one types."""
        moves = (Qt.Key.Key_Down, Qt.Key.Key_Up)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in moves:
            by = 1 if event.key() == Qt.Key.Key_Down else -1
            rows = [r for r in range(self.list.count()) if not self.list.item(r).isHidden()]
            if rows:
                here = rows.index(self.list.currentRow()) if self.list.currentRow() in rows else -by
                self.list.setCurrentRow(rows[max(0, min(len(rows) - 1, here + by))])
            return True
        return super().eventFilter(watched, event)


class Popover(QFrame):
    """Stands below the part that opened it; Escape, or a click elsewhere, closes it and changes nothing."""

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "popover")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(title)
        self._title = label(title, "caption")

    def offer(self, choices: Sequence[Choice], value: Any, taken: Taken, *, free: bool = False) -> None:
        """Show choices; the one that is picked closes it."""
        self._show(ChoiceList(choices, value, self._closing(taken), name=self.accessibleName(), free=free))

    def edit(self, make: Callable[[Taken], QWidget], value: Any, taken: Taken) -> None:
        """Show an editor, made with whom to tell of changes; they count once it is done."""
        held = [value]

        def hold(given: Any) -> None:
            held[0] = given

        done = Button(self.tr("Done"), role="primary")
        done.clicked.connect(lambda: self._closing(taken)(held[0]))
        self._done = done
        self._show(make(hold), done)

    def _closing(self, taken: Taken) -> Taken:
        def close_and_take(value: Any) -> None:
            self.close()
            taken(value)

        return close_and_take

    def _show(self, editor: QWidget, done: Button | None = None) -> None:
        body = column(self._title, editor, gap=Space.S, margin=Space.M)
        if done is not None:
            body.addLayout(row(1, done))
        self.setLayout(body)
        self.setFixedWidth(WIDTH_PX)
        self.editor = editor

    def keyPressEvent(self, event: QKeyEvent) -> None:
        done = getattr(self, "_done", None)
        if done is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            done.click()
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def show_below(self, anchor: QWidget) -> None:
        """Show it below a widget, inside the screen."""
        self.adjustSize()
        place = anchor.mapToGlobal(QPoint(0, anchor.height() + 2))
        area = anchor.screen().availableGeometry()
        x = max(area.left(), min(place.x(), area.right() - self.width()))
        y = place.y() if place.y() + self.height() <= area.bottom() else place.y() - anchor.height() - self.height() - 4
        self.move(x, max(area.top(), y))
        self.show()
        first = self.editor.focusProxy() or self.editor
        if first.focusPolicy() == Qt.FocusPolicy.NoFocus:
            first = next(
                (w for w in self.editor.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus), first
            )
        first.setFocus(Qt.FocusReason.PopupFocusReason)
