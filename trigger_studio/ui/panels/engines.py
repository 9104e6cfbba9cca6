"""The engines that share the database: who they are, whether they live, how far behind they are."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from trigger_studio.model.duration import spoken
from trigger_studio.model.i18n import N_
from trigger_studio.storage.engines import EngineSeen
from trigger_studio.studio.activity import ActivityModel, Moved
from trigger_studio.ui.widgets.kit import column, label, on_surface
from trigger_studio.ui.widgets.table import Column, Table
from trigger_studio.ui.widgets.theme import Space
from trigger_studio.ui.widgets.times import short_s


class EnginesPanel(QWidget):
    """A table of the engines and how they are."""

    def __init__(self, activity: ActivityModel) -> None:
        super().__init__()
        self._activity = activity
        words = {True: N_("alive"), False: N_("silent")}
        self.table = Table(
            [
                Column(self.tr("State"), lambda e: words[e.alive], 90, state=True),
                Column(self.tr("Computer"), lambda e: e.host, 180),
                Column(self.tr("Behind by"), _behind, 100),
                Column(self.tr("Heartbeat"), lambda e: short_s(e.seen_at), 120),
                Column(self.tr("Since"), lambda e: short_s(e.started_at), 120),
                Column(self.tr("Version"), lambda e: e.version, 90),
                Column(self.tr("Engine"), lambda e: e.id),
            ],
            name=self.tr("Engines"),
            key=lambda e: e.id,
            follows=False,
        )
        self._hint = label(self.tr("No engine has run here today. F5 switches on the one in this window."), "muted")
        self.setLayout(column(self._hint, self.table, margin=Space.S))
        on_surface(self)
        activity.follow(self._moved)

    def _moved(self, moved: Moved) -> None:
        if moved.engines:
            self.table.put(self._activity.engines)
            self._hint.setVisible(not self._activity.engines)


def _behind(engine: EngineSeen) -> str:
    """How long the oldest event had waited when it was last heard; nothing of an engine that is silent."""
    if not engine.alive:
        return ""
    return spoken(engine.lag_s) if engine.lag_s >= 1 else "0 s"
