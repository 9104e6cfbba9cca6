"""The palette: everything a chart is made of, to be dragged onto it or put in by Enter."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QMimeData, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QDrag, QKeyEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListWidget, QListWidgetItem, QMenu, QVBoxLayout, QWidget

from trigger_studio.model.i18n import tr
from trigger_studio.model.profile import EVENT_TYPES, Profile
from trigger_studio.studio.form.action_kinds import fresh_actions, icon_of, ink_of, type_words
from trigger_studio.ui.canvas.interact.input_controller import ITEM
from trigger_studio.ui.widgets import icons
from trigger_studio.ui.widgets.kit import IconButton, label, on_surface, row, themed_icon
from trigger_studio.ui.widgets.plain import literal, plain
from trigger_studio.ui.widgets.theme import Space, tokens_of

WIDE_PX, NARROW_PX = 216, 60
ROOM_PX = 900
"""With less beside it, the palette begins without words."""
NAME = Qt.ItemDataRole.UserRole
FLOW = ("branch", "gate", "parallel", "sequence")


class Entry(NamedTuple):
    """One thing of the palette. `ink`: its colour, by a name of the theme."""

    name: str
    words: str
    icon: str
    ink: str


def entries(profile: Profile) -> dict[str, list[Entry]]:
    """All things by the heading they stand under."""
    events = [
        Entry("approved", tr("… is approved"), "approved", "event"),
        Entry("completed", tr("… completes"), "completed", "event"),
        Entry("failed", tr("… fails"), "failed", "event"),
    ]
    steps = {
        kind: Entry(kind, type_words(kind), icon_of({"type": kind}), ink_of(kind)) for kind in fresh_actions(profile)
    }
    return {
        tr("When something"): [*events, Entry("condition", tr("Only if …"), "filter", "condition")],
        tr("Then"): [entry for kind, entry in steps.items() if kind not in FLOW],
        tr("Flow"): [steps[kind] for kind in FLOW],
    }


class Palette(QFrame):
    """The list of everything that can be dragged onto the chart.

    Signals: `chosen`, a thing is to be put in by keyboard or double click; its name.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("palette")
        self.list = PaletteList()
        self.list.chosen.connect(self.chosen)
        self._title = label(self.tr("Palette"), "title")
        self._fold = IconButton("minus", self.tr("Show the palette without words"))
        self._fold.setCheckable(True)
        self._fold.toggled.connect(self._folded)
        self._fold.clicked.connect(self._decide)
        self._decided = False
        on_surface(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(Space.S, Space.S, Space.XS, Space.S)
        box.setSpacing(Space.XS)
        box.addLayout(row(self._title, 1, self._fold))
        box.addWidget(self.list, 1)
        self.setFixedWidth(WIDE_PX)

    def offer(self, profile: Profile) -> None:
        """Show what a profile knows."""
        self.list.offer(profile)

    def make_room(self, width: int) -> None:
        """Begin with or without words, by how wide everything is; once a person has said which, it stays."""
        if not self._decided:
            self._fold.setChecked(width < ROOM_PX)

    def _decide(self) -> None:
        self._decided = True

    def _folded(self, narrow: bool) -> None:
        self._title.setVisible(not narrow)
        self._fold.dress("plus" if narrow else "minus")
        self.list.show_words(not narrow)
        self.setFixedWidth(NARROW_PX if narrow else WIDE_PX)


class PaletteList(QListWidget):
    """The things in a list, under headings."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Palette: Enter puts a thing after the selected step"))
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setIconSize(QSize(20, 20))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.itemDoubleClicked.connect(self._choose)
        self._profile: Profile | None = None
        self._wordy = True

    def offer(self, profile: Profile) -> None:
        """Show what a profile knows."""
        if profile is not self._profile:
            self._profile = profile
            self._fill()

    def show_words(self, wordy: bool) -> None:
        """With words, or icons alone."""
        self._wordy = wordy
        self._fill()

    def _fill(self) -> None:
        if self._profile is None:
            return
        self.clear()
        for heading, things in entries(self._profile).items():
            head = QListWidgetItem(self.tr(heading) if self._wordy else "")
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            head.setSizeHint(QSize(0, 24 if self._wordy else 8))
            self.addItem(head)
            for entry in things:
                item = QListWidgetItem(themed_icon(self, entry.icon, entry.ink), entry.words if self._wordy else "")
                item.setData(NAME, entry)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, entry.words)
                item.setToolTip(plain(self.tr("{0}: drag it onto the chart, or press Enter").format(entry.words)))
                item.setSizeHint(QSize(0, 28))
                self.addItem(item)

    def names(self) -> list[str]:
        """What there is, in order."""
        found = (self.item(index).data(NAME) for index in range(self.count()))
        return [entry.name for entry in found if entry is not None]

    def _choose(self, item: QListWidgetItem) -> None:
        entry: Entry | None = item.data(NAME)
        if entry is not None:
            self.chosen.emit(entry.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem() is not None:
            self._choose(self.currentItem())
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._fill()

    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        entry: Entry | None = self.currentIndex().data(NAME)
        if entry is None:
            return
        drag = QDrag(self)
        drag.setMimeData(mime_of(entry.name))
        picture = chip(self, entry)
        drag.setPixmap(picture)
        drag.setHotSpot((QPointF(picture.width(), picture.height()) / 2 / picture.devicePixelRatio()).toPoint())
        drag.exec(Qt.DropAction.CopyAction)


def mime_of(name: str) -> QMimeData:
    """What is dragged out of the palette."""
    mime = QMimeData()
    mime.setData(ITEM, name.encode())
    return mime


def chip(widget: QWidget, entry: Entry) -> QPixmap:
    """A picture of a thing to be dragged: icon and words on a small card."""
    tokens, ratio = tokens_of(widget.palette()), widget.devicePixelRatioF()
    width = widget.fontMetrics().horizontalAdvance(entry.words) + 54
    picture = QPixmap(QSize(width, 36) * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(getattr(tokens, entry.ink)), 1.4))
    painter.setBrush(QColor(tokens.surface))
    painter.drawRoundedRect(QRectF(1, 1, width - 2, 34), 9, 9)
    icons.draw(painter, entry.icon, QRectF(11, 9, 18, 18), QColor(getattr(tokens, entry.ink)))
    painter.setFont(widget.font())
    painter.setPen(QColor(tokens.text))
    painter.drawText(QRectF(38, 0, width - 44, 36), Qt.AlignmentFlag.AlignVCenter, entry.words)
    painter.end()
    return picture


def step_menu(widget: QWidget, profile: Profile, choose: Callable[[str], None], *, title: str = "") -> QMenu:
    """The palette's steps as a menu, for one place."""
    menu = QMenu(title, widget)
    for heading, things in entries(profile).items():
        if any(entry.name in EVENT_TYPES for entry in things):
            continue
        menu.addSection(widget.tr(heading))
        for entry in things:
            action = menu.addAction(themed_icon(widget, entry.icon, entry.ink), literal(entry.words))
            action.triggered.connect(lambda _on=False, name=entry.name: choose(name))
    return menu
