"""The far view: one painter draws everything in batches of plain rectangles and lines.

The batches are kept by coarse cells, so that a frame costs what it shows and a change costs the cell it touched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from trigger_studio.ui.canvas.board import CELL, Box
from trigger_studio.ui.canvas.chart import Kind, Pace, Run
from trigger_studio.ui.canvas.kit import Ink, mix, write
from trigger_studio.ui.canvas.stage import Stage

COARSE: Final = 8 * CELL
TILE_ZOOM: Final = 0.09
"""From here on a card shows its coloured tile on a tinted body; further out it is one block of colour."""
WIRE_ZOOM: Final = 0.045
"""From here on the wires between neighbours are drawn; further out they are shorter than two pixels."""
NAME_ZOOM: Final = 0.2
NAME_PX: Final = 10.5
LINES: Final = {Pace.AUTOMATED: Qt.PenStyle.SolidLine, Pace.HUMAN: Qt.PenStyle.DashLine}
STRONG: Final = QFont.Weight.DemiBold
CellKey = tuple[int, int]


def _no_lines() -> dict[Pace, list[QLineF]]:
    return {pace: [] for pace in Pace}


@dataclass(slots=True)
class Cell:
    """What begins in one coarse cell, and what it draws, made at first need.

    Attributes:
        cards, frames: ids. crossing: pieces of long wires that run through the cell.
        boxes, tiles: rectangles by colour. wires: pieces of the short wires that begin here.
    """

    cards: list[str] = field(default_factory=list)
    frames: list[str] = field(default_factory=list)
    crossing: dict[Pace, list[QLineF]] = field(default_factory=_no_lines)
    boxes: dict[int, list[QRectF]] | None = None
    tiles: dict[int, list[QRectF]] | None = None
    wires: dict[Pace, list[QLineF]] | None = None

    def forget(self) -> None:
        """Something in the cell looks different now."""
        self.boxes = self.tiles = self.wires = None


class FarPainter:
    """Draws a stage's board at any small zoom."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.forget()

    def forget(self) -> None:
        """Drop everything: another chart or another theme."""
        self._cells: dict[CellKey, Cell] | None = None
        self._colours: dict[tuple[Kind, Run | None, bool], int] = {}
        self._taken: dict[tuple[Run, Pace], list[QLineF]] | None = None

    def restate(self, card_ids: Iterable[str]) -> None:
        """These cards have another state."""
        self._taken = None
        for name in card_ids if self._cells is not None else ():
            if name in self._stage.board.places:
                self._cell_of(self._stage.board.places[name]).forget()

    def move(self, card_id: str, old: Box) -> None:
        """A card was moved on the board; `old` is where it was."""
        if self._cells is None:
            return
        self._taken = None
        board = self._stage.board
        before = self._cell_of(old)
        before.cards.remove(card_id)
        self._cell_of(board.places[card_id]).cards.append(card_id)
        before.forget()
        wires = board.wires_of((card_id,))
        for name in {board.wires[wire].source for wire in wires} | {card_id}:
            self._cell_of(board.places[name]).forget()
        if not wires.isdisjoint(board.long_wires):
            self._sort_long_wires(self._cells)

    def paint(self, painter: QPainter, view: Box) -> None:
        """Draw what lies in `view`; the painter is scaled to scene units and clipped by its caller."""
        stage = self._stage
        kit, zoom = stage.kit, stage.zoom
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        cells = self._cells_in(view)
        painter.setPen(QPen(kit.line, 0))
        painter.setBrush(kit.frame)
        painter.drawRects([QRectF(*stage.board.frame_places[rule]) for cell in cells for rule in cell.frames])
        for pace in Pace:
            painter.setPen(QPen(self._wire_colour(pace), 0, LINES[pace]))
            for cell in cells:
                painter.drawLines(cell.crossing[pace])
                if zoom >= WIRE_ZOOM:
                    painter.drawLines(self._wires(cell)[pace])
        if zoom >= WIRE_ZOOM:
            self._paint_taken(painter)
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

    def paint_plain(self, painter: QPainter) -> None:
        """Draw every card as a block of its colour and nothing else, for the small map."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for cell in self._all_cells().values():
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
            self._sort_long_wires(cells)
        return self._cells

    def _cells_in(self, view: Box) -> list[Cell]:
        left, right = (view[0] - COARSE / 2) // COARSE, (view[0] + view[2]) // COARSE
        top, bottom = (view[1] - COARSE / 2) // COARSE, (view[1] + view[3]) // COARSE
        cells = self._all_cells().items()
        return [cell for (column, row), cell in cells if left <= column <= right and top <= row <= bottom]

    def _cell_of(self, box: Box) -> Cell:
        return self._all_cells()[int(box[0] // COARSE), int(box[1] // COARSE)]

    def _sort_long_wires(self, cells: dict[CellKey, Cell]) -> None:
        """Give each piece of a long wire to every cell that it runs through."""
        for cell in cells.values():
            cell.crossing = _no_lines()
        board = self._stage.board
        for name in board.long_wires:
            wire = board.wires[name]
            for (x0, y0), (x1, y1) in pairwise(board.route(wire)):
                line = QLineF(x0, y0, x1, y1)
                for column in range(int(min(x0, x1) // COARSE), int(max(x0, x1) // COARSE) + 1):
                    for row in range(int(min(y0, y1) // COARSE), int(max(y0, y1) // COARSE) + 1):
                        cells[column, row].crossing[wire.pace].append(line)

    # --- what a cell draws

    def _boxes(self, cell: Cell) -> dict[int, list[QRectF]]:
        if cell.boxes is None:
            cell.boxes = defaultdict(list)
            for name in cell.cards:
                cell.boxes[self._colour(name)].append(QRectF(*self._stage.board.places[name]))
        return cell.boxes

    def _tiles(self, cell: Cell) -> dict[int, list[QRectF]]:
        if cell.tiles is None:
            cell.tiles = defaultdict(list)
            for name in cell.cards:
                x, y, width, height = self._stage.board.places[name]
                cell.tiles[self._colour(name)].append(QRectF(x, y, min(width, height * 0.9), height))
        return cell.tiles

    def _wires(self, cell: Cell) -> dict[Pace, list[QLineF]]:
        if cell.wires is None:
            board, cell.wires = self._stage.board, _no_lines()
            for wire_id in (wire for name in cell.cards for wire in board.outgoing.get(name, ())):
                if wire_id not in board.long_wires:
                    wire = board.wires[wire_id]
                    cell.wires[wire.pace] += [QLineF(*a, *b) for a, b in pairwise(board.route(wire))]
        return cell.wires

    def _colour(self, card_id: str) -> int:
        stage = self._stage
        card, state = stage.board.cards[card_id], stage.board.states.get(card_id)
        key = (card.kind, state.run if state is not None else None, stage.dim(card))
        if key not in self._colours:
            colour = stage.kit.run[state.run] if state is not None else stage.kit.kind[card.kind]
            self._colours[key] = (mix(stage.kit.canvas, colour, 0.4) if key[2] else colour).rgb()
        return self._colours[key]

    def _paint_taken(self, painter: QPainter) -> None:
        """The wires that a chain took, in their state's colour, over the quiet ones."""
        stage, board = self._stage, self._stage.board
        if self._taken is None:
            self._taken = {}
            for wire in (board.wires[name] for card in board.states for name in board.outgoing.get(card, ())):
                if (flow := stage.flow(wire)) is not None:
                    lines = self._taken.setdefault((flow.run, wire.pace), [])
                    lines += [QLineF(*a, *b) for a, b in pairwise(board.route(wire))]
        for (run, pace), lines in self._taken.items():
            painter.setPen(QPen(stage.kit.run[run], 0, LINES[pace]))
            painter.drawLines(lines)

    # --- over it

    def _paint_names(self, painter: QPainter, view: Box) -> None:
        """The rules' names in writing that keeps its size on screen."""
        stage = self._stage
        unit = 1 / stage.zoom
        for rule in stage.board.frames_in(view):
            x, y, width, _height = stage.board.frame_places[rule]
            if width * stage.zoom >= 56:
                place = QRectF(x + 6 * unit, y - 1 * unit, width - 10 * unit, 13 * unit)
                colour = stage.kit.text if rule == stage.rule else stage.kit.muted
                write(painter, place, stage.board.frames[rule].title, Ink(NAME_PX * unit, colour, STRONG))

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
