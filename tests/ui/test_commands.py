"""One record makes a command: a planted one stands in menus, toolbar, palette and shortcuts, and runs."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from tests.ui.conftest import OpenStudio
from trigger_studio.ui.shell import canvas_menu, command_palette, commands, shortcuts
from trigger_studio.ui.shell import window as shell_window
from trigger_studio.ui.shell.command import Command, Context
from trigger_studio.ui.shell.editor import Selection

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every window
PLANTED = "planted"


def test_a_planted_command_is_found_everywhere(
    open_studio: OpenStudio, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []
    new = Command(
        PLANTED, "Count the rules", "Rule", lambda h: ran.append(h.document.selected), keys="Ctrl+Alt+9", icon="gauge",
        tip="How many there are", enabled=lambda d: d.selected == "scene-qa", toolbar=99, context=(Context.GROUND,),
    )  # fmt: skip
    table = (*commands.COMMANDS, new)
    for module in (commands, shell_window, shortcuts, command_palette):
        monkeypatch.setattr(module, "COMMANDS", table)
    studio = open_studio(sqlite_url)
    action = studio.window.actions_[PLANTED]
    assert not action.isEnabled()
    studio.document.select("scene-qa")
    assert action.isEnabled()
    action.trigger()
    assert ran == ["scene-qa"]
    menus = [menu for menu in studio.window.menuBar().findChildren(QMenu) if action in menu.actions()]
    assert [menu.title() for menu in menus] == ["Rule"]
    assert studio.window.toolbar.widgetForAction(action) is not None
    studio.window.palette_.ask()
    studio.window.palette_.line.setText("count the rules")
    assert studio.window.palette_.list.item(0).text() == "Count the rules"
    studio.window.palette_.close()
    page = shortcuts.Shortcuts(studio.window, studio.window.actions_)
    page.line.setText("count the rules")
    items = page.list.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)
    assert [item.text(1) for item in items if item.childCount() == 0 and not item.isHidden()] == ["Ctrl+Alt+9"]
    page.close()
    studio.document.select("")
    window = studio.window
    menu = canvas_menu.canvas_menu(
        window, window.actions_, Selection((), ()), studio.document.profile, window.editor.insert
    )
    assert action in menu.actions()
