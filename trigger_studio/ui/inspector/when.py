"""When the rule fires: the event, whose events, the conditions, and what must be complete."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QCheckBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from trigger_studio.analysis.wording import words
from trigger_studio.model.i18n import tr
from trigger_studio.model.profile import EVENT_TYPES, PARENT_KINDS
from trigger_studio.studio.form.entity_stats import Choice
from trigger_studio.studio.form.picks import HAPPENS
from trigger_studio.studio.paths import with_value
from trigger_studio.ui.inspector.conditions import TestBox
from trigger_studio.ui.inspector.form import Form
from trigger_studio.ui.inspector.scope import Least, ScopeEditor
from trigger_studio.ui.inspector.sections import Section
from trigger_studio.ui.inspector.values import Changed, StatusPick, counted, pick
from trigger_studio.ui.widgets.kit import card, column, label, row, wide
from trigger_studio.ui.widgets.theme import Space


class WhenSection(QWidget):
    """The form's section on when the rule fires."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        self._form = form
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.M)
        layout.addWidget(self._event())
        layout.addWidget(Section(form, lambda: None, self._scope))
        layout.addWidget(self._project())
        layout.addWidget(label(self.tr("Only if"), "title"))
        layout.addWidget(TestBox(form, ("when", "where"), empty=self.tr("No conditions: every such event counts.")))
        layout.addWidget(Section(form, lambda: isinstance(form.at(("when", "every")), dict), self._join))
        layout.addWidget(self._again())

    def _event(self) -> QWidget:
        form, when = self._form, ("when",)
        entity = counted(
            form.census.kinds(),
            form.at((*when, "entity")),
            lambda v: form.put((*when, "entity"), v, tr("what it is about")),
        )
        happens = [(item, tr(HAPPENS[item])) for item in EVENT_TYPES]
        event = pick(happens, form.at((*when, "event")), lambda v: form.put((*when, "event"), v, tr("the event")))
        form.shows((*when, "entity"), entity.put)
        form.shows((*when, "event"), event.put)
        form.field((*when, "entity"), entity, self.tr("What the event is about"))
        form.field((*when, "event"), event, self.tr("What happens to it"))
        body = column(row(label(self.tr("Any")), wide(entity), wide(event)), form.note(when), gap=Space.XS)
        return _holder(body)

    def _scope(self) -> QWidget:
        form, path = self._form, ("when", "scope")
        scope = ScopeEditor(form.census, form.at(path), lambda given: form.put(path, given, tr("whose events count")))
        form.field(path, scope.choice, self.tr("Whose events count"))
        form.field((*path, "characters"), scope.cast)
        form.shows(path, None)
        return _holder(column(scope, form.note(path), gap=Space.S))

    def _project(self) -> QWidget:
        form = self._form
        every = [Choice(None, self.tr("in every project")), *form.census.entities("project")]
        project = counted(every, form.at(("project",)), self._put_project, capital=False)
        form.shows(("project",), project.put)
        form.field(("project",), project, self.tr("Project"))
        return _holder(column(wide(project), form.note(("project",)), gap=Space.S))

    def _put_project(self, project: str | None) -> None:
        """`project` is written out even when it is null."""
        form = self._form
        form.reshape({**form.content, "project": project}, "")

    def _again(self) -> QLabel:
        """When it fires again, in plain words."""
        form, every = self._form, ("when", "every")

        def said() -> str:
            of, members = form.at((*every, "of")), form.at((*every, "entity"))
            return words.again_text(str(form.at(("when", "entity"))), of, str(members))

        made = label(said(), "caption", wrap=True)
        form.keeps(said, made.setText)
        return made

    def _join(self) -> QWidget:
        form, path = self._form, ("when", "every")
        join = form.at(path)
        box = QCheckBox(self.tr("And only once all of them are there"))
        box.setChecked(join is not None)
        box.setToolTip(self.tr("Waits until every one has a status, such as: once all nine scenes are approved"))
        box.toggled.connect(self._switch_join)
        form.field(path, box)
        body = column(box, gap=Space.S)
        if isinstance(join, dict):
            body.addWidget(card(self._join_form(join), "box"))
        body.addWidget(form.note(path))
        return _holder(body)

    def _switch_join(self, on: bool) -> None:
        form = self._form
        kind = form.at(("when", "entity")) or "scene"
        fresh = {"entity": kind, "of": "character", "status": "approved", "min": 1} if on else None
        form.reshape(with_value(form.content, ("when", "every"), fresh), "")

    def _join_form(self, join: dict[str, Any]) -> Any:
        form, path = self._form, ("when", "every")
        kinds = [Choice(c.value, words.many(c.value), c.note) for c in form.census.kinds()]
        entity = counted(kinds, join.get("entity"), self._putter("entity", tr("what is waited for")), capital=False)
        parents = [(kind, self.tr("the same {0}").format(words.plain(kind))) for kind in PARENT_KINDS]
        of = pick(parents, join.get("of"), self._putter("of", tr("whose they are")))
        status = StatusPick(form.census, join.get("status"), self._putter("status", tr("the status")))
        for key, widget, name in (
            ("entity", entity, self.tr("What is waited for")),
            ("of", of, self.tr("Whose they are")),
            ("status", status, self.tr("The status all must have")),
        ):
            form.field((*path, key), widget, name)
        form.shows((*path, "entity"), entity.put)
        form.shows((*path, "of"), of.put)
        form.shows((*path, "status"), status.show_value)
        least = Section(form, lambda: None, self._least)
        grid = QFormLayout()
        grid.setSpacing(Space.S)
        grid.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        grid.addRow(self.tr("Once all"), wide(entity))
        grid.addRow(self.tr("of"), wide(of))
        grid.addRow(self.tr("are"), wide(status))
        grid.addRow(self.tr("and they are"), least)
        body = column(grid, gap=Space.M, margin=Space.M)
        body.addWidget(label(self.tr("Counting only those where"), "muted"))
        body.addWidget(TestBox(form, (*path, "where"), empty=self.tr("All of them count.")))
        return body

    def _least(self) -> QWidget:
        form, path = self._form, ("when", "every", "min")
        least = Least(form.at(path), self._putter("min", tr("how many there must be")))
        form.field(path, least.number if least.number.isVisibleTo(least) else least.attribute)
        form.shows(path, None)
        return least

    def _putter(self, key: str, what: str) -> Changed:
        form = self._form
        return lambda value: form.put(("when", "every", key), value, what)


def _holder(layout: Any) -> QWidget:
    holder = QWidget()
    holder.setLayout(layout)
    return holder
