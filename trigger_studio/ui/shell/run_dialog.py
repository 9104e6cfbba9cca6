"""The third of three verbs that are never mixed up: *Preview*, *Test conditions*, *Run for real*.

The first two change nothing, and stand where one reads: the panel below the flowchart and the form. This one asks
first, in the colour of danger, and says in the same breath what it will start and what that costs.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSizePolicy, QWidget

from trigger_studio.errors import TriggerStudioError
from trigger_studio.model.counting import count
from trigger_studio.model.event import Event
from trigger_studio.model.event_codec import EventIn
from trigger_studio.model.i18n import translate
from trigger_studio.model.rule import document as rule_document
from trigger_studio.studio.background import BackgroundTasks
from trigger_studio.studio.controllers.runs import RunsController
from trigger_studio.studio.document import Document
from trigger_studio.studio.form.entity_names import Names
from trigger_studio.studio.paths import Content
from trigger_studio.studio.rule_badges import obstacles
from trigger_studio.studio.texts.preview_story import Teller
from trigger_studio.ui.inspector.event_form import EventForm
from trigger_studio.ui.panels.preview_view import StoryView
from trigger_studio.ui.widgets.dialogs import Question
from trigger_studio.ui.widgets.kit import Button, card, label, row, themed_icon, wide
from trigger_studio.ui.widgets.theme import Space

LOOK_MS = 200
STORY_PX = 190
WIDTH_PX = 560


class RunDialog(Question):
    """An event to be put on the bus for real; says beforehand what it will start. Enter is not enough to do it.

    Args:
        parent: the window.
        document: has the names and the published rules.
        runs: foretells the event, and puts it on the bus.
        tasks: what is foretold is reckoned there.
        rule: run this rule, or do not run at all; None to raise any event.
        event: to begin with.
    """

    def __init__(
        self,
        parent: QWidget,
        document: Document,
        runs: RunsController,
        tasks: BackgroundTasks,
        *,
        rule: str | None = None,
        event: Event | None = None,
    ) -> None:
        title = _name(document, rule) if rule else ""
        super().__init__(
            parent,
            parent.tr("Run “{0}” for real").format(title) if rule else parent.tr("Raise an event for real"),
            "",
            Button(parent.tr("Run for real"), role="halt", icon="bolt"),
        )
        self._document, self._runs = document, runs
        self._rule = rule
        self._event: EventIn | None = None
        self._asked = 0
        self.setMinimumWidth(WIDTH_PX)
        self.yes.setDefault(False)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.yes.click)
        self.yes.setToolTip(self.tr("Ctrl+Return"))
        self.yes.setAccessibleDescription(self.tr("This really happens, and cannot be undone"))
        self.preview = label("", "title", wrap=True)
        self.preview.setAccessibleName(self.tr("What it will start"))
        self.inside.addWidget(self._warning())
        reasons = obstacles(document, rule) if rule else []
        if reasons:
            self._refuse(reasons)
            return
        self.event_form = EventForm(document)
        self.story = StoryView()
        self.story.setMinimumHeight(STORY_PX)
        self.story.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        for widget in (self.event_form, self.preview, self.story):
            self.inside.addWidget(widget)
        self._timer = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._timer.timeout.connect(lambda: tasks.start(self._foretell()))
        self.event_form.changed.connect(self._look)
        self.finished.connect(self._timer.stop)
        self.accepted.connect(self._raise)
        self.event_form.offer()
        self._begin(event)

    def _warning(self) -> QWidget:
        sign = label("")
        sign.setPixmap(themed_icon(self, "warning", "failed").pixmap(20, 20))
        said = label(
            self.tr("This is no preview. It really happens: every engine on this pipeline acts on it at once."),
            wrap=True,
        )
        return card(row(sign, wide(said), gap=Space.M, margin=Space.M), "alarm")

    def _refuse(self, reasons: list[str]) -> None:
        """It cannot run, and this is why."""
        self.preview.setText(self.tr("It cannot run yet. First:"))
        self.inside.addWidget(self.preview)
        self.inside.addWidget(label("\n".join(f"•  {reason}" for reason in reasons), wrap=True))
        self.yes.setVisible(False)

    def _begin(self, event: Event | None) -> None:
        standing = self._document.standing(self._rule) if self._rule else None
        if standing is not None:
            when = standing.rule.when
            self.event_form.put_fixed(when.entity, when.event, event.entity_id if event is not None else "")
            self.event_form.entity.setFocus()
        else:
            self.event_form.kind.setFocus()

    def _look(self) -> None:
        self._event = None
        self.yes.setEnabled(False)
        self._timer.start()

    async def _foretell(self) -> None:
        self._asked += 1
        asked = self._asked
        try:
            event = self._runs.event_of(self.event_form.fields())
            report = await self._runs.dry_run(event, assume=False, fail=(), drafts=False)
        except TriggerStudioError as error:
            if asked == self._asked and self.isVisible():
                self.preview.setText(translate(error))
            return
        if asked == self._asked and self.isVisible():
            self._show(event, report)

    def _show(self, event: EventIn, report: dict[str, Any]) -> None:
        """What it would start, on the button too."""
        document, totals = self._document, report["totals"]
        assert document.profile is not None
        names = Names(document)
        story = Teller(document.profile, lambda rule: _published(document, rule), names.name).tell(report)
        self.story.show_story(story)
        mine = [firing for firing in report["firings"] if firing["rule"] == self._rule]
        runs = self._rule is None or bool(mine)
        self._event = event if runs else None
        self.yes.setEnabled(runs)
        self.yes.setText(
            self.tr("Run for real: {0}, {1}").format(
                count(totals["jobs"], "job"), count(totals["gpu_hours"], "GPU-hour")
            )
            if runs and totals["jobs"]
            else self.tr("Run for real")
        )
        self.preview.setText(
            self._told(report)
            if runs
            else self.tr(
                "“{0}” would not start for this one. Choose another, or test its conditions in its form."
            ).format(_name(document, self._rule))
        )
        self.story.setVisible(runs and bool(story.steps or story.ends))
        self._fit()

    def _fit(self) -> None:
        """Be as high as the wrapped lines need at this width; Qt's own hint forgets them."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.resize(self.width(), max(layout.totalHeightForWidth(self.width()), self.sizeHint().height()))

    def _told(self, report: dict[str, Any]) -> str:
        totals = report["totals"]
        if not report["firings"] and not report["refusals"] and not report["held"]:
            return self.tr("No rule matches; it will only be recorded, and set the status.")
        if not report["firings"]:
            return self.tr("Nothing will start now:")
        return self.tr("It will start {0}, {1} and {2}:").format(
            count(totals["firings"], "firing"), count(totals["jobs"], "job"), count(totals["gpu_hours"], "GPU-hour")
        )

    def _raise(self) -> None:
        if self._event is not None:
            self._runs.raise_event(self._event)


def _name(document: Document, rule_id: str | None) -> str:
    return str((document.content(rule_id or "") or {}).get("name") or rule_id)


def _published(document: Document, rule_id: str) -> Content:
    standing = document.standing(rule_id)
    return rule_document(standing.rule) if standing is not None else {}
