"""Whether anything on the screen may move by itself: a person's choice, kept for this machine."""

from __future__ import annotations

from PySide6.QtCore import QSettings

_KEY = "reduced_motion"


def reduced() -> bool:
    """Whether the person wants things to stand still."""
    return bool(_settings().value(_KEY, False, type=bool))


def reduce(on: bool) -> None:
    """Remember the choice."""
    settings = _settings()
    settings.setValue(_KEY, on)
    settings.sync()


def _settings() -> QSettings:
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "trigger-studio", "window")
