"""Whether anything on the screen may move by itself: a person's choice, kept for this machine, else the system's."""

from __future__ import annotations

from PySide6.QtCore import QSettings

_KEY = "reduced_motion"
_system = False


def reduced() -> bool:
    """Whether things are to stand still: as a person has said here, else as the desktop asks."""
    settings = _settings()
    return bool(settings.value(_KEY, False, type=bool)) if settings.contains(_KEY) else _system


def reduce(on: bool) -> None:
    """Remember the choice; one that is what the desktop asks for follows the desktop again."""
    settings = _settings()
    if on == _system:
        settings.remove(_KEY)
    else:
        settings.setValue(_KEY, on)
    settings.sync()


def follow_system(reduced_there: bool) -> None:
    """The desktop asks for this from now on."""
    global _system  # noqa: PLW0603 - one desktop for a process
    _system = reduced_there


def _settings() -> QSettings:
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "trigger-studio", "window")
