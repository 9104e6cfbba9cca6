"""One firing in full: the event that caused it, its actions with their results, its jobs, and what followed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from trigger_studio.analysis.wording import words
from trigger_studio.model.i18n import tr
from trigger_studio.studio.activity import ActivityModel
from trigger_studio.studio.background import BackgroundTasks
from trigger_studio.studio.controllers.halts import HaltsController
from trigger_studio.studio.controllers.runs import RunsController
from trigger_studio.studio.document import Document
from trigger_studio.studio.form.action_kinds import icon_of, ink_of, told
from trigger_studio.studio.texts.preview_story import REASONS
from trigger_studio.ui.inspector.halting import ChainButton
from trigger_studio.ui.widgets.kit import Button, column, label, row, themed_icon
from trigger_studio.ui.widgets.plain import plain
from trigger_studio.ui.widgets.theme import Space
from trigger_studio.ui.widgets.times import short

LINK = Qt.ItemDataRole.UserRole


class FiringDetail(QWidget):
    """Shows one firing: its event, its actions, its jobs and what followed.

    Signals: `job_chosen` and `firing_chosen`, the id of one that was clicked.
    """

    job_chosen = Signal(str)
    firing_chosen = Signal(str)

    def __init__(
        self,
        document: Document,
        activity: ActivityModel,
        runs: RunsController,
        halts: HaltsController,
        tasks: BackgroundTasks,
    ) -> None:
        super().__init__()
        self._document, self._activity, self._runs, self._tasks = document, activity, runs, tasks
        self._id = ""
        self.title = label(self.tr("Select an entry to see all of it."), "muted", wrap=True)
        self.tree = QTreeWidget(headerHidden=True)
        self.tree.setAccessibleName(self.tr("The firing in full"))
        self.tree.itemClicked.connect(self._clicked)
        self.retry = Button(self.tr("Try again from where it failed"), icon="refresh")
        self.retry.clicked.connect(lambda: runs.retry(self._id))
        self.retry.hide()
        self.stop = ChainButton(document, halts)
        self.stop.hide()
        self.tree.hide()
        layout = column(self.title, self.tree, row(self.retry, 1), row(self.stop, 1), gap=Space.S, margin=Space.M)
        layout.setAlignment(self.title, Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)

    def show_entry(self, entry: dict[str, Any] | None) -> None:
        """Show a firing; None shows nothing."""
        self.tree.clear()
        self.tree.setVisible(entry is not None)
        self.retry.setVisible(entry is not None and entry["status"] == "failed")
        self.stop.setVisible(entry is not None)
        if entry is None:
            return
        self.stop.show_chain(entry["chain"])
        self._id = entry["id"]
        reason = tr(REASONS.get(entry["reason"] or "", entry["reason"] or ""))
        state = f"{tr(entry['status'])}{': ' + reason if reason else ''}"
        self.title.setText(
            tr("{0} · {1} · revision {2} · {3}", entry["id"], state, entry["revision"], short(entry["at"]))
        )
        cause = self._part(self.tr("Caused by"), "bolt", "event")
        event = QTreeWidgetItem(
            [tr("event {0}: {1} {2}", entry["event_id"], words.plain(entry["entity"]), entry["entity_id"])]
        )
        cause.addChild(event)
        if entry["cause"]:
            cause.addChild(self._link(self.tr("which came from {0}").format(entry["cause"]), "firing", entry["cause"]))
        if entry["actions"]:
            done = self._part(self.tr("Actions"), "play", "action")
            for action in entry["actions"]:
                done.addChild(self._action(entry["rule"], action))
        self._links(self.tr("Jobs"), "job", "job", entry["jobs"])
        self._links(self.tr("What followed"), "emits", "firing", entry["caused"])
        self.tree.expandAll()
        self._tasks.start(self._tell_event(entry["id"], entry["event_id"]))

    async def _tell_event(self, firing_id: str, event_id: str) -> None:
        event = await self._runs.event(event_id)
        if event is not None and self._id == firing_id and self.tree.topLevelItemCount():
            known = ", ".join(f"{words.plain(key)} {value}" for key, value in event.attributes.items())
            top = self.tree.topLevelItem(0)
            if top is not None and top.childCount():
                text = f"{words.plain(event.entity)} {event.entity_id} {words.plain(event.type)}"
                top.child(0).setText(0, f"{text}{' · ' + known if known else ''} · {event_id}")

    def _part(self, title: str, icon: str, ink: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem([title])
        item.setIcon(0, themed_icon(self, icon, ink))
        self.tree.addTopLevelItem(item)
        return item

    def _action(self, rule_id: str, action: dict[str, Any]) -> QTreeWidgetItem:
        document = self._document
        text = told(action, document.content(rule_id) or {}, document.profile, tr(action["status"]))
        item = QTreeWidgetItem([text])
        item.setIcon(0, themed_icon(self, icon_of(action), ink_of(str(action.get("type")))))
        item.setToolTip(0, plain(text))
        return item

    def _links(self, title: str, icon: str, kind: str, ids: list[str]) -> None:
        if ids:
            part = self._part(f"{title} ({len(ids)})", icon, "neutral")
            for id in ids:
                entry = self._activity.entries.get(id)
                part.addChild(self._link(f"{id} · {entry['rule']}, {tr(entry['status'])}" if entry else id, kind, id))

    def _link(self, text: str, kind: str, id: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem([text])
        item.setData(0, LINK, (kind, id))
        font = item.font(0)
        font.setUnderline(True)
        item.setFont(0, font)
        return item

    def _clicked(self, item: QTreeWidgetItem) -> None:
        link = item.data(0, LINK)
        if link:
            (self.job_chosen if link[0] == "job" else self.firing_chosen).emit(link[1])
