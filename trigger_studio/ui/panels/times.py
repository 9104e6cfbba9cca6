"""Times for people: in their own zone, as short as can be."""

from __future__ import annotations

from datetime import datetime


def short(text: str | None) -> str:
    """An RFC 3339 time as ``14:03:07``, or ``20 Nov 14:03`` when it was not today."""
    if not text:
        return ""
    try:
        moment = datetime.fromisoformat(text).astimezone()
    except ValueError:
        return text
    today = moment.date() == datetime.now().astimezone().date()
    return moment.strftime("%H:%M:%S" if today else "%d %b %H:%M")


def exact(text: str) -> str:
    """An RFC 3339 time to the second, with the day: ``20 Nov 09:31:04``."""
    try:
        return datetime.fromisoformat(text).astimezone().strftime("%d %b %H:%M:%S")
    except ValueError:
        return text


def short_s(moment_s: float | None) -> str:
    """The same of seconds since the epoch."""
    return "" if moment_s is None else short(datetime.fromtimestamp(moment_s).astimezone().isoformat())
