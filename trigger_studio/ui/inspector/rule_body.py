"""The form of a whole rule: its name, when it fires, what it does, and what few rules need."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QCheckBox, QFormLayout, QVBoxLayout, QWidget

from trigger_studio.model.i18n import tr
from trigger_studio.ui.inspector.coalescing import together
from trigger_studio.ui.inspector.form import Form
from trigger_studio.ui.inspector.inplace import put_checked, put_number, put_value
from trigger_studio.ui.inspector.values import line, pick, whole
from trigger_studio.ui.widgets.kit import Button, column, label, row
from trigger_studio.ui.widgets.theme import Space


class RuleBody(QWidget):
    """All parts of a rule that can be changed, in one column; each shows what the form holds."""

    def __init__(self, form: Form) -> None:
        from trigger_studio.ui.inspector.actions import ActionList  # not before a rule is looked at
        from trigger_studio.ui.inspector.when import WhenSection

        super().__init__()
        top = QFormLayout()
        top.setSpacing(Space.S)
        top.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        name = line(form.at(("name",)), lambda v: form.put(("name",), v, tr("the name")))
        about = line(form.at(("description",)), lambda v: form.put(("description",), v, tr("the note")))
        on = QCheckBox(self.tr("Switched on"))
        on.setChecked(form.at(("enabled",), True) is not False)
        on.toggled.connect(lambda value: form.put(("enabled",), value, tr("switched on")))
        form.shows(("name",), partial(put_value, name))
        form.shows(("description",), partial(put_value, about))
        form.shows(("enabled",), lambda given: put_checked(on, given is not False), True)
        top.addRow(self.tr("Name"), form.field(("name",), name, self.tr("Name")))
        top.addRow(self.tr("Note"), form.field(("description",), about, self.tr("Note")))
        top.addRow("", form.field(("enabled",), on))
        mode = pick(
            [("sequential", self.tr("one after the other")), ("parallel", self.tr("all at once"))],
            form.at(("mode",)) or "sequential",
            lambda v: form.put(("mode",), v, tr("how the actions run")),
            fit=True,
        )
        form.shows(("mode",), lambda given: mode.put(given or "sequential"))
        actions = row(
            label(self.tr("Then do"), "title"), 1, form.field(("mode",), mode, self.tr("How the actions run"))
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.L, Space.M, Space.L, Space.XL)
        layout.setSpacing(Space.M)
        layout.addLayout(top)
        layout.addWidget(form.note(("id",)))
        layout.addWidget(label(self.tr("When"), "title"))
        layout.addWidget(WhenSection(form))
        layout.addLayout(actions)
        layout.addWidget(ActionList(form, ("actions",), empty=self.tr("A rule needs at least one action.")))
        layout.addWidget(self._more(form))
        layout.addStretch(1)

    def _more(self, form: Form) -> QWidget:
        """What few rules need, folded away."""
        holder, inner = QWidget(), QWidget()
        grid = QFormLayout(inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(Space.S)
        priority = whole(form.at(("priority",), 100), lambda v: form.put(("priority",), v, "priority"), 0, 1000)
        depth = whole(form.at(("max_depth",), 10), lambda v: form.put(("max_depth",), v, tr("longest chain")), 1, 1000)
        priority.setToolTip(self.tr("When one event starts several rules, the highest goes first."))
        depth.setToolTip(self.tr("The rule does not fire further down a chain than this, so that no loop runs away."))
        form.shows(("priority",), partial(put_number, priority), 100)
        form.shows(("max_depth",), partial(put_number, depth), 10)
        grid.addRow(self.tr("Priority"), form.field(("priority",), priority, self.tr("Priority")))
        grid.addRow(self.tr("Longest chain"), form.field(("max_depth",), depth, self.tr("Longest chain")))
        grid.addRow(self.tr("Taken together"), together(form))
        grid.addRow(self.tr("Id"), label(str(form.at(("id",))), "muted"))
        button = Button(self.tr("More…"))
        button.setCheckable(True)
        button.toggled.connect(inner.setVisible)
        button.toggled.connect(lambda on: form.opened.add("more") if on else form.opened.discard("more"))
        inner.setVisible(False)
        button.setChecked("more" in form.opened)
        holder.setLayout(column(row(button, 1), inner))
        return holder
