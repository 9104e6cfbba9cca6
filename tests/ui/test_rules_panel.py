"""The list of rules: an edit touches its own row only."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeWidgetItem

from tests.support.studio import Studio, furnish
from tests.ui.conftest import OpenStudio
from trigger_studio.engine.state import State
from trigger_studio.studio.chart.chart import Badge
from trigger_studio.ui.panels.rule_tree import ID
from trigger_studio.ui.panels.rules import BADGES
from trigger_studio.ui.shell.status import StatusBar
from trigger_studio.ui.widgets.dialogs import DeleteQuestion

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every window


def rows(studio: Studio) -> dict[str, QTreeWidgetItem]:
    return {rule_id: studio.row_of(rule_id) for rule_id in studio.document.ids()}


def test_an_edit_touches_its_own_row_only(open_studio: OpenStudio, sqlite_url: str) -> None:
    furnish(sqlite_url)
    studio = open_studio(sqlite_url)
    document, tree = studio.document, studio.window.rules.tree
    before = rows(studio)
    touched: list[str] = []
    tree.model().dataChanged.connect(lambda top, _end: touched.append(top.data()))
    tree.model().rowsInserted.connect(lambda *_: touched.append("a new row"))
    document.edit("scene-failed", {**document.content("scene-failed"), "name": "Walrus"})
    assert rows(studio) == before
    assert set(touched) == {"Walrus"}
    assert before["scene-failed"].data(0, BADGES) == (Badge.DRAFT,)

    # another event is another group: the row moves there, its old group goes with it
    content = document.content("scene-failed")
    document.edit("scene-failed", {**content, "when": {**content["when"], "event": "approved"}})
    moved = studio.row_of("scene-failed")
    assert moved.parent().text(0) == "Scene approved"
    names = [tree.model().index(at, 0).data() for at in range(tree.topLevelItemCount())]
    assert "Scene failed" not in names
    assert names == sorted(names)
    document.undo()
    document.undo()
    assert studio.row_of("scene-failed").parent().text(0) == "Scene failed"

    # a new rule comes in its place and goes again
    document.edit("extra", {**document.content("scene-failed"), "id": "extra", "name": "Extra"})
    group = studio.row_of("extra").parent()
    assert group.child(0).text(0) == "Extra"
    document.undo()
    with pytest.raises(AssertionError):
        studio.row_of("extra")


def test_the_search_in_the_list_holds_while_rules_change(open_studio: OpenStudio, sqlite_url: str) -> None:
    furnish(sqlite_url)
    studio = open_studio(sqlite_url)
    studio.type_into(studio.window.rules.search, "walrus")
    assert studio.row_of("scene-failed").isHidden()
    studio.document.edit("scene-failed", {**studio.document.content("scene-failed"), "name": "Walrus"})
    assert not studio.row_of("scene-failed").isHidden()
    studio.window.rules.grouping.setCurrentIndex(1)
    assert not studio.row_of("scene-failed").isHidden()
    assert studio.row_of("scene-qa").isHidden()


def test_what_stands_still_is_said_until_the_engine_takes_it_back(open_studio: OpenStudio, sqlite_url: str) -> None:
    furnish(sqlite_url)
    studio = open_studio(sqlite_url)
    studio.engine(True)
    studio.context.engine.heard(State.RUNNING, "project 'aurora' stands still")
    studio.settle()
    studio.context.pipeline.refresh()
    studio.settle()
    assert studio.context.engine.facts.detail == "project 'aurora' stands still"
    bar = studio.window.statusBar()
    assert isinstance(bar, StatusBar)
    assert "stands still" in bar.engine.text()
    studio.context.engine.heard(State.RUNNING, "")
    assert studio.context.engine.facts.detail == ""
    studio.engine(False)


def test_several_rules_are_switched_and_deleted_together(open_studio: OpenStudio, sqlite_url: str) -> None:
    furnish(sqlite_url)
    studio = open_studio(sqlite_url)
    window, document, tree = studio.window, studio.document, studio.window.rules.tree
    ids = tree_ids(studio)[:3]
    tree.setFocus()
    studio.click_rule(ids[0])
    for rule_id in ids[1:]:
        at = tree.visualItemRect(studio.row_of(rule_id)).center()
        QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, at)
    assert tree.selected_ids() == ids
    content = document.content(ids[1])
    document.edit(ids[1], {**content, "description": "mine"}, "change the note")
    assert tree.selected_ids() == ids

    # off for every engine at once; the draft follows, and is not taken for somebody else's change
    document.edit_all({rule: {**document.content(rule), "enabled": True} for rule in ids}, "all on")
    tree.setFocus()
    studio.trigger("enable")
    studio.until(lambda: not any(document.standing(rule).rule.enabled for rule in ids))
    studio.settle()
    assert document.content(ids[1]) == {**content, "description": "mine", "enabled": False}
    assert not document.is_stale(ids[1])
    assert "for every engine at once" in window.notices.text.text()

    # copies are drafts, all in one step
    tree.setFocus()
    count = len(document.ids())
    studio.trigger("duplicate")
    assert (len(document.ids()), document.undo_title) == (count + 3, "duplicate 3 rules")
    studio.trigger("undo")
    assert len(document.ids()) == count

    # deleting published rules is asked first, and undone as drafts
    window.editor.delete_rules(ids[:2])
    studio.click(studio.dialog(DeleteQuestion).yes)
    studio.until(lambda: document.undo_title == "delete 2 rules")
    assert not {*ids[:2]} & {*document.ids()}
    studio.trigger("undo")
    assert [document.working(rule).base for rule in ids[:2]] == [0, 0]
    studio.settle()


def test_a_rule_is_dragged_before_another_by_keys(open_studio: OpenStudio, sqlite_url: str) -> None:
    furnish(sqlite_url)
    studio = open_studio(sqlite_url)
    group = studio.row_of("scene-qa").parent()
    assert [group.child(at).data(0, ID) for at in range(2)] == ["scene-qa", "scene-qa-4k"]
    studio.click_rule("scene-qa-4k")
    QTest.keyClick(studio.window.rules.tree, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [group.child(at).data(0, ID) for at in range(2)] == ["scene-qa-4k", "scene-qa"]
    assert studio.document.undo_title.startswith("let “")
    studio.settle()


def tree_ids(studio: Studio) -> list[str]:
    """The rules in the list, from top to bottom."""
    return [str(item.data(0, ID)) for item in studio.window.rules.tree.rules()]


def test_a_copy_made_by_ctrl_d_is_selected_alone(open_studio: OpenStudio, sqlite_url: str) -> None:
    furnish(sqlite_url)
    studio = open_studio(sqlite_url)
    studio.click_rule("scene-failed")
    for place in ("go-chart", "go-rules"):
        studio.trigger(place)
        studio.keys(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
        studio.settle()
        copy = studio.document.selected
        assert copy != "scene-failed"
        assert studio.window.rules.tree.selected_ids() == [copy]
