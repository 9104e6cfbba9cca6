"""Python's collector of cycles kept out of the way while much is made at once that is not garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """No collection inside; every few thousand new objects would begin one, and find nothing."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def pause_collector() -> None:
    """No collection from now on until `resume_collector`: while a program starts, nearly all that is made stays."""
    gc.disable()


def resume_collector() -> None:
    """Collect again, but look no more at what is there by now: modules, the window, the rules read at the start."""
    gc.freeze()
    gc.enable()
