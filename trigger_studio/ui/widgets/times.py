"""Times for people: in their own zone, as short as can be, as their language writes them."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale

from trigger_studio.model.i18n import tr


def short(text: str | None) -> str:
    """An RFC 3339 time as ``14:03:07``, or ``20 Nov 14:03`` when it was not today."""
    moment = _moment(text)
    if moment is None:
        return text or ""
    today = moment.date() == datetime.now().astimezone().date()
    return moment.strftime("%H:%M:%S") if today else _said(moment, tr("dd MMM HH:mm"))


def exact(text: str) -> str:
    """An RFC 3339 time to the second, with the day: ``20 Nov 09:31:04``."""
    moment = _moment(text)
    return _said(moment, tr("dd MMM HH:mm:ss")) if moment is not None else text


def short_s(moment_s: float | None) -> str:
    """The same of seconds since the epoch."""
    return "" if moment_s is None else short(datetime.fromtimestamp(moment_s).astimezone().isoformat())


def _moment(text: str | None) -> datetime | None:
    """The moment in the person's zone; None for what is none."""
    try:
        return datetime.fromisoformat(text).astimezone() if text else None
    except ValueError:
        return None


def _said(moment: datetime, pattern: str) -> str:
    """By a pattern of Qt's, with the month's name in the language that is spoken."""
    when = QDateTime(moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
    return QLocale(tr("en")).toString(when, pattern)
