"""Working copies and dragged cards are put away by themselves, a moment after they were changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from trigger_studio.errors import TriggerStudioError
from trigger_studio.frozen import frozen
from trigger_studio.services import positions, preferences, rule_registry
from trigger_studio.services.session import Session
from trigger_studio.studio.changes import Change, Part
from trigger_studio.studio.desk_core import DeskCore
from trigger_studio.studio.fifo_lock import FifoLock
from trigger_studio.studio.history import Position

if TYPE_CHECKING:
    from trigger_studio.services.engine_host import EngineThread

AUTOSAVE_S = 0.6
AGAIN_S = 5.0
OUTLOOK = "outlook"


@frozen
class Due:
    """What is to be put away.

    Attributes:
        drafts: rule id, the revision it was edited from, and the draft's content (None: drop the draft).
        places: by card; None leaves it to the layout.
        outlook: how this person looks at the flowchart, None if that did not change.
    """

    drafts: tuple[tuple[str, int, dict[str, Any] | None], ...]
    places: dict[str, Position | None]
    outlook: dict[str, Any] | None = None


class Autosave(DeskCore):
    """See the module."""

    def __init__(self, loop: asyncio.AbstractEventLoop, make_engine: Callable[[Session], EngineThread]) -> None:
        super().__init__(loop, make_engine)
        self._turns = FifoLock(loop)
        self._dirty: set[str] = set()
        self._moved_cards = self._looks_otherwise = False
        self._autosave: asyncio.TimerHandle | None = None
        self.document.watch(self._note_edit)
        self.outlook.watch(self._note_outlook)

    def _note_edit(self, change: Change) -> None:
        self._dirty.update(change.rules)
        self._moved_cards = self._moved_cards or Part.PLACES in change.parts
        self._save_soon()

    def _note_outlook(self, _change: None) -> None:
        self._looks_otherwise = True
        self._save_soon()

    def _save_soon(self) -> None:
        if self._anything_due and self._autosave is None:
            self._autosave = self._loop.call_later(AUTOSAVE_S, self._begin_autosave)

    @property
    def _anything_due(self) -> bool:
        return bool(self._dirty) or self._moved_cards or self._looks_otherwise

    def _begin_autosave(self) -> None:
        self._autosave = None
        self.save_drafts()

    def save_drafts(self) -> None:
        """Put every changed working copy away as a private draft, and for everyone where cards were dragged to."""
        if self._anything_due and self.session is not None:
            self._work.start(self._save_drafts())

    async def _save_drafts(self) -> None:
        async with self._turns.turn():
            due = self._due()
            try:
                version = await self._work.call(put_away, self._open_session(), due)
            except TriggerStudioError:
                self._autosave = self._autosave or self._loop.call_later(AGAIN_S, self._begin_autosave)
                raise
            self._is_saved(due, version)

    def _due(self) -> Due:
        """What is not put away yet; it stays due until it is, so that closing meanwhile loses nothing."""
        drafts = []
        for rule_id in sorted(self._dirty):
            work = self.document.working(rule_id)
            drafts.append((rule_id, work.base if work else 0, work.content if work else None))
        return Due(
            tuple(drafts),
            self.document.places_due() if self._moved_cards else {},
            self.outlook.kept() if self._looks_otherwise else None,
        )

    def _is_saved(self, due: Due, version: int | None) -> None:
        for rule_id, _, content in due.drafts:
            work = self.document.working(rule_id)
            if (work.content if work else None) is content:
                self._dirty.discard(rule_id)
        if version is not None:
            self.document.places_carried(version, due.places)
        self._looks_otherwise = self._looks_otherwise and due.outlook != self.outlook.kept()
        if self._moved_cards:
            self._moved_cards = bool(self.document.places_due())

    def _stop_autosave(self) -> None:
        if self._autosave is not None:
            self._autosave.cancel()
            self._autosave = None


def put_away(session: Session, due: Due) -> int | None:
    """Store what is due; returns the version of the places, if any were stored."""
    for rule_id, base, content in due.drafts:
        if content is None:
            rule_registry.drop_draft(session, rule_id)
        else:
            rule_registry.save_draft(session, rule_id, base, content)
    if due.outlook is not None:
        preferences.write(session, OUTLOOK, due.outlook)
    return positions.save(session, due.places) if due.places else None
