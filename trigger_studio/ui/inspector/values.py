"""Editors of one value, by the type of the attribute and the operator: what cannot be right cannot be entered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QDoubleSpinBox,
    QGridLayout,
    QLineEdit,
    QSpinBox,
    QStyleOptionComboBox,
    QWidget,
)

from trigger_studio.analysis.conditions.missing import ALWAYS_CLEAR
from trigger_studio.analysis.wording import words
from trigger_studio.model.i18n import tr
from trigger_studio.model.profile import Attribute
from trigger_studio.studio.form.entity_stats import Census, Choice
from trigger_studio.studio.form.picks import fresh_value
from trigger_studio.studio.form.typed import number_of
from trigger_studio.ui.widgets.kit import Pick, column, label, row, wide
from trigger_studio.ui.widgets.plain import literal
from trigger_studio.ui.widgets.range_slider import HIGH, LOW, RangeSlider
from trigger_studio.ui.widgets.theme import Space

Changed = Callable[[Any], None]

CHIPS_A_ROW = 2
MOST_CHIPS = 12
"""More values than these are typed, not ticked."""
STEPS = 100
"""Of a slider over numbers."""
BESIDE_PX = 96
INSET = (5, 0, 0, 0)
"""The style sheet has no say in how far a number stands from its box."""
WIDEST = 1e9


def value_editor(attribute: Attribute, op: str, value: Any, changed: Changed, known: Sequence[Choice] = ()) -> QWidget:
    """The editor for what an attribute is compared with. `known`: its domain, or values that are about, with counts."""
    if op in ALWAYS_CLEAR:
        return wide(QWidget())
    if op in SLID and slidable(attribute):
        return Span(attribute, op, value, changed, known)
    if op == "between":
        return Between(attribute, value, changed, known)
    if op in ("contains", "starts_with"):
        return Suggested(value, changed, known)
    if op in ("in", "not_in"):
        return _several(attribute, value, changed, known)
    return single(attribute, value, changed, known)


def _several(attribute: Attribute, value: Any, changed: Changed, known: Sequence[Choice]) -> QWidget:
    if attribute.type in ("number", "boolean") or not known or len(known) > MOST_CHIPS:
        return Several(attribute, value, changed)
    given = value if isinstance(value, list | tuple) else ()
    others = [item for item in given if isinstance(item, str) and item not in {choice.value for choice in known}]
    names = [
        *(choice.line for choice in known),
        *(f"{item} (unknown)" if attribute.values else item for item in others),
    ]
    return Chips([*(choice.value for choice in known), *others], value, changed, names, a_row=1)


def single(attribute: Attribute, value: Any, changed: Changed, known: Sequence[Choice] = ()) -> QWidget:
    """The editor for one value of an attribute."""
    if attribute.values:
        return counted(known or [Choice(item, item) for item in attribute.values], value, changed, capital=False)
    if attribute.type == "number":
        return number(value, changed, attribute)
    if attribute.type == "boolean":
        return pick([(True, "yes"), (False, "no")], value, changed)
    return Several(attribute, value, changed) if attribute.type == "list" else Suggested(value, changed, known)


class Counted(Pick):
    """A choice among things that are counted: the list shows the counts, the closed field just the name.

    Args:
        capital: whether the choices stand alone and begin with a capital.
    """

    def __init__(self, choices: Sequence[Choice], value: Any = None, *, name: str = "", capital: bool = True) -> None:
        said = words.title if capital else str
        self._texts = {said(choice.line): said(choice.text) for choice in choices}
        super().__init__([(choice.value, said(choice.line)) for choice in choices], value, name=name)

    def short(self) -> str:
        """What is picked, without its count."""
        return self._texts.get(self.currentText(), self.currentText())

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        super().initStyleOption(option)
        option.currentText = self.short()


class StatusPick(Counted):
    """A status: one that is about, or any other that is typed."""

    def __init__(self, census: Census, value: Any, changed: Changed) -> None:
        super().__init__(census.statuses(), value)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setEditText(self.short())
        known: dict[str, Any] = {choice.text.casefold(): choice.value for choice in census.statuses()}
        self.currentIndexChanged.connect(lambda _i: self._picked(changed))
        if (edit := self.lineEdit()) is not None:
            edit.textEdited.connect(lambda text: changed(known.get(text.casefold(), text)))

    def show_value(self, value: Any) -> None:
        """Show this value without telling anyone."""
        self.put(value)
        text = self.itemText(self.currentIndex())
        with QSignalBlocker(self):
            self.setEditText(self._texts.get(text, text))

    def _picked(self, changed: Changed) -> None:
        if self.currentIndex() >= 0:
            self.setEditText(self.short())
            changed(self.value)


def counted(choices: Sequence[Choice], value: Any, changed: Changed, *, capital: bool = True) -> Counted:
    """A choice among counted things that tells of its changes."""
    made = Counted(choices, value, capital=capital)
    made.currentIndexChanged.connect(lambda _index: changed(made.value))
    return made


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

    def __init__(self) -> None:
        super().__init__()
        self.lineEdit().setTextMargins(*INSET)

    def textFromValue(self, value: float) -> str:
        return f"{value:.6g}"

    def wheelEvent(self, event: Any) -> None:
        event.ignore()


class WholeBox(QSpinBox):
    """A whole number; the wheel scrolls the form around it."""

    def __init__(self) -> None:
        super().__init__()
        self.lineEdit().setTextMargins(*INSET)

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
    box.valueChanged.connect(lambda given: changed(neat(given)))
    return box


def neat(given: float) -> int | float:
    """A number without needless digits, whole where it is whole."""
    return int(given) if float(given).is_integer() else round(given, 6)


def whole(value: Any, changed: Changed, low: int, high: int) -> WholeBox:
    """A whole number."""
    box = WholeBox()
    box.setRange(low, high)
    box.setValue(value if isinstance(value, int) else low)
    box.valueChanged.connect(changed)
    return box


class Between(QWidget):
    """The two ends of a range, both included."""

    def __init__(self, attribute: Attribute, value: Any, changed: Changed, known: Sequence[Choice] = ()) -> None:
        super().__init__()
        ends = list(value) if isinstance(value, list | tuple) and len(value) == 2 else fresh_value(attribute, "between")

        def told(place: int, given: Any) -> None:
            ends[place] = given
            changed(list(ends))

        low = single(attribute, ends[0], lambda given: told(0, given), known)
        high = single(attribute, ends[1], lambda given: told(1, given), known)
        low.setAccessibleName(tr("from"))
        high.setAccessibleName(tr("to"))
        self.boxes = (low, high)
        self.setLayout(row(wide(low), label(tr("and"), "muted"), wide(high)))


SLID = {"ge": (LOW,), "gt": (LOW,), "le": (HIGH,), "lt": (HIGH,), "between": (LOW, HIGH)}
"""Operators whose value is slid, and the ends that they have."""


def slidable(attribute: Attribute) -> bool:
    """Whether the attribute has two ends to slide between."""
    return attribute.type == "ordered" or (attribute.min is not None and attribute.max is not None)


class Span(QWidget):
    """A slider for one end or both ends of a range, with a box beside or below to type or pick the same."""

    def __init__(self, attribute: Attribute, op: str, value: Any, changed: Changed, known: Sequence[Choice]) -> None:
        super().__init__()
        self._attribute, self._changed, self._both = attribute, changed, op == "between"
        self.boxes: tuple[QWidget, ...] = ()
        ends = SLID[op]
        boxes: QWidget
        if self._both:
            between = Between(attribute, value, self._typed, known)
            boxes, self.boxes = between, between.boxes
            given = list(value) if isinstance(value, list | tuple) and len(value) == 2 else [None, None]
        else:
            boxes = single(attribute, value, self._typed, known)
            self.boxes, given = (boxes,), [value, value]
        low, high = (self._step(item) for item in given)
        self.slider = RangeSlider(self._last(), low, high, ends)
        self.slider.setAccessibleName(tr("slider"))
        if not self._both:
            self.boxes[0].setAccessibleName(tr("Value"))
        self.slider.moved.connect(self._slid)
        self.setLayout(column(self.slider, boxes, gap=0) if self._both else row(self.slider, boxes))
        if not self._both:
            boxes.setMinimumWidth(BESIDE_PX)
            boxes.setMaximumWidth(BESIDE_PX)
        self.setFocusProxy(self.slider)

    def _last(self) -> int:
        return len(self._attribute.values) - 1 if self._attribute.values else STEPS

    def setAccessibleName(self, name: str) -> None:
        """The box is called what the whole is; of two, each is an end."""
        super().setAccessibleName(name)
        if not self._both:
            self.boxes[0].setAccessibleName(name)

    def _step(self, value: Any) -> int:
        """The step nearest to a value; the first for what is none."""
        attribute = self._attribute
        if attribute.values:
            return attribute.ranks.get(value, 0) if isinstance(value, str) else 0
        low, high = attribute.min or 0.0, attribute.max or 1.0
        return round((value - low) / ((high - low) or 1.0) * STEPS) if isinstance(value, int | float) else 0

    def _value(self, step: int) -> Any:
        attribute = self._attribute
        if attribute.values:
            return attribute.values[step]
        low, high = attribute.min or 0.0, attribute.max or 1.0
        return neat(low + (high - low) * step / STEPS)

    def _slid(self, low: int, high: int) -> None:
        given = [self._value(low), self._value(high)]
        told = given if self._both else [given[self.slider.ends[0]]]
        for box, value in zip(self.boxes, told, strict=True):
            _show(box, value)
        self._changed(told if self._both else told[0])

    def _typed(self, value: Any) -> None:
        for end, item in zip(self.slider.ends, value if self._both else [value], strict=True):
            self.slider.put(end, self._step(item))
        self._changed(value)


def _show(box: QWidget, value: Any) -> None:
    """Show a value in a box without telling anyone."""
    if isinstance(box, Pick):
        box.put(value)
    elif isinstance(box, NumberBox):
        before = box.blockSignals(True)
        box.setValue(value)
        box.blockSignals(before)


class Chips(QWidget):
    """Several of a few known values, as boxes to tick. `touched`: whether a person ticked any."""

    def __init__(
        self,
        values: Sequence[str],
        value: Any,
        changed: Changed,
        names: Sequence[str] = (),
        *,
        a_row: int = CHIPS_A_ROW,
    ) -> None:
        super().__init__()
        chosen = set(value) if isinstance(value, list | tuple) else {value} if isinstance(value, str) else set()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, Space.XS, 0, Space.XS)
        grid.setHorizontalSpacing(Space.M)
        grid.setVerticalSpacing(Space.XS)
        self.touched = False
        self.boxes: list[tuple[str, QCheckBox]] = []

        def told(_on: bool) -> None:
            self.touched = True
            changed(self.chosen())

        for place, (item, name) in enumerate(zip(values, names or values, strict=True)):
            box = QCheckBox(literal(name))
            box.setChecked(item in chosen)
            box.toggled.connect(told)
            self.boxes.append((item, box))
            grid.addWidget(box, place // a_row, place % a_row, Qt.AlignmentFlag.AlignLeft)
        if self.boxes:
            self.setFocusProxy(self.boxes[0][1])

    def chosen(self) -> list[str]:
        """The values that are ticked."""
        return [value for value, box in self.boxes if box.isChecked()]

    def tick_first(self) -> None:
        """Tick the first box without telling."""
        box = self.boxes[0][1]
        before = box.blockSignals(True)
        box.setChecked(True)
        box.blockSignals(before)


class Suggested(QLineEdit):
    """A line of text that offers the values that are about, with counts."""

    def __init__(self, value: Any, changed: Changed, known: Sequence[Choice] = ()) -> None:
        super().__init__("" if value is None else words.value_text(value))
        self.setCursorPosition(0)
        self.textEdited.connect(changed)
        if known:
            most = max(known, key=lambda choice: bool(choice.note))
            self.setPlaceholderText(tr("for example {0}", most.text))
            self._values = {choice.line: choice.value for choice in known}
            completer = QCompleter(list(self._values), self)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.activated[str].connect(lambda line: self._take(line, changed))
            self.setCompleter(completer)

    def _take(self, line: str, changed: Changed) -> None:
        value = self._values.get(line, line)
        QTimer.singleShot(0, self, lambda: self.setText(value))  # after the completer has put its own text
        changed(value)


class Several(QLineEdit):
    """Several values of any text or number, with commas between them."""

    def __init__(self, attribute: Attribute, value: Any, changed: Changed) -> None:
        items = value if isinstance(value, list | tuple) else [value] if value not in (None, "") else []
        super().__init__(", ".join(map(words.value_text, items)), placeholderText=tr("one, two, three"))
        self.setCursorPosition(0)
        self._number = attribute.type == "number"
        self.textEdited.connect(lambda text: changed(self._items(text)))

    def _items(self, text: str) -> list[Any]:
        parts = [part.strip() for part in text.split(",") if part.strip()]
        return [number_of(part) for part in parts] if self._number else parts
