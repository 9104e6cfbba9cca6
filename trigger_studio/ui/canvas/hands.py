"""Mouse and keys of the canvas: which gesture a press begins, what a wheel or a key does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QKeyEvent, QMouseEvent, QWheelEvent

from trigger_studio.ui.canvas import steps
from trigger_studio.ui.canvas.camera import STEP
from trigger_studio.ui.canvas.gestures import Band, Drag, Gesture, MapPan, Pan

if TYPE_CHECKING:
    from trigger_studio.ui.canvas.viewer import ChartViewer

NOTCH = 120
ADDING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier


class Hands:
    """Turns events into gestures and commands of one viewer."""

    def __init__(self, viewer: ChartViewer) -> None:
        self._viewer = viewer
        self._gesture: Gesture | None = None
        self._space = False
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
            if card is not None and card not in viewer.stage.selected:
                viewer.click_card(card, add=False)
            return None
        if button != Qt.MouseButton.LeftButton:
            return None
        if viewer.map_place().contains(at):
            return MapPan(viewer, at)
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

    # --- keys

    def key(self, event: QKeyEvent) -> bool:
        """Do what a key says; False if it is not one of ours."""
        code = event.key()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if code == Qt.Key.Key_Space:
            self._space = True
            self._show_cursor()
        elif control and code == Qt.Key.Key_A:
            self._viewer.select(set(self._viewer.stage.board.cards), None)
        elif code in steps.ARROWS and control:
            self._scroll(Qt.Key(code))
        elif code in steps.ARROWS:
            self._step(Qt.Key(code))
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
        self._show_cursor()

    def _step(self, key: Qt.Key) -> None:
        stage = self._viewer.stage
        card = steps.step(stage.board, stage.current, key)
        if card is not None:
            self._viewer.click_card(card, add=False)
            self._viewer.bring_into_view(card)

    def _scroll(self, key: Qt.Key) -> None:
        step = {
            Qt.Key.Key_Left: QPoint(-80, 0), Qt.Key.Key_Right: QPoint(80, 0),
            Qt.Key.Key_Up: QPoint(0, -80), Qt.Key.Key_Down: QPoint(0, 80),
        }[key]  # fmt: skip
        self._viewer.camera.pan(step)

    def _go_home(self) -> None:
        card = steps.first(self._viewer.stage.board)
        if card is not None:
            self._viewer.click_card(card, add=False)
            self._viewer.bring_into_view(card)

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
