"""Editing without a database: the real document, flowchart and commands, with rules published by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from trigger_studio.model.bundle import parse_bundle
from trigger_studio.model.documents import read_document
from trigger_studio.model.profiles import load_profile
from trigger_studio.model.rule import Rule
from trigger_studio.services.overview import Overview
from trigger_studio.services.rule_registry import Standing
from trigger_studio.studio.context import StudioContext
from trigger_studio.studio.controllers.notices import Notice
from trigger_studio.ui.canvas.view.palette import mime_of
from trigger_studio.ui.shell.chart_view import ChartView
from trigger_studio.ui.shell.editor import Editor

PROFILE = load_profile()
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
DEMO = Path(__file__).parents[2] / "resources" / "demo" / "rules.yaml"


class _Nobody:
    def __call__(self, *_facts: object) -> None:
        """Nobody listens to an engine that there is not."""


def demo_rules() -> list[Rule]:
    """The rules of the demonstration."""
    return parse_bundle(read_document(DEMO), PROFILE)


class Bench:
    """A flowchart with its editor, and the hands on them."""

    def __init__(self, rules: Sequence[Rule] | None = None) -> None:
        self.loop = asyncio.new_event_loop()
        self.context = StudioContext(self.loop, farm_speed=None, listener=_Nobody())
        self.document = self.context.document
        self.asked: list[list[str]] = []
        self.told: list[Notice] = []
        self.context.notices.watch(self.told.append)
        self.view = ChartView(self.document, self.context.activity, self.context.view_state, self.context.notices)
        self.editor = Editor(
            self.document, self.context.rules, self.context.notices, self.view, lambda ids: self.asked.append(list(ids))
        )
        self.view.use(self.editor)
        self.view.resize(1400, 900)
        self.view.show()
        chosen = demo_rules() if rules is None else rules
        self.document.load(Overview(1, PROFILE, tuple(Standing(r, 1, "") for r in chosen), (), (), ()))
        self.settle()
        self.canvas = self.view.canvas
        self.port = self.canvas._viewer.viewport()

    def close(self) -> None:
        """Put everything away."""
        self.context.close()
        self.view.close()
        self.view.deleteLater()
        QApplication.processEvents()
        self.loop.close()

    def settle(self) -> None:
        """Until the chart shows what the document says."""
        QApplication.processEvents()
        while self.view._redraw.isActive() or self.view._dropped.isActive():
            QApplication.processEvents()

    def state(self) -> bytes:
        """Everything that undo brings back: every rule's document, and where cards stand."""
        contents = {rule_id: self.document.content(rule_id) for rule_id in self.document.ids()}
        return orjson.dumps([contents, self.document.places], option=orjson.OPT_SORT_KEYS)

    def actions(self, rule_id: str) -> list[Any]:
        """A rule's actions."""
        content = self.document.content(rule_id)
        assert content is not None
        actions: list[Any] = content["actions"]
        return actions

    # places of the viewport

    def near(self, node: str) -> None:
        """Look at a card from near."""
        self.canvas.centre_on(node)
        self.settle()

    def at(self, node: str, share: float = 0.5) -> QPointF:
        """A point of a card: its left edge at 0, its right at 1."""
        x, y, width, height = self.canvas._stage.board.places[node]
        return QPointF(self.canvas._viewer.viewportTransform().map(QPointF(x + width * share, y + height / 2)))

    def on_wire(self, source: str, target: str) -> QPointF:
        """A point of a line, away from its ends."""
        wires = self.canvas._viewer.near.wires.values()
        points = next(i.points for i in wires if (i.wire.source, i.wire.target) == (source, target))
        (x0, y0), (x1, y1) = points[0], points[1]
        return QPointF(self.canvas._viewer.viewportTransform().map(QPointF((x0 + x1) / 2, (y0 + y1) / 2)))

    # hands

    def move(self, at: QPointF, held: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
        """The mouse goes there."""
        there = self.port.mapToGlobal(at)
        event = QMouseEvent(QEvent.Type.MouseMove, at, there, Qt.MouseButton.NoButton, held, NONE)
        QApplication.sendEvent(self.port, event)

    def click(self, at: QPointF, keys: Qt.KeyboardModifier = NONE) -> None:
        """A click there."""
        QTest.mouseClick(self.port, LEFT, keys, at.toPoint())
        self.settle()

    def drag(self, start: QPointF, end: QPointF, *, drop: bool = True) -> None:
        """Drag from here to there."""
        QTest.mousePress(self.port, LEFT, NONE, start.toPoint())
        for share in (0.2, 0.6, 1.0):
            self.move(start + (end - start) * share, LEFT)
        if drop:
            QTest.mouseRelease(self.port, LEFT, NONE, end.toPoint())
            self.settle()

    def drop_new(self, item: str, at: QPointF, *, drop: bool = True) -> None:
        """Drag a thing of the palette there, and let it go."""
        mime = mime_of(item)
        copying = Qt.DropAction.CopyAction
        QApplication.sendEvent(self.port, QDragEnterEvent(at.toPoint(), copying, mime, LEFT, NONE))
        QApplication.sendEvent(self.port, QDragMoveEvent(at.toPoint(), copying, mime, LEFT, NONE))
        if drop:
            QApplication.sendEvent(self.port, QDropEvent(at, copying, mime, LEFT, NONE))
            self.settle()

    def aimed(self) -> tuple[str, bool]:
        """What the words beside the mouse say, and whether it can be."""
        target = self.canvas._viewer.marks.target
        return (target.words, target.possible) if target is not None else ("", False)
