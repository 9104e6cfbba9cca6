"""The list of rules: searched, grouped, each with its badges."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from trigger_studio.analysis import words
from trigger_studio.model.rule import Rule
from trigger_studio.ui import icons
from trigger_studio.ui.canvas.chart import Badge
from trigger_studio.ui.desk import Desk
from trigger_studio.ui.document import Change, Part
from trigger_studio.ui.kit import Button, IconButton, Pick, label, on_surface, row
from trigger_studio.ui.standing import BADGE_ICONS, badges_of
from trigger_studio.ui.theme import Space, tokens_of

ID, BADGES = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
BADGE_PX = 14

GROUPINGS: dict[str, Callable[[Rule], str]] = {
    "event": lambda rule: words.event_label(rule.when.event, rule.when.entity),
    "project": lambda rule: rule.project or "Every project",
}


class RulesPanel(QWidget):
    """See the module. Selecting a rule here selects it everywhere."""

    new_rule = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._document = desk.document
        self.search = QLineEdit(placeholderText=self.tr("Search rules"), clearButtonEnabled=True)
        self.search.setAccessibleName(self.tr("Search rules"))
        self.grouping = Pick(
            [("event", self.tr("By event")), ("project", self.tr("By project"))],
            "event",
            name=self.tr("Group rules by"),
        )
        self.tree = QTreeWidget(headerHidden=True, indentation=Space.M, uniformRowHeights=False)
        self.tree.setAccessibleName(self.tr("Rules"))
        self.tree.setItemDelegate(_Row(self.tree))
        self.tree.setRootIsDecorated(True)
        self.approve = Button(self.tr("Approve…"), role="primary", icon="check")
        self.approve.hide()
        self._count = label("", "caption")
        add = IconButton("plus", self.tr("New rule"))
        add.clicked.connect(self.new_rule)
        on_surface(self)
        layout = QVBoxLayout(self)
        layout.setSpacing(Space.S)
        layout.setContentsMargins(Space.M, Space.M, Space.M, Space.M)
        layout.addLayout(row(label(self.tr("Rules"), "title"), 1, self._count, add))
        layout.addWidget(self.search)
        layout.addWidget(self.grouping)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.approve)
        self.search.textChanged.connect(self._filter)
        self.grouping.currentIndexChanged.connect(self._fill)
        self.tree.currentItemChanged.connect(self._chosen)
        self.approve.clicked.connect(lambda: self._desk.approve(self._document.selected))
        self._document.watch(self._changed)

    def _changed(self, change: Change) -> None:
        if change.parts & (Part.RULES | Part.WORK | Part.HALTS):
            self._fill()
        if change.parts & (Part.SELECTION | Part.RULES):
            self._show_selected()

    def _fill(self) -> None:
        """Show every rule anew, grouped; the tree keeps its place."""
        tree, place = self.tree, self.tree.verticalScrollBar().value()
        folded = {group.text(0) for group in self._groups() if not group.isExpanded()}
        tree.blockSignals(True)
        tree.clear()
        groups: dict[str, QTreeWidgetItem] = {}
        name_of = GROUPINGS[self.grouping.value]
        for rule_id in self._document.ids():
            standing, checked = self._document.standing(rule_id), self._document.checked(rule_id)
            rule = checked.rule or (standing.rule if standing else None)
            name = name_of(rule) if rule is not None else self.tr("Unfinished")
            if name not in groups:
                groups[name] = QTreeWidgetItem([name])
                groups[name].setFlags(Qt.ItemFlag.ItemIsEnabled)
            groups[name].addChild(self._item(rule_id))
        tree.addTopLevelItems([groups[name] for name in sorted(groups)])
        for name, group in groups.items():
            group.setExpanded(name not in folded)
        tree.blockSignals(False)
        self._count.setText(str(len(self._document.ids())))
        self._filter()
        self._show_selected()
        tree.verticalScrollBar().setValue(place)

    def _groups(self) -> list[QTreeWidgetItem]:
        return [item for i in range(self.tree.topLevelItemCount()) if (item := self.tree.topLevelItem(i))]

    def _item(self, rule_id: str) -> QTreeWidgetItem:
        content = self._document.content(rule_id) or {}
        badges = badges_of(self._document, rule_id)
        item = QTreeWidgetItem([str(content.get("name") or rule_id)])
        item.setData(0, ID, rule_id)
        item.setData(0, BADGES, badges)
        told = ", ".join(badge.value for badge in badges)
        item.setToolTip(0, "\n".join(filter(None, (item.text(0), rule_id, told))))
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{item.text(0)}{', ' + told if told else ''}")
        return item

    def _filter(self) -> None:
        """Show only what has every word that was typed, in its name, its id or its badges."""
        sought = self.search.text().lower().split()
        for group in self._groups():
            seen = 0
            for place in range(group.childCount()):
                item = group.child(place)
                text = f"{item.toolTip(0)} {group.text(0)}".lower()
                item.setHidden(not all(word in text for word in sought))
                seen += not item.isHidden()
            group.setHidden(not seen)

    def _show_selected(self) -> None:
        selected, found = self._document.selected, None
        for group in self._groups():
            for place in range(group.childCount()):
                if group.child(place).data(0, ID) == selected:
                    found = group.child(place)
        self.tree.blockSignals(True)
        if found is not None:
            self.tree.setCurrentItem(found)
        else:
            self.tree.setCurrentIndex(QModelIndex())
            self.tree.clearSelection()
        self.tree.blockSignals(False)
        standing = self._document.standing(selected)
        self.approve.setVisible(standing is not None and standing.approval == "needed")
        self.approve.setText(self.tr("Approve this rule"))

    def _chosen(self, item: QTreeWidgetItem | None) -> None:
        rule_id = item.data(0, ID) if item is not None else None
        if rule_id:
            self._document.select(rule_id, source=self)


class _Row(QStyledItemDelegate):
    """A rule's name with its badges at the right; a group's name as a caption."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), 30 if index.data(ID) else 26)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        badges: tuple[Badge, ...] = index.data(BADGES) or ()
        tokens = tokens_of(option.palette)
        shown = QStyleOptionViewItem(option)
        whole = QRect(shown.rect)
        if not index.data(ID):
            painter.save()
            painter.setPen(QColor(tokens.muted))
            font = painter.font()
            font.setPointSizeF(font.pointSizeF() * 0.85)
            font.setBold(True)
            painter.setFont(font)
            painter.drawText(whole.adjusted(4, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, index.data())
            painter.restore()
            return
        if shown.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(whole, QColor(tokens.accent_soft))
        super().paint(painter, self._without_tail(shown, len(badges)), index)
        right = whole.right() - 6
        for badge in reversed(badges):
            name, ink = BADGE_ICONS[badge]
            right -= BADGE_PX
            place = QRectF(right, whole.center().y() - BADGE_PX / 2, BADGE_PX, BADGE_PX)
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            icons.draw(painter, name, place, QColor(getattr(tokens, ink)))
            painter.restore()
            right -= 4

    def _without_tail(self, option: QStyleOptionViewItem, badges: int) -> QStyleOptionViewItem:
        """The option with room left for the badges."""
        if badges:
            option.rect.setRight(option.rect.right() - badges * (BADGE_PX + 4) - 6)
        return option
