"""A story on the screen: each rule that starts, what it does, and where it goes no further."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
)

from trigger_studio.studio.texts.preview_story import Line, Step, Story
from trigger_studio.ui.widgets.kit import ICON_PX, themed_icon
from trigger_studio.ui.widgets.plain import plain
from trigger_studio.ui.widgets.theme import tokens_of

PLACE = Qt.ItemDataRole.UserRole
NOTE = Qt.ItemDataRole.UserRole + 1
TEXT, AT = range(2)
NOTE_GAP = 10
MOST_STEPS = 60
"""Nobody reads further, and it must be there at once."""


class _WithNote(QStyledItemDelegate):
    """Writes a quieter note behind the text, as far as there is room."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        note = index.data(NOTE)
        if not note:
            return
        metrics = painter.fontMetrics()
        icon = ICON_PX + 10
        left = option.rect.left() + icon + metrics.horizontalAdvance(str(index.data())) + NOTE_GAP
        room = option.rect.right() - left
        if room > NOTE_GAP * 3:
            painter.save()
            painter.setPen(QColor(tokens_of(option.palette).muted))
            shown = metrics.elidedText(note, Qt.TextElideMode.ElideRight, room)
            place = QRect(left, option.rect.top(), room, option.rect.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
            painter.restore()


class StoryView(QTreeWidget):
    """Draws a story: the rules that start, their actions, and where each ends.

    Signals: `chosen`, the id of the rule and the path of the action that was clicked.
    """

    chosen = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._story = Story((), ())
        self.setProperty("role", "story")
        self.setHeaderHidden(True)
        self.setColumnCount(2)
        self.setItemDelegateForColumn(TEXT, _WithNote(self))
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(18)
        self.setIconSize(QSize(ICON_PX, ICON_PX))
        self.setUniformRowHeights(True)
        self.setAccessibleName(self.tr("What would happen"))
        head = self.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(TEXT, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(AT, QHeaderView.ResizeMode.ResizeToContents)
        self.itemClicked.connect(self._clicked)

    def show_story(self, story: Story) -> None:
        """Show this story in place of the last one; nothing moves where it is the same."""
        if story == self._story:
            return
        self._story = story
        self._fill()

    def _fill(self) -> None:
        place = self.verticalScrollBar().value()
        self.setUpdatesEnabled(False)
        self.clear()
        steps, ends = self._story.steps, self._story.ends
        items = [self._step(number, step) for number, step in enumerate(steps[:MOST_STEPS], start=1)]
        if len(steps) > MOST_STEPS:
            items.append(QTreeWidgetItem([self.tr("… and {0} more").format(len(steps) - MOST_STEPS)]))
        items += [self._end(line) for line in ends]
        self.addTopLevelItems(items)
        self.expandAll()
        self.verticalScrollBar().setValue(place)
        self.setUpdatesEnabled(True)

    def _step(self, number: int, step: Step) -> QTreeWidgetItem:
        tokens = tokens_of(self.palette())
        many = f"  ×{step.count}" if step.count > 1 else ""
        item = QTreeWidgetItem([f"{number}.  {step.title}{many}", step.at])
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        item.setFont(TEXT, bold)
        item.setForeground(AT, QBrush(QColor(tokens.muted)))
        item.setTextAlignment(AT, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setData(TEXT, PLACE, (step.rule, "when"))
        why = QTreeWidgetItem([self.tr("because {0}").format(step.why)])
        why.setForeground(TEXT, QBrush(QColor(tokens.muted)))
        why.setIcon(TEXT, themed_icon(self, "bolt", "event"))
        why.setData(TEXT, PLACE, (step.rule, "when"))
        item.addChild(why)
        stack = [item]
        for line in step.lines:
            del stack[line.depth + 1 :]
            made = self._line(line)
            made.setData(TEXT, PLACE, (step.rule, line.path))
            stack[-1].addChild(made)
            stack.append(made)
        return item

    def _line(self, line: Line) -> QTreeWidgetItem:
        tokens = tokens_of(self.palette())
        item = QTreeWidgetItem([line.text])
        item.setData(TEXT, NOTE, line.note)
        item.setData(TEXT, Qt.ItemDataRole.AccessibleTextRole, f"{line.text}, {line.note}" if line.note else line.text)
        item.setIcon(TEXT, themed_icon(self, line.icon, line.ink))
        item.setToolTip(TEXT, plain(f"{line.text}\n{line.note}".strip()))
        if line.ink in ("faint", "failed"):
            item.setForeground(TEXT, QBrush(QColor(tokens.failed if line.ink == "failed" else tokens.muted)))
        return item

    def _end(self, line: Line) -> QTreeWidgetItem:
        item = self._line(line)
        tokens = tokens_of(self.palette())
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        item.setFont(TEXT, bold)
        item.setForeground(TEXT, QBrush(QColor(tokens.gate_text if line.ink == "gate" else tokens.failed)))
        return item

    def _clicked(self, item: QTreeWidgetItem) -> None:
        found = item.data(TEXT, PLACE)
        if found:
            self.chosen.emit(*found)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._story.steps:
            self._fill()
