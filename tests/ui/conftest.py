"""The window on a database of the test's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.studio import Studio
from trigger_studio.ui.widgets import dressing

OpenStudio = Callable[..., Studio]


@pytest.fixture
def open_studio(qtbot: QtBot, qapp: QApplication) -> Iterator[OpenStudio]:
    """Opens windows; every one is closed at the end, and must leave nothing behind."""
    dressing.install(qapp, dressing.Mode.LIGHT)
    opened: list[Studio] = []

    def make(url: str, **options: Any) -> Studio:
        opened.append(Studio(qtbot, qapp, url, **options))
        return opened[-1]

    yield make
    for studio in opened:
        studio.close()


@pytest.fixture(scope="session", autouse=True)
def nothing_on_the_clipboard(qapp: QApplication) -> Iterator[None]:
    """What Python put there must go before Python does: offscreen, Qt keeps it to the very end of the process."""
    yield
    qapp.clipboard().clear()
