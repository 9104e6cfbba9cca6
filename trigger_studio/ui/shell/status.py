"""The status bar: the engine, the database, who one is here, and how much there is."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStatusBar

from trigger_studio.engine.state import State
from trigger_studio.model.counting import count
from trigger_studio.model.i18n import tr
from trigger_studio.studio.activity import ActivityModel, Moved
from trigger_studio.studio.controllers.engine import EngineController, EngineFacts
from trigger_studio.studio.controllers.pipeline import PipelineController
from trigger_studio.studio.document import Change, Document
from trigger_studio.ui.shell.toolbar import ENGINE_LOOKS
from trigger_studio.ui.widgets.kit import label, themed_icon
from trigger_studio.ui.widgets.plain import plain


class StatusBar(QStatusBar):
    """Shows engine, database, person and counts at the window's lower edge."""

    def __init__(
        self, document: Document, activity: ActivityModel, pipeline: PipelineController, engine: EngineController
    ) -> None:
        super().__init__()
        self._document, self._activity, self._pipeline = document, activity, pipeline
        self.setSizeGripEnabled(False)
        self._dot, self.engine = label(""), label("")
        self.database, self.counts = label("", "muted"), label("", "muted")
        self.role = label(self.tr("You are admin here"), "muted")
        self.role.setToolTip(self.tr("Roles come with a shared server."))
        for widget in (self._dot, self.engine, self.counts):
            self.addWidget(widget)
        for widget in (self.role, self.database):
            self.addPermanentWidget(widget)
        engine.changed.watch(self.show_engine)
        document.watch(self._changed)
        activity.watch(self._moved)
        self.show_engine(EngineFacts())

    def minimumSizeHint(self) -> QSize:
        """What it says never makes the window wider than the screen."""
        return QSize(0, super().minimumSizeHint().height())

    def show_engine(self, facts: EngineFacts) -> None:
        """Show the engine's state and lag."""
        text, ink, _icon = ENGINE_LOOKS[facts.state]
        text = tr(text)
        self._dot.setPixmap(themed_icon(self, "bolt", ink).pixmap(14, 14))
        lag = self.tr(" · lag {0}").format(f"{facts.lag_s:.1f} s") if facts.state is State.RUNNING else ""
        self.engine.setText(f"{self.tr(text)}{lag}{' · ' + facts.detail if facts.detail else ''}")

    def _changed(self, _change: Change) -> None:
        if self._pipeline.session is not None:
            self.database.setText(_short(self._pipeline.session.database.name))
            self.database.setToolTip(plain(self._pipeline.session.database.name))
        self._count()

    def _moved(self, _moved: Moved) -> None:
        self._count()

    def _count(self) -> None:
        live, document = self._activity, self._document
        open_jobs = sum(1 for job in live.jobs if job["state"] == "submitted")
        parts = [
            count(len(document.ids()), "rule"),
            count(len(live.entries), "firing"),
            self.tr("{0} running").format(count(open_jobs, "job")),
            self.tr("{0} waiting").format(count(len(live.open_gates()), "gate")),
        ]
        self.counts.setText(" · ".join(parts))


def _short(name: str) -> str:
    return name if len(name) <= 44 else "…" + name[-43:]
