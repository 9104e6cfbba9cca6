"""What the sections of the form share: the rule's document, where changes go, and where problems are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from PySide6.QtWidgets import QApplication, QWidget

from trigger_studio.analysis.wording import words
from trigger_studio.errors import Fault, Message
from trigger_studio.model.i18n import tr, translate
from trigger_studio.model.profile import Profile
from trigger_studio.studio.form.entity_stats import Census
from trigger_studio.studio.form.fixes import MOST_TRIED, Fix, fixes_of
from trigger_studio.studio.paths import (
    Content,
    Path,
    path_of,
    text_of,
    value_at,
    with_item_moved,
    with_value,
)
from trigger_studio.ui.inspector.sections import Section, Shown
from trigger_studio.ui.widgets.kit import Button, column, empty, label, row
from trigger_studio.ui.widgets.theme import Space

_EMPTY = ("found '';", 'found "";', "found [];", "is needed and missing")
_NEEDED, _UNFIT = "found {0}; needed: {1}", "found {0}; {1} is {2}"

T = TypeVar("T")
Told = Callable[[Content, str, str], None]


class Form:
    """One rule in the making.

    Args:
        put: told of a changed value: the new document, what was done in words, and a key that lets edits merge.
        reshape: told of a change after which the form must be drawn anew, with the name of the widget to go on with.

    Attributes:
        section: the one that is being drawn; what is registered belongs to it.
        slots: by the address of a condition (`when.where.all[0]`): the place on its row where others put a mark.
    """

    def __init__(self, profile: Profile, census: Census, content: Content, *, put: Told, reshape: Told):
        self.profile = profile
        self.census = census
        self.content = content
        self.opened: set[str] = set()
        self.section: Section | None = None
        self._root: Section | None = None
        self.slots: dict[str, QWidget] = {}
        self._put = put
        self._reshape = reshape
        self._notes: dict[str, Note] = {}
        self._fields: dict[str, QWidget] = {}

    # reading and changing

    def at(self, path: Path, default: Any = None) -> Any:
        """The value there."""
        return value_at(self.content, path, default)

    def put(self, path: Path, value: Any, what: str) -> None:
        """A value changed; the widget shows it already. `what` is its name in the name of the step."""
        said = words.value_text(value) if value not in (None, "") else tr("nothing")
        self.content = with_value(self.content, path, value)
        if self._root is not None:
            self._root.has_shown(path)
        self._put(self.content, tr("change {0} to {1}", what, said[:40]), text_of(path))

    def reshape(self, content: Content, title: str, focus: str = "") -> None:
        """The document has another shape now; `focus` names the widget to go on with, if it is another one."""
        self.content = content
        self._reshape(content, title, focus)

    def move(self, path: Path, by: int) -> None:
        """Move a list item; the focus goes along."""
        focused = QApplication.focusWidget()
        name, there = focused.objectName() if focused is not None else "", (*path[:-1], int(path[-1]) + by)
        here = text_of(path)
        focus = text_of(there) + name[len(here) :] if name.startswith(here) else text_of(there)
        self.reshape(with_item_moved(self.content, path, by), "", focus)

    def tr(self, text: str) -> str:
        """The text in the person's language."""
        return tr(text)

    # drawing, and keeping up

    def draw(self, make: Callable[[], QWidget]) -> QWidget:
        """The whole form."""
        self._root = Section(self, lambda: None, make)
        return self._root

    def follow(self, content: Content) -> bool:
        """Show this document. Returns whether any widgets were replaced, came or went."""
        self.content = content
        if self._root is None:
            return False
        before = dict(self._fields), dict(self.slots)
        return self._root.follow() or before != (self._fields, self.slots)  # a list lengthens and shortens itself

    @contextmanager
    def inside(self, section: Section | None) -> Iterator[None]:
        """What is registered now belongs to this section."""
        around, self.section = self.section, section
        try:
            yield
        finally:
            self.section = around

    def shows(self, path: Path, show: Callable[[Any], None] | None, default: Any = None) -> None:
        """Keep an editor up with the value there; None: by drawing its section anew."""
        self.keeps(lambda: self.at(path, default), show, path)

    def keeps(self, read: Callable[[], Any], show: Callable[[Any], None] | None, path: Path | None = None) -> None:
        """Keep something up with what is read from the rule."""
        if self.section is not None:
            self.section.shows(Shown(path, read, show, repr(read())))

    def _own(self, registry: dict[str, T], path: Path, made: T) -> T:
        registry[text_of(path)] = made
        if self.section is not None:
            self.section.own(registry, text_of(path))
        return made

    # problems

    def field(self, path: Path, widget: QWidget, name: str = "") -> QWidget:
        """Register the widget that edits the value there, under a name for screen readers."""
        widget.setObjectName(text_of(path))
        if name:
            widget.setAccessibleName(name)
        return self._own(self._fields, path, widget)

    def editor(self, path: str) -> QWidget | None:
        """The widget that edits the value there, if there is one."""
        return self._fields.get(path)

    def note(self, path: Path) -> Note:
        """A place for problems at or below this one, hidden until there are any."""
        return self._own(self._notes, path, Note())

    def slot(self, path: Path) -> QWidget:
        """An empty place with a row layout, for a mark on the condition there; hidden while it is empty."""
        made = self._own(self.slots, path, QWidget())
        made.setLayout(row(gap=Space.XS))
        made.hide()
        return made

    def widget(self, path: str) -> QWidget | None:
        """The widget for a place, or for the nearest one around it."""
        return _nearest(self._fields, path)

    def show_faults(self, faults: Sequence[Fault]) -> list[Fault]:
        """Show each fault where it is, with what mends it; returns those for which there is no place."""
        told: dict[Note, list[Fault]] = {}
        homeless = []
        for widget in self._fields.values():
            mark(widget, False)
        for fault in faults:
            note, field = _nearest(self._notes, fault.path), _nearest(self._fields, fault.path)
            if note is None:
                homeless.append(fault)
            else:
                told.setdefault(note, []).append(fault)
            if field is not None:
                mark(field, True)
        looked_at = set(faults[:MOST_TRIED])
        for note in self._notes.values():
            note.show_faults([(fault, self._fixes(fault, looked_at)) for fault in told.get(note, ())])
        return homeless

    def _fixes(self, fault: Fault, looked_at: set[Fault]) -> list[tuple[str, Callable[[], None]]]:
        """What mends a fault, and what to call for it."""

        def mend(fix: Fix) -> Callable[[], None]:
            return lambda: self.reshape(fix.content, "", fault.path)

        found = fixes_of(fault, self.content, self.profile) if fault in looked_at else []
        return [(fix.title, mend(fix)) for fix in found]


class Note(QWidget):
    """Problems at one place, each with what mends it; hidden while there are none."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: list[Fault] = []
        self._layout = column(gap=Space.XS)
        self.setLayout(self._layout)
        self.hide()

    def text(self) -> str:
        """The problems, a line each."""
        return "\n".join(map(plain_fault, self._shown))

    def show_faults(self, faults: Sequence[tuple[Fault, Sequence[tuple[str, Callable[[], None]]]]]) -> None:
        """Show these instead."""
        if not faults and not self._shown:
            return
        self._shown = [fault for fault, _fixes in faults]
        empty(self._layout)
        for fault, fixes in faults:
            self._layout.addWidget(label(plain_fault(fault), "problem", wrap=True))
            for title, mend in fixes:
                button = Button(title, role="fix", icon="check")
                button.setAccessibleDescription(plain_fault(fault))
                button.clicked.connect(mend)
                self._layout.addLayout(row(button, 1))
        self.setVisible(bool(faults))


def plain_fault(fault: Fault) -> str:
    """A fault's message as a sentence for whoever fills the form in."""
    if fault.message.startswith(_EMPTY):
        return tr("This must be filled in.")
    message = fault.message
    pattern, values = (message.pattern, message.values) if isinstance(message, Message) else (message, ())
    if pattern == _NEEDED:
        return tr("{0} does not fit here; needed: {1}.", values[0], translate(values[1]))
    if pattern == _UNFIT:
        return tr("{0} does not fit: {1} is {2}.", values[0], words.plain(values[1]), _without_choices(values[2]))
    return f"{words.title(_without_choices(message))}."


def _without_choices(message: str) -> str:
    """A text in the person's language without the names that are allowed: these are there to be picked."""
    choices = message.values[-1] if isinstance(message, Message) and message.values else None
    if not (isinstance(choices, Message) and choices.pattern.startswith("allowed:")):
        return translate(message)
    return translate(message).removesuffix(translate(choices)).rstrip("; ")


def mark(widget: QWidget, problem: bool) -> None:
    """Mark a field as wrong, or as right again."""
    if bool(widget.property("problem")) != problem:
        widget.setProperty("problem", problem)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def _nearest(known: dict[str, T], path: str) -> T | None:
    keys = path_of(path)
    for end in range(len(keys), 0, -1):
        found = known.get(text_of(keys[:end]))
        if found is not None:
            return found
    return None
