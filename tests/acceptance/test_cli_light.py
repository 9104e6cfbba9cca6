"""Commands wait for what they need alone: which modules they load, and what they leave unread."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.engine.steps import rule
from tests.support.engines import open_session

READ_RULES = ("trigger_studio.model.rule", "trigger_studio.decide.rules", "trigger_studio.storage.rule_cache")
NEEDLESS = ("alembic", "rich", "sqlalchemy.orm", "dbos", *READ_RULES)
EVENT = '{"id": "e1", "type": "approved", "entity": "scene", "entity_id": "s1", "project": "aurora"}'


@pytest.mark.parametrize(
    "words", [["emit", "FILE"], ["gates", "list", "--json"], ["limits", "list", "--json"], ["log", "--json"]]
)
def test_a_command_that_looks_at_no_rule_does_not_load_what_reads_them(
    sqlite_url: str, tmp_path: Path, words: list[str]
) -> None:
    open_session(sqlite_url, [rule("a")]).close()
    file = tmp_path / "one.ndjson"
    file.write_text(EVENT)
    arguments = [str(file) if word == "FILE" else word for word in words]
    script = f"""
import sys
from trigger_studio.app.main import main
code = main({["--db", sqlite_url, *arguments]!r})
print(code, [name for name in {NEEDLESS!r} if name in sys.modules], file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr.splitlines()[-1] == "0 []"
