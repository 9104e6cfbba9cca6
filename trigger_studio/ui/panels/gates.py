"""Gates: what waits for a person, and the person's answer."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from trigger_studio.engine.ports import Gate
from trigger_studio.studio.activity import ActivityModel, Moved
from trigger_studio.studio.controllers.runs import RunsController
from trigger_studio.ui.widgets.bar import Bar
from trigger_studio.ui.widgets.kit import Button, column, label, on_surface, row, wide
from trigger_studio.ui.widgets.table import Column, Table
from trigger_studio.ui.widgets.theme import Space
from trigger_studio.ui.widgets.times import short_s


class GatesPanel(QWidget):
    """Lists the gates that wait, with buttons to approve or reject. Signals: `firing_chosen`, the firing that waits."""

    firing_chosen = Signal(str)

    def __init__(self, activity: ActivityModel, runs: RunsController) -> None:
        super().__init__()
        self._activity, self._runs = activity, runs
        self.table = Table(
            [
                Column(self.tr("Status"), lambda g: g.status.replace("_", " "), 110, state=True),
                Column(self.tr("Since"), lambda g: short_s(g.opened_at), 84),
                Column(self.tr("Question"), lambda g: g.message or g.id),
                Column(self.tr("Who decides"), lambda g: g.approvers, 100),
                Column(self.tr("Times out"), lambda g: short_s(g.due_at) or self.tr("never"), 130),
                Column(self.tr("Rule"), self._rule, 220),
            ],
            name=self.tr("Gates"),
            key=lambda g: g.id,
            follows=False,
        )
        self._hint = label(self.tr("Nothing waits for a person."), "muted")
        self.reason = QLineEdit(placeholderText=self.tr("Reason, if you like; it goes into the log"))
        self.reason.setAccessibleName(self.tr("Reason for the answer"))
        self.approve = Button(self.tr("Approve"), role="primary", icon="check")
        self.refuse = Button(self.tr("Refuse"), role="danger", icon="cross")
        self.approve.clicked.connect(lambda: self._answer(True))
        self.refuse.clicked.connect(lambda: self._answer(False))
        answer = Bar(row(wide(self.reason)), row(self.approve, self.refuse))
        self.setLayout(column(self._hint, self.table, answer, margin=Space.S))
        self.table.chosen.connect(self._chosen)
        self._chosen(None)
        on_surface(self)
        activity.follow(self._moved)

    def _moved(self, moved: Moved) -> None:
        if moved.gates:
            waiting = sorted(self._activity.gates, key=lambda g: (g.status != "waiting", -g.opened_at))
            self.table.put(waiting)
            self._hint.setVisible(not self._activity.open_gates())
            if self.table.selected() is None and waiting and waiting[0].status == "waiting":
                self.table.select(waiting[0].id)
            self._chosen(self.table.selected())

    def _rule(self, gate: Gate) -> str:
        entry = self._activity.entries.get(gate.firing_id)
        return str(entry["rule"]) if entry else gate.firing_id

    def _chosen(self, gate: Any) -> None:
        can = gate is not None and gate.status == "waiting"
        for widget in (self.approve, self.refuse, self.reason):
            widget.setEnabled(can)
        if gate is not None and self.table.hasFocus():
            self.firing_chosen.emit(gate.firing_id)

    def _answer(self, approve: bool) -> None:
        gate = self.table.selected()
        if gate is not None:
            self._runs.answer_gate(gate.id, approve=approve, reason=self.reason.text().strip())
            self.reason.clear()
