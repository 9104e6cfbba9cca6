"""What the window remembers: drafts through a crash, places for everyone, steps that can be taken back."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit

from tests.support.studio import Studio, furnish
from tests.ui.conftest import OpenStudio
from trigger_studio.app import launch
from trigger_studio.services import positions, rule_registry
from trigger_studio.services.session import Session
from trigger_studio.ui.shell.window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every window

HERO = "mira-scenes-on-hero-approval"
HERE = f"rule:{HERO}:actions[0]"

TYPIST = """
import asyncio, sys
import qasync
from PySide6.QtWidgets import QApplication
from trigger_studio.app import launch

app = QApplication([])
loop = qasync.QEventLoop(app)
asyncio.set_event_loop(loop)
window = launch.build(loop)
window.show()
document = window.context.document
window.context.pipeline.opened.watch(lambda url: type_away())

def type_away():
    for rule in ("scene-failed", "scene-qa"):
        document.edit(rule, {**document.content(rule), "name": "Typed before the crash"})

window.context.open(sys.argv[1])
with loop:
    loop.run_forever()
"""


def test_a_killed_window_keeps_the_drafts(open_studio: OpenStudio, sqlite_url: str, tmp_path: Path) -> None:
    furnish(sqlite_url)
    with Session(sqlite_url) as session:
        rules = [item.rule.id for item in rule_registry.standing(session)]
        assert {"scene-failed", "scene-qa"} <= set(rules), rules
        script = tmp_path / "typist.py"
        script.write_text(TYPIST)
        window = subprocess.Popen(
            [sys.executable, str(script), sqlite_url],
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
            stderr=subprocess.DEVNULL,
        )
        try:
            end = time.monotonic() + 60
            while len(rule_registry.drafts(session)) < 2 and time.monotonic() < end and window.poll() is None:
                time.sleep(0.05)
        finally:
            window.kill()
            window.wait()
        assert [draft.rule_id for draft in rule_registry.drafts(session)] == ["scene-failed", "scene-qa"]

    studio = open_studio(sqlite_url)
    kept = studio.window.kept
    assert kept.isVisible()
    assert kept.text.text() == "2 drafts of yours were kept: “Typed before the crash”, “Typed before the crash”"
    studio.click(kept.show_first)
    assert studio.field("name", QLineEdit).text() == "Typed before the crash"
    studio.click(kept.discard)
    assert not kept.isVisible()
    studio.until(lambda: not studio.context.autosave.pending and not studio.context.busy)
    with Session(sqlite_url) as session:
        assert rule_registry.drafts(session) == []
    studio.trigger("undo")
    assert studio.document.working("scene-qa") is not None


def test_nothing_is_said_where_nothing_was_kept(open_studio: OpenStudio, sqlite_url: str) -> None:
    furnish(sqlite_url)
    assert not open_studio(sqlite_url).window.kept.isVisible()


@contextmanager
def second_window(studio: Studio, url: str) -> Iterator[MainWindow]:
    """Another window on the same pipeline."""
    window = launch.build(studio.loop)
    window.show()
    window.context.open(url)
    studio.until(lambda: HERE in window.chart.canvas._stage.board.places and not window.context.busy)
    yield window
    window.close()
    window.deleteLater()


def place_of(window: MainWindow, card: str) -> tuple[float, float]:
    x, y = window.chart.canvas._stage.board.places[card][:2]
    return x, y


def test_a_drag_is_kept_for_everyone_without_a_revision(open_studio: OpenStudio, database_url: str) -> None:
    furnish(database_url)
    studio = open_studio(database_url)
    window, document = studio.window, studio.document
    studio.until(lambda: HERE in window.chart.canvas._stage.board.places)
    x, y = place_of(window, HERE)
    there = (x + 40.0, y + 30.0)
    with second_window(studio, database_url) as other:
        window.chart.canvas.node_moved.emit(HERE, *there)
        window.chart.canvas.node_moved.emit(f"rule:{HERO}:when", 5.0, 5.0)
        studio.until(lambda: document.undo_title == "move 2 cards")
        studio.until(lambda: place_of(other, HERE) == there)
        with Session(database_url) as session:
            assert rule_registry.one(session, HERO).revision == 1
            assert positions.read(session)[1] == {HERE: there, f"rule:{HERO}:when": (5.0, 5.0)}

        # tidying up, here, puts it back there too; and can be taken back
        document.select(HERO)
        studio.trigger("tidy")
        assert document.undo_title == "tidy up the rule"
        studio.until(lambda: place_of(other, HERE) == (x, y))
        studio.trigger("undo")
        studio.until(lambda: place_of(other, HERE) == there)
    with second_window(studio, database_url) as later:
        studio.until(lambda: place_of(later, HERE) == there)
    studio.context.rules.delete([HERO])
    studio.until(lambda: document.standing(HERO) is None)
    with Session(database_url) as session:
        assert positions.read(session)[1] == {}


def test_the_menu_says_what_undo_takes_back(open_studio: OpenStudio, sqlite_url: str) -> None:
    furnish(sqlite_url)
    studio = open_studio(sqlite_url)
    content = studio.document.content(HERO)
    studio.document.edit(HERO, {**content, "priority": 7})
    action = studio.window.actions_["undo"]
    assert action.text() == "Undo: change priority to 7"
    assert action.toolTip() == f"Undo: change priority to 7 from 200 in “{content['name'][:39]}…” (Ctrl+Z)"
    studio.trigger("undo")
    assert studio.window.actions_["redo"].text() == "Redo: change priority to 7"


def test_undo_says_what_it_leaves_alone(open_studio: OpenStudio, sqlite_url: str) -> None:
    furnish(sqlite_url)
    studio = open_studio(sqlite_url)
    studio.document.edit("scene-failed", {**studio.document.content("scene-failed"), "priority": 7})
    studio.document.select("scene-failed")
    studio.trigger("publish")
    studio.until(lambda: studio.document.standing("scene-failed").revision == 2)
    studio.settle()
    with Session(sqlite_url, actor="somebody") as session:
        theirs = rule_registry.one(session, "scene-failed").rule.model_copy(update={"priority": 9})
        rule_registry.publish(session, [theirs])
    studio.until(lambda: studio.document.standing("scene-failed").revision == 3)
    studio.trigger("undo")
    assert "Somebody has changed scene-failed since" in studio.window.notices.text.text()
    assert studio.document.working("scene-failed") is None
