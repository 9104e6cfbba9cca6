"""Stopping everything or a part of it, and going on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from trigger_studio.decide.halts import Scope
from trigger_studio.model.counting import count
from trigger_studio.model.i18n import tr
from trigger_studio.services import controls
from trigger_studio.studio.background import BackgroundTasks
from trigger_studio.studio.controllers.notices import Notices
from trigger_studio.studio.controllers.pipeline import PipelineController
from trigger_studio.studio.document import Document
from trigger_studio.studio.texts.halts import scope_title

if TYPE_CHECKING:
    from trigger_studio.services.halt_impact import Preview


class HaltsController:
    """Halts and resumes.

    Args:
        tasks: runs what is asked off the window's thread.
        notices: told what was done.
        document: shows what is halted, and has the names.
        pipeline: where halts stand.
    """

    def __init__(
        self, tasks: BackgroundTasks, notices: Notices, document: Document, pipeline: PipelineController
    ) -> None:
        self._tasks, self._notices, self._document, self._pipeline = tasks, notices, document, pipeline

    def halt(self, reason: str, scope: str = "all", target: str = "", *, cancel: bool = False) -> None:
        """Stop everything, a project, a rule or a chain; waits for nothing but the database.

        Args:
            reason: for everyone to read.
            scope: ``all``, ``project``, ``rule`` or ``chain``.
            target: the id of what is stopped; "" for everything.
            cancel: a chain's open jobs fail.
        """
        self._tasks.start(self._halt(reason, scope, target, cancel))

    async def _halt(self, reason: str, scope: str, target: str, cancel: bool) -> None:
        session = self._pipeline.require()  # whose rules and projects are known: they were picked here
        made = await self._tasks.call_urgent(controls.halt, session, cast(Scope, scope), target, reason, force=True)
        self._document.set_halts([*(halt for halt in self._document.halts if halt.id != made.id), made])
        what = scope_title(self._document, scope, target)
        self._notices.inform(tr("Everything is halted.") if scope == "all" else tr("Halted: {0}.", what))
        if cancel:
            from trigger_studio.services import chains

            cancelled = await self._pipeline.call(chains.cancel, target)
            self._notices.inform(tr("Stopped: {0}; {1} cancelled.", what, count(cancelled, "job")))
        self._pipeline.refresh()

    def preview_resume(self, scope: str, target: str, then: Callable[[Preview], None], *, discard: bool) -> None:
        """Find out what a resume would start and cost, and tell `then`."""
        self._tasks.start(self._preview(cast(Scope, scope), target, then, discard))

    async def _preview(self, scope: Scope, target: str, then: Callable[[Preview], None], discard: bool) -> None:
        from trigger_studio.services import halt_impact

        then(await self._pipeline.call(halt_impact.preview, scope, target, discard=discard))

    def resume(self, scope: str, target: str, *, discard: bool) -> None:
        """Lift a halt, and replay or discard what it held."""
        done = tr("Resumed; what was held is discarded.") if discard else tr("Resumed; what was held runs now.")
        self._pipeline.perform(controls.resume, done, cast(Scope, scope), target, discard=discard)
