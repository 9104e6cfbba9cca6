"""The last few graphs with their layouts, so that undo and redo lead back to the very picture that was there."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from trigger_studio.analysis.graph.chain_graph import ChainGraph
from trigger_studio.analysis.layout.layout import Layout
from trigger_studio.model.rule import Rule

KEPT: Final = 6
"""So many steps lead back at once; the parts of a graph that did not change are shared by all of them."""


class Drawing(NamedTuple):
    """A graph and its layout.

    Attributes:
        rules: what it shows, by rule id; the very objects that the graph was made of.
        asked: what else decided it: profile, folded rules, places of cards.
    """

    rules: dict[str, Rule]
    asked: tuple[Any, ...]
    graph: ChainGraph
    layout: Layout


class Drawings:
    """The drawings of late."""

    def __init__(self) -> None:
        self._kept: deque[Drawing] = deque(maxlen=KEPT)

    def find(self, rules: Mapping[str, Rule], asked: tuple[Any, ...]) -> Drawing | None:
        """The drawing of equal rules for which the same was asked."""
        return next((one for one in reversed(self._kept) if one.asked == asked and one.rules == rules), None)

    def keep(self, drawing: Drawing) -> None:
        """Remember a drawing in place of the oldest."""
        self._kept.append(drawing)
