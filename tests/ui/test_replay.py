"""A chain of the demonstration, replayed in the window by mouse and keys."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.engine import steps
from tests.support.studio import DEMO, Studio, furnish
from tests.ui.conftest import OpenStudio
from trigger_studio.model.event_codec import EventParser
from trigger_studio.services import bus, trigger_log
from trigger_studio.services.session import Session
from trigger_studio.studio.chart.chart import Run
from trigger_studio.studio.chart.replay import Replay
from trigger_studio.studio.chart.run_states import run_states
from trigger_studio.ui.panels.replay import ReplayBar

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every window

HERO = "mira-scenes-on-hero-approval"
CHAIN = "evt-000001"


def ran(url: str) -> None:
    """The demonstration's chain, as far as it goes without a person."""
    furnish(url, approve=True)
    with Session(url) as session:
        event = EventParser(session.profile).read(json.loads((DEMO / "event.json").read_text()), [])
        assert event is not None
        bus.emit(session, [("the event", event)])
        steps.run(session)


def states(studio: Studio) -> dict[str, Run]:
    board = studio.window.chart.canvas._stage.board
    return {name: state.run for name, state in board.states.items()}


def playing(bar: ReplayBar) -> bool:
    return bar.playing


def key(widget: QWidget, which: Qt.Key) -> None:
    QTest.keyClick(widget, which)


def test_the_records_end_in_what_the_log_says(database_url: str) -> None:
    ran(database_url)
    with Session(database_url) as session:
        replay = Replay(trigger_log.records(session, CHAIN), lambda _rule, action: str(action["type"]))
        assert replay.states(len(replay.frames) - 1) == run_states(trigger_log.entries(session, chain=CHAIN))
        assert [frame.at for frame in replay.frames] == sorted(frame.at for frame in replay.frames)
        assert trigger_log.records(session, "none") == []


@pytest.fixture
def replayed(open_studio: OpenStudio, sqlite_url: str) -> tuple[Studio, ReplayBar]:
    ran(sqlite_url)
    studio = open_studio(sqlite_url)
    bar = studio.window.replay
    assert not bar.isVisible()
    studio.trigger("replay")
    studio.until(bar.isVisible)
    return studio, bar


def test_a_chain_is_replayed_by_keys(replayed: tuple[Studio, ReplayBar]) -> None:
    studio, bar = replayed
    assert "variant mira-hero approved → Scene generation · mira-s01, " in bar.words.text()
    assert states(studio)[f"rule:{HERO}:actions[0].actions[0]"] is Run.RUNNING
    assert "rule:scene-qa:when" not in states(studio)
    key(bar.slider, Qt.Key.Key_End)
    assert states(studio)["rule:scene-qa:when"] is Run.DONE
    assert states(studio)["rule:package-after-sign-off:actions[0]"] is Run.WAITING
    last = bar.words.text()
    assert last in bar.slider.accessibleDescription()
    key(bar.slider, Qt.Key.Key_Left)
    assert bar.words.text() != last
    key(bar.slider, Qt.Key.Key_Home)
    assert "rule:scene-qa:when" not in states(studio)
    key(bar.slider, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert states(studio)["rule:scene-qa:when"] is Run.DONE


def test_it_plays_to_the_end_and_stops(replayed: tuple[Studio, ReplayBar]) -> None:
    studio, bar = replayed
    bar.speed.setCurrentIndex(bar.speed.count() - 1)
    bar._timer.setInterval(1)
    studio.click(bar.play)
    bar._timer.setInterval(1)
    assert playing(bar)
    assert bar.play.accessibleName().startswith("Pause")
    studio.until(lambda: not playing(bar))
    assert bar.slider.value() == bar.slider.maximum()
    assert not bar.forth.isEnabled()
    key(bar.slider, Qt.Key.Key_Space)
    assert playing(bar)
    key(bar.slider, Qt.Key.Key_Space)
    assert not playing(bar)
    bar.toggle()
    studio.close()
    assert not playing(bar)


def test_what_happens_meanwhile_waits_for_the_end_of_the_replay(replayed: tuple[Studio, ReplayBar]) -> None:
    studio, bar = replayed
    shown = states(studio)
    gate = studio.context.activity.open_gates()[0]
    before = studio.context.activity.newest
    studio.context.runs.answer_gate(gate.id, approve=False, reason="no")
    studio.settle()
    steps.run(studio.context.pipeline.session)
    studio.context.pipeline.refresh()
    studio.until(lambda: studio.context.activity.newest > before)
    assert states(studio) == shown
    bar.end()
    assert states(studio)["rule:package-after-sign-off:actions[0]"] is Run.FAILED
