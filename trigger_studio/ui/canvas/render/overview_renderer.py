"""The far view: one painter draws everything in batches of plain rectangles and lines.

The batches are kept by coarse cells, so that a frame costs what it shows and a change costs the cell it touched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from operator import itemgetter
from typing import Final

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from trigger_studio.analysis.layout.sizes import FRAME_HEADER
from trigger_studio.studio.chart.boxes import CELL, Box, CellKey, box_of, cells_of
from trigger_studio.studio.chart.chart import Badge, Kind, Pace, Run, Wire
from trigger_studio.studio.chart.difference import Change
from trigger_studio.ui.canvas.render.render_context import RenderContext
from trigger_studio.ui.canvas.render.style import Ink, mix, write

COARSE: Final = 8 * CELL
SHORT: Final = 2 * CELL
"""A rule's own wire that reaches no further goes with its first card: views take in cells so far beyond their edge."""
TILE_ZOOM: Final = 0.09
"""From here on a card shows its coloured tile on a tinted body; further out it is one block of colour."""
WIRE_ZOOM: Final = 0.045
"""From here on the wires between neighbours are drawn; further out they are specks beside the cards."""
NAME_ZOOM: Final = 0.2
NAME_PX: Final = 10.5
"""The size of a rule's name, where its box has so much room above the cards."""
LINES: Final = {
    Pace.AUTOMATED: Qt.PenStyle.SolidLine, Pace.HUMAN: Qt.PenStyle.DashLine, Pace.ASLEEP: Qt.PenStyle.DotLine
}  # fmt: skip
STRONG: Final = QFont.Weight.DemiBold


Lines = dict[Pace, list[QLineF]]


@dataclass(slots=True)
class Cell:
    """What begins in one coarse cell, and what it draws, made at first need.

    Attributes:
        cards, frames: ids. long: ids of long wires that run through the cell.
        panels: the frames. boxes, tiles: rectangles by colour.
        crossing: pieces of the long wires. wires: pieces of the short wires that begin here.
    """

    cards: list[str] = field(default_factory=list)
    frames: list[str] = field(default_factory=list)
    long: list[str] = field(default_factory=list)
    panels: list[QRectF] | None = None
    boxes: dict[int, list[QRectF]] | None = None
    tiles: dict[int, list[QRectF]] | None = None
    crossing: Lines | None = None
    wires: Lines | None = None

    def forget(self) -> None:
        """Something that begins in the cell is elsewhere now."""
        self.panels = self.boxes = self.tiles = self.wires = None


class OverviewRenderer:
    """Draws a stage's board at any small zoom."""

    def __init__(self, stage: RenderContext) -> None:
        self._stage = stage
        self.forget()

    def forget(self) -> None:
        """Drop everything: another chart or another theme."""
        self._cells: dict[CellKey, Cell] | None = None
        self._unsorted: set[str] = set()
        self._long: dict[str, list[Cell]] = {}
        self._colours: dict[tuple[Kind, Run | None, bool], int] = {}
        self._taken: dict[tuple[Run, Pace], dict[CellKey, list[QLineF]]] | None = None

    def restate(self, card_ids: Iterable[str]) -> None:
        """These cards have another state."""
        self._taken = None
        for name in card_ids if self._cells is not None else ():
            if name in self._stage.board.places:
                cell = self._cell_of(self._stage.board.places[name])
                cell.boxes = cell.tiles = None

    def move(self, card_id: str, old: Box, old_frame: Box | None) -> None:
        """A card was moved on the board; `old` and `old_frame` are where it and its frame were."""
        if self._cells is None:
            return
        self._taken = None
        board, rule = self._stage.board, self._stage.board.cards[card_id].rule
        self._shift(card_id, old, board.places[card_id], lambda cell: cell.cards)
        if rule is not None and old_frame is not None:
            self._shift(rule, old_frame, board.frame_places[rule], lambda cell: cell.frames)
        self._rewire(board.wires_of((card_id,)))

    def adopt(self, change: Change) -> None:
        """The board changed."""
        if self._cells is None:
            return
        self._taken = None
        board = self._stage.board
        for name in change.cards:
            self._shift(name, change.before.get(name), board.places.get(name), lambda cell: cell.cards)
        for rule in change.frames:
            self._shift(rule, change.frames_before.get(rule), board.frame_places.get(rule), lambda cell: cell.frames)
            self.restate(board.members.get(rule, ()))  # a rule that is switched off is faded
        self._rewire(change.wires)

    def _shift(self, name: str, old: Box | None, new: Box | None, names: Callable[[Cell], list[str]]) -> None:
        """Something that was at `old` is now at `new`; None for nowhere."""
        if old is not None:
            before = self._cell_of(old)
            names(before).remove(name)
            before.forget()
        if new is not None:
            after = self._cell_of(new)
            names(after).append(name)
            after.forget()

    def _rewire(self, wire_ids: Iterable[str]) -> None:
        """These wires came, went or run elsewhere."""
        board = self._stage.board
        for name in wire_ids:
            for cell in self._long.pop(name, ()):
                cell.long.remove(name)
                cell.crossing = None
            wire = board.wires.get(name)
            if wire is not None:
                self._cell_of(board.places[wire.source]).wires = None
                self._unsorted.add(name)

    def paint(self, painter: QPainter, view: Box) -> None:
        """Draw what lies in `view`; the painter is scaled to scene units and clipped by its caller."""
        stage = self._stage
        kit, zoom = stage.kit, stage.zoom
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._sort_changed_wires()
        cells = self._cells_in(view)
        painter.setPen(QPen(kit.line, 0))
        painter.setBrush(kit.frame)
        for cell in cells:
            painter.drawRects(self._panels(cell))
        for pace in Pace:
            painter.setPen(QPen(self._wire_colour(pace), 0, LINES[pace]))
            for cell in cells:
                painter.drawLines(self._crossing(cell)[pace])
                if zoom >= WIRE_ZOOM:
                    painter.drawLines(self._wires(cell)[pace])
        if zoom >= WIRE_ZOOM:
            self._paint_taken(painter, view)
        painter.setPen(Qt.PenStyle.NoPen)
        for cell in cells:
            for rgb, rects in self._boxes(cell).items():
                colour = QColor.fromRgb(rgb)
                painter.setBrush(colour if zoom < TILE_ZOOM else mix(kit.surface, colour, 0.34))
                painter.drawRects(rects)
            for rgb, rects in self._tiles(cell).items() if zoom >= TILE_ZOOM else ():
                painter.setBrush(QColor.fromRgb(rgb))
                painter.drawRects(rects)
        if zoom >= NAME_ZOOM:
            self._paint_names(painter, view)
        self._paint_selection(painter)

    def paint_plain(self, painter: QPainter, view: Box | None = None) -> None:
        """Draw every card (those in `view`) as a block of its colour and nothing else, for the small map."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for cell in self._cells_in(view if view is not None else self._stage.board.bounds()):
            for rgb, rects in self._boxes(cell).items():
                painter.setPen(QPen(QColor.fromRgb(rgb), 0))
                painter.setBrush(QColor.fromRgb(rgb))
                painter.drawRects(rects)

    def _wire_colour(self, pace: Pace) -> QColor:
        kit = self._stage.kit
        return mix(kit.canvas, kit.wire[pace], 0.6)

    # --- what is where

    def _all_cells(self) -> dict[CellKey, Cell]:
        if self._cells is None:
            board = self._stage.board
            cells: dict[CellKey, Cell] = defaultdict(Cell)
            self._cells = cells
            for name, (x, y, _w, _h) in board.places.items():
                cells[int(x // COARSE), int(y // COARSE)].cards.append(name)
            for rule, (x, y, _w, _h) in board.frame_places.items():
                cells[int(x // COARSE), int(y // COARSE)].frames.append(rule)
            for name in filter(self._is_long, board.long_wires):
                self._sort_long_wire(board.wires[name])
        return self._cells

    def _cells_in(self, view: Box) -> list[Cell]:
        left, right = (view[0] - COARSE / 2) // COARSE, (view[0] + view[2] + SHORT) // COARSE
        top, bottom = (view[1] - COARSE / 2) // COARSE, (view[1] + view[3] + SHORT) // COARSE
        cells = sorted(self._all_cells().items(), key=itemgetter(0))
        return [cell for (column, row), cell in cells if left <= column <= right and top <= row <= bottom]

    def _cell_of(self, box: Box) -> Cell:
        return self._all_cells()[int(box[0] // COARSE), int(box[1] // COARSE)]

    def _is_long(self, name: str) -> bool:
        """Whether a wire is drawn by every cell that it runs through; if not, it goes with the card where it begins."""
        board = self._stage.board
        reach = board.long_wires.get(name)
        if reach is None:
            return False
        source, target = board.wires[name].source, board.wires[name].target
        return max(reach[2:]) > SHORT or board.cards[source].rule != board.cards[target].rule

    def _sort_changed_wires(self) -> None:
        """Sort in what changed while something else was painted."""
        wires = self._stage.board.wires
        for name in self._unsorted & wires.keys():
            if name not in self._long and self._is_long(name):
                self._sort_long_wire(wires[name])
        self._unsorted.clear()

    def _sort_long_wire(self, wire: Wire) -> None:
        """Give a long wire to every cell that it runs through."""
        points = self._stage.board.route(wire)
        keys = {(int(x // COARSE), int(y // COARSE)) for x, y in points}
        if len(keys) > 1:  # it may pass cells in which it has no corner
            keys = {key for a, b in pairwise(points) for key in cells_of(box_of((a, b)), COARSE)}
        cells = self._all_cells()
        self._long[wire.id] = found = [cells[key] for key in keys]
        for cell in found:
            cell.long.append(wire.id)
            cell.crossing = None

    # --- what a cell draws

    def _panels(self, cell: Cell) -> list[QRectF]:
        if cell.panels is None:
            places = self._stage.board.frame_places
            cell.panels = [QRectF(*places[rule]) for rule in cell.frames]
        return cell.panels

    def _boxes(self, cell: Cell) -> dict[int, list[QRectF]]:
        if cell.boxes is None:
            boxes: defaultdict[int, list[QRectF]] = defaultdict(list)
            board, colours = self._stage.board, self._colours
            places, cards, states, frames = board.places, board.cards, board.states, board.frames
            for name in cell.cards:
                card, state = cards[name], states.get(name)
                frame = frames.get(card.rule) if card.rule is not None else None
                dim = frame is not None and Badge.DISABLED in frame.badges
                rgb = colours.get((card.kind, state.run if state is not None else None, dim))
                boxes[rgb if rgb is not None else self._colour(name)].append(QRectF(*places[name]))
            cell.boxes = dict(sorted(boxes.items()))  # where cards share a pixel, always the same colour wins
        return cell.boxes

    def _tiles(self, cell: Cell) -> dict[int, list[QRectF]]:
        if cell.tiles is None:
            cell.tiles = defaultdict(list)
            for name in cell.cards:
                x, y, width, height = self._stage.board.places[name]
                cell.tiles[self._colour(name)].append(QRectF(x, y, min(width, height * 0.9), height))
        return cell.tiles

    def _wires(self, cell: Cell) -> Lines:
        if cell.wires is None:
            outgoing = self._stage.board.outgoing
            cell.wires = self._lines(w for name in cell.cards for w in outgoing.get(name, ()) if w not in self._long)
        return cell.wires

    def _crossing(self, cell: Cell) -> Lines:
        if cell.crossing is None:
            cell.crossing = self._lines(cell.long)
        return cell.crossing

    def _lines(self, wire_ids: Iterable[str]) -> Lines:
        board = self._stage.board
        lines: Lines = {pace: [] for pace in Pace}
        for name in wire_ids:
            wire = board.wires[name]
            lines[wire.pace] += [QLineF(*a, *b) for a, b in pairwise(board.route(wire))]
        return lines

    def _colour(self, card_id: str) -> int:
        stage = self._stage
        card, state = stage.board.cards[card_id], stage.board.states.get(card_id)
        key = (card.kind, state.run if state is not None else None, stage.dim(card))
        if key not in self._colours:
            colour = stage.kit.run[state.run] if state is not None else stage.kit.kind[card.kind]
            self._colours[key] = (mix(stage.kit.canvas, colour, 0.4) if key[2] else colour).rgb()
        return self._colours[key]

    def _paint_taken(self, painter: QPainter, view: Box) -> None:
        """The wires that a chain took, in their state's colour, over the quiet ones; by cells, like all else."""
        if self._taken is None:
            self._taken = self._sort_taken()
        columns = range(int(view[0] // COARSE), int((view[0] + view[2]) // COARSE) + 1)
        rows = range(int(view[1] // COARSE), int((view[1] + view[3]) // COARSE) + 1)
        for (run, pace), cells in self._taken.items():
            painter.setPen(QPen(self._stage.kit.run[run], 0, LINES[pace]))
            for (column, row), lines in cells.items():
                if column in columns and row in rows:
                    painter.drawLines(lines)

    def _sort_taken(self) -> dict[tuple[Run, Pace], dict[CellKey, list[QLineF]]]:
        """Each piece of a taken wire in every cell that it runs through."""
        stage, board = self._stage, self._stage.board
        sorted_: dict[tuple[Run, Pace], dict[CellKey, list[QLineF]]] = {}
        for wire in (board.wires[name] for card in board.states for name in board.outgoing.get(card, ())):
            if (flow := stage.flow(wire)) is None:
                continue
            cells = sorted_.setdefault((flow.run, wire.pace), {})
            for (x0, y0), (x1, y1) in pairwise(board.route(wire)):
                line = QLineF(x0, y0, x1, y1)
                for column in range(int(min(x0, x1) // COARSE), int(max(x0, x1) // COARSE) + 1):
                    for row in range(int(min(y0, y1) // COARSE), int(max(y0, y1) // COARSE) + 1):
                        cells.setdefault((column, row), []).append(line)
        return sorted_

    # --- over it

    def _paint_names(self, painter: QPainter, view: Box) -> None:
        """The rules' names above their cards, in writing that keeps its size on screen while there is room for it."""
        stage = self._stage
        unit = 1 / stage.zoom
        letters = min(NAME_PX * unit, FRAME_HEADER * 1.05)
        for rule in stage.board.frames_in(view):
            x, y, width, _height = stage.board.frame_places[rule]
            if width * stage.zoom >= 56:
                place = QRectF(x + 6 * unit, y, width - 10 * unit, FRAME_HEADER * 0.95)
                colour = stage.kit.text if rule == stage.rule else stage.kit.muted
                write(painter, place, stage.board.frames[rule].title, Ink(letters, colour, STRONG))

    def _paint_selection(self, painter: QPainter) -> None:
        stage, board = self._stage, self._stage.board
        pen = QPen(stage.kit.accent, 2)
        pen.setCosmetic(True)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        grow = 2 / stage.zoom
        boxes = [board.places[name] for name in stage.selected if name in board.places]
        if stage.rule in board.frame_places:
            boxes.append(board.frame_places[stage.rule])
        if boxes:
            painter.drawRects([QRectF(*box).adjusted(-grow, -grow, grow, grow) for box in boxes])
