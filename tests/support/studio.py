"""The window as a person meets it: opened on a real database, driven by mouse and keys."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import qasync
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QTreeWidgetItem, QWidget
from pytestqt.qtbot import QtBot

from trigger_studio.app import launch
from trigger_studio.engine.state import State
from trigger_studio.model.documents import read_document
from trigger_studio.model.entities import read_pipeline
from trigger_studio.services import pipeline, rule_registry
from trigger_studio.services.session import Session
from trigger_studio.ui.panels.rule_tree import ID

W = TypeVar("W", bound=QWidget)

DEMO = Path(__file__).parents[2] / "resources" / "demo"
MAILS = ("delivery-ready", "delivery-approved", "job-failed")
"""Rules of the demonstration that send mail; left out where no mail server is there to take it."""
LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


def furnish(url: str, *, approve: bool = False) -> None:
    """Put the demonstration's entities and rules into a database."""
    with Session(url) as session:
        pipeline.import_entities(session, read_pipeline(read_document(DEMO / "pipeline.json"), session.profile))
        content = read_document(DEMO / "rules.yaml")
        rules = [rule_registry.checked(session, rule) for rule in content["rules"] if rule["id"] not in MAILS]
        rule_registry.publish(session, rules)
        if approve:
            for rule in rules:
                rule_registry.approve(session, rule.id)


class Studio:
    """A window and the hands on it."""

    def __init__(
        self, bot: QtBot, app: QApplication, url: str, *, farm_speed: float | None = None, bundle: Path | None = None
    ) -> None:
        self.bot = bot
        self.threads = set(threading.enumerate())
        self.loop = qasync.QEventLoop(app)
        asyncio.set_event_loop(self.loop)
        self.window = launch.build(self.loop, farm_speed=farm_speed)
        self.window.resize(1500, 950)
        self.window.show()
        self.window.context.open(url, bundle)
        self.until(lambda: self.context.document.profile is not None and not self.context.busy)

    @property
    def context(self) -> Any:
        return self.window.context

    @property
    def document(self) -> Any:
        return self.window.context.document

    # waiting

    def until(self, holds: Callable[[], object], timeout_s: float = 20.0) -> None:
        """Let the window live until something holds."""
        self.bot.waitUntil(lambda: bool(holds()), timeout=int(timeout_s * 1000))

    def settle(self) -> None:
        """Until nothing is under way."""
        QApplication.processEvents()
        self.until(lambda: not self.context.busy)

    # hands

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click in the middle of a widget that is there to be clicked."""
        assert widget.isVisible(), widget
        assert widget.isEnabled(), widget
        QTest.mouseClick(widget, LEFT, NONE, at or widget.rect().center())
        QApplication.processEvents()

    def type_into(self, widget: QWidget, text: str) -> None:
        """Put the keys into a field, replace what is there."""
        widget.setFocus()
        QTest.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(widget, text)
        QApplication.processEvents()

    def keys(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        """Press keys, wherever the focus is."""
        if QApplication.activeWindow() is None:  # offscreen, nobody gives the focus back when a dialog closes
            self.window.activateWindow()
            self.until(QApplication.activeWindow)
        QTest.keyClick(QApplication.focusWidget() or self.window, key, held)
        QApplication.processEvents()

    def trigger(self, command: str) -> None:
        """A command of the menu."""
        action = self.window.actions_[command]
        assert action.isEnabled(), command
        action.trigger()
        QApplication.processEvents()

    # places

    def field(self, path: str, kind: type[W]) -> W:
        """The form's widget for a place in the rule."""
        form = self.window.inspector._form
        assert form is not None
        widget = form._fields[path]
        assert isinstance(widget, kind), widget
        return widget

    def row_of(self, rule_id: str) -> QTreeWidgetItem:
        """A rule's row in the list."""
        tree = self.window.rules.tree
        for place in range(tree.topLevelItemCount()):
            group = cast(QTreeWidgetItem, tree.topLevelItem(place))
            for inner in range(group.childCount()):
                if group.child(inner).data(0, ID) == rule_id:
                    return group.child(inner)
        raise AssertionError(f"no row for {rule_id}")

    def click_rule(self, rule_id: str) -> None:
        """Click a rule in the list."""
        tree, item = self.window.rules.tree, self.row_of(rule_id)
        tree.scrollToItem(item)
        self.click(tree.viewport(), tree.visualItemRect(item).center())

    def click_card(self, node: str) -> None:
        """Click a card of the flowchart."""
        canvas = self.window.chart.canvas
        canvas.centre_on(node)
        QApplication.processEvents()
        x, y, width, height = canvas._stage.board.places[node]
        view = canvas._viewer
        self.click(view.viewport(), view.mapFromScene(QPointF(x + width / 2, y + height / 2)))

    def dialog(self, kind: type[W]) -> W:
        """The question that is being asked."""
        self.until(lambda: any(isinstance(w, kind) and w.isVisible() for w in QApplication.topLevelWidgets()))
        return next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())

    def engine(self, on: bool) -> None:
        """Switch the engine by its key, and wait until it is."""
        self.trigger("engine")
        wanted = State.RUNNING if on else State.STOPPED
        self.until(lambda: self.context.engine.facts.state is wanted)

    # the end

    def close(self) -> None:
        """Close the window; nothing of it may live on. Closing twice is closing once."""
        if self.loop.is_closed():
            return
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog):
                widget.reject()
        poll = self.window._poll
        self.window.close()
        assert not poll.isActive()
        QApplication.processEvents()
        self.window.deleteLater()
        QApplication.processEvents()
        self.loop.close()
        asyncio.set_event_loop(None)
        left = [t.name for t in set(threading.enumerate()) - self.threads if t.is_alive()]
        assert not left, f"threads live on: {left}"
