"""The way along the chain from the selected rule: what may start it and what it may start, each with the reason."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from trigger_studio.analysis.graph.chain_graph import ChainGraph
from trigger_studio.analysis.graph.neighbours import Neighbour, Neighbours, neighbours
from trigger_studio.studio.changes import Change, Part
from trigger_studio.studio.chart.layout_history import KEPT
from trigger_studio.studio.document import Document
from trigger_studio.ui.widgets.kit import on_surface, row
from trigger_studio.ui.widgets.plain import literal, plain
from trigger_studio.ui.widgets.theme import Space


class ChainNavigator(QWidget):
    """Leads to the rules before and after the selected one.

    One line, the way back at its left, the way ahead at its right; hidden where there is neither.

    Args:
        document: where a jump selects.
        graph: the graph that is on screen, None before there is one.
    """

    def __init__(self, document: Document, graph: Callable[[], ChainGraph | None]) -> None:
        super().__init__()
        self._document, self._graph = document, graph
        self._rule = ""
        self.found = Neighbours()
        self._of_late: deque[tuple[ChainGraph, str, Neighbours]] = deque(maxlen=KEPT)
        self.back, self.ahead = _Link(), _Link()
        self.back.clicked.connect(lambda: self.jump(ahead=False, at=self.back.mapToGlobal(QPoint(0, 0))))
        self.ahead.clicked.connect(lambda: self.jump(ahead=True, at=self.ahead.mapToGlobal(QPoint(0, 0))))
        line = row(self.back, self.ahead, gap=Space.S)
        for place in range(2):
            line.setStretch(place, 1)
        line.setContentsMargins(Space.M, Space.XS, Space.M, Space.XS)
        self.setLayout(line)
        on_surface(self)
        document.watch(self._changed)
        self.hide()

    def _changed(self, change: Change) -> None:
        if Part.SELECTION in change.parts:
            self.follow()

    def follow(self) -> None:
        """Show the ways from the selected rule, by the graph as it is now."""
        graph, rule = self._graph(), self._document.selected
        found = self._found(graph, rule) if graph is not None and rule in graph else Neighbours()
        if (rule, found) == (self._rule, self.found):
            return
        self._rule, self.found = rule, found
        before, after = found.before, found.after
        one, many = self.tr("← {0}"), self.tr("← {0} may start it")
        self.back.show_ways(before, one.format(before[0].title) if len(before) == 1 else many.format(len(before)))
        one, many = self.tr("{0} →"), self.tr("It may start {0} →")
        self.ahead.show_ways(after, one.format(after[0].title) if len(after) == 1 else many.format(len(after)))
        self.setVisible(bool(before or after))

    def _found(self, graph: ChainGraph, rule: str) -> Neighbours:
        """The ways from a rule; those of the graphs of late are remembered, for undo and redo lead back to them."""
        for known, asked, found in self._of_late:
            if known is graph and asked == rule:
                return found
        found = neighbours(graph, rule)
        self._of_late.append((graph, rule, found))
        return found

    def jump(self, ahead: bool, at: QPoint) -> None:
        """Go one step along the chain; where there are several ways, ask which, at a place on the screen."""
        links = self.found.after if ahead else self.found.before
        if len(links) == 1:
            self._go(links[0])
        elif links:
            self._offer(links, at)

    def _offer(self, links: Sequence[Neighbour], at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for link in links:
            action = menu.addAction(literal(f"{link.title}\t{link.why}"))
            action.triggered.connect(lambda _on=False, to=link: self._go(to))
        menu.setActiveAction(menu.actions()[0])
        menu.popup(at)

    def _go(self, link: Neighbour) -> None:
        self._document.select(link.rule, link.node)


class _Link(QToolButton):
    """A link that is cut short where there is no room."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "link")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_ways(self, links: Sequence[Neighbour], text: str) -> None:
        """Show where it leads."""
        self.setText(literal(text))
        self.setVisible(bool(links))
        told = "\n".join(f"{link.title}: {link.why}" for link in links)
        self.setToolTip(plain(told))
        self.setAccessibleDescription(told)
