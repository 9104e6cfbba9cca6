"""Nothing that people wrote is read as markup, nor its ampersands as underlines: by the source, and by real widgets."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex
from PySide6.QtGui import QAction, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QMenu,
    QWidget,
)

from tests.support.studio import Studio
from tests.ui.conftest import OpenStudio
from trigger_studio.model.entities import read_pipeline
from trigger_studio.model.event_codec import EventParser
from trigger_studio.model.limit import Limit
from trigger_studio.services import bus, controls, limits, pipeline, rule_registry
from trigger_studio.services.engine_host import make_engine
from trigger_studio.services.session import Session
from trigger_studio.ui.widgets.plain import literal, plain

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"support raise\(\)", "grabbing the keyboard")

ROOT = Path(__file__).resolve().parents[2] / "trigger_studio"
TIPS = {"setToolTip": -1, "setStatusTip": -1, "setWhatsThis": -1, "showMessage": 0, "showText": 1}
"""What sets a tip, and where among its arguments the text stands."""
MARKUP = "<img src=x><b>bold</b>"
EVIL = f"{MARKUP} R&D"
ROLES = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.StatusTipRole, Qt.ItemDataRole.WhatsThisRole)


def test_a_tip_is_escaped_only_where_it_would_be_read_as_markup() -> None:
    for text in ("a < b & c", "Zwei\nZeilen", ""):
        assert plain(text) == text
    assert MARKUP not in plain(EVIL)
    assert "&lt;img src=x&gt;" in plain(EVIL)
    assert literal("R&D") == "R&&D"


# ---- by the source


def calls() -> Iterator[tuple[str, ast.Call, str]]:
    """(where, call, name of what is called), in the window's rooms."""
    for path in sorted([*(ROOT / "ui").rglob("*.py"), *(ROOT / "app").rglob("*.py")]):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node, name


def is_ours(text: ast.expr) -> bool:
    """Whether a text is one of ours as it stands, or went through `plain`."""
    if isinstance(text, ast.IfExp):
        return is_ours(text.body) and is_ours(text.orelse)
    if isinstance(text, ast.Call):
        name = text.func.attr if isinstance(text.func, ast.Attribute) else getattr(text.func, "id", "")
        return name == "plain" or (name == "tr" and all(isinstance(item, ast.Constant) for item in text.args))
    return isinstance(text, ast.Constant)


def test_every_tip_goes_through_the_one_helper() -> None:
    bare = [where for where, call, name in calls() if name in TIPS and not is_ours(call.args[TIPS[name]])]
    assert bare == []


def test_every_label_says_that_it_is_plain() -> None:
    bare = [where for where, _call, name in calls() if name in ("QLabel", "QMessageBox", "QTextBrowser", "setHtml")]
    assert len(bare) == 1  # in `kit.label`
    for path in (ROOT / "ui").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and any(getattr(base, "id", "") == "QLabel" for base in node.bases):
                assert "TextFormat.PlainText" in ast.unparse(node), f"{path.relative_to(ROOT)}:{node.lineno}"
            if isinstance(node, ast.FunctionDef) and "ToolTipRole" in ast.unparse(node):
                assert "plain(" in ast.unparse(node), f"{path.relative_to(ROOT)}:{node.lineno}"


# ---- by real widgets


def furnish(url: str) -> None:
    """A pipeline in which everything that people name is named like that."""
    with Session(url) as session:
        home = {"project": EVIL, "character": EVIL}
        entities = {
            "projects": [{"id": EVIL, "name": EVIL}],
            "characters": [{"id": EVIL, "name": EVIL, "project": EVIL}],
            "scenes": [{"id": EVIL, "name": EVIL, **home}],
        }
        pipeline.import_entities(session, read_pipeline(entities, session.profile))
        where = {"field": "variant", "op": "ne", "value": EVIL}
        gate = {"type": "gate", "message": EVIL}
        mail = {"type": "send_notification", "channel": "email", "to": ["a@example.org"], "message": EVIL}
        lift = {"type": "set_status", "status": "approved"}
        for name, actions, event in (
            ("one", [{"type": "trigger_qa", "params": {"suite": EVIL}}, lift], "completed"),
            ("two", [gate, mail], "approved"),
        ):
            when = {"event": event, "entity": "scene", "where": where, "scope": {"characters": [EVIL]}}
            content = {"id": name, "name": EVIL, "description": EVIL, "project": EVIL, "when": when, "actions": actions}
            rule_registry.publish(session, [rule_registry.checked(session, content)])
        faults: list[Any] = []
        raised: dict[str, Any] = {"id": EVIL, "type": "completed", "entity": "scene", "entity_id": EVIL}
        read = EventParser(session.profile).read(raised | {"attributes": {"variant": "x"}}, faults)
        assert read is not None, faults
        bus.emit(session, [("event", read)])
        make_engine(session, farm=True, until_idle=True).run_until_idle()
        limits.put(session, Limit("project", EVIL, "firings", 5, 3600))
        controls.halt(session, "project", EVIL, EVIL)


COMMANDS = (
    "show-preview", "show-log", "show-limits", "show-gates", "show-jobs", "show-audit", "show-engines", "dry-run",
    "gallery", "new", "raise", "halt", "halt-rule", "resume", "add-limit", "shortcuts", "jump-ahead", "jump-back",
)  # fmt: skip


def texts_of(widget: QWidget) -> Iterator[tuple[str, str]]:
    """(what is wrong, text) of a widget, its model and its actions."""
    for tip in (widget.toolTip(), widget.statusTip(), widget.whatsThis()):
        if Qt.mightBeRichText(tip) and MARKUP in tip:
            yield "tip", tip
    if isinstance(widget, QLabel) and widget.textFormat() != Qt.TextFormat.PlainText and "R&D" in widget.text():
        yield "label", widget.text()
    if isinstance(widget, QAbstractButton) and "R&D" in widget.text():
        yield "button", widget.text()
    actions = [*widget.actions(), *(widget.menuAction() for _ in (0,) if isinstance(widget, QMenu))]
    tips = not isinstance(widget, QMenu) or widget.toolTipsVisible()  # a menu shows no tips unless it is told to
    for action in actions:
        yield from _texts_of_action(action, tips)
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _texts_of_model(widget.model(), QModelIndex())
    if isinstance(widget, QComboBox):
        yield from _texts_of_model(widget.model(), QModelIndex())


def _texts_of_action(action: QAction, tips: bool) -> Iterator[tuple[str, str]]:
    if "R&D" in action.text():
        yield "action", action.text()
    for tip in (action.toolTip(), action.statusTip()) if tips else ():
        if Qt.mightBeRichText(tip) and MARKUP in tip:
            yield "action's tip", tip


def _texts_of_model(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[tuple[str, str]]:
    for place in range(model.rowCount(parent)):
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)):
            index = model.index(place, column, parent)
            for role in ROLES:
                tip = str(model.data(index, role) or "")
                if Qt.mightBeRichText(tip) and MARKUP in tip:
                    yield "item", tip
        yield from _texts_of_model(model, model.index(place, 0, parent))


def looked_through(studio: Studio) -> list[tuple[str, str, str]]:
    studio.settle()
    found = []
    for top in QApplication.topLevelWidgets():
        for widget in (top, *top.findChildren(QWidget)):
            found += [(type(widget).__name__, kind, text) for kind, text in texts_of(widget)]
    return found


def test_no_widget_reads_a_name_as_markup(open_studio: OpenStudio, sqlite_url: str) -> None:
    furnish(sqlite_url)
    studio = open_studio(sqlite_url)
    studio.until(lambda: studio.window.chart.graph is not None)
    seen: list[str] = []
    for rule in ("one", "two"):
        studio.document.select(rule)
        studio.settle()
        assert looked_through(studio) == []
    for command in COMMANDS:
        action = studio.window.actions_[command]
        if action.isEnabled():
            seen.append(command)
            action.trigger()
            assert looked_through(studio) == []
            for dialog in QApplication.topLevelWidgets():
                if isinstance(dialog, QDialog) and dialog.isVisible():
                    dialog.reject()
    assert len(seen) > len(COMMANDS) // 2
