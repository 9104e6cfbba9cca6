"""Sizes of cards and distances between them, on an 8/16 grid; the canvas draws by the same numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from trigger_studio.analysis.graph.flow import Block, Node
from trigger_studio.model.i18n import tr

GRID = 8
CARD_HEIGHT = 56
CARD_MIN, CARD_MAX = 144, 352
BAR_WIDTH = 16
COLUMN_GAP = 56
LANE_GAP = 32
LANE = CARD_HEIGHT + LANE_GAP
FRAME_PAD = 24
FRAME_HEADER = 40
BLOCK_GAP = 48
CHANNEL = 144
COMPONENT_GAP = 96
BAND_GAP = 64
BAND_COLUMNS = 4
"""A rule with more columns than one over this is wrapped like a text, into bands of about as many."""

TEXT_LEFT = 56  # the icon's tile and the space around it
TEXT_RIGHT = 20
TITLE_PX = 7.8
SUBTITLE_PX = 6.2


class Point(NamedTuple):
    """A place, x to the right and y down."""

    x: float
    y: float


class Size(NamedTuple):
    """Width and height in pixels at scale 1."""

    width: float
    height: float


class Rect(NamedTuple):
    """A frame: its top left corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def size(self) -> Size:
        """How large it is."""
        return Size(self.width, self.height)

    @property
    def bottom(self) -> float:
        """The height at which it ends."""
        return self.y + self.height

    def shifted(self, dx: float, dy: float) -> Rect:
        """The same frame elsewhere."""
        return Rect(self.x + dx, self.y + dy, self.width, self.height)


def around(rects: Iterable[Rect]) -> Rect:
    """The smallest frame around all of them; empty at 0, 0 if there are none."""
    corners = [(x, y, x + width, y + height) for x, y, width, height in rects]
    if not corners:
        return Rect(0, 0, 0, 0)
    lefts, tops, rights, bottoms = zip(*corners, strict=True)
    x, y = min(lefts), min(tops)
    return Rect(x, y, max(rights) - x, max(bottoms) - y)


def framed(cards: Rect) -> Rect:
    """The frame of a rule around its cards."""
    height = FRAME_HEADER + cards.height + FRAME_PAD
    return Rect(cards.x - FRAME_PAD, cards.y - FRAME_HEADER, cards.width + 2 * FRAME_PAD, height)


def node_width(node: Node) -> int:
    """Width of a node's card; longer texts are cut by the painter."""
    by_hand = len(tr("{0} · by a person", "")) if node.kind == "event" and not node.automated else 0
    return _width(node.kind, len(node.label), len(node.subtitle) + by_hand)


@lru_cache(maxsize=4096)
def _width(kind: str, label: int, subtitle: int) -> int:
    """Room for the longer text by a mean letter width, in steps of 16."""
    if kind in ("fork", "merge"):
        return BAR_WIDTH
    wanted = TEXT_LEFT + TEXT_RIGHT + max(label * TITLE_PX, subtitle * SUBTITLE_PX)
    return math.ceil(min(max(wanted, CARD_MIN), CARD_MAX) / 16) * 16


class Turn(NamedTuple):
    """A step from the end of one band to the beginning of the next, by indexes of nodes; its line runs at `level`."""

    source: int
    target: int
    level: float


class BlockShape(NamedTuple):
    """A rule's flowchart laid out with its frame's corner at 0, 0; places and sizes in the order of its nodes."""

    size: Size
    places: tuple[Point, ...]
    sizes: tuple[Size, ...]
    turns: tuple[Turn, ...] = ()


def block_shape(block: Block) -> BlockShape:
    """Where the cards of one rule go; rules of the same build share one shape. A hub is a card without a frame."""
    widths = tuple(map(node_width, block.nodes))
    if block.nodes[0].kind == "hub":
        size = Size(widths[0], CARD_HEIGHT)
        return BlockShape(size, (Point(0, 0),), (size,))
    return _shape(widths, block.steps)


@lru_cache(maxsize=4096)
def _shape(widths: tuple[int, ...], steps: tuple[tuple[int, int], ...]) -> BlockShape:
    """Columns by longest path; the first follower keeps its lane, each further one opens a new lane below.

    Nodes come in the rule's order, so what hangs on one follower is complete before the next begins. Lanes of one
    column never overlap and no line inside a rule crosses a card.
    """
    before: list[list[int]] = [[] for _ in widths]
    for source, target in steps:
        before[target].append(source)
    columns: list[int] = []
    lanes: list[int] = []
    followed: set[int] = set()
    for sources in before:
        column = max((columns[source] for source in sources), default=-1) + 1
        lane = min((lanes[source] for source in sources), default=0)
        if len(sources) == 1 and sources[0] in followed:
            lane = max(lanes[sources[0] :]) + 1
        followed.update(sources)
        columns.append(column)
        lanes.append(lane)
    return _placed(widths, columns, _centred(lanes, before), bands(columns, steps))


def _placed(
    widths: tuple[int, ...], columns: list[int], lanes: list[int], cuts: tuple[tuple[int, int], ...]
) -> BlockShape:
    """Every band from the left, one below the other; `cuts` are the steps that lead from one to the next."""
    sizes = tuple(Size(width, CARD_HEIGHT) for width in widths)
    starts = [0, *(columns[target] for _, target in cuts), max(columns) + 1]
    places = [Point(0, 0)] * len(widths)
    turns: list[Turn] = []
    right = 0.0
    top = float(FRAME_HEADER)
    for first, last in pairwise(starts):
        nodes = [node for node, column in enumerate(columns) if first <= column < last]
        room = [max(widths[node] for node in nodes if columns[node] == column) for column in range(first, last)]
        lefts = list(accumulate((width + COLUMN_GAP for width in room), initial=FRAME_PAD))
        least = min(lanes[node] for node in nodes)
        for node in nodes:
            places[node] = Point(lefts[columns[node] - first], top + (lanes[node] - least) * LANE)
        if first:
            turns.append(Turn(*cuts[len(turns)], top - BAND_GAP / 2))
        right = max(right, lefts[-1])
        top += (max(lanes[node] for node in nodes) - least) * LANE + CARD_HEIGHT + BAND_GAP
    size = Size(right - COLUMN_GAP + FRAME_PAD, top - BAND_GAP + FRAME_PAD)
    return BlockShape(size, tuple(places), sizes, tuple(turns))


def bands(columns: list[int], steps: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """The steps at which a rule that is too long for one row goes on in the next: where nothing else runs beside them.

    Args:
        columns: of each node.
        steps: index of each edge's source and target node.
    """
    count = max(columns) + 1
    if count <= BAND_COLUMNS + 1:
        return ()
    over: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    for step in steps:
        for column in range(columns[step[0]] + 1, columns[step[1]] + 1):
            over[column].append(step)
    rows = math.ceil(count / BAND_COLUMNS)
    cuts: list[tuple[int, int]] = []
    last = 0
    for row in range(1, rows):
        ideal = last + (count - last) / (rows - row + 1)
        free = [column for column in range(last + 2, count - 1) if len(over[column]) == 1]
        distance, best = min(((abs(column - ideal), column) for column in free), default=(math.inf, 0))
        if distance <= BAND_COLUMNS / 2:
            cuts += over[best]
            last = best
    return tuple(cuts)


def _centred(lanes: list[int], before: list[list[int]]) -> list[int]:
    """Lanes with each fork in the middle of what it leads to, and each merge of what leads to it.

    Whole lanes, since lines to other rules run between them, and within those that hang on the node alone.
    """
    after: list[list[int]] = [[] for _ in lanes]
    for target, sources in enumerate(before):
        for source in sources:
            after[source].append(target)
    spot = list(lanes)
    for node in reversed(range(len(lanes))):
        own = [spot[target] for target in after[node] if before[target] == [node]]
        if own:
            spot[node] = (min(own) + max(own)) // 2
    for node, sources in enumerate(before):
        if len(sources) > 1:
            spot[node] = (min(spot[s] for s in sources) + max(spot[s] for s in sources)) // 2
        elif sources and after[sources[0]] == [node] and len(after[node]) < 2:
            spot[node] = spot[sources[0]]
    return spot
