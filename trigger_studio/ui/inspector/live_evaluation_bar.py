"""*Test conditions*: against which event the rule is tested, and what came of it. Nothing happens."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from trigger_studio.analysis.wording import words
from trigger_studio.decide.predicate import Check
from trigger_studio.model.counting import count
from trigger_studio.model.i18n import tr
from trigger_studio.studio.document import Document
from trigger_studio.studio.form.entity_names import Names
from trigger_studio.studio.texts.live_evaluation import join_words, matched_words, plain, reasons
from trigger_studio.ui.inspector.live_evaluation import EXAMPLE, LiveEvaluation, Seen
from trigger_studio.ui.inspector.live_evaluation_marks import TruthMark, marks_in, show_checks
from trigger_studio.ui.widgets.kit import Pick, card, column, label, row, themed_icon, wide
from trigger_studio.ui.widgets.theme import Space
from trigger_studio.ui.widgets.times import short as short_time

MOST_REASONS = 3


class TruthBar(QWidget):
    """Picks the event that the rule is tested against, and shows what came of it."""

    def __init__(self, document: Document, truth: LiveEvaluation) -> None:
        super().__init__()
        self._truth = truth
        self._names = Names(document)
        self._marks: tuple[TruthMark, ...] = ()
        self._offered: object = None
        self.sign = label("")
        self.title = label(self.tr("Test conditions"), "verb")
        self.title.setToolTip(self.tr("See whether each condition holds for an event; nothing happens"))
        self.against = Pick([], name=self.tr("The event to test the conditions against"))
        self.against.currentIndexChanged.connect(lambda _i: truth.choose(self.against.value or ""))
        self.promise = label(self.tr("nothing happens"), "caption")
        self.verdict = label("", wrap=True)
        self.verdict.setAccessibleName(self.tr("Whether the rule matches this event"))
        self.join = label("", "caption", wrap=True)
        self.join.setAccessibleName(self.tr("How far what it waits for is"))
        self.matched = label("", "caption", wrap=True)
        self.matched.setAccessibleName(self.tr("How many events it would have matched"))
        head = row(self.sign, self.title, 1, self.promise)
        body = column(
            head, row(label(self.tr("with")), wide(self.against)), self.verdict, self.join, self.matched, gap=Space.XS,
            margin=Space.S,
        )  # fmt: skip
        self.setLayout(column(card(body, "test")))
        self._dress()
        truth.watch(self._show)

    def beside(self, slots: Mapping[str, QWidget]) -> None:
        """Show what came of each check in these places, by path, from now on; the form has been drawn anew."""
        self._marks = marks_in(slots)
        self._mark(self._truth.seen)

    def _dress(self) -> None:
        self.sign.setPixmap(themed_icon(self, "tests", "condition").pixmap(18, 18))

    def _show(self, seen: Seen) -> None:
        self.setVisible(bool(seen.rule_id))
        self._offer(seen)
        self._judge(seen)
        self._mark(seen)
        self.matched.setText(matched_words(seen.matched) if seen.matched is not None else "")
        self.matched.setVisible(seen.matched is not None)
        join = seen.rule.when.every if seen.rule is not None else None
        states = seen.insight.joins if seen.insight is not None and join is not None else ()
        self.join.setText("\n".join(join_words(state, join, self._names.name) for state in states if join is not None))
        self.join.setVisible(bool(states))

    def _offer(self, seen: Seen) -> None:
        """The events there are, most recent first."""
        if seen.rule is None or self._offered is seen.events:
            return
        self._offered = seen.events
        shown = [(event.id, self._event(event.entity, event.entity_id, event.occurred_at)) for event in seen.events]
        if shown:
            shown[0] = (shown[0][0], self.tr("Most recent: {0}").format(shown[0][1]))
        chosen = seen.chosen.id if seen.chosen is not None else EXAMPLE
        self.against.offer([*shown, (EXAMPLE, self.tr("An example that fits"))], chosen)

    def _event(self, kind: str, entity_id: str, at: str) -> str:
        return " · ".join(filter(None, (self._names.name(kind, entity_id), short_time(at))))

    def _judge(self, seen: Seen) -> None:
        """Whether it matches, and if not, why."""
        tested = seen.insight.tested if seen.insight is not None else None
        role = ""
        if seen.rule is None:
            text = self.tr("It can be tested once its problems are mended.")
        elif tested is None:
            kind = words.plain(seen.rule.when.entity)
            if seen.rule.when.event == "failed":
                text = self.tr("No {0} has failed yet: the preview uses an example.").format(kind)
            else:
                said = self.tr("No {0} has been {1} yet: the preview uses an example.")
                text = said.format(kind, words.plain(seen.rule.when.event))
            text = text if not seen.events else self.tr("The preview uses an example that fits.")
        elif tested.matches:
            text, role = self.tr("✓  All conditions hold for this event."), "passed"
        else:
            text, role = self._reasons(reasons(tested.checks)), "problem"
        self.verdict.setText(text)
        if self.verdict.property("role") != role:
            self.verdict.setProperty("role", role)
            self.verdict.style().unpolish(self.verdict)
            self.verdict.style().polish(self.verdict)

    def _reasons(self, failed: list[Check]) -> str:
        if not failed:
            return self.tr("✗  It does not match this event.")
        said = words.listed([plain(check, self._names.name) for check in failed[:MOST_REASONS]], "and")
        more = len(failed) - MOST_REASONS
        return self.tr("✗  It does not match this event: {0}.").format(
            said if more <= 0 else tr("{0}, and {1}", said, count(more, "more reason"))
        )

    def _mark(self, seen: Seen) -> None:
        tested = seen.insight.tested if seen.insight is not None else None
        show_checks(self._marks, tested.checks if tested is not None else ())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
