"""Counts as people read them."""

from __future__ import annotations


def count(number: int, what: str) -> str:
    """``1 event``, ``2 events``."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
