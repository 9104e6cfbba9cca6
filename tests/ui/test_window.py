"""The main path through the window, on both databases: change a rule, publish it, run it, halt it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from tests.support.studio import Studio, furnish
from tests.ui.conftest import OpenStudio
from trigger_studio.services import controls, rule_registry
from trigger_studio.services.session import Session
from trigger_studio.ui.inspector.resuming import ResumeQuestion
from trigger_studio.ui.inspector.values import Span
from trigger_studio.ui.shell.gallery import Gallery
from trigger_studio.ui.shell.run_dialog import RunDialog
from trigger_studio.ui.widgets.dialogs import HaltQuestion
from trigger_studio.ui.widgets.table import Column, Table

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every window

HERO = "mira-scenes-on-hero-approval"
CONTROL = Qt.KeyboardModifier.ControlModifier
SPEED = 100_000.0
"""The simulated farm's: an hour and a half in a twentieth of a second."""


def approve_variant(studio: Studio, said: str = "19 jobs and 23.6 GPU-hours") -> None:
    """Raise, by the dialog, the approval of Mira's hero variant."""
    studio.trigger("raise")
    dialog = studio.dialog(RunDialog)
    dialog.event_form.put("variant", "approved", "mira-hero")
    studio.until(dialog.yes.isEnabled)
    assert said in dialog.preview.text()
    studio.click(dialog.yes)
    studio.settle()


def test_the_main_path(open_studio: OpenStudio, database_url: str) -> None:
    furnish(database_url)
    studio = open_studio(database_url, farm_speed=SPEED)
    window, document = studio.window, studio.document

    # see the rules, in the list and on the flowchart
    assert document.ids() == sorted(document.ids())
    assert HERO in document.ids()
    studio.until(lambda: f"rule:{HERO}:when" in window.chart.canvas._stage.board.cards)

    # click one on the flowchart: it is selected everywhere
    studio.click_card(f"rule:{HERO}:when.where")
    assert document.selected == HERO
    assert window.rules.tree.currentItem() is studio.row_of(HERO)
    assert window.inspector.sentence.text().startswith("When any variant of Mira in Aurora is approved")

    # change it in the form: a draft, saved by itself
    (tier,) = studio.field("when.where.all[1].value", Span).boxes
    assert isinstance(tier, QComboBox)
    assert tier.currentText().startswith("1080p")
    tier.setFocus()
    studio.keys(Qt.Key.Key_Up)
    assert document.working(HERO) is not None
    assert "resolution tier is at least 720p" in window.inspector.sentence.text()
    assert document.undo_title == "change resolution tier to 720p"
    studio.until(lambda: not document_dirty(studio))
    with Session(database_url) as other:
        assert [draft.rule_id for draft in rule_registry.drafts(other)] == [HERO]

    # publish; then it needs an approval, which is given
    studio.keys(Qt.Key.Key_Return, CONTROL)
    studio.until(lambda: document.standing(HERO).revision == 2)
    studio.settle()
    assert document.working(HERO) is None
    with Session(database_url) as other:
        assert rule_registry.drafts(other) == []
    assert document.standing(HERO).approval == "needed"
    studio.click(window.inspector.state.approve)
    studio.until(lambda: document.standing(HERO).approval == "approved")

    # dry run
    window.tabs.dry_run.event_form.put("variant", "approved", "mira-hero")
    studio.trigger("dry-run")
    studio.until(lambda: window.tabs.dry_run.story.topLevelItemCount() > 0)
    assert "19 jobs" in window.tabs.dry_run.totals.text()
    assert not studio.context.activity.entries

    # for real
    studio.engine(True)
    approve_variant(studio)
    studio.until(lambda: len(studio.context.activity.open_gates()) == 1, timeout_s=40)
    studio.until(lambda: all(job["state"] == "completed" for job in studio.context.activity.jobs))
    studio.until(lambda: len(studio.context.activity.entries) == 12)
    assert len(studio.context.activity.jobs) == 19
    window.tabs.setCurrentWidget(window.tabs.log)
    table = window.tabs.log.table
    assert table.content.rowCount() == len(studio.context.activity.entries) == 12
    studio.click(table.viewport(), table.visualRect(table.content.index(0, 2)).center())
    assert window.tabs.log.detail.tree.topLevelItemCount() == 4  # cause, actions, jobs, what followed

    studio.until(lambda: mira_scenes(studio) == {"approved"})

    # halt: what comes now is held
    studio.trigger("halt")
    studio.dialog(HaltQuestion)
    studio.keys(Qt.Key.Key_Return)
    studio.until(lambda: document.halts)
    studio.until(window.banner.isVisible)
    approve_variant(studio, "Nothing will start now")
    studio.until(studio.context.activity.held)
    assert [entry["reason"] for entry in studio.context.activity.held()] == ["halt"]
    assert len(studio.context.activity.jobs) == 19

    # resume: it runs
    resume = window.banner.findChild(type(window.inspector.state.publish), "resume")
    assert resume is not None
    studio.click(resume)
    asked = studio.dialog(ResumeQuestion)
    studio.until(asked.yes.isEnabled)
    assert any("1 firing start now" in said.text() for said in asked.findChildren(QLabel))
    assert document.halts
    studio.click(asked.yes)
    studio.until(lambda: not document.halts)
    studio.until(lambda: len(studio.context.activity.jobs) > 19)
    studio.until(lambda: not window.banner.isVisible())
    studio.engine(False)


def mira_scenes(studio: Studio) -> set[str]:
    return {e.status for e in studio.document.entities if e.kind == "scene" and e.character == "mira"}


def document_dirty(studio: Studio) -> bool:
    return bool(studio.context.autosave.pending) or studio.context.busy


def test_a_stale_publish_is_told_and_overwrites_nothing(open_studio: OpenStudio, sqlite_url: str) -> None:
    furnish(sqlite_url)
    studio = open_studio(sqlite_url)
    window, document = studio.window, studio.document
    studio.click_rule("scene-failed")
    studio.type_into(studio.field("name", QLineEdit), "Mine")
    with Session(sqlite_url, actor="somebody") as other:
        theirs = rule_registry.one(other, "scene-failed").rule.model_copy(update={"name": "Theirs"})
        rule_registry.publish(other, [theirs])
    studio.trigger("publish")
    studio.until(window.inspector.state.stale.isVisible)
    assert "changed since revision 1: revision 2 stands; nothing was published" in window.notices.text.text()
    with Session(sqlite_url) as other:
        assert rule_registry.one(other, "scene-failed").rule.name == "Theirs"
    assert document.content("scene-failed")["name"] == "Mine"

    # keep mine: the draft stays, and theirs stands
    studio.click(window.inspector.state.keep)
    assert not window.inspector.state.stale.isVisible()
    studio.settle()
    with Session(sqlite_url) as other:
        assert rule_registry.drafts(other)[0].document["name"] == "Mine"

    # load theirs
    window.inspector.state._kept.clear()
    window.inspector.state.show_rule("scene-failed")
    studio.click(window.inspector.state.theirs)
    assert document.working("scene-failed") is None
    assert studio.field("name", QLineEdit).text() == "Theirs"


def test_a_gate_is_answered_with_a_reason(open_studio: OpenStudio, sqlite_url: str) -> None:
    furnish(sqlite_url, approve=True)
    studio = open_studio(sqlite_url, farm_speed=SPEED)
    window = studio.window
    studio.engine(True)
    approve_variant(studio)
    studio.until(lambda: len(studio.context.activity.open_gates()) == 1, timeout_s=40)
    studio.until(lambda: window.tabs.tabText(window.tabs.indexOf(window.tabs.gates)) == "Gates (1)")
    studio.keys(Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    assert window.tabs.currentWidget() is window.tabs.gates
    studio.type_into(window.tabs.gates.reason, "the lantern flickers")
    studio.click(window.tabs.gates.refuse)
    studio.until(lambda: not studio.context.activity.open_gates())
    studio.until(lambda: any(e["status"] == "failed" for e in studio.context.activity.entries.values()))
    failed = next(e for e in studio.context.activity.entries.values() if e["status"] == "failed")
    assert "the lantern flickers" in failed["actions"][0]["detail"]
    with Session(sqlite_url) as other:
        assert [gate.status for gate in controls.gates(other, waiting=False)] == ["refused"]
    studio.engine(False)


def test_closing_saves_the_draft_and_stops_the_engine(open_studio: OpenStudio, sqlite_url: str) -> None:
    furnish(sqlite_url)
    studio = open_studio(sqlite_url, farm_speed=SPEED)
    studio.engine(True)
    studio.click_rule("scene-failed")
    studio.type_into(studio.field("name", QLineEdit), "Typed just before the end")
    studio.close()  # fails if a thread lives on
    with Session(sqlite_url) as other:
        assert [d.document["name"] for d in rule_registry.drafts(other)] == ["Typed just before the end"]


def test_a_bundle_opens_as_drafts_and_an_import_publishes(
    open_studio: OpenStudio, sqlite_url: str, tmp_path: Path
) -> None:
    furnish(sqlite_url)
    bundle = tmp_path / "more.yaml"
    bundle.write_text(
        "format: trigger-studio/1\nrules:\n- id: extra\n  when: {event: failed, entity: qa}\n"
        "  actions: [{type: set_status, status: needs_review}]\n"
    )
    studio = open_studio(sqlite_url, bundle=bundle)
    assert studio.document.selected == "extra"
    assert studio.document.standing("extra") is None
    studio.context.rules.import_files([bundle])
    studio.until(lambda: studio.document.standing("extra") is not None)
    assert studio.document.working("extra") is None
    bundle.write_text("format: trigger-studio/1\nrules: [{id: extra}]\n")
    studio.context.rules.import_files([bundle])
    studio.until(lambda: "is needed and missing" in studio.window.notices.text.text())
    assert studio.document.standing("extra").revision == 1


def test_on_a_small_screen_everything_fits_and_the_halt_stays_in_reach(
    open_studio: OpenStudio, sqlite_url: str
) -> None:
    furnish(sqlite_url)
    studio = open_studio(sqlite_url)
    window = studio.window
    words = window.toolbar.sizeHint().width()
    for rule in ("", "scene-qa", HERO):  # the last one is to be approved, and says so
        studio.document.select(rule)
        studio.settle()
        window.resize(1024, 640)
        QApplication.processEvents()
        assert (window.width(), window.height()) == (1024, 640)
        halt = window.toolbar.halt
        assert halt.isVisible()
        assert window.toolbar.rect().contains(halt.geometry())
        if rule:
            page = window.inspector.page
            end = page.mapTo(window.inspector, page.rect().topRight())
            assert end.x() < window.inspector.width()  # nothing is cut at the right
    window.resize(1500, 950)
    QApplication.processEvents()
    assert window.toolbar.sizeHint().width() == words  # the words are back
    window.kept.show()
    window.resize(1500, 1400)
    QApplication.processEvents()
    assert window.kept.height() <= window.kept.sizeHint().height()  # what is told takes no more room on a high one


def test_the_log_shows_its_newest_entry_also_when_it_was_hidden(qtbot: QtBot) -> None:
    tables = [Table([Column("", str)], name="log", key=str, follows=follows) for follows in (True, False)]
    for table in tables:
        qtbot.addWidget(table)
        table.put(list(range(100)))  # before it is seen for the first time
        table.resize(300, 200)
        table.show()
    log, gates = tables
    bar = log.verticalScrollBar()
    qtbot.waitUntil(lambda: 0 < bar.value() == bar.maximum())
    assert gates.verticalScrollBar().value() == 0
    log.resize(300, 100)
    qtbot.waitUntil(lambda: bar.value() == bar.maximum())
    bar.setValue(10)  # a person looks at what was before
    log.put(list(range(200)))
    QApplication.processEvents()
    assert bar.value() == 10


def test_on_a_low_screen_only_the_sentence_stays_above_the_form(open_studio: OpenStudio, sqlite_url: str) -> None:
    furnish(sqlite_url)
    studio = open_studio(sqlite_url)
    window, inspector = studio.window, studio.window.inspector
    studio.click_rule("scene-qa")
    for width, height, low in ((1024, 640, True), (1600, 1000, False), (1024, 640, True)):
        window.resize(width, height)
        studio.settle()
        assert inspector.page.isAncestorOf(inspector.truth) == low
        assert inspector.sentence.isVisible()
        assert not inspector.page.isAncestorOf(inspector.sentence)
        assert inspector.page.height() >= 260
        for button in (inspector.state.publish, inspector.state.save, inspector.state.run):
            assert button.width() >= button.sizeHint().width()
    window.tabs.setCurrentWidget(window.tabs.log)
    studio.settle()
    for widget in (window.tabs.log.rule_only, window.tabs.log.status, window.tabs.log.replay):
        assert widget.width() >= widget.sizeHint().width()
        assert widget.visibleRegion().boundingRect() == widget.rect(), "not cut off"
    studio.trigger("gallery")
    gallery = studio.dialog(Gallery)
    studio.until(gallery.cards.count)
    assert gallery.width() < window.width()
    assert gallery.height() < window.height()
    gallery.reject()
