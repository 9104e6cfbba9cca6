"""The tree in the list of rules: several can be selected, and one can be dragged before or after another."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem

from trigger_studio.ui.widgets.theme import Space

ID = Qt.ItemDataRole.UserRole


class RuleTree(QTreeWidget):
    """The list of rules as a tree in which rows can be dragged.

    Signals: `dropped`, a rule goes before (or, if True, after) another one of its group.
    """

    dropped = Signal(str, str, bool)

    def __init__(self) -> None:
        super().__init__(headerHidden=True, indentation=Space.M, uniformRowHeights=False)
        self.setAccessibleName(self.tr("Rules"))
        self.setAccessibleDescription(self.tr("Alt+Up and Alt+Down change which rule goes first."))
        self.setRootIsDecorated(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)

    def selected_ids(self) -> list[str]:
        """The selected rules, from top to bottom."""
        chosen = self.selectedItems()
        return [str(item.data(0, ID)) for item in self.rules() if item in chosen]

    def rules(self) -> list[QTreeWidgetItem]:
        """Every rule's row, from top to bottom."""
        groups = [self.topLevelItem(index) for index in range(self.topLevelItemCount())]
        return [group.child(index) for group in groups if group is not None for index in range(group.childCount())]

    def _goal(self, at: QPoint) -> tuple[str, str, bool] | None:
        """The dragged rule, the one under the mouse, and whether it goes after that; None where it cannot go."""
        dragged, under = self.currentIndex(), self.indexAt(at)
        if not dragged.data(ID) or not under.data(ID) or dragged == under or dragged.parent() != under.parent():
            return None
        return str(dragged.data(ID)), str(under.data(ID)), at.y() > self.visualRect(under).center().y()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)  # draws the line between the rows
        if event.source() is not self or self._goal(event.position().toPoint()) is None:
            event.ignore()
        else:
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        goal = self._goal(event.position().toPoint()) if event.source() is self else None
        event.setDropAction(Qt.DropAction.CopyAction)  # the list is filled anew by what the document says
        event.accept()
        if goal is not None:
            self.dropped.emit(*goal)
        self.setState(QAbstractItemView.State.NoState)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        way = ways.get(Qt.Key(event.key())) if event.modifiers() == Qt.KeyboardModifier.AltModifier else None
        here = self.currentIndex()
        if way is None or not here.data(ID):
            super().keyPressEvent(event)
            return
        there = here.siblingAtRow(here.row() + way)
        if there.isValid():
            self.dropped.emit(str(here.data(ID)), str(there.data(ID)), way > 0)
