"""The jobs that rules submitted; of the selected one what started it, and what it started."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QTreeWidget, QTreeWidgetItem, QWidget

from trigger_studio.analysis.wording import words
from trigger_studio.model.i18n import tr
from trigger_studio.studio.activity import ActivityModel, Moved
from trigger_studio.studio.background import BackgroundTasks
from trigger_studio.studio.controllers.runs import RunsController
from trigger_studio.studio.document import Document
from trigger_studio.ui.panels.firing import LINK
from trigger_studio.ui.widgets.kit import column, label, on_surface, row, themed_icon
from trigger_studio.ui.widgets.table import Column, Table
from trigger_studio.ui.widgets.theme import Space
from trigger_studio.ui.widgets.times import short

Entry = dict[str, Any]


class JobsPanel(QWidget):
    """A table of jobs, and the causes and effects of the selected one. Signals: `firing_chosen`, a firing to show."""

    firing_chosen = Signal(str)

    def __init__(
        self, document: Document, activity: ActivityModel, runs: RunsController, tasks: BackgroundTasks
    ) -> None:
        super().__init__()
        self._document, self._activity, self._runs, self._tasks = document, activity, runs, tasks
        self._job = ""
        self.table = Table(
            [
                Column(self.tr("State"), lambda j: j["state"], 110, state=True),
                Column(self.tr("Submitted"), lambda j: short(j["submitted_at"]), 84),
                Column(self.tr("Job"), lambda j: words.title(words.plain(j["job_type"])), 140),
                Column(self.tr("About"), self._about),
                Column(self.tr("Depth"), lambda j: str(j["depth"]), 52, room=500),
                Column(self.tr("Id"), lambda j: j["id"], 96, room=560),
            ],
            name=self.tr("Jobs"),
            key=lambda j: j["id"],
        )
        self._hint = label(self.tr("No rule has submitted a job yet."), "muted")
        self.title = label(self.tr("Select a job to see what started it and what it started."), "muted", wrap=True)
        self.tree = QTreeWidget(headerHidden=True)
        self.tree.setAccessibleName(self.tr("What started the job, and what it started"))
        self.tree.itemClicked.connect(self._clicked)
        left, right = QWidget(), QWidget()
        left.setLayout(column(self._hint, self.table, margin=Space.S))
        right.setLayout(column(self.title, self.tree, margin=Space.S))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(left)
        split.addWidget(right)
        split.setSizes([620, 320])
        split.setStretchFactor(0, 1)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        on_surface(self)
        self.setLayout(row(split, gap=0))
        self.table.chosen.connect(self._chosen)
        activity.follow(self._moved)

    def _about(self, job: Entry) -> str:
        """The entity that the parameters name, else the one whose event started the job."""
        named = next((str(value) for key, value in job["params"].items() if key.endswith("_id")), "")
        entry = self._activity.entries.get(job["firing"])
        return named or (str(entry["entity_id"]) if entry else job["character"] or job["project"] or "")

    def _moved(self, moved: Moved) -> None:
        if moved.jobs:
            self.table.put(self._activity.jobs)
            self._hint.setVisible(not self._activity.jobs)
            if self.table.selected() is not None:
                self._chosen(self.table.selected())

    def show_job(self, job_id: str) -> None:
        """Select a job."""
        self.table.select(job_id)

    def _chosen(self, job: Any) -> None:
        if job is not None:
            self._job = job["id"]
            params = ", ".join(f"{key} {value}" for key, value in job["params"].items())
            self.title.setText(f"{words.title(words.plain(job['job_type']))} · {tr(job['state'])} · {params}")
            self._tasks.start(self._tell(job["id"], job["firing"]))

    async def _tell(self, job_id: str, firing_id: str) -> None:
        entries = await self._runs.around_job(job_id)
        if self._job != job_id:
            return
        own = next((place for place, entry in enumerate(entries) if entry["id"] == firing_id), len(entries) - 1)
        self.tree.clear()
        self._part(self.tr("What started it"), "undo", entries[: own + 1])
        self._part(self.tr("What it started"), "redo", entries[own + 1 :])
        self.tree.expandAll()

    def _part(self, title: str, icon: str, entries: list[Entry]) -> None:
        part = QTreeWidgetItem([title if entries else f"{title}: {self.tr('nothing')}"])
        part.setIcon(0, themed_icon(self, icon))
        self.tree.addTopLevelItem(part)
        for entry in entries:
            content = self._document.content(entry["rule"]) or {}
            name = content.get("name") or entry["rule"]
            item = QTreeWidgetItem(
                [f"{name} · {words.plain(entry['entity'])} {entry['entity_id']} · {tr(entry['status'])}"]
            )
            item.setData(0, LINK, entry["id"])
            part.addChild(item)

    def _clicked(self, item: QTreeWidgetItem) -> None:
        if link := item.data(0, LINK):
            self.firing_chosen.emit(link)
