"""View ▸ Language: each by its own name, and the system's."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from trigger_studio.model.i18n import tr
from trigger_studio.ui.widgets import language


def language_menu(parent: QWidget, choose: Callable[[str], None]) -> QMenu:
    """The menu; `choose` is told the code of what a person picks, empty for the system's language."""
    menu = QMenu(tr("Language"), parent)
    group = QActionGroup(menu)
    for code, name in {"": tr("As the system"), **language.LANGUAGES}.items():
        action = group.addAction(menu.addAction(name))
        action.setCheckable(True)
        action.setChecked(code == language.chosen())
        action.triggered.connect(lambda _on=False, code=code: choose(code))
    return menu
