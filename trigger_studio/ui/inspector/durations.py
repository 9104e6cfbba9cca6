"""A duration in the form: so many seconds, minutes, hours or days; or none at all, where that means something."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from trigger_studio.model.i18n import N_, tr
from trigger_studio.studio.paths import Path
from trigger_studio.ui.inspector.form import Form
from trigger_studio.ui.inspector.values import whole
from trigger_studio.ui.widgets.kit import Pick, row, wide

UNITS = {"s": N_("seconds"), "m": N_("minutes"), "h": N_("hours"), "d": N_("days")}
MOST = 10_000
_SIZES = {"d": 86400, "h": 3600, "m": 60, "s": 1}


def longest_unit(time_s: float) -> tuple[int, str]:
    """A time as a whole number of the longest unit that it is a multiple of: (2, "h")."""
    unit = next((unit for unit, size in _SIZES.items() if time_s >= size and time_s % size == 0), "s")
    return max(1, round(time_s / _SIZES[unit])), unit


def seconds_of(number: int, unit: str) -> float:
    """The way back."""
    return float(number * _SIZES[unit])


def duration(form: Form, path: Path, *, none: str = "", usual: int, what: str, name: str) -> QWidget:
    """Edits a text such as ``30m``; one that is written otherwise is shown as it is.

    Args:
        none: what it means that there is no duration; without it there always is one.
        usual: the number to begin with where there was none.
        what: its name in the name of a step.
        name: for screen readers.
    """
    text = str(form.at(path) or "")
    amount, unit = (text[:-1], text[-1]) if text[-1:] in UNITS and text[:-1].isdigit() else (str(usual), "")
    count = whole(int(amount), lambda _v: told(), 1, MOST)
    choices = [("", none)] if none else []
    units = Pick(
        [*choices, *((key, tr(words)) for key, words in UNITS.items())], unit if unit or not text else text, fit=True
    )

    def told() -> None:
        count.setVisible(units.value in UNITS)
        form.put(path, f"{count.value()}{units.value}" if units.value in UNITS else units.value or None, what)

    units.currentIndexChanged.connect(lambda _i: told())
    count.setVisible(unit in UNITS)
    count.setAccessibleName(tr("How many"))
    form.field(path, units, name)
    form.shows(path, None)
    holder = QWidget()
    holder.setLayout(row(wide(count), units))
    return holder
