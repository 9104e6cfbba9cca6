"""The editor of a part of the sentence that is not one of a few choices."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from trigger_studio.analysis.wording.sentence import Part
from trigger_studio.studio.form.picks import ANYTHING
from trigger_studio.studio.paths import path_of
from trigger_studio.ui.inspector.form import Form
from trigger_studio.ui.inspector.scope import Least, ScopeEditor
from trigger_studio.ui.inspector.values import Changed, Several, line, value_editor


def editor_for(form: Form, part: Part, changed: Changed) -> QWidget:
    """An editor of the value that the part tells; it tells of every change."""
    path = path_of(part.path)
    value = form.at(path)
    if part.kind == "scope":
        return ScopeEditor(form.census, value, changed)
    if part.kind == "min":
        return Least(value, changed)
    if part.kind == "to":
        return Several(ANYTHING, value, changed)
    if part.kind == "value":
        condition = form.at(path[:-1])
        name = str(condition.get("field"))
        attribute = form.profile.fields.get(name, ANYTHING)
        return value_editor(
            attribute, str(condition.get("op")), value, changed, form.census.values(name, attribute.values)
        )
    return line(value, changed)
