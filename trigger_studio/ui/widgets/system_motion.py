"""Whether the desktop asks that nothing moves: Qt does not tell, so each system is asked in its own way.

On Linux the desktop portal knows (by D-Bus, without waiting for it, and it tells of changes); on Windows and macOS a
setting is read. Where nobody knows, things may move.
"""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import SLOT, QObject, QSettings, Qt, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher, QDBusVariant
from PySide6.QtGui import QAction, QGuiApplication

from trigger_studio.ui.widgets import reduce_motion

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SERVICE: Final = "org.freedesktop.portal.Desktop"
PATH: Final = "/org/freedesktop/portal/desktop"
INTERFACE: Final = "org.freedesktop.portal.Settings"
WAIT_MS: Final = 3000
_CLIENT_AREA_ANIMATION: Final = 0x1042
"""Windows' SPI_GETCLIENTAREAANIMATION."""

ASKED: Final[Mapping[tuple[str, str], Callable[[Any], bool]]] = {
    ("org.freedesktop.appearance", "reduced-motion"): lambda value: value == 1,
    ("org.gnome.desktop.interface", "enable-animations"): lambda value: value is False,
    ("org.kde.kdeglobals.KDE", "AnimationDurationFactor"): lambda value: str(value) in ("0", "0.0"),
}
"""What desktops call it, and when the answer is that nothing should move. Any one of them is enough."""


class SystemMotion(QObject):
    """Asks the desktop whether motion is to be reduced, and follows its changes.

    Signals: `changed`, when the system's wish is first heard, and when it changes.
    """

    changed = Signal(bool)

    def __init__(self, parent: QObject | None = None, bus: QDBusConnection | None = None) -> None:
        super().__init__(parent)
        self._bus = bus
        self._wishes: dict[tuple[str, str], bool] = {}
        self._said: bool | None = None

    def ask(self) -> None:
        """Ask the system, and listen from now on; what it answers comes by `changed`."""
        if sys.platform.startswith("linux"):
            self._ask_portal(self._bus or QDBusConnection.sessionBus())
        else:
            self._say(_told_by_settings())
            app = QGuiApplication.instance()
            if isinstance(app, QGuiApplication):  # a person comes back from the system's settings
                app.applicationStateChanged.connect(self._look_again)

    def _look_again(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:
            self._say(_told_by_settings())

    def _say(self, reduced: bool) -> None:
        if reduced is not self._said:
            self._said = reduced
            self.changed.emit(reduced)

    # the portal

    def _ask_portal(self, bus: QDBusConnection) -> None:
        if not bus.isConnected():
            return
        self._bus = bus
        bus.connect("", PATH, INTERFACE, "SettingChanged", self, SLOT("heard(QDBusMessage)"))  # type: ignore[call-overload]
        for key in ASKED:
            question = QDBusMessage.createMethodCall(SERVICE, PATH, INTERFACE, "Read")
            question.setArguments(list(key))
            waiting = QDBusPendingCallWatcher(bus.asyncCall(question, WAIT_MS), self)
            waiting.finished.connect(partial(self._answered, key, waiting))

    def _answered(self, key: tuple[str, str], waiting: QDBusPendingCallWatcher) -> None:
        answer = waiting.reply()
        waiting.deleteLater()
        if answer.type() == QDBusMessage.MessageType.ReplyMessage:
            self._learn(key, answer.arguments()[0])

    @Slot(QDBusMessage)
    def heard(self, message: QDBusMessage) -> None:
        """The portal tells of any changed setting."""
        area, name, value = message.arguments()
        if (area, name) in ASKED:
            self._learn((area, name), value)

    def _learn(self, key: tuple[str, str], value: Any) -> None:
        while isinstance(value, QDBusVariant):
            value = value.variant()
        self._wishes[key] = ASKED[key](value)
        self._say(any(self._wishes.values()))


def follow(parent: QObject, calm: QAction) -> SystemMotion:
    """Let things move or stand still as the desktop asks, and `calm` show it, as long as `parent` lives."""
    asked = SystemMotion(parent)

    def hear(reduced: bool) -> None:
        reduce_motion.follow_system(reduced)
        calm.setChecked(reduce_motion.reduced())

    asked.changed.connect(hear)
    asked.ask()
    return asked


def _told_by_settings() -> bool:
    """Whether Windows' or macOS' settings ask that nothing moves."""
    if sys.platform == "win32":
        from ctypes import byref, c_int, windll

        moves = c_int(1)
        windll.user32.SystemParametersInfoW(_CLIENT_AREA_ANIMATION, 0, byref(moves), 0)
        return not moves.value
    if sys.platform == "darwin":
        return bool(QSettings("apple.com", "universalaccess").value("reduceMotion", False, type=bool))
    return False
