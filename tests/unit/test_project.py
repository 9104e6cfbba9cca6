"""The project's own files: what is imported is declared, what is declared is locked, and no lock names an address."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"].values()
DECLARED = {re.split(r"[^\w.-]", text)[0] for text in PROJECT["project"]["dependencies"]}
OPTIONAL = {re.split(r"[^\w.-]", text)[0] for extra in EXTRAS for text in extra}
LOCKS = ("requirements.lock", "requirements-dev.lock")


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def imported() -> set[str]:
    """Top-level names of the modules that the program imports, wherever in a file."""
    names = set()
    for path in (ROOT / "trigger_studio").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module.split(".")[0])
    return names - set(sys.stdlib_module_names) - {"trigger_studio"}


def test_every_imported_package_is_declared() -> None:
    homes = packages_distributions()
    undeclared = {
        name
        for name in imported()
        if not {normal(home) for home in homes.get(name, [])} & {normal(name) for name in DECLARED | OPTIONAL}
    }
    # `Qt` is NodeGraphQt's name for the binding; the others come with PySide6 and pydantic, in the one fitting version.
    assert undeclared - {"Qt", "shiboken6", "pydantic_core"} == set()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_every_dependency_with_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    entries = re.split(r"\n(?=\S)", text.strip())
    assert all("--hash=sha256:" in entry for entry in entries)
    assert {normal(name) for name in DECLARED} <= {normal(entry.split("==")[0]) for entry in entries}
