"""Limits in the window's words."""

from __future__ import annotations

from trigger_studio.model.counting import count
from trigger_studio.model.duration import spoken
from trigger_studio.model.i18n import N_, tr
from trigger_studio.model.limit import ONE, Limit

KINDS = {
    "firings": N_("firings that start"),
    "gpu_hours": N_("GPU-hours that are started"),
    "failures": N_("failed firings, before the rule pauses"),
}


def in_words(limit: Limit) -> str:
    """``60 firings within 1 min``."""
    measure, window = count(limit.amount, ONE[limit.kind]), spoken(limit.window_s)
    if limit.kind == "failures":
        return tr("{0} within {1}, then the rule pauses", measure, window)
    return tr("{0} within {1}", measure, window)
