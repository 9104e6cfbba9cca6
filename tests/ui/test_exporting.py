"""File ▸ Export in the window: the selection or all, in every form, written off the window's thread."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from tests.support.studio import furnish
from tests.ui.conftest import OpenStudio
from trigger_studio.ui.shell import exporting

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every window

RULE = "package-after-sign-off"
NAMES = {"Package a finished cut once an admin has signed it off", "Flag a scene for review when its generation failed"}


def test_export(open_studio: OpenStudio, sqlite_url: str, tmp_path: Path) -> None:
    furnish(sqlite_url)
    studio = open_studio(sqlite_url)
    window = studio.window
    told: list[str] = []
    studio.context.notices.watch(lambda notice: told.append(notice.text))
    studio.until(lambda: window.chart.canvas._stage.board.cards)
    beginnings = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF", "mmd": b"flowchart", "dot": b"digraph"}
    for suffix, beginning in {**beginnings, "json": b"{"}.items():
        exporting.write(window, tmp_path / f"all.{suffix}", [])
        studio.settle()
        assert (tmp_path / f"all.{suffix}").read_bytes().startswith(beginning)
    assert told[-1] == "Wrote all.json."
    everything = (tmp_path / "all.svg").read_text()
    assert all(name in everything for name in NAMES)

    studio.click_rule(RULE)
    studio.trigger("export")
    dialog = studio.dialog(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "part.svg"))
    dialog.reject()
    studio.settle()
    part = (tmp_path / "part.svg").read_text()
    assert {name for name in NAMES if name in part} == {"Package a finished cut once an admin has signed it off"}
    exporting.write(window, tmp_path / "part.mmd", window.chart.canvas.selection_or_rule())
    studio.settle()
    assert (tmp_path / "part.mmd").read_text().count("subgraph") == 1

    exporting.write(window, tmp_path / "none" / "all.svg", [])
    studio.settle()
    assert told[-1].startswith("cannot write")

    exporting.write(window, tmp_path / "all.doc", [])
    studio.settle()
    assert told[-1] == (
        "Not exported: the ending of all.doc names no format. Give it one of .svg, .png, .pdf, .mmd, .dot, .gv, .json."
    )
    assert not (tmp_path / "all.doc").exists()
