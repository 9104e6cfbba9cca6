"""The chain graph as a picture: plain SVG, no fonts or scripts inside, that any browser or drawing program opens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Literal

from trigger_studio.analysis.flow import Block, Edge, Node
from trigger_studio.analysis.graph import ChainGraph
from trigger_studio.analysis.layout import Layout
from trigger_studio.analysis.routes import Route, routes
from trigger_studio.analysis.sizes import FRAME_PAD, SUBTITLE_PX, TEXT_LEFT, TEXT_RIGHT, TITLE_PX, Point, Rect

_MARGIN = 48
_RADIUS = 10
_TILE = 32
_LETTER = {"title": TITLE_PX, "note": SUBTITLE_PX, "frame": 8.0}
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class _Theme:
    canvas: str
    frame: str
    card: str
    line: str
    text: str
    muted: str
    wire: str
    blue: str
    violet: str
    green: str
    amber: str
    amber_card: str
    grey: str


_THEMES = {
    "light": _Theme(
        canvas="#f7f8fb", frame="#eff2f7", card="#ffffff", line="#dde2ea", text="#182033", muted="#5a657b",
        wire="#a3aec0", blue="#2f6bea", violet="#7a4fe0", green="#0f9f6e", amber="#d97706", amber_card="#fef3e0",
        grey="#64748b",
    ),
    "dark": _Theme(
        canvas="#0e131c", frame="#141a26", card="#1a2130", line="#2a3344", text="#e8ecf4", muted="#9aa6ba",
        wire="#56637a", blue="#4a90ff", violet="#a47dff", green="#2dc08c", amber="#f5a524", amber_card="#33270f",
        grey="#8794aa",
    ),
}  # fmt: skip

_COLOURS = {
    "event": "blue",
    "condition": "violet",
    "join": "violet",
    "branch": "violet",
    "gate": "amber",
    "skip": "grey",
}
_ICONS = {  # strokes on a 16-unit grid
    "event": "M9 1 3.5 9H8L7 15l5.5-8H8Z",
    "condition": "M2 3h12L9.5 8.5V13L6.5 14.5v-6Z",
    "join": "M2 3c5 0 4 5 9 5M2 13c5 0 4-5 9-5h3M2 8h4",
    "branch": "M2 8h3c4 0 3-5 9-5M5 8c4 0 3 5 9 5",
    "gate": "M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2.5 14.5c0-4 2.5-5 5.5-5s5.5 1 5.5 5",
    "job": "M4.5 2.5 13 8l-8.5 5.5Z",
    "notification": "M1.5 3.5h13v9h-13ZM2 4l6 4.5L14 4",
    "webhook": "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM1.5 8h13M8 1.5c-4 4-4 9 0 13 4-4 4-9 0-13",
    "status": "M2 8V2h6l6.5 6.5-6 6ZM5 5h.01",
}


def to_svg(graph: ChainGraph, layout: Layout, theme: Literal["light", "dark"] = "light") -> str:
    """The whole graph in one of two themes, at scale 1."""
    paint = _Painter(graph, layout, _THEMES[theme])
    return "\n".join(paint.document()) + "\n"


class _Painter:
    def __init__(self, graph: ChainGraph, layout: Layout, theme: _Theme) -> None:
        self.graph, self.layout, self.theme = graph, layout, theme
        self.ways = routes(graph, layout)

    def document(self) -> Iterator[str]:
        box, theme = self.layout.bounds, self.theme
        right = max([box.x + box.width, *(point.x for way in self.ways.values() for point in way)])
        left, top = box.x - _MARGIN, box.y - _MARGIN
        width, height = right + _MARGIN - left, box.height + 2 * _MARGIN
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:g} {top:g} {width:g} {height:g}" '
            f'width="{width:g}" height="{height:g}" font-family="Inter, Segoe UI, Noto Sans, DejaVu Sans, sans-serif">'
        )
        yield f"<title>Chain graph: {len(self.graph.blocks)} rules</title><defs>{self._markers()}</defs>"
        yield f'<rect x="{left:g}" y="{top:g}" width="{width:g}" height="{height:g}" fill="{theme.canvas}"/>'
        for block in self.graph.blocks:
            yield from self._frame(block)
        for edge in self.graph.edges:
            yield self._edge(edge)
        for block in self.graph.blocks:
            for node in block.nodes:
                yield from self._card(node)
        yield from self._labels()
        yield "</svg>"

    def _markers(self) -> str:
        return "".join(
            f'<marker id="{name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
            'orient="auto-start-reverse" markerUnits="userSpaceOnUse">'
            f'<path d="M1 1 7 4 1 7" fill="none" stroke="{colour}" stroke-width="1.5"/></marker>'
            for name, colour in (("tip", self.theme.wire), ("human", self.theme.amber))
        )

    def _frame(self, block: Block) -> Iterator[str]:
        theme, (x, y, width, height) = self.theme, self.layout.frames[block.rule]
        faded = "" if block.enabled else ' opacity="0.55"'
        yield (
            f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="14" fill="{theme.frame}" '
            f'stroke="{theme.line}"{faded}/>'
        )
        right = x + width - FRAME_PAD
        for badge in block.badges:
            colour = theme.amber if badge == "needs approval" else theme.grey
            wide = len(badge) * 5.6 + 16
            right -= wide
            yield f'<rect {_at(Rect(right, y + 11, wide, 18))} rx="9" fill="{colour}" opacity="0.16"/>'
            style = f'font-size="10" fill="{colour}" text-anchor="middle"'
            yield _text(Point(right + wide / 2, y + 23.5), badge, style)
            right -= 8
        name = _cut(block.title, right - x - FRAME_PAD, "frame")
        yield _text(Point(x + FRAME_PAD, y + 25), name, f'font-size="13" font-weight="600" fill="{theme.muted}"')

    def _edge(self, edge: Edge) -> str:
        colour, marker = (self.theme.wire, "tip") if edge.automated else (self.theme.amber, "human")
        dash = "" if edge.automated else ' stroke-dasharray="6 4"'
        # Drawn from the target, so that the dashes of lines that share their last stretch fall on each other.
        way = _rounded(self.ways[edge.source, edge.target, edge.kind][::-1])
        return f'<path d="{way}" fill="none" stroke="{colour}" stroke-width="1.5"{dash} marker-start="url(#{marker})"/>'

    def _card(self, node: Node) -> Iterator[str]:
        theme = self.theme
        box = Rect(*self.layout.positions[node.id], *self.layout.sizes[node.id])
        colour: str = getattr(theme, _COLOURS.get(node.kind, "green"))
        if node.kind in ("fork", "merge"):
            yield f'<rect {_at(box)} rx="4" fill="{theme.muted}"><title>{_clean(node.label)}</title></rect>'
            return
        yield f"<g><title>{_clean(f'{node.label}. {node.subtitle}')}</title>{self._outline(node, box, colour)}"
        if node.kind == "skip":
            middle = Point(box.x + box.width / 2, box.y + box.height / 2 + 4)
            yield _text(middle, node.label, f'font-size="11" fill="{theme.muted}" text-anchor="middle"') + "</g>"
            return
        x, y = box.x + 12, box.y + (box.height - _TILE) / 2
        yield f'<rect x="{x:g}" y="{y:g}" width="{_TILE}" height="{_TILE}" rx="8" fill="{colour}" opacity="0.16"/>'
        yield (
            f'<path transform="translate({x + 8:g} {y + 8:g})" d="{_ICONS[node.kind]}" fill="none" stroke="{colour}" '
            'stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>'
        )
        yield from self._words(node, box)
        yield "</g>"

    def _words(self, node: Node, box: Rect) -> Iterator[str]:
        """Title over subtitle; a title too long for one line takes the subtitle's place as well."""
        left, room = box.x + TEXT_LEFT, box.width - TEXT_LEFT - TEXT_RIGHT
        note = f"{node.subtitle} · by a person" if node.kind == "event" and not node.automated else node.subtitle
        first, rest = _wrapped(node.label, room)
        title = f'font-size="13" font-weight="600" fill="{self.theme.text}"'
        yield _text(Point(left, box.y + 25), first, title)
        if rest:
            yield _text(Point(left, box.y + 42), _cut(rest, room, "title"), title)
        else:
            yield _text(Point(left, box.y + 42), _cut(note, room, "note"), f'font-size="11" fill="{self.theme.muted}"')

    def _outline(self, node: Node, box: Rect, colour: str) -> str:
        """A terminal, a decision's hexagon, an amber gate, or a plain card."""
        theme = self.theme
        if node.kind in ("condition", "join", "branch"):
            x, y, right, bottom = box.x, box.y, box.x + box.width, box.y + box.height
            middle = (y + bottom) / 2
            corners = (
                (x + 10, y),
                (right - 10, y),
                (right, middle),
                (right - 10, bottom),
                (x + 10, bottom),
                (x, middle),
            )
            points = " ".join(f"{px:g},{py:g}" for px, py in corners)
            double = ' stroke-width="2"' if node.kind == "join" else ""
            return (
                f'<polygon points="{points}" fill="{theme.card}" stroke="{colour}" stroke-opacity="0.55"{double} '
                'stroke-linejoin="round"/>'
            )
        if node.kind == "gate":
            return f'<rect {_at(box)} rx="10" fill="{theme.amber_card}" stroke="{theme.amber}" stroke-width="2"/>'
        if node.kind == "event":
            stroke = f'stroke="{theme.blue}"' if node.automated else f'stroke="{theme.amber}" stroke-dasharray="6 4"'
            return f'<rect {_at(box)} rx="28" fill="{theme.card}" {stroke} stroke-width="1.5"/>'
        if node.kind == "skip":
            pill = Rect(box.x, box.y + 14, box.width, box.height - 28)
            return f'<rect {_at(pill)} rx="14" fill="{theme.card}" stroke="{theme.line}" stroke-dasharray="4 3"/>'
        return f'<rect {_at(box)} rx="10" fill="{theme.card}" stroke="{theme.line}"/>'

    def _labels(self) -> Iterator[str]:
        """On the last stretch before a card what leads there, once for all lines that end in it."""
        said: set[tuple[str, str]] = set()
        for edge in self.graph.edges:
            key = (edge.target, edge.label)
            if not edge.label or key in said:
                continue
            said.add(key)
            end = self.ways[edge.source, edge.target, edge.kind][-1]
            colour, below = (self.theme.muted, -5) if edge.automated else (self.theme.amber, 14)
            yield _text(
                Point(end.x - 10, end.y + below), edge.label, f'font-size="10" fill="{colour}" text-anchor="end"'
            )


def _rounded(way: Route) -> str:
    """The line with its corners rounded, by quadratic curves no longer than half a piece."""
    first, *inner, last = way
    steps = [f"M{first.x:g} {first.y:g}"]
    for before, corner, after in zip(way, inner, way[2:], strict=False):
        enter, leave = _towards(corner, before), _towards(corner, after)
        steps.append(f"L{enter.x:g} {enter.y:g}Q{corner.x:g} {corner.y:g} {leave.x:g} {leave.y:g}")
    return "".join([*steps, f"L{last.x:g} {last.y:g}"])


def _towards(corner: Point, other: Point) -> Point:
    length = abs(other.x - corner.x) + abs(other.y - corner.y)
    share = min(_RADIUS, length / 2) / length if length else 0
    return Point(corner.x + (other.x - corner.x) * share, corner.y + (other.y - corner.y) * share)


def _at(box: Rect) -> str:
    return f'x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}"'


def _text(at: Point, text: str, style: str) -> str:
    return f'<text x="{at.x:g}" y="{at.y:g}" {style}>{_clean(text)}</text>'


def _clean(text: str) -> str:
    return escape(_UNPRINTABLE.sub(" ", text))


def _wrapped(text: str, room: float) -> tuple[str, str]:
    """The first line of a title, broken between words, and the rest."""
    most = int(room / TITLE_PX)
    if len(text) <= most:
        return text, ""
    first = text[: most + 1].rpartition(" ")[0] or text[:most]
    return first, text[len(first) :].strip()


def _cut(text: str, room: float, style: str) -> str:
    most = max(int(room / _LETTER[style]), 1)
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
