"""What a check of the doctor's found, in words, and what to do about it."""

from __future__ import annotations

from typing import Literal

from trigger_studio.frozen import frozen

FILE_URL = "sqlite:///"

State = Literal["ok", "wrong", "skipped"]


@frozen
class Finding:
    """What one check found.

    Attributes:
        check: its name; stable, for machines.
        says: one sentence.
        do: what to do about it, empty where nothing is wrong.
    """

    check: str
    state: State
    says: str
    do: str = ""


def ok(check: str, says: str) -> Finding:
    """A check that found nothing wrong."""
    return Finding(check, "ok", says)


def wrong(check: str, says: str, do: str) -> Finding:
    """A check that found something, and what to do about it."""
    return Finding(check, "wrong", says, do)
