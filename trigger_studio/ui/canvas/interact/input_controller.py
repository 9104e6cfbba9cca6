"""Mouse and keys of the canvas: which gesture a press begins, what a wheel or a key does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QInputDevice, QKeyEvent, QMouseEvent, QWheelEvent

from trigger_studio.studio.chart.drop_target import DragPayload, PayloadKind
from trigger_studio.ui.canvas.interact import navigation, steps
from trigger_studio.ui.canvas.interact.gestures import Band, Drag, Gesture, MapPan, Pan, Pull, aim, let_go
from trigger_studio.ui.canvas.interact.keyboard_move import Nudge
from trigger_studio.ui.canvas.render.camera import STEP
from trigger_studio.ui.canvas.render.hit_testing import place_at, wire_at
from trigger_studio.ui.canvas.render.overlay import KNOB

if TYPE_CHECKING:
    from trigger_studio.ui.canvas.view.viewer import ChartViewer

NOTCH = 120
ITEM = "application/x-trigger-studio-item"
"""What the palette calls what is dragged out of it."""
HANDLE_ZOOM = 0.4
NUDGING = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
ADDING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier


class InputController:
    """Turns events into gestures and commands of one viewer."""

    def __init__(self, viewer: ChartViewer) -> None:
        self._viewer = viewer
        self._gesture: Gesture | None = None
        self._space = False
        self._nudge = Nudge(viewer)
        self._keys: dict[int, Callable[[], None]] = {
            Qt.Key.Key_F: viewer.fit,
            Qt.Key.Key_Home: self._go_home,
            Qt.Key.Key_Plus: lambda: viewer.camera.zoom_by(STEP),
            Qt.Key.Key_Equal: lambda: viewer.camera.zoom_by(STEP),
            Qt.Key.Key_Minus: lambda: viewer.camera.zoom_by(1 / STEP),
            Qt.Key.Key_0: lambda: viewer.camera.zoom_by(1 / viewer.camera.zoom),
            Qt.Key.Key_Return: self._activate,
            Qt.Key.Key_Enter: self._activate,
            Qt.Key.Key_Escape: self._escape,
            Qt.Key.Key_PageDown: lambda: self._go_to_rule(1),
            Qt.Key.Key_PageUp: lambda: self._go_to_rule(-1),
        }

    # --- mouse

    def press(self, event: QMouseEvent) -> None:
        """Begin a gesture; a press during one is ignored."""
        if self._gesture is None:
            self._gesture = self._begin(event.button(), event.position(), event.modifiers())
            self._show_cursor()

    def _begin(self, button: Qt.MouseButton, at: QPointF, keys: Qt.KeyboardModifier) -> Gesture | None:
        viewer = self._viewer
        if button == Qt.MouseButton.MiddleButton or (button == Qt.MouseButton.LeftButton and self._space):
            return Pan(viewer, at)
        if button == Qt.MouseButton.RightButton:
            card = viewer.card_at(at)
            if card is None:
                viewer.click_ground(at, keep=False)
            elif card not in viewer.stage.selected:
                viewer.click_card(card, add=False)
            return None
        if button != Qt.MouseButton.LeftButton:
            return None
        if viewer.map_place().contains(at):
            return MapPan(viewer, at)
        if viewer.marks.on_handle(at) and viewer.marks.handle is not None:
            return Pull(viewer, viewer.marks.handle, at)
        if viewer.marks.on_plus(at) and viewer.marks.plus is not None:
            place = place_at(viewer, viewer.marks.plus_place() or at)
            viewer.step_asked.emit(place, viewer.viewport().mapToGlobal(at.toPoint()))
            return None
        adding, card = bool(keys & ADDING), viewer.card_at(at)
        if card is None:
            return Band(viewer, at, adding)
        viewer.click_card(card, adding)
        return Drag(viewer, at) if card in viewer.stage.selected else None

    def move(self, event: QMouseEvent) -> None:
        """Follow the mouse, or light up what is under it."""
        if self._gesture is not None:
            self._gesture.move(event.position())
        else:
            self._viewer.hover(event.position())
            self.offer(event.position())

    def offer(self, at: QPointF) -> None:
        """Show what can be taken hold of here: an output's handle, the plus on a line."""
        viewer = self._viewer
        if viewer.planner is None or viewer.stage.far or viewer.stage.zoom < HANDLE_ZOOM or self._on_map(at):
            viewer.marks.clear()
            return
        handle = viewer.stage.hovered
        if handle is None and viewer.marks.handle is not None and self._near_handle(at):
            handle = viewer.marks.handle
        wire = wire_at(viewer, at) if handle is None else None
        if wire is None and viewer.marks.plus is not None and viewer.marks.on_plus(at):
            wire = viewer.marks.plus[0]
        viewer.marks.hover(handle if handle is not None and viewer.planner.raises(handle) else None, wire, at)

    def _on_map(self, at: QPointF) -> bool:
        return bool(self._viewer.map_place().contains(at))

    def _near_handle(self, at: QPointF) -> bool:
        """On the handle, or on the way to it."""
        marks = self._viewer.marks
        return marks.handle in self._viewer.stage.board.cards and (
            (marks.handle_place(marks.handle) - at).manhattanLength() < 4 * KNOB
        )

    def release(self, event: QMouseEvent) -> None:
        """End the gesture."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.end(event.position())
        self._show_cursor()

    def double_click(self, event: QMouseEvent) -> None:
        """Activate a card, or go to a rule."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        card = self._viewer.card_at(event.position())
        if card is not None:
            self._viewer.activated.emit(card)
        elif not self._viewer.map_place().contains(event.position()):
            self._viewer.go_to_rule_at(event.position())

    def wheel(self, event: QWheelEvent) -> None:
        """Zoom at the cursor; two fingers on a touchpad pan."""
        touch = event.device() is not None and event.device().type() == QInputDevice.DeviceType.TouchPad
        if touch and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._viewer.camera.pan(-(event.pixelDelta() or event.angleDelta() / 2))
            return
        turned = event.angleDelta().y() or event.angleDelta().x()
        if turned:
            self._viewer.camera.zoom_by(STEP ** (turned / NOTCH), event.position())

    # --- what is dragged in from the palette

    def dragged(self, event: QEvent) -> bool:
        """Deal with a drag from outside; True if the event was one. What is not ours is left to the window."""
        kinds = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.DragLeave, QEvent.Type.Drop)
        if event.type() not in kinds:
            if event.type() == QEvent.Type.Leave and self._gesture is None:
                self._viewer.marks.clear()
            return False
        if not isinstance(event, QDropEvent):
            self._viewer.marks.show_target(None)
            return True
        if not event.mimeData().hasFormat(ITEM) or self._viewer.planner is None:
            event.ignore()
            return True
        load = DragPayload(PayloadKind.NEW, bytes(event.mimeData().data(ITEM).data()).decode())
        target = aim(self._viewer, load, place_at(self._viewer, event.position()), event.position())
        if event.type() == QEvent.Type.Drop:
            self._viewer.marks.show_target(None)
            self._viewer.setFocus(Qt.FocusReason.MouseFocusReason)
            if target is not None:
                let_go(self._viewer, load, target)
        else:
            self._viewer.marks.show_target(target)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        return True

    # --- keys

    def key(self, event: QKeyEvent) -> bool:
        """Do what a key says; False if it is not one of ours."""
        code = event.key()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if code == Qt.Key.Key_Space and control:
            self._toggle()
        elif code == Qt.Key.Key_Space:
            self._space = True
            self._show_cursor()
        elif control and code == Qt.Key.Key_A:
            self._viewer.select(set(self._viewer.stage.board.cards), None)
        elif code in steps.ARROWS and event.modifiers() == NUDGING:
            self._nudge.move(Qt.Key(code))
        elif code in steps.ARROWS and control:
            self._scroll(Qt.Key(code))
        elif code in steps.ARROWS:
            self._step(Qt.Key(code), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif code in self._keys:
            self._keys[code]()
        else:
            return False
        return True

    def key_up(self, event: QKeyEvent) -> None:
        """Let go of the space bar."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.let_go()

    def let_go(self) -> None:
        """Forget held keys: the focus went elsewhere."""
        self._space = False
        self._nudge.finish()
        self._show_cursor()

    def _step(self, key: Qt.Key, add: bool) -> None:
        stage = self._viewer.stage
        begin = steps.in_order(stage.board, stage.rule) if stage.current is None and stage.rule is not None else []
        card = begin[0] if begin else steps.step(stage.board, stage.current, key)
        if card is not None:
            navigation.to_card(self._viewer, card, add=add)

    def _toggle(self) -> None:
        """Take the card that keys act on into the selection, or out of it."""
        if self._viewer.stage.current is not None:
            self._viewer.click_card(self._viewer.stage.current, add=True)

    def _go_to_rule(self, way: int) -> None:
        rule = steps.rule_step(self._viewer.stage.board, self._viewer.stage.rule, way)
        if rule is not None:
            navigation.to_rule(self._viewer, rule)

    def _scroll(self, key: Qt.Key) -> None:
        step = {
            Qt.Key.Key_Left: QPoint(-80, 0), Qt.Key.Key_Right: QPoint(80, 0),
            Qt.Key.Key_Up: QPoint(0, -80), Qt.Key.Key_Down: QPoint(0, 80),
        }[key]  # fmt: skip
        self._viewer.camera.pan(step)

    def _go_home(self) -> None:
        card = steps.first(self._viewer.stage.board)
        if card is not None:
            navigation.to_card(self._viewer, card)

    def _activate(self) -> None:
        if self._viewer.stage.current is not None:
            self._viewer.activated.emit(self._viewer.stage.current)

    def _escape(self) -> None:
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.cancel()
        else:
            self._viewer.select(set(), None)
        self._show_cursor()

    def _show_cursor(self) -> None:
        shape = Qt.CursorShape.ArrowCursor
        if isinstance(self._gesture, Pan):
            shape = Qt.CursorShape.ClosedHandCursor
        elif self._space:
            shape = Qt.CursorShape.OpenHandCursor
        self._viewer.viewport().setCursor(shape)
