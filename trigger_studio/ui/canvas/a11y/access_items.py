"""The children of the canvas for a screen reader: a rule, and a card, each with its name, its state and its actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from weakref import ref

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleInterface,
    QColor,
    QContextMenuEvent,
    QWindow,
)
from PySide6.QtWidgets import QApplication
from shiboken6.Shiboken import VoidPtr

from trigger_studio.model.i18n import tr
from trigger_studio.studio.chart.boxes import Box
from trigger_studio.studio.chart.chart import Badge
from trigger_studio.ui.canvas.interact import navigation, steps

if TYPE_CHECKING:
    from trigger_studio.ui.canvas.a11y.access import Access
    from trigger_studio.ui.canvas.render.chart_index import ChartIndex
    from trigger_studio.ui.canvas.view.viewer import ChartViewer

NOTHING: Final = VoidPtr(0)
"""A cast to nothing. None or 0 in its place ends the process, in PySide6 6.11."""
PRESS, FOCUS, MENU = (
    QAccessibleActionInterface.pressAction(),
    QAccessibleActionInterface.setFocusAction(),
    QAccessibleActionInterface.showMenuAction(),
)
Key = tuple[str, str]
"""What a child stands for: ``("rule", id)`` or ``("card", id)``."""
RULE, CARD = "rule", "card"


class _Actions(QAccessibleActionInterface):
    """What can be done with a child."""

    def __init__(self, child: Child) -> None:
        super().__init__()
        self._child = ref(child)

    def actionNames(self) -> list[str]:
        return [PRESS, FOCUS, MENU]

    def doAction(self, actionName: str) -> None:
        child = self._child()
        viewer = child.access.viewer if child is not None else None
        if child is None or viewer is None or not child.isValid():
            return
        viewer.setFocus(Qt.FocusReason.OtherFocusReason)
        child.choose(viewer)
        if actionName == PRESS:
            child.open(viewer)
        elif actionName == MENU:
            by_key = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), viewer.mapToGlobal(QPoint()))
            QApplication.postEvent(viewer, by_key)

    def keyBindingsForAction(self, actionName: str) -> list[str]:
        return {PRESS: ["Return"], MENU: ["Shift+F10"]}.get(actionName, [])

    def localizedActionName(self, name: str) -> str:
        return {PRESS: tr("Open"), FOCUS: tr("Select"), MENU: tr("Show the menu")}.get(name, name)

    def localizedActionDescription(self, name: str) -> str:
        return self.localizedActionName(name)


class Child(QAccessibleInterface):
    """A rule or a card. It stays when what it stands for goes, and is not valid then."""

    kind = CARD

    def __init__(self, access: Access, name: str) -> None:
        super().__init__()
        self.access, self.name = access, name
        self._actions = _Actions(self)

    @property
    def key(self) -> Key:
        return self.kind, self.name

    # what the two kinds do differently

    def choose(self, viewer: ChartViewer) -> None:
        """Select it, and bring it into view."""
        raise NotImplementedError

    def open(self, viewer: ChartViewer) -> None:
        """Open it in the form."""
        raise NotImplementedError

    def _box(self, board: ChartIndex) -> Box:
        raise NotImplementedError

    def _words(self, board: ChartIndex) -> tuple[str, str]:
        """Its name, and what else there is to know."""
        raise NotImplementedError

    def _members(self, board: ChartIndex) -> list[str]:
        return []

    # what Qt asks

    def isValid(self) -> bool:
        board = self.access.board
        return board is not None and self.name in (board.frames if self.kind == RULE else board.cards)

    def object(self) -> QObject | None:  # type: ignore[override]
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]
        viewer = self.access.viewer
        return viewer.window().windowHandle() if viewer is not None else None

    def childCount(self) -> int:
        board = self.access.board
        return len(self._members(board)) if board is not None and self.isValid() else 0

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        board = self.access.board
        names = self._members(board) if board is not None else []
        return self.access.of((CARD, names[index])) if 0 <= index < len(names) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        board = self.access.board
        names = self._members(board) if board is not None else []
        return names.index(child.name) if isinstance(child, Child) and child.name in names else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def rect(self) -> QRect:
        viewer, board = self.access.viewer, self.access.board
        if viewer is None or board is None or not self.isValid():
            return QRect()
        seen: QRect = viewer.viewportTransform().mapRect(QRectF(*self._box(board))).toRect()
        return seen.translated(viewer.viewport().mapToGlobal(QPoint()))

    def text(self, t: QAccessible.Text) -> str:
        board = self.access.board
        if board is None or not self.isValid() or t not in (QAccessible.Text.Name, QAccessible.Text.Description):
            return ""
        return self._words(board)[0 if t == QAccessible.Text.Name else 1]

    def setText(self, t: QAccessible.Text, text: str) -> None:
        """Its words are the chart's."""

    def state(self) -> QAccessible.State:
        state, viewer = QAccessible.State(), self.access.viewer
        if viewer is None or not self.isValid():
            state.invalid = 1
            return state
        state.focusable = state.selectable = 1
        state.focused = int(viewer.hasFocus() and self.access.focusChild() is self)
        state.offscreen = int(not self.rect().intersects(QAccessible.queryAccessibleInterface(viewer).rect()))
        self._add_state(state, viewer)
        return state

    def _add_state(self, state: QAccessible.State, viewer: ChartViewer) -> None:
        raise NotImplementedError

    def interface_cast(self, t: QAccessible.InterfaceType) -> Any:
        return self._actions if t == QAccessible.InterfaceType.ActionInterface else NOTHING

    def foregroundColor(self) -> QColor:
        return QColor()

    def backgroundColor(self) -> QColor:
        return QColor()


class RuleAccess(Child):
    """A rule: a group of cards."""

    kind = RULE

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.Grouping

    def parent(self) -> QAccessibleInterface:
        return self.access

    def choose(self, viewer: ChartViewer) -> None:
        navigation.to_rule(viewer, self.name)

    def open(self, viewer: ChartViewer) -> None:
        members = self._members(viewer.stage.board)
        if members:
            viewer.activated.emit(members[0])

    def _members(self, board: ChartIndex) -> list[str]:
        return steps.in_order(board, self.name)

    def _box(self, board: ChartIndex) -> Box:
        return board.frame_places[self.name]

    def _words(self, board: ChartIndex) -> tuple[str, str]:
        return steps.rule_name(board, self.name), steps.rule_description(board, self.name)

    def _add_state(self, state: QAccessible.State, viewer: ChartViewer) -> None:
        state.selected = int(viewer.stage.rule == self.name)
        state.disabled = int(Badge.DISABLED in viewer.stage.board.frames[self.name].badges)


class CardAccess(Child):
    """A card of the flowchart."""

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def parent(self) -> QAccessibleInterface:
        board = self.access.board
        card = board.cards.get(self.name) if board is not None else None
        if board is None or card is None or card.rule is None or card.rule not in board.frames:
            return self.access
        return self.access.of((RULE, card.rule))

    def choose(self, viewer: ChartViewer) -> None:
        navigation.to_card(viewer, self.name)

    def open(self, viewer: ChartViewer) -> None:
        viewer.activated.emit(self.name)

    def _box(self, board: ChartIndex) -> Box:
        return board.places[self.name]

    def _words(self, board: ChartIndex) -> tuple[str, str]:
        return steps.name_of(board, self.name), steps.describe(board, self.name)

    def _add_state(self, state: QAccessible.State, viewer: ChartViewer) -> None:
        state.selected = int(self.name in viewer.stage.selected)
        state.movable = 1
