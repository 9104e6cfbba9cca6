"""The question before a resume, which says what that would start and cost; and the report of what a halt stopped."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from trigger_studio.services.halt_impact import Aftermath, Preview
from trigger_studio.studio.controllers.halts import HaltsController
from trigger_studio.studio.document import Document
from trigger_studio.studio.texts.halts import preview_lines, scope_title, stopped_lines
from trigger_studio.ui.widgets.dialogs import Question
from trigger_studio.ui.widgets.kit import Button, label


class ResumeQuestion(Question):
    """Lift a halt, and run or discard what it held; says first what that starts and costs."""

    def __init__(
        self, parent: QWidget, document: Document, halts: HaltsController, scope: str, target: str, *, discard: bool
    ) -> None:
        what = scope_title(document, scope, target)
        yes = Button(
            parent.tr("Resume and discard") if discard else parent.tr("Resume and run"),
            role="danger" if discard else "primary",
            icon="trash" if discard else "play",
        )
        super().__init__(parent, parent.tr("Resume {0}").format(what), "", yes)
        self._document = document
        self.told = label(self.tr("Looking what is held …"), "muted")
        self.inside.addWidget(self.told)
        self.yes.setEnabled(False)
        self.accepted.connect(lambda: halts.resume(scope, target, discard=discard))
        halts.preview_resume(scope, target, self._show, discard=discard)

    def _show(self, found: Preview) -> None:
        if self.isVisible():
            self.told.hide()
            for role, text in preview_lines(self._document, found):
                self.inside.addWidget(label(text, role, wrap=True))
            self.yes.setEnabled(True)
            self.yes.setFocus()
            self.adjustSize()


class StoppedReport(Question):
    """What a halt stopped, and what goes on all the same."""

    def __init__(self, parent: QWidget, document: Document, scope: str, target: str, found: Aftermath) -> None:
        what = scope_title(document, scope, target)
        super().__init__(parent, parent.tr("Halted: {0}").format(what), "", Button(parent.tr("Close"), role="primary"))
        for role, text in stopped_lines(document, found):
            self.inside.addWidget(label(text, role, wrap=True))
        self.cancel.hide()
