"""What a person can do in the window: one method an action, each carried out off the window's thread.

A method changes nothing on the screen by itself. It asks a use case, takes what came back into the document and the
record, and those tell the panels. The actions stand by topic in `desk_rules` and `desk_runs`.
"""

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
from trigger_studio.services import preferences
from trigger_studio.services.session import Session
from trigger_studio.studio.autosave import OUTLOOK, Due, put_away
from trigger_studio.studio.background import BackgroundTasks
from trigger_studio.studio.desk_core import EngineFacts, Notice
from trigger_studio.studio.desk_rules import RuleDesk
from trigger_studio.studio.desk_runs import RunDesk

if TYPE_CHECKING:
    from trigger_studio.services.engine_host import EngineThread

__all__ = ["Desk", "EngineFacts", "Notice"]


class Desk(RuleDesk, RunDesk):
    """See the module: everything together, and opening and closing."""

    def __init__(self, loop: asyncio.AbstractEventLoop, *, farm_speed: float | None, listener: Listener) -> None:
        def make_engine(session: Session) -> EngineThread:
            from trigger_studio.services.engine_host import EngineThread

            return EngineThread(session, farm_speed=farm_speed, listener=listener)

        super().__init__(loop, make_engine)

    def open(self, url: str, bundle: Path | None = None, *, engine: bool = False) -> None:
        """Open a pipeline, with a bundle's rules as drafts if one is given, and the engine on if so asked."""
        self._work.start(self._open(url, bundle, engine))

    async def _open(self, url: str, bundle: Path | None, engine: bool) -> None:
        self.session = await self._work.call(_first_session, url)
        self.outlook.take(await self._work.call(preferences.read, self.session, OUTLOOK))
        self._looks_otherwise = False  # this is how it was kept
        await self._reload(drafts=True)
        await asyncio.sleep(0)  # what has come is painted before more is read
        await self._read_news()
        self.opened.emit(url)
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
            self.document.edit(rule.id, document(rule), tr("open {0}", rule.title))
        if rules:
            self.document.select(rules[0].id)

    @property
    def busy(self) -> bool:
        """Whether anything is still under way."""
        return self._work.busy or self._autosave is not None

    def close(self) -> None:
        """Save what is not saved, stop the engine, let go of the database."""
        self._stop_autosave()
        self._work.close()
        if self.session is not None:
            last = BackgroundTasks(self._loop, self._fail)
            last.finish(self._last_things, self.session, self._due())
            self.session = None

    def _last_things(self, session: Session, due: Due) -> None:
        if self._thread is not None:
            self._thread.stop()
        put_away(session, due)
        session.close()


def _first_session(url: str) -> Session:
    """What nobody may use half loaded is loaded while no other thread uses the database yet."""
    load_shared()
    return Session(url)
