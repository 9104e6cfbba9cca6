"""The few questions that the window asks. None of them blocks: each is shown, and tells what was answered."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QWidget

from trigger_studio.errors import TriggerStudioError
from trigger_studio.model.counting import count
from trigger_studio.model.wire import EventIn
from trigger_studio.ui.desk import Desk
from trigger_studio.ui.kit import Button, column, label, row
from trigger_studio.ui.panels.event_form import EventForm
from trigger_studio.ui.theme import Space

PREVIEW_MS = 200
WIDTH_PX = 480
PREVIEW_PX = 120


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
        cancel = Button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.inside = column(gap=Space.M)
        self.setLayout(
            column(
                label(title, "heading"),
                label(said, "muted", wrap=True),
                self.inside,
                row(1, cancel, self.yes),
                gap=Space.M,
                margin=Space.XL,
            )
        )


class HaltQuestion(Question):
    """Stop everything, and why. Enter is enough."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(
            parent,
            parent.tr("Emergency halt"),
            parent.tr(
                "No rule starts another action anywhere until somebody resumes. Jobs that run now go on; "
                "what happens meanwhile is held, not lost."
            ),
            Button(parent.tr("Halt everything now"), role="halt", icon="halt"),
        )
        self.reason = QLineEdit(self.tr("Stopped by hand to look into something"))
        self.reason.setAccessibleName(self.tr("Reason"))
        self.reason.selectAll()
        self.reason.setFocus()
        form = QFormLayout()
        form.addRow(self.tr("Reason"), self.reason)
        self.inside.addLayout(form)
        self.reason.textChanged.connect(lambda text: self.yes.setEnabled(bool(text.strip())))
        self.accepted.connect(lambda: desk.halt(self.reason.text().strip()))


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
        plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
        base = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:56].strip("-")
        id, number = base, 2
        while id in self._taken:
            id, number = f"{base}-{number}", number + 1
        self._id.setText(id)
        self.yes.setEnabled(bool(base))


class RaiseEvent(Question):
    """An event to be put on the bus for real; says beforehand what it will start."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(
            parent,
            parent.tr("Raise an event"),
            parent.tr("This really happens: every engine on this pipeline will act on it."),
            Button(parent.tr("Raise it"), role="primary", icon="bolt"),
        )
        self._desk = desk
        self._event: EventIn | None = None
        self._asked = 0
        self.event_form = EventForm(desk.document)
        self.preview = label("", wrap=True)
        self.preview.setMinimumHeight(PREVIEW_PX)
        self.preview.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.preview.setAccessibleName(self.tr("What it will start"))
        self.inside.addWidget(self.event_form)
        self.inside.addWidget(self.preview)
        self._timer = QTimer(self, singleShot=True, interval=PREVIEW_MS)
        self._timer.timeout.connect(lambda: desk.start(self._foretell()))
        self.event_form.changed.connect(self._look)
        self.finished.connect(self._timer.stop)
        self.accepted.connect(self._raise)
        self.event_form.offer()
        self.event_form.kind.setFocus()

    def _look(self) -> None:
        self._event = None
        self.yes.setEnabled(False)
        self._timer.start()

    async def _foretell(self) -> None:
        self._asked += 1
        asked = self._asked
        try:
            event = self._desk.event_of(self.event_form.fields())
            report = await self._desk.dry_run(event, assume=False, fail=(), drafts=False)
        except TriggerStudioError as error:
            if asked == self._asked and self.isVisible():
                self.preview.setText(str(error))
            return
        if asked == self._asked and self.isVisible():
            self._event = event
            self.preview.setText(self._told(report))
            self.yes.setEnabled(True)
            self.adjustSize()

    def _told(self, report: dict[str, Any]) -> str:
        totals, stops = report["totals"], report["stops"]
        if not report["firings"] and not report["refusals"] and not report["held"]:
            return self.tr("No rule matches; it will only be recorded, and set the status.")
        rules = list(dict.fromkeys(firing["rule"] for firing in report["firings"]))
        lines = [
            self.tr("It will start {0}, {1} and {2} GPU-hours:").format(
                count(totals["firings"], "firing"), count(totals["jobs"], "job"), f"{totals['gpu_hours']:g}"
            ),
            *(f"• {(self._desk.document.content(rule) or {}).get('name') or rule}" for rule in rules),
        ]
        lines += [self.tr("Refused: {0} ({1})").format(v["rule"], v["reason"]) for v in report["refusals"]]
        lines += [self.tr("Held: {0} ({1})").format(v["rule"], v["reason"]) for v in report["held"]]
        lines += [self.tr("Then it waits: {0}").format(stop["reason"]) for stop in stops[:4]]
        return "\n".join(lines)

    def _raise(self) -> None:
        if self._event is not None:
            self._desk.raise_event(self._event)
