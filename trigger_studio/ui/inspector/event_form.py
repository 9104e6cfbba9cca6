"""An event described by picking: what happens, to which entity, with which attributes."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QWidget

from trigger_studio.analysis.wording import words
from trigger_studio.errors import BadInput
from trigger_studio.model.event import Event
from trigger_studio.model.i18n import tr
from trigger_studio.model.profile import EVENT_TYPES
from trigger_studio.studio.document import Document
from trigger_studio.studio.form.picks import HAPPENS
from trigger_studio.studio.form.typed import number_of
from trigger_studio.ui.widgets.kit import Pick, row, wide
from trigger_studio.ui.widgets.theme import Space


class EventForm(QWidget):
    """Fields that make up an event: type, entity, attributes. Signals: `changed` when another event is described."""

    changed = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self._recent: dict[str, Event] = {}
        self.recent = Pick([("", self.tr("Describe one here"))], "", name=self.tr("A recent event"))
        self.kind = Pick([], name=self.tr("What it is about"))
        self.entity = Pick([], name=self.tr("Which one"))
        self.entity.setEditable(True)
        self.entity.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.type = Pick(
            [(item, tr(HAPPENS[item])) for item in EVENT_TYPES], "approved", name=self.tr("What happens"), fit=True
        )
        self.attributes = QLineEdit(placeholderText=self.tr("as known; or tier=4k, …"))
        self.attributes.setAccessibleName(self.tr("Attributes other than the entity's own"))
        grid = QFormLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(Space.S)
        grid.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        grid.addRow(self.tr("Event"), self.recent)
        grid.addRow(self.tr("A"), row(wide(self.kind), wide(self.type)))
        grid.addRow(self.tr("Which"), self.entity)
        grid.addRow(self.tr("With"), self.attributes)
        self.recent.currentIndexChanged.connect(self._take_recent)
        self.kind.currentIndexChanged.connect(self._offer_entities)
        self.type.currentIndexChanged.connect(lambda _i: self.changed.emit())
        self.entity.currentTextChanged.connect(lambda _t: self.changed.emit())
        self.attributes.textChanged.connect(lambda _t: self.changed.emit())

    def offer(self) -> None:
        """Offer the kinds and entities of the pipeline; what was chosen stays."""
        profile = self._document.profile
        if profile is None:
            return
        kinds = [(kind, words.title(words.plain(kind))) for kind in profile.kinds]
        there = {e.kind for e in self._document.entities}
        likely = [kind for kind in ("variant", *profile.kinds) if kind in there and kind in profile.kinds]
        chosen = self.kind.value or next(iter(likely), profile.kinds[0])
        entity = self._entity_id()
        self.kind.offer(kinds, chosen)
        self._offer_entities(entity=entity)

    def _offer_entities(self, _index: int = 0, entity: str = "") -> None:
        known = [e for e in self._document.entities if e.kind == self.kind.value]
        first = next((e.id for e in known if e.status == "completed"), known[0].id if known else "")
        self.entity.offer(
            [(e.id, f"{e.name or e.id} · {words.plain(e.status)}") for e in known], entity or first or None
        )
        self.changed.emit()

    def offer_recent(self, events: Sequence[Event]) -> None:
        """Offer events on record."""
        self._recent = {event.id: event for event in events}
        shown = [(e.id, f"{words.event_label(e.type, e.entity)} · {e.entity_id}") for e in events]
        self.recent.offer([("", self.tr("Describe one here")), *shown], self.recent.value or "")

    def _take_recent(self) -> None:
        event = self._recent.get(self.recent.value)
        if event is not None:
            self.kind.put(event.entity)
            self._offer_entities(entity=event.entity_id)
            self.type.put(event.type)
            self.attributes.setText(", ".join(f"{k}={words.value_text(v)}" for k, v in event.attributes.items()))
        self.changed.emit()

    def put(self, kind: str, event_type: str, entity_id: str = "") -> None:
        """Describe this event."""
        self.recent.put("")
        self.kind.put(kind)
        self._offer_entities(entity=entity_id)
        self.type.put(event_type)
        self.changed.emit()

    def put_fixed(self, kind: str, event_type: str, entity_id: str) -> None:
        """Describe an event of this kind; only which one it is about, and its attributes, can be changed."""
        self.put(kind, event_type, entity_id)
        for field in (self.kind, self.type):
            field.setEnabled(False)
        grid = self.layout()
        assert isinstance(grid, QFormLayout)
        grid.setRowVisible(self.recent, False)

    def _entity_id(self) -> str:
        text = self.entity.currentText()
        index = self.entity.findText(text)
        return str(self.entity.itemData(index)) if index >= 0 else text.strip()

    def words(self) -> str:
        """The event as a short sentence."""
        return f"{self.kind.value or ''} {self._entity_id()} {tr(HAPPENS.get(self.type.value, ''))}".strip()

    def fields(self) -> dict[str, Any]:
        """The event as an object of the event format, with a fresh id.

        Raises:
            BadInput: it is not said yet which entity it is about.
        """
        if not self._entity_id():
            raise BadInput(self.tr("Say first which one it is about."))
        recent = self._recent.get(self.recent.value)
        attributes = dict(recent.attributes) if recent is not None else {}
        for part in filter(None, (p.strip() for p in self.attributes.text().split(","))):
            name, _, value = part.partition("=")
            attributes[name.strip()] = self._value(name.strip(), value.strip())
        return {
            "id": f"window-{uuid.uuid4().hex[:16]}",
            "type": self.type.value,
            "entity": self.kind.value,
            "entity_id": self._entity_id(),
            "attributes": attributes,
        }

    def _value(self, name: str, text: str) -> Any:
        profile = self._document.profile
        attribute = profile.attributes.get(name) if profile else None
        return number_of(text) if attribute is not None and attribute.type == "number" else text
