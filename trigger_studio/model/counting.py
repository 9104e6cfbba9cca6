"""Counts as people read them."""

from __future__ import annotations

from trigger_studio.model.speech import counted


def count(number: int, what: str) -> str:
    """``1 event``, ``2 events``."""
    return counted(number, what, f"{what}s")
