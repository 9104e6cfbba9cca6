"""The audit trail: what people did."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from trigger_studio.analysis import words
from trigger_studio.ui.desk import Desk
from trigger_studio.ui.kit import column, label, on_surface
from trigger_studio.ui.live import Moved
from trigger_studio.ui.panels.table import Column, Table
from trigger_studio.ui.panels.times import short
from trigger_studio.ui.theme import Space


class AuditPanel(QWidget):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.table = Table(
            [
                Column(self.tr("Time"), lambda e: short(e["at"]), 130),
                Column(self.tr("Who"), lambda e: e["actor"], 120),
                Column(self.tr("Did"), lambda e: words.title(e["verb"]), 160),
                Column(self.tr("To"), lambda e: e["subject"], 320),
                Column(self.tr("More"), _more),
            ],
            name=self.tr("Audit trail"),
            key=lambda e: e["id"],
        )
        self._hint = label(self.tr("Nobody has changed anything yet."), "muted")
        self.setLayout(column(self._hint, self.table, margin=Space.S))
        on_surface(self)
        desk.live.follow(self._moved)

    def _moved(self, moved: Moved) -> None:
        if moved.audit:
            self.table.put(self._desk.live.audit)
            self._hint.setVisible(not self._desk.live.audit)


def _more(entry: dict[str, Any]) -> str:
    return ", ".join(f"{key} {words.value_text(value)}" for key, value in entry["data"].items())
