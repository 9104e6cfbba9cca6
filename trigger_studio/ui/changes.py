"""What the document tells those who watch it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Flag, auto


class Part(Flag):
    """What of the document changed."""

    RULES = auto()  # published rules, approvals
    WORK = auto()  # a working copy
    SELECTION = auto()
    HISTORY = auto()
    PIPELINE = auto()  # entities, profile
    HALTS = auto()


@dataclass(frozen=True, slots=True)
class Change:
    """What changed, of which rule (None: of any), and who asked for it."""

    parts: Part
    rule: str | None = None
    source: object = None
