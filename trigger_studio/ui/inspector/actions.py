"""The list of actions: cards in their order, each with its icon, opened to its own little form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget

from trigger_studio.analysis.wording import words
from trigger_studio.model.i18n import tr
from trigger_studio.studio.form.action_kinds import fresh_actions, icon_of, ink_of, line_of, type_words
from trigger_studio.studio.paths import Path, text_of, with_item, with_item_moved, without_item
from trigger_studio.ui.inspector.action_forms import body_of
from trigger_studio.ui.inspector.form import Form
from trigger_studio.ui.inspector.sections import Section, chain
from trigger_studio.ui.widgets.kit import (
    Button,
    Elided,
    IconButton,
    column,
    label,
    laid_once,
    row,
    themed_icon,
    wide,
)
from trigger_studio.ui.widgets.plain import literal
from trigger_studio.ui.widgets.theme import Space


class ActionList(QWidget):
    """A list of actions; `path` is its place in the rule. Boxes inside boxes are lists like this one."""

    def __init__(self, form: Form, path: Path, *, empty: str = "") -> None:
        super().__init__()
        self._form, self._path = form, path
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.S)
        self._section = form.section
        self._cards: list[Section] = []
        self._spare: list[Section] = []  # of places beyond the last action, the nearest at the end
        self._layout = column(gap=Space.S)
        holder = QWidget()
        holder.setLayout(self._layout)
        layout.addWidget(holder)
        self._nothing = label(empty, "muted", wrap=True)
        layout.addWidget(self._nothing)
        self._resize(self._count())
        form.keeps(self._count, self._resize)
        layout.addWidget(form.note(path))
        self._add_button = Button(self.tr("Add an action"), icon="plus")
        self._add_button.setMenu(self._menu())
        form.field(path, self._add_button)
        layout.addLayout(row(self._add_button, 1))

    def _count(self) -> int:
        return len(self._form.at(self._path) or ())

    def _resize(self, count: int) -> None:
        """So many cards; those that stay are told of their actions by themselves."""
        with laid_once(self._layout):
            while len(self._cards) > count:
                self._spare.append(self._cards.pop())
                self._spare[-1].park()
            while len(self._cards) < count:
                if self._spare:
                    self._cards.append(self._spare.pop())
                    self._cards[-1].unpark()
                else:
                    self._add_card()
        self._nothing.setVisible(not count and bool(self._nothing.text()))

    def _add_card(self) -> None:
        form, path = self._form, (*self._path, len(self._cards))

        def shape() -> object:
            return form.at((*path, "type")), is_open(form, path)

        with form.inside(self._section):
            card = Section(form, shape, lambda: ActionCard(form, path, self._count))
        self._layout.addWidget(card)
        self._cards.append(card)
        chain(card)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        for name in fresh_actions(self._form.profile):
            action = menu.addAction(themed_icon(self, icon_of({"type": name}), ink_of(name)), literal(type_words(name)))
            action.triggered.connect(lambda _on=False, name=name: self._add(name))
        return menu

    def _add(self, name: str) -> None:
        form, path = self._form, (*self._path, self._count())
        form.opened.add(text_of(path))
        form.reshape(
            with_item(form.content, path, fresh_actions(form.profile)[name]), tr("add {0}", type_words(name).lower())
        )


class ActionCard(QFrame):
    """One action: a line that says what it does, and its form when opened."""

    def __init__(self, form: Form, path: Path, count: Callable[[], int]) -> None:
        super().__init__()
        self._form, self._path, self._count = form, path, count
        self.setProperty("role", "card")
        icon = label("")
        ink = ink_of(str(self._action.get("type")))
        icon.setPixmap(themed_icon(self, icon_of(self._action), ink).pixmap(16, 16))
        self._title, self._subtitle = Elided(""), Elided("", "caption")
        opened = is_open(form, path)
        self._opener = IconButton("minus" if opened else "pencil", "")
        self._opener.clicked.connect(self._toggle)
        holder = QWidget()
        holder.setLayout(column(self._title, self._subtitle, gap=0))
        head = row(icon, wide(holder), self._opener, gap=Space.S)
        self._movers = {by: IconButton("", "") for by in (-1, 1)}
        for by, button in self._movers.items():
            button.setText("↑" if by < 0 else "↓")
            button.clicked.connect(lambda _on=False, by=by: self._move(by))
            head.addWidget(button)
        self._remover = IconButton("trash", "")
        self._remover.clicked.connect(self._remove)
        head.addWidget(self._remover)
        self._tell()
        form.keeps(lambda: (self._action, count()), lambda _now: self._tell())
        layout = column(head, gap=Space.S, margin=Space.S)
        layout.addWidget(form.note(path))
        form.field(path, self._opener)
        if opened:
            layout.addWidget(body_of(form, path, ActionList))
        self.setLayout(layout)
        holder.installEventFilter(self)
        holder.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def _action(self) -> dict[str, Any]:
        action: dict[str, Any] = self._form.at(self._path)
        return action

    def _tell(self) -> None:
        """Say what the action does now, and what the buttons would do to it."""
        title, subtitle = line_of(self._action, self._form.profile)
        self._title.say(title)
        self._subtitle.say(subtitle)
        self._subtitle.setVisible(bool(subtitle))
        self._opener.say(self.tr("Open or close {0}").format(title))
        self._remover.say(self.tr("Remove {0}").format(title))
        for by, button in self._movers.items():
            button.say(f"{self.tr('Earlier') if by < 0 else self.tr('Later')}: {title}")
            button.setEnabled(0 <= int(self._path[-1]) + by < self._count())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            self._toggle()
            return True
        return super().eventFilter(watched, event)

    def _toggle(self) -> None:
        opened, name = self._form.opened, text_of(self._path)
        opened.symmetric_difference_update((name,))
        self._form.reshape(self._form.content, "")

    def _move(self, by: int) -> None:
        form, path = self._form, self._path
        here, there = text_of(path), text_of((*path[:-1], int(path[-1]) + by))
        kept = {name for name in (here, there) if name in form.opened}
        form.opened -= kept
        form.opened |= {there if name == here else here for name in kept}
        form.reshape(
            with_item_moved(form.content, path, by), tr("move {0}", words.plain(str(self._action.get("type"))))
        )

    def _remove(self) -> None:
        form = self._form
        form.opened.discard(text_of(self._path))
        title = tr("remove {0}", words.plain(str(self._action.get("type"))))
        form.reshape(without_item(form.content, self._path), title)


def is_open(form: Form, path: Path) -> bool:
    """Whether the form of the action there is shown; what holds actions always shows them."""
    return text_of(path) in form.opened or form.at((*path, "type")) in ("branch", "parallel", "sequence")
