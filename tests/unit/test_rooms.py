"""The check of imports sees every file: an import of the room above, planted in each folder, is refused."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "trigger_studio"
TOP = {"app"}
"""What may import everything."""


def folders() -> list[Path]:
    """Every folder of modules below the package, as a path inside it."""
    found = {file.parent.relative_to(PACKAGE) for file in PACKAGE.rglob("*.py")}
    return sorted(folder for folder in found if folder.parts and folder.parts[0] not in TOP)


def test_every_folder_is_a_package() -> None:
    scripts = {Path("storage/migrations"), Path("storage/migrations/versions")}  # run by Alembic, imported by nobody
    assert [
        folder for folder in folders() if folder not in scripts and not (PACKAGE / folder / "__init__.py").is_file()
    ] == []


def refusals(tmp_path: Path, planted: dict[Path, str]) -> str:
    """What the check tells of modules planted in folders of the package; it has to refuse."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PACKAGE, tmp_path / "trigger_studio", ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for folder, line in planted.items():
        (tmp_path / "trigger_studio" / folder / "planted.py").write_text(f"{line}\n")
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    told = subprocess.run(
        command, cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert told.returncode == 1, told.stderr
    return told.stdout


def test_an_import_of_a_higher_room_is_refused_in_every_folder(tmp_path: Path) -> None:
    planted = [folder for folder in folders() if (PACKAGE / folder / "__init__.py").is_file()]
    told = refusals(tmp_path, dict.fromkeys(planted, "from trigger_studio.app import main"))
    names = [".".join(("trigger_studio", *folder.parts, "planted")) for folder in planted]
    assert [name for name in names if name not in told] == []


def test_sql_outside_the_storage_room_is_refused(tmp_path: Path) -> None:
    rooms = ("services", "execution", "engine", "studio", "cli", "ui/shell")
    lines = ["import sqlalchemy", "from trigger_studio.storage import tables"]
    planted = {Path(room): lines[place % 2] for place, room in enumerate(rooms)}
    told = refusals(tmp_path, planted)
    assert [room for room in rooms if f"trigger_studio.{room.replace('/', '.')}.planted ->" not in told] == []


FILE, CLASS, FUNCTION = 400, 250, 50
"""Most lines."""
LARGER = {
    "tests/property/days.py Day": 256,
    "tests/property/reference.py": 532,
    "tests/property/reference.py Reference": 485,
    "tests/ui/test_canvas.py": 426,
    "tests/ui/test_window.py test_the_main_path": 86,
    "tests/unit/test_reference.py": 631,
    "trigger_studio/engine/loop.py Engine": 284,
    "trigger_studio/storage/source.py SqlSource": 296,
    "trigger_studio/studio/document.py Document": 252,
    "trigger_studio/ui/canvas/render/chart_index.py ChartIndex": 294,
    "trigger_studio/ui/canvas/render/overview_renderer.py OverviewRenderer": 279,
    "trigger_studio/ui/canvas/view/viewer.py ChartViewer": 350,
}
"""What is larger as yet, with its lines: it may only shrink. The second reading of the promises is one on purpose."""


def _sizes() -> Iterator[tuple[str, int, int]]:
    """Name, lines, most lines, of every file, class and function but of migrations, which are never edited."""
    for file in (path for folder in ("trigger_studio", "tests", "packaging") for path in (ROOT / folder).rglob("*.py")):
        name, text = file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8")
        if "migrations/versions" in name:
            continue
        yield name, text.count("\n"), FILE
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                most = CLASS if isinstance(node, ast.ClassDef) else FUNCTION
                yield f"{name} {node.name}", (node.end_lineno or 0) - node.lineno + 1, most


def test_nothing_is_too_large() -> None:
    too_large = {name: lines for name, lines, most in _sizes() if lines > most}
    assert {name: lines for name, lines in too_large.items() if lines > LARGER.get(name, 0)} == {}
    assert sorted(set(LARGER) - set(too_large)) == []  # what has shrunk is no exception any more


def _imported(tree: ast.AST, modules: set[str]) -> Iterator[str]:
    """Modules of ours that are imported when the code runs, at its start or later."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            yield from (name if name in modules else node.module for name in names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        yield from _imported(node, modules)


def test_no_imports_go_in_a_circle() -> None:
    """Not even through imports inside functions; what only a type checker reads does not count."""
    files = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in PACKAGE.rglob("*.py")
    }
    modules = set(files)
    graph = {
        name: {to for to in _imported(ast.parse(path.read_text(encoding="utf-8")), modules) if to in modules} - {name}
        for name, path in files.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        raise AssertionError(" → ".join(error.args[1])) from None
