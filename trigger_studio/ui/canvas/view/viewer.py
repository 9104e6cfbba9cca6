"""NodeGraphQt's viewer with our own camera, painting and gestures: items when near, one painter when far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from NodeGraphQt.widgets.viewer import NodeViewer
from PySide6 import QtGui
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsView, QToolTip, QWidget

from trigger_studio.studio.chart.boxes import Box, few, touches
from trigger_studio.studio.chart.chart import Chart, Point
from trigger_studio.studio.chart.drop_target import Planner
from trigger_studio.ui.canvas.a11y import access
from trigger_studio.ui.canvas.interact.input_controller import InputController
from trigger_studio.ui.canvas.render import region_painter
from trigger_studio.ui.canvas.render.background import Ground
from trigger_studio.ui.canvas.render.camera import Camera
from trigger_studio.ui.canvas.render.dirty_regions import pieces, strips
from trigger_studio.ui.canvas.render.overlay import Marks
from trigger_studio.ui.canvas.render.overlay_painter import MarkPainter
from trigger_studio.ui.canvas.render.overview_renderer import OverviewRenderer
from trigger_studio.ui.canvas.render.render_context import RenderContext
from trigger_studio.ui.canvas.view.detail_renderer import DetailRenderer
from trigger_studio.ui.canvas.view.minimap import Minimap
from trigger_studio.ui.canvas.view.minimap_autohide import MapRest
from trigger_studio.ui.canvas.view.run_animation import Pulse
from trigger_studio.ui.widgets.plain import plain

REFINE_MS = 15
NAMES_ZOOM = 0.42
"""From here on the rules' names can be read on their boxes."""
FAR_SLACK_PX = 3.0
VIEW_GAP_PX = 60.0
OPEN_ZOOM, OPEN_LEAST_ZOOM = 0.7, 0.5
LABEL_REACH = 80.0
"""How far a wire's word may stand out of the box around the wire."""
BY_KEYS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class ChartViewer(NodeViewer):  # type: ignore[misc]
    """Shows a stage and lets hands at it.

    Signals:
        picked: the selection changed.
        activated: a card was double-clicked or entered; its id.
        node_moved: a drag of a card ended; its id, and its place in scene units.
        step_asked: the plus on a line was clicked; the place, and the position on the screen.
        focus_shown: whether to mark the canvas as having the keys, because keys rather than the mouse are in use.
    """

    picked = Signal()
    activated = Signal(str)
    node_moved = Signal(str, float, float)
    step_asked = Signal(object, QPoint)
    focus_shown = Signal(bool)

    def __init__(self, stage: RenderContext, parent: QWidget | None = None) -> None:
        self.stage = stage
        self._ready = False
        super().__init__(parent)
        self.setViewport(QWidget())  # to ask for Qt's own makes PySide prepare every class of widgets first: 9 ms
        self.setAcceptDrops(False)  # the stock viewer opens any session file that is dropped on it
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setCacheMode(QGraphicsView.CacheModeFlag(0))
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setMouseTracking(True)
        self.viewport().setAcceptDrops(True)  # the hands hear of it
        self.camera = Camera(self, self._view_changed)
        self.far = OverviewRenderer(stage)
        self.minimap = Minimap(stage, self.far)
        self.near = DetailRenderer(self.scene(), stage)
        self.ground = Ground()
        self.pulse = Pulse(self, stage, self.near, self._repaint_sign)
        self._map_place = QRectF()
        self.map_rest = MapRest(self, self._covered, self.viewport().update)
        self.planner: Planner | None = None
        self.marks = Marks(self)
        self._mark_painter = MarkPainter(self, self.marks)
        self.hands = InputController(self)
        self.drag_distance = QApplication.startDragDistance()
        self._refine = QTimer(self, singleShot=True, interval=REFINE_MS)
        self._refine.timeout.connect(self.viewport().update)
        self._ready = True

    # --- the view

    def reload(self) -> None:
        """The stage has another board, other colours or other states: forget every picture of the old."""
        self.forget()
        self._view_changed()

    def forget(self) -> None:
        """Drop every picture of the old, for a view that is about to be chosen."""
        self.near.clear()
        self.far.forget()
        self.minimap.forget()
        self.viewport().update()

    def adopt(self, chart: Chart) -> bool:
        """Show another chart by changing only what differs; False, and nothing done, if too much does."""
        change = self.stage.board.adopt(chart)
        if change is None:
            return False
        self.far.adopt(change)
        boxes = self.near.adopt(change)
        self.minimap.adopt(change)
        self._view_changed()
        if self.stage.far:
            boxes = few([*change.boxes_before(), *self.stage.board.boxes_of(change), *self.stage.board.ways_of(change)])
        if not self.map_place().isEmpty() and (change.cards or change.frames):
            self.viewport().update(self.map_place().toAlignedRect())
        seen = self.camera.seen().adjusted(-LABEL_REACH, -LABEL_REACH, LABEL_REACH, LABEL_REACH).getRect()
        for box in boxes:
            if touches(box, seen):
                self._update_box(box, LABEL_REACH)
        return True

    def restate(self, card_ids: Iterable[str]) -> None:
        """These cards have another run state on the same board."""
        self.far.restate(card_ids)
        self.minimap.forget()
        self.viewport().update()

    def _view_changed(self) -> None:
        self.stage.zoom, self.stage.ratio = self.camera.zoom, self.devicePixelRatioF()
        seen = self.camera.seen()
        place = self.minimap.place(self.viewport().size(), seen)
        if place != self._map_place:
            self._map_place = place
            self.viewport().update()
        self.map_rest.moved(seen)
        if self.stage.far:
            self.near.clear()
        else:
            self.near.show((seen.x(), seen.y(), seen.width(), seen.height()))

    def _update_scene(self) -> None:
        """Do nothing: the stock viewer refits its scene rectangle here on every step; ours is fixed."""

    def resizeEvent(self, event: QtGui.QResizeEvent) -> None:
        QGraphicsView.resizeEvent(self, event)
        if not self._ready:
            return
        if self.camera.touched and event.oldSize().isValid():  # keep in the middle what was there
            grown = event.size() - event.oldSize()
            self.camera.pan(QPoint(-grown.width() // 2, -grown.height() // 2))
        else:
            self.open_view()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        QGraphicsView.scrollContentsBy(self, dx, dy)
        if not self._ready:
            return
        place = self.map_place().toAlignedRect()
        if (
            not place.isEmpty()
        ):  # the map was copied along with the rest: paint it where it is and the rest where it was
            self.viewport().update(place.united(place.translated(dx, dy)))

    def fit(self) -> None:
        """Show everything."""
        self.camera.fit(self.stage.board.bounds())

    def open_view(self) -> None:
        """What to show first: everything, or of a chart that is small but wide its beginning, large enough to read."""
        self.fit()
        x, y, _width, height = self.stage.board.bounds()
        if self.stage.zoom < OPEN_ZOOM and not self.stage.many:
            zoom = min(max(self.viewport().height() / (height + 2 * VIEW_GAP_PX), OPEN_LEAST_ZOOM), OPEN_ZOOM)
            half = self.viewport().width() / 2 / zoom
            self.camera.look_at(QPointF(x + half - VIEW_GAP_PX, y + height / 2), zoom)
        self.camera.touched = False

    def bring_into_view(self, card_id: str) -> None:
        """Scroll just far enough to see a card."""
        x, y, width, height = self.stage.board.places[card_id]
        gap = VIEW_GAP_PX / self.stage.zoom
        seen, box = self.camera.seen(), QRectF(x, y, width, height).adjusted(-gap, -gap, gap, gap)
        if not seen.contains(box):
            dx = min(0.0, box.left() - seen.left()) or max(0.0, box.right() - seen.right())
            dy = min(0.0, box.top() - seen.top()) or max(0.0, box.bottom() - seen.bottom())
            self.camera.pan((QPointF(dx, dy) * self.stage.zoom).toPoint())

    # --- painting

    def paintEvent(self, event: QtGui.QPaintEvent) -> None:
        self.stage.sprites.begin_frame()
        self._paint_chart(event)
        place = self.map_place()
        if event.region().intersects(place.toAlignedRect()):
            painter = QtGui.QPainter(self.viewport())
            painter.setRenderHint(QtGui.QPainter.RenderHint.Antialiasing)
            self.minimap.paint(painter, place, self.camera.seen())
            painter.end()
        if self.marks.shown:
            painter = QtGui.QPainter(self.viewport())
            self._mark_painter.paint(painter)
            painter.end()
        if self.stage.sprites.unfinished:
            self._refine.start()
        self.pulse.painted()

    def _paint_chart(self, event: QtGui.QPaintEvent) -> None:
        stage, painter = self.stage, QtGui.QPainter(self.viewport())
        transform = self.viewportTransform()
        origin = transform.map(QPointF(0, 0)).toPoint()
        for rect in pieces(event.region()):
            painter.resetTransform()
            painter.setClipRegion(event.region().intersected(rect))
            for strip in strips(event.region(), rect):
                self.ground.paint(painter, strip, origin, kit=stage.kit, zoom=stage.zoom, ratio=stage.ratio)
            seen = self.mapToScene(rect).boundingRect()
            view = (seen.x(), seen.y(), seen.width(), seen.height())
            regions = stage.board.chart.regions
            if stage.far or regions:
                painter.setTransform(transform)
            region_painter.paint(painter, regions, seen, stage.look)
            if stage.far:
                self.far.paint(painter, view)
            else:
                painter.resetTransform()
                self.near.paint(painter, view, origin)
            if regions:
                painter.setTransform(transform)
                region_painter.paint_names(painter, regions, seen, stage.look)
        painter.end()

    def map_place(self) -> QRectF:
        """Where the small map lies in the viewport; empty while it would hide more than it shows."""
        return QRectF() if self.map_rest.gone else self._map_place

    def _covered(self) -> QRectF | None:
        """The map's box while there are cards under it."""
        place = self._map_place
        under = self.mapToScene(place.toRect()).boundingRect()
        box = (under.x(), under.y(), under.width(), under.height())
        return place if not place.isEmpty() and self.stage.board.cards_in(box) else None

    def look_through_map(self, at: QPointF) -> None:
        """Centre on what the small map shows at a viewport position."""
        self.camera.look_at(self.minimap.scene_point(self.map_place(), at))

    # --- what is where, and what is chosen

    def card_at(self, at: QPointF) -> str | None:
        """The card at a viewport position."""
        point = self.mapToScene(at.toPoint())
        slack = FAR_SLACK_PX / self.stage.zoom if self.stage.far else 0.0
        return self.stage.board.card_at(point.x(), point.y(), slack)

    def click_card(self, card_id: str, add: bool) -> None:
        """Select a card alone; with `add`, put it into the selection or take it out."""
        selected = set(self.stage.selected)
        if add:
            selected.symmetric_difference_update((card_id,))
        elif card_id not in selected:
            selected = {card_id}
        self.stage.current = card_id
        self.select(selected, self.stage.board.cards[card_id].rule)

    def click_ground(self, at: QPointF, keep: bool) -> None:
        """Select the rule whose frame is here, or nothing."""
        point = self.mapToScene(at.toPoint())
        rule = self.stage.board.frame_at(point.x(), point.y())
        self.select(set(self.stage.selected) if keep else set(), rule)

    def select_in(self, box: QRect, kept: Iterable[str]) -> None:
        """Select what a box of the viewport touches, and `kept`."""
        seen = self.mapToScene(box).boundingRect()
        found: Box = (seen.x(), seen.y(), seen.width(), seen.height())
        self.select({*kept, *self.stage.board.cards_in(found)}, None)

    def select(self, cards: set[str], rule: str | None) -> None:
        """Make this the selection."""
        if (cards, rule) != (self.stage.selected, self.stage.rule):
            self.stage.selected, self.stage.rule = cards, rule
            self.viewport().update()
            self.picked.emit()

    def go_to_rule_at(self, at: QPointF) -> None:
        """Zoom to the rule whose frame is here."""
        point = self.mapToScene(at.toPoint())
        rule = self.stage.board.frame_at(point.x(), point.y())
        if rule is not None:
            self.camera.fit(self.stage.board.frame_places[rule])

    def hover(self, at: QPointF) -> None:
        """Light up the card under the mouse."""
        card = None if self.map_place().contains(at) else self.card_at(at)
        if card != self.stage.hovered:
            before, self.stage.hovered = self.stage.hovered, card
            for name in (before, card):
                if name in self.near.cards:
                    self._update_box(self.near.cards[name].box)

    def place_cards(self, places: Mapping[str, Point]) -> None:
        """Put cards elsewhere, here and now; the document hears of it when the drag ends."""
        for name, (x, y) in places.items():
            board = self.stage.board
            old, frame = board.places[name], board.frame_places.get(board.cards[name].rule or "")
            board.move(name, x, y)
            self.far.move(name, old, frame)
        if self.stage.far:
            self.viewport().update()
        for box in self.near.follow(places.keys()):
            self._update_box(box)

    def end_drag(self, card_ids: Iterable[str]) -> None:
        """Tell where dragged cards were let go."""
        self.minimap.forget()
        self.viewport().update()
        for name in card_ids:
            self.node_moved.emit(name, *self.stage.board.places[name][:2])

    def _repaint_sign(self, card_id: str) -> None:
        """Have the sign of a card's state painted again."""
        box = self.near.cards[card_id].sign_box()
        if box is not None:
            self._update_box(box.getRect())

    def _update_box(self, box: Box, room: float = 0.0) -> None:
        """Have a box of the scene painted again, with `room` around it and some for rings."""
        whole = QRectF(*box).adjusted(-room, -room, room, room)
        area = self.viewportTransform().mapRect(whole).toAlignedRect().adjusted(-4, -4, 4, 4)
        self.viewport().update(area)

    # --- events

    def viewportEvent(self, event: QEvent) -> bool:
        if self._ready and self.hands.dragged(event):
            return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QtGui.QHelpEvent):
            text = self._tooltip(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), plain(text), self.viewport())
            return True
        return bool(QGraphicsView.viewportEvent(self, event))

    def _tooltip(self, at: QPointF) -> str:
        """All of a card's words; from afar also the rule's name, which is cut short there or too small to read."""
        card = self.card_at(at)
        if card is not None:
            return self.stage.tooltip(card)
        if self.stage.zoom >= NAMES_ZOOM:
            return ""
        point, board = self.mapToScene(at.toPoint()), self.stage.board
        rule = board.frame_at(point.x(), point.y())
        return board.frames[rule].title if rule is not None else ""

    def mousePressEvent(self, event: QtGui.QMouseEvent) -> None:
        self.focus_shown.emit(False)
        self.hands.press(event)

    def mouseMoveEvent(self, event: QtGui.QMouseEvent) -> None:
        self.hands.move(event)

    def mouseReleaseEvent(self, event: QtGui.QMouseEvent) -> None:
        self.hands.release(event)

    def mouseDoubleClickEvent(self, event: QtGui.QMouseEvent) -> None:
        self.hands.double_click(event)

    def wheelEvent(self, event: QtGui.QWheelEvent) -> None:
        self.hands.wheel(event)

    def contextMenuEvent(self, event: QtGui.QContextMenuEvent) -> None:
        event.ignore()  # the window's menu, not the stock one

    def keyPressEvent(self, event: QtGui.QKeyEvent) -> None:
        self.focus_shown.emit(True)
        if not self.hands.key(event):
            event.ignore()

    def keyReleaseEvent(self, event: QtGui.QKeyEvent) -> None:
        self.hands.key_up(event)

    def focusInEvent(self, event: QtGui.QFocusEvent) -> None:
        QGraphicsView.focusInEvent(self, event)  # past the stock one, which fills a hidden menu bar
        self.focus_shown.emit(event.reason() in BY_KEYS)
        access.tell_current(self)

    def focusOutEvent(self, event: QtGui.QFocusEvent) -> None:
        QGraphicsView.focusOutEvent(self, event)
        self.hands.let_go()
        self.focus_shown.emit(False)
