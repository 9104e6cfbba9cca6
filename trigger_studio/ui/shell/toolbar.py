"""The toolbar: the everyday commands, the engine's switch, and the emergency halt, always in reach."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolBar, QToolButton, QWidget

from trigger_studio.engine.state import State
from trigger_studio.model.i18n import N_, tr
from trigger_studio.studio.controllers.engine import EngineFacts
from trigger_studio.ui.shell.command import Label
from trigger_studio.ui.shell.commands import in_toolbar
from trigger_studio.ui.widgets.kit import Button, dress_actions

ENGINE_LOOKS = {
    State.RUNNING: (N_("Engine on"), "done", "bolt"),
    State.STOPPED: (N_("Engine off"), "muted", "off"),
    State.WAITING: (N_("Engine waits"), "waiting", "clock"),
    State.FAILED: (N_("Engine failed"), "failed", "warning"),
}


class Toolbar(QToolBar):
    """Holds the everyday commands, the engine's switch and the emergency halt."""

    def __init__(self, actions: dict[str, QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Tools"))
        self.setMovable(False)
        self.setIconSize(QSize(18, 18))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        group = 1
        for command in in_toolbar():
            if command.toolbar // 10 != group:
                group = command.toolbar // 10
                self.addSeparator()
            self.addAction(actions[command.id])
            self._style(command.id, command.label is not Label.NEVER)
        spring = QWidget()
        spring.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(spring)
        self._engine = actions["engine"]
        self.addAction(self._engine)
        self._style("engine", True)
        self._words_need = 0
        # without words when the window is narrow, so that the halt never leaves the bar
        self._shrinking = [command.id for command in in_toolbar() if command.label is Label.IF_ROOM]
        self.halt = Button(actions["halt"].text(), role="halt", icon="halt", tip=actions["halt"].toolTip())
        self.halt.setObjectName("emergency-halt")
        self.halt.setAccessibleName(self.tr("Emergency halt"))
        self.halt.clicked.connect(actions["halt"].trigger)
        self.addWidget(self.halt)
        self._actions = actions
        self.show_engine(EngineFacts())

    def _style(self, name: str, words: bool) -> None:
        button = self._button(name)
        if isinstance(button, QToolButton):
            action = button.defaultAction()
            style = Qt.ToolButtonStyle
            button.setToolButtonStyle(style.ToolButtonTextBesideIcon if words else style.ToolButtonIconOnly)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(action.text())
            if name == "raise":  # the one that is no preview looks like it
                button.setProperty("role", "danger")
                action.setProperty("ink", "failed")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words as long as everything fits with them; without them, icons."""
        buttons = [button for name in self._shrinking if isinstance(button := self._button(name), QToolButton)]
        style = Qt.ToolButtonStyle
        if any(button.toolButtonStyle() == style.ToolButtonTextBesideIcon for button in buttons):
            self._words_need = self.sizeHint().width()
        wordy = event.size().width() >= self._words_need
        for button in buttons:
            button.setToolButtonStyle(style.ToolButtonTextBesideIcon if wordy else style.ToolButtonIconOnly)
        super().resizeEvent(event)

    def _button(self, name: str) -> QWidget | None:
        return self.widgetForAction(next(action for action in self.actions() if action.objectName() == name))

    def show_engine(self, facts: EngineFacts) -> None:
        """Show the engine's state on its switch, in words and colour."""
        text, ink, icon = ENGINE_LOOKS[facts.state]
        text = tr(text)
        self._engine.setText(self.tr(text))
        self._engine.setChecked(facts.state in (State.RUNNING, State.WAITING))
        self._engine.setProperty("icon_name", icon)
        self._engine.setProperty("ink", ink)
        dress_actions(self, [self._engine])
