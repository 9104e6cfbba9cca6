"""Limits in the window's words."""

from __future__ import annotations

from trigger_studio.model.duration import spoken
from trigger_studio.model.limit import Limit
from trigger_studio.model.speech import mark, tr

KINDS = {
    "firings": mark("firings that start"),
    "gpu_hours": mark("GPU-hours that are started"),
    "failures": mark("failed firings, then the rule pauses"),
}


def in_words(limit: Limit) -> str:
    """``60 firings that start within 1 min``."""
    return tr("{0} {1} within {2}", f"{limit.amount:g}", tr(KINDS[limit.kind]), spoken(limit.window_s))
