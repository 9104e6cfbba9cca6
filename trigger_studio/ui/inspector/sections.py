"""The form in sections: one is drawn anew only when it looks otherwise; inside it, values are shown in place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from trigger_studio.studio.paths import Path
from trigger_studio.ui.widgets.kit import column, laid_once

if TYPE_CHECKING:
    from trigger_studio.ui.inspector.form import Form

GONE = "gone"
"""The property of a widget that is not part of the form: about to be deleted, or kept in case it fits again."""
MOST_KEPT: Final = 4
"""So many earlier looks of a section are kept: undo and redo find their widgets again."""


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


@dataclass(slots=True)
class Body:
    """The widgets of a section in one shape, and what belongs to them.

    Attributes:
        shape: that for which they were drawn.
        inner: the sections in it. shown: what is kept up with the rule.
        owned: what is registered with the form: in which registry, under which name, and the thing itself.
    """

    shape: object
    widget: QWidget
    inner: list[Section] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    owned: list[tuple[dict[str, Any], str, Any]] = field(default_factory=list)

    def fits(self, shape: object) -> bool:
        """Whether all that differs from the rule as it is now can be shown in place."""
        return self.shape == shape and all(repr(s.read()) == s.now for s in self.shown if s.show is None)

    def leave(self) -> None:
        """Take out of the form what was registered with it."""
        for inner in self.inner:
            inner.body.leave()
        for registry, key, _made in self.owned:
            registry.pop(key, None)

    def enter(self) -> None:
        """Register it with the form again."""
        for registry, key, made in self.owned:
            registry[key] = made
        for inner in self.inner:
            inner.body.enter()


class Section(QWidget):
    """A part of the form that can be drawn anew by itself.

    Args:
        shape: what decides which widgets there are; while it is equal the widgets stay.
        make: draws it. What it registers with the form belongs to the section, and goes with its widgets.
    """

    def __init__(self, form: Form, shape: Callable[[], object], make: Callable[[], QWidget]) -> None:
        super().__init__()
        self._form, self._shape, self._make = form, shape, make
        self._kept: list[Body] = []
        self.body: Body
        self._around = form.section
        if self._around is not None:
            self._around.body.inner.append(self)
        self._box = column()
        self.setLayout(self._box)
        self.body = self._drawn()

    def own(self, registry: dict[str, Any], key: str) -> None:
        """Take the entry out of the registry when the section's widgets go."""
        self.body.owned.append((registry, key, registry[key]))

    def shows(self, shown: Shown) -> None:
        """Keep this up with the rule."""
        self.body.shown.append(shown)

    def has_shown(self, path: Path) -> None:
        """A person changed the value there by its own editor, which shows it already."""
        for shown in self.body.shown:
            if shown.path == path:
                shown.now = repr(shown.read())
        for inner in self.body.inner:
            inner.has_shown(path)

    def follow(self) -> bool:
        """Show what the form's document says now. Returns whether any widgets were replaced."""
        if self._shape() != self.body.shape:
            self.redraw()
            return True
        for shown in self.body.shown:
            value = shown.read()
            if (now := repr(value)) == shown.now:
                continue
            if shown.show is None:
                self.redraw()
                return True
            shown.now = now
            shown.show(value)
        replaced = [inner.follow() for inner in tuple(self.body.inner)]
        return any(replaced)

    def redraw(self) -> None:
        """Other widgets in place of these; the focus stays on the editor of the same value."""
        old, focus, shape = self.body, self._focus(), self._shape()
        old.leave()
        self._box.removeWidget(old.widget)
        again = next((body for body in self._kept if body.fits(shape)), None)
        if again is not None:
            self._kept.remove(again)
            self._take_back(again)
        else:
            self.body = self._drawn()
        with laid_once(self._box):
            self.body.widget.show()
        self._focus_again(*focus)
        set_aside(old.widget)
        self._kept.append(old)
        for gone in self._kept[:-MOST_KEPT]:
            gone.widget.deleteLater()
        del self._kept[:-MOST_KEPT]
        chain(self)

    def park(self) -> None:
        """Take it out of the form until it is wanted again."""
        self.body.leave()
        if self._around is not None:
            self._around.body.inner.remove(self)
        set_aside(self)

    def unpark(self) -> None:
        """Be part of the form again."""
        if self._around is not None:
            self._around.body.inner.append(self)
        self.setProperty(GONE, False)
        self.body.enter()
        self.follow()
        self.show()
        chain(self)

    def _drawn(self) -> Body:
        self.body = Body(self._shape(), self)  # what is drawn registers with it
        with self._form.inside(self):
            self.body.widget = self._make()
        self._box.addWidget(self.body.widget)
        return self.body

    def _take_back(self, body: Body) -> None:
        self.body = body
        body.enter()
        body.widget.setProperty(GONE, False)
        self._box.addWidget(body.widget)
        self.follow()

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


def set_aside(widget: QWidget) -> None:
    """It is no part of the form any more."""
    widget.setProperty(GONE, True)
    widget.hide()


def chain(part: QWidget) -> None:
    """Let the keys go through a part of the form where it stands, whenever it was made."""
    before = _stop_before(part)
    for stop in _stops(part):
        if before is not None:
            QWidget.setTabOrder(before, stop)
        before = stop


def _stop_before(part: QWidget) -> QWidget | None:
    """The last place for the keys before a part of the form."""
    around = part.parentWidget()
    while around is not None:
        beside = _parts(around)
        for child in reversed(beside[: beside.index(part)]):
            if (found := _last_stop(child)) is not None:
                return found
        part, around = around, around.parentWidget()
    return None


def _last_stop(widget: QWidget) -> QWidget | None:
    for child in reversed(_parts(widget)):
        if (found := _last_stop(child)) is not None:
            return found
    return widget if _is_stop(widget) else None


def _is_stop(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None


def _stops(widget: QWidget) -> Iterator[QWidget]:
    for child in _parts(widget):
        if _is_stop(child):
            yield child
        yield from _stops(child)


def _parts(widget: QWidget) -> list[QWidget]:
    """What is in it and part of the form, in the order in which it stands."""
    # not along Qt's own chain: PySide would take what it meets there for a child, and drop it with the widget
    return [
        child
        for child in widget.children()
        if isinstance(child, QWidget) and not child.isWindow() and not child.property(GONE)
    ]
