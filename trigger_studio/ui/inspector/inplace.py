"""Values shown in an editor that is there already, without telling anyone; its cursor stays."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox, QLineEdit, QPlainTextEdit, QSpinBox

from trigger_studio.analysis.wording import words


def put_text(edit: QLineEdit, text: str) -> None:
    """A line of text."""
    if edit.text() != text:
        with QSignalBlocker(edit):
            cursor = edit.cursorPosition()
            edit.setText(text)
            edit.setCursorPosition(min(cursor, len(text)) if edit.hasFocus() else 0)


def put_value(edit: QLineEdit, value: Any) -> None:
    """A value as text."""
    put_text(edit, "" if value is None else words.value_text(value))


def put_lines(edit: QPlainTextEdit, text: str) -> None:
    """Several lines of text."""
    if edit.toPlainText() != text:
        with QSignalBlocker(edit):
            place = edit.textCursor().position()
            edit.setPlainText(text)
            cursor = edit.textCursor()
            cursor.setPosition(min(place, len(text)))
            edit.setTextCursor(cursor)


def put_checked(box: QCheckBox, on: bool) -> None:
    """A tick."""
    with QSignalBlocker(box):
        box.setChecked(on)


def put_number(box: QSpinBox | QDoubleSpinBox, value: Any) -> None:
    """A number; what is none shows as the least, as in a new form."""
    with QSignalBlocker(box):
        if isinstance(box, QSpinBox):
            box.setValue(value if isinstance(value, int) else box.minimum())
        else:
            box.setValue(float(value) if isinstance(value, int | float) else 0.0)
