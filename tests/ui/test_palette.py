"""The command palette: rules by name, effect and entity, commands, gates and jobs; by the keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.support.studio import Studio, furnish
from tests.ui.conftest import OpenStudio
from trigger_studio.studio.search.search import Hit
from trigger_studio.ui.shell.command_palette import HIT, TAIL, CommandPalette

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every window

HERO = "mira-scenes-on-hero-approval"


def ask(studio: Studio, text: str) -> list[Hit]:
    """Type into the palette; what it shows."""
    palette: CommandPalette = studio.window.palette_
    if not palette.isVisible():
        studio.window.setFocus()
        studio.keys(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        studio.until(palette.isVisible)
        studio.until(lambda: not studio.window.search.reading)
    studio.type_into(palette.line, text)
    return [palette.list.item(place).data(HIT) for place in range(palette.list.count())]


def press(studio: Studio, key: Qt.Key) -> None:
    QTest.keyClick(studio.window.palette_.line, key)
    QApplication.processEvents()


def test_rules_are_found_by_what_they_do_and_why_is_said(open_studio: OpenStudio, sqlite_url: str) -> None:
    furnish(sqlite_url)
    studio = open_studio(sqlite_url)
    hits = ask(studio, "what can submit 4k jobs?")
    assert HERO in [hit.key for hit in hits]
    hero = next(hit for hit in hits if hit.key == HERO)
    assert hero.why.startswith("can submit scene generation jobs at 1080p, 4k or 8k")
    assert hero.node == f"rule:{HERO}:actions[0].actions[0]"
    assert {hit.key for hit in ask(studio, "starts QA") if hit.kind == "rule"} >= {"scene-qa", "scene-qa-4k"}
    assert "mira-cut-when-all-scenes-approved" in [hit.key for hit in ask(studio, "mira concatenation")]
    assert ask(studio, "conctenation")[0].why
    assert ask(studio, "zebra crossing") == []
    assert studio.window.palette_.told.text() == "Nothing has all of these words."


def test_enter_jumps_to_the_card(open_studio: OpenStudio, sqlite_url: str) -> None:
    furnish(sqlite_url)
    studio = open_studio(sqlite_url)
    hits = ask(studio, "mira submit 4k")
    at = [hit.key for hit in hits].index(HERO)
    for _ in range(at):
        press(studio, Qt.Key.Key_Down)
    assert "can submit scene generation" in studio.window.palette_.line.accessibleDescription()
    press(studio, Qt.Key.Key_Return)
    assert not studio.window.palette_.isVisible()
    assert (studio.document.selected, studio.document.node) == (HERO, hits[at].node)
    studio.until(lambda: studio.window.chart.canvas._stage.rule == HERO)


def test_commands_have_their_keys_and_run(open_studio: OpenStudio, sqlite_url: str) -> None:
    furnish(sqlite_url)
    studio = open_studio(sqlite_url)
    palette: CommandPalette = studio.window.palette_
    first = ask(studio, "emergency")[0]
    assert (first.kind, first.key) == ("command", "halt")
    assert palette.list.item(0).data(TAIL) == "Ctrl+Shift+H"
    assert ask(studio, "publish") == [], "what cannot be done now is not offered"
    ask(studio, "trigger log")
    press(studio, Qt.Key.Key_Return)
    assert studio.window.tabs.currentWidget() is studio.window.tabs.log


def test_what_was_just_typed_is_found(open_studio: OpenStudio, sqlite_url: str) -> None:
    furnish(sqlite_url)
    studio = open_studio(sqlite_url)
    assert ask(studio, "walrus") == []
    press(studio, Qt.Key.Key_Escape)
    content = studio.document.content("scene-failed")
    studio.document.edit("scene-failed", {**content, "name": "Walrus", "actions": []})
    assert [hit.key for hit in ask(studio, "walrus")] == ["scene-failed"]
    press(studio, Qt.Key.Key_Escape)
    studio.document.undo()
    assert ask(studio, "walrus") == []


def test_jobs_and_gates_are_found_and_shown(open_studio: OpenStudio, sqlite_url: str) -> None:
    furnish(sqlite_url, approve=True)
    studio = open_studio(sqlite_url, farm_speed=100_000.0)
    studio.engine(True)
    studio.context.runs.raise_event(
        studio.context.runs.event_of(
            {
                "id": "e1",
                "type": "approved",
                "entity": "variant",
                "entity_id": "mira-hero",
                "occurred_at": "2026-11-20T09:30:00Z",
            }
        )
    )
    studio.until(lambda: len(studio.context.activity.open_gates()) == 1, timeout_s=40)
    studio.engine(False)
    studio.settle()
    jobs = [hit for hit in ask(studio, "qa completed") if hit.kind == "job"]
    assert jobs
    gate = next(hit for hit in ask(studio, "gate") if hit.kind == "gate")
    palette: CommandPalette = studio.window.palette_
    while palette.list.currentItem().data(HIT) != gate:
        press(studio, Qt.Key.Key_Down)
    press(studio, Qt.Key.Key_Return)
    assert studio.window.tabs.currentWidget() is studio.window.tabs.gates
    assert studio.window.tabs.gates.table.selected().id == gate.key
