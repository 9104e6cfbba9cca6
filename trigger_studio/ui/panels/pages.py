"""The pages under the flowchart: the preview; and the dry run and the records, each made when it is first wanted."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from trigger_studio.studio.activity import Moved
from trigger_studio.studio.context import StudioContext
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
    """The tabs under the flowchart.

    Signals:
        foretold: run states that the chart should show.
        chain_chosen: a chain to show on the chart.
        replay_asked: a chain to replay.
    """

    foretold = Signal(object)
    chain_chosen = Signal(str)
    replay_asked = Signal(str)

    def __init__(self, context: StudioContext, preview: PreviewPanel) -> None:
        super().__init__()
        self._context = context
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
        context.activity.watch(self._moved)

    # the pages

    @cached_property
    def dry_run(self) -> DryRunPanel:
        from trigger_studio.ui.panels.dry_run import DryRunPanel

        context = self._context
        panel = DryRunPanel(context.document, context.runs, context.tasks)
        panel.foretold.connect(self.foretold)
        return self._put("dry_run", panel)

    @cached_property
    def log(self) -> LogPanel:
        from trigger_studio.ui.panels.firing import FiringDetail
        from trigger_studio.ui.panels.log import LogPanel

        context = self._context
        detail = FiringDetail(context.document, context.activity, context.runs, context.halts, context.tasks)
        panel = LogPanel(context.document, context.activity, detail)
        panel.chain_chosen.connect(self.chain_chosen)
        panel.job_chosen.connect(self.show_job)
        panel.replay_asked.connect(self.replay_asked)
        return self._put("log", panel)

    @cached_property
    def jobs(self) -> JobsPanel:
        from trigger_studio.ui.panels.jobs import JobsPanel

        context = self._context
        panel = JobsPanel(context.document, context.activity, context.runs, context.tasks)
        panel.firing_chosen.connect(self.show_firing)
        return self._put("jobs", panel)

    @cached_property
    def gates(self) -> GatesPanel:
        from trigger_studio.ui.panels.gates import GatesPanel

        panel = GatesPanel(self._context.activity, self._context.runs)
        panel.firing_chosen.connect(self.show_firing)
        return self._put("gates", panel)

    @cached_property
    def audit(self) -> AuditPanel:
        from trigger_studio.ui.panels.audit import AuditPanel

        return self._put("audit", AuditPanel(self._context.activity))

    @cached_property
    def engines(self) -> EnginesPanel:
        from trigger_studio.ui.panels.engines import EnginesPanel

        return self._put("engines", EnginesPanel(self._context.activity))

    @cached_property
    def limits(self) -> LimitsPanel:
        from trigger_studio.ui.panels.limits import LimitsPanel

        context = self._context
        return self._put("limits", LimitsPanel(context.document, context.activity, context.limits))

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
        name = PAGES[place]
        self._page(name)
        if name == "dry_run":
            self.dry_run.offer_recent()

    def _page(self, name: str) -> QWidget:
        """A page; it is made with the first look at it."""
        pages: dict[str, Callable[[], QWidget]] = {
            "preview": lambda: self.preview, "dry_run": lambda: self.dry_run, "log": lambda: self.log,
            "jobs": lambda: self.jobs, "gates": lambda: self.gates, "audit": lambda: self.audit,
            "engines": lambda: self.engines, "limits": lambda: self.limits,
        }  # fmt: skip
        return pages[name]()

    def _moved(self, moved: Moved) -> None:
        if moved.gates:
            waiting = len(self._context.activity.open_gates())
            title = self.tr("Gates ({0})").format(waiting) if waiting else self.tr("Gates")
            self.setTabText(PAGES.index("gates"), title)
