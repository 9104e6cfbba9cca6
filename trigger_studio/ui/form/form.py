"""What the sections of the form share: the rule's document, where changes go, and where problems are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from trigger_studio.analysis import words
from trigger_studio.errors import Fault
from trigger_studio.model.profile import Profile
from trigger_studio.ui.form.census import Census
from trigger_studio.ui.kit import label, row
from trigger_studio.ui.paths import Content, Path, path_of, text_of, value_at, with_item_moved, with_value
from trigger_studio.ui.theme import Space

_EMPTY = ("found '';", 'found "";', "found [];", "is needed and missing")

T = TypeVar("T")
Told = Callable[[Content, str, str], None]


class Form:
    """One rule in the making.

    Args:
        put: told of a changed value: the new document, what was done in words, and a key that lets edits merge.
        reshape: told of a change after which the form must be drawn anew, with the name of the widget to go on with.

    Attributes:
        slots: by the address of a condition (`when.where.all[0]`): the place on its row where others put a mark.
    """

    def __init__(self, profile: Profile, census: Census, content: Content, *, put: Told, reshape: Told):
        self.profile = profile
        self.census = census
        self.content = content
        self.opened: set[str] = set()
        self.slots: dict[str, QWidget] = {}
        self._put = put
        self._reshape = reshape
        self._notes: dict[str, QLabel] = {}
        self._fields: dict[str, QWidget] = {}

    # reading and changing

    def at(self, path: Path, default: Any = None) -> Any:
        """The value there."""
        return value_at(self.content, path, default)

    def put(self, path: Path, value: Any, what: str) -> None:
        """A value changed; the widget shows it already. `what` is its name in the name of the step."""
        said = words.value_text(value) if value not in (None, "") else "nothing"
        self.content = with_value(self.content, path, value)
        self._put(self.content, f"change {what} to {said[:40]}", text_of(path))

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
        return QCoreApplication.translate("Form", text)

    # problems

    def field(self, path: Path, widget: QWidget, name: str = "") -> QWidget:
        """Register the widget that edits the value there, under a name for screen readers."""
        widget.setObjectName(text_of(path))
        if name:
            widget.setAccessibleName(name)
        self._fields[text_of(path)] = widget
        return widget

    def note(self, path: Path) -> QLabel:
        """A label, hidden until there is a problem at or below this place."""
        made = label("", "problem", wrap=True)
        made.hide()
        self._notes[text_of(path)] = made
        return made

    def slot(self, path: Path) -> QWidget:
        """An empty place with a row layout, for a mark on the condition there; hidden while it is empty."""
        made = self.slots[text_of(path)] = QWidget()
        made.setLayout(row(gap=Space.XS))
        made.hide()
        return made

    def widget(self, path: str) -> QWidget | None:
        """The widget for a place, or for the nearest one around it."""
        return _nearest(self._fields, path)

    def show_faults(self, faults: Iterable[Fault]) -> list[Fault]:
        """Show each fault where it is; returns those for which there is no place."""
        told: dict[QLabel, list[str]] = {}
        homeless = []
        for widget in self._fields.values():
            mark(widget, False)
        for fault in faults:
            note, field = _nearest(self._notes, fault.path), _nearest(self._fields, fault.path)
            if note is None:
                homeless.append(fault)
            else:
                told.setdefault(note, []).append(plain_fault(fault))
            if field is not None:
                mark(field, True)
        for note in self._notes.values():
            note.setText("\n".join(told.get(note, ())))
            note.setVisible(note in told)
        return homeless


def plain_fault(fault: Fault) -> str:
    """A fault's message as a sentence for whoever fills the form in."""
    if fault.message.startswith(_EMPTY):
        return "This must be filled in."
    return words.title(fault.message)


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
