"""The flowchart canvas: the widget that the window puts in its middle."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from NodeGraphQt import NodeGraph
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trigger_studio.studio.chart.chart import Chart, Kind, RunState
from trigger_studio.studio.chart.drop_target import Planner
from trigger_studio.ui.canvas.a11y import access
from trigger_studio.ui.canvas.render.camera import STEP
from trigger_studio.ui.canvas.render.chart_index import Box, ChartIndex
from trigger_studio.ui.canvas.render.render_context import RenderContext
from trigger_studio.ui.canvas.render.style import kit_of
from trigger_studio.ui.canvas.view.viewer import ChartViewer
from trigger_studio.ui.widgets.theme import tokens_of

if TYPE_CHECKING:
    from trigger_studio.ui.canvas.render.picture import Form

FOCUS_PX = 2
READING_ZOOM = 0.8
NEAR_ZOOM = 0.66
FIT_GAP_PX = 20


class FlowCanvas(QWidget):
    """Shows a chart and tells what a person does to it; it changes nothing but the places of cards being dragged.

    Signals:
        node_activated: a card was double-clicked or entered; its id.
        rule_selected: another rule is selected, by its frame or one of its cards; its id, or "" for none.
        selection_changed: the ids of the selected cards, sorted.
        node_moved: a drag ended; the card's id and its place in scene units.
        step_asked: a step is to be put on a line; the place, and the position on the screen.
    """

    node_activated = Signal(str)
    rule_selected = Signal(str)
    selection_changed = Signal(list)
    node_moved = Signal(str, float, float)
    step_asked = Signal(object, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = RenderContext(kit_of(tokens_of(self.palette())))
        self._viewer = ChartViewer(self._stage, self)
        self._graph = NodeGraph(self, viewer=self._viewer)
        self._told: tuple[str, list[str]] = ("", [])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(FOCUS_PX, FOCUS_PX, FOCUS_PX, FOCUS_PX)
        layout.addWidget(self._viewer)
        self.setFocusProxy(self._viewer)
        for widget in (self, self._viewer):
            widget.setAccessibleName(self.tr("Flowchart of the rules"))
        access.install(ChartViewer)
        self._viewer.setAccessibleDescription(
            self.tr("Arrow keys walk along the edges, Page up and down from rule to rule, Enter opens a step.")
        )
        self._viewer.picked.connect(self._tell)
        self._viewer.activated.connect(self.node_activated)
        self._viewer.node_moved.connect(self.node_moved)
        self._viewer.step_asked.connect(self.step_asked)
        self._focus_shown = False
        self._viewer.focus_shown.connect(self._show_focus)

    # --- what is shown

    def set_chart(self, chart: Chart) -> None:
        """Show another chart; the view, and what of the selection still exists, stay."""
        stage, first = self._stage, not self._stage.board.cards
        before, regions = stage.board.states, stage.board.chart.regions
        adopted = not first and self._viewer.adopt(chart)
        if not adopted:
            stage.board = ChartIndex(chart)
        stage.selected &= stage.board.cards.keys()
        stage.current = stage.current if stage.current in stage.board.cards else None
        stage.rule = stage.rule if stage.rule in stage.board.frames else None
        stage.hovered = None
        if adopted:
            self._restate(before, chart.states)
            if regions != chart.regions:
                self._viewer.viewport().update()
        elif first:
            self._viewer.forget()
            self._viewer.open_view()
        else:
            self._viewer.reload()
        access.tell_chart(self._viewer)
        self._tell()

    def set_states(self, states: Mapping[str, RunState]) -> None:
        """Show other run states, by card id, on the same chart."""
        before, self._stage.board.states = self._stage.board.states, states
        self._restate(before, states)

    def _restate(self, before: Mapping[str, RunState], states: Mapping[str, RunState]) -> None:
        changed = {name for name in before.keys() | states.keys() if before.get(name) != states.get(name)}
        if changed:
            self._viewer.restate(changed)

    def selection(self) -> list[str]:
        """The ids of the selected cards, sorted."""
        return sorted(self._stage.selected)

    def selected_rules(self) -> list[str]:
        """The rules that are selected as a whole: by their box, or with their event; sorted."""
        cards = self._stage.board.cards
        events = {cards[name].rule for name in self._stage.selected if cards[name].kind is Kind.EVENT}
        boxed = {self._stage.rule} if not self._stage.selected else set()
        return sorted(rule for rule in events | boxed if rule is not None)

    def selected_steps(self) -> list[str]:
        """The selected cards that are not of a rule selected as a whole, sorted."""
        whole, cards = self.selected_rules(), self._stage.board.cards
        return [name for name in self.selection() if cards[name].rule not in whole]

    def use(self, planner: Planner) -> None:
        """Let hands change the rules, by somebody who knows them."""
        self._viewer.planner = planner

    def select_card(self, card_id: str) -> bool:
        """Select a card and scroll just far enough to see it; False if there is none."""
        known = card_id in self._stage.board.cards
        if known:
            self._viewer.click_card(card_id, add=False)
            self._viewer.select({card_id}, self._stage.board.cards[card_id].rule)
            self._viewer.bring_into_view(card_id)
        return known

    def place_of_current(self) -> QPoint:
        """Where on the screen the card is that keys act on; the middle of the canvas without one."""
        current, port = self._stage.current, self._viewer.viewport()
        at = port.rect().center()
        if current is not None:
            x, y, width, height = self._stage.board.places[current]
            at = self._viewer.viewportTransform().map(QPointF(x + width / 2, y + height)).toPoint()
        return QPoint(port.mapToGlobal(at))

    # --- where to look

    def select_rule(self, rule_id: str | None) -> None:
        """Select a rule and bring it into view, near enough to read; None selects nothing."""
        self._viewer.select(set(), rule_id)
        frame = self._stage.board.frame_places.get(rule_id or "")
        if frame and (self._stage.far or not self._viewer.camera.seen().contains(*frame[:2])):
            self._look_at_rule(frame)

    def fit_rule(self, rule_id: str) -> None:
        """Select a rule and show all of it, as near as there is room, or its beginning if that is too far to read."""
        self._viewer.select(set(), rule_id)
        if frame := self._stage.board.frame_places.get(rule_id):
            self._look_at_rule(frame)

    def _look_at_rule(self, frame: Box) -> None:
        camera = self._viewer.camera
        camera.fit(frame)
        if camera.zoom < NEAR_ZOOM:
            half = (self._viewer.viewport().width() / 2 - FIT_GAP_PX) / NEAR_ZOOM
            camera.look_at(QPointF(frame[0] + half, frame[1] + frame[3] / 2), NEAR_ZOOM)

    def centre_on(self, item_id: str) -> None:
        """Put a card, or a rule's frame, in the middle, near enough to read."""
        box = self._stage.board.places.get(item_id) or self._stage.board.frame_places.get(item_id)
        if box is not None:
            zoom = max(self._viewer.camera.zoom, READING_ZOOM)
            self._viewer.camera.look_at(QPointF(box[0] + box[2] / 2, box[1] + box[3] / 2), zoom)

    def bring_into_view(self, card_id: str) -> None:
        """Scroll just far enough to see a card; what is not on the chart is nowhere."""
        if card_id in self._stage.board.places:
            self._viewer.bring_into_view(card_id)

    def zoom_to_fit(self) -> None:
        """Show everything."""
        self._viewer.fit()

    def zoom_in(self) -> None:
        """One step nearer."""
        self._viewer.camera.zoom_by(STEP)

    def zoom_out(self) -> None:
        """One step further out."""
        self._viewer.camera.zoom_by(1 / STEP)

    def render_to_image(self, size: QSize, selection: Collection[str] | None = None) -> QImage:
        """A picture of the chart, or of these cards and what joins them, fitted into `size`; by the same painters."""
        from trigger_studio.ui.canvas.render import picture

        return picture.render(self._stage, size, selection)

    def picture(self, form: Form, selection: Collection[str] | None = None) -> bytes:
        """The chart, or these cards, as the content of a file."""
        from trigger_studio.ui.canvas.render import picture

        return picture.made(self._stage, form, selection)

    def selection_or_rule(self) -> list[str]:
        """The selected cards; with none, those of the selected rule."""
        board, rule = self._stage.board, self._stage.rule
        return self.selection() or (list(board.members.get(rule, ())) if rule is not None else [])

    # --- inside

    def _tell(self) -> None:
        stage = self._stage
        rule, cards = stage.rule or "", self.selection()
        before, self._told = self._told, (rule, cards)
        access.tell_current(self._viewer)
        if cards != before[1]:
            self.selection_changed.emit(cards)
        if rule != before[0]:
            self.rule_selected.emit(rule)

    def _show_focus(self, shown: bool) -> None:
        if shown != self._focus_shown:
            self._focus_shown = shown
            self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._stage.dress(kit_of(tokens_of(self.palette())))
            self._viewer.reload()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        kit = self._stage.kit
        painter.fillRect(self.rect(), kit.accent if self._focus_shown else kit.line)
        painter.end()
