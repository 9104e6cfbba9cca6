"""Preview: “If this trigger fires, here's what would happen”, told anew with every change. Nothing happens.

It supposes that the rule fires: that it is published, approved, switched on and not halted. What of that is not so yet
stands above the story.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from trigger_studio.analysis.wording import words
from trigger_studio.errors import Fault
from trigger_studio.model.counting import count
from trigger_studio.model.event import Event
from trigger_studio.model.i18n import decimal, tr
from trigger_studio.model.rule import document as rule_document
from trigger_studio.studio.document import Document
from trigger_studio.studio.form.entity_names import Names
from trigger_studio.studio.paths import Content
from trigger_studio.studio.rule_badges import obstacles
from trigger_studio.studio.texts.preview_story import HAS, Teller
from trigger_studio.ui.inspector.form import plain_fault
from trigger_studio.ui.inspector.live_evaluation import LiveEvaluation, Seen
from trigger_studio.ui.panels.preview_view import StoryView
from trigger_studio.ui.widgets.kit import card, column, label, on_surface, row, themed_icon, wide
from trigger_studio.ui.widgets.theme import Space

if TYPE_CHECKING:
    from trigger_studio.services.rule_preview import Foretold, RulePreview
    from trigger_studio.services.sample_event import Example

FIGURES_PX = 90
MOST_FAULTS = 6
BESIDE_PX = 640
"""With less width, what the example is and what is supposed stand one below the other."""


class PreviewPanel(QWidget):
    """Tells what would happen if the selected rule fired, and what keeps it from firing as it stands."""

    def __init__(self, document: Document, truth: LiveEvaluation) -> None:
        super().__init__()
        self._document = document
        self._truth = truth
        self._names = Names(document)
        self._drafted: Content = {}
        self.eye = label("")
        self.promise = label(self.tr("Preview: nothing happens"), "promise")
        self.promise.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.title = label("", "title", wrap=True)
        self.example = label("", "muted", wrap=True)
        self.first = label("", wrap=True)
        self.first_card = card(column(self.first, margin=Space.S), "notice")
        self.story = StoryView()
        self.story.chosen.connect(self._chosen)
        self.assume = QCheckBox(self.tr("Go on as if people said yes"))
        self.assume.toggled.connect(truth.assume)
        self.figures = _Figures()
        self.nothing = label("", "muted", wrap=True)
        self.nothing.setAccessibleName(self.tr("Why there is no preview"))
        told = QWidget()
        self._head = row(wide(self.example), self.assume)
        left = column(self._head, self.first_card, self.story, gap=Space.S)
        told.setLayout(row(left, self.figures, gap=Space.L))
        silent = QWidget()
        silent.setLayout(column(self.nothing, 1))
        self._body = QStackedLayout()
        self._body.addWidget(silent)
        self._body.addWidget(told)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        whole.setSpacing(Space.S)
        whole.addLayout(row(self.eye, wide(self.title), self.promise))
        whole.addLayout(self._body, 1)
        on_surface(self)
        self._dress()
        self._silent(self.tr("Preview"), self.tr("Select a rule to see here what would happen if it fired."))
        truth.watch(self._show)

    def resizeEvent(self, event: QResizeEvent) -> None:
        ways = QBoxLayout.Direction
        self._head.setDirection(ways.LeftToRight if event.size().width() >= BESIDE_PX else ways.TopToBottom)
        super().resizeEvent(event)

    def _dress(self) -> None:
        self.eye.setPixmap(themed_icon(self, "eye", "accent").pixmap(18, 18))

    def _show(self, seen: Seen) -> None:
        if not seen.rule_id:
            self._silent(self.tr("Preview"), self.tr("Select a rule to see here what would happen if it fired."))
        elif seen.rule is None:
            self._faulty(seen.rule_id, seen.faults)
        elif seen.insight is not None:
            self._tell(seen, seen.insight)

    def _silent(self, title: str, text: str) -> None:
        self.title.setText(title)
        self.nothing.setText(text)
        self._body.setCurrentIndex(0)

    def _faulty(self, rule_id: str, faults: tuple[Fault, ...]) -> None:
        name = str((self._document.content(rule_id) or {}).get("name") or rule_id)
        lines = [self.tr("Before this can be foretold, {0} must be mended:").format(count(len(faults), "problem"))]
        lines += [
            f"•  {words.title(words.plain(_place(fault)))}: {plain_fault(fault)}" for fault in faults[:MOST_FAULTS]
        ]
        self._silent(self.tr("“{0}” is not finished yet").format(name), "\n".join(lines))

    def _tell(self, seen: Seen, insight: RulePreview) -> None:
        rule = seen.rule
        assert rule is not None
        if insight.foretold is None:
            self._silent(
                self.tr("“{0}” would never fire").format(rule.title),
                self.tr("No event can be thought of for which all its conditions hold at once. Look at them again."),
            )
            return
        self._drafted = rule_document(rule)
        self.title.setText(self.tr("If “{0}” fires, this would happen").format(rule.title))
        self.example.setText(self._example(insight))
        first = obstacles(self._document, rule.id)
        self.first.setText("\n".join(first))
        self.first_card.setVisible(bool(first))
        assert self._document.profile is not None
        teller = Teller(self._document.profile, self._content, self._names.name)
        self.story.show_story(teller.tell(insight.foretold.report))
        self.figures.show_totals(insight.foretold)
        self._body.setCurrentIndex(1)

    def _example(self, insight: RulePreview) -> str:
        assert insight.foretold is not None
        example = insight.foretold.example
        said = self._event(example.event)
        if not example.made_up:
            return self.tr("With the event you test with: {0}.").format(said)
        parts = [self.tr("For example: {0}").format(said), *self._made_up(example)]
        if insight.tested is not None and not insight.tested.matches:
            parts.append(self.tr("the event you test with does not match"))
        return "; ".join(parts) + "."

    def _made_up(self, example: Example) -> list[str]:
        parts = []
        if example.changed:
            given = [f"{words.plain(n)} {words.value_text(example.event.attributes[n])}" for n in example.changed
                     if n in example.event.attributes]  # fmt: skip
            parts.append(self.tr("supposing {0}").format(words.listed(given, "and")) if given else "")
        others = [entity for entity in example.supposed if entity.key != example.event.key]
        if others:
            kinds = words.plain(others[0].kind) if len(others) == 1 else words.many(others[0].kind)
            same = tr("{0} more {1} {2}", len(others), kinds, words.plain(others[0].status))
            parts.append(self.tr("supposing {0}").format(same))
        return [part for part in parts if part]

    def _event(self, event: Event) -> str:
        return f"{words.plain(event.entity)} {self._names.name(event.entity, event.entity_id)} {tr(HAS[event.type])}"

    def _content(self, rule_id: str) -> Content:
        """The rule as the dry run saw it: this one as edited, any other as published."""
        if rule_id == self._drafted.get("id"):
            return self._drafted
        standing = self._document.standing(rule_id)
        return rule_document(standing.rule) if standing is not None else {}

    def _chosen(self, rule_id: str, path: str) -> None:
        self._document.select(rule_id, f"rule:{rule_id}:{path}" if path else "", source=self)


class _Figures(QWidget):
    """What it comes to, large."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(FIGURES_PX)
        self._values = [label("", "heading") for _ in range(3)]
        self._names = [label("", "caption") for _ in range(3)]
        pairs = [column(value, name, gap=0) for value, name in zip(self._values, self._names, strict=True)]
        self.setLayout(column(*pairs, 1, gap=Space.M))

    def show_totals(self, foretold: Foretold) -> None:
        totals = foretold.report["totals"]
        more = "+" if foretold.cut else ""
        for place, (value, name) in enumerate(
            (
                (totals["jobs"], tr("job") if totals["jobs"] == 1 else tr("jobs")),
                (totals["gpu_hours"], tr("GPU-hours")),
                (totals["firings"], tr("rule starts") if totals["firings"] == 1 else tr("rules start")),
            )
        ):
            self._values[place].setText(f"{decimal(value)}{more}")
            self._names[place].setText(name)


def _place(fault: Fault) -> str:
    """The last word of a fault's path that is no number."""
    parts = [part.split("[")[0] for part in fault.path.split(".")]
    return words.title(words.plain(parts[-1] or "rule"))
