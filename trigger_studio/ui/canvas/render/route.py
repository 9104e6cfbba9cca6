"""Orthogonal routes: a simple one between two cards, and the rounded path along any."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import copysign, hypot

from PySide6.QtCore import QLineF, QPointF
from PySide6.QtGui import QPainterPath

from trigger_studio.studio.chart.chart import Point

CORNER = 10.0
STUB = 18.0
LABEL_GAP = 16.0
"""Room for the arrow's head beside a label on a level piece."""
LABEL_DROP = 36.0
"""The shortest upright piece that a label may sit on."""
Box = tuple[float, float, float, float]


def elbow(source: Box, target: Box) -> tuple[Point, ...]:
    """A route from the right edge of `source` to the left edge of `target`, around both where that lies behind."""
    x0, y0 = source[0] + source[2], source[1] + source[3] / 2
    x1, y1 = target[0], target[1] + target[3] / 2
    if x1 > x0 and abs(y1 - y0) < 0.5:
        return (x0, y0), (x1, y1)
    if x1 - x0 >= 2 * STUB:
        middle = x0 + STUB
        return (x0, y0), (middle, y0), (middle, y1), (x1, y1)
    lane = _lane_between(source, target)
    return (x0, y0), (x0 + STUB, y0), (x0 + STUB, lane), (x1 - STUB, lane), (x1 - STUB, y1), (x1, y1)


def _lane_between(source: Box, target: Box) -> float:
    """A height at which a line going back runs free of both boxes."""
    if target[1] > source[1] + source[3]:
        return (target[1] + source[1] + source[3]) / 2
    if source[1] > target[1] + target[3]:
        return (source[1] + target[1] + target[3]) / 2
    return max(source[1] + source[3], target[1] + target[3]) + STUB


def rounded(points: Sequence[Point], radius: float = CORNER) -> QPainterPath:
    """The path through `points` with its corners rounded by at most `radius`."""
    path = QPainterPath(QPointF(*points[0]))
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        room = min(radius, _length(before, corner) / 2, _length(corner, after) / 2)
        if room < 0.5:
            path.lineTo(*corner)
            continue
        path.lineTo(*_towards(corner, before, room))
        path.quadTo(QPointF(*corner), QPointF(*_towards(corner, after, room)))
    path.lineTo(*points[-1])
    return path


def snapped_pieces(
    points: Sequence[Point], zoom: float, ratio: float, radius: float
) -> tuple[list[QLineF], QPainterPath, tuple[Point, Point]]:
    """The route on whole device pixels: its straight pieces, its round corners, and the ends of its last piece.

    Args:
        points: in scene units.
        zoom: view pixels per scene unit.
        ratio: device pixels per view pixel.
        radius: of the corners, in view pixels; 0 leaves them square.
    """
    grid = zoom * ratio
    dots = [((round(x * grid) + 0.5) / ratio, (round(y * grid) + 0.5) / ratio) for x, y in points]
    straight: list[QLineF] = []
    corners = QPainterPath()
    start = dots[0]
    for before, corner, after in zip(dots, dots[1:], dots[2:], strict=False):
        room = min(radius, _length(before, corner) / 2, _length(corner, after) / 2)
        entry, leave = _towards(corner, before, room), _towards(corner, after, room)
        straight.append(QLineF(*start, *entry))
        if room > 0:
            corners.moveTo(*entry)
            corners.quadTo(*corner, *leave)
        start = leave
    straight.append(QLineF(*start, *dots[-1]))
    return straight, corners, (dots[-2], dots[-1])


def dashed(lines: Iterable[QLineF], dash: float, gap: float, ratio: float) -> list[QLineF]:
    """The lines in dashes. Qt's own begin anew wherever a line is clipped, so that a pan would shift them.

    They are counted from a line's end, so that those of wires that share their last stretch fall on each other,
    and begin between two device pixels, so that no rounding moves them.
    """

    def between(value: float, towards: float, at: float) -> float:
        return value if value == towards else round((value + copysign(at, towards - value)) * ratio) / ratio

    result: list[QLineF] = []
    for line in lines:
        length, at = line.length(), 0.0
        (x0, y0), (x, y) = line.p1().toTuple(), line.p2().toTuple()
        while at < length:
            end = min(at + dash, length)
            result.append(QLineF(between(x, x0, at), between(y, y0, at), between(x, x0, end), between(y, y0, end)))
            at += dash + gap
    return result


def label_place(points: Sequence[Point], width: float) -> Point:
    """The middle of a label: on the last piece with room for it, close to the wire's end, for there it runs alone."""
    pieces = list(pairwise(points))
    for a, b in reversed(pieces):
        level, length = abs(a[1] - b[1]) < 0.5, _length(a, b)
        if length > (width + LABEL_GAP if level else LABEL_DROP):
            back = min(length / 2, width / 2 + LABEL_GAP) if level else length / 2
            return _towards(b, a, back)
    a, b = max(pieces, key=lambda piece: _length(*piece))
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2


def _length(a: Point, b: Point) -> float:
    return hypot(b[0] - a[0], b[1] - a[1])


def _towards(origin: Point, goal: Point, distance: float) -> Point:
    span = _length(origin, goal) or 1.0
    return origin[0] + (goal[0] - origin[0]) * distance / span, origin[1] + (goal[1] - origin[1]) * distance / span
