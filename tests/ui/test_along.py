"""Jumping along the chain: what may start a rule and what it may start, with the reason."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from tests.support.studio import Studio, furnish
from tests.ui.conftest import OpenStudio

# what the offscreen platform says of every window, and of every menu
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"support raise\(\)", "grabbing the keyboard")

HERO = "mira-scenes-on-hero-approval"
CONTROL = Qt.KeyboardModifier.ControlModifier


def chosen(studio: Studio, rule_id: str) -> None:
    studio.until(lambda: studio.window.chart.graph is not None)
    studio.document.select(rule_id)
    studio.until(studio.window.along.isVisible)


def test_the_ways_are_told_with_their_reasons(open_studio: OpenStudio, sqlite_url: str) -> None:
    furnish(sqlite_url)
    studio = open_studio(sqlite_url)
    chosen(studio, "scene-qa")
    found = studio.window.along.found
    assert {link.rule for link in found.before} >= {"juno-scenes-on-winter-approval"}
    after = {link.rule: link for link in found.after}
    assert after["mira-cut-when-all-scenes-approved"].why == "Scene approved of mira in aurora, by Set approved"
    assert studio.window.along.ahead.text() == f"It may start {len(after)} →"
    assert "Scene approved of mira in aurora, by Set approved" in studio.window.along.ahead.toolTip()


def test_a_link_and_a_key_go_there(open_studio: OpenStudio, sqlite_url: str) -> None:
    furnish(sqlite_url)
    studio = open_studio(sqlite_url)
    chosen(studio, "mira-cut-when-all-scenes-approved")
    found = studio.window.along.found
    assert [link.rule for link in found.after] == ["package-after-sign-off"]
    studio.window.chart.setFocus()
    studio.keys(Qt.Key.Key_BracketRight, CONTROL)
    assert studio.document.selected == "package-after-sign-off"
    assert studio.document.node == found.after[0].node

    # back again; where there are several ways the keys ask, and choose
    studio.keys(Qt.Key.Key_BracketLeft, CONTROL)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    first, second = studio.window.along.found.before[:2]
    assert menu.activeAction().text().startswith(first.title)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert studio.document.selected == second.rule
    studio.until(studio.window.along.ahead.isVisible)
    studio.click(studio.window.along.ahead)
    assert studio.document.selected == "package-after-sign-off"


def test_the_ways_follow_an_edit(open_studio: OpenStudio, sqlite_url: str) -> None:
    furnish(sqlite_url)
    studio = open_studio(sqlite_url)
    chosen(studio, "mira-cut-when-all-scenes-approved")
    content = studio.document.content("mira-cut-when-all-scenes-approved")
    actions = [{"type": "set_status", "status": "needs_review"}]
    studio.document.edit("mira-cut-when-all-scenes-approved", {**content, "actions": actions})
    studio.until(lambda: not studio.window.along.found.after)
    assert studio.window.along.found.before
