"""The dry run: what would happen if this event were raised, told as a story; nothing is changed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QScrollArea, QWidget

from trigger_studio.analysis.wording import words
from trigger_studio.errors import TriggerStudioError
from trigger_studio.model.counting import count
from trigger_studio.model.i18n import translate
from trigger_studio.studio.background import BackgroundTasks
from trigger_studio.studio.chart.run_states import foretold_states
from trigger_studio.studio.controllers.runs import RunsController
from trigger_studio.studio.document import Change, Document, Part
from trigger_studio.studio.form.entity_names import Names
from trigger_studio.studio.texts.preview_story import Story, Teller
from trigger_studio.ui.inspector.event_form import EventForm
from trigger_studio.ui.panels.preview_view import StoryView
from trigger_studio.ui.widgets.kit import Button, Pick, column, label, on_surface, row
from trigger_studio.ui.widgets.theme import Space

FORM_PX = 310


class DryRunPanel(QWidget):
    """Takes an event, runs it dry, and tells what would happen.

    Signals: `foretold`, the run states that the chart should show.
    """

    foretold = Signal(object)

    def __init__(self, document: Document, runs: RunsController, tasks: BackgroundTasks) -> None:
        super().__init__()
        self._document, self._runs, self._tasks = document, runs, tasks
        self._names = Names(document)
        self.event_form = EventForm(document)
        self.assume = QCheckBox(self.tr("People approve what is asked"))
        self.drafts = QCheckBox(self.tr("With my drafts"))
        self.drafts.setChecked(True)
        self.fail = Pick([("", self.tr("No job fails"))], "", name=self.tr("Jobs that fail"))
        self.run = Button(self.tr("Dry run"), role="primary", icon="flask", tip=self.tr("Changes nothing (Ctrl+T)"))
        self.run.clicked.connect(self.start)
        self.totals = label(self.tr("See what an event would start. Nothing is changed."), "muted", wrap=True)
        self.story = StoryView()
        self.story.chosen.connect(self._chosen)
        asked = QWidget()
        asked.setLayout(column(row(self.run, self.drafts, 1), self.event_form, self.fail, self.assume, 1, gap=Space.S))
        left = QScrollArea(widgetResizable=True)
        left.setWidget(asked)
        left.setFixedWidth(FORM_PX)
        left.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        left.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        on_surface(asked)
        right = column(self.totals, self.story)
        self.setLayout(row(left, right, gap=Space.L, margin=Space.M))
        on_surface(self)
        document.watch(self._changed)
        self._changed(Change(Part.PIPELINE))

    def _changed(self, change: Change) -> None:
        if Part.PIPELINE in change.parts and self._document.profile is not None:
            self.event_form.offer()
            types = self._document.profile.job_types
            failing = [(name, self.tr("Every {0} job fails").format(words.plain(name))) for name in types]
            self.fail.offer([("", self.tr("No job fails")), *failing], self.fail.value or "")

    def offer_recent(self) -> None:
        """Offer the newest events on record."""
        self._tasks.start(self._offer_recent())

    async def _offer_recent(self) -> None:
        self.event_form.offer_recent(await self._runs.recent_events())

    def start(self) -> None:
        """Foretell."""
        self._tasks.start(self._foretell())

    async def _foretell(self) -> None:
        self.run.setEnabled(False)
        try:
            event = self._runs.event_of(self.event_form.fields())
            fail = [self.fail.value] if self.fail.value else []
            report = await self._runs.dry_run(
                event, assume=self.assume.isChecked(), fail=fail, drafts=self.drafts.isChecked()
            )
        except TriggerStudioError as error:
            self.totals.setText(translate(error))
            self.story.show_story(Story((), ()))
            return
        finally:
            self.run.setEnabled(True)
        self.show_report(report)

    def show_report(self, report: dict[str, Any]) -> None:
        """Tell the story."""
        totals = report["totals"]
        self.totals.setText(
            ", ".join(
                (
                    count(totals["firings"], "firing"),
                    count(totals["jobs"], "job"),
                    count(totals["gpu_hours"], "GPU-hour"),
                )
            )
            if report["firings"] or report["refusals"] or report["held"]
            else self.tr("Nothing would happen: no rule that is switched on matches this event.")
        )
        document = self._document
        assert document.profile is not None
        teller = Teller(document.profile, lambda rule: document.content(rule) or {}, self._names.name)
        self.story.show_story(teller.tell(report))
        self.foretold.emit(foretold_states(report))

    def _chosen(self, rule_id: str, path: str) -> None:
        self._document.select(rule_id, f"rule:{rule_id}:{path}" if path else "", source=self)
