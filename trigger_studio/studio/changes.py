"""What the document tells those who watch it."""

from __future__ import annotations

from enum import Flag, auto

from trigger_studio.frozen import frozen


class Part(Flag):
    """What of the document changed."""

    RULES = auto()  # published rules, approvals
    WORK = auto()  # a working copy
    SELECTION = auto()
    HISTORY = auto()
    PIPELINE = auto()  # entities, profile
    HALTS = auto()
    PLACES = auto()  # where cards were dragged to


@frozen
class Change:
    """What changed, and who asked for it.

    Attributes:
        rule: the rule it is about; None where it is about several, or about none.
        rules: every rule whose working copy changed.
    """

    parts: Part
    rule: str | None = None
    source: object = None
    rules: tuple[str, ...] = ()
