"""Halting one rule or one project, from the rule's own place, and resuming there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.support.studio import Studio, furnish
from tests.ui.conftest import OpenStudio
from trigger_studio.services import controls
from trigger_studio.services.session import Session
from trigger_studio.ui.canvas.chart import Badge
from trigger_studio.ui.commands import COMMANDS
from trigger_studio.ui.editing.editor import Selection
from trigger_studio.ui.panels.canvas_menu import canvas_menu
from trigger_studio.ui.panels.dialogs import HaltQuestion
from trigger_studio.ui.standing import badges_of

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every window


def offered(studio: Studio) -> list[str]:
    return [action.text() for action in studio.window.inspector.state.halt.choices.actions()]


def choose(studio: Studio, text: str) -> None:
    actions = studio.window.inspector.state.halt.choices.actions()
    next(action for action in actions if action.text() == text).trigger()


def test_a_rule_is_halted_and_resumed_from_its_own_place(open_studio: OpenStudio, sqlite_url: str) -> None:
    furnish(sqlite_url)
    studio = open_studio(sqlite_url)
    studio.document.select("scene-failed")
    assert offered(studio) == ["Halt this rule…", "Halt project Aurora…"]
    choose(studio, "Halt this rule…")
    dialog = studio.dialog(HaltQuestion)
    studio.type_into(dialog.reason, "It mails the client at night")
    studio.keys(Qt.Key.Key_Return)
    studio.until(lambda: studio.document.halts)
    with Session(sqlite_url) as session:
        halt = controls.halts(session)[0]
        assert (halt.scope, halt.target, halt.reason) == ("rule", "scene-failed", "It mails the client at night")
    assert badges_of(studio.document, "scene-failed")[0] is Badge.HALTED
    assert Badge.HALTED not in badges_of(studio.document, "scene-qa")
    assert studio.window.inspector.state.halt.text() == "Halted…"
    choose(studio, "Resume this rule and discard what was held")
    studio.until(lambda: not studio.document.halts)
    assert offered(studio)[0] == "Halt this rule…"


def test_a_project_is_halted_by_command(open_studio: OpenStudio, sqlite_url: str) -> None:
    furnish(sqlite_url)
    studio = open_studio(sqlite_url)
    assert not studio.window.actions_["halt-project"].isEnabled()
    studio.document.select("scene-failed")
    studio.trigger("halt-project")
    assert "Halt the project Aurora" in studio.dialog(HaltQuestion).windowTitle()
    studio.keys(Qt.Key.Key_Return)
    studio.until(lambda: [halt.label for halt in studio.document.halts] == ["project aurora"])
    assert Badge.HALTED in badges_of(studio.document, "scene-qa")
    studio.until(studio.window.banner.isVisible)


def test_a_rule_that_nobody_follows_cannot_be_halted(open_studio: OpenStudio, sqlite_url: str) -> None:
    furnish(sqlite_url)
    studio = open_studio(sqlite_url)
    studio.document.edit("new", {**studio.document.content("scene-failed"), "id": "new"})
    studio.document.select("new")
    assert not studio.window.inspector.state.halt.isVisible()
    assert not studio.window.actions_["halt-rule"].isEnabled()


def test_halts_stand_in_the_menu_of_a_rule_on_the_flowchart(open_studio: OpenStudio, sqlite_url: str) -> None:
    furnish(sqlite_url)
    studio = open_studio(sqlite_url)
    window = studio.window
    chosen = Selection((), ("scene-failed",))
    menu = canvas_menu(window, window.actions_, chosen, None, lambda _name: None)
    offered = [action.objectName() for action in menu.actions()]
    assert {"halt-rule", "halt-project", "fold"} <= set(offered)
    menu.deleteLater()


def test_no_two_commands_have_the_same_keys() -> None:
    keys = [command.keys for command in COMMANDS if command.keys]
    assert len(keys) == len(set(keys))
