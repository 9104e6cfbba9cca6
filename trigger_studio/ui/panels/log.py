"""The trigger log: every firing and refusal, filling live, with the whole of the one that is selected."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QSplitter, QWidget

from trigger_studio.analysis.wording import words
from trigger_studio.model.i18n import tr
from trigger_studio.studio.activity import ActivityModel, Moved
from trigger_studio.studio.document import Document
from trigger_studio.studio.texts.preview_story import REASONS
from trigger_studio.ui.panels.firing import FiringDetail
from trigger_studio.ui.widgets.kit import Button, Pick, column, label, on_surface, row
from trigger_studio.ui.widgets.table import Column, Table
from trigger_studio.ui.widgets.theme import Space
from trigger_studio.ui.widgets.times import short

NARROW_PX = 640
SEARCH_PX = 64
STATUSES = ("running", "waiting", "done", "failed", "held", "refused")


class LogPanel(QWidget):
    """A table of firings and refusals that fills live, beside the details of the selected one.

    Signals: `chain_chosen`, the chain to show on the chart; `job_chosen`, a job to show; `replay_asked`, a chain.
    """

    chain_chosen = Signal(str)
    job_chosen = Signal(str)
    replay_asked = Signal(str)

    def __init__(self, document: Document, activity: ActivityModel, detail: FiringDetail) -> None:
        super().__init__()
        self._document, self._activity = document, activity
        self.search = QLineEdit(placeholderText=self.tr("Rule, entity or chain"), clearButtonEnabled=True)
        self.search.setAccessibleName(self.tr("Show only log entries with"))
        self.status = Pick(
            [("", self.tr("Any status")), *((s, tr(s)) for s in STATUSES)], "", name=self.tr("Status"), fit=True
        )
        self.table = Table(
            [
                Column(self.tr("Status"), _status, 100, state=True),
                Column(self.tr("Time"), lambda e: short(e["at"]), 112),
                Column(self.tr("Rule"), lambda e: self._name(e["rule"])),
                Column(self.tr("Because of"), lambda e: f"{words.plain(e['entity'])} {e['entity_id']}", 130, room=480),
                Column(self.tr("Depth"), lambda e: str(e["depth"]), 52, room=420),
            ],
            name=self.tr("Trigger log"),
            key=lambda e: e["id"],
        )
        self.detail = detail
        self.detail.job_chosen.connect(self.job_chosen)
        self.detail.firing_chosen.connect(self.show_firing)
        self.rule_only = Button(self.tr("This rule only"))
        self.rule_only.setCheckable(True)
        self.replay = Button(self.tr("Replay"), icon="replay", tip=self.tr("Show the chain as it went, step by step"))
        self.replay.setAccessibleName(self.tr("Replay"))
        self.replay.clicked.connect(self.ask_replay)
        self._hint = label(
            self.tr("Nothing yet. Switch the engine on and raise an event: every firing appears here."),
            "muted",
            wrap=True,
        )
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        self.search.setMinimumWidth(SEARCH_PX)
        for widget in (self.status, self.rule_only, self.replay):
            widget.setSizePolicy(QSizePolicy.Policy.Fixed, widget.sizePolicy().verticalPolicy())
        top = row(self.search, self.status, self.rule_only, self.replay, gap=Space.S)
        left = QWidget()
        left.setLayout(column(top, self._hint, self.table, margin=Space.S))
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.addWidget(left)
        self._split.addWidget(self.detail)
        self._split.setSizes([620, 320])
        self._split.setStretchFactor(0, 1)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        on_surface(self)
        self.setLayout(row(self._split, gap=0))

    def _connect(self) -> None:
        self.search.textChanged.connect(self._fill)
        self.status.currentIndexChanged.connect(self._fill)
        self.rule_only.toggled.connect(self._fill)
        self.table.chosen.connect(self._chosen)
        self._activity.follow(self._moved)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._show_menu)
        self._document.watch(lambda _change: self._fill() if self.rule_only.isChecked() else None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the detail goes below, and the button for the replay is its icon."""
        super().resizeEvent(event)
        narrow = event.size().width() < NARROW_PX
        wanted = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if self._split.orientation() is not wanted:
            self._split.setOrientation(wanted)
            self.replay.setText("" if narrow else self.tr("Replay"))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())  # it grows narrow by turning, not by being held wide

    def _show_menu(self, at: QPoint) -> None:
        if self.table.selected() is not None:
            self.detail.stop.menu_for(self).popup(self.table.viewport().mapToGlobal(at))

    def _moved(self, moved: Moved) -> None:
        if moved.log:
            self._fill()
            selected = self.table.selected()
            if selected is not None:
                self.detail.show_entry(selected)

    def _fill(self) -> None:
        sought, status = self.search.text().lower().split(), self.status.value
        only = self._document.selected if self.rule_only.isChecked() else ""
        rows = [
            entry
            for entry in self._activity.entries.values()
            if (not status or entry["status"] == status)
            and (not only or entry["rule"] == only)
            and (not sought or self._has(entry, sought))
        ]
        self.table.put(rows)
        self._hint.setVisible(not self._activity.entries)

    def _has(self, entry: dict[str, Any], sought: list[str]) -> bool:
        text = f"{entry['rule']} {self._name(entry['rule'])} {entry['entity']} {entry['entity_id']} {entry['chain']} "
        text = f"{text}{entry['id']} {entry['event_id']}".lower()
        return all(word in text for word in sought)

    def _name(self, rule_id: str) -> str:
        content = self._document.content(rule_id) or {}
        return str(content.get("name") or rule_id)

    def _chosen(self, entry: Any) -> None:
        self.detail.show_entry(entry)
        if entry is not None:
            self._document.select(entry["rule"], source=self)
            self.chain_chosen.emit(entry["chain"])

    def ask_replay(self) -> None:
        """Replay the chain of the selected entry, or the one that moved last."""
        selected = self.table.selected()
        self.replay_asked.emit(selected["chain"] if selected is not None else self._activity.last_chain())

    def show_firing(self, firing_id: str) -> None:
        """Select a firing, whatever the filters say."""
        if not self.table.select(firing_id):
            self.search.clear()
            self.status.setCurrentIndex(0)
            self.rule_only.setChecked(False)
            self.table.select(firing_id)


def _status(entry: dict[str, Any]) -> str:
    reason = tr(REASONS.get(entry["reason"] or "", entry["reason"] or ""))
    return f"{entry['status']} · {reason}" if reason else str(entry["status"])
