"""The form in sections: one is drawn anew only when it looks otherwise; inside it, values are shown in place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from trigger_studio.ui.kit import column
from trigger_studio.ui.paths import Path

if TYPE_CHECKING:
    from trigger_studio.ui.form.form import Form

GONE = "gone"
"""The property of a widget that is about to be deleted."""


@dataclass(slots=True)
class Shown:
    """Something that is on the screen.

    Attributes:
        path: where in the rule it is edited, if it is.
        read: what it should show.
        show: shows that; None where only drawing the section anew does.
        now: what it shows; written out, as 1, 1.0 and true are equal but read differently.
    """

    path: Path | None
    read: Callable[[], Any]
    show: Callable[[Any], None] | None
    now: str


class Section(QWidget):
    """A part of the form that can be drawn anew by itself.

    Args:
        shape: what decides which widgets there are; while it is equal the widgets stay.
        make: draws it. What it registers with the form belongs to the section, and goes with its widgets.
    """

    def __init__(self, form: Form, shape: Callable[[], object], make: Callable[[], QWidget]) -> None:
        super().__init__()
        self._form, self._shape_now, self._make = form, shape, make
        self._inner: list[Section] = []
        self._shown: list[Shown] = []
        self._owned: list[tuple[dict[str, Any], str]] = []
        self._around = form.section
        if self._around is not None:
            self._around._inner.append(self)
        self._box = column()
        self.setLayout(self._box)
        self._draw()

    def own(self, registry: dict[str, Any], key: str) -> None:
        """Take the entry out of the registry when the section's widgets go."""
        self._owned.append((registry, key))

    def shows(self, shown: Shown) -> None:
        """Keep this up with the rule."""
        self._shown.append(shown)

    def has_shown(self, path: Path) -> None:
        """A person changed the value there by its own editor, which shows it already."""
        for shown in self._shown:
            if shown.path == path:
                shown.now = repr(shown.read())
        for inner in self._inner:
            inner.has_shown(path)

    def follow(self) -> bool:
        """Show what the form's document says now. Returns whether any widgets were replaced."""
        if self._shape_now() != self._shape:
            self.redraw()
            return True
        for shown in self._shown:
            value = shown.read()
            if (now := repr(value)) != shown.now:
                shown.now = now
                if shown.show is None:
                    self.redraw()
                    return True
                shown.show(value)
        replaced = [inner.follow() for inner in tuple(self._inner)]
        return any(replaced)

    def redraw(self) -> None:
        """Replace the widgets; the focus stays on the editor of the same value."""
        old, focus = self._body, self._focus()
        self._forget()
        self._box.removeWidget(old)
        self._draw()
        self._body.show()
        self._focus_again(*focus)
        _drop(old)

    def remove(self) -> None:
        """Take it out of the form for good."""
        self._forget()
        if self._around is not None:
            self._around._inner.remove(self)
        _drop(self)

    def _draw(self) -> None:
        with self._form.inside(self):
            self._shape = self._shape_now()
            self._body = self._make()
        self._box.addWidget(self._body)

    def _forget(self) -> None:
        for inner in self._inner:
            inner._forget()
        for registry, key in self._owned:
            registry.pop(key, None)
        self._inner, self._shown, self._owned = [], [], []

    def _focus(self) -> tuple[str, int]:
        """The name of the editor inside that has the focus, and where its cursor is."""
        widget = QApplication.focusWidget()
        cursor = widget.cursorPosition() if isinstance(widget, QLineEdit) else 0
        if widget is None or not self.isAncestorOf(widget):
            return "", 0
        while widget is not None and widget is not self and self._form.editor(widget.objectName()) is None:
            widget = widget.parentWidget()
        return (widget.objectName() if widget is not None and widget is not self else ""), cursor

    def _focus_again(self, name: str, cursor: int) -> None:
        widget = self._form.editor(name)
        if widget is not None:
            widget.setFocus()
            if isinstance(widget, QLineEdit):
                widget.setCursorPosition(cursor)


def _drop(widget: QWidget) -> None:
    """It goes when Qt has the time."""
    widget.setProperty(GONE, True)
    widget.hide()
    widget.deleteLater()


def chain(body: QWidget) -> None:
    """Let the keys go through the widget's parts in the order in which they stand, whichever were made last."""
    before: QWidget | None = None
    for stop in _stops(body):
        if before is not None:
            QWidget.setTabOrder(before, stop)
        before = stop


def _stops(widget: QWidget) -> Iterator[QWidget]:
    # not along Qt's own chain: PySide would take what it meets there for a child, and drop it with the widget
    for child in widget.children():
        if isinstance(child, QWidget) and not child.isWindow() and not child.property(GONE):
            if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.focusProxy() is None:
                yield child
            yield from _stops(child)
