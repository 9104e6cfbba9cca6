"""What is handed out installs on the oldest Python supported: its builder uses nothing that came later."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LATER = {"filter": ("extractall", "extract", "unpack_archive")}
"""Arguments that came in a later release of Python 3.11, which type checkers take for there from the first one on."""


@pytest.mark.parametrize("folder", ["trigger_studio", "packaging", "tests"])
def test_nothing_needs_a_later_release_of_the_oldest_python(folder: str) -> None:
    found = []
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                found += [
                    f"{path.relative_to(ROOT)}:{node.lineno}"
                    for keyword in node.keywords
                    if node.func.attr in LATER.get(keyword.arg or "", ())
                ]
    assert found == []


def test_continuous_integration_makes_the_package() -> None:
    """The trial itself, installed with the system's own Python, is what finds all else."""
    assert "package" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "$(OLDEST) packaging/build.py" in (ROOT / "Makefile").read_text(encoding="utf-8")
