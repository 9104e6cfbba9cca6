"""The menu at a card, a rule's box or the empty ground of the flowchart: the window's commands with their keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from trigger_studio.model.profile import Profile
from trigger_studio.ui.canvas.view.palette import step_menu
from trigger_studio.ui.shell.command import Context
from trigger_studio.ui.shell.commands import in_context
from trigger_studio.ui.shell.editor import Selection

STEP = (Context.STEP_PLACE, Context.STEP_GROUP, Context.STEP_FOLLOWERS)


def canvas_menu(
    parent: QWidget,
    actions: Mapping[str, QAction],
    chosen: Selection,
    profile: Profile | None,
    insert: Callable[[str], None],
) -> QMenu:
    """What can be done with what is selected."""
    menu = QMenu(parent)
    if not chosen.steps and not chosen.rules:
        return _with(menu, actions, Context.GROUND)
    if profile is not None:
        menu.addMenu(step_menu(menu, profile, insert, title=parent.tr("Insert a step")))
        menu.addSeparator()
    _with(menu, actions, Context.ANY)
    for part in STEP if chosen.step else ():
        menu.addSeparator()
        _with(menu, actions, part)
    menu.addSeparator()
    return _with(menu, actions, Context.RULE)


def _with(menu: QMenu, actions: Mapping[str, QAction], part: Context) -> QMenu:
    for command in in_context(part):
        menu.addAction(actions[command.id])
    return menu
