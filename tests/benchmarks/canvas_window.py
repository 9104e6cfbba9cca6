"""The whole window on a database of 1,000 rules: its start in a process of its own, and undo and redo of one edit."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from tempfile import TemporaryDirectory

import qasync
from PySide6.QtWidgets import QApplication

from tests.benchmarks.canvas_view import SIZE
from tests.benchmarks.figures import Figure, latency
from tests.benchmarks.places import Places
from tests.support.chains import chain_rules
from trigger_studio.app import launch
from trigger_studio.services import rule_registry
from trigger_studio.services.session import Session
from trigger_studio.studio.paths import Content
from trigger_studio.ui.shell.window import MainWindow

RULES = 1000
STARTS = 5
TURNS = 30
CHANGES: dict[str, Content] = {
    "text": {"name": "Another name"},
    "trigger": {"when": {"event": "failed", "entity": "scene", "scope": {"characters": ["c100"]}}},
    "action": {"actions": [{"type": "trigger_qa"}] * 6},
}


def figures(app: QApplication, places: Places) -> list[Figure]:
    """Cold start; undo and redo, in the window, of an edit of a text, of a trigger, and of an action more."""
    with places.sqlite() as url:
        with Session(url) as session:
            rule_registry.publish(session, chain_rules(RULES))
        return [_cold_start(url), *_undo(app, url)]


def _cold_start(url: str) -> Figure:
    """From starting the process to 5,000 cards painted, with bytecode as an installed program has it."""
    seconds = []
    with TemporaryDirectory(prefix="ts-bench-") as folder:
        place = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": folder}
        for _ in range(STARTS + 1):
            started = time.perf_counter()
            command = [sys.executable, "-m", "tests.benchmarks.cold_window", url]
            # With a pipe its end is heard at once; to wait with a time limit alone looks only every 50 ms.
            subprocess.run(command, check=True, timeout=120, env=place, stdout=subprocess.PIPE)
            seconds.append(time.perf_counter() - started)
    # The first start of all compiles.
    return latency("cold start to the window with 5,000 cards from the database", seconds[1:], goal="800")


def _undo(app: QApplication, url: str) -> list[Figure]:
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    window = launch.build(loop)
    window.resize(*SIZE)
    window.show()
    window.context.open(url)
    made: list[Figure] = loop.run_until_complete(_undo_all(window))
    window.close()
    loop.run_until_complete(asyncio.sleep(0))  # what the window dropped hears that it was
    loop.close()
    return made


async def _undo_all(window: MainWindow) -> list[Figure]:
    await _settled(window)
    made = []
    untouched = iter(sorted(window.context.document.ids())[502::10])  # the same edit a second time would change nothing
    for place, near in (("near", True), ("full view", False)):
        for name, change in CHANGES.items():
            seconds = await _undo_one(window, next(untouched), change, near=near)
            made.append(latency(f"undo or redo of one {name} in the window, {place}", seconds, goal="10"))
    return made


async def _undo_one(window: MainWindow, rule: str, change: Content, *, near: bool) -> list[float]:
    """Seconds of undo and redo in turn: the document, every panel, the chart, and the painting of it all."""
    document = window.context.document
    content = document.content(rule)
    assert content is not None
    document.edit(rule, {**content, **change})
    document.select(rule)
    await _settled(window)
    window.chart.show_near(rule) if near else window.chart.canvas.zoom_to_fit()
    await asyncio.sleep(1)  # all sprites sharp, the draft put away
    seconds = []
    for index in range(TURNS):
        started = time.perf_counter()
        document.redo() if index % 2 else document.undo()
        while window.chart._redraw.isActive():
            await asyncio.sleep(0)
        QApplication.sendPostedEvents()
        seconds.append(time.perf_counter() - started)
    return seconds


async def _settled(window: MainWindow) -> None:
    while window.context.document.profile is None or window.context.busy:
        await asyncio.sleep(0.01)
