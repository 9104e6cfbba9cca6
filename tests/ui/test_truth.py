"""A rule in the making, in the window: tested, previewed, run for real, begun from the gallery."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from tests.support.studio import Studio, furnish
from tests.ui.conftest import OpenStudio
from trigger_studio.model.event_codec import EventParser
from trigger_studio.services import bus, pipeline, rule_registry
from trigger_studio.services.session import Session
from trigger_studio.ui.inspector.event_form import EventForm
from trigger_studio.ui.inspector.live_evaluation import EXAMPLE
from trigger_studio.ui.inspector.live_evaluation_marks import TruthMark
from trigger_studio.ui.inspector.values import Chips
from trigger_studio.ui.panels.preview_view import StoryView
from trigger_studio.ui.shell.gallery import Gallery
from trigger_studio.ui.shell.run_dialog import RunDialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every window

HERO = "mira-scenes-on-hero-approval"
CUT = "mira-cut-when-all-scenes-approved"


def record(url: str) -> None:
    """Two approvals of variants, the newer one of a variant that Mira's rule is not for."""
    now = datetime.now(UTC)
    with Session(url) as session:
        door = EventParser(session.profile)
        for place, variant in enumerate(("mira-hero", "mira-casual")):
            at = (now - timedelta(hours=2 - place)).isoformat()
            line = {"id": f"e{place}", "type": "approved", "entity": "variant", "entity_id": variant, "occurred_at": at}
            event = door.read(line, [])
            assert event is not None
            bus.emit(session, [("here", event)])


@pytest.fixture
def studio(open_studio: OpenStudio, sqlite_url: str) -> Studio:
    furnish(sqlite_url, approve=True)
    record(sqlite_url)
    return open_studio(sqlite_url)


def looked(studio: Studio, rule_id: str) -> None:
    """Select a rule, and wait until it was looked at and counted."""
    studio.click_rule(rule_id)
    seen = studio.window.truth
    studio.until(lambda: seen.seen.rule_id == rule_id and seen.seen.matched is not None and seen.seen.matched.whole)


def change_tier(studio: Studio, tier: str) -> None:
    """Change the least resolution of Mira's rule."""
    content = studio.document.content(HERO)
    least = {"field": "resolution_tier", "op": "ge", "value": tier}
    where = {"all": [content["when"]["where"]["all"][0], least]}
    studio.document.edit(HERO, {**content, "when": {**content["when"], "where": where}}, f"change tier to {tier}")


def marks(studio: Studio) -> dict[str, str]:
    page = studio.window.inspector.page
    return {mark.path: mark.text() for mark in page.findChildren(TruthMark) if mark.isVisibleTo(page)}


def told(studio: Studio) -> list[str]:
    """The preview's lines."""
    story = studio.window.preview.story
    lines, items = [], [story.topLevelItem(place) for place in range(story.topLevelItemCount())]
    while items:
        item = items.pop(0)
        assert item is not None
        lines.append(item.text(0))
        items = [*(item.child(place) for place in range(item.childCount())), *items]
    return lines


def test_conditions_are_tested_against_a_chosen_event(studio: Studio) -> None:
    looked(studio, HERO)
    bar = studio.window.inspector.truth
    assert bar.against.itemText(0).startswith("Most recent: Mira, casual · ")
    assert bar.verdict.text() == "✗  It does not match this event: variant: casual ≠ hero."
    assert marks(studio) == {"when.where.all[0]": "✗ casual", "when.where.all[1]": "✓ 1080p"}
    assert bar.matched.text() == "Would have matched 1 event in the last 30 days"

    bar.against.setCurrentIndex(1)
    studio.until(lambda: bar.verdict.text() == "✓  All conditions hold for this event.")
    assert marks(studio) == {"when.where.all[0]": "✓ hero", "when.where.all[1]": "✓ 1080p"}

    change_tier(studio, "4k")
    studio.until(lambda: marks(studio).get("when.where.all[1]") == "✗ 1080p")
    assert "resolution tier: 1080p < 4k" in bar.verdict.text()
    studio.until(lambda: bar.matched.text().startswith("Would have matched 0 events"))

    bar.against.setCurrentIndex(bar.against.findData(EXAMPLE))
    studio.until(lambda: not marks(studio))
    assert "uses an example" in bar.verdict.text()


def test_a_join_says_who_is_missing(studio: Studio, sqlite_url: str) -> None:
    with Session(sqlite_url) as other:
        for scene in (1, 2, 3, 5, 6, 7, 9):
            pipeline.set_status(other, "scene", f"mira-s0{scene}", "approved")
    studio.window.truth._moved()
    looked(studio, CUT)
    said = studio.window.inspector.truth.join.text()
    assert said == "7 of 9 scenes of Mira approved; missing: Market crossing, Northern lights"


def test_the_preview_is_told_anew_as_one_types(studio: Studio) -> None:
    looked(studio, HERO)
    preview = studio.window.preview
    assert "the event you test with does not match" in preview.example.text()
    assert told(studio)[:3] == [
        "1.  Generate Mira's nine scenes when her hero variant is approved",
        "because variant Mira, hero is approved",
        "9 × Scene generation",
    ]
    assert told(studio)[-1] == "Stops until the admin says yes: “Watch mira-cut before it leaves the house”"
    assert [value.text() for value in preview.figures._values] == ["19", "23.6", "12"]
    assert not preview.first_card.isVisibleTo(preview)

    preview.assume.setChecked(True)
    studio.until(lambda: not any("says yes: " in line for line in told(studio)))

    name = studio.field("name", QLineEdit)
    studio.type_into(name, "Make them all")
    studio.until(lambda: told(studio)[0] == "1.  Make them all")
    assert "Publish it" in preview.first.text()
    assert "approve" not in preview.first.text()  # the name may change without a new approval

    change_tier(studio, "4k")
    studio.until(lambda: "admin approve it" in preview.first.text())
    studio.until(lambda: "supposing resolution tier 4k" in preview.example.text())


def test_a_draft_with_faults_says_what_is_wrong_and_one_that_cannot_fire_too(studio: Studio) -> None:
    looked(studio, HERO)
    preview, content = studio.window.preview, studio.document.content(HERO)
    studio.document.edit(HERO, {**content, "actions": []}, "take everything away")
    studio.until(lambda: preview.title.text().endswith("is not finished yet"))
    assert "Actions: This must be filled in." in preview.nothing.text()
    assert studio.window.inspector.truth.verdict.text() == "It can be tested once its problems are mended."
    both = [{"field": "resolution_tier", "op": op, "value": tier} for op, tier in (("ge", "4k"), ("le", "720p"))]
    studio.document.edit(HERO, {**content, "when": {**content["when"], "where": {"all": both}}}, "contradict it")
    studio.until(lambda: preview.title.text().endswith("would never fire"))


def test_the_preview_follows_the_pipeline(studio: Studio, sqlite_url: str) -> None:
    looked(studio, HERO)
    with Session(sqlite_url) as other:
        rule_registry.set_enabled(other, "scene-qa", False)
    studio.context.pipeline.refresh()
    studio.until(lambda: [v.text() for v in studio.window.preview.figures._values] == ["9", "22.5", "1"])


def test_running_for_real_says_why_not_and_what_it_starts(studio: Studio) -> None:
    looked(studio, HERO)
    run = studio.window.inspector.state.run
    assert run.property("role") == "danger"
    studio.click(run)
    dialog = studio.dialog(RunDialog)
    studio.until(dialog.yes.isEnabled)
    assert dialog.yes.text() == "Run for real: 19 jobs, 23.6 GPU-hours"
    assert not dialog.yes.isDefault()
    dialog.event_form.put("variant", "approved", "mira-casual")
    studio.until(lambda: "would not start for this one" in dialog.preview.text())
    assert not dialog.yes.isEnabled()
    dialog.event_form.put("variant", "approved", "mira-hero")
    studio.until(dialog.yes.isEnabled)
    dialog.story.setFocus()
    studio.keys(Qt.Key.Key_Return)
    assert dialog.isVisible()  # not by Enter alone
    before = studio.context.activity.newest
    dialog.reject()
    studio.settle()
    assert studio.context.activity.newest == before

    change_tier(studio, "4k")
    studio.click(run)
    refused = studio.dialog(RunDialog)
    said = [child.text() for child in refused.findChildren(type(refused.preview))]
    assert "It cannot run yet. First:" in said
    assert any("Publish it" in text and "Have an admin approve it" in text for text in said)
    assert not refused.yes.isVisible()
    ownerless = [top for top in QApplication.topLevelWidgets() if isinstance(top, EventForm | StoryView)]
    assert ownerless == []  # they would outlive the dialog


def test_a_rule_begins_in_the_gallery(studio: Studio) -> None:
    studio.trigger("gallery")
    gallery = studio.dialog(Gallery)
    studio.until(lambda: gallery.cards.count() >= 12)
    studio.type_into(gallery.search, "failed mail aside")
    assert gallery.found.text().startswith("1 of ")
    choice = gallery.choice
    assert "Who gets the mail?" in choice.wrong.text()
    assert not choice.make.isEnabled()
    fields: dict[str, Any] = {field.objectName(): field for field in choice.findChildren(QWidget) if field.objectName()}
    people, cast = fields["actions[1].to"], fields["when.scope.characters"]
    assert isinstance(cast, Chips)
    cast.boxes[1][1].click()
    studio.type_into(people, "lead@studio.org, td@studio.org")
    assert "any scene of mira fails" in choice.sentence.text()
    assert choice.make.isEnabled()
    studio.click(choice.make)
    studio.settle()
    made = "put-a-failed-scene-aside-for-review-and-tell-somebody"
    assert studio.document.selected == made
    content = studio.document.content(made)
    assert content["project"] == "aurora"
    assert content["when"]["scope"] == {"characters": ["mira"]}
    assert content["actions"][1]["to"] == ["lead@studio.org", "td@studio.org"]
    assert studio.document.checked(made).rule is not None
    assert studio.document.standing(made) is None
