"""Limits in the window: set, changed and lifted by hand; how much is used, and what waits for room."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from tests.engine.steps import engine
from tests.support.engines import emit, event
from tests.support.studio import Studio, furnish
from tests.ui.conftest import OpenStudio
from trigger_studio.model.limit import Limit
from trigger_studio.services import limits
from trigger_studio.services.session import Session
from trigger_studio.ui.panels.limits import LimitQuestion

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def rows(studio: Studio) -> list[list[str]]:
    table = studio.window.tabs.limits.table
    return [[column.text(row) for column in table.content.columns] for row in table.content.rows]


def standing(url: str) -> list[Limit]:
    with Session(url) as session:
        return [item.limit for item in limits.standing(session)]


def test_a_limit_is_set_changed_and_lifted_by_hand(open_studio: OpenStudio, sqlite_url: str) -> None:
    furnish(sqlite_url)
    studio = open_studio(sqlite_url)
    studio.trigger("show-limits")
    panel = studio.window.tabs.limits
    assert panel.isVisible()
    assert not panel.change.isEnabled()
    studio.click(panel.add)
    asked: Any = studio.dialog(LimitQuestion)
    asked.scope.setCurrentIndex(asked.scope.findText("the project Aurora"))
    asked.kind.setCurrentIndex(asked.kind.findData("gpu_hours"))
    asked.amount.setValue(12.5)
    asked.time.setValue(2)
    asked.unit.setCurrentIndex(asked.unit.findData("d"))
    studio.click(asked.yes)
    studio.until(lambda: rows(studio))
    assert rows(studio) == [["open", "the project Aurora", "12.5 GPU-hours within 2 d", "0 of 12.5", ""]]
    assert standing(sqlite_url) == [Limit("project", "aurora", "gpu_hours", 12.5, 172800)]

    panel.table.setCurrentIndex(panel.table.content.index(0, 0))
    studio.click(panel.change)
    asked = studio.dialog(LimitQuestion)
    assert (asked.amount.value(), asked.time.value(), asked.unit.value) == (12.5, 2, "d")
    asked.kind.setCurrentIndex(asked.kind.findData("failures"))
    asked.amount.setValue(0)
    studio.keys(Qt.Key.Key_Return)
    studio.until(lambda: "1 failed firing within" in rows(studio)[0][2])
    assert standing(sqlite_url) == [Limit("project", "aurora", "failures", 1, 172800)]  # one took the other's place
    assert rows(studio)[0][3] == "none failed"

    panel.table.setCurrentIndex(panel.table.content.index(0, 0))
    studio.click(panel.remove)
    studio.until(lambda: not rows(studio))
    assert standing(sqlite_url) == []


def test_what_is_used_and_what_waits_is_shown(open_studio: OpenStudio, sqlite_url: str) -> None:
    furnish(sqlite_url, approve=True)
    with Session(sqlite_url) as session:
        limits.put(session, Limit("all", "", "firings", 2, 86400))
        emit(session, *(event(f"e{n}", "approved", "variant", "mira-hero") for n in range(3)))
        made = engine(session)
        while made.step():
            pass
        made.close()
    studio = open_studio(sqlite_url)
    studio.until(lambda: rows(studio))
    assert rows(studio) == [["full", "everything", "2 firings within 1 d", "2 of 2", "1 firing"]]
    assert studio.window.tabs.limits.halts.text() == "Nothing is halted."
