"""What this person had begun and not published when the window was last open: a calm line, and a way to let it go."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trigger_studio.model.i18n import quoted
from trigger_studio.studio.changes import Change, Part
from trigger_studio.studio.document import Document
from trigger_studio.ui.widgets.kit import Button, IconButton, card, label, row, themed_icon, wide
from trigger_studio.ui.widgets.theme import Space

MOST_NAMES = 3


class DraftNotice(QWidget):
    """Names the drafts from before, until it is put away.

    It shows itself once, after a pipeline was opened with drafts in it.
    """

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self._kept: tuple[str, ...] = ()
        self.text = label("", wrap=True)
        self.text.setAccessibleName(self.tr("Drafts kept"))
        icon = label("")
        icon.setPixmap(themed_icon(self, "pencil", "accent").pixmap(16, 16))
        self.show_first = Button(self.tr("Show"))
        self.discard = Button(self.tr("Discard"), tip=self.tr("Back to what is published; can be undone"))
        close = IconButton("cross", self.tr("Keep them and close this message"))
        self.show_first.clicked.connect(self._show_first)
        self.discard.clicked.connect(self._discard)
        close.clicked.connect(self.hide)
        line = row(icon, wide(self.text), self.show_first, self.discard, close, gap=Space.M, margin=Space.S)
        box = QVBoxLayout(self)
        box.setContentsMargins(Space.S, Space.S, Space.S, 0)
        box.addWidget(card(line))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._document.watch(self._changed)
        self.hide()

    def tell(self) -> None:
        """A pipeline has been opened: say what is there of this person's own."""
        self._kept = tuple(rule_id for rule_id in self._document.ids() if self._document.working(rule_id))
        names = [quoted((self._document.content(rule_id) or {}).get("name") or rule_id) for rule_id in self._kept]
        said = self.tr("A draft of yours was kept:") if len(names) == 1 else self.tr("{0} drafts of yours were kept:")
        more = self.tr(" and others") if len(names) > MOST_NAMES else ""
        told = f"{said.format(len(names))} {', '.join(names[:MOST_NAMES])}{more}"
        self.text.setText(told)
        self.setVisible(bool(self._kept))

    def _changed(self, change: Change) -> None:
        if Part.WORK in change.parts and self.isVisible():
            self.setVisible(any(self._document.working(rule_id) for rule_id in self._kept))

    def _show_first(self) -> None:
        left = [rule_id for rule_id in self._kept if self._document.working(rule_id)]
        if left:
            self._document.select(left[0])

    def _discard(self) -> None:
        self._document.discard_many(self._kept)
        self.hide()
