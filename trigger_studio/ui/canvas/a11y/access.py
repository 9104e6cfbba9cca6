"""What a screen reader finds on the canvas: the rules, in each its cards, what they are and what can be done with them.

Cards are painted, not widgets, so Qt knows nothing of them. It asks here, only while a screen reader is there to ask.
Qt deletes what it was given, so `Access` keeps every child until its canvas goes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING
from weakref import ref

from PySide6.QtCore import QObject, QPoint, QPointF
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget

from trigger_studio.studio.chart.chart import Chart
from trigger_studio.ui.canvas.a11y.access_items import CARD, RULE, CardAccess, Child, Key, RuleAccess
from trigger_studio.ui.canvas.interact import steps

if TYPE_CHECKING:
    from trigger_studio.ui.canvas.render.chart_index import ChartIndex
    from trigger_studio.ui.canvas.view.viewer import ChartViewer


@cache
def install(view: type[ChartViewer]) -> Callable[[str, QObject], QAccessibleInterface | None]:
    """Let Qt ask here about canvases, from now on; what it was given, of which it holds no reference of its own."""

    def made(_name: str, target: QObject) -> QAccessibleInterface | None:
        return Access(target) if isinstance(target, view) else None

    QAccessible.installFactory(made)
    return made


def tell_current(viewer: ChartViewer) -> None:
    """The keys act on another card, or on a rule: a screen reader that listens reads it."""
    if QAccessible.isActive() and viewer.hasFocus():
        access = QAccessible.queryAccessibleInterface(viewer)
        child = access.focusChild() if isinstance(access, Access) else None
        if child is not None:
            QAccessible.updateAccessibility(QAccessibleEvent(child, QAccessible.Event.Focus))


def tell_chart(viewer: ChartViewer) -> None:
    """The canvas shows another chart."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleEvent(viewer, QAccessible.Event.ObjectReorder))


class Access(QAccessibleWidget):
    """The canvas as a list: its rules from top to bottom, then the events that belong to none."""

    def __init__(self, viewer: ChartViewer) -> None:
        super().__init__(viewer, QAccessible.Role.List)
        self._viewer = ref(viewer)  # Qt keeps this object longer than the canvas
        self._children: dict[Key, Child] = {}
        self._listed: tuple[Chart | None, list[Key]] = (None, [])
        viewer.destroyed.connect(self._forget)

    @property
    def viewer(self) -> ChartViewer | None:
        return self._viewer() if self.isValid() else None

    @property
    def board(self) -> ChartIndex | None:
        viewer = self.viewer
        return viewer.stage.board if viewer is not None else None

    def keys(self) -> list[Key]:
        """The rules, and the cards of none, in their order."""
        board = self.board
        if board is None:
            return []
        if self._listed[0] is not board.chart:
            rules = steps.rules_in_order(board)
            loose = [name for name, card in board.cards.items() if card.rule not in board.frames]
            self._listed = (board.chart, [*((RULE, rule) for rule in rules), *((CARD, card) for card in loose)])
        return self._listed[1]

    def of(self, key: Key) -> Child:
        """The child that stands for a rule or a card."""
        if key not in self._children:
            child = self._children[key] = (RuleAccess if key[0] == RULE else CardAccess)(self, key[1])
            QAccessible.registerAccessibleInterface(child)
        return self._children[key]

    def _forget(self) -> None:
        for child in self._children.values():
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(child))
        self._children.clear()

    # what Qt asks

    def childCount(self) -> int:
        return len(self.keys())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        keys = self.keys()
        return self.of(keys[index]) if 0 <= index < len(keys) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        keys = self.keys()
        return keys.index(child.key) if isinstance(child, Child) and child.key in keys else -1

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        viewer = self.viewer
        if viewer is None:
            return None
        stage = viewer.stage
        if stage.current in stage.board.cards and (stage.current in stage.selected or stage.rule is None):
            return self.of((CARD, str(stage.current)))
        return self.of((RULE, stage.rule)) if stage.rule in stage.board.frames else None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        viewer = self.viewer
        if viewer is None:
            return None
        at = viewer.viewport().mapFromGlobal(QPoint(x, y))
        card = viewer.card_at(QPointF(at))
        if card is not None:
            return self.of((CARD, card))
        point = viewer.mapToScene(at)
        rule = viewer.stage.board.frame_at(point.x(), point.y())
        return self.of((RULE, rule)) if rule is not None else None
