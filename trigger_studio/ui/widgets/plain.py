"""Texts that people wrote, shown as they wrote them.

Qt reads a tooltip that looks like HTML as HTML (it would load the picture that a rule's name asks for), and takes an
ampersand in the text of a button, a menu or a tab for an underline. Labels are safe by their format (`kit.label`).
"""

from __future__ import annotations

from html import escape

from PySide6.QtGui import Qt


def plain(text: str) -> str:
    """A text for a tooltip, a status tip or "What's this?", of which nothing is read as markup."""
    if not Qt.mightBeRichText(text):
        return text
    return f'<p style="white-space:pre-wrap">{escape(text)}</p>'


def literal(text: str) -> str:
    """A text for a button, a menu's entry or a tab, with its ampersands shown."""
    return text.replace("&", "&&")
