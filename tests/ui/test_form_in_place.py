"""The form that is kept up in place shows what one drawn anew would show, whatever was edited and undone."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from tests.support.studio import Studio, furnish
from tests.ui.conftest import OpenStudio
from trigger_studio.studio.form.action_kinds import fresh_actions
from trigger_studio.studio.paths import Content, with_value
from trigger_studio.ui.inspector.form import Form
from trigger_studio.ui.inspector.rule_body import RuleBody
from trigger_studio.ui.inspector.sections import GONE
from trigger_studio.ui.widgets.range_slider import RangeSlider

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every window

RULE = "mira-cut-when-all-scenes-approved"
HERO = {"field": "variant", "op": "eq", "value": "hero"}
TESTS: list[Any] = [
    None, HERO, {"all": [HERO]}, {"any": [HERO, {"field": "qa_pass_rate", "op": "gt", "value": 0.5}]},
    {"all": [HERO, {"any": [HERO, {"field": "variant", "op": "is_not_set"}]}]},
    {"all": [{"field": "resolution_tier", "op": "between", "value": ["720p", "4k"]}, {"none": [HERO, HERO]}]},
    {"all": [{"field": "resolution_tier", "op": "ge", "value": "720p"}, {"none": [{"any": [HERO]}]}]},
    {"all": [{"field": "scene_type", "op": "in", "value": ["action"]}, {**HERO, "value": "nobody"}]},
    {"all": [{"field": "qa_pass_rate", "op": "lt", "value": 1}, {"field": "unheard_of", "op": "eq", "value": 3}]},
]  # fmt: skip
SIMPLE: list[tuple[tuple[str, ...], list[Any]]] = [
    (("name",), ["One", "Another", ""]), (("description",), ["", "A note"]), (("enabled",), [True, False]),
    (("coalesce",), [None, {"within": "30s", "max": 5}, {"within": "2h", "max": 5}, {"within": "1.5h"}]),
    (("mode",), ["sequential", "parallel"]), (("priority",), [1, 100, "much"]), (("max_depth",), [3, 10]),
    (("project",), [None, "aurora", "nowhere"]), (("when", "event"), ["approved", "failed", "lost"]),
    (("when", "entity"), ["scene", "variant"]), (("when", "where"), TESTS),
    (("when", "scope"), [{"project": True}, {"characters": "all"}, {"characters": ["mira", "who"]}]),
    (("when", "every"), [None, {"entity": "scene", "of": "character", "status": "approved", "min": 1}]),
]  # fmt: skip
EVERY: list[tuple[tuple[str, ...], list[Any]]] = [
    (("of",), ["character", "project"]), (("status",), ["approved", "odd"]), (("min",), [2, "scene_count"]),
    (("where",), TESTS),
]  # fmt: skip
INSIDE: list[tuple[str, list[Any]]] = [
    ("job_type", ["qa", "scene_generation", "none"]), ("params", [{}, {"suite": "x"}, {"suite": "y", "n": 2}]),
    ("wait", [True, False]), ("to", [[], ["a@b.org", "c@d.org"]]), ("message", ["", "Look\nhere"]),
    ("url", ["", "https://e.org"]), ("method", ["GET", "POST"]), ("body", [None, {"a": 1}]), ("secret", [None, "k"]),
    ("retry", [{"attempts": 3}, None]), ("status", ["approved", "odd"]), ("timeout", ["3d", "2h", None]),
    ("approvers", ["admin", "nobody"]), ("if", TESTS[1:]), ("then", [[], [{"type": "trigger_qa"}]]),
    ("actions", [[], [{"type": "trigger_qa"}] * 2]),
]  # fmt: skip


@pytest.fixture
def studio(open_studio: OpenStudio, sqlite_url: str) -> Studio:
    furnish(sqlite_url)
    return open_studio(sqlite_url)


def changed(rng: Random, content: Content, fresh: dict[str, Content]) -> Content:
    """The document after one edit."""
    kind = rng.randrange(5)
    if kind == 4:
        return dict(with_value(content, ("when", "where"), rng.choice(TESTS)))
    if kind == 0:
        path, values = rng.choice(SIMPLE)
        return dict(with_value(content, path, rng.choice(values)))
    if kind == 1 and content["when"].get("every"):
        path, values = rng.choice(EVERY)
        return dict(with_value(content, ("when", "every", *path), rng.choice(values)))
    actions = list(content["actions"])
    place = rng.randrange(len(actions) + 1)
    if kind == 2 or place == len(actions):
        actions[place : place + rng.randrange(2)] = [rng.choice(list(fresh.values()))] * rng.randrange(3)
        return {**content, "actions": actions}
    fitting = [(key, values) for key, values in INSIDE if key in fresh[actions[place]["type"]] or key == "wait"]
    key, values = rng.choice(fitting)
    return dict(with_value(content, ("actions", place, key), rng.choice(values)))


def shown(form: Form, widget: QWidget | None) -> Iterator[tuple[Any, ...]]:
    """What a person sees and a screen reader says, in the order in which it stands."""
    assert widget is not None
    for child in widget.children():
        skipped = not isinstance(child, QWidget) or child.isWindow() or child.property(GONE)
        if skipped or not isinstance(child, QWidget) or not child.isVisibleTo(widget) or child in form.slots.values():
            continue
        said: Any = None
        if isinstance(child, QComboBox):
            said = child.currentText(), [child.itemText(place) for place in range(child.count())]
        elif isinstance(child, QLabel | QLineEdit):
            said = child.text()
        elif isinstance(child, QAbstractButton):
            said = child.text(), child.isChecked()
        elif isinstance(child, QPlainTextEdit):
            said = child.toPlainText()
        elif isinstance(child, QAbstractSpinBox):
            said = child.text()
        elif isinstance(child, RangeSlider):
            said = [child.at(end) for end in child.ends]
        if said is not None:
            yield type(child).__name__, child.objectName(), child.accessibleName(), child.isEnabled(), said
        yield from shown(form, child)


def drawn_anew(studio: Studio) -> list[tuple[Any, ...]]:
    """What a new form shows of the same rule."""
    inspector = studio.window.inspector
    kept = inspector._form
    assert kept is not None
    form = Form(kept.profile, kept.census, studio.document.content(RULE), put=_nobody, reshape=_nobody)
    form.opened = kept.opened
    body = form.draw(lambda: RuleBody(form))
    form.show_faults(studio.document.checked(RULE).faults)
    body.show()
    found = list(shown(form, body))
    body.close()
    body.deleteLater()
    return found


def _nobody(*_told: object) -> None:
    """Nobody is told."""


def agree(studio: Studio) -> None:
    """The form on the screen shows what a new one would."""
    QApplication.processEvents()
    inspector = studio.window.inspector
    assert inspector._form is not None
    assert list(shown(inspector._form, inspector.page.body)) == drawn_anew(studio)


def test_the_form_in_place_shows_what_a_new_one_would(studio: Studio) -> None:
    studio.document.select(RULE)
    rng = Random(20)
    for step in range(60):
        document, inspector = studio.document, studio.window.inspector
        match rng.randrange(6):
            case 0:
                document.undo()
            case 1:
                document.redo()
            case 2:
                assert inspector._form is not None
                inspector._form.opened.symmetric_difference_update((f"actions[{rng.randrange(4)}]",))
                inspector._redraw(RULE, document.content(RULE))
            case _:
                fresh = fresh_actions(document.profile)
                document.edit(RULE, changed(rng, document.content(RULE), fresh), f"step {step}")
        agree(studio)
    while studio.document.undo_title:
        studio.document.undo()
        agree(studio)


def test_widgets_that_went_come_back_with_what_the_rule_says_by_then(studio: Studio) -> None:
    document = studio.document
    document.select(RULE)
    actions = [fresh_actions(document.profile)[name] for name in ("call_webhook", "send_notification", "gate")]
    shapes: list[tuple[tuple[str, ...], list[Any]]] = [
        (("when", "scope"), [{"characters": ["mira"]}, {"project": True}, {"characters": ["leo", "mira"]}]),
        (("when", "where"), [TESTS[2], TESTS[5], {"all": [{**HERO, "value": "other"}]}, TESTS[4], None]),
        (("when", "every"), [None, {"entity": "scene", "of": "character", "status": "approved", "min": 1}]),
        (("actions",), [actions[:1], actions, actions[1:2], [{"type": "trigger_qa"}] * 6, actions[::-1]]),
    ]
    seen: list[int] = []
    for turn in range(2):
        for path, values in shapes:
            for value in values:
                document.edit(RULE, dict(with_value(document.content(RULE), path, value)), f"turn {turn}")
                agree(studio)
                seen.append(len(studio.window.inspector.findChildren(QLineEdit)))
    assert seen[-1] == seen[len(seen) // 2 - 1], "the widgets of the last turn served again"
    steps = 0
    while document.undo_title:
        document.undo()
        steps += 1
        agree(studio)
    for _ in range(steps):
        document.redo()
        agree(studio)


def test_undo_keeps_the_focus_the_cursor_and_the_widgets(studio: Studio) -> None:
    studio.document.select(RULE)
    name = studio.field("name", QLineEdit)
    before = name.text()
    studio.window.activateWindow()
    studio.until(studio.window.isActiveWindow)
    studio.type_into(name, "Another name")
    assert name.hasFocus()
    name.setCursorPosition(3)
    content = studio.document.content(RULE)
    studio.document.edit(RULE, {**content, "actions": [{"type": "trigger_qa"}, *content["actions"]]}, "add")
    studio.document.edit(RULE, {**studio.document.content(RULE), "name": "A third"}, "name")
    assert studio.field("name", QLineEdit) is name
    assert (name.text(), name.cursorPosition(), name.hasFocus()) == ("A third", 3, True)
    for _ in range(3):
        studio.document.undo()
    assert (name.text(), name.hasFocus()) == (before, True)


def test_conditions_that_go_with_their_branch_are_not_told_what_came_of_them(studio: Studio) -> None:
    told: list[str] = []
    studio.context.notices.watch(lambda notice: told.append(notice.text))
    studio.click_rule("scene-qa")
    studio.until(lambda: studio.window.truth.seen.rule_id == "scene-qa")
    content = studio.document.content("scene-qa")
    assert content is not None
    for actions in (content["actions"][:0], content["actions"], content["actions"][:1]):
        studio.document.edit("scene-qa", {**content, "actions": actions}, "other actions")
        studio.settle()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        form = studio.window.inspector._form
        assert form is not None
        assert {mark.path for mark in studio.window.inspector.truth._marks} == form.slots.keys()
    assert not told
