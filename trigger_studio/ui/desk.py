"""What a person can do in the window: one method an action, each carried out off the window's thread.

A method changes nothing on the screen by itself. It asks a use case, takes what came back into the document and the
record, and those tell the panels.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trigger_studio.engine.loop import Listener, State
from trigger_studio.errors import BadInput, Refused, TriggerStudioError
from trigger_studio.model.bundle import parse_bundle
from trigger_studio.model.counting import count
from trigger_studio.model.documents import read_document
from trigger_studio.model.event import Event
from trigger_studio.model.rule import document
from trigger_studio.model.wire import EventDoor, EventIn
from trigger_studio.services import bus, controls, foresight, logbook, overview, pipeline, rulebook
from trigger_studio.services.runner import EngineThread
from trigger_studio.services.session import Session
from trigger_studio.ui.document import Change, Document, Part
from trigger_studio.ui.live import Live
from trigger_studio.ui.observable import Observable
from trigger_studio.ui.work import Work

AUTOSAVE_S = 0.6


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell the person. `problem`: it did not work."""

    text: str
    problem: bool = False


@dataclass(frozen=True, slots=True)
class EngineFacts:
    """The engine's state for the toolbar and the status bar."""

    state: State = State.STOPPED
    detail: str = ""
    lag_s: float = 0.0


class Desk:
    """See the module.

    Attributes:
        document, live: what the panels show.
        notices: told of everything a person should hear.
        engine: told when the engine's state changes.
        session: None until a pipeline is open.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, *, farm_speed: float | None, listener: Listener) -> None:
        self.document = Document()
        self.live = Live()
        self.notices: Observable[Notice] = Observable()
        self.engine: Observable[EngineFacts] = Observable()
        self.facts = EngineFacts()
        self.session: Session | None = None
        self._loop = loop
        self._work = Work(loop, self._fail)
        self._farm_speed = farm_speed
        self._listener = listener
        self._thread: EngineThread | None = None
        self._lock = asyncio.Lock()
        self._dirty: set[str] = set()
        self._autosave: asyncio.TimerHandle | None = None
        self._refreshing = self._again = self._moved = False
        self._trouble = ""
        self.document.watch(self._note_edit)

    # opening and closing

    def open(self, url: str, bundle: Path | None = None, *, engine: bool = False) -> None:
        """Open a pipeline, with a bundle's rules as drafts if one is given, and the engine on if so asked."""
        self._work.start(self._open(url, bundle, engine))

    async def _open(self, url: str, bundle: Path | None, engine: bool) -> None:
        self.session = await self._work.call(Session, url)
        await self._reload(drafts=True)
        await self._read_news()
        if bundle is not None:
            await self._draft(bundle)
        if engine:
            await self._switch_engine(True)

    async def _draft(self, bundle: Path) -> None:
        """Lay a bundle's rules over the published ones, as private drafts."""
        profile = self.document.profile
        assert profile is not None
        rules = await self._work.call(lambda: parse_bundle(read_document(bundle, str(bundle)), profile))
        for rule in rules:
            self.document.edit(rule.id, document(rule), f"open {rule.title}")
        if rules:
            self.document.select(rules[0].id)

    @property
    def busy(self) -> bool:
        """Whether anything is still under way."""
        return self._work.busy or self._autosave is not None

    def close(self) -> None:
        """Save what is not saved, stop the engine, let go of the database."""
        if self._autosave is not None:
            self._autosave.cancel()
            self._autosave = None
        self._work.close()
        if self.session is not None:
            last = Work(self._loop, self._fail)
            last.finish(self._last_things, self.session, self._due_drafts())
            self.session = None

    def _last_things(self, session: Session, due: list[tuple[str, int, dict[str, Any] | None]]) -> None:
        if self._thread is not None:
            self._thread.stop()
        _carry_drafts(session, due)
        session.close()

    def _open_session(self) -> Session:
        if self.session is None:
            raise Refused("no pipeline is open yet")
        return self.session

    def _fail(self, text: str) -> None:
        self.notices.tell(Notice(text, problem=True))

    # keeping up

    def refresh(self) -> None:
        """Read what happened since; asked while it is being done, it is done once more."""
        if self.session is None:
            return
        if self._refreshing:
            self._again = True
            return
        self._refreshing = True
        self._work.start(self._refresh())

    async def _refresh(self) -> None:
        try:
            while True:
                self._again = False
                await self._read_news()
                if not self._again:
                    return
        finally:
            self._refreshing = False

    async def _read_news(self) -> None:
        session = self._open_session()
        try:
            news = await self._work.call(overview.news, session, self.live.newest)
        except TriggerStudioError as error:
            if str(error) != self._trouble:
                self._trouble = str(error)
                self._fail(self._trouble)
            return
        self._trouble = ""
        self.live.take(news)
        self.document.set_halts(news.halts)
        self._moved = self._moved or bool(news.entries)
        if news.version != self.document.version:
            await self._reload(drafts=False)
        elif self._moved and not news.waiting:  # statuses changed; they are read once a storm is over
            self._moved = False
            self.document.set_entities(await self._work.call(pipeline.entities, session))
        if self._thread is not None and self._thread.state is State.RUNNING:
            lag_s = await self._work.call(self._thread.lag_s) if news.waiting else 0.0
            self._set_facts(State.RUNNING, "", lag_s)

    async def _reload(self, *, drafts: bool) -> None:
        self.document.load(await self._work.call(overview.overview, self._open_session()), drafts=drafts)

    # rules

    def _note_edit(self, change: Change) -> None:
        if Part.WORK in change.parts and change.rule is not None:
            self._dirty.add(change.rule)
            if self._autosave is None:
                self._autosave = self._loop.call_later(AUTOSAVE_S, self._begin_autosave)

    def _begin_autosave(self) -> None:
        self._autosave = None
        self.save_drafts()

    def save_drafts(self) -> None:
        """Put every changed working copy away as a private draft."""
        if self._dirty and self.session is not None:
            self._work.start(self._save_drafts())

    async def _save_drafts(self) -> None:
        async with self._lock:
            await self._work.call(_carry_drafts, self._open_session(), self._due_drafts())

    def _due_drafts(self) -> list[tuple[str, int, dict[str, Any] | None]]:
        due = []
        for rule_id in sorted(self._dirty):
            work = self.document.working(rule_id)
            due.append((rule_id, work.base if work else 0, work.content if work else None))
        self._dirty.clear()
        return due

    def publish(self, rule_id: str) -> None:
        """Publish a working copy, unless somebody published since it was begun."""
        self._work.start(self._publish(rule_id))

    async def _publish(self, rule_id: str) -> None:
        work, checked = self.document.working(rule_id), self.document.checked(rule_id)
        if work is None:
            return
        if checked.rule is None:
            raise BadInput(f"'{rule_id}' has {count(len(checked.faults), 'problem')}, marked in the form")
        session = self._open_session()
        try:
            async with self._lock:
                await self._work.call(rulebook.publish, session, [checked.rule], base={rule_id: work.base})
                self._dirty.discard(rule_id)
        finally:
            await self._reload(drafts=False)
        await self._read_news()
        standing = self.document.standing(rule_id)
        more = "; it starts costly jobs, so it waits for an admin's approval" if _needs(standing) else ""
        self.notices.tell(Notice(f"Published “{checked.rule.title}”{more}."))

    def publish_over(self, rule_id: str) -> None:
        """Publish a working copy in place of what somebody else published meanwhile, knowing it."""
        self.document.rebase(rule_id)
        self.publish(rule_id)

    def approve(self, rule_id: str) -> None:
        """Approve a rule as it is published."""
        self._do(rulebook.approve, rule_id, said=f"Approved “{rule_id}” as it is published.", reload=True)

    def set_enabled(self, rule_id: str, enabled: bool) -> None:
        """Switch a published rule on or off."""
        word = "on" if enabled else "off"
        self._do(rulebook.set_enabled, rule_id, enabled, said=f"Switched “{rule_id}” {word}.", reload=True)

    def delete(self, rule_id: str) -> None:
        """Delete a published rule; its history stays."""
        self.document.discard(rule_id)
        if self.document.standing(rule_id) is not None:
            self._do(rulebook.delete, rule_id, said=f"Deleted “{rule_id}”.", reload=True)

    def import_files(self, paths: Sequence[Path]) -> None:
        """Bring bundles of rules in: all of them or nothing."""
        self._do(rulebook.import_files, paths, said=f"Imported {', '.join(path.name for path in paths)}.", reload=True)

    # what runs

    def event_of(self, fields: dict[str, Any]) -> EventIn:
        """An event from a form. Raises BadInput."""
        profile = self.document.profile
        if profile is None:
            raise Refused("no pipeline is open yet")
        faults: list[Any] = []
        event = EventDoor(profile).read({key: value for key, value in fields.items() if value}, faults)
        if event is None:
            raise BadInput(faults)
        return event

    async def dry_run(self, event: EventIn, *, assume: bool, fail: Collection[str], drafts: bool) -> dict[str, Any]:
        """What would happen. Raises BadInput."""
        tried = self.document.drafts() if drafts else []
        session = self._open_session()

        def run() -> dict[str, Any]:
            outcome = foresight.dry_run(session, event, assume_approvals=assume, fail=fail, drafts=tried)
            return foresight.report(outcome)

        return await self._work.call(run)

    async def recent_events(self) -> list[Event]:
        """The newest events on record, newest first."""
        return await self._work.call(overview.recent_events, self._open_session())

    async def event(self, event_id: str) -> Event | None:
        """One event on record."""
        return await self._work.call(overview.event, self._open_session(), event_id)

    async def around_job(self, job_id: str) -> list[dict[str, Any]]:
        """What led to a job and what followed from it."""
        return await self._work.call(logbook.entries, self._open_session(), job=job_id)

    def start(self, task: Any) -> None:
        """Begin a panel's own task; what it raises is told."""
        self._work.start(task)

    def raise_event(self, event: EventIn) -> None:
        """Put an event on the bus, for real."""
        said = f"Raised: {event.entity} {event.entity_id} {event.type}."
        self._do(bus.emit, [("the event", event)], said=said)

    def answer_gate(self, gate_id: str, *, approve: bool, reason: str) -> None:
        """Answer a gate that waits for a person."""
        said = "Approved; the firing goes on." if approve else "Refused; the firing fails."
        self._do(controls.answer_gate, gate_id, approve=approve, reason=reason, said=said)

    def retry(self, firing_id: str) -> None:
        """Let a failed firing go on from where it failed."""
        self._do(controls.retry, firing_id, said=f"{firing_id} tries again.")

    def halt(self, reason: str) -> None:
        """Stop everything."""
        self._do(controls.halt, "all", "", reason, said="Everything is halted.")

    def resume(self, scope: str, target: str, *, discard: bool) -> None:
        """Lift a halt, and replay or discard what it held."""
        said = "Resumed; what was held is discarded." if discard else "Resumed; what was held runs now."
        self._do(controls.resume, scope, target, discard=discard, said=said)

    def _do(self, use_case: Callable[..., Any], *args: Any, said: str, reload: bool = False, **options: Any) -> None:
        async def act() -> None:
            await self._work.call(use_case, self._open_session(), *args, **options)
            if reload:
                await self._reload(drafts=False)
            await self._read_news()
            self.notices.tell(Notice(said))

        self._work.start(act())

    # the engine

    def switch_engine(self, on: bool) -> None:
        """Switch the engine in this window's process on or off."""
        self._work.start(self._switch_engine(on))

    async def _switch_engine(self, on: bool) -> None:
        session = self._open_session()
        if self._thread is None:
            self._thread = EngineThread(session, farm_speed=self._farm_speed, listener=self._listener)
        await self._work.call(self._thread.start if on else self._thread.stop)

    def engine_said(self, state: State, detail: str) -> None:
        """The engine's listener, on the window's thread: there is something to read."""
        self._set_facts(state, detail, self.facts.lag_s if state is State.RUNNING else 0.0)
        self.refresh()

    def _set_facts(self, state: State, detail: str, lag_s: float = 0.0) -> None:
        facts = EngineFacts(state, detail, lag_s)
        if facts != self.facts:
            self.facts = facts
            self.engine.tell(facts)


def _needs(standing: rulebook.Standing | None) -> bool:
    return standing is not None and standing.approval == "needed"


def _carry_drafts(session: Session, due: Sequence[tuple[str, int, dict[str, Any] | None]]) -> None:
    for rule_id, base, content in due:
        if content is None:
            rulebook.drop_draft(session, rule_id)
        else:
            rulebook.save_draft(session, rule_id, base, content)
