"""The few questions that the window asks. None of them blocks: each is shown, and tells what was answered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QFormLayout, QLineEdit, QWidget

from trigger_studio.model.counting import count
from trigger_studio.model.i18n import quoted
from trigger_studio.model.rule_ids import free_id
from trigger_studio.studio.controllers.halts import HaltsController
from trigger_studio.studio.controllers.rules import RulesController
from trigger_studio.studio.document import Document
from trigger_studio.ui.widgets.kit import Button, column, label, row
from trigger_studio.ui.widgets.theme import Space

WIDTH_PX = 480


class Question(QDialog):
    """A question with a heading, what it asks for, and two buttons."""

    def __init__(self, parent: QWidget, title: str, said: str, yes: Button) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(WIDTH_PX)
        self.yes = yes
        self.yes.setDefault(True)
        self.yes.clicked.connect(self.accept)
        self.cancel = Button(self.tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.inside = column(gap=Space.M)
        self.setLayout(
            column(
                label(title, "heading", wrap=True),
                *([label(said, "muted", wrap=True)] if said else []),
                self.inside,
                row(1, self.cancel, self.yes),
                gap=Space.M,
                margin=Space.XL,
            )
        )


class HaltQuestion(Question):
    """Stop everything, a project, a rule or a chain, and why. Enter is enough."""

    def __init__(
        self, parent: QWidget, halts: HaltsController, scope: str = "all", target: str = "", name: str = ""
    ) -> None:
        heads = {
            "all": parent.tr("Emergency halt"),
            "project": parent.tr("Halt the project {0}").format(name),
            "rule": parent.tr("Halt “{0}”").format(name),
            "chain": parent.tr("Stop the chain {0}").format(target),
        }
        whom = {
            "all": parent.tr("No rule starts another action anywhere until somebody resumes."),
            "project": parent.tr("No rule starts another action in this project until somebody resumes."),
            "rule": parent.tr("This rule starts no other action until somebody resumes; the others go on."),
            "chain": parent.tr("Nothing more starts in this chain until somebody resumes; other chains go on."),
        }
        button = {
            "all": parent.tr("Halt everything now"),
            "project": parent.tr("Halt the project now"),
            "rule": parent.tr("Halt the rule now"),
            "chain": parent.tr("Stop the chain now"),
        }
        rest = parent.tr("Jobs that run now go on; what happens meanwhile is held, not lost.")
        yes = Button(button[scope], role="halt", icon="halt")
        super().__init__(parent, heads[scope], f"{whom[scope]} {rest}", yes)
        self.reason = QLineEdit(self.tr("Stopped by hand to look into something"))
        self.reason.setAccessibleName(self.tr("Reason"))
        self.reason.selectAll()
        self.reason.setFocus()
        form = QFormLayout()
        form.addRow(self.tr("Reason"), self.reason)
        self.inside.addLayout(form)
        self.cancel_jobs = QCheckBox(self.tr("Cancel its open jobs too: they fail"))
        self.cancel_jobs.setVisible(scope == "chain")
        self.inside.addWidget(self.cancel_jobs)
        self.reason.textChanged.connect(lambda text: self.yes.setEnabled(bool(text.strip())))
        self.accepted.connect(
            lambda: halts.halt(self.reason.text().strip(), scope, target, cancel=self.cancel_jobs.isChecked())
        )


class DeleteQuestion(Question):
    """Delete published rules, for everyone."""

    def __init__(self, parent: QWidget, document: Document, rules: RulesController, rule_ids: Sequence[str]) -> None:
        one = (document.content(rule_ids[0]) or {}).get("name") or rule_ids[0]
        what = quoted(one) if len(rule_ids) == 1 else count(len(rule_ids), "rule")
        super().__init__(
            parent,
            parent.tr("Delete {0}?").format(what),
            parent.tr(
                "Engines stop following what is published at once, for everyone; what has started goes on, and the "
                "history stays. Undo brings it back as a draft, which has to be published and approved anew."
            ),
            Button(parent.tr("Delete for everyone"), role="danger", icon="trash"),
        )
        self.accepted.connect(lambda: rules.delete(rule_ids))


class NewRule(Question):
    """The name of a new rule; its id follows. Signals: `named`, the id and the name."""

    named = Signal(str, str)

    def __init__(self, parent: QWidget, taken: set[str]) -> None:
        super().__init__(
            parent,
            parent.tr("New rule"),
            parent.tr("It begins as a private draft; nobody else sees it before you publish it."),
            Button(parent.tr("Create"), role="primary", icon="plus"),
        )
        self._taken = taken
        self.name = QLineEdit(placeholderText=self.tr("What it does, in a few words"))
        self.name.setAccessibleName(self.tr("Name"))
        self._id = label("", "muted")
        form = QFormLayout()
        form.addRow(self.tr("Name"), self.name)
        form.addRow(self.tr("Id"), self._id)
        self.inside.addLayout(form)
        self.name.textChanged.connect(self._show)
        self._show("")
        self.name.setFocus()
        self.accepted.connect(lambda: self.named.emit(self._id.text(), self.name.text().strip()))

    def _show(self, text: str) -> None:
        self._id.setText(free_id(text, self._taken))
        self.yes.setEnabled(bool(self._id.text()))
