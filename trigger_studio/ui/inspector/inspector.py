"""The inspector: the selected rule as a sentence, as a form, with its problems and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QStackedLayout,
    QWidget,
)

from trigger_studio.model.profile import Profile
from trigger_studio.model.same import same
from trigger_studio.studio.controllers.notices import Notices
from trigger_studio.studio.document import Change, Document, Part
from trigger_studio.studio.form.entity_stats import Census
from trigger_studio.studio.paths import Content, path_of
from trigger_studio.ui.inspector.form import Form
from trigger_studio.ui.inspector.form_page import FormPage, Tall
from trigger_studio.ui.inspector.live_evaluation import LiveEvaluation
from trigger_studio.ui.inspector.live_evaluation_bar import TruthBar
from trigger_studio.ui.inspector.moving import listen
from trigger_studio.ui.inspector.problems import ProblemBar, card_of
from trigger_studio.ui.inspector.rule_body import RuleBody
from trigger_studio.ui.inspector.rule_state import RuleState
from trigger_studio.ui.inspector.sentence import SentenceArea, SentenceView
from trigger_studio.ui.widgets.kit import card, column, label, on_surface
from trigger_studio.ui.widgets.theme import Space

LOW_PX = 720
"""A lower inspector keeps only the sentence always in view; all else scrolls with the form."""


class Inspector(QWidget):
    """Shows the selected rule: its state, its sentence, its problems and its form."""

    def __init__(self, document: Document, notices: Notices, state: RuleState, truth: LiveEvaluation) -> None:
        super().__init__()
        self._document, self._notices = document, notices
        self.truth = TruthBar(document, truth)
        self._form: Form | None = None
        self._shown: tuple[str, Content | None] = ("", None)
        self._opened: dict[str, set[str]] = {}
        self._focus = ""
        self._census: tuple[object, Census | None] = (None, None)
        self.sentence = SentenceView()
        self.sentence.revealed.connect(self._reveal)
        self.title = label("", "title", wrap=True)
        self.state = state
        self.state.refused.connect(self._say_why)
        self.faults = ProblemBar()
        self.faults.wanted.connect(self._go_to)
        self.page = FormPage()
        self._standing = QWidget()
        self._standing.setLayout(column(self.state, self.faults, self.truth))
        self._low = False
        whole_rule = QWidget()
        self._head = column(
            self.title, card(column(SentenceArea(self.sentence), margin=Space.M)), self._standing, margin=Space.L
        )
        layout = column(self._head, gap=0)
        layout.addWidget(_line())
        layout.addWidget(self.page, 1)
        whole_rule.setLayout(layout)
        nothing = QWidget()
        hint = label(
            self.tr("Click a rule in the list or on the flowchart to see and change it here."), "muted", wrap=True
        )
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        nothing.setLayout(column(1, hint, 1, margin=Space.XL))
        self._stack = QStackedLayout(self)
        self._stack.addWidget(nothing)
        self._outer = Tall(whole_rule)
        self._stack.addWidget(self._outer)
        on_surface(self)
        self._document.watch(self._changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        low = event.size().height() < LOW_PX
        if low != self._low:
            self._low = low
            self.title.setVisible(not low)
            if low:
                self.page.lead(self._standing)
            else:
                self.page.lead_no_more()
                self._head.addWidget(self._standing)

    # following the document

    def _changed(self, change: Change) -> None:
        document = self._document
        content = document.content(document.selected) if document.selected else None
        if content is None:
            self._shown = ("", None)
            self._stack.setCurrentIndex(0)
            return
        known = (document.selected, content)
        if known != self._shown or Part.RULES in change.parts:
            self._show(document.selected, content)
        self._tell_about_it()
        if Part.SELECTION in change.parts and document.node:
            self._reveal(document.node.split(":", 2)[-1])

    def _show(self, rule_id: str, content: Content) -> None:
        """Show a rule: the same one in the form that is there, another one in a new form."""
        form, profile = self._form, self._document.profile
        same = form is not None and self._shown[0] == rule_id and form.profile == profile
        if form is None or not same or form.census is not self._counted(form.profile):
            self._draw(rule_id, content)
            return
        self._shown = (rule_id, content)
        if form.follow(content):
            self.truth.beside(form.slots)
        name, self._focus = self._focus, ""
        if name and (widget := form.widget(name)) is not None:
            widget.setFocus()

    def _draw(self, rule_id: str, content: Content) -> None:
        """Draw the form anew; the place and the focus stay where they were if it is the same rule."""
        same = self._shown[0] == rule_id
        bar, focused = self.page.verticalScrollBar(), QApplication.focusWidget()
        place = bar.value() if same else 0
        inside = same and focused is not None and self.page.isAncestorOf(focused)
        name, self._focus = self._focus or (focused.objectName() if inside and focused is not None else ""), ""
        self._shown = (rule_id, content)
        profile = self._document.profile
        if profile is None:
            return
        form = Form(profile, self._counted(profile), content, put=self._put, reshape=self._reshape)
        form.opened = self._opened.setdefault(rule_id, set())
        self._form = form
        body = form.draw(lambda: RuleBody(form))
        listen(body, form)
        self.page.show_body(body)
        self.truth.beside(form.slots)
        self._stack.setCurrentIndex(1)
        widget = form.widget(name) if name else None
        if widget is not None:
            widget.setFocus()
        QTimer.singleShot(0, bar, lambda: bar.setValue(place))

    def _counted(self, profile: Profile) -> Census:
        """The pipeline's entities counted, once for each time they change."""
        entities = self._document.entities
        known, census = self._census
        if census is None or known is not entities:
            census = Census(entities, profile.kinds)
            self._census = (entities, census)
        return census

    def _tell_about_it(self) -> None:
        """Sentence, state and problems."""
        document = self._document
        checked = document.checked(document.selected)
        content = document.content(document.selected) or {}
        self.title.setText(str(content.get("name") or document.selected))
        if self._form is not None:
            self.sentence.tell(self._form)
        self.state.show_rule(document.selected)
        homeless = self._form.show_faults(checked.faults) if self._form is not None else []
        self.faults.tell(checked.faults, homeless)

    def _reveal(self, path: str) -> None:
        """Bring the part of the form that a card stands for into view, opened."""
        if self._form is None:
            return
        action = card_of(path)
        if action and action not in self._form.opened and self._form.at(path_of(action)):
            self._form.opened.add(action)
            self._show(*self._known())
            self._tell_about_it()
        QTimer.singleShot(0, self.page, lambda: self._scroll_to(path))

    def _go_to(self, path: str) -> None:
        """Bring a place into view and put the keys there."""
        self._reveal(path)
        QTimer.singleShot(0, self.page, lambda: self._focus_on(path))

    def _focus_on(self, path: str) -> None:
        widget = self._form.widget(path) if self._form is not None else None
        if widget is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _known(self) -> tuple[str, Content]:
        rule_id, content = self._shown
        return rule_id, content or {}

    def _scroll_to(self, path: str) -> None:
        widget = self._form.widget(path) if self._form is not None else None
        if widget is not None:
            self._outer.ensureWidgetVisible(self.page)
            self.page.ensureWidgetVisible(widget, 0, 120)

    def _say_why(self) -> None:
        """It was to be published and cannot be: why, and the first thing to mend."""
        self._notices.warn(self.tr("Not published: {0}. It is kept as your draft.").format(self.faults.text()))
        self.faults.go_to_first()

    def focus_form(self, path: str = "") -> None:
        """Put the keys into the form, where a place in the rule is."""
        if path:
            self._go_to(path)
            return
        widget = self._form.widget("name") if self._form is not None else None
        if widget is not None:
            widget.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # sending commands

    def _put(self, content: Content, title: str, merge: str) -> None:
        self._document.edit(str(self._shown[0]), content, title, merge=merge, source=self)

    def _reshape(self, content: Content, title: str, focus: str) -> None:
        """A change of shape; the form is drawn anew after the event that asked for it has been dealt with."""
        rule_id = self._shown[0]
        self._focus = focus
        if not same(content, self._document.content(rule_id)):
            QTimer.singleShot(0, self, lambda: self._document.edit(rule_id, content, title))
        else:
            QTimer.singleShot(0, self, lambda: self._redraw(rule_id, content))

    def _redraw(self, rule_id: str, content: Content) -> None:
        if self._shown[0] == rule_id:
            self._show(rule_id, content)
            self._tell_about_it()


def _line() -> QFrame:
    line_ = QFrame()
    line_.setFixedHeight(1)
    line_.setProperty("role", "line")
    return line_
