"""The command palette (Ctrl+K): one line to type in, and all that it finds, best first; the keyboard does it all."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QFont, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from trigger_studio.model.i18n import tr
from trigger_studio.studio.search.search import Hit, Search
from trigger_studio.ui.shell.commands import COMMANDS
from trigger_studio.ui.widgets import icons
from trigger_studio.ui.widgets.kit import card, column, label, row
from trigger_studio.ui.widgets.theme import Space, Type, tokens_of

WIDTH_PX, LIST_PX, TOP_PX = 680, 420, 96
TITLE_PX, WHY_PX = 30, 48
ICON_PX = 16
HIT = Qt.ItemDataRole.UserRole
TAIL, ICON = Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2
KIND_ICONS = {"rule": "graph", "gate": "person", "job": "job"}
COMMAND_ICONS = {command.id: command.icon for command in COMMANDS}


class CommandPalette(QDialog):
    """A line to type in over a list of what it finds.

    Args:
        parent: the window.
        search: finds.
        actions: of the commands, by id; a chosen one is triggered.
        go: goes to what is no command.
    """

    def __init__(self, parent: QWidget, search: Search, actions: dict[str, QAction], go: Callable[[Hit], None]) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle(self.tr("Find anything"))
        self.setModal(True)
        self._search, self._actions, self._go_to = search, actions, go
        search.offer_commands(
            (c.id, tr(c.title).rstrip("…"), tr(c.tip), f"{tr(c.menu)} {c.title}") for c in COMMANDS if c.id != "palette"
        )
        self.line = QLineEdit(placeholderText=self.tr("A name, an effect (“what can submit 4k jobs?”), an entity…"))
        self.line.setAccessibleName(self.tr("Find rules, commands, gates and jobs"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("What was found"))
        self.list.setItemDelegate(_HitRow(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedWidth(WIDTH_PX)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.told = label("", "caption")
        keys = label(self.tr("↑ ↓ choose   Enter go there   Esc close"), "caption")
        inside = card(column(self.line, self.list, row(self.told, 1, keys), gap=Space.S, margin=Space.M))
        box = column(inside)
        box.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        self.setLayout(box)
        self.line.textChanged.connect(self._find)
        self.line.installEventFilter(self)
        self.list.itemClicked.connect(lambda _item: self._go())
        self.list.currentItemChanged.connect(self._describe)
        search.ready.watch(lambda _count: self._find(self.line.text()) if self.isVisible() else None)

    def ask(self) -> None:
        """Show the palette, empty."""
        self.line.clear()
        self._search.prepare()
        self._find("")
        parent = self.parentWidget()
        if parent is not None:
            middle = parent.mapToGlobal(parent.rect().topLeft())
            self.move(middle.x() + (parent.width() - WIDTH_PX) // 2, middle.y() + min(TOP_PX, parent.height() // 8))
        self.open()
        self.line.setFocus()

    def _find(self, text: str) -> None:
        found = self._search.find(text) if text.strip() else self._search.commands()
        hits = [hit for hit in found if hit.kind != "command" or self._actions[hit.key].isEnabled()]
        self._fill(hits)
        if self._search.reading:
            self.told.setText(self.tr("Reading the rules…"))
        elif not text.strip():
            self.told.setText(self.tr("Commands; type to find rules and more"))
        else:
            many = self.tr("1 found") if len(hits) == 1 else self.tr("{0} found").format(len(hits))
            self.told.setText(many if hits else self.tr("Nothing has all of these words."))

    def _fill(self, hits: Iterable[Hit]) -> None:
        self.list.clear()
        for hit in hits:
            item = QListWidgetItem(hit.title)
            item.setData(HIT, hit)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, ", ".join(filter(None, (hit.title, tr(hit.kind), hit.why)))
            )
            item.setData(TAIL, self._keys_of(hit))
            item.setData(ICON, KIND_ICONS.get(hit.kind) or COMMAND_ICONS.get(hit.key) or "gear")
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        high = sum(self.list.sizeHintForRow(place) for place in range(self.list.count()))
        self.list.setFixedHeight(min(high, LIST_PX))

    def _keys_of(self, hit: Hit) -> str:
        if hit.kind != "command":
            return tr(hit.kind)
        return self._actions[hit.key].shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    def _describe(self, item: QListWidgetItem | None) -> None:
        """A screen reader stays in the line; it is told there what Enter would do."""
        self.line.setAccessibleDescription(str(item.data(Qt.ItemDataRole.AccessibleTextRole)) if item else "")

    def _go(self) -> None:
        if not self.list.count():
            return
        hit: Hit = self.list.currentItem().data(HIT)
        self.accept()
        if hit.kind == "command":
            self._actions[hit.key].trigger()
        else:
            self._go_to(hit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
            step = steps.get(Qt.Key(event.key()))
            if step is not None and self.list.count():
                place = self.list.currentRow() + step
                self.list.setCurrentRow(place % self.list.count() if abs(step) == 1 else self._within(place))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._go()
                return True
        return super().eventFilter(watched, event)

    def _within(self, place: int) -> int:
        return max(0, min(place, self.list.count() - 1))


class _HitRow(QStyledItemDelegate):
    """Icon, title, why it was found, and at the right its shortcut or what it is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        hit: Hit = index.data(HIT)
        return QSize(0, WHY_PX if hit.why else TITLE_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        hit: Hit = index.data(HIT)
        tokens, whole = tokens_of(option.palette), QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent_soft))
            painter.drawRoundedRect(QRectF(whole).adjusted(0, 1, 0, -1), 6, 6)
        line = QRect(whole.left() + Space.M, whole.top(), whole.width() - 2 * Space.M, TITLE_PX)
        box = QRectF(line.left(), line.center().y() - ICON_PX / 2, ICON_PX, ICON_PX)
        icons.draw(painter, str(index.data(ICON)), box, QColor(tokens.muted))
        line.setLeft(line.left() + ICON_PX + Space.S)
        small = QFont(option.font)
        small.setPointSizeF(Type.CAPTION)
        tail = str(index.data(TAIL) or "")
        self._text(painter, line, tail, small, tokens.faint, right=True)
        room = QRect(line)
        room.setRight(line.right() - option.fontMetrics.horizontalAdvance(tail) - Space.S)
        self._text(painter, room, hit.title, QFont(option.font), tokens.text)
        if hit.why:
            below = QRect(line.left(), line.top() + 24, line.width(), WHY_PX - 28)
            self._text(painter, below, hit.why, small, tokens.muted)
        painter.restore()

    def _text(self, painter: QPainter, box: QRect, text: str, font: QFont, ink: str, *, right: bool = False) -> None:
        painter.setFont(font)
        painter.setPen(QColor(ink))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, shown)
