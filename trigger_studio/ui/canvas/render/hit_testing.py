"""What lies under a point of the viewport: the card, else the line within reach, else the rule's box."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import hypot
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from trigger_studio.studio.chart.chart import Point, Wire
from trigger_studio.studio.chart.drop_target import DropTarget, Side
from trigger_studio.ui.canvas.render.chart_index import ChartIndex

if TYPE_CHECKING:
    from trigger_studio.ui.canvas.view.viewer import ChartViewer

REACH_PX = 8.0
"""How near to a line counts as on it."""


def place_at(viewer: ChartViewer, at: QPointF, without: str | None = None) -> DropTarget:
    """What is at a viewport position, but for the card that is being dragged and its own lines."""
    board, point = viewer.stage.board, viewer.mapToScene(at.toPoint())
    x, y = point.x(), point.y()
    card = next((name for name in board.cards_in((x, y, 0.0, 0.0)) if name != without), None)
    if card is not None:
        left, _top, width, _height = board.places[card]
        side = Side.BEFORE if x < left + width / 2 else Side.AFTER
        return DropTarget(board.cards[card].rule, card, side)
    wire = wire_at(viewer, at, without)
    if wire is not None:
        return DropTarget(board.cards[wire.target].rule, wire=wire, joined=_joined(board, wire))
    return DropTarget(board.frame_at(x, y), at=(x, y))


def wire_at(viewer: ChartViewer, at: QPointF, without: str | None = None) -> Wire | None:
    """The line inside a rule that is nearest, if one is in reach; far away there is none."""
    if viewer.stage.far:
        return None
    cards, point = viewer.stage.board.cards, viewer.mapToScene(at.toPoint())
    reach, x, y = REACH_PX / viewer.stage.zoom, point.x(), point.y()
    found: list[tuple[float, Wire]] = []
    for item in viewer.near.wires.values():
        left, top, width, height = item.box
        wire = item.wire
        if not (left - reach <= x <= left + width + reach and top - reach <= y <= top + height + reach):
            continue
        if without in (wire.source, wire.target) or cards[wire.source].rule != cards[wire.target].rule:
            continue
        there = nearest_on(item.points, (x, y))
        found.append((hypot(there[0] - x, there[1] - y), wire))
    distance, nearest = min(found, key=lambda entry: entry[0], default=(reach * 2, None))
    return nearest if distance <= reach else None


def nearest_on(points: Sequence[Point], to: Point) -> Point:
    """The point of a route that is nearest to another one."""
    best, least = points[0], float("inf")
    for (x0, y0), (x1, y1) in pairwise(points):
        long = (x1 - x0) ** 2 + (y1 - y0) ** 2
        share = ((to[0] - x0) * (x1 - x0) + (to[1] - y0) * (y1 - y0)) / long if long else 0.0
        share = min(1.0, max(0.0, share))
        x, y = x0 + share * (x1 - x0), y0 + share * (y1 - y0)
        distance = hypot(x - to[0], y - to[1])
        if distance < least:
            best, least = (x, y), distance
    return best


def _joined(board: ChartIndex, wire: Wire) -> bool:
    rule = board.cards[wire.target].rule
    return sum(board.cards[card].rule == rule for card in board.before(wire.target)) > 1
