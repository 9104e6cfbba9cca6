"""Live truth: what the selected rule, as edited, makes of a recent event, would do, and would have matched.

Everything is looked at off the window's thread, over one snapshot of the pipeline. While one look is under way, further
edits ask for just one more; a count over the past is given up as soon as the rule changes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from trigger_studio.errors import Fault
from trigger_studio.frozen import frozen
from trigger_studio.model.event import Event
from trigger_studio.model.rule import Rule
from trigger_studio.services.session import Session
from trigger_studio.studio.activity import ActivityModel, Moved
from trigger_studio.studio.background import BackgroundTasks
from trigger_studio.studio.controllers.pipeline import PipelineController
from trigger_studio.studio.document import Change, Document, Part
from trigger_studio.studio.observable import Observable

if TYPE_CHECKING:
    from trigger_studio.services.backtest import Backtest, Matched
    from trigger_studio.services.rule_preview import RuleEvaluator, RulePreview

AFTER_MS = 40
"""What was not typed is looked at once the window has shown it: two threads at once would hold each other up."""
PAUSE_MS = 150
"""The past is counted once nobody has typed for so long."""

EXAMPLE = "example"
"""Chosen in place of a recorded event: an example made to fit."""


@frozen
class Seen:
    """What is known about the selected rule.

    Attributes:
        rule: as edited; None while it has faults, or none is selected.
        events: on record, of the rule's type and kind, newest first.
        chosen: the one it is tested against; None for an example.
        insight: None until it was looked at.
        matched: None until it was counted.
    """

    rule_id: str = ""
    rule: Rule | None = None
    faults: tuple[Fault, ...] = ()
    events: tuple[Event, ...] = ()
    chosen: Event | None = None
    insight: RulePreview | None = None
    matched: Matched | None = None


class LiveEvaluation(Observable[Seen]):
    """Evaluates the selected rule against recent events, one look at a time, in a thread of its own.

    Attributes:
        seen: as last told.
    """

    def __init__(
        self, document: Document, activity: ActivityModel, tasks: BackgroundTasks, pipeline: PipelineController
    ) -> None:
        super().__init__()
        self.seen = Seen()
        self._document, self._tasks, self._pipeline = document, tasks, pipeline
        self._session: Session | None = None
        self._seer: RuleEvaluator | None = None
        self._backrun: Backtest | None = None
        self._choice = ""
        self._assume = False
        self._events: tuple[Event, ...] = ()
        self._kind: tuple[str, str] | None = None
        self._wanted = self._done = 0
        self._looking = False
        self._soon = QTimer(singleShot=True, interval=AFTER_MS)
        self._soon.timeout.connect(self._look)
        self._pause = QTimer(singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(lambda: tasks.start(self._count()))
        document.watch(self._changed)
        activity.watch(self._happened)

    def choose(self, event_id: str) -> None:
        """Test against this event; "" for the most recent one, `EXAMPLE` for none that is on record."""
        self._choice = event_id
        self._look()

    def assume(self, approvals: bool) -> None:
        """Whether people approve, in what is foretold, what they are asked."""
        self._assume = approvals
        self._look()

    # following

    def _changed(self, change: Change) -> None:
        if change.parts & (Part.RULES | Part.PIPELINE | Part.HALTS):
            self._moved()
        elif Part.SELECTION in change.parts or (Part.WORK in change.parts and self._is_mine(change)):
            if self._document.selected != self.seen.rule_id:
                self._choice = ""
            if change.source is not None and Part.WORK in change.parts:
                self._look()
            else:
                self._soon.start()

    def _is_mine(self, change: Change) -> bool:
        return change.rule in (None, self._document.selected)

    def _happened(self, moved: Moved) -> None:
        if moved.log or moved.jobs or moved.gates:
            self._moved()

    def _moved(self) -> None:
        """The pipeline moved: what was read of it is no longer so."""
        self._kind = None
        if self._seer is not None:
            self._seer.moved()
        self._look()

    def _look(self) -> None:
        self._wanted += 1
        if not self._looking and self._pipeline.session is not None:
            self._looking = True
            self._tasks.start(self._look_until_done())

    async def _look_until_done(self) -> None:
        try:
            while self._done != self._wanted:
                self._done = self._wanted
                await self._look_once()
        finally:
            self._looking = False
        self._pause.start()

    async def _look_once(self) -> None:
        document = self._document
        rule_id = document.selected
        checked = document.checked(rule_id)
        if checked.rule is None:
            self._tell(Seen(rule_id, None, checked.faults))
            return
        seer = self._open()
        chosen = await self._chosen(checked.rule, seer)
        insight = await self._tasks.call(
            seer.look, checked.rule, chosen, document.entities, assume_approvals=self._assume
        )
        known = self.seen.matched if self.seen.rule == checked.rule else None
        self._tell(Seen(rule_id, checked.rule, (), self._events, chosen, insight, known))

    def _open(self) -> RuleEvaluator:
        session = self._pipeline.session
        if self._seer is None or session is not self._session:
            from trigger_studio.services.backtest import Backtest
            from trigger_studio.services.rule_preview import RuleEvaluator

            assert session is not None
            self._session, self._seer, self._backrun = session, RuleEvaluator(session), Backtest(session)
        return self._seer

    async def _chosen(self, rule: Rule, seer: RuleEvaluator) -> Event | None:
        """The event to test against; the list is read again when it may have changed."""
        kind = (rule.when.event, rule.when.entity)
        if kind != self._kind:
            self._events = tuple(await self._tasks.call(seer.recent, *kind))
            self._kind = kind
        if self._choice == EXAMPLE:
            return None
        newest = self._events[0] if self._events else None
        return next((event for event in self._events if event.id == self._choice), newest)

    async def _count(self) -> None:
        """Count over the past, part by part, until another edit makes it idle."""
        mine, rule, backrun = self._wanted, self.seen.rule, self._backrun
        if rule is None or backrun is None:
            return
        whole = False
        while not whole:
            matched = await self._tasks.call(backrun.count, rule, lambda: mine != self._wanted)
            if mine != self._wanted:
                return
            self._tell(replace(self.seen, matched=matched))
            whole = matched.whole

    def _tell(self, seen: Seen) -> None:
        self.seen = seen
        self.emit(seen)
