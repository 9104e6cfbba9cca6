"""The German window, everywhere a person can get to: not a word of English, and a name on whatever takes the keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QDialog, QWidget

from tests.support.studio import DEMO, Studio, furnish
from tests.support.texts import everywhere, nameless, texts
from tests.ui.conftest import OpenStudio
from tests.ui.test_language import translations
from trigger_studio.model.documents import read_document
from trigger_studio.ui.canvas.interact import steps
from trigger_studio.ui.widgets import language

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|grabbing the keyboard|support raise")

ENGLISH = re.compile(
    r"\b(the|is|are|of|and|to|this|that|what|with|when|for|from|not|has|have|it|on|by|at|or|no|step|event|needed|found|"
    r"allowed|unknown|waiting|running|done|failed|refused|held|pending|skipped|submitted|completed|approved|import|delete|"
    r"halt|resume|publish|save|stop|open|new|add|remove|change|more|before|after|nothing|everything|rule|rules|jobs)\b"
)
"""Words that no German text has, in lower case: with a capital some are German too."""
GATE = re.compile(r"Watch \S+ before it leaves the house")
"""The demonstration's question, with its template filled."""


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    language.install(qapp, "de")
    yield
    language.remove(qapp)


@pytest.fixture
def studio(german: None, open_studio: OpenStudio, tmp_path: Path) -> Studio:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    furnish(url)
    made = open_studio(url)
    made.window.show_best()
    made.settle()
    return made


class Reader:
    """Reads all that is shown, and keeps what is not German."""

    def __init__(self, studio: Studio) -> None:
        self.studio = studio
        self.english = {source for source, forms in translations().items() if forms[0] != source}
        self.german = {form for forms in translations().values() for form in forms}
        self.data = sorted(set(_data()), key=len, reverse=True)
        self.left: dict[str, str] = {}
        self.nameless: set[str] = set()

    def read(self, where: str) -> None:
        self.studio.settle()
        self.nameless.update(f"{where}: {who}" for who in nameless())
        for widget in everywhere():
            for text in texts(widget):
                self.look_at(text, f"{where}, {type(widget).__name__} in {_whose(widget)}")

    def look_at(self, text: str, where: str) -> None:
        if text.strip() in self.german or text in self.studio.document.profile.attributes:
            return  # a parameter's name is a key of the document
        plain = GATE.sub("", text)
        for known in self.data:
            plain = plain.replace(known, "")
        plain = re.sub(r"'[^']*'|“[^”]*”|\{\{.*?\}\}|\S*[/:.-]\S+|erlaubt: .*|\b\w+_\w+\b", "", plain)
        if text.strip() in self.english or ENGLISH.search(plain):
            self.left.setdefault(text, where)


def _whose(widget: QWidget) -> str:
    parent = widget.parentWidget()
    return f"{type(parent).__name__} {parent.accessibleName()}" if parent is not None else ""


def _data() -> Iterator[str]:
    """What people have written: names and texts of rules and entities."""

    def inside(value: Any) -> Iterator[str]:
        if isinstance(value, str) and (" " in value or "-" in value):
            yield value
            yield from (value[:length] + "…" for length in (39, 38, 37))
        for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield from inside(item)

    for file in ("rules.yaml", "pipeline.json"):
        yield from inside(read_document(DEMO / file))


def close_all() -> None:
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog) and widget.isVisible():
            widget.reject()
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()


def test_every_panel_and_form_is_german(studio: Studio) -> None:
    reader, window = Reader(studio), studio.window
    for place in range(window.tabs.count()):
        window.tabs.setCurrentIndex(place)
        reader.read(f"panel {window.tabs.tabText(place)}")
    for rule in ("scene-qa", "mira-cut-when-all-scenes-approved", "package-after-sign-off", "scene-failed"):
        studio.document.select(rule)
        reader.read(f"rule {rule}")
        for button in window.inspector.findChildren(QAbstractButton):
            with suppress(RuntimeError):  # opening one section may draw another anew
                if button.isCheckable() and button.isVisible() and not button.isChecked():
                    button.click()
        reader.read(f"rule {rule}, opened")
    board = window.chart.canvas._stage.board
    for card in board.cards:
        for text in (steps.name_of(board, card), steps.describe(board, card), window.chart.canvas._stage.tooltip(card)):
            reader.look_at(text, "card")
    assert reader.left == {}
    assert reader.nameless == set()


def test_every_dialog_and_menu_is_german(studio: Studio) -> None:
    reader, window = Reader(studio), studio.window
    studio.document.select("scene-qa")
    for name in ("new", "raise", "halt", "halt-rule", "delete", "shortcuts", "gallery", "palette"):
        window.actions_[name].trigger()
        reader.read(name)
        if name == "gallery":
            dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible())
            for view in dialog.findChildren(QAbstractItemView):
                for row in range(view.model().rowCount()):
                    view.setCurrentIndex(view.model().index(row, 0))
                    reader.read(f"template {row}")
        if name == "palette":
            for sought in ("szene", "senden", "mira", "4k", "qqq"):
                window.palette_.line.setText(sought)
                reader.read(f"searched {sought}")
        close_all()
    window.chart.canvas.select_card("rule:scene-qa:actions[0]")
    window.actions_["link"].trigger()
    reader.read("link")
    close_all()
    window._show_menu(QPoint(10, 10))
    reader.read("menu")
    close_all()
    assert reader.left == {}
    assert reader.nameless == set()


FAULTY: dict[str, Callable[[dict[str, Any]], object]] = {
    "numbers": lambda c: c.update(priority=5000, max_depth="x", actions=[]),
    "values": lambda c: c["when"].update(
        where={
            "all": [
                {"field": "nope", "op": "eq", "value": 1},
                {"field": "resolution_tier", "op": "eq", "value": "9k"},
                {"field": "qa_pass_rate", "op": "contains", "value": "a"},
                {"field": "qa_pass_rate", "op": "between", "value": [1]},
                {"field": "resolution_tier", "op": "between", "value": ["4k", "720p"]},
                {"field": "variant", "op": "eq"},
                {"field": "scene_type", "op": "in", "value": []},
            ]
        }
    ),
    "actions": lambda c: c.update(
        actions=[
            {"type": "call_webhook", "url": "ftp://x", "method": "POST"},
            {"type": "gate", "approvers": "boss", "timeout": "3x"},
            {"type": "nix"},
            {"type": "submit_job", "job_type": "scene_generatio"},
            {"type": "branch", "if": {"field": "qa_pass_rate", "op": "gt", "value": "hoch"}, "then": []},
            {"type": "send_notification", "channel": "", "to": [], "message": "{{ event..x }}"},
            {"type": "set_status", "status": "{{ event.a }}", "nope": 1},
        ]
    ),
    "groups": lambda c: c["when"].update(where={"all": []}, scope={"characters": 3}),
}


@pytest.mark.parametrize("kind", FAULTY)
def test_every_fault_is_german(studio: Studio, kind: str) -> None:
    reader = Reader(studio)
    content = read_document(DEMO / "rules.yaml")["rules"][0]
    studio.document.select(content["id"])
    FAULTY[kind](content)
    studio.document.edit(content["id"], content)
    reader.read(kind)
    studio.trigger("publish") if studio.window.actions_["publish"].isEnabled() else None
    reader.read(f"{kind}, published")
    assert studio.document.checked(content["id"]).faults
    assert reader.left == {}
    assert reader.nameless == set()


def test_every_answer_of_the_program_is_german(studio: Studio, tmp_path: Path) -> None:
    reader, context = Reader(studio), studio.context
    told: list[str] = []
    context.notices.watch(lambda notice: told.append(notice.text))
    bad = tmp_path / "bad.yaml"
    bad.write_text("format: x\nrules: [{id: A B, when: {event: foo}}]\n")
    worse = tmp_path / "worse.json"
    worse.write_text('{"a": 1, "a": 2')
    acts: list[Callable[[], object]] = [
        lambda: context.runs.retry("f-1-1"),
        lambda: context.runs.answer_gate("gate-1-1-1", approve=True, reason=""),
        lambda: context.halts.resume("rule", "nosuch", discard=False),
        lambda: context.halts.halt("Grund", "all", ""),
        lambda: context.halts.resume("all", "", discard=True),
        lambda: context.rules.import_files([tmp_path / "fehlt.yaml"]),
        lambda: context.rules.import_files([bad]),
        lambda: context.rules.import_files([worse]),
        lambda: context.rules.switch(["scene-qa"], on=False),
        lambda: context.rules.approve("mira-scenes-on-hero-approval"),
        studio.window.editor.remove,
        studio.window.editor.step_earlier,
        studio.window.editor.follow,
    ]
    for act in acts:
        act()
        reader.read("answer")
    assert len(set(told)) >= 10
    studio.window.tabs.show_page("audit")
    reader.read("audit")
    shown = {text for widget in studio.window.tabs.findChildren(QAbstractItemView) for text in texts(widget)}
    assert {"Gestoppt", "Regeln veröffentlicht", "Regeln ausgeschaltet"} <= shown
    assert reader.left == {}
