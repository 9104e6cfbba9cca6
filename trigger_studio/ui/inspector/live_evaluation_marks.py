"""Beside each condition whether it holds for the event that is tested, and what was there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from trigger_studio.decide.predicate import Check
from trigger_studio.model.i18n import tr
from trigger_studio.studio.texts.live_evaluation import short, there
from trigger_studio.ui.widgets.plain import plain


class TruthMark(QLabel):
    """Passed or not, with the actual value; nothing while nothing is known.

    Args:
        path: of the condition or group it stands beside, such as ``when.where.all[0]``.
    """

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setProperty("role", "mark")
        self.hide()

    def show_check(self, check: Check | None) -> None:
        """Show what came of this check, or nothing."""
        slot = self.parentWidget()
        if slot is not None:
            slot.setVisible(check is not None)
        if check is None:
            self.hide()
            return
        said = short(check)
        text = f"{'✓' if check.passed else '✗'} {there(check)}"
        if text != self.text() or not self.isVisible():
            self.setText(text)
            self.setToolTip(plain(f"{said} {'✓' if check.passed else '✗'}"))
            self.setAccessibleName(f"{('holds' if check.passed else tr('does not hold'))}: {said}")
            self.setProperty("passed", check.passed)
            self.style().unpolish(self)
            self.style().polish(self)
            self.show()


def marks_in(slots: Mapping[str, QWidget]) -> tuple[TruthMark, ...]:
    """A mark in each of these places, by the path of the condition there."""
    marks = []
    for path, slot in slots.items():
        there_already = slot.findChildren(TruthMark)
        mark = there_already[0] if there_already else TruthMark(path)
        if not there_already:
            layout = slot.layout()
            assert layout is not None
            layout.addWidget(mark)
        marks.append(mark)
    return tuple(marks)


def show_checks(marks: Iterable[TruthMark], checks: Iterable[Check]) -> None:
    """Show each check beside what it checked."""
    by_path = {check.path: check for check in checks}
    for mark in marks:
        mark.show_check(by_path.get(mark.path))
