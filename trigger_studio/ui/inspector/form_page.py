"""Where the inspector's form scrolls, and the area around everything for a screen that is lower still."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from trigger_studio.ui.widgets.kit import column
from trigger_studio.ui.widgets.theme import Space

PAGE_PX = 160
"""The form is never lower than this."""


class FormPage(QScrollArea):
    """The form of one rule, under what leads it where that has no place of its own.

    Attributes:
        body: the form's widgets.
    """

    def __init__(self) -> None:
        super().__init__(widgetResizable=True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumHeight(PAGE_PX)
        self.body: QWidget | None = None
        holder = QWidget()
        holder.setMinimumWidth(0)
        holder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._lead = column(margin=Space.L)
        self._lead.setContentsMargins(Space.L, 0, Space.L, 0)
        self._bodies = column()
        holder.setLayout(column(self._lead, self._bodies, gap=0))
        self.setWidget(holder)

    def show_body(self, body: QWidget) -> None:
        """Show another form in place of the one that was."""
        if self.body is not None:
            self._bodies.removeWidget(self.body)
            self.body.hide()
            self.body.deleteLater()
        self.body = body
        self._bodies.addWidget(body)
        body.show()

    def minimumSizeHint(self) -> QSize:
        beside = self.verticalScrollBar().sizeHint().width()
        return QSize(self._lead.minimumSize().width() + beside, super().minimumSizeHint().height())

    def lead(self, widget: QWidget) -> None:
        """Have this scroll along above the form."""
        self._lead.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        self._lead.addWidget(widget)
        self.updateGeometry()

    def lead_no_more(self) -> None:
        """What led the form stands elsewhere again."""
        self._lead.setContentsMargins(Space.L, 0, Space.L, 0)
        self.updateGeometry()


class Tall(QScrollArea):
    """On a very low screen the head may scroll away too; it is never narrower than what is in it."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__(widgetResizable=True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inner = inner
        self.setWidget(inner)

    def minimumSizeHint(self) -> QSize:
        bar = self.verticalScrollBar()
        beside = bar.sizeHint().width() if bar.maximum() else 0
        return QSize(self._inner.minimumSizeHint().width() + beside, super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
