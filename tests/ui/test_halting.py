"""Halting one rule or one project, from the rule's own place, and resuming there."""

from __future__ import annotations

import threading
from typing import Any

import pytest
import sqlalchemy as sa
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget

from tests.engine.steps import engine
from tests.support.engines import emit, event
from tests.support.studio import Studio, furnish
from tests.ui.conftest import OpenStudio
from trigger_studio.decide.halts import Scope
from trigger_studio.engine.loop import Engine
from trigger_studio.engine.state import ACTOR, State
from trigger_studio.model.event_codec import EventIn
from trigger_studio.services import controls, trigger_log
from trigger_studio.services.engine_host import EngineThread
from trigger_studio.services.session import Session
from trigger_studio.storage import tables
from trigger_studio.studio.chart.chart import Badge
from trigger_studio.studio.rule_badges import badges_of
from trigger_studio.ui.inspector.resuming import ResumeQuestion, StoppedReport
from trigger_studio.ui.shell.canvas_menu import canvas_menu
from trigger_studio.ui.shell.commands import COMMANDS
from trigger_studio.ui.shell.editor import Selection
from trigger_studio.ui.widgets.dialogs import HaltQuestion
from trigger_studio.ui.widgets.kit import Button

pytestmark = pytest.mark.qt_log_ignore(
    "propagateSizeHints|grabbing the keyboard|support raise"
)  # the offscreen platform says so of every window


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
    choose(studio, "Resume this rule and discard what was held…")
    asked = studio.dialog(ResumeQuestion)
    studio.until(asked.yes.isEnabled)
    studio.click(asked.yes)
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


def held_by(url: str, scope: Scope, target: str, *events: EventIn) -> None:
    """A halt, and what it holds: decided by an engine of its own."""
    with Session(url) as session:
        controls.halt(session, scope, target, "looking into it")
        emit(session, *events)
        engine(session).run_until_idle()


def told(widget: QWidget) -> list[str]:
    return [said.text() for said in widget.findChildren(QLabel) if said.text()]


def test_a_halt_says_what_it_stopped_and_what_a_resume_would_cost(open_studio: OpenStudio, sqlite_url: str) -> None:
    furnish(sqlite_url, approve=True)
    variants = [event(f"e{n}", "approved", "variant", "mira-hero") for n in range(3)]
    held_by(sqlite_url, "project", "aurora", *variants)
    studio = open_studio(sqlite_url)
    banner = studio.window.banner
    studio.until(banner.isVisible)
    assert any("3 firings held" in text for text in told(banner))
    studio.click(banner.findChild(Button, "stopped"))
    report = studio.dialog(StoppedReport)
    assert "Held until somebody resumes: 3 firings" in told(report)
    assert any(text.startswith("3 × ") for text in told(report))
    studio.click(report.yes)
    studio.trigger("resume")
    asked = studio.dialog(ResumeQuestion)
    studio.until(asked.yes.isEnabled)
    (cost,) = [text for text in told(asked) if "GPU-hours" in text]
    assert cost.startswith("3 firings start now: at most ")
    with Session(sqlite_url) as session:
        assert controls.halts(session)  # a look lifts nothing
    studio.keys(Qt.Key.Key_Escape)
    assert studio.document.halts


def test_a_rule_that_paused_itself_is_shown_as_such_and_resumed(open_studio: OpenStudio, sqlite_url: str) -> None:
    furnish(sqlite_url)
    with Session(sqlite_url) as session, session.database.write() as connection:
        halt = {"scope": "rule", "target": "scene-failed", "at": 1.0, "set_by": ACTOR}
        reason = "paused by itself: 3 failed firings within 1 h"
        connection.execute(sa.insert(tables.halts).values(reason=reason, **halt))
    studio = open_studio(sqlite_url)
    studio.until(studio.window.banner.isVisible)
    title = studio.document.content("scene-failed")["name"]
    texts = told(studio.window.banner)
    assert f"Paused by itself: the rule “{title}”" in texts
    assert any(text.startswith("3 failed firings within 1 h, ") for text in texts)
    assert badges_of(studio.document, "scene-failed")[0] is Badge.PAUSED
    assert Badge.HALTED not in badges_of(studio.document, "scene-failed")
    studio.document.select("scene-failed")
    assert "paused by itself" in told(studio.window.inspector.state)
    assert studio.window.inspector.state.halt.text() == "Paused…"
    choose(studio, "Resume this rule and run what was held…")
    asked = studio.dialog(ResumeQuestion)
    studio.until(asked.yes.isEnabled)
    studio.click(asked.yes)
    studio.until(lambda: not studio.document.halts)


def halted_by_button(studio: Studio, url: str) -> None:
    studio.click(studio.window.toolbar.halt)
    studio.dialog(HaltQuestion)
    studio.keys(Qt.Key.Key_Return)
    studio.until(lambda: studio.document.halts)
    with Session(url) as session:
        assert controls.halts(session)


def test_the_halt_works_while_the_engine_is_stuck_and_everybody_waits_for_it(
    open_studio: OpenStudio, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    furnish(sqlite_url)
    studio = open_studio(sqlite_url)
    stuck, go_on, turned = threading.Event(), threading.Event(), threading.Event()

    def hang(self: Engine) -> bool:
        if turned.is_set():  # the first turn is through, so that the engine is said to run
            stuck.set()
            go_on.wait(30)
        turned.set()
        return False

    monkeypatch.setattr(Engine, "step", hang)
    monkeypatch.setattr(EngineThread, "lag_s", lambda self: float(go_on.wait(30)))
    studio.engine(True)
    studio.until(stuck.is_set)
    try:
        for _ in range(6):  # more than there are workers: each waits for the engine's thread
            studio.context.tasks.start(studio.context.tasks.call(go_on.wait, 30))
        halted_by_button(studio, sqlite_url)
    finally:
        go_on.set()
    monkeypatch.undo()
    studio.engine(False)


def test_the_halt_works_after_the_engine_died(
    open_studio: OpenStudio, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    furnish(sqlite_url)
    studio = open_studio(sqlite_url)

    def die(self: Engine) -> bool:
        raise RuntimeError("a fault of ours")

    with monkeypatch.context() as broken:
        broken.setattr(Engine, "step", die)
        studio.trigger("engine")
        studio.until(lambda: studio.context.engine.facts.state is State.FAILED)
    halted_by_button(studio, sqlite_url)


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


def two_chains(url: str) -> None:
    """Two chains of the demonstration, each with open jobs that nobody ends."""
    furnish(url, approve=True)
    with Session(url) as session:
        emit(session, *(event(f"e{n}", "approved", "variant", "mira-hero") for n in (1, 2)))
        engine(session, until_idle=True).run_until_idle()
        assert len({job["chain"] for job in open_jobs(session)}) == 2


def open_jobs(session: Session) -> list[dict[str, Any]]:
    return [job for job in trigger_log.jobs(session) if job["state"] == "submitted"]


def chosen_entry(studio: Studio, chain: str) -> Any:
    """The log, with an entry of that chain selected."""
    studio.window.tabs.setCurrentWidget(studio.window.tabs.log)
    log = studio.window.tabs.log
    studio.until(lambda: log.table.content.rows)
    assert not log.detail.stop.isVisible()
    place = next(n for n, entry in enumerate(log.table.content.rows) if entry["chain"] == chain)
    index = log.table.content.index(place, 2)
    studio.click(log.table.viewport(), log.table.visualRect(index).center())
    return log


def test_a_chain_is_stopped_from_the_log_by_one_click_and_resumed_there(
    open_studio: OpenStudio, sqlite_url: str
) -> None:
    two_chains(sqlite_url)
    studio = open_studio(sqlite_url)
    log = chosen_entry(studio, "e1")
    assert log.detail.stop.text() == "Stop this chain…"
    studio.click(log.detail.stop)
    asked = studio.dialog(HaltQuestion)
    assert asked.windowTitle() == "Stop the chain e1"
    studio.click(asked.cancel_jobs, QPoint(8, asked.cancel_jobs.height() // 2))
    assert asked.cancel_jobs.isChecked()
    studio.click(asked.yes)
    studio.until(lambda: [halt.label for halt in studio.document.halts] == ["chain e1"])
    studio.settle()
    with Session(sqlite_url) as session:
        assert {job["chain"] for job in open_jobs(session)} == {"e2"}
    studio.until(studio.window.banner.isVisible)
    assert "Halted: the chain e1" in told(studio.window.banner)
    assert log.detail.stop.text() == "Resume this chain…"
    studio.click(log.detail.stop)
    resume = studio.dialog(ResumeQuestion)
    studio.until(resume.yes.isEnabled)
    studio.click(resume.yes)
    studio.until(lambda: not studio.document.halts)
    assert log.detail.stop.text() == "Stop this chain…"


def test_the_menu_of_a_log_entry_offers_the_same(open_studio: OpenStudio, sqlite_url: str) -> None:
    two_chains(sqlite_url)
    studio = open_studio(sqlite_url)
    log = chosen_entry(studio, "e2")
    log.table.customContextMenuRequested.emit(log.table.visualRect(log.table.currentIndex()).center())
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    (stop,) = menu.actions()
    assert stop.text() == "Stop this chain…"
    stop.trigger()
    menu.close()
    studio.click(studio.dialog(HaltQuestion).yes)
    studio.until(lambda: [halt.label for halt in studio.document.halts] == ["chain e2"])
    with Session(sqlite_url) as session:
        assert {job["chain"] for job in open_jobs(session)} == {"e1", "e2"}  # nothing was cancelled
