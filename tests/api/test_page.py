"""The page on REST: what it says runs, and its table is the one that the checks are made of."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.serving import Api
from trigger_studio.api.description import table

PAGE = (Path(__file__).parents[2] / "docs" / "rest.md").read_text(encoding="utf-8")
BLOCKS = dict(re.findall(r"```(sh|python)\n(.*?)```", PAGE, re.DOTALL))


@pytest.mark.parametrize("kind", ["sh", "python"])
def test_the_day_on_the_page_runs(sqlite_url: str, tmp_path: Path, kind: str) -> None:
    api = Api(sqlite_url, engine=True)
    try:
        script = tmp_path / "day"
        script.write_text(("set -eu\n" if kind == "sh" else "") + BLOCKS[kind])
        command = ["bash", str(script)] if kind == "sh" else [sys.executable, str(script)]
        env = {**os.environ, "URL": api.address, "TOKEN": api.token(), "NO_PROXY": "127.0.0.1"}
        told = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)
        assert told.returncode == 0, told.stdout + told.stderr
    finally:
        api.close()


def test_the_table_of_roles_is_the_one_that_is_checked() -> None:
    rows = [f"| `{operation}` | {', '.join(roles)} | {reach} |" for operation, roles, reach in table()]
    told = PAGE.partition("<!-- roles -->")[2].partition("<!-- /roles -->")[0].strip().splitlines()[2:]
    assert told == rows
