"""The dry run: what would happen if this event were raised, told as a story; nothing is changed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QScrollArea, QTreeWidget, QTreeWidgetItem, QWidget

from trigger_studio.analysis import words
from trigger_studio.errors import TriggerStudioError
from trigger_studio.model.counting import count
from trigger_studio.ui.desk import Desk
from trigger_studio.ui.document import Change, Part
from trigger_studio.ui.form.kinds import icon_of, told
from trigger_studio.ui.kit import Button, Pick, column, label, on_surface, row, themed_icon
from trigger_studio.ui.panels.event_form import EventForm
from trigger_studio.ui.running import foretold_states
from trigger_studio.ui.theme import Space

RULE = Qt.ItemDataRole.UserRole
FORM_PX = 310
REASONS = {
    "depth": "the chain is too long", "approval": "the rule needs an admin's approval", "halt": "a halt stands",
    "budget": "the budget is spent", "hourly": "too many firings within an hour", "discarded": "discarded by a person",
}  # fmt: skip


class DryRunPanel(QWidget):
    """See the module. Signals: `foretold`, the run states that the chart should show."""

    foretold = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.event_form = EventForm(desk.document)
        self.assume = QCheckBox(self.tr("People approve what is asked"))
        self.drafts = QCheckBox(self.tr("With my drafts"))
        self.drafts.setChecked(True)
        self.fail = Pick([("", self.tr("No job fails"))], "", name=self.tr("Jobs that fail"))
        self.run = Button(self.tr("Dry run"), role="primary", icon="flask", tip=self.tr("Changes nothing (Ctrl+T)"))
        self.run.clicked.connect(self.start)
        self.totals = label(self.tr("See what an event would start. Nothing is changed."), "muted", wrap=True)
        self.story = QTreeWidget(headerHidden=True)
        self.story.setAccessibleName(self.tr("What would happen"))
        self.story.itemClicked.connect(self._clicked)
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
        desk.document.watch(self._changed)

    def _changed(self, change: Change) -> None:
        if Part.PIPELINE in change.parts and self._desk.document.profile is not None:
            self.event_form.offer()
            types = self._desk.document.profile.job_types
            failing = [(name, self.tr("Every {0} job fails").format(words.plain(name))) for name in types]
            self.fail.offer([("", self.tr("No job fails")), *failing], self.fail.value or "")

    def offer_recent(self) -> None:
        """Offer the newest events on record."""
        self._desk.start(self._offer_recent())

    async def _offer_recent(self) -> None:
        self.event_form.offer_recent(await self._desk.recent_events())

    def start(self) -> None:
        """Foretell."""
        self._desk.start(self._foretell())

    async def _foretell(self) -> None:
        self.run.setEnabled(False)
        try:
            event = self._desk.event_of(self.event_form.fields())
            fail = [self.fail.value] if self.fail.value else []
            report = await self._desk.dry_run(
                event, assume=self.assume.isChecked(), fail=fail, drafts=self.drafts.isChecked()
            )
        except TriggerStudioError as error:
            self.totals.setText(str(error))
            self.story.clear()
            return
        finally:
            self.run.setEnabled(True)
        self.show_report(report)

    def show_report(self, report: dict[str, Any]) -> None:
        """Tell the story."""
        totals = report["totals"]
        self.totals.setText(
            self.tr("{0}, {1}, {2} GPU-hours").format(
                count(totals["firings"], "firing"), count(totals["jobs"], "job"), f"{totals['gpu_hours']:g}"
            )
            if report["firings"] or report["refusals"] or report["held"]
            else self.tr("Nothing would happen: no rule that is switched on matches this event.")
        )
        self.story.clear()
        items: dict[str, QTreeWidgetItem] = {}
        for firing in report["firings"]:
            item = self._firing(firing)
            parent = items.get(firing["cause"] or "")
            if parent is not None:
                parent.addChild(item)
            else:
                self.story.addTopLevelItem(item)
            items[firing["id"]] = item
        for word, verdicts in ((self.tr("refused"), report["refusals"]), (self.tr("held"), report["held"])):
            for verdict in verdicts:
                self._end(f"{self._name(verdict['rule'])}: {word}, {_why(verdict['reason'])}", "halt", "failed")
        for stop in report["stops"]:
            self._end(self.tr("Stops after {0}: {1}").format(stop["after"], stop["reason"]), "person", "gate")
        self.story.expandAll()
        self.foretold.emit(foretold_states(report))

    def _end(self, text: str, icon: str, ink: str) -> None:
        item = QTreeWidgetItem([text])
        item.setIcon(0, themed_icon(self, icon, ink))
        self.story.addTopLevelItem(item)

    def _firing(self, firing: dict[str, Any]) -> QTreeWidgetItem:
        event = firing["event"]
        about = f"{event['entity']} {event['entity_id']} {event['type']}"
        item = QTreeWidgetItem([f"{self._name(firing['rule'])}   —   {about}"])
        item.setData(0, RULE, (firing["rule"], "when"))
        item.setIcon(0, themed_icon(self, "bolt", "event"))
        document = self._desk.document
        content = document.content(firing["rule"]) or {}
        for action in firing["actions"]:
            child = QTreeWidgetItem([told(action, content, document.profile, action["outcome"])])
            child.setIcon(0, themed_icon(self, icon_of(action), "action"))
            child.setData(0, RULE, (firing["rule"], action["path"]))
            item.addChild(child)
        return item

    def _name(self, rule_id: str) -> str:
        content = self._desk.document.content(rule_id) or {}
        return str(content.get("name") or rule_id)

    def _clicked(self, item: QTreeWidgetItem) -> None:
        found = item.data(0, RULE)
        if found:
            self._desk.document.select(found[0], f"rule:{found[0]}:{found[1]}", source=self)


def _why(reason: str | None) -> str:
    return REASONS.get(reason or "", reason or "")
