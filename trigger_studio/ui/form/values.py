"""Editors of one value, by the type of the attribute and the operator: what cannot be right cannot be entered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox, QGridLayout, QLineEdit, QSpinBox, QWidget

from trigger_studio.analysis import words
from trigger_studio.model.profile import Attribute
from trigger_studio.ui.kit import Pick, label, row, wide
from trigger_studio.ui.theme import Space

Changed = Callable[[Any], None]

OPERATOR_WORDS = {
    "eq": "is", "ne": "is not", "in": "is one of", "not_in": "is none of", "lt": "is less than", "le": "is at most",
    "gt": "is more than", "ge": "is at least", "between": "is between", "contains": "contains",
    "starts_with": "starts with", "is_set": "is given", "is_not_set": "is missing",
}  # fmt: skip
RANKED_WORDS = {"lt": "is below", "gt": "is above"}
CHIPS_A_ROW = 2
WIDEST = 1e9


def operator_words(attribute: Attribute, op: str) -> str:
    """An operator as a person says it of such an attribute."""
    return RANKED_WORDS.get(op, OPERATOR_WORDS[op]) if attribute.type == "ordered" else OPERATOR_WORDS[op]


def fresh_value(attribute: Attribute, op: str, old: Any = None) -> Any:
    """A value to begin with when the attribute or the operator changed: the old one, if it still fits."""
    if op in ("is_set", "is_not_set"):
        return None
    first = old[0] if isinstance(old, list | tuple) and old else old
    if op in ("contains", "starts_with"):
        return first if isinstance(first, str) else ""
    one = first if first is not None and attribute.admits(first) else _first(attribute)
    if op == "between":
        last = attribute.values[-1] if attribute.values else attribute.max if attribute.max is not None else one
        return [one, last]
    return [one] if op in ("in", "not_in") else one


def _first(attribute: Attribute) -> Any:
    if attribute.values:
        return attribute.values[0]
    if attribute.type == "number":
        return attribute.min if attribute.min is not None else 0
    return {"boolean": True, "list": []}.get(attribute.type, "")


def value_editor(attribute: Attribute, op: str, value: Any, changed: Changed) -> QWidget:
    """The editor for what an attribute is compared with."""
    if op in ("is_set", "is_not_set"):
        return wide(QWidget())
    if op == "between":
        return Between(attribute, value, changed)
    if op in ("contains", "starts_with"):
        return line(value, changed)
    if op in ("in", "not_in"):
        return Chips(attribute.values, value, changed) if attribute.values else Several(attribute, value, changed)
    return single(attribute, value, changed)


def single(attribute: Attribute, value: Any, changed: Changed) -> QWidget:
    """The editor for one value of an attribute."""
    if attribute.values:
        return pick([(item, item) for item in attribute.values], value, changed)
    if attribute.type == "number":
        return number(value, changed, attribute)
    if attribute.type == "boolean":
        return pick([(True, "yes"), (False, "no")], value, changed)
    return Several(attribute, value, changed) if attribute.type == "list" else line(value, changed)


def pick(choices: Sequence[tuple[Any, str]], value: Any, changed: Changed, *, fit: bool = False) -> Pick:
    """A choice among known values."""
    made = Pick(choices, value, fit=fit)
    made.currentIndexChanged.connect(lambda _index: changed(made.value))
    return made


def line(value: Any, changed: Changed, *, hint: str = "") -> QLineEdit:
    """A line of text."""
    made = QLineEdit("" if value is None else words.value_text(value), placeholderText=hint)
    made.setCursorPosition(0)
    made.textEdited.connect(changed)
    return made


class NumberBox(QDoubleSpinBox):
    """A number without needless zeros; the wheel scrolls the form around it."""

    def textFromValue(self, value: float) -> str:
        return f"{value:.6g}"

    def wheelEvent(self, event: Any) -> None:
        event.ignore()


class WholeBox(QSpinBox):
    """A whole number; the wheel scrolls the form around it."""

    def wheelEvent(self, event: Any) -> None:
        event.ignore()


def number(value: Any, changed: Changed, attribute: Attribute) -> NumberBox:
    """A number in the attribute's domain."""
    box = NumberBox()
    low = attribute.min if attribute.min is not None else -WIDEST
    high = attribute.max if attribute.max is not None else WIDEST
    box.setDecimals(4)
    box.setRange(low, high)
    box.setSingleStep(0.05 if high - low <= 1 else 1)
    box.setValue(float(value) if isinstance(value, int | float) else 0.0)
    box.valueChanged.connect(lambda given: changed(int(given) if float(given).is_integer() else round(given, 6)))
    return box


def whole(value: Any, changed: Changed, low: int, high: int) -> WholeBox:
    """A whole number."""
    box = WholeBox()
    box.setRange(low, high)
    box.setValue(value if isinstance(value, int) else low)
    box.valueChanged.connect(changed)
    return box


class Between(QWidget):
    """The two ends of a range, both included."""

    def __init__(self, attribute: Attribute, value: Any, changed: Changed) -> None:
        super().__init__()
        ends = list(value) if isinstance(value, list | tuple) and len(value) == 2 else fresh_value(attribute, "between")

        def told(place: int, given: Any) -> None:
            ends[place] = given
            changed(list(ends))

        low = single(attribute, ends[0], lambda given: told(0, given))
        high = single(attribute, ends[1], lambda given: told(1, given))
        low.setAccessibleName("from")
        high.setAccessibleName("to")
        self.setLayout(row(wide(low), label("and", "muted"), wide(high)))


class Chips(QWidget):
    """Several of a few known values, as boxes to tick."""

    def __init__(self, values: Sequence[str], value: Any, changed: Changed, names: Sequence[str] = ()) -> None:
        super().__init__()
        chosen = set(value) if isinstance(value, list | tuple) else {value} if isinstance(value, str) else set()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, Space.XS, 0, Space.XS)
        grid.setHorizontalSpacing(Space.M)
        grid.setVerticalSpacing(Space.XS)
        self.boxes: list[tuple[str, QCheckBox]] = []
        for place, (item, name) in enumerate(zip(values, names or values, strict=True)):
            box = QCheckBox(name)
            box.setChecked(item in chosen)
            box.toggled.connect(lambda _on: changed([v for v, b in self.boxes if b.isChecked()]))
            self.boxes.append((item, box))
            grid.addWidget(box, place // CHIPS_A_ROW, place % CHIPS_A_ROW, Qt.AlignmentFlag.AlignLeft)


class Several(QLineEdit):
    """Several values of any text or number, with commas between them."""

    def __init__(self, attribute: Attribute, value: Any, changed: Changed) -> None:
        items = value if isinstance(value, list | tuple) else [value] if value not in (None, "") else []
        super().__init__(", ".join(map(words.value_text, items)), placeholderText="one, two, three")
        self._number = attribute.type == "number"
        self.textEdited.connect(lambda text: changed(self._items(text)))

    def _items(self, text: str) -> list[Any]:
        parts = [part.strip() for part in text.split(",") if part.strip()]
        return [number_of(part) for part in parts] if self._number else parts


def number_of(text: str) -> Any:
    """The number in a text, or the text itself when it holds none."""
    try:
        given = float(text)
    except ValueError:
        return text
    return int(given) if given.is_integer() else given
