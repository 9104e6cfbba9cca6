"""The window's composition root: builds every object once, hands it down, and runs until the window is closed."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from trigger_studio.model.printing import printable

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from trigger_studio.ui.shell.window import MainWindow

SETTLE_MS = 250
GIVE_UP_MS = 30_000
STARTED_MS = 3_000
"""By then what is read at the start is there; from then on garbage is collected."""


def run(
    url: str,
    *,
    screenshot: Path | None = None,
    bundle: Path | None = None,
    size: tuple[int, int] = (1600, 1000),
    theme: str | None = None,
    farm_speed: float | None = None,
    engine: bool = False,
) -> int:
    """Open the window on a pipeline and run until it is closed.

    Args:
        url: of the database.
        screenshot: save a picture of the window there once everything is loaded and painted, and end.
        bundle: rules to open as private drafts.
        size: of the window, in device-independent pixels.
        theme: ``light``, ``dark``, or None for the system's.
        farm_speed: how many times faster than the profile says a simulated farm completes jobs; None for no such farm.
        engine: switch the engine on at once.

    Returns: the exit status: 0, or 2 if the pipeline could not be opened for a screenshot.
    """
    if screenshot is not None and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from trigger_studio.gc_control import pause_collector, resume_collector

    pause_collector()
    import qasync
    from PySide6.QtCore import QTimer, qInstallMessageHandler

    from trigger_studio.ui.widgets import dressing

    qInstallMessageHandler(say)
    app = _application(theme)
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    with loop:
        with dressing.dressed_at_once(app):
            window = build(loop, farm_speed=farm_speed)
        window.resize(*size)
        window.show()
        window.context.open(url, bundle, engine=engine)
        QTimer.singleShot(STARTED_MS, window, lambda: _started(window))
        result = [0]
        if screenshot:
            _shoot_when_ready(window, screenshot, result)
        loop.run_forever()
    resume_collector()
    return result[0]


def _application(theme: str | None) -> QApplication:
    """The application in its theme and language."""
    from PySide6.QtWidgets import QApplication

    from trigger_studio.ui.widgets import dressing, language

    app = QApplication(["trigger-studio"])
    app.setApplicationName("trigger-studio")
    dressing.install(app, dressing.Mode(theme or "system"))
    language.install(app)
    return app


def _started(window: MainWindow) -> None:
    """What can wait until the window stands there."""
    from trigger_studio.gc_control import resume_collector
    from trigger_studio.ui.widgets import system_motion

    resume_collector()
    system_motion.follow(window, window.actions_["calm"])


def say(_kind: object, _context: object, text: str) -> None:
    """Qt's messages, but for what its platform without a screen says of every window."""
    if "propagateSizeHints" not in text:
        print(printable(text), file=sys.stderr)


def build(loop: asyncio.AbstractEventLoop, *, farm_speed: float | None = None) -> MainWindow:
    """A window with all it needs, nothing open in it yet."""
    from trigger_studio.studio.context import StudioContext
    from trigger_studio.ui.shell.bridge import Bridge
    from trigger_studio.ui.shell.window import MainWindow

    bridge = Bridge()
    context = StudioContext(loop, farm_speed=farm_speed, listener=bridge.listen)
    window = MainWindow(context)
    bridge.setParent(window)
    bridge.changed.connect(context.engine.heard)
    window.closed.connect(bridge.close)
    return window


def _shoot_when_ready(window: MainWindow, path: Path, result: list[int]) -> None:
    """Save the picture when everything has come in and been painted, then close."""
    from PySide6.QtCore import QTimer

    from trigger_studio.app.pictures import save
    from trigger_studio.errors import Unavailable

    looking = QTimer(window, interval=SETTLE_MS)
    waited = [0, 0]
    trouble: list[str] = []
    window.context.notices.watch(lambda notice: trouble.append(notice.text) if notice.problem else None)

    def look() -> None:
        waited[0] += SETTLE_MS
        ready = window.context.document.profile is not None and not window.context.busy
        if ready and not waited[1]:
            window.show_best()
        waited[1] = waited[1] + 1 if ready else 0
        if waited[1] < 3 and not trouble and waited[0] < GIVE_UP_MS:
            return
        looking.stop()
        if waited[1] < 3:
            print(printable(trouble[0]) if trouble else "the window was not ready in time", file=sys.stderr)
            result[0] = 2
        else:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                save(window, path)
            except (OSError, Unavailable) as error:
                print(printable(str(error)), file=sys.stderr)
                result[0] = 2
        window.close()

    looking.timeout.connect(look)
    looking.start()
