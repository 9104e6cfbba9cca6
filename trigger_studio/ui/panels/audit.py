"""The audit trail: what people did."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from trigger_studio.analysis.wording import words
from trigger_studio.model.i18n import mark, tr
from trigger_studio.studio.activity import Moved
from trigger_studio.studio.desk import Desk
from trigger_studio.ui.widgets.kit import column, label, on_surface
from trigger_studio.ui.widgets.table import Column, Table
from trigger_studio.ui.widgets.theme import Space
from trigger_studio.ui.widgets.times import short

VERBS = {
    "rules import": mark("imported rules"),
    "rules publish": mark("published rules"),
    "rules enable": mark("switched rules on"),
    "rules disable": mark("switched rules off"),
    "rules delete": mark("deleted rules"),
    "rules approve": mark("approved a rule"),
    "pipeline import": mark("imported the pipeline"),
    "pipeline set": mark("set a status"),
    "profile": mark("put another profile in place"),
    "gate approve": mark("approved a gate"),
    "gate refuse": mark("refused a gate"),
    "firing retry": mark("tried a firing again"),
    "halt": mark("halted"),
    "cancel": mark("cancelled jobs"),
    "resume": mark("resumed"),
    "limit": mark("set a limit"),
    "limit removed": mark("lifted a limit"),
    "outside allow": mark("allowed an address outside"),
    "outside forbid": mark("forbade an address outside"),
    "retention": mark("set how long records stay"),
}
"""What was done, in words; the record keeps it short and in English, for machines."""
SUBJECTS = {
    "all": mark("everything"),
    "rule": mark("rule"),
    "project": mark("project"),
    "chain": mark("chain"),
    "pipeline": mark("pipeline"),
    "profile": mark("profile"),
    "database": mark("database"),
}
MORE = {
    "rules": mark("rules"),
    "reason": mark("reason"),
    "entities": mark("entities"),
    "jobs": mark("jobs"),
    "discard": mark("discarded"),
    "limit": mark("limit"),
    "kind": mark("kind"),
    "days": mark("days"),
}


class AuditPanel(QWidget):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.table = Table(
            [
                Column(self.tr("Time"), lambda e: short(e["at"]), 130),
                Column(self.tr("Who"), lambda e: e["actor"], 120),
                Column(self.tr("Did"), lambda e: words.title(tr(VERBS.get(e["verb"], e["verb"]))), 160),
                Column(self.tr("To"), _subject, 320),
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
    told = ((tr(MORE.get(key, key)), words.value_text(value)) for key, value in entry["data"].items())
    return ", ".join(f"{key}: {value}" for key, value in told)


def _subject(entry: dict[str, Any]) -> str:
    """What it was done to; what has no name of its own is told in words."""
    kind, _, name = str(entry["subject"]).partition(" ")
    said = tr(SUBJECTS.get(kind, kind))
    return f"{said} {name}" if name else said
