"""Boxes in scene units, and the coarse grid that finds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from operator import add
from typing import Final

from trigger_studio.studio.chart.chart import Point

CELL = 512.0
GATHERED: Final = 8 * CELL
"""Boxes that begin in one cell of this size are near enough to be taken together."""
Box = tuple[float, float, float, float]
"""Left, top, width and height in scene units."""
CellKey = tuple[int, int]


def cells_of(box: Box, cell: float = CELL) -> Iterator[CellKey]:
    """The grid cells that a box touches."""
    for column in range(int(box[0] // cell), int((box[0] + box[2]) // cell) + 1):
        for row in range(int(box[1] // cell), int((box[1] + box[3]) // cell) + 1):
            yield column, row


def touches(a: Box, b: Box) -> bool:
    """Whether two boxes share a point."""
    return a[0] <= b[0] + b[2] and b[0] <= a[0] + a[2] and a[1] <= b[1] + b[3] and b[1] <= a[1] + a[3]


def is_near(a: Box, b: Box) -> bool:
    """Whether a wire from the right of box `a` to the left of box `b` stays near both."""
    return -CELL < a[0] + a[2] - b[0] < CELL and -CELL < a[1] - b[1] < CELL


def union(boxes: Iterable[Box]) -> Box:
    """The box around others."""
    lefts, tops, widths, heights = zip(*boxes, strict=True)
    left, top = min(lefts), min(tops)
    return left, top, max(map(add, lefts, widths)) - left, max(map(add, tops, heights)) - top


def box_of(points: Sequence[Point]) -> Box:
    """The box around a wire's points."""
    xs, ys = zip(*points, strict=True)
    left, top = min(xs), min(ys)
    return left, top, max(xs) - left, max(ys) - top


def few(boxes: Iterable[Box], most: int = 3) -> list[Box]:
    """At most so many boxes that hold all of these: those that grow least together are put together."""
    cells: dict[CellKey, Box] = {}
    for box in boxes:
        key = int(box[0] // GATHERED), int(box[1] // GATHERED)
        cells[key] = union((cells[key], box)) if key in cells else box
    found = list(cells.values())
    while len(found) > most:
        one, other = min(combinations(found, 2), key=_growth)
        found.remove(one)
        found.remove(other)
        found.append(union((one, other)))
    return found


def _growth(pair: tuple[Box, Box]) -> float:
    whole = union(pair)
    return whole[2] * whole[3] - sum(box[2] * box[3] for box in pair)
