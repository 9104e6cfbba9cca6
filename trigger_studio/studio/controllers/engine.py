"""The engine in this window's process: on, off, and how it is doing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from trigger_studio.engine.state import State
from trigger_studio.frozen import frozen
from trigger_studio.services.session import Session
from trigger_studio.studio.background import BackgroundTasks
from trigger_studio.studio.controllers.pipeline import PipelineController
from trigger_studio.studio.observable import Observable

if TYPE_CHECKING:
    from trigger_studio.services.engine_host import EngineThread


@frozen
class EngineFacts:
    """The engine's state for the toolbar and the status bar."""

    state: State = State.STOPPED
    detail: str = ""
    lag_s: float = 0.0


class EngineController:
    """Switches the engine of this process, and tells how it is.

    Args:
        tasks: runs what is asked off the window's thread.
        pipeline: what the engine runs on.
        make_engine: makes the engine when it is first switched on.

    Attributes:
        facts: how the engine is now.
        changed: told of every change of that.
    """

    def __init__(
        self,
        tasks: BackgroundTasks,
        pipeline: PipelineController,
        make_engine: Callable[[Session], EngineThread],
    ) -> None:
        self.facts = EngineFacts()
        self.changed: Observable[EngineFacts] = Observable()
        self._tasks, self._pipeline, self._make_engine = tasks, pipeline, make_engine
        self._thread: EngineThread | None = None
        pipeline.read.watch(self._measure)

    def switch(self, on: bool) -> None:
        """Switch the engine on or off."""
        self._tasks.start(self.switched(on))

    async def switched(self, on: bool) -> None:
        """The same, awaited until it has begun or ended."""
        session = self._pipeline.require()
        if self._thread is None:
            self._thread = self._make_engine(session)
        await self._tasks.call(self._thread.start if on else self._thread.stop)

    def heard(self, state: State, detail: str) -> None:
        """The engine's listener, on the window's thread: there is something to read."""
        self._set(state, detail, self.facts.lag_s if state is State.RUNNING else 0.0)
        self._pipeline.refresh()

    def stop(self) -> None:
        """Stop the engine, and wait for it; on any thread."""
        if self._thread is not None:
            self._thread.stop()

    def _measure(self, waiting: bool) -> None:
        if self._thread is None or self._thread.state is not State.RUNNING:
            return
        if waiting:
            self._tasks.start(self._measure_lag(self._thread))
        else:
            self._running(0.0)

    async def _measure_lag(self, thread: EngineThread) -> None:
        lag_s = await self._tasks.call(thread.lag_s)
        if thread.state is State.RUNNING:
            self._running(lag_s)

    def _running(self, lag_s: float) -> None:
        detail = self.facts.detail if self.facts.state is State.RUNNING else ""
        self._set(State.RUNNING, detail, lag_s)  # what stands still is the engine's to take back

    def _set(self, state: State, detail: str, lag_s: float) -> None:
        facts = EngineFacts(state, detail, lag_s)
        if facts != self.facts:
            self.facts = facts
            self.changed.emit(facts)
