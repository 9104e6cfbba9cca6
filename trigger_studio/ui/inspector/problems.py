"""What keeps a rule from being published, in one line above its form, with the way to the first of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from trigger_studio.errors import Fault
from trigger_studio.model.counting import count
from trigger_studio.model.i18n import translate
from trigger_studio.studio.paths import path_of, text_of
from trigger_studio.ui.widgets.kit import Button, column, label, row, wide
from trigger_studio.ui.widgets.theme import Space

MOST_FAULTS = 8
_LISTS = ("actions", "then", "else")


class ProblemBar(QWidget):
    """Says how many problems keep the rule from being published, with a button to the first.

    Signals: `wanted`, with the path of the problem to go to.
    """

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._first = ""
        self._lines = label("", "problem", wrap=True)
        self.go = Button(self.tr("Show me"), tip=self.tr("Go to the first problem"))
        self.go.clicked.connect(lambda: self.wanted.emit(self._first))
        self.setLayout(column(row(wide(self._lines), self.go), margin=0, gap=Space.XS))
        self.hide()

    def text(self) -> str:
        """What it says."""
        return self._lines.text()

    def tell(self, faults: Sequence[Fault], homeless: Sequence[Fault]) -> None:
        """Say how many there are, and those for which the form has no place; nothing when there are none."""
        lines = [self.tr("{0} to mend before it can be published").format(count(len(faults), "problem"))]
        lines += [translate(fault) for fault in homeless[:MOST_FAULTS]]
        self._lines.setText("\n".join(lines) if faults else "")
        self._first = faults[0].path if faults else ""
        self.setVisible(bool(faults))

    def go_to_first(self) -> None:
        """Go where the first problem is."""
        if self._first:
            self.wanted.emit(self._first)


def card_of(path: str) -> str:
    """The action that a place belongs to: ``actions[0]`` for ``actions[0].url``; empty for a place in none."""
    keys = path_of(path)
    ends = [end for end, key in enumerate(keys) if isinstance(key, int) and keys[end - 1] in _LISTS]
    return text_of(keys[: ends[-1] + 1]) if ends else ""
