"""The gallery: rules to begin with, each with its flowchart; choosing one asks for what only this studio knows."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from trigger_studio.analysis.wording import words
from trigger_studio.errors import BadInput
from trigger_studio.model.bundle import parse_rule
from trigger_studio.model.event import Entity
from trigger_studio.model.i18n import tr
from trigger_studio.model.profile import Profile
from trigger_studio.model.rule import document as rule_document
from trigger_studio.model.rule_ids import free_id
from trigger_studio.services.templates import Blank, Template, templates
from trigger_studio.studio.background import BackgroundTasks
from trigger_studio.studio.document import Document
from trigger_studio.studio.paths import Content, path_of, value_at, with_value
from trigger_studio.ui.inspector.form import plain_fault
from trigger_studio.ui.inspector.values import Chips
from trigger_studio.ui.shell.gallery_cards import CARD, CardPainter, Pictures
from trigger_studio.ui.widgets.kit import Button, column, empty, label, on_surface, row
from trigger_studio.ui.widgets.plain import plain
from trigger_studio.ui.widgets.theme import Space

SIZE = QSize(1136, 720)
CHOICE_PX = 380
AROUND = QSize(48, 48)
"""What is seen of the window around it at least, so that it fits wherever the window does."""
PICTURE = QSize(348, 150)
TEMPLATE = Qt.ItemDataRole.UserRole


class Gallery(QDialog):
    """A dialog of rules to begin with, and the questions that the chosen one asks.

    Signals: `chosen`, the new rule's document.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget, document: Document, tasks: BackgroundTasks) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("New rule from the gallery"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(SIZE.boundedTo(parent.size() - AROUND))
        self._document, self._tasks = document, tasks
        self.pictures = Pictures()
        self.search = QLineEdit(placeholderText=self.tr("What should happen? Such as: approve, retry, mail, 4k"))
        self.search.setAccessibleName(self.tr("Search the gallery"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._seek)
        self.found = label("", "caption")
        self.cards = QListWidget()
        self.cards.setAccessibleName(self.tr("Templates"))
        self.cards.setViewMode(QListWidget.ViewMode.IconMode)
        self.cards.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.cards.setMovement(QListWidget.Movement.Static)
        self.cards.setUniformItemSizes(True)
        self.cards.setSpacing(Space.S)
        self.cards.setItemDelegate(CardPainter(self.cards, self.pictures, self._template))
        self.cards.currentItemChanged.connect(lambda _now, _before: self._show_choice())
        self.choice = Choice(self.pictures)
        self.cards.itemActivated.connect(lambda _item: self.choice.go_on())
        self.choice.made.connect(self._take)
        self.choice.cancelled.connect(self.reject)
        left = column(
            label(self.tr("Begin with a rule that others use"), "heading"), row(self.search, self.found), self.cards,
            gap=Space.M,
        )  # fmt: skip
        self.setLayout(row(left, self.choice, gap=Space.L, margin=Space.L))
        self.search.setFocus()
        tasks.start(self._fill())

    async def _fill(self) -> None:
        profile = self._document.profile
        assert profile is not None
        found = await self._tasks.call(templates, profile)
        self.pictures.profile = profile
        for template in found:
            item = QListWidgetItem(tr(template.rule.name))
            item.setData(TEMPLATE, template)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, tr(template.rule.description))
            item.setToolTip(plain(words.sentence(template.rule, profile)))
            item.setSizeHint(CARD)
            self.cards.addItem(item)
        self._seek(self.search.text())

    def _template(self, index: QModelIndex) -> Template:
        template: Template = index.data(TEMPLATE)
        return template

    def _seek(self, text: str) -> None:
        shown = []
        for place in range(self.cards.count()):
            item = self.cards.item(place)
            item.setHidden(not item.data(TEMPLATE).matches(text))
            if not item.isHidden():
                shown.append(item)
        none = self.tr("Nothing like that; try another word")
        self.found.setText(self.tr("{0} of {1}").format(len(shown), self.cards.count()) if shown else none)
        if shown and (self.cards.currentItem() is None or self.cards.currentItem().isHidden()):
            self.cards.setCurrentItem(shown[0])

    def _show_choice(self) -> None:
        item: QListWidgetItem | None = self.cards.currentItem()
        profile = self._document.profile
        if item is not None and profile is not None:
            self.choice.show_template(item.data(TEMPLATE), profile, self._document.entities)

    def _take(self, content: Any) -> None:
        """A draft with an id of its own, in the project if there is but one."""
        projects = [entity.id for entity in self._document.entities if entity.kind == "project"]
        project = projects[0] if len(projects) == 1 else None
        self.chosen.emit({**content, "id": free_id(content["name"], self._document.ids()), "project": project})
        self.accept()


class Choice(QWidget):
    """The chosen template at large, and the blanks to fill in. Signals: `made`, its document; `cancelled`."""

    made = Signal(object)
    cancelled = Signal()

    def __init__(self, pictures: Pictures) -> None:
        super().__init__()
        self.setFixedWidth(CHOICE_PX)
        self._pictures = pictures
        self._template: Template | None = None
        self._profile: Profile | None = None
        self._content: Content = {}
        self.title = label("", "title", wrap=True)
        self.picture = label("")
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.about = label("", wrap=True)
        self.sentence = label("", "muted", wrap=True)
        self.blanks = QVBoxLayout()
        self.wrong = label("", "caption", wrap=True)
        self.make = Button(self.tr("Make this rule"), role="primary", icon="pencil")
        self.make.setToolTip(self.tr("It begins as your private draft; nothing runs before you publish it"))
        self.make.clicked.connect(self.go_on)
        cancel = Button(self.tr("Cancel"))
        cancel.clicked.connect(self.cancelled)
        body = column(
            self.title, self.picture, self.about, self.sentence, self.blanks, 1, self.wrong, row(1, cancel, self.make),
            gap=Space.M, margin=Space.L,
        )  # fmt: skip
        self.setLayout(body)
        on_surface(self)

    def show_template(self, template: Template, profile: Profile, entities: tuple[Entity, ...]) -> None:
        """Show this one, its blanks to be filled in."""
        self._template, self._profile = template, profile
        self._content = rule_document(template.rule)
        self.title.setText(tr(template.rule.name))
        self.about.setText(tr(template.rule.description))
        self._draw()
        empty(self.blanks)
        fields = QWidget()
        form = QFormLayout(fields)
        form.setContentsMargins(0, 0, 0, 0)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setSpacing(Space.S)
        for blank in template.blanks:
            form.addRow(tr(blank.label), self._field(blank, entities))
        self.blanks.addWidget(fields)
        self._check()

    def _field(self, blank: Blank, entities: tuple[Entity, ...]) -> QWidget:
        """The field for one blank; mail and web addresses begin empty, since an example's would be wrong."""
        path = path_of(blank.path)
        if blank.ask == "characters":
            cast = [(e.id, e.name or e.id) for e in entities if e.kind == "character"]
            field: QWidget = Chips(
                [id for id, _ in cast], (), lambda given: self._answer(path, given or "all"), [name for _, name in cast]
            )
            field.setToolTip(self.tr("None ticked: any character"))
        else:
            hint = "name@studio.org, …" if blank.ask == "addresses" else "https://…"
            field = QLineEdit(placeholderText=hint)
            several = blank.ask == "addresses"
            field.textEdited.connect(lambda text: self._answer(path, _parts(text) if several else text.strip()))
            self._content = with_value(self._content, path, [] if several else "")
        field.setAccessibleName(tr(blank.label))
        field.setObjectName(blank.path)
        return field

    def _answer(self, path: Any, value: Any) -> None:
        self._content = with_value(self._content, path, value)
        self._check()

    def _check(self) -> None:
        """Say the rule as it is now, and whether it can be made."""
        assert self._profile is not None
        assert self._template is not None
        missing = [tr(b.label) for b in self._template.blanks if not value_at(self._content, path_of(b.path))]
        text, rule = "", None
        if missing:
            text = self.tr("Still to fill in: {0}").format(words.listed(missing, "and"))
        else:
            try:
                rule = parse_rule(self._content, self._profile)
            except BadInput as error:
                text = plain_fault(error.faults[0])
        if rule is not None:
            self.sentence.setText(words.sentence(rule, self._profile))
        else:
            self.sentence.setText(words.sentence(self._template.rule, self._profile))
        self.wrong.setText(text)
        self.make.setEnabled(rule is not None)

    def go_on(self) -> None:
        """Make the rule, or put the keys where something is missing."""
        if self.make.isEnabled():
            self.made.emit(self._content)
            return
        first = next((field for field in self.findChildren(QLineEdit) if not field.text()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _draw(self) -> None:
        if self._template is not None:
            self.picture.setPixmap(self._pictures.of(self._template.rule, self, PICTURE))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
