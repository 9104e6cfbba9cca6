"""Limits in the window's words."""

from __future__ import annotations

from trigger_studio.model.duration import spoken
from trigger_studio.model.limit import Limit
from trigger_studio.model.speech import mark, tr

KINDS = {
    "firings": mark("firings that start"),
    "gpu_hours": mark("GPU-hours that are started"),
    "failures": mark("failed firings, before the rule pauses"),
}
_SAID = {
    "firings": mark("{0} firings that start within {1}"),
    "gpu_hours": mark("{0} GPU-hours that are started within {1}"),
    "failures": mark("{0} failed firings within {1}, then the rule pauses"),
}


def in_words(limit: Limit) -> str:
    """``60 firings that start within 1 min``."""
    return tr(_SAID[limit.kind], f"{limit.amount:g}", spoken(limit.window_s))
