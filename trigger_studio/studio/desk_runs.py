"""What a person does with what runs: events, dry runs, gates, halts, the engine."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from trigger_studio.decide.halts import Scope
from trigger_studio.engine.state import State
from trigger_studio.errors import BadInput, Refused
from trigger_studio.model.counting import count
from trigger_studio.model.event import Event
from trigger_studio.model.i18n import tr
from trigger_studio.model.limit import Limit
from trigger_studio.services import controls, overview, trigger_log
from trigger_studio.services.files import write_whole
from trigger_studio.studio.desk_core import DeskCore, Notice
from trigger_studio.studio.texts.halts import scope_title
from trigger_studio.studio.texts.limits import in_words

if TYPE_CHECKING:
    from trigger_studio.model.event_codec import EventIn
    from trigger_studio.services.halt_impact import Preview


class RunDesk(DeskCore):
    """See the module."""

    def event_of(self, fields: dict[str, Any]) -> EventIn:
        """An event from a form. Raises BadInput."""
        from trigger_studio.model.event_codec import EventParser

        profile = self.document.profile
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

        tried = self.document.drafts() if drafts else []
        session = self._open_session()

        def run() -> dict[str, Any]:
            outcome = simulation.dry_run(session, event, assume_approvals=assume, fail=fail, drafts=tried)
            return simulation.report(outcome)

        return await self._work.call(run)

    async def recent_events(self) -> list[Event]:
        """The newest events on record, newest first."""
        return await self._work.call(overview.recent_events, self._open_session())

    async def event(self, event_id: str) -> Event | None:
        """One event on record."""
        return await self._work.call(overview.event, self._open_session(), event_id)

    async def around_job(self, job_id: str) -> list[dict[str, Any]]:
        """What led to a job and what followed from it."""
        return await self._work.call(trigger_log.entries, self._open_session(), job=job_id)

    async def records(self, chain: str) -> list[dict[str, Any]]:
        """All that the log holds of a chain, as it was written."""
        return await self._work.call(trigger_log.records, self._open_session(), chain)

    def write_file(self, path: Path, content: bytes) -> None:
        """Put a file in its place, and tell."""
        self.start(self._write_file(path, content))

    async def _write_file(self, path: Path, content: bytes) -> None:
        await self._work.call(write_whole, path, content)
        self.notices.emit(Notice(tr("Wrote {0}.", path.name)))

    def raise_event(self, event: EventIn) -> None:
        """Put an event on the bus, for real."""
        from trigger_studio.services import bus

        said = tr("Raised: {0} {1} {2}.", event.entity, event.entity_id, event.type)
        self._do(bus.emit, [(tr("the event"), event)], said=said)

    def answer_gate(self, gate_id: str, *, approve: bool, reason: str) -> None:
        """Answer a gate that waits for a person."""
        said = tr("Approved; the firing goes on.") if approve else tr("Refused; the firing fails.")
        self._do(controls.answer_gate, gate_id, approve=approve, reason=reason, said=said)

    def retry(self, firing_id: str) -> None:
        """Let a failed firing go on from where it failed."""
        self._do(controls.retry, firing_id, said=tr("{0} tries again.", firing_id))

    def halt(self, reason: str, scope: str = "all", target: str = "", *, cancel: bool = False) -> None:
        """Stop everything, a project, a rule or a chain; waits for nothing but the database.

        Args:
            cancel: a chain's open jobs fail.
        """
        self._work.start(self._halt(reason, scope, target, cancel))

    async def _halt(self, reason: str, scope: str, target: str, cancel: bool) -> None:
        session = self._open_session()  # whose rules and projects are known: they were picked here
        made = await self._work.call_urgent(controls.halt, session, cast(Scope, scope), target, reason, force=True)
        self.document.set_halts([*(halt for halt in self.document.halts if halt.id != made.id), made])
        what = scope_title(self.document, scope, target)
        self.notices.emit(Notice(tr("Everything is halted.") if scope == "all" else tr("Halted: {0}.", what)))
        if cancel:
            from trigger_studio.services import chains

            cancelled = await self._work.call(chains.cancel, session, target)
            self.notices.emit(Notice(tr("Stopped: {0}; {1} cancelled.", what, count(cancelled, "job"))))
        self.refresh()

    async def foresee_resume(self, scope: str, target: str, *, discard: bool) -> Preview:
        """What a resume would start and cost."""
        from trigger_studio.services import halt_impact

        session = self._open_session()
        return await self._work.call(halt_impact.preview, session, cast(Scope, scope), target, discard=discard)

    def put_limit(self, limit: Limit, instead: Limit | None = None) -> None:
        """Set a limit, in place of the one of that kind and scope, or of another one."""
        from trigger_studio.services import limits

        self._do(limits.put, limit, instead, said=tr("Set: {0}.", in_words(limit)))

    def remove_limit(self, limit: Limit) -> None:
        """Lift a limit; what only it held goes on."""
        from trigger_studio.services import limits

        said = tr("Lifted: {0}.", in_words(limit))
        self._do(limits.remove, limit.scope, limit.target, limit.kind, said=said)

    def resume(self, scope: str, target: str, *, discard: bool) -> None:
        """Lift a halt, and replay or discard what it held."""
        said = tr("Resumed; what was held is discarded.") if discard else tr("Resumed; what was held runs now.")
        self._do(controls.resume, scope, target, discard=discard, said=said)

    # the engine

    def switch_engine(self, on: bool) -> None:
        """Switch the engine in this window's process on or off."""
        self._work.start(self._switch_engine(on))

    async def _switch_engine(self, on: bool) -> None:
        session = self._open_session()
        if self._thread is None:
            self._thread = self._make_engine(session)
        await self._work.call(self._thread.start if on else self._thread.stop)

    def engine_said(self, state: State, detail: str) -> None:
        """The engine's listener, on the window's thread: there is something to read."""
        self._set_facts(state, detail, self.facts.lag_s if state is State.RUNNING else 0.0)
        self.refresh()
