"""A machine, or its limits for us, that has too little: said in a line, as what it is and not as a fault of ours."""

from __future__ import annotations

import contextlib
import errno

from trigger_studio.errors import Unavailable

FILES_NEEDED = 200
"""An engine sends up to 128 deliveries at once, each over a connection of its own."""


def check_limits() -> None:
    """See that an engine may open as many files as it will.

    Raises:
        Unavailable: it may not.
    """
    with contextlib.suppress(ImportError):  # Windows knows no such limit
        import resource

        allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        if allowed != resource.RLIM_INFINITY and allowed < FILES_NEEDED:
            needs = f"an engine needs to open {FILES_NEEDED} files at once"
            raise Unavailable(f"{needs}, and may open {allowed}: ulimit -n {FILES_NEEDED}")


def shortage(error: BaseException | None) -> str | None:
    """What was lacking where an error began, in words; None if nothing was."""
    while error is not None:
        if found := _lacking(error):
            return found
        error = error.__cause__ or error.__context__
    return None


def _lacking(error: BaseException) -> str | None:
    number = error.errno if isinstance(error, OSError) else None
    text = str(error)
    if number in (errno.EMFILE, errno.ENFILE):
        return "too many open files: raise the limit (ulimit -n)"
    unmapped = isinstance(error, ImportError) and ("failed to map" in text or "cannot allocate memory" in text)
    if isinstance(error, MemoryError) or number == errno.ENOMEM or unmapped:
        return "there is not enough memory: raise the limit (ulimit -v), or end something else"
    if isinstance(error, RuntimeError) and "can't start new thread" in text:
        return "no further thread can be started: raise the limits (ulimit -u, ulimit -v)"
    return None
