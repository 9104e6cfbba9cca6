"""The story in a real window on a real X server, driven by real keys and a real mouse from outside the process."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.screen import ROOT, Screen
from tests.support.studio import furnish
from trigger_studio.services import controls, rule_registry, trigger_log
from trigger_studio.services.session import Session

pytestmark = pytest.mark.window

WIDTH, HEIGHT = 1500, 940
OPEN = """
import sys
from trigger_studio.app.launch import run
sys.exit(run(URL, size=SIZE, theme="light", farm_speed=50_000.0))
"""


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    made = Screen(tmp_path, WIDTH, HEIGHT)
    yield made
    made.close()


@pytest.fixture
def url(empty_sqlite_url: str) -> str:
    furnish(empty_sqlite_url, approve=True)
    return empty_sqlite_url


def until(holds: Callable[[], object], timeout_s: float = 30.0) -> None:
    end = time.monotonic() + timeout_s
    while not holds():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


def open_window(screen: Screen, url: str) -> tuple[subprocess.Popen[bytes], str]:
    """The program, and its window's id; without a window manager the focus is given by hand."""
    program = screen.start(OPEN.replace("URL", repr(url)).replace("SIZE", repr((WIDTH, HEIGHT))))
    return program, focus(screen, "studio.db")  # its title names the database once it has been read


def focus(screen: Screen, title: str) -> str:
    """Wait for a window, and give it the keys."""
    window = screen.hands("search", "--sync", "--onlyvisible", "--name", title).split()[0]
    screen.hands("windowfocus", "--sync", window)
    return window


def pressed(screen: Screen) -> bool:
    """Press the button's own key, and give it a second: it can be pressed once it has said what it will start."""
    screen.keys("ctrl+Return")
    time.sleep(1.0)
    return True


def rename(screen: Screen) -> None:
    """Find a rule by its id, go to it and change its name: keys only."""
    screen.keys("ctrl+f")
    screen.hands("type", "--delay", "20", "scene-failed")
    screen.keys("F2", "Down", "Down", "F4", "ctrl+a")
    screen.hands("type", "--delay", "20", "A failed scene is flagged")


def test_an_approval_runs_a_chain_and_a_halt_stops_the_next(screen: Screen, url: str) -> None:
    program, window = open_window(screen, url)
    picture = ROOT / "build" / "window.png"
    picture.parent.mkdir(exist_ok=True)
    with Session(url) as session:
        # a rule is renamed and published
        rename(screen)
        until(lambda: [draft.rule_id for draft in rule_registry.drafts(session)] == ["scene-failed"])
        screen.keys("ctrl+Return")
        until(lambda: rule_registry.one(session, "scene-failed").revision == 2)
        assert rule_registry.one(session, "scene-failed").rule.name == "A failed scene is flagged"

        # the engine on, an approval raised, and the chain runs to the gate
        screen.keys("F5", "ctrl+r")
        focus(screen, "Raise an event")
        screen.keys("Tab", "Tab")
        screen.hands("type", "--delay", "20", "Mira, hero")
        screen.keys("Return")  # takes the completed name
        until(lambda: pressed(screen) and trigger_log.jobs(session))
        until(lambda: len(controls.gates(session)) == 1)
        assert {job["state"] for job in trigger_log.jobs(session)} == {"completed"}

        # the mouse, on the red button, and Enter
        screen.click(WIDTH - 90, 52)
        focus(screen, "Emergency halt")
        screen.keys("Return")
        until(lambda: controls.halts(session))
        assert controls.halts(session)[0].label == "everything"
        screen.hands("windowfocus", "--sync", window)
        screen.keys("alt+3", "F2")
        time.sleep(1.0)
        assert screen.picture().save(str(picture))

        # and out
        screen.keys("ctrl+q")
        _out, errors = program.communicate(timeout=20)
        assert (program.returncode, errors) == (0, b"")


def test_what_was_typed_outlives_a_killed_window(screen: Screen, url: str) -> None:
    program, _window = open_window(screen, url)
    picture = ROOT / "build" / "window-after-kill.png"
    picture.parent.mkdir(exist_ok=True)
    with Session(url) as session:
        rename(screen)
        until(
            lambda: [draft.document["name"] for draft in rule_registry.drafts(session)] == ["A failed scene is flagged"]
        )
        program.kill()
        program.communicate()

        program, _window = open_window(screen, url)
        time.sleep(1.0)
        assert screen.picture().save(str(picture))
        screen.keys("ctrl+f")
        screen.hands("type", "--delay", "20", "scene-failed")
        screen.keys("F2", "Down", "Down", "ctrl+Return")
        until(lambda: rule_registry.one(session, "scene-failed").revision == 2)
        assert rule_registry.one(session, "scene-failed").rule.name == "A failed scene is flagged"
        screen.keys("ctrl+q")
        _out, errors = program.communicate(timeout=20)
        assert (program.returncode, errors) == (0, b"")
