"""Counts as people read them."""

from __future__ import annotations

from trigger_studio.model.i18n import counted


def count(number: float, what: str) -> str:
    """``1 event``, ``2 events``, ``2.5 GPU-hours``."""
    return counted(number, what, f"{what}s")


def count_english(number: float, what: str) -> str:
    """A count in the source's language, for what is stored: ``1 failed firing``."""
    return f"{number:g} {what if number == 1 else f'{what}s'}"
