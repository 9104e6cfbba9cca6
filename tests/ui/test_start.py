"""What the window does not wait for when it starts."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from tests.support.chains import chain_rules
from trigger_studio.decide import rules as decide_rules
from trigger_studio.services import rule_registry
from trigger_studio.services.overview import overview
from trigger_studio.services.session import Session
from trigger_studio.ui.widgets import dressing

NEEDLESS = (
    "alembic", "apprise", "dbos", "httpx", "keyring", "psycopg", "sqlalchemy.dialects.postgresql", "typer", "xml",
    "trigger_studio.engine.loop", "trigger_studio.engine.sandbox", "trigger_studio.engine.world",
    "trigger_studio.services.halt_impact",
    "trigger_studio.services.backtest", "trigger_studio.services.simulation", "trigger_studio.services.rule_preview",
    "trigger_studio.services.engine_host", "trigger_studio.services.templates",
    "trigger_studio.ui.canvas.render.picture", "trigger_studio.ui.shell.command_palette",
    "trigger_studio.ui.shell.exporting",
    "trigger_studio.ui.inspector.actions", "trigger_studio.studio.search.search",
    "trigger_studio.ui.widgets.dialogs", "trigger_studio.ui.shell.gallery", "trigger_studio.ui.shell.run_dialog",
    "trigger_studio.ui.panels.log", "trigger_studio.ui.panels.dry_run",
)  # fmt: skip


def test_a_database_is_opened_and_shown_without_what_only_others_need(sqlite_url: str) -> None:
    with Session(sqlite_url) as session:
        rule_registry.publish(session, chain_rules(2))
    code = (
        "import sys\nimport trigger_studio.app.main\nimport trigger_studio.ui.shell.window\n"
        "from trigger_studio.services.overview import overview\nfrom trigger_studio.services.session import Session\n"
        "with Session(sys.argv[1]) as session:\n    assert len(overview(session).rules) == 2\n"
        f"print([name for name in {NEEDLESS} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, sqlite_url], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_rule_is_compiled_to_be_shown(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Session(sqlite_url) as session:
        rule_registry.publish(session, chain_rules(2))
    monkeypatch.setattr(decide_rules, "compile_rule", None)
    with Session(sqlite_url) as session:
        assert [standing.revision for standing in overview(session).rules] == [1, 1]


def test_what_is_dressed_at_once_looks_like_what_was_dressed_before(qapp: QApplication) -> None:
    sheet = qapp.styleSheet()
    qapp.setStyleSheet("QWidget#marked { min-width: 123px; }")
    try:
        with dressing.dressed_at_once(qapp):
            assert not qapp.styleSheet()
            whole, marked = QWidget(), QWidget(objectName="marked")
            QVBoxLayout(whole).addWidget(marked)
        assert qapp.styleSheet()
        marked.ensurePolished()
        QCoreApplication.sendPostedEvents()
        assert marked.minimumWidth() == 123
    finally:
        qapp.setStyleSheet(sheet)
