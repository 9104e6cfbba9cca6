"""All that a window says: the texts of its widgets, menus, lists and tables, and who of them has no name."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFileDialog,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QTabWidget,
    QWidget,
)

ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
MOST_ROWS = 60


def everywhere() -> list[QWidget]:
    """Every widget of every window; Qt's own file dialogs are Qt's to translate."""
    tops = [top for top in QApplication.topLevelWidgets() if not isinstance(top, QFileDialog)]
    return [widget for top in tops for widget in (top, *top.findChildren(QWidget))]


def texts(widget: QWidget) -> Iterator[str]:
    """All that a widget says."""
    yield from (widget.accessibleName(), widget.toolTip(), widget.accessibleDescription(), widget.windowTitle())
    yield widget.statusTip()
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(place) for place in range(widget.count()))
    elif isinstance(widget, QTabWidget):
        yield from (widget.tabText(place) for place in range(widget.count()))
    elif isinstance(widget, QGroupBox):
        yield widget.title()
    elif isinstance(widget, QMenu):
        for action in widget.actions():
            yield from (action.text(), action.toolTip(), action.statusTip())
    elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
        model = widget.model()
        yield from (str(model.headerData(place, Qt.Orientation.Horizontal) or "") for place in range(_columns(model)))
        yield from _cells(model, QModelIndex())


def _columns(model: QAbstractItemModel) -> int:
    first = model.index(0, 0)
    return 1 + sum(first.siblingAtColumn(place).isValid() for place in range(1, 12)) if first.isValid() else 0


def _cells(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    for place in range(MOST_ROWS):
        index = model.index(place, 0, parent)
        if not index.isValid():
            return
        for column in range(_columns(model)):
            cell = index.siblingAtColumn(column)
            yield from (str(cell.data(role) or "") for role in ROLES)
        if model.index(0, 0, index).isValid():
            yield from _cells(model, index)


def nameless() -> list[str]:
    """What takes the focus and has no name for a screen reader."""
    return [
        f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"
        for widget in everywhere()
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
        and not widget.objectName().startswith("qt_")
        and not _named_by_its_whole(widget)
    ]


def _named_by_its_whole(widget: QWidget) -> bool:
    """The line of a choice and the ground of a list are told of as one with what they belong to."""
    whole = widget.parentWidget()
    return isinstance(whole, QComboBox | QAbstractSpinBox | QAbstractScrollArea) and bool(whole.accessibleName())
