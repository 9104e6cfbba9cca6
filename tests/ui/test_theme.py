"""The theme: readable in both modes, whole, and following the system."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from trigger_studio.ui.widgets import dressing, theme
from trigger_studio.ui.widgets.dressing import Mode
from trigger_studio.ui.widgets.theme import DARK, LIGHT, Tokens
from trigger_studio.ui.widgets.theme_sheet import stylesheet

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every window

BOTH = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    yield qapp
    qapp.setStyleSheet("")


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.1 defines it."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    c = QColor(colour)
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF())


def contrast(a: str, b: str) -> float:
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


@BOTH
@pytest.mark.parametrize("ground", ["window", "canvas", "surface", "frame", "raised"])
@pytest.mark.parametrize("ink", ["text", "muted"])
def test_writing_is_readable_on_every_ground(tokens: Tokens, ink: str, ground: str) -> None:
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= 4.5


@BOTH
@pytest.mark.parametrize("name", ["accent", "event", "condition", "action", "gate", "failed", "done"])
def test_signs_stand_out_from_cards(tokens: Tokens, name: str) -> None:
    assert contrast(getattr(tokens, name), tokens.surface) >= 3.0
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5


@BOTH
def test_the_style_sheet_is_whole(tokens: Tokens) -> None:
    sheet = stylesheet(tokens)
    assert "$" not in sheet
    assert sheet.count("{") == sheet.count("}")
    other = DARK if tokens is LIGHT else LIGHT
    assert other.surface not in re.sub(r"#ffffff", "", sheet) or other.surface == "#ffffff"


@BOTH
def test_tokens_are_known_by_their_palette(tokens: Tokens) -> None:
    assert theme.tokens_of(theme.make_palette(tokens)) is tokens


def test_the_application_is_dressed_and_told_apart(app: QApplication, qtbot: QtBot) -> None:
    button = QPushButton("Publish")
    button.setProperty("role", "primary")
    box = QComboBox()
    for widget in (button, box):
        qtbot.addWidget(widget)
        widget.show()
    for mode, tokens in ((Mode.LIGHT, LIGHT), (Mode.DARK, DARK)):
        dressing.install(app, mode)
        assert app.palette().color(QPalette.ColorRole.Window) == QColor(tokens.window)
        picture = button.grab().toImage()
        assert picture.pixelColor(picture.width() // 2, 4) == QColor(tokens.accent)
        assert not box.grab().isNull()


def test_a_change_of_the_system_is_followed(app: QApplication) -> None:
    dressing.install(app, Mode.SYSTEM)
    for scheme, tokens in ((Qt.ColorScheme.Dark, DARK), (Qt.ColorScheme.Light, LIGHT)):
        app.styleHints().setColorScheme(scheme)
        app.styleHints().colorSchemeChanged.emit(scheme)
        if app.styleHints().colorScheme() == scheme:  # a platform without themes keeps its own
            assert theme.tokens_of(app.palette()) is tokens
    app.styleHints().unsetColorScheme()
