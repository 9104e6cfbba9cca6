"""When the rule fires: the event, whose events, the conditions, and what must be complete."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QVBoxLayout, QWidget

from trigger_studio.analysis import words
from trigger_studio.model.profile import EVENT_TYPES, PARENT_KINDS
from trigger_studio.ui.form.conditions import TestBox
from trigger_studio.ui.form.form import Form
from trigger_studio.ui.form.values import Chips, line, pick, whole
from trigger_studio.ui.kit import Pick, card, column, label, row, wide
from trigger_studio.ui.paths import with_value
from trigger_studio.ui.theme import Space

HAPPENS = {"completed": "is completed", "approved": "is approved", "failed": "fails"}
MOST_MEMBERS = 1_000_000


class WhenSection(QWidget):
    """See the module."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        self._form = form
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.M)
        layout.addWidget(self._event())
        layout.addWidget(self._scope())
        layout.addWidget(label(self.tr("Only if"), "title"))
        layout.addWidget(TestBox(form, ("when", "where"), empty=self.tr("No conditions: every such event counts.")))
        layout.addWidget(self._join())

    def _event(self) -> QWidget:
        form, when = self._form, ("when",)
        kinds = [(kind, words.title(words.plain(kind))) for kind in form.profile.kinds]
        happens = [(item, HAPPENS[item]) for item in EVENT_TYPES]
        entity = pick(kinds, form.at((*when, "entity")), lambda v: form.put((*when, "entity"), v, "what it is about"))
        event = pick(happens, form.at((*when, "event")), lambda v: form.put((*when, "event"), v, "the event"))
        form.field((*when, "entity"), entity, self.tr("What the event is about"))
        form.field((*when, "event"), event, self.tr("What happens to it"))
        body = column(row(label(self.tr("A")), wide(entity), wide(event)), form.note(when), gap=Space.XS)
        return _holder(body)

    def _scope(self) -> QWidget:
        form, path = self._form, ("when", "scope")
        scope = form.at(path) or {"project": True}
        characters = scope.get("characters")
        kind = "these" if isinstance(characters, list) else "all" if characters == "all" else "project"
        cast = form.entity_choices("character")
        first = [cast[0][0]] if cast else ["character-id"]
        made: dict[str, Any] = {
            "project": {"project": True}, "all": {"characters": "all"}, "these": {"characters": first},
        }  # fmt: skip
        choice = Pick(
            [
                ("project", self.tr("of the project, any character or none")),
                ("all", self.tr("of any character")),
                ("these", self.tr("of these characters only:")),
            ],
            kind,
        )
        choice.currentIndexChanged.connect(
            lambda _i: form.reshape(with_value(form.content, path, made[choice.value]), "change whose events count")
        )
        form.field(path, choice, self.tr("Whose events count"))
        projects = [(None, self.tr("in every project")), *form.entity_choices("project")]
        project = Pick(projects, form.at(("project",)))
        project.currentIndexChanged.connect(lambda _i: self._put_project(project.value))
        form.field(("project",), project, self.tr("Project"))
        body = column(row(wide(choice)), gap=Space.S)
        if kind == "these":
            body.addWidget(self._cast(characters if isinstance(characters, list) else [], cast))
        body.addLayout(row(wide(project)))
        body.addWidget(form.note(("project",)))
        body.addWidget(form.note(path))
        return _holder(body)

    def _put_project(self, project: str | None) -> None:
        """`project` is written out even when it is null."""
        form = self._form
        form.reshape({**form.content, "project": project}, f"change project to {project or 'every project'}")

    def _cast(self, chosen: list[str], cast: list[tuple[str, str]]) -> QWidget:
        form, path = self._form, ("when", "scope", "characters")
        known = dict(cast)
        everyone = [*known, *(name for name in chosen if name not in known)]
        names = [known.get(name, f"{name} (unknown)") for name in everyone]
        boxes = Chips(everyone, chosen, lambda given: form.put(path, given, "the characters"), names)
        return form.field(path, boxes, self.tr("Characters"))

    def _join(self) -> QWidget:
        form, path = self._form, ("when", "every")
        join = form.at(path)
        box = QCheckBox(self.tr("And only once all of them are there"))
        box.setChecked(join is not None)
        box.setToolTip(self.tr("Waits until every member has a status, such as: all nine scenes are approved"))
        box.toggled.connect(self._switch_join)
        form.field(path, box)
        body = column(box, gap=Space.S)
        if join is not None:
            body.addWidget(card(self._join_form(join)))
        body.addWidget(form.note(path))
        return _holder(body)

    def _switch_join(self, on: bool) -> None:
        form = self._form
        kind = form.at(("when", "entity")) or "scene"
        fresh = {"entity": kind, "of": "character", "status": "approved", "min": 1} if on else None
        title = "wait until all are there" if on else "stop waiting for all"
        form.reshape(with_value(form.content, ("when", "every"), fresh), title)

    def _join_form(self, join: dict[str, Any]) -> Any:
        form, path = self._form, ("when", "every")
        kinds = [(kind, words.plain(kind)) for kind in form.profile.kinds]
        entity = pick(kinds, join.get("entity"), lambda v: form.put((*path, "entity"), v, "what is waited for"))
        parents = [(kind, f"the {kind}") for kind in PARENT_KINDS]
        of = pick(parents, join.get("of"), lambda v: form.put((*path, "of"), v, "whose they are"))
        status = Pick(form.status_choices(), join.get("status"))
        status.setEditable(True)
        status.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        status.currentTextChanged.connect(
            lambda text: form.put((*path, "status"), status.value if status.currentData() else text, "the status")
        )
        for key, widget, name in (
            ("entity", entity, self.tr("What is waited for")),
            ("of", of, self.tr("Whose they are")),
            ("status", status, self.tr("The status all must have")),
        ):
            form.field((*path, key), widget, name)
        grid = QFormLayout()
        grid.setSpacing(Space.S)
        grid.addRow(self.tr("Every"), row(wide(entity), label(self.tr("of")), wide(of)))
        grid.addRow(self.tr("is"), status)
        grid.addRow(self.tr("and there are"), self._least(join))
        body = column(grid, gap=Space.M, margin=Space.M)
        body.addWidget(label(self.tr("Counting only those where"), "muted"))
        body.addWidget(TestBox(form, (*path, "where"), empty=self.tr("All of them count.")))
        return body

    def _least(self, join: dict[str, Any]) -> QWidget:
        """How many there must be: a number, or an attribute of the parent that holds it."""
        form, path = self._form, ("when", "every", "min")
        least = join.get("min", 1)
        named = isinstance(least, str)
        how = Pick([(False, self.tr("at least")), (True, self.tr("as many as its attribute"))], named)
        how.currentIndexChanged.connect(
            lambda _i: form.reshape(
                with_value(form.content, path, "scene_count" if how.value else 1), "change how many there must be"
            )
        )
        how.setAccessibleName(self.tr("How their number is given"))
        if named:
            value: QWidget = line(least, lambda v: form.put(path, v, "the attribute with their number"))
        else:
            value = whole(least, lambda v: form.put(path, v, "how many there must be"), 1, MOST_MEMBERS)
        form.field(path, value, self.tr("How many there must be"))
        return _holder(row(wide(how), wide(value)))


def _holder(layout: Any) -> QWidget:
    holder = QWidget()
    holder.setLayout(layout)
    return holder
