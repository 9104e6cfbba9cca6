"""The rule as a sentence, each part of which can be picked anew right there."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QSizePolicy, QToolButton, QWidget

from trigger_studio.analysis.wording.sentence import Part, Teller, text_of
from trigger_studio.model.i18n import N_
from trigger_studio.studio.form.picks import current, picked, plain_choices
from trigger_studio.studio.paths import path_of
from trigger_studio.ui.inspector.form import Form
from trigger_studio.ui.inspector.part_editors import editor_for
from trigger_studio.ui.inspector.picker import Popover
from trigger_studio.ui.widgets.flow_layout import FlowLayout
from trigger_studio.ui.widgets.kit import label
from trigger_studio.ui.widgets.plain import literal, plain

LONGEST = 44
"""Characters of a part that are shown; its tooltip has all."""
FRAME_PX = 3
MOST_PX = 180
"""Of height, before it scrolls."""
MOST_PARKED = 24
"""So many buttons, and so many words, are kept while they are in no sentence: to make one takes long."""
ASKS = {
    "kind": N_("What it is about"),
    "event": N_("What happens"),
    "scope": N_("Whose events count"),
    "project": N_("Which project"),
    "group": N_("How the conditions combine"),
    "field": N_("What is asked about"),
    "op": N_("How it is compared"),
    "value": N_("What it is compared with"),
    "missing": N_("When it is not known"),
    "condition": N_("Only if …"),
    "of": N_("Whose they are"),
    "status": N_("The status"),
    "min": N_("How many there must be"),
    "job_type": N_("Which job"),
    "type": N_("Which action"),
    "to": N_("Who is told"),
    "url": N_("Which web address"),
    "approvers": N_("Who decides"),
    "actions": N_("What happens"),
}


class PartButton(QToolButton):
    """A part of the sentence that can be picked."""

    def __init__(self, part: Part, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.part = part
        self.setProperty("role", _role(part))
        self._tell(part)

    def tell(self, part: Part) -> None:
        """Stand for this part."""
        if self.property("role") != _role(part):
            self.setProperty("role", _role(part))
            self.style().unpolish(self)
            self.style().polish(self)
        self._tell(part)

    def _tell(self, part: Part) -> None:
        self.part = part
        text = part.text.strip()
        self.setText(literal(text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"))
        self.setToolTip(plain(self.tr("{0}: click to change it").format(text)))
        self.setAccessibleName(f"{self.tr(ASKS[part.kind])}: {text}")
        self.setObjectName(f"sentence:{part.path}:{part.kind}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return opens it as well as the space bar."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """As a word of the text, with a little room for the frame of the focus."""
        self.ensurePolished()
        measure = self.fontMetrics()
        return QSize(measure.horizontalAdvance(self.text()) + 2 * FRAME_PX, measure.height() + 2 * FRAME_PX)


def _role(part: Part) -> str:
    return "offer" if part.offer else "part"


class SentenceView(QWidget):
    """Shows the rule as a sentence, and a list to pick from where a part of it is clicked.

    Signals: `revealed`, with the path of a part that is changed below, not here; `told`, when it reads otherwise.
    """

    revealed = Signal(str)
    told = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("The rule as a sentence"))
        self._parts: list[Part] = []
        self._form: Callable[[], Form | None] = lambda: None
        self._shape: list[tuple[str, bool]] = []
        self._widgets: list[PartButton | QLabel] = []
        self._parked: list[PartButton | QLabel] = []
        self._flow = FlowLayout(self, self.fontMetrics().horizontalAdvance(" "))
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.popover: Popover | None = None

    def text(self) -> str:
        """The sentence as it is read."""
        return text_of(self._parts)

    def tell(self, form: Form) -> None:
        """Show the rule of this form."""
        parts = Teller(form.profile, form.census.name).rule(form.content)
        self._form = lambda: form
        if parts == self._parts:
            return
        self._parts = parts
        pieces = list(_pieces(parts))
        shape = [("" if part.kind else text, glued) for part, text, glued in pieces]
        if shape != self._shape:
            self._shape = shape
            self._lay(pieces)
        for widget, (part, _text, _glued) in zip(self._widgets, pieces, strict=True):
            if isinstance(widget, PartButton) and widget.part != part:
                widget.tell(part)
        self._flow.invalidate()
        self.updateGeometry()
        self.told.emit()

    def buttons(self) -> list[PartButton]:
        """The parts that can be picked, in their order."""
        return [widget for widget in self._widgets if isinstance(widget, PartButton)]

    def _lay(self, pieces: list[tuple[Part, str, bool]]) -> None:
        """The right widgets in the right order, those that are there used again; the focus stays on its part."""
        had = next((button.objectName() for button in self.buttons() if button.hasFocus()), "")
        start, end = _alike(self._widgets, pieces), _alike(self._widgets[::-1], pieces[::-1])
        end = min(end, len(self._widgets) - start, len(pieces) - start)
        spare = self._widgets[start : len(self._widgets) - end]
        idle = spare + self._parked
        buttons = [widget for widget in idle if isinstance(widget, PartButton)]
        words = [widget for widget in idle if not isinstance(widget, PartButton)]
        fresh = [self._fitting(piece, buttons, words) for piece in pieces[start : len(pieces) - end]]
        self._widgets[start : len(self._widgets) - end] = fresh
        self._flow.put([(widget, glued) for widget, (_p, _t, glued) in zip(self._widgets, pieces, strict=True)])
        self._park([*buttons[:MOST_PARKED], *words[:MOST_PARKED]])
        for widget in (*buttons[MOST_PARKED:], *words[MOST_PARKED:]):
            widget.hide()
            widget.deleteLater()
        before: QWidget | None = None
        for widget, (part, _text, _glued) in zip(self._widgets, pieces, strict=True):
            if not isinstance(widget, PartButton):
                continue
            if before is not None:
                QWidget.setTabOrder(before, widget)
            before = widget
            if widget.part != part or not widget.objectName():
                widget.tell(part)
            if widget.objectName() == had:
                widget.setFocus()

    def _fitting(
        self, piece: tuple[Part, str, bool], buttons: list[PartButton], words: list[QLabel]
    ) -> PartButton | QLabel:
        """A widget of the right sort, one that is there if there is one."""
        part, text, _glued = piece
        if part.kind:
            return buttons.pop(0) if buttons else self._button(part)
        if not words:
            return label(text)
        word = words.pop(0)
        word.setText(text)
        return word

    def _park(self, widgets: list[PartButton | QLabel]) -> None:
        """Keep them for the next sentence that is longer, under no name that anybody could find them by."""
        self._parked = widgets
        for widget in widgets:
            widget.hide()
            widget.setObjectName("")

    def _button(self, part: Part) -> PartButton:
        button = PartButton(part, self)
        button.clicked.connect(lambda: self.open(button))
        return button

    def open(self, button: PartButton) -> None:
        """Open the picker of a part; one that stands for a whole list shows it in the form instead."""
        form, part = self._form(), button.part
        if form is None:
            return
        if part.kind == "actions" and form.at(path_of(part.path)):
            self.revealed.emit(part.path)
            return
        popover = self.popover = Popover(self, self.tr(ASKS[part.kind]))
        value = current(part, form.content)
        choices = plain_choices(part, form.content, form.profile, form.census)

        def take(given: object) -> None:
            self.popover = None
            form.reshape(picked(part, given, form.content, form.profile), "")

        if choices is not None:
            popover.offer(choices, value, take, free=part.kind == "status")
        else:
            popover.edit(lambda held: editor_for(form, part, held), value, take)
        popover.show_below(button)


class SentenceArea(QScrollArea):
    """The sentence as high as it needs, up to a height from which on it scrolls."""

    def __init__(self, sentence: SentenceView) -> None:
        super().__init__(widgetResizable=True)
        self._sentence = sentence
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(sentence)
        sentence.told.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        needed = self._sentence.heightForWidth(self.width())
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if needed <= MOST_PX else Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        self.setVerticalScrollBarPolicy(policy)
        self.setFixedHeight(min(MOST_PX, needed))


def _pieces(parts: list[Part]) -> list[tuple[Part, str, bool]]:
    """The sentence word by word: the part, its text, and whether no space stands before it."""
    made: list[tuple[Part, str, bool]] = []
    spaced = True
    for part in parts:
        words = [part.text.strip()] if part.kind else re.findall(r"\S+", part.text)
        spaced = spaced or part.text[:1].isspace()
        for word in words:
            made.append((part, word, not spaced))
            spaced = True
        if part.text:
            spaced = part.text[-1:].isspace()
    return made


def _alike(widgets: Sequence[PartButton | QLabel], pieces: Sequence[tuple[Part, str, bool]]) -> int:
    """How many widgets from the first on are what these pieces need."""
    for place, (widget, (part, text, _glued)) in enumerate(zip(widgets, pieces, strict=False)):
        if bool(part.kind) != isinstance(widget, PartButton) or (not part.kind and widget.text() != text):
            return place
    return min(len(widgets), len(pieces))
