"""One table for the log, the jobs, the gates and the audit trail: rows of values, a state's dot, the selection kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from trigger_studio.frozen import frozen
from trigger_studio.model.i18n import tr
from trigger_studio.ui.widgets.plain import plain
from trigger_studio.ui.widgets.theme import Tokens, tokens_of

ROW_PX = 28
Index = QModelIndex | QPersistentModelIndex

STATE_INKS = {
    "running": "running", "submitted": "running", "waiting": "waiting", "held": "waiting", "timed_out": "failed",
    "done": "done", "completed": "done", "approved": "done", "alive": "done", "silent": "failed",
    "failed": "failed", "refused": "refused", "open": "done", "full": "waiting",
}  # fmt: skip
"""Colour of each state's dot; a problem is never told by the colour alone."""


@frozen
class Column:
    """A column: its title, what it shows of a row, its width (0: what is left), whether it shows a state's dot.

    Attributes:
        room: hidden where the table is narrower than this.
    """

    title: str
    text: Callable[[Any], str]
    width: int = 0
    state: bool = False
    room: int = 0


class Rows(QAbstractTableModel):
    """Rows of values by key."""

    def __init__(self, columns: Sequence[Column], key: Callable[[Any], Any]) -> None:
        super().__init__()
        self.columns = columns
        self.key = key
        self.rows: list[Any] = []
        self.dots: dict[str, QIcon] = {}

    def put(self, rows: Sequence[Any]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            text = column.text(self.rows[index.row()])
            text = " · ".join(map(tr, text.split(" · "))) if column.state else text
            return plain(text) if role == Qt.ItemDataRole.ToolTipRole else text
        if role == Qt.ItemDataRole.DecorationRole and column.state:
            return self.dots.get(STATE_INKS.get(column.text(self.rows[index.row()]).split(" ")[0], "refused"))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return None


class Table(QTableView):
    """A quiet table. Signals: `chosen`, a row (None for none) was selected by a person.

    Args:
        columns: from left to right.
        name: for screen readers.
        key: what tells a row from the others.
        follows: the newest row is the last, and stays in view until a person scrolls away from it.
    """

    chosen = Signal(object)

    def __init__(
        self, columns: Sequence[Column], *, name: str, key: Callable[[Any], Any], follows: bool = True
    ) -> None:
        super().__init__()
        self._quiet = False
        self.content = Rows(columns, key)
        self.setModel(self.content)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_PX)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(40)
        for place, column in enumerate(columns):
            if column.width:
                self.setColumnWidth(place, column.width)
            else:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self._at_end = follows
        if follows:
            bar = self.verticalScrollBar()
            bar.valueChanged.connect(lambda value: setattr(self, "_at_end", value >= bar.maximum()))
            bar.rangeChanged.connect(lambda _least, most: bar.setValue(most) if self._at_end else None)
        self._dress()

    def put(self, rows: Sequence[Any]) -> None:
        """Show these rows; the selected one stays selected, and the end stays in view if it was."""
        bar = self.verticalScrollBar()
        at_end, place = self._at_end, bar.value()
        selected = self.selected()
        self._quiet = True
        self.content.put(rows)
        if selected is not None:
            self._select(self.content.key(selected))
        self._quiet = False
        if at_end:
            self.scrollToBottom()
        else:
            bar.setValue(place)
        self._at_end = at_end

    def selected(self) -> Any:
        """The selected row, None for none."""
        place = self.currentIndex().row()
        return self.content.rows[place] if 0 <= place < len(self.content.rows) else None

    def select(self, key: Any) -> bool:
        """Select a row as if a person had; returns whether there is such a row."""
        found = self._select(key)
        if found:
            self.scrollTo(self.currentIndex())
        return found

    def _select(self, key: Any) -> bool:
        for place, item in enumerate(self.content.rows):
            if self.content.key(item) == key:
                self.setCurrentIndex(self.content.index(place, 0))
                return True
        return False

    def _moved(self, *_: object) -> None:
        if not self._quiet:
            self.chosen.emit(self.selected())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for place, column in enumerate(self.content.columns):
            self.setColumnHidden(place, self.width() < column.room)

    def changeEvent(self, event: Any) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.PaletteChange and hasattr(self, "content"):
            self._dress()

    def _dress(self) -> None:
        tokens = tokens_of(self.palette())
        self.content.dots = {ink: dot(tokens, ink) for ink in {*STATE_INKS.values(), "refused"}}
        self.viewport().update()


def dot(tokens: Tokens, ink: str) -> QIcon:
    """A state's dot."""
    pixmap = QPixmap(20, 20)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(getattr(tokens, ink)))
    painter.drawEllipse(1, 1, 8, 8)
    painter.end()
    return QIcon(pixmap)
