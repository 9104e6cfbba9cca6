"""One look at the database for all who listen."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from typing import Final

import orjson

from trigger_studio.api.door import Door
from trigger_studio.errors import TriggerStudioError, Unavailable
from trigger_studio.frozen import frozen
from trigger_studio.services import news
from trigger_studio.services.news import Batch, Item
from trigger_studio.storage.news import Gaps, Mark
from trigger_studio.storage.watch import Bell, Watch

log = logging.getLogger(__name__)

LOOK_S: Final = 1.0
"""A look stands behind every wake-up call."""
AGAIN_S: Final = 1.0
QUIET_S: Final = 0.02
"""Between two looks, however much is going on."""
BACKLOG: Final = 1_000
"""Frames that a slow listener may be behind; then it is cut, and comes back with what it has seen."""


@frozen
class Frame:
    """News as they are sent.

    Attributes:
        parts: each piece, and its text without an id.
        id: of the whole.
        mark: behind it.
    """

    parts: tuple[tuple[Item, bytes], ...]
    id: bytes
    mark: Mark


def frame_of(batch: Batch) -> Frame:
    """A batch, written once for all who listen."""
    parts = [
        (item, b"event: %b\ndata: %b\n\n" % (item.kind.encode(), orjson.dumps(item.document))) for item in batch.items
    ]
    return Frame(tuple(parts), news.text(batch.mark).encode(), batch.mark)


class Listener:
    """A queue of frames; None at its end."""

    def __init__(self, since: Mark) -> None:
        self.since = since
        self.frames: asyncio.Queue[Frame | None] = asyncio.Queue()


class Hub:
    """Looks for news on a thread of its own, while anybody listens."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._bell = Bell()
        self._listeners: set[Listener] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._mark = Mark(0, 0, 0)
        self._gaps = Gaps()
        self._closed = False

    async def join(self) -> Listener:
        """Listen from now on. Raises Unavailable."""
        self._loop = asyncio.get_running_loop()
        if self._thread is None:
            found = await asyncio.to_thread(lambda: news.newest(self._door.session()))
            if self._thread is None:
                self._mark = found
                self._thread = threading.Thread(target=self._run, name="news", daemon=True)
                self._thread.start()
        listener = Listener(self._mark)
        self._listeners.add(listener)
        if self._closed:
            self._end(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """Listen no more."""
        self._listeners.discard(listener)
        if not self._listeners:
            self._bell.ring()

    @property
    def listening(self) -> int:
        return len(self._listeners)

    def close(self) -> None:
        """End every stream; what comes later is said to nobody. Safe from any thread."""
        self._closed = True
        self._bell.ring()
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._end_all)

    def _end_all(self) -> None:
        for listener in list(self._listeners):
            self._end(listener)

    def _end(self, listener: Listener) -> None:
        self._listeners.discard(listener)
        listener.frames.put_nowait(None)

    def _run(self) -> None:
        watch: Watch | None = None
        mark = self._mark
        while not self._closed and self._loop is not None:
            try:
                session = self._door.session()
                watch = watch or Watch(session.database, self._bell)
                with session.database.plain_words():
                    watch.wait(LOOK_S)
                mark = self._look(mark)
            except Unavailable:
                _let_go(watch)
                watch = None
                threading.Event().wait(AGAIN_S)
            except TriggerStudioError as error:
                log.warning("the stream cannot go on: %s", error)
                self._loop.call_soon_threadsafe(self._end_all)
                threading.Event().wait(AGAIN_S)
            except Exception:
                log.exception("the stream stumbled by a fault of the program")
                threading.Event().wait(AGAIN_S)
        _let_go(watch)
        self._bell.close()

    def _look(self, mark: Mark) -> Mark:
        while not self._closed:
            batch = news.read(self._door.session(), mark, self._gaps)
            if batch.mark != mark:
                mark = batch.mark
                self._tell(self._spread, frame_of(batch))
            if not batch.more:
                break
        threading.Event().wait(QUIET_S)
        return mark

    def _tell(self, what: Callable[[Frame], None], frame: Frame) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(what, frame)

    def _spread(self, frame: Frame) -> None:
        self._mark = frame.mark
        for listener in list(self._listeners):
            if listener.frames.qsize() >= BACKLOG:
                self._end(listener)
            else:
                listener.frames.put_nowait(frame)


def _let_go(watch: Watch | None) -> None:
    if watch is not None:
        watch.close()
