"""The list of actions: cards in their order, each with its icon, opened to its own little form."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget

from trigger_studio.analysis import words
from trigger_studio.model.speech import tr
from trigger_studio.ui.form.action_forms import body_of
from trigger_studio.ui.form.form import Form
from trigger_studio.ui.form.kinds import fresh_actions, icon_of, line_of, type_words
from trigger_studio.ui.kit import Button, Elided, IconButton, column, label, row, themed_icon, wide
from trigger_studio.ui.paths import Path, text_of, with_item, with_item_moved, without_item
from trigger_studio.ui.theme import Space


class ActionList(QWidget):
    """A list of actions; `path` is its place in the rule. Boxes inside boxes are lists like this one."""

    def __init__(self, form: Form, path: Path, *, empty: str = "") -> None:
        super().__init__()
        self._form, self._path = form, path
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.S)
        actions = form.at(path) or []
        for place in range(len(actions)):
            layout.addWidget(ActionCard(form, (*path, place), len(actions)))
        if not actions and empty:
            layout.addWidget(label(empty, "muted", wrap=True))
        layout.addWidget(form.note(path))
        add = Button(self.tr("Add an action"), icon="plus")
        add.setMenu(self._menu(len(actions)))
        form.field(path, add)
        layout.addLayout(row(add, 1))

    def _menu(self, count: int) -> QMenu:
        menu = QMenu(self)
        for name in fresh_actions(self._form.profile):
            action = menu.addAction(themed_icon(self, icon_of({"type": name})), type_words(name))
            action.triggered.connect(lambda _on=False, name=name: self._add(name, count))
        return menu

    def _add(self, name: str, count: int) -> None:
        form, path = self._form, (*self._path, count)
        form.opened.add(text_of(path))
        form.reshape(
            with_item(form.content, path, fresh_actions(form.profile)[name]), tr("add {0}", type_words(name).lower())
        )


class ActionCard(QFrame):
    """One action: a line that says what it does, and its form when opened."""

    def __init__(self, form: Form, path: Path, count: int) -> None:
        super().__init__()
        self._form, self._path = form, path
        self.setProperty("role", "card")
        self._action: dict[str, Any] = form.at(path)
        place = int(path[-1])
        icon = label("")
        icon.setPixmap(themed_icon(self, icon_of(self._action), "action").pixmap(16, 16))
        title, subtitle = line_of(self._action, form.profile)
        texts = column(Elided(title), gap=0)
        if subtitle:
            texts.addWidget(Elided(subtitle, "caption"))
        self._opener = IconButton("minus" if self._opened else "pencil", self.tr("Open or close {0}").format(title))
        self._opener.clicked.connect(self._toggle)
        holder = QWidget()
        holder.setLayout(texts)
        head = row(icon, wide(holder), self._opener, gap=Space.S)
        for by, arrow, tip in ((-1, "↑", self.tr("Earlier")), (1, "↓", self.tr("Later"))):
            button = IconButton("", f"{tip}: {title}")
            button.setText(arrow)
            button.setEnabled(0 <= place + by < count)
            button.clicked.connect(lambda _on=False, by=by: self._move(by))
            head.addWidget(button)
        remove = IconButton("trash", self.tr("Remove {0}").format(title))
        remove.clicked.connect(self._remove)
        head.addWidget(remove)
        layout = column(head, gap=Space.S, margin=Space.S)
        layout.addWidget(form.note(path))
        form.field(path, self._opener)
        if self._opened:
            layout.addWidget(body_of(form, path, ActionList))
        self.setLayout(layout)
        holder.installEventFilter(self)
        holder.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def _opened(self) -> bool:
        kind = self._action.get("type")
        return text_of(self._path) in self._form.opened or kind in ("branch", "parallel", "sequence")

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
