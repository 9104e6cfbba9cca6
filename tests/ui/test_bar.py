"""A bar of fields and buttons in a narrow panel."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from trigger_studio.ui.widgets.bar import Bar
from trigger_studio.ui.widgets.kit import row

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_it_breaks_where_there_is_no_room_and_cuts_nothing_short(qtbot: QtBot) -> None:
    field, buttons = QLineEdit(), [QPushButton("Ändern…"), QPushButton("Wiedergabe")]
    bar = Bar(row(field), row(*buttons))
    qtbot.addWidget(bar)
    bar.resize(700, 40)
    bar.show()
    QApplication.processEvents()
    assert field.y() == buttons[0].y()
    bar.resize(bar.minimumSizeHint().width(), 90)
    QApplication.processEvents()
    assert field.y() < buttons[0].y()
    assert all(button.width() >= button.sizeHint().width() for button in buttons)
    bar.resize(700, 40)
    QApplication.processEvents()
    assert field.y() == buttons[0].y()
