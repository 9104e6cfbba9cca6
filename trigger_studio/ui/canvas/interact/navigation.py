"""Going somewhere on the canvas by keys or by a screen reader: select it, and scroll just far enough to see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trigger_studio.ui.canvas.view.viewer import ChartViewer


def to_card(viewer: ChartViewer, card: str, *, add: bool = False) -> None:
    """Go to a card; with `add`, what is selected already stays so."""
    stage = viewer.stage
    stage.current = card
    viewer.select({*(stage.selected if add else ()), card}, stage.board.cards[card].rule)
    viewer.bring_into_view(card)


def to_rule(viewer: ChartViewer, rule: str) -> None:
    """Go to a rule as a whole, of one that is too large for the view to its beginning."""
    viewer.stage.current = None
    viewer.select(set(), rule)
    board, camera = viewer.stage.board, viewer.camera
    x, y, width, height = board.frame_places[rule]
    seen = camera.seen()
    if not seen.contains(x, y) or not seen.contains(x + width, y + height):
        first = min(board.members.get(rule, ()), key=lambda name: board.places[name][0], default=None)
        if first is not None:
            viewer.bring_into_view(first)
