"""Durations as people write them: 90s, 30m, 12h, 3d, 2w."""

from __future__ import annotations

import re

from trigger_studio.errors import Message

_UNITS_S = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
LONGEST_S = 100 * 365 * 86400.0
"""A hundred years: what is due later than that would leave the calendar."""

_FORM = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)([smhdw])\Z")


def seconds(text: str) -> float:
    """Seconds in a duration such as ``3d``.

    Raises:
        ValueError: the text is not a number followed by s, m, h, d or w, or is over a hundred years.
    """
    match = _FORM.match(text.strip())
    if not match:
        raise ValueError(Message("{0} is no duration; write a number and a unit: 90s, 30m, 12h, 3d or 2w", repr(text)))
    value = float(match[1]) * _UNITS_S[match[2]]
    if value > LONGEST_S:
        raise ValueError(Message("{0} is too long; allowed: up to 36500d", repr(text)))
    return value


def spoken(duration_s: float) -> str:
    """A duration as people say it, to two units: ``45 s``, ``5 min``, ``1 h 30 min``, ``2 d 3 h``."""
    rest = round(duration_s)
    parts = []
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60), ("s", 1)):
        many, rest = divmod(rest, size)
        if many:
            parts.append(f"{many} {unit}")
    return " ".join(parts[:2]) or "0 s"
