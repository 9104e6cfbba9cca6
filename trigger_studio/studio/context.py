"""Everything that the window's parts work with, made once; each part is handed only what it uses of it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from trigger_studio.engine.state import Listener
from trigger_studio.execution.loading import load_shared
from trigger_studio.model.bundle import parse_bundle
from trigger_studio.model.documents import read_document
from trigger_studio.model.i18n import tr
from trigger_studio.model.rule import document
from trigger_studio.services.session import Session
from trigger_studio.studio.activity import ActivityModel
from trigger_studio.studio.background import BackgroundTasks
from trigger_studio.studio.controllers.autosave import Autosave, Due, put_away
from trigger_studio.studio.controllers.engine import EngineController
from trigger_studio.studio.controllers.halts import HaltsController
from trigger_studio.studio.controllers.limits import LimitsController
from trigger_studio.studio.controllers.notices import Notices
from trigger_studio.studio.controllers.pipeline import PipelineController
from trigger_studio.studio.controllers.rules import RulesController
from trigger_studio.studio.controllers.runs import RunsController
from trigger_studio.studio.document import Document
from trigger_studio.studio.fifo_lock import FifoLock
from trigger_studio.studio.view_state import ViewState

if TYPE_CHECKING:
    from trigger_studio.services.engine_host import EngineThread


class StudioContext:
    """The open document, what happens to it, and what can be done with it.

    Args:
        loop: of the window's thread.
        farm_speed: how many times faster than the profile says a simulated farm completes jobs; None for no such farm.
        listener: of the engine in this process.

    Attributes:
        document: the rules as they are edited.
        activity: what runs, ran and waits.
        view_state: how this person looks at the flowchart.
        notices: tells of everything a person should hear.
        tasks: work off the window's thread.
        pipeline, engine, autosave, rules, runs, halts, limits: what a person does, by topic.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, *, farm_speed: float | None, listener: Listener) -> None:
        def make_engine(session: Session) -> EngineThread:
            from trigger_studio.services.engine_host import EngineThread

            return EngineThread(session, farm_speed=farm_speed, listener=listener)

        self._loop = loop
        self.document = Document()
        self.activity = ActivityModel()
        self.view_state = ViewState()
        self.notices = Notices()
        self.tasks = BackgroundTasks(loop, self.notices.warn)
        self.pipeline = PipelineController(self.tasks, self.notices, self.document, self.activity)
        self.engine = EngineController(self.tasks, self.pipeline, make_engine)
        drafts = FifoLock(loop)
        self.autosave = Autosave(
            loop, self.tasks, self.document, self.view_state, pipeline=self.pipeline, drafts=drafts
        )
        self.rules = RulesController(self.tasks, self.notices, self.document, self.pipeline, drafts)
        self.runs = RunsController(self.document, self.pipeline)
        self.halts = HaltsController(self.tasks, self.notices, self.document, self.pipeline)
        self.limits = LimitsController(self.pipeline)

    def open(self, url: str, bundle: Path | None = None, *, engine: bool = False) -> None:
        """Open a pipeline, with a bundle's rules as drafts if one is given, and the engine on if so asked."""
        self.tasks.start(self._open(url, bundle, engine))

    async def _open(self, url: str, bundle: Path | None, engine: bool) -> None:
        self.pipeline.session = await self.tasks.call(_first_session, url)
        await self.autosave.restore_view()
        await self.pipeline.reload(drafts=True)
        await asyncio.sleep(0)  # what has come is painted before more is read
        await self.pipeline.read_news()
        self.pipeline.opened.emit(url)
        if bundle is not None:
            await self._lay_over(bundle)
        if engine:
            await self.engine.switched(True)

    async def _lay_over(self, bundle: Path) -> None:
        """Lay a bundle's rules over the published ones, as private drafts."""
        profile = self.document.profile
        assert profile is not None
        rules = await self.tasks.call(lambda: parse_bundle(read_document(bundle, str(bundle)), profile))
        for rule in rules:
            self.document.edit(rule.id, document(rule), tr("open {0}", rule.title))
        if rules:
            self.document.select(rules[0].id)

    @property
    def busy(self) -> bool:
        """Whether anything is still under way."""
        return self.tasks.busy or self.autosave.waiting

    def close(self) -> None:
        """Save what is not saved, stop the engine, let go of the database."""
        self.autosave.stop()
        self.tasks.close()
        session, self.pipeline.session = self.pipeline.session, None
        if session is not None:
            last = BackgroundTasks(self._loop, self.notices.warn)
            last.finish(self._last_things, session, self.autosave.due())

    def _last_things(self, session: Session, due: Due) -> None:
        self.engine.stop()
        put_away(session, due)
        session.close()


def _first_session(url: str) -> Session:
    """What nobody may use half loaded is loaded while no other thread uses the database yet."""
    load_shared()
    return Session(url)
