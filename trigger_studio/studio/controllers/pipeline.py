"""The open pipeline: its session, work on it off the window's thread, and keeping up with what happens to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from trigger_studio.errors import Refused, TriggerStudioError
from trigger_studio.model.i18n import tr, translate
from trigger_studio.services import overview, pipeline, positions
from trigger_studio.services.session import Session
from trigger_studio.studio.activity import ActivityModel
from trigger_studio.studio.background import BackgroundTasks
from trigger_studio.studio.controllers.notices import Notices
from trigger_studio.studio.document import Document
from trigger_studio.studio.observable import Observable

P = ParamSpec("P")
R = TypeVar("R")


class PipelineController:
    """Reads the open pipeline into the document and the activity, and carries use cases to it.

    Args:
        tasks: runs what is asked off the window's thread.
        notices: told what was done and what went wrong.
        document, activity: take what was read.

    Attributes:
        opened: told when a pipeline was opened; its URL.
        read: told after each look at what happened; whether events wait to be decided.
        session: None until a pipeline is open.
    """

    def __init__(self, tasks: BackgroundTasks, notices: Notices, document: Document, activity: ActivityModel) -> None:
        self.opened: Observable[str] = Observable()
        self.read: Observable[bool] = Observable()
        self.session: Session | None = None
        self._tasks, self._notices = tasks, notices
        self._document, self._activity = document, activity
        self._refreshing = self._again = self._moved = False
        self._trouble = ""

    def require(self) -> Session:
        """The open pipeline's session. Raises Refused while none is open."""
        if self.session is None:
            raise Refused(tr("no pipeline is open yet"))
        return self.session

    async def call(self, use_case: Callable[Concatenate[Session, P], R], *args: P.args, **options: P.kwargs) -> R:
        """The result of a use case on the open pipeline; its errors are raised here."""
        return await self._tasks.call(use_case, self.require(), *args, **options)

    def perform(
        self,
        use_case: Callable[Concatenate[Session, P], object],
        done: str,
        *args: P.args,
        **options: P.kwargs,
    ) -> None:
        """Begin a use case; when it has ended, read what followed and tell.

        Args:
            use_case: on the open pipeline.
            done: what the person is told then.
            args, options: the use case's own.
        """

        async def act() -> None:
            await self.call(use_case, *args, **options)
            await self.read_news()
            self._notices.inform(done)

        self._tasks.start(act())

    async def reload(self, *, drafts: bool = False) -> None:
        """Read the rules and the pipeline anew. `drafts`: the person's private ones on disk as well."""
        self._document.load(await self.call(overview.overview), drafts=drafts)

    def refresh(self) -> None:
        """Read what happened since; asked while it is being done, it is done once more."""
        if self.session is None:
            return
        if self._refreshing:
            self._again = True
            return
        self._refreshing = True
        self._tasks.start(self._refresh())

    async def _refresh(self) -> None:
        try:
            while True:
                self._again = False
                await self.read_news()
                if not self._again:
                    return
        finally:
            self._refreshing = False

    async def read_news(self) -> None:
        """Take in what happened since the last look; what cannot be read is told once, until it can."""
        self.require()  # that none is open is no trouble of a database's
        try:
            news = await self.call(overview.news, self._activity.newest)
        except TriggerStudioError as error:
            if translate(error) != self._trouble:
                self._trouble = translate(error)
                self._notices.warn(self._trouble)
            return
        self._trouble = ""
        self._activity.take(news)
        self._document.set_halts(news.halts)
        self._moved = self._moved or bool(news.entries)
        if news.places != self._document.places_version:
            self._document.take_places(*await self.call(positions.read))
        if news.version != self._document.version:
            await self.reload()
        elif self._moved and not news.waiting:  # statuses changed; they are read once a storm is over
            self._moved = False
            self._document.set_entities(await self.call(pipeline.entities))
        self.read.emit(bool(news.waiting))
