"""What a person does with what runs: events, dry runs, gates, retries, and looking into the record."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from trigger_studio.errors import BadInput, Refused
from trigger_studio.model.event import Event
from trigger_studio.model.i18n import tr
from trigger_studio.services import controls, overview, trigger_log
from trigger_studio.services.session import Session
from trigger_studio.studio.controllers.pipeline import PipelineController
from trigger_studio.studio.document import Document

if TYPE_CHECKING:
    from trigger_studio.model.event_codec import EventIn


class RunsController:
    """Raises, foretells and looks up what runs.

    Args:
        document: has the drafts that a dry run tries, and the profile.
        pipeline: what runs, runs there.
    """

    def __init__(self, document: Document, pipeline: PipelineController) -> None:
        self._document, self._pipeline = document, pipeline

    def event_of(self, fields: dict[str, Any]) -> EventIn:
        """An event from a form. Raises BadInput."""
        from trigger_studio.model.event_codec import EventParser

        profile = self._document.profile
        if profile is None:
            raise Refused(tr("no pipeline is open yet"))
        faults: list[Any] = []
        event = EventParser(profile).read({key: value for key, value in fields.items() if value}, faults)
        if event is None:
            raise BadInput(faults)
        return event

    async def dry_run(self, event: EventIn, *, assume: bool, fail: Collection[str], drafts: bool) -> dict[str, Any]:
        """What would happen. Raises BadInput."""
        from trigger_studio.services import simulation

        tried = self._document.drafts() if drafts else []

        def run(session: Session) -> dict[str, Any]:
            outcome = simulation.dry_run(session, event, assume_approvals=assume, fail=fail, drafts=tried)
            return simulation.report(outcome)

        return await self._pipeline.call(run)

    async def recent_events(self) -> list[Event]:
        """The newest events on record, newest first."""
        return await self._pipeline.call(overview.recent_events)

    async def event(self, event_id: str) -> Event | None:
        """One event on record."""
        return await self._pipeline.call(overview.event, event_id)

    async def around_job(self, job_id: str) -> list[dict[str, Any]]:
        """What led to a job and what followed from it."""
        return await self._pipeline.call(trigger_log.entries, job=job_id)

    async def records(self, chain: str) -> list[dict[str, Any]]:
        """All that the log holds of a chain, as it was written."""
        return await self._pipeline.call(trigger_log.records, chain)

    def raise_event(self, event: EventIn) -> None:
        """Put an event on the bus, for real."""
        from trigger_studio.services import bus

        done = tr("Raised: {0} {1} {2}.", event.entity, event.entity_id, event.type)
        self._pipeline.perform(bus.emit, done, [(tr("the event"), event)])

    def answer_gate(self, gate_id: str, *, approve: bool, reason: str) -> None:
        """Answer a gate that waits for a person."""
        done = tr("Approved; the firing goes on.") if approve else tr("Refused; the firing fails.")
        self._pipeline.perform(controls.answer_gate, done, gate_id, approve=approve, reason=reason)

    def retry(self, firing_id: str) -> None:
        """Let a failed firing go on from where it failed."""
        self._pipeline.perform(controls.retry, tr("{0} tries again.", firing_id), firing_id)
