"""Working copies and dragged cards are put away by themselves, a moment after they were changed."""

from __future__ import annotations

import asyncio
from typing import Any

from trigger_studio.errors import TriggerStudioError
from trigger_studio.frozen import frozen
from trigger_studio.services import positions, preferences, rule_registry
from trigger_studio.services.session import Session
from trigger_studio.studio.background import BackgroundTasks
from trigger_studio.studio.changes import Change, Part
from trigger_studio.studio.controllers.pipeline import PipelineController
from trigger_studio.studio.document import Document
from trigger_studio.studio.fifo_lock import FifoLock
from trigger_studio.studio.history import Position
from trigger_studio.studio.view_state import ViewState

AUTOSAVE_S = 0.6
AGAIN_S = 5.0
VIEW_STATE = "outlook"
"""The preference's name in the database: an old one, so that what people set is found again."""


@frozen
class Due:
    """What is to be put away.

    Attributes:
        drafts: rule id, the revision it was edited from, and the draft's content (None: drop the draft).
        places: by card; None leaves it to the layout.
        view_state: how this person looks at the flowchart, None if that did not change.
    """

    drafts: tuple[tuple[str, int, dict[str, Any] | None], ...]
    places: dict[str, Position | None]
    view_state: dict[str, Any] | None = None


class Autosave:
    """Puts away what changed, a moment later, and says what still waits for it.

    Args:
        loop: of the window's thread.
        tasks: runs what is asked off the window's thread.
        document: its working copies and dragged cards are put away.
        view_state: how this person looks at the flowchart.
        pipeline: where they are put.
        drafts: held while drafts are written.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        tasks: BackgroundTasks,
        document: Document,
        view_state: ViewState,
        *,
        pipeline: PipelineController,
        drafts: FifoLock,
    ) -> None:
        self._loop, self._tasks, self._pipeline, self._drafts = loop, tasks, pipeline, drafts
        self._document, self._view_state = document, view_state
        self._dirty: set[str] = set()
        self._moved_cards = self._looks_otherwise = False
        self._timer: asyncio.TimerHandle | None = None
        document.watch(self._note_edit)
        view_state.watch(self._note_view)

    async def restore_view(self) -> None:
        """Look at the flowchart as this person did the last time."""
        self._view_state.take(await self._pipeline.call(preferences.read, VIEW_STATE))
        self._looks_otherwise = False  # this is how it was kept

    def _note_edit(self, change: Change) -> None:
        self._dirty.update(change.rules)
        self._moved_cards = self._moved_cards or Part.PLACES in change.parts
        self._save_soon()

    def _note_view(self, _change: None) -> None:
        self._looks_otherwise = True
        self._save_soon()

    def _save_soon(self) -> None:
        if self.pending and self._timer is None:
            self._timer = self._loop.call_later(AUTOSAVE_S, self._begin)

    @property
    def pending(self) -> bool:
        """Whether anything is not put away yet."""
        return bool(self._dirty) or self._moved_cards or self._looks_otherwise

    def _begin(self) -> None:
        self._timer = None
        self.save()

    def save(self) -> None:
        """Put every changed working copy away as a private draft, and for everyone where cards were dragged to."""
        if self.pending and self._pipeline.session is not None:
            self._tasks.start(self._save())

    async def _save(self) -> None:
        async with self._drafts.turn():
            due = self.due()
            try:
                version = await self._pipeline.call(put_away, due)
            except TriggerStudioError:
                self._timer = self._timer or self._loop.call_later(AGAIN_S, self._begin)
                raise
            self._is_saved(due, version)

    def due(self) -> Due:
        """What is not put away yet; it stays due until it is, so that closing meanwhile loses nothing."""
        drafts = []
        for rule_id in sorted(self._dirty):
            work = self._document.working(rule_id)
            drafts.append((rule_id, work.base if work else 0, work.content if work else None))
        return Due(
            tuple(drafts),
            self._document.places_due() if self._moved_cards else {},
            self._view_state.kept() if self._looks_otherwise else None,
        )

    def _is_saved(self, due: Due, version: int | None) -> None:
        for rule_id, _, content in due.drafts:
            work = self._document.working(rule_id)
            if (work.content if work else None) is content:
                self._dirty.discard(rule_id)
        if version is not None:
            self._document.places_carried(version, due.places)
        self._looks_otherwise = self._looks_otherwise and due.view_state != self._view_state.kept()
        if self._moved_cards:
            self._moved_cards = bool(self._document.places_due())

    @property
    def waiting(self) -> bool:
        """Whether something is put away in a moment."""
        return self._timer is not None

    def stop(self) -> None:
        """Begin nothing more by itself."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def put_away(session: Session, due: Due) -> int | None:
    """Store what is due; returns the version of the places, if any were stored."""
    for rule_id, base, content in due.drafts:
        if content is None:
            rule_registry.drop_draft(session, rule_id)
        else:
            rule_registry.save_draft(session, rule_id, base, content)
    if due.view_state is not None:
        preferences.write(session, VIEW_STATE, due.view_state)
    return positions.save(session, due.places) if due.places else None
