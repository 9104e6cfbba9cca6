"""What models tell and views listen to, without Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Observable(Generic[T]):
    """Tells its watchers, in the order they came, of every change as a frozen value."""

    def __init__(self) -> None:
        self._watchers: list[Callable[[T], None]] = []

    def watch(self, watcher: Callable[[T], None]) -> None:
        """Call `watcher` with every change from now on."""
        self._watchers.append(watcher)

    def emit(self, change: T) -> None:
        """Tell everyone."""
        for watcher in tuple(self._watchers):
            watcher(change)
