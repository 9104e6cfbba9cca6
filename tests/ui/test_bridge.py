"""The bridge from the engine's thread to the window's."""

from __future__ import annotations

import threading
import time
from typing import Any

from pytestqt.qtbot import QtBot

from trigger_studio.engine.state import State
from trigger_studio.ui.shell.bridge import THROTTLE_MS, Bridge

STORM_S = 0.5


def test_a_storm_on_another_thread_is_told_now_and_then_on_ours_and_to_its_end(qtbot: QtBot) -> None:
    bridge = Bridge()
    told: list[tuple[Any, ...]] = []
    bridge.changed.connect(lambda state, detail: told.append((state, detail, threading.current_thread())))

    def storm() -> None:
        end = time.monotonic() + STORM_S
        while time.monotonic() < end:
            bridge.listen(State.RUNNING, "")
            time.sleep(0.001)
        bridge.listen(State.STOPPED, "the end")

    thread = threading.Thread(target=storm)
    thread.start()
    qtbot.waitUntil(lambda: bool(told) and told[-1][0] is State.STOPPED)
    thread.join()
    assert told[-1] == (State.STOPPED, "the end", threading.main_thread())
    assert 2 <= len(told) <= 1000 * STORM_S / THROTTLE_MS + 2
    told.clear()
    bridge.listen(State.RUNNING, "")
    qtbot.waitUntil(lambda: len(told) == 1)
    bridge.close()


def test_a_closed_bridge_says_no_more(qtbot: QtBot) -> None:
    bridge = Bridge()
    told: list[object] = []
    bridge.changed.connect(lambda *_: told.append(1))
    bridge.close()
    bridge.listen(State.RUNNING, "")
    qtbot.wait(2 * THROTTLE_MS)
    assert not told
