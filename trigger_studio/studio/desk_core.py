"""What every part of the desk stands on: the open pipeline, work off the window's thread, and keeping up with it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from trigger_studio.engine.state import State
from trigger_studio.errors import Refused, TriggerStudioError
from trigger_studio.frozen import frozen
from trigger_studio.model.i18n import tr, translate
from trigger_studio.services import overview, pipeline, positions
from trigger_studio.services.session import Session
from trigger_studio.studio.activity import ActivityModel
from trigger_studio.studio.background import BackgroundTasks
from trigger_studio.studio.document import Document
from trigger_studio.studio.observable import Observable
from trigger_studio.studio.view_state import ViewState

if TYPE_CHECKING:
    from trigger_studio.services.engine_host import EngineThread

P = ParamSpec("P")
R = TypeVar("R")


@frozen
class Notice:
    """Something to tell the person. `problem`: it did not work."""

    text: str
    problem: bool = False


@frozen
class EngineFacts:
    """The engine's state for the toolbar and the status bar."""

    state: State = State.STOPPED
    detail: str = ""
    lag_s: float = 0.0


class DeskCore:
    """See the module.

    Args:
        loop: of the window's thread.
        make_engine: makes the engine of this window's process when it is first switched on.

    Attributes:
        document, live: what the panels show.
        outlook: how this person looks at it.
        notices: told of everything a person should hear.
        engine: told when the engine's state changes.
        opened: told when a pipeline was opened; its URL.
        session: None until a pipeline is open.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, make_engine: Callable[[Session], EngineThread]) -> None:
        self.document = Document()
        self.outlook = ViewState()
        self.live = ActivityModel()
        self.notices: Observable[Notice] = Observable()
        self.engine: Observable[EngineFacts] = Observable()
        self.opened: Observable[str] = Observable()
        self.facts = EngineFacts()
        self.session: Session | None = None
        self._loop = loop
        self._make_engine = make_engine
        self._work = BackgroundTasks(loop, self._fail)
        self._thread: EngineThread | None = None
        self._refreshing = self._again = self._moved = False
        self._trouble = ""

    def start(self, task: Any) -> None:
        """Begin a panel's own task; what it raises is told."""
        self._work.start(task)

    async def beside(self, function: Callable[P, R], *args: P.args, **options: P.kwargs) -> R:
        """The result of a long computation, done off the window's thread."""
        return await self._work.call(function, *args, **options)

    def _open_session(self) -> Session:
        if self.session is None:
            raise Refused(tr("no pipeline is open yet"))
        return self.session

    def _fail(self, text: str) -> None:
        self.notices.emit(Notice(text, problem=True))

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
            if translate(error) != self._trouble:
                self._trouble = translate(error)
                self._fail(self._trouble)
            return
        self._trouble = ""
        self.live.take(news)
        self.document.set_halts(news.halts)
        self._moved = self._moved or bool(news.entries)
        if news.places != self.document.places_version:
            self.document.take_places(*await self._work.call(positions.read, session))
        if news.version != self.document.version:
            await self._reload(drafts=False)
        elif self._moved and not news.waiting:  # statuses changed; they are read once a storm is over
            self._moved = False
            self.document.set_entities(await self._work.call(pipeline.entities, session))
        if self._thread is not None and self._thread.state is State.RUNNING:
            lag_s = await self._work.call(self._thread.lag_s) if news.waiting else 0.0
            detail = self.facts.detail if self.facts.state is State.RUNNING else ""
            self._set_facts(State.RUNNING, detail, lag_s)  # what stands still is the engine's to take back

    async def _reload(self, *, drafts: bool) -> None:
        self.document.load(await self._work.call(overview.overview, self._open_session()), drafts=drafts)

    def _do(self, use_case: Callable[..., Any], *args: Any, said: str, reload: bool = False, **options: Any) -> None:
        async def act() -> None:
            await self._work.call(use_case, self._open_session(), *args, **options)
            if reload:
                await self._reload(drafts=False)
            await self._read_news()
            self.notices.emit(Notice(said))

        self._work.start(act())

    def _set_facts(self, state: State, detail: str, lag_s: float = 0.0) -> None:
        facts = EngineFacts(state, detail, lag_s)
        if facts != self.facts:
            self.facts = facts
            self.engine.emit(facts)
