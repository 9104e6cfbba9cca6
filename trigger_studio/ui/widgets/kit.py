"""Small parts that every panel is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from trigger_studio.model.i18n import tr
from trigger_studio.ui.widgets import icons
from trigger_studio.ui.widgets.plain import literal, plain
from trigger_studio.ui.widgets.theme import Space, tokens_of

ICON_PX = 16
L = TypeVar("L", bound=QBoxLayout)
MIN_PX = 48


def label(text: str, role: str = "", *, wrap: bool = False) -> QLabel:
    """A label in one of the theme's roles; its text is never read as markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def column(*items: QWidget | QLayout | int, gap: int = Space.S, margin: int = 0) -> QVBoxLayout:
    """Widgets one below the other; a number is a stretch."""
    return _filled(QVBoxLayout(), items, gap, margin)


def row(*items: QWidget | QLayout | int, gap: int = Space.S, margin: int = 0) -> QHBoxLayout:
    """Widgets side by side; a number is a stretch."""
    return _filled(QHBoxLayout(), items, gap, margin)


def _filled(layout: L, items: Iterable[QWidget | QLayout | int], gap: int, margin: int) -> L:
    layout.setSpacing(gap)
    layout.setContentsMargins(margin, margin, margin, margin)
    for item in items:
        if isinstance(item, int):
            layout.addStretch(item)
        elif isinstance(item, QWidget):
            layout.addWidget(item)
        else:
            layout.addLayout(item)
    return layout


def card(layout: QBoxLayout, role: str = "card") -> QFrame:
    """A frame around a layout."""
    frame = QFrame()
    frame.setProperty("role", role)
    frame.setLayout(layout)
    return frame


@contextmanager
def laid_once(layout: QLayout) -> Iterator[None]:
    """Show widgets of a layout inside; it is laid out once at the end, where Qt would do it for every widget."""
    layout.setEnabled(False)
    try:
        yield
    finally:
        layout.setEnabled(True)
        layout.update()


def empty(layout: QLayout) -> None:
    """Take everything out of a layout; the widgets go when Qt has the time."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty(inner)


if TYPE_CHECKING:
    _Button = QAbstractButton
else:
    _Button = object


class _Dressed(_Button):
    """Mixed into a button: draws its icon anew when the theme changes."""

    _icon_name = ""
    _ink = ""

    def dress(self, icon_name: str, ink: str = "") -> None:
        """Show this icon, in a colour of the theme's by name (the writing's when left out)."""
        self._icon_name, self._ink = icon_name, ink
        self.setIcon(themed_icon(self, icon_name, ink or "muted"))
        self.setIconSize(QSize(ICON_PX, ICON_PX))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._icon_name:
            self.dress(self._icon_name, self._ink)


class Button(_Dressed, QPushButton):
    """A button with words."""

    def __init__(self, text: str, *, role: str = "", icon: str = "", tip: str = "") -> None:
        super().__init__(literal(text))
        if role:
            self.setProperty("role", role)
        if icon:
            self.dress(icon, {"primary": "on_accent", "danger": "failed", "halt": "surface"}.get(role, ""))
        if tip:
            self.setToolTip(plain(tip))
        self.setAutoDefault(False)


class IconButton(_Dressed, QToolButton):
    """A small button without words; `tip` says what it does, to the eye and to a screen reader."""

    def __init__(self, icon: str, tip: str) -> None:
        super().__init__()
        if icon:
            self.dress(icon)
        self.say(tip)
        self.setProperty("role", "quiet")
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def say(self, tip: str) -> None:
        """Say something else about what it does."""
        self.setToolTip(plain(tip))
        self.setAccessibleName(tip)


class Elided(QLabel):
    """A label of one line that is cut short where there is no room; its tooltip has all of it."""

    def __init__(self, text: str, role: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setToolTip(plain(text))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if role:
            self.setProperty("role", role)

    def say(self, text: str) -> None:
        """Show another text."""
        if text != self.text():
            self.setText(text)
            self.setToolTip(plain(text))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()


class Pick(QComboBox):
    """A choice of (value, words). The wheel scrolls the form around it, not the choice.

    Args:
        fit: as wide as its widest choice; else as wide as there is room.
    """

    def __init__(
        self, choices: Iterable[tuple[Any, str]], value: Any = None, *, name: str = "", fit: bool = False
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        policy = QComboBox.SizeAdjustPolicy
        self.setSizeAdjustPolicy(policy.AdjustToContents if fit else policy.AdjustToMinimumContentsLengthWithIcon)
        if not fit:
            self.setMinimumContentsLength(4)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._choices = 0
        self.offer(choices, value)

    def offer(self, choices: Iterable[tuple[Any, str]], value: Any = None) -> None:
        """Offer other choices; a value that is none of them is added as it is, so that nothing is lost."""
        self.blockSignals(True)
        self.clear()
        for data, words in choices:
            self.addItem(words, data)
        self._choices = self.count()
        self.put(value)
        self.blockSignals(False)

    def put(self, value: Any) -> None:
        """Show this value, without telling anyone."""
        before = self.blockSignals(True)
        while self.count() > self._choices:  # an unknown one that was shown before
            self.removeItem(self.count() - 1)
        index = next((i for i in range(self.count()) if self.itemData(i) == value), -1)
        if index < 0 and value is not None:
            self.addItem(tr("{0} (unknown)", value), value)
            index = self.count() - 1
        self.setCurrentIndex(index)
        self.blockSignals(before)

    @property
    def value(self) -> Any:
        return self.currentData()

    def wheelEvent(self, event: Any) -> None:
        event.ignore()


def themed_icon(widget: QWidget, name: str, ink: str = "muted") -> QIcon:
    """An icon in the theme that the widget wears."""
    tokens = tokens_of(widget.palette())
    return _icon(name, getattr(tokens, ink), tokens.faint)


@lru_cache(maxsize=256)
def _icon(name: str, colour: str, faint: str) -> QIcon:
    """Drawn once for each colour: a form has dozens of buttons and is drawn anew often."""
    return icons.icon(name, QColor(colour), QColor(faint))


def dress_actions(widget: QWidget, actions: Iterable[QAction]) -> None:
    """Draw the icons of actions, named by their data, in the theme that the widget wears."""
    for action in actions:
        if name := action.property("icon_name"):
            action.setIcon(themed_icon(widget, str(name), str(action.property("ink") or "text")))


def on_surface(widget: QWidget) -> None:
    """Let a panel stand on the surface's colour instead of the window's."""
    widget.setAutoFillBackground(True)
    widget.setBackgroundRole(QPalette.ColorRole.Base)


def wide(widget: QWidget) -> QWidget:
    """The widget, taking what width there is, and content with little."""
    widget.setMinimumWidth(MIN_PX)
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, widget.sizePolicy().verticalPolicy())
    return widget
