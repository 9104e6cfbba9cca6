"""The list of rules: searched, grouped, each with its badges."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from trigger_studio.analysis.wording import words
from trigger_studio.frozen import frozen
from trigger_studio.model.i18n import tr
from trigger_studio.model.rule import Rule
from trigger_studio.studio.chart.chart import BADGE_ICONS, Badge
from trigger_studio.studio.controllers.rules import RulesController
from trigger_studio.studio.document import Change, Document, Part
from trigger_studio.studio.rule_badges import badges_of
from trigger_studio.studio.view_state import group_name
from trigger_studio.ui.panels.rule_tree import ID, RuleTree
from trigger_studio.ui.widgets import icons
from trigger_studio.ui.widgets.kit import Button, IconButton, Pick, label, on_surface, row
from trigger_studio.ui.widgets.plain import plain
from trigger_studio.ui.widgets.theme import Space, tokens_of

BADGES = Qt.ItemDataRole.UserRole + 1
BADGE_PX = 14
ROW_PX = 30
TEXT_PX = 9


@frozen
class _Look:
    """How a rule's row looks, and where it stands in its group: the one that starts first is the first."""

    group: str
    rank: tuple[int, str]
    title: str
    badges: tuple[Badge, ...]


@dataclass(slots=True)
class _Shown:
    """A row, and how it was last dressed."""

    look: _Look
    item: QTreeWidgetItem


class RulesPanel(QWidget):
    """The rules with their badges, to search and to group.

    Selecting a rule here selects it everywhere. Signals: `menu_asked`, where on the screen.
    """

    new_rule = Signal()
    menu_asked = Signal(QPoint)

    def __init__(self, document: Document, rules: RulesController) -> None:
        super().__init__()
        self._document, self._rules = document, rules
        self._rows: dict[str, _Shown] = {}
        self._groups: dict[str, QTreeWidgetItem] = {}
        self._ranks: dict[str, list[tuple[int, str]]] = {}  # of each group's rows, in their order
        self.search = QLineEdit(placeholderText=self.tr("Search rules"), clearButtonEnabled=True)
        self.search.setAccessibleName(self.tr("Search rules"))
        self.grouping = Pick(
            [("event", self.tr("By event")), ("project", self.tr("By project"))],
            "event",
            name=self.tr("Group rules by"),
        )
        self.tree = RuleTree()
        self.tree.setItemDelegate(_Row(self.tree))
        self.tree.setUniformRowHeights(True)  # else every row is measured whenever one moves
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
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(self._ask_menu)
        self.tree.currentItemChanged.connect(self._chosen)
        self.approve.clicked.connect(lambda: self._rules.approve(self._document.selected))
        self._document.watch(self._changed)

    def _changed(self, change: Change) -> None:
        if change.parts & (Part.RULES | Part.HALTS):
            self._update({*self._document.ids(), *self._rows})
        elif Part.WORK in change.parts:
            self._update(change.rules)
        if change.parts & (Part.SELECTION | Part.RULES | Part.WORK):
            if change.source is self:
                self._offer_approval()
            else:
                self._show_selected()

    def _fill(self) -> None:
        """Show every rule anew, grouped otherwise."""
        self.tree.clear()
        self._rows.clear()
        self._groups.clear()
        self._ranks.clear()
        self._update(self._document.ids())
        self._show_selected()

    def _update(self, rule_ids: Iterable[str]) -> None:
        """Bring the rows of these rules up to date; every other row, and the place in the list, stays as it is."""
        self.tree.blockSignals(True)
        document = self._document
        for rule_id in sorted(rule_ids):
            known = document.content(rule_id) is not None
            row, now = self._rows.get(rule_id), self._look(rule_id) if known else None
            if row is not None and (now is None or (row.look.group, row.look.rank) != (now.group, now.rank)):
                self._take(rule_id)
                row = None
            if now is not None and row is None:
                row = self._rows[rule_id] = _Shown(now, QTreeWidgetItem())
                row.item.setData(0, ID, rule_id)
                self._dress(row.item, rule_id, now)
                self._place(row.item, now)
            elif row is not None and now is not None and row.look != now:
                row.look = now
                self._dress(row.item, rule_id, now)
        self.tree.blockSignals(False)
        self._count.setText(str(len(self._rows)))
        if self.search.text():
            self._filter()

    def _look(self, rule_id: str) -> _Look:
        document = self._document
        standing, checked = document.standing(rule_id), document.checked(rule_id)
        rule = checked.rule or checked.sketch or (standing.rule if standing else None)
        group = _group_of(rule, self.grouping.value) if rule is not None else self.tr("Unfinished")
        work = document.working(rule_id)
        title = str(work.content.get("name") or rule_id) if work else standing.rule.title if standing else rule_id
        return _Look(group, document.rank(rule_id), title, badges_of(document, rule_id))

    def _place(self, item: QTreeWidgetItem, look: _Look) -> None:
        """Put a new row where it belongs: groups by name, in each the rules in the order in which they start."""
        name = look.group
        group = self._groups.get(name)
        if group is None:
            group = self._groups[name] = QTreeWidgetItem([name])
            self._ranks[name] = []
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.tree.insertTopLevelItem(sorted(self._groups).index(name), group)
            group.setExpanded(True)
        ranks = self._ranks[name]
        at = bisect(ranks, look.rank)
        ranks.insert(at, look.rank)
        group.insertChild(at, item)

    def _take(self, rule_id: str) -> None:
        gone = self._rows.pop(rule_id)
        group = self._groups[gone.look.group]
        group.removeChild(gone.item)
        self._ranks[gone.look.group].remove(gone.look.rank)
        if not group.childCount():
            del self._groups[gone.look.group], self._ranks[gone.look.group]
            self.tree.takeTopLevelItem(self.tree.indexOfTopLevelItem(group))

    def _dress(self, item: QTreeWidgetItem, rule_id: str, look: _Look) -> None:
        told = ", ".join(tr(badge.value) for badge in look.badges)
        item.setText(0, look.title)
        item.setData(0, BADGES, look.badges)
        item.setToolTip(0, plain("\n".join(filter(None, (look.title, rule_id, told)))))
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{look.title}{', ' + told if told else ''}")

    def _filter(self) -> None:
        """Show only what has every word that was typed, in its name, its id or its badges."""
        sought = self.search.text().lower().split()
        for name, group in self._groups.items():
            seen = 0
            for place in range(group.childCount()):
                item = group.child(place)
                text = f"{item.toolTip(0)} {name}".lower()
                item.setHidden(not all(word in text for word in sought))
                seen += not item.isHidden()
            group.setHidden(not seen)

    def _show_selected(self) -> None:
        """Select here what is selected elsewhere; of several that are selected here, it is one already."""
        selected = self._document.selected
        row = self._rows.get(selected)
        self.tree.blockSignals(True)
        if row is None:
            self.tree.setCurrentIndex(QModelIndex())
            self.tree.clearSelection()
        elif not row.item.isSelected():
            # by name: left to itself the list adds to what is selected while Ctrl is down, as in Ctrl+D
            self.tree.setCurrentItem(row.item, 0, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.tree.blockSignals(False)
        self._offer_approval()

    def _offer_approval(self) -> None:
        standing = self._document.standing(self._document.selected)
        self.approve.setVisible(standing is not None and standing.approval == "needed")
        self.approve.setText(self.tr("Approve this rule"))

    def _ask_menu(self, at: QPoint) -> None:
        self.tree.setFocus(Qt.FocusReason.MouseFocusReason)
        self.menu_asked.emit(self.tree.viewport().mapToGlobal(at))

    def _chosen(self, item: QTreeWidgetItem | None) -> None:
        rule_id = item.data(0, ID) if item is not None else None
        if rule_id:
            self._document.select(rule_id, source=self)


class _Row(QStyledItemDelegate):
    """A rule's name with its badges at the right; a group's name as a caption.

    Drawn by itself as the theme's sheet would have it, which takes many times as long for a row.
    """

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), ROW_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        badges: tuple[Badge, ...] = index.data(BADGES) or ()
        tokens = tokens_of(option.palette)
        whole: QRect = option.rect
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
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(whole, QColor(tokens.accent_soft))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(whole, QColor(tokens.raised))
        room = whole.adjusted(TEXT_PX, 0, -TEXT_PX, 0)
        if badges:
            room.setRight(room.right() - len(badges) * (BADGE_PX + 4) - 6)
        title = option.fontMetrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(QColor(tokens.text))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, title)
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


def _group_of(rule: Rule, grouping: str) -> str:
    """The name of the group that the rule is listed in, by ``event`` or by a key of `view_state.GROUPINGS`."""
    if grouping == "event":
        return words.event_label(rule.when.event, rule.when.entity)
    return group_name(rule, grouping, {})
