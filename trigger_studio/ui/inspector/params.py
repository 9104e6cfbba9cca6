"""A job's parameters: names and values, with the pipeline's own words offered."""

from __future__ import annotations

from typing import Any

import orjson
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QVBoxLayout, QWidget

from trigger_studio.model.i18n import tr
from trigger_studio.model.profile import Profile
from trigger_studio.studio.form.typed import json_of, number_of
from trigger_studio.studio.paths import Path, with_value
from trigger_studio.ui.inspector.form import Form
from trigger_studio.ui.inspector.inplace import put_text
from trigger_studio.ui.widgets.kit import Button, IconButton, Pick, row, wide
from trigger_studio.ui.widgets.theme import Space


class ParamsEditor(QWidget):
    """Rows of name and value. A new row counts once it has a name."""

    def __init__(self, form: Form, path: Path) -> None:
        super().__init__()
        self._form, self._path, self._section = form, path, form.section
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(Space.XS)
        for name in self._params:
            self._row(name)
        self._layout.addWidget(form.note(path))
        add = Button(self.tr("Add a parameter"), icon="plus")
        add.clicked.connect(self._another)
        form.field(path, add)
        self._layout.addLayout(row(add, 1))

    @property
    def _params(self) -> dict[str, Any]:
        params = self._form.at(self._path)
        return params if isinstance(params, dict) else {}

    def _another(self) -> None:
        with self._form.inside(self._section):
            self._row("")

    def _row(self, name: str) -> None:
        names = Pick([(item, item) for item in known_names(self._form.profile)], name=self.tr("Name of the parameter"))
        names.setEditable(True)
        names.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        names.setCurrentText(name)
        names.setMinimumContentsLength(6)
        value = QLineEdit(shown(self._params.get(name)), placeholderText=self.tr("value"))
        value.setCursorPosition(0)
        remove = IconButton("cross", self.tr("Remove the parameter {0}").format(name))
        self._layout.insertLayout(max(0, self._layout.count() - 2), row(wide(names), wide(value), remove, gap=4))
        self._form.field((*self._path, name or "…"), value, self.tr("Value of {0}").format(name or tr("the parameter")))
        if name:
            self._form.shows((*self._path, name), lambda given: put_text(value, shown(given)))
        completer = QCompleter(known_values(self._form.profile, name), value)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        value.setCompleter(completer)
        if (edit := names.lineEdit()) is not None:
            edit.setCursorPosition(0)
            edit.editingFinished.connect(lambda: self._rename(name, names.currentText().strip(), value.text()))
        value.textEdited.connect(lambda text: self._revalue(names.currentText().strip(), text))
        completer.activated.connect(lambda text: self._revalue(names.currentText().strip(), text))
        remove.clicked.connect(lambda: self._remove(name))

    def _revalue(self, name: str, text: str) -> None:
        if name:
            value = read(self._form.profile, name, text, self._params.get(name))
            self._form.put((*self._path, name), value, name)

    def _rename(self, old: str, new: str, text: str) -> None:
        if new in (old, ""):
            return
        kept = {new if key == old else key: value for key, value in self._params.items()}
        kept.setdefault(new, read(self._form.profile, new, text, None))
        self._reshape(kept, tr("name a parameter {0}", new))

    def _remove(self, name: str) -> None:
        self._reshape({key: value for key, value in self._params.items() if key != name}, tr("remove {0}", name))

    def _reshape(self, params: dict[str, Any], title: str) -> None:
        self._form.reshape(with_value(self._form.content, self._path, params), title)


def names_in(params: Any) -> list[str]:
    """The names of the rows, in their order."""
    return list(params) if isinstance(params, dict) else []


def known_names(profile: Profile) -> list[str]:
    """Names that mean something: attributes, and what the job is about."""
    return [*profile.attributes, *(f"{kind}_id" for kind in profile.kinds)]


def known_values(profile: Profile, name: str) -> list[str]:
    """Values to offer for a parameter."""
    attribute = profile.attributes.get(name)
    return [*(attribute.values if attribute else ()), f"{{{{ event.{name} }}}}", "{{ event.entity_id }}"]


def shown(value: Any) -> str:
    """A parameter's value as text."""
    return "" if value is None else value if isinstance(value, str) else orjson.dumps(value).decode()


def read(profile: Profile, name: str, text: str, before: Any) -> Any:
    """The value that a text means: text, but for numbers where numbers belong and for what was no text before."""
    attribute = profile.attributes.get(name)
    if attribute is not None and attribute.type == "number":
        return number_of(text)
    if before is None or isinstance(before, str):
        return text
    return json_of(text)
