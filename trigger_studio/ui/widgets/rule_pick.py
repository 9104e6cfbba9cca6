"""Which rule is meant: typed and picked from a list."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from trigger_studio.studio.document import Document
from trigger_studio.ui.widgets.dialogs import Question
from trigger_studio.ui.widgets.kit import Button

LIST_PX = 280


class RulePick(Question):
    """The rule that is to follow a step. Signals: `picked`, its id."""

    picked = Signal(str)

    def __init__(self, parent: QWidget, document: Document) -> None:
        super().__init__(
            parent,
            parent.tr("Which rule follows?"),
            parent.tr("It will listen for what the selected step raises, and no longer for what it listens for now."),
            Button(parent.tr("Let it follow"), role="primary"),
        )
        self.line = QLineEdit(placeholderText=self.tr("Search rules"), clearButtonEnabled=True)
        self.line.setAccessibleName(self.tr("Search rules"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Rules"))
        self.list.setMinimumHeight(LIST_PX)
        for rule_id in document.ids():
            item = QListWidgetItem(str((document.content(rule_id) or {}).get("name") or rule_id))
            item.setData(Qt.ItemDataRole.UserRole, rule_id)
            self.list.addItem(item)
        self.list.sortItems()
        self.list.setCurrentRow(0)
        self.inside.addWidget(self.line)
        self.inside.addWidget(self.list)
        self.line.textChanged.connect(self._filter)
        self.line.installEventFilter(self)
        self.list.itemActivated.connect(lambda _item: self.accept())
        self.list.currentItemChanged.connect(self._tell)
        self.accepted.connect(self._pick)
        self.line.setFocus()

    def _filter(self, text: str) -> None:
        sought = text.lower().split()
        items = [self.list.item(place) for place in range(self.list.count())]
        for item in items:
            item.setHidden(not all(word in item.text().lower() for word in sought))
        left = [item for item in items if not item.isHidden()]
        if left and self.list.item(self.list.currentRow()).isHidden():
            self.list.setCurrentItem(left[0])
        self.yes.setEnabled(bool(left))

    def _tell(self, item: QListWidgetItem | None) -> None:
        """A screen reader stays in the line; it is told there what Enter would pick."""
        self.line.setAccessibleDescription(item.text() if item is not None else "")

    def _pick(self) -> None:
        item = self.list.item(self.list.currentRow())
        if self.list.count() and not item.isHidden():
            self.picked.emit(str(item.data(Qt.ItemDataRole.UserRole)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                place = self.list.currentRow() + step
                while 0 <= place < self.list.count() and self.list.item(place).isHidden():
                    place += step
                if 0 <= place < self.list.count():
                    self.list.setCurrentRow(place)
                return True
        return super().eventFilter(watched, event)
