"""The check of imports sees every file: an import of the room above, planted in each folder, is refused."""

from __future__ import annotations

import shutil
import subprocess
import sys
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
