"""The pages for who comes next are true: links lead somewhere, files and names exist, generated parts are fresh."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "tests" / "README.md"],
    key=lambda page: page.relative_to(ROOT).as_posix(),
)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
QUOTED = re.compile(r"`([^`\n]+)`")
FILE = re.compile(r"[\w./-]+\.(?:py|yaml|toml|md|sh)")
ROOMS = ("app", "ui", "cli", "studio", "services", "execution", "storage", "engine", "analysis", "decide", "model")


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if "://" in target or target.startswith("mailto:"):
            continue
        path, _, anchor = target.partition("#")
        to = (page.parent / path).resolve() if path else page
        assert to.exists(), target
        if anchor:
            assert anchor in _anchors(to), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_files_that_are_named_exist(page: Path) -> None:
    for name in QUOTED.findall(page.read_text(encoding="utf-8")):
        if FILE.fullmatch(name) and ("/" in name) and name.split("/")[0] in (*ROOMS, "trigger_studio", "tests", "docs"):
            places = (ROOT / name, ROOT / "trigger_studio" / name, page.parent / name)
            assert any(place.exists() for place in places), name


def test_names_in_the_architecture_exist() -> None:
    """ "`path/file.py` `Name.method`" in the page: the module has it."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").replace("\n", " ")
    found = re.findall(r"`((?:trigger_studio/)?[\w/]+)\.py`,? +`([A-Za-z_][\w.]*)`", text)
    assert len(found) > 12
    for path, name in found:
        place = path if path.startswith("trigger_studio/") else f"trigger_studio/{path}"
        thing: object = import_module(place.replace("/", "."))
        for part in name.split("."):
            thing = getattr(thing, part)


def test_generated_parts_are_fresh() -> None:
    done = subprocess.run(
        [sys.executable, "packaging/architecture.py", "--check"],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_docstring_cites_a_page_that_is_not_here() -> None:
    for source in (ROOT / "trigger_studio").rglob("*.py"):
        text = source.read_text(encoding="utf-8")
        assert not re.search(r"\bcontract\b", text), source
        for page in re.findall(r"\b[\w/-]+\.md\b", text):
            places = (ROOT / page, ROOT / "docs" / page, ROOT / "docs" / "reference" / page)
            assert any(place.exists() for place in places), (source, page)
