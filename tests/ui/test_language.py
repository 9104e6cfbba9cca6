"""The window in German: complete, fresh, and nothing of English left on it; and what a screen reader is told."""

from __future__ import annotations

import re
import runpy
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QWidget,
)

from tests.support.studio import furnish
from tests.support.texts import nameless, texts
from tests.ui.conftest import OpenStudio
from trigger_studio.analysis.wording import words
from trigger_studio.decide.predicate import Check
from trigger_studio.model.bundle import parse_bundle
from trigger_studio.model.counting import count
from trigger_studio.services.session import Session
from trigger_studio.studio.texts.live_evaluation import short, there
from trigger_studio.ui.shell.commands import COMMANDS
from trigger_studio.ui.shell.window import MainWindow
from trigger_studio.ui.widgets import language

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every window

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "resources" / "translations" / "trigger_studio_de.ts"
PLACES = re.compile(r"\{\d\}|%n")


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    language.install(qapp, "de")
    yield
    language.remove(qapp)


def translations() -> dict[str, list[str]]:
    found = {}
    for message in ET.parse(SOURCE).getroot().iter("message"):
        said = message.find("translation")
        assert said is not None
        assert said.get("type") is None, f"not translated: {message.findtext('source')}"
        found[message.findtext("source") or ""] = [f.text or "" for f in said.iter("numerusform")] or [said.text or ""]
    return found


@pytest.mark.usefixtures("german")
def test_what_is_missing_is_told_in_german_beside_a_condition() -> None:
    for expected in ("1080p", {"op": "ge", "value": "1080p"}):
        assert short(Check("resolution_tier", "when.where", False, expected, None)) == "fehlt"
    assert there(Check("resolution_tier", "when.where", False, "1080p", None)) == "fehlt"


def test_every_text_of_the_window_has_its_german_and_no_german_is_stale() -> None:
    known = translations()
    said = runpy.run_path(str(ROOT / "packaging" / "translations.py"))["sources"]() - {""}
    assert said == set(known)
    for source, forms in known.items():
        for form in forms:
            assert form.strip(), source
            assert sorted(PLACES.findall(form)) == sorted(PLACES.findall(source)), source


def test_what_is_compiled_is_what_the_source_says(german: None) -> None:
    from trigger_studio.model.i18n import tr

    assert [s for s, forms in translations().items() if not s.startswith("%n") and tr(s) != forms[0]] == []
    assert (count(1, "rule"), count(2, "rule")) == ("1 Regel", "2 Regeln")


def test_a_rule_reads_as_a_german_sentence(german: None, tmp_path: Path) -> None:
    with Session(f"sqlite:///{tmp_path / 'a.db'}") as session:
        profile = session.profile
    rule = parse_bundle(
        {
            "format": "trigger-studio/1",
            "rules": [
                {
                    "id": "a",
                    "when": {
                        "event": "approved",
                        "entity": "variant",
                        "scope": {"characters": ["mira"]},
                        "where": {"field": "resolution_tier", "op": "ge", "value": "1080p"},
                        "every": {"entity": "scene", "of": "character", "status": "approved", "min": 9},
                    },
                    "actions": [{"type": "submit_job", "job_type": "scene_generation"}],
                }
            ],
        },
        profile,
    )[0]
    assert words.sentence(rule, profile) == (
        "Wenn eine Variante von mira freigegeben wird und Auflösung mindestens 1080p ist, sobald alle Szenen "
        "von derselben Figur freigegeben sind, mindestens 9 → Szenen generieren"
    )


def test_nothing_english_is_left_on_the_window(german: None, open_studio: OpenStudio, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    furnish(url)
    studio = open_studio(url)
    studio.window.show_best()
    studio.until(lambda: not studio.context.busy)
    english = {source for source, forms in translations().items() if forms[0] != source}
    left = {
        text
        for widget in [studio.window, *studio.window.findChildren(QWidget)]
        for text in texts(widget)
        if text.strip() in english
    }
    assert left - {said for forms in translations().values() for said in forms} == set()


def test_everything_that_takes_the_focus_has_a_name(open_studio: OpenStudio, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    furnish(url)
    studio = open_studio(url)
    studio.window.show_best()
    studio.until(lambda: not studio.context.busy)
    assert nameless() == []


def test_the_menu_shows_every_command_with_its_keys(open_studio: OpenStudio, tmp_path: Path) -> None:
    window = open_studio(f"sqlite:///{tmp_path / 'a.db'}").window
    listed = {a.objectName(): a for menu in window.menuBar().actions() for a in menu.menu().actions()}  # type: ignore[union-attr]
    for command in COMMANDS:
        assert listed[command.id].shortcut() == QKeySequence(command.keys), command.id


def test_tab_reaches_every_panel(open_studio: OpenStudio, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    furnish(url)
    studio = open_studio(url)
    studio.window.show_best()
    studio.until(lambda: not studio.context.busy)
    window: MainWindow = studio.window
    panels: set[QWidget] = {window.rules, window.chart, window.inspector, window.tabs}
    reached: set[QWidget] = set()
    widget: QWidget = window.rules.tree
    for _ in range(2000):
        following = widget.nextInFocusChain()
        assert following is not None
        widget = following
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(window):
            reached |= {panel for panel in panels if panel.isAncestorOf(widget)}
    assert reached == panels


def test_the_language_is_the_persons_then_the_systems(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "chosen", lambda: "")
    monkeypatch.setenv("LANGUAGE", "de_AT:en")
    assert language.wanted() == "de"
    monkeypatch.setenv("LANGUAGE", "en")
    assert language.wanted() == "en"
    monkeypatch.setattr(language, "chosen", lambda: "de")
    assert language.wanted() == "de"
