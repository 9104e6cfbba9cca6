"""The generated parts of the docs: the rooms from the import rules, and the commands from the command line itself.

python packaging/architecture.py [--check]
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import typer
import typer.main
from typer.core import TyperGroup

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ROOT / "docs" / "architecture.md"
COMMANDS = ROOT / "docs" / "reference" / "commands.md"
SHARED = (
    "Made from the program by `make docs`. Every command has `--help`.",
    "",
    "Every command also takes `--db URL` (or `TRIGGER_STUDIO_DB`; otherwise a file in your data folder),",
    "`--profile FILE` (or `TRIGGER_STUDIO_PROFILE`) and `--json`: then standard output holds one JSON",
    "document, or one a line where said.",
    "Exit 0: done. 1: the answer is no. 2: bad input, with one line a fault on standard error.",
)
BETWEEN = re.compile(r"(<!-- rooms:[^\n]*-->\n).*?(<!-- end of rooms -->)", re.DOTALL)


def rooms() -> str:
    """A Mermaid picture of the layers; what stands in one line may not import each other."""
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(rule["layers"] for rule in rules if rule["id"] == "rooms")
    levels = [[name.strip() for name in layer.split("|")] for layer in layers]
    lines = ["```mermaid", "flowchart TD"]
    for upper, lower in pairwise(levels):
        lines += [f"  {above} --> {below}" for above in upper for below in lower]
    return "\n".join([*lines, "```", ""])


def commands() -> str:
    """Every command with its options, from the program's own help."""
    told = ["# Commands", "", *SHARED, ""]
    for path, command in sorted(_leaves(_root(), ()), key=lambda leaf: leaf[0]):
        told += [f"## {' '.join(path)}", "", (command.help or "").strip().split("\n\n")[0].replace("\n", " "), ""]
        own = (p for p in command.params if not p.hidden and p.name not in ("db", "profile", "json"))
        rows = [_row(parameter) for parameter in own]
        told += ["| | |", "| --- | --- |", *rows, ""] if rows else []
    return "\n".join(told).rstrip() + "\n"


def _root() -> TyperGroup:
    from trigger_studio.cli import tree

    root = typer.main.get_command(tree.app)
    assert isinstance(root, TyperGroup)
    return root


def _leaves(group: TyperGroup, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    context = typer.Context(group)
    for name in group.list_commands(context):
        command: Any = group.get_command(context, name)
        if isinstance(command, TyperGroup):
            yield from _leaves(command, (*path, name))
        elif not command.hidden:
            yield (*path, name), command


def _row(parameter: Any) -> str:
    names = parameter.opts
    shown = ", ".join(names) if names and names[0].startswith("-") else str(parameter.name).upper()
    words = (parameter.help or "").replace("\n", " ").replace("|", "\\|")
    return f"| `{shown}` | {words} |"


def main() -> int:
    """Write the generated parts, or with ``--check`` say which are stale. Returns 1 if one is."""
    page = ROOMS.read_text(encoding="utf-8")
    made = {ROOMS: BETWEEN.sub(lambda m: m.group(1) + rooms() + m.group(2), page), COMMANDS: commands()}
    stale = [path for path, text in made.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv:
        for path in stale:
            print(f"{path.relative_to(ROOT)} is not what `make docs` makes")
        return int(bool(stale))
    for path in stale:
        path.write_text(made[path], encoding="utf-8")
        print(f"wrote {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
