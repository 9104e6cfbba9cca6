"""What stands across the window: a halt, with who, why and what is held; and what a person should hear."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from trigger_studio.model.counting import count
from trigger_studio.model.i18n import tr
from trigger_studio.storage.halts import Halt
from trigger_studio.studio.activity import ActivityModel, Moved
from trigger_studio.studio.controllers.halts import HaltsController
from trigger_studio.studio.controllers.notices import Notice, Notices
from trigger_studio.studio.document import Change, Document, Part
from trigger_studio.studio.texts.halts import in_short, scope_title
from trigger_studio.ui.widgets.kit import (
    Button,
    IconButton,
    card,
    column,
    empty,
    label,
    row,
    themed_icon,
    wide,
)
from trigger_studio.ui.widgets.theme import Space
from trigger_studio.ui.widgets.times import short_s

if TYPE_CHECKING:
    from trigger_studio.services.halt_impact import Aftermath

ITSELF = re.compile(r"paused by itself: (?P<number>\S+) .* within (?P<time>.+)")
NOTICE_MS = 6000
NOTICE_PX = 560


class HaltBanner(QWidget):
    """One line for each standing halt; hidden when there is none."""

    def __init__(self, document: Document, activity: ActivityModel, halts: HaltsController) -> None:
        super().__init__()
        self._document, self._activity, self._halts = document, activity, halts
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(Space.S, Space.S, Space.S, 0)
        self._shown: tuple[object, ...] = ()
        document.watch(self._changed)
        activity.watch(self._moved)
        self.hide()

    def _changed(self, change: Change) -> None:
        if Part.HALTS in change.parts:
            self._fill()

    def _moved(self, moved: Moved) -> None:
        if moved.stopped:
            self._fill()

    def _fill(self) -> None:
        halts = self._document.halts
        stopped = [self._activity.stopped.get((halt.scope, halt.target)) for halt in halts]
        if self._shown == (halts, stopped):
            return
        self._shown = (halts, stopped)
        empty(self._layout)
        for halt, found in zip(halts, stopped, strict=True):
            self._layout.addWidget(self._line(halt, found))
        self.setVisible(bool(halts))

    def _line(self, halt: Halt, found: Aftermath | None) -> QWidget:
        icon = label("")
        icon.setPixmap(themed_icon(self, "paused" if halt.by_itself else "halt", "failed").pixmap(20, 20))
        title = label(self._title(halt), "title", wrap=True)
        who = "" if halt.by_itself else f" — {halt.set_by}"
        said = [f"{why_halted(halt)}{who}, {short_s(halt.at)}", in_short(found) if found is not None else ""]
        text = label(" · ".join(part for part in said if part), wrap=True)
        details = Button(self.tr("What is stopped…"))
        replay = Button(self.tr("Resume and run…"), role="primary", icon="play", tip=self.tr("Run what was held"))
        discard = Button(self.tr("Resume and discard…"), tip=self.tr("Discard what was held"))
        details.setObjectName("stopped")
        replay.setObjectName("resume")
        discard.setObjectName("resume-discard")
        details.setEnabled(found is not None)
        details.clicked.connect(lambda: self._report(halt, found))
        replay.clicked.connect(lambda: self._ask(halt, False))
        discard.clicked.connect(lambda: self._ask(halt, True))
        words = QWidget()
        words.setLayout(column(title, text, gap=Space.XS))
        return card(row(icon, wide(words), details, replay, discard, gap=Space.M, margin=Space.S), "alarm")

    def _title(self, halt: Halt) -> str:
        if halt.scope == "all":
            return self.tr("Everything is halted")
        what = scope_title(self._document, halt.scope, halt.target)
        return (self.tr("Paused by itself: {0}") if halt.by_itself else self.tr("Halted: {0}")).format(what)

    def _report(self, halt: Halt, found: Aftermath | None) -> None:
        from trigger_studio.ui.inspector.resuming import StoppedReport

        if found is not None:
            StoppedReport(self.window(), self._document, halt.scope, halt.target, found).open()

    def _ask(self, halt: Halt, discard: bool) -> None:
        from trigger_studio.ui.inspector.resuming import ResumeQuestion

        ResumeQuestion(self.window(), self._document, self._halts, halt.scope, halt.target, discard=discard).open()


def why_halted(halt: Halt) -> str:
    """The reason; that of a rule which paused itself in the window's own language."""
    found = ITSELF.fullmatch(halt.reason) if halt.by_itself else None
    return tr("{0} within {1}", count(float(found["number"]), "failed firing"), found["time"]) if found else halt.reason


class NoticeBar(QFrame):
    """The last thing that a person should hear, laid over the top of a widget; what worked goes away by itself."""

    def __init__(self, notices: Notices, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.text = label("", wrap=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = IconButton("cross", self.tr("Close the message"))
        close.clicked.connect(self.hide)
        self._icon = label("")
        self._row = row(self._icon, wide(self.text), close, gap=Space.M, margin=Space.S)
        self.setLayout(self._row)
        self._timer = QTimer(self, singleShot=True, interval=NOTICE_MS)
        self._timer.timeout.connect(self.hide)
        over.installEventFilter(self)
        notices.watch(self.say)
        self.hide()

    def say(self, notice: Notice) -> None:
        """Show a message."""
        icon, ink = ("warning", "failed") if notice.problem else ("check", "done")
        self._icon.setPixmap(themed_icon(self, icon, ink).pixmap(16, 16))
        self.setProperty("role", "alarm" if notice.problem else "card")
        self.style().unpolish(self)
        self.style().polish(self)
        self.text.setText(notice.text)
        self._announce(notice)
        self._place()
        self.show()
        self.raise_()
        self._timer.stop()
        if not notice.problem:
            self._timer.start()

    def _announce(self, notice: Notice) -> None:
        """A screen reader says it, wherever the keys are; what did not work at once."""
        if QAccessible.isActive():
            told = QAccessibleAnnouncementEvent(self, notice.text)
            manners = QAccessible.AnnouncementPoliteness
            told.setPoliteness(manners.Assertive if notice.problem else manners.Polite)
            QAccessible.updateAccessibility(told)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        """In the middle at the top, as high as its words need."""
        width = min(NOTICE_PX, self._over.width() - 2 * Space.L)
        self.resize(width, self._row.heightForWidth(width))
        self.move((self._over.width() - width) // 2, Space.M)
