"""Limits that an admin sets and lifts."""

from __future__ import annotations

from trigger_studio.model.i18n import tr
from trigger_studio.model.limit import Limit
from trigger_studio.studio.controllers.pipeline import PipelineController
from trigger_studio.studio.texts.limits import in_words


class LimitsController:
    """Sets and lifts limits of the open pipeline."""

    def __init__(self, pipeline: PipelineController) -> None:
        self._pipeline = pipeline

    def put(self, limit: Limit, instead: Limit | None = None) -> None:
        """Set a limit, in place of the one of that kind and scope, or of another one."""
        from trigger_studio.services import limits

        self._pipeline.perform(limits.put, tr("Set: {0}.", in_words(limit)), limit, instead)

    def remove(self, limit: Limit) -> None:
        """Lift a limit; what only it held goes on."""
        from trigger_studio.services import limits

        done = tr("Lifted: {0}.", in_words(limit))
        self._pipeline.perform(limits.remove, done, limit.scope, limit.target, limit.kind)
