"""File ▸ Export: the chart, or what is selected of it, as a picture or as text for other programs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFileDialog

from trigger_studio.analysis.graph import export
from trigger_studio.analysis.graph.chain_graph import ChainGraph, chain_graph
from trigger_studio.model.i18n import tr
from trigger_studio.services.files import write_whole
from trigger_studio.ui.canvas.render.picture import Form

if TYPE_CHECKING:
    from trigger_studio.studio.context import StudioContext
    from trigger_studio.ui.shell.window import MainWindow

_TEXTS: Final[dict[str, Callable[[ChainGraph], str]]] = {
    "mmd": export.to_mermaid, "dot": export.to_dot, "gv": export.to_dot, "json": export.to_json,
}  # fmt: skip


def ask(window: MainWindow) -> None:
    """Ask where to, and write what is selected there, or all if nothing is."""
    selected = window.chart.canvas.selection_or_rule()
    title = window.tr("Export the selection") if selected else window.tr("Export the flowchart")
    kinds = {
        "svg": window.tr("Scalable picture (*.svg)"), "png": window.tr("Picture (*.png)"),
        "pdf": window.tr("Page (*.pdf)"), "mmd": window.tr("Mermaid (*.mmd)"), "dot": window.tr("Graphviz (*.dot)"),
        "json": window.tr("Graph as data (*.json)"),
    }  # fmt: skip
    dialog = QFileDialog(window, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(list(kinds.values()))
    suffixes = {words: suffix for suffix, words in kinds.items()}
    dialog.filterSelected.connect(lambda words: dialog.setDefaultSuffix(suffixes[words]))
    dialog.setDefaultSuffix("svg")
    dialog.selectFile("chain.svg")
    dialog.fileSelected.connect(lambda name: write(window, Path(name), selected))
    dialog.open()


def write(window: MainWindow, path: Path, cards: list[str]) -> None:
    """Draw these cards, or all, and put them into a file off the window's thread; its name says in which form."""
    graph, suffix = window.chart.graph, path.suffix.lower().lstrip(".")
    if graph is None:
        return
    if suffix in _TEXTS:
        content = _TEXTS[suffix](_part(graph, window, cards)).encode()
    elif suffix in set(Form):
        content = window.chart.canvas.picture(Form(suffix), cards or None)
    else:
        known = ", ".join(f".{ending}" for ending in (*Form, *_TEXTS))
        told = window.tr("Not exported: the ending of {0} names no format. Give it one of {1}.")
        window.context.notices.warn(told.format(path.name, known))
        return
    window.context.tasks.start(_write(window.context, path, content))


async def _write(context: StudioContext, path: Path, content: bytes) -> None:
    await context.tasks.call(write_whole, path, content)
    context.notices.inform(tr("Wrote {0}.", path.name))


def _part(graph: ChainGraph, window: MainWindow, cards: list[str]) -> ChainGraph:
    """The graph of the rules that these cards belong to."""
    if not cards:
        return graph
    wanted = {card.split(":")[1] for card in cards if card.startswith("rule:")}
    return chain_graph((rule for rule in window.context.document.shown() if rule.id in wanted), graph.profile)
