"""What an engine is at: all that others know of one that they do not run."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class State(StrEnum):
    """What an engine is at."""

    STOPPED = "stopped"
    RUNNING = "running"
    WAITING = "waiting"  # for the database to come back
    FAILED = "failed"  # by a fault of ours


Listener = Callable[[State, str], None]
"""(state, detail): detail says what is waited for, or what failed."""

ACTOR = "engine"
"""Who pauses a rule that fails too often, in the halt and in the audit trail."""
