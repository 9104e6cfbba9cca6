"""The way along the chain from the selected rule: what may start it and what it may start, as links with the reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QToolButton, QVBoxLayout, QWidget

from trigger_studio.analysis.graph import ChainGraph
from trigger_studio.analysis.neighbours import Neighbour, Neighbours, neighbours
from trigger_studio.ui.changes import Change, Part
from trigger_studio.ui.document import Document
from trigger_studio.ui.kit import Elided, column, empty, label, on_surface
from trigger_studio.ui.theme import Space

MOST_LINKS = 3


class Along(QWidget):
    """See the module; hidden where there is no way to go.

    Args:
        document: where a jump selects.
        graph: the graph that is on screen, None before there is one.
    """

    def __init__(self, document: Document, graph: Callable[[], ChainGraph | None]) -> None:
        super().__init__()
        self._document, self._graph = document, graph
        self._rule = ""
        self.found = Neighbours()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(Space.L, Space.S, Space.L, Space.M)
        self._box.setSpacing(Space.XS)
        on_surface(self)
        document.watch(self._changed)
        self.hide()

    def _changed(self, change: Change) -> None:
        if Part.SELECTION in change.parts:
            self.follow()

    def follow(self) -> None:
        """Show the ways from the selected rule, by the graph as it is now."""
        graph, rule = self._graph(), self._document.selected
        known = graph is not None and any(block.rule == rule for block in graph.blocks)
        found = neighbours(graph, rule) if graph is not None and known else Neighbours()
        if (rule, found) == (self._rule, self.found):
            return
        self._rule, self.found = rule, found
        empty(self._box)
        self._part(self.tr("May be started by"), "←", found.before)
        self._part(self.tr("May start"), "→", found.after)
        self.setVisible(bool(found.before or found.after))

    def _part(self, title: str, arrow: str, links: Sequence[Neighbour]) -> None:
        if not links:
            return
        self._box.addWidget(label(title, "caption"))
        for link in links[:MOST_LINKS]:
            self._box.addLayout(column(self._link(f"{arrow} {link.title}", link), Elided(link.why, "muted"), gap=0))
        if len(links) > MOST_LINKS:
            more = _quiet(self.tr("{0} more…").format(len(links) - MOST_LINKS))
            more.clicked.connect(lambda: self.offer(links, more.mapToGlobal(QPoint(0, 0))))
            self._box.addWidget(more)

    def _link(self, text: str, link: Neighbour) -> QToolButton:
        button = _quiet(text)
        button.setAccessibleDescription(link.why)
        button.setToolTip(f"{link.title}\n{link.why}")
        button.clicked.connect(lambda: self._go(link))
        return button

    def jump(self, ahead: bool, at: QPoint) -> None:
        """Go one step along the chain; where there are several ways, ask which, at a place on the screen."""
        links = self.found.after if ahead else self.found.before
        if len(links) == 1:
            self._go(links[0])
        elif links:
            self.offer(links, at)

    def offer(self, links: Sequence[Neighbour], at: QPoint) -> None:
        """Ask where to go."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for link in links:
            action = menu.addAction(f"{link.title}   ({link.why})".replace("&", "&&"))
            action.triggered.connect(lambda _on=False, to=link: self._go(to))
        menu.setActiveAction(menu.actions()[0])
        menu.popup(at)

    def _go(self, link: Neighbour) -> None:
        self._document.select(link.rule, link.node)


def _quiet(text: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setProperty("role", "link")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
