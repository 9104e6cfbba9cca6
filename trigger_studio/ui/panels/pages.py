"""The pages under the flowchart: the preview; and the dry run and the records, each made when it is first wanted."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from trigger_studio.studio.activity import Moved
from trigger_studio.studio.desk import Desk
from trigger_studio.ui.panels.preview import PreviewPanel

if TYPE_CHECKING:
    from trigger_studio.ui.panels.audit import AuditPanel
    from trigger_studio.ui.panels.dry_run import DryRunPanel
    from trigger_studio.ui.panels.engines import EnginesPanel
    from trigger_studio.ui.panels.gates import GatesPanel
    from trigger_studio.ui.panels.jobs import JobsPanel
    from trigger_studio.ui.panels.limits import LimitsPanel
    from trigger_studio.ui.panels.log import LogPanel

Page = TypeVar("Page", bound=QWidget)

PAGES = ("preview", "dry_run", "log", "jobs", "gates", "audit", "engines", "limits")
"""In the order of their tabs; each is an attribute of `Pages`."""


class Pages(QTabWidget):
    """See the module.

    Signals:
        foretold: run states that the chart should show.
        chain_chosen: a chain to show on the chart.
        replay_asked: a chain to replay.
    """

    foretold = Signal(object)
    chain_chosen = Signal(str)
    replay_asked = Signal(str)

    def __init__(self, desk: Desk, preview: PreviewPanel) -> None:
        super().__init__()
        self._desk = desk
        self.preview = preview
        self.setDocumentMode(True)
        self.setAccessibleName(self.tr("Preview, dry run and records"))
        self.setMinimumHeight(150)
        self.addTab(preview, self.tr("Preview"))
        for title in (
            self.tr("Dry run"), self.tr("Trigger log"), self.tr("Jobs"), self.tr("Gates"), self.tr("Audit trail"),
            self.tr("Engines"), self.tr("Limits"),
        ):  # fmt: skip
            self.addTab(QWidget(), title)
        self.currentChanged.connect(self._shown)
        desk.live.watch(self._moved)

    # the pages

    @cached_property
    def dry_run(self) -> DryRunPanel:
        from trigger_studio.ui.panels.dry_run import DryRunPanel

        panel = DryRunPanel(self._desk)
        panel.foretold.connect(self.foretold)
        return self._put("dry_run", panel)

    @cached_property
    def log(self) -> LogPanel:
        from trigger_studio.ui.panels.log import LogPanel

        panel = LogPanel(self._desk)
        panel.chain_chosen.connect(self.chain_chosen)
        panel.job_chosen.connect(self.show_job)
        panel.replay_asked.connect(self.replay_asked)
        return self._put("log", panel)

    @cached_property
    def jobs(self) -> JobsPanel:
        from trigger_studio.ui.panels.jobs import JobsPanel

        panel = JobsPanel(self._desk)
        panel.firing_chosen.connect(self.show_firing)
        return self._put("jobs", panel)

    @cached_property
    def gates(self) -> GatesPanel:
        from trigger_studio.ui.panels.gates import GatesPanel

        panel = GatesPanel(self._desk)
        panel.firing_chosen.connect(self.show_firing)
        return self._put("gates", panel)

    @cached_property
    def audit(self) -> AuditPanel:
        from trigger_studio.ui.panels.audit import AuditPanel

        return self._put("audit", AuditPanel(self._desk))

    @cached_property
    def engines(self) -> EnginesPanel:
        from trigger_studio.ui.panels.engines import EnginesPanel

        return self._put("engines", EnginesPanel(self._desk))

    @cached_property
    def limits(self) -> LimitsPanel:
        from trigger_studio.ui.panels.limits import LimitsPanel

        return self._put("limits", LimitsPanel(self._desk))

    def _put(self, name: str, panel: Page) -> Page:
        """Let a page stand where its empty one stood."""
        place, current = PAGES.index(name), self.currentIndex()
        empty = self.widget(place)
        assert empty is not None
        with QSignalBlocker(self):
            self.insertTab(place, panel, self.tabText(place))
            self.removeTab(place + 1)
            self.setCurrentIndex(current)
        empty.deleteLater()
        return panel

    # showing

    def show_page(self, name: str) -> None:
        """Bring a page to the front."""
        self.setCurrentIndex(PAGES.index(name))

    def show_firing(self, firing_id: str) -> None:
        """Select a firing in the log."""
        self.show_page("log")
        self.log.show_firing(firing_id)

    def show_job(self, job_id: str) -> None:
        """Select a job."""
        self.show_page("jobs")
        self.jobs.show_job(job_id)

    def _shown(self, place: int) -> None:
        page = getattr(self, PAGES[place])
        if PAGES[place] == "dry_run":
            page.offer_recent()

    def _moved(self, moved: Moved) -> None:
        if moved.gates:
            waiting = len(self._desk.live.open_gates())
            title = self.tr("Gates ({0})").format(waiting) if waiting else self.tr("Gates")
            self.setTabText(PAGES.index("gates"), title)
