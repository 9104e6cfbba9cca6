"""The window's language: a person's choice kept for this machine, else the system's; English where we have no other."""

from __future__ import annotations

import os

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QSettings, QTranslator

from trigger_studio import resources
from trigger_studio.model import i18n

CONTEXT = "TriggerStudio"
"""Every text of ours stands in this one context, whichever class says it."""
LANGUAGES = {"en": "English", "de": "Deutsch"}
_KEY = "language"


class _Ours(QTranslator):
    """Looks in our one context whatever class asks, so that a text is translated once."""

    def translate(self, context: str, text: str, disambiguation: str | None = None, number: int = -1) -> str | None:  # type: ignore[override]
        return super().translate(CONTEXT, text, disambiguation or "", number) or None


def chosen() -> str:
    """The language that a person chose here; empty for the system's."""
    return str(_settings().value(_KEY, ""))


def choose(code: str) -> None:
    """Remember the choice, for the next start; empty for the system's language."""
    settings = _settings()
    settings.setValue(_KEY, code)
    settings.sync()


def wanted() -> str:
    """The code of the language to speak: chosen here, else the system's, else English."""
    asked = [chosen(), *os.environ.get("LANGUAGE", "").split(":"), *QLocale.system().uiLanguages()]
    codes = (code.replace("_", "-").split("-")[0].lower() for code in asked)
    return next((code for code in codes if code in LANGUAGES), "en")


def install(app: QCoreApplication, code: str | None = None) -> str:
    """Speak a language from now on, Qt's own words too; returns its code.

    Args:
        code: of the language; None for what is `wanted`.
    """
    code = code or wanted()
    remove(app)
    if code == "en":
        return code
    ours, qts = _Ours(app), QTranslator(app)
    for translator, name, folder in (
        (qts, f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        (ours, f"trigger_studio_{code}", str(resources.path("translations"))),
    ):
        if translator.load(name, folder):
            app.installTranslator(translator)
    i18n.set_translator(lambda text, number=-1: QCoreApplication.translate(CONTEXT, text, None, number))
    return code


def remove(app: QCoreApplication) -> None:
    """Speak English again."""
    for translator in app.findChildren(QTranslator):
        app.removeTranslator(translator)
        translator.deleteLater()
    i18n.set_translator(None)


def _settings() -> QSettings:
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "trigger-studio", "window")
