"""The sentence above the form in the real window: picked by mouse and keys, in step with the form and the flowchart."""

from __future__ import annotations

from random import Random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

from tests.support.studio import Studio, furnish
from tests.ui.conftest import OpenStudio
from trigger_studio.analysis.wording.sentence import Teller, text_of
from trigger_studio.ui.inspector.picker import VALUE, ChoiceList
from trigger_studio.ui.inspector.scope import ScopeEditor
from trigger_studio.ui.inspector.sentence import PartButton, SentenceView

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise", "grabbing the keyboard")

CUT, QA = "mira-cut-when-all-scenes-approved", "scene-qa"


@pytest.fixture
def studio(open_studio: OpenStudio, sqlite_url: str) -> Studio:
    furnish(sqlite_url)
    return open_studio(sqlite_url)


def sentence(studio: Studio) -> SentenceView:
    found: SentenceView = studio.window.inspector.sentence
    return found


def part(studio: Studio, path: str, kind: str) -> PartButton:
    return next(b for b in sentence(studio).buttons() if (b.part.path, b.part.kind) == (path, kind))


def told(studio: Studio, rule_id: str) -> str:
    """The sentence of the rule's document, with the names of the pipeline."""
    names = {entity.key: entity.name for entity in studio.document.entities}
    teller = Teller(studio.document.profile, lambda kind, id_: names.get((kind, id_), id_))
    return text_of(teller.rule(studio.document.content(rule_id)))


def choose(studio: Studio, button: PartButton, value: object) -> None:
    studio.click(button)
    popover = sentence(studio).popover
    assert popover is not None
    choices = popover.editor
    assert isinstance(choices, ChoiceList)
    item = next(i for i in map(choices.list.item, range(choices.list.count())) if i.data(VALUE) == value)
    place = choices.list.visualItemRect(item).center()
    QTest.mouseClick(choices.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert QApplication.activePopupWidget() is None
    studio.settle()


def test_a_part_is_picked_with_the_mouse_and_the_form_and_the_flowchart_follow(studio: Studio) -> None:
    studio.click_rule(CUT)
    assert sentence(studio).text() == (
        "When any scene of Mira in Aurora is approved, once all scenes of the same character are approved, "
        "at least 9 → start concatenation"
    )
    choose(studio, part(studio, "when.every.of", "of"), "project")
    choose(studio, part(studio, "when.event", "event"), "completed")
    content = studio.document.content(CUT)
    assert (content["when"]["every"]["of"], content["when"]["event"]) == ("project", "completed")
    assert studio.field("when.event", QComboBox).currentData() == "completed"
    chart = next(rule for rule in studio.document.shown() if rule.id == CUT)
    assert chart.when.event == "completed"
    studio.trigger("undo")
    assert "is approved, once all scenes of the same project" in sentence(studio).text()


def test_a_part_is_picked_with_the_keys_alone(studio: Studio) -> None:
    studio.click_rule(QA)
    part(studio, "when.where.none[0].value", "value").setFocus()
    studio.keys(Qt.Key.Key_Tab)
    studio.keys(Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is part(studio, "when.where.none[0].value", "value")
    part(studio, "actions[1].then[0].status", "status").setFocus()
    studio.keys(Qt.Key.Key_Return)
    popover = sentence(studio).popover
    assert popover is not None
    assert isinstance(popover.editor, ChoiceList)
    QTest.keyClicks(popover.editor.search, "on hold")
    QTest.keyClick(popover.editor.search, Qt.Key.Key_Return)
    studio.settle()
    assert studio.document.content(QA)["actions"][1]["then"] == [{"type": "set_status", "status": "on hold"}]
    assert studio.window.focusWidget() is part(studio, "actions[1].then[0].status", "status")


def test_an_editor_counts_once_it_is_done_and_escape_changes_nothing(studio: Studio) -> None:
    studio.click_rule(CUT)
    before = studio.document.content(CUT)
    for done in (False, True):
        studio.click(part(studio, "when.scope", "scope"))
        popover = sentence(studio).popover
        assert popover is not None
        assert isinstance(popover.editor, ScopeEditor)
        popover.editor.cast.boxes[0][1].click()
        assert studio.document.content(CUT) == before
        QTest.keyClick(popover, Qt.Key.Key_Return if done else Qt.Key.Key_Escape)
        studio.settle()
    assert studio.document.content(CUT)["when"]["scope"] == {"characters": ["juno", "mira"]}
    assert "of Juno or Mira in Aurora" in sentence(studio).text()


def test_the_sentence_stays_that_of_the_document_whatever_is_edited_in_the_form(studio: Studio) -> None:
    rng = Random(7)
    for rule_id in (QA, CUT):
        studio.click_rule(rule_id)
        for _ in range(6):
            picks = [p for p in studio.window.inspector.page.findChildren(QComboBox) if p.count() > 1]
            pick = rng.choice(picks)
            pick.setCurrentIndex(rng.randrange(pick.count()))
            studio.settle()
            assert sentence(studio).text() == told(studio, rule_id)
        while studio.document.undo_title:
            studio.trigger("undo")
            assert sentence(studio).text() == told(studio, rule_id)
