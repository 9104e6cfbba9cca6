"""The audit trail: what people did."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from trigger_studio.analysis.wording import words
from trigger_studio.model.i18n import N_, tr
from trigger_studio.studio.activity import ActivityModel, Moved
from trigger_studio.ui.widgets.kit import column, label, on_surface
from trigger_studio.ui.widgets.table import Column, Table
from trigger_studio.ui.widgets.theme import Space
from trigger_studio.ui.widgets.times import short

VERBS = {
    "rules import": N_("imported rules"),
    "rules publish": N_("published rules"),
    "rules enable": N_("switched rules on"),
    "rules disable": N_("switched rules off"),
    "rules delete": N_("deleted rules"),
    "rules approve": N_("approved a rule"),
    "pipeline import": N_("imported the pipeline"),
    "pipeline set": N_("set a status"),
    "profile": N_("put another profile in place"),
    "gate approve": N_("approved a gate"),
    "gate refuse": N_("refused a gate"),
    "firing retry": N_("tried a firing again"),
    "halt": N_("halted"),
    "cancel": N_("cancelled jobs"),
    "resume": N_("resumed"),
    "limit": N_("set a limit"),
    "limit removed": N_("lifted a limit"),
    "outside allow": N_("allowed an address outside"),
    "outside forbid": N_("forbade an address outside"),
    "retention": N_("set how long records stay"),
}
"""What was done, in words; the record keeps it short and in English, for machines."""
SUBJECTS = {
    "all": N_("everything"),
    "rule": N_("rule"),
    "project": N_("project"),
    "chain": N_("chain"),
    "pipeline": N_("pipeline"),
    "profile": N_("profile"),
    "database": N_("database"),
}
MORE = {
    "rules": N_("rules"),
    "reason": N_("reason"),
    "entities": N_("entities"),
    "jobs": N_("jobs"),
    "discard": N_("discarded"),
    "limit": N_("limit"),
    "kind": N_("kind"),
    "days": N_("days"),
}


class AuditPanel(QWidget):
    """A table of what people did."""

    def __init__(self, activity: ActivityModel) -> None:
        super().__init__()
        self._activity = activity
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
        activity.follow(self._moved)

    def _moved(self, moved: Moved) -> None:
        if moved.audit:
            self.table.put(self._activity.audit)
            self._hint.setVisible(not self._activity.audit)


def _more(entry: dict[str, Any]) -> str:
    told = ((tr(MORE.get(key, key)), words.value_text(value)) for key, value in entry["data"].items())
    return ", ".join(f"{key}: {value}" for key, value in told)


def _subject(entry: dict[str, Any]) -> str:
    """What it was done to; what has no name of its own is told in words."""
    kind, _, name = str(entry["subject"]).partition(" ")
    said = tr(SUBJECTS.get(kind, kind))
    return f"{said} {name}" if name else said
