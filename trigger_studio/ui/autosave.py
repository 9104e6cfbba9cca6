"""Working copies are put away as private drafts by themselves, a moment after they were changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from trigger_studio.services import rulebook
from trigger_studio.services.runner import EngineThread
from trigger_studio.services.session import Session
from trigger_studio.ui.changes import Change, Part
from trigger_studio.ui.desk_core import DeskCore

AUTOSAVE_S = 0.6

Due = list[tuple[str, int, dict[str, Any] | None]]
"""Rule id, the revision it was edited from, and the draft's content (None: drop the draft)."""


class Autosave(DeskCore):
    """See the module."""

    def __init__(self, loop: asyncio.AbstractEventLoop, make_engine: Callable[[Session], EngineThread]) -> None:
        super().__init__(loop, make_engine)
        self._lock = asyncio.Lock()
        self._dirty: set[str] = set()
        self._autosave: asyncio.TimerHandle | None = None
        self.document.watch(self._note_edit)

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
            await self._work.call(carry_drafts, self._open_session(), self._due_drafts())

    def _due_drafts(self) -> Due:
        due: Due = []
        for rule_id in sorted(self._dirty):
            work = self.document.working(rule_id)
            due.append((rule_id, work.base if work else 0, work.content if work else None))
        self._dirty.clear()
        return due

    def _stop_autosave(self) -> None:
        if self._autosave is not None:
            self._autosave.cancel()
            self._autosave = None


def carry_drafts(session: Session, due: Due) -> None:
    """Put drafts away, or drop them."""
    for rule_id, base, content in due:
        if content is None:
            rulebook.drop_draft(session, rule_id)
        else:
            rulebook.save_draft(session, rule_id, base, content)
