"""The bar under the flowchart that replays a chain: a scrubber over its moments, told in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QSlider, QWidget

from trigger_studio.model.i18n import decimal
from trigger_studio.studio.background import BackgroundTasks
from trigger_studio.studio.chart.replay import Replay
from trigger_studio.studio.controllers.runs import RunsController
from trigger_studio.studio.document import Document
from trigger_studio.studio.form.action_kinds import title_of
from trigger_studio.ui.widgets.kit import Elided, IconButton, Pick, column, label, on_surface, row
from trigger_studio.ui.widgets.plain import plain
from trigger_studio.ui.widgets.theme import Space
from trigger_studio.ui.widgets.times import exact

STEP_MS = 1200
"""How long a moment stays at normal speed."""
HANDLE_PX = 24
SPEEDS = (0.5, 1.0, 2.0, 4.0, 10.0)


class ReplayBar(QWidget):
    """A scrubber over the moments of one chain. Hidden until a chain is shown.

    Signals:
        moment: another moment is to be shown: the chart's run states, and the card where it happens.
        ended: the replay was closed; what really is should be shown again.
    """

    moment = Signal(object, str)
    ended = Signal()

    def __init__(self, document: Document, runs: RunsController, tasks: BackgroundTasks) -> None:
        super().__init__()
        self._document, self._runs, self._tasks = document, runs, tasks
        self._replay: Replay | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self.to_start = self._button("first", self.tr("To the beginning (Home)"), lambda: self.go(0))
        self.back = self._button("previous", self.tr("One moment back (Left)"), lambda: self.step(-1))
        self.play = self._button("play", self.tr("Play (Space)"), self.toggle)
        self.forth = self._button("next", self.tr("One moment on (Right)"), lambda: self.step(1))
        self.to_end = self._button("last", self.tr("To the end (End)"), lambda: self.go(self._last))
        self.close_ = self._button("cross", self.tr("Close the replay (Esc)"), self.end)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(self.tr("Moment of the chain"))
        self.slider.setPageStep(5)
        self.slider.setMinimumHeight(HANDLE_PX)
        self.slider.valueChanged.connect(self._show)
        self.slider.installEventFilter(self)
        self.speed = Pick([(speed, f"{decimal(speed)}×") for speed in SPEEDS], 1.0, name=self.tr("Speed"), fit=True)
        self.speed.currentIndexChanged.connect(self._pace)
        self.place = label("", "muted")
        self.words = Elided("")
        self.words.setAccessibleName(self.tr("What happened at that moment"))
        buttons = row(self.to_start, self.back, self.play, self.forth, self.to_end, gap=2)
        top = row(buttons, self.slider, self.place, self.speed, self.close_, gap=Space.S)
        on_surface(self)
        layout = column(top, self.words, gap=Space.XS)
        layout.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        self.setLayout(layout)
        self.hide()

    def _button(self, icon: str, tip: str, does: Callable[[], object]) -> IconButton:
        button = IconButton(icon, tip)
        button.clicked.connect(does)
        return button

    # what is replayed

    def ask(self, chain: str) -> None:
        """Read a chain from the log and show its first moment."""
        if chain:
            self._tasks.start(self._ask(chain))

    async def _ask(self, chain: str) -> None:
        self.show_records(await self._runs.records(chain))

    def show_records(self, records: Iterable[dict[str, Any]]) -> None:
        """Show the first moment of a chain's records."""
        document = self._document

        def tell(rule_id: str, action: Any) -> str:
            return title_of(action, document.content(rule_id) or {}, document.profile)

        replay = Replay(records, tell)
        if not replay.frames:
            return
        self.pause()
        self._replay = replay
        self.slider.setMaximum(self._last)
        self.show()
        self.slider.setFocus(Qt.FocusReason.OtherFocusReason)
        self.go(0)
        self._show()

    @property
    def _last(self) -> int:
        return len(self._replay.frames) - 1 if self._replay is not None else 0

    def end(self) -> None:
        """Close the replay."""
        self.pause()
        self._replay = None
        self.hide()
        self.ended.emit()

    # moving in it

    def go(self, index: int) -> None:
        """Show one moment."""
        self.slider.setValue(index)

    def step(self, by: int) -> None:
        """Show another moment, and stay there."""
        self.pause()
        self.go(self.slider.value() + by)

    @property
    def playing(self) -> bool:
        """Whether it goes on by itself."""
        return self._timer.isActive()

    def toggle(self) -> None:
        """Play or pause; at the end, from the beginning."""
        if self.playing:
            self.pause()
            return
        if self.slider.value() == self._last:
            self.go(0)
        self._timer.start()
        self._pace()
        self._dress_play("pause", self.tr("Pause (Space)"))

    def pause(self) -> None:
        """Stay where it is."""
        self._timer.stop()
        self._dress_play("play", self.tr("Play (Space)"))

    def _dress_play(self, icon: str, tip: str) -> None:
        self.play.dress(icon)
        self.play.setToolTip(plain(tip))
        self.play.setAccessibleName(tip)

    def _pace(self) -> None:
        self._timer.setInterval(round(STEP_MS / float(self.speed.value)))

    def _tick(self) -> None:
        self.go(self.slider.value() + 1)
        if self.slider.value() == self._last:
            self.pause()

    def _show(self) -> None:
        replay, index = self._replay, self.slider.value()
        if replay is None:
            return
        frame = replay.frames[index]
        self.place.setText(self.tr("{0} of {1}").format(index + 1, len(replay.frames)))
        content = self._document.content(frame.rule) or {}
        words = f"{exact(frame.at)} — {frame.text}  ·  {content.get('name') or frame.rule}"
        self.words.setText(words)
        self.words.setToolTip(plain(words))
        self.slider.setAccessibleDescription(words)
        for button, on in ((self.back, index > 0), (self.to_start, index > 0)):
            button.setEnabled(on)
        for button, on in ((self.forth, index < self._last), (self.to_end, index < self._last)):
            button.setEnabled(on)
        self.moment.emit(replay.states(index), frame.card)

    # Qt

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._key(event.key()):
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._key(event.key()):
            super().keyPressEvent(event)

    def _key(self, key: int) -> bool:
        keys: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Space: self.toggle,
            Qt.Key.Key_Escape: self.end,
            Qt.Key.Key_Left: lambda: self.step(-1),
            Qt.Key.Key_Right: lambda: self.step(1),
        }
        if key not in keys:
            return False
        keys[key]()
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        self.pause()
        super().hideEvent(event)
