"""Work off the window's thread: the only way from a widget to the database."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, ParamSpec, TypeVar

from trigger_studio.errors import TriggerStudioError
from trigger_studio.model.i18n import tr, translate

log = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")
WORKERS = 4


class BackgroundTasks:
    """Runs use cases on a pool of threads, and what follows from them on the window's.

    Args:
        loop: of the window's thread.
        failed: told, in words for a person, when a task ended by an error that nobody expected.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, failed: Callable[[str], None]) -> None:
        self._loop = loop
        self._failed = failed
        self._pool = ThreadPoolExecutor(WORKERS, "work")
        self._urgent = ThreadPoolExecutor(1, "urgent")
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closed = False

    async def call(self, function: Callable[P, R], *args: P.args, **options: P.kwargs) -> R:
        """The result of a use case, awaited; its errors are raised here."""
        return await self._loop.run_in_executor(self._pool, partial(function, *args, **options))

    async def call_urgent(self, function: Callable[P, R], *args: P.args, **options: P.kwargs) -> R:
        """The same for what must not wait behind anything else: a halt, while everybody else waits for the engine."""
        return await self._loop.run_in_executor(self._urgent, partial(function, *args, **options))

    def start(self, task: Coroutine[Any, Any, None]) -> None:
        """Begin something; nobody waits for it. After `close` it is dropped."""
        if self._closed:
            task.close()
            return
        started = self._loop.create_task(self._guarded(task))
        self._tasks.add(started)
        started.add_done_callback(self._tasks.discard)
        started.add_done_callback(lambda _done: task.close())  # it was never begun if the window closed at once

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return bool(self._tasks)

    async def _guarded(self, task: Coroutine[Any, Any, None]) -> None:
        try:
            await task
        except TriggerStudioError as error:
            self._failed(translate(error))
        except asyncio.CancelledError:
            raise
        except Exception as error:  # a bug of ours must show, and must not take the window with it
            log.exception("a task of the window failed")
            self._failed(tr("Something went wrong in the program itself: {0}", error))

    def close(self) -> None:
        """Drop what waits, and wait for the calls under way."""
        self._closed = True
        for task in tuple(self._tasks):
            with contextlib.suppress(RuntimeError):  # the loop may be closed already
                task.cancel()
        for pool in (self._pool, self._urgent):
            pool.shutdown(wait=True, cancel_futures=True)

    def finish(self, function: Callable[P, object], *args: P.args, **options: P.kwargs) -> None:
        """Do one last thing, wait for it, and close."""
        self._closed = True
        self._pool.submit(function, *args, **options)
        for pool in (self._pool, self._urgent):
            pool.shutdown(wait=True)
