"""How a rule stands, and what can be done with it: badges, the buttons, and what to do about a newer revision."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from trigger_studio.model.counting import count
from trigger_studio.model.i18n import N_, tr
from trigger_studio.studio.chart.chart import BADGE_ICONS, Badge
from trigger_studio.studio.controllers.autosave import Autosave
from trigger_studio.studio.controllers.halts import HaltsController
from trigger_studio.studio.controllers.rules import RulesController
from trigger_studio.studio.document import Document
from trigger_studio.studio.rule_badges import badges_of
from trigger_studio.ui.inspector.halting import HaltButton
from trigger_studio.ui.widgets.kit import Button, card, column, empty, label, row, themed_icon, wide
from trigger_studio.ui.widgets.plain import plain
from trigger_studio.ui.widgets.theme import Space

BADGE_WORDS = {
    Badge.PAUSED: N_("paused by itself"),
    Badge.HALTED: N_("halted"),
    Badge.PROBLEM: N_("has problems"),
    Badge.APPROVAL: N_("needs an admin's approval"),
    Badge.DISABLED: N_("switched off"),
    Badge.DRAFT: N_("private draft"),
}


class RuleState(QWidget):
    """Shows a rule's badges and the buttons for what can be done with it.

    Signals: `refused`, when what cannot be published was to be published; `run_asked`, the id of a rule that a person
    wants to run for real.
    """

    refused = Signal()
    run_asked = Signal(str)

    def __init__(self, document: Document, rules: RulesController, autosave: Autosave, halts: HaltsController) -> None:
        super().__init__()
        self._document, self._rules, self._autosave = document, rules, autosave
        self._rule = ""
        self._badges = row(gap=Space.M)
        self._shown: tuple[Badge, ...] = ()
        self._badge_of: dict[Badge, QWidget] = {}
        self.publish = Button(self.tr("Publish"), role="primary", icon="publish", tip=self.tr("Publish (Ctrl+Return)"))
        self.save = Button(
            self.tr("Save draft"), icon="save", tip=self.tr("Drafts are also saved by themselves (Ctrl+S)")
        )
        self.discard = Button(self.tr("Discard"), tip=self.tr("Back to what is published; can be undone"))
        self.run = Button(
            self.tr("Run for real…"),
            role="danger",
            icon="bolt",
            tip=self.tr("Asks first, and says what it starts and costs"),
        )
        self.run.clicked.connect(lambda: self.run_asked.emit(self._rule))
        self.approve = Button(self.tr("Approve"), role="primary", icon="check")
        self.approval = card(
            row(
                wide(label(self.tr("It starts costly jobs, so it fires only once an admin approves it."), wrap=True)),
                self.approve,
                margin=Space.M,
            ),
            "notice",
        )
        self.publish.clicked.connect(self._publish)
        self.save.clicked.connect(autosave.save)
        self.discard.clicked.connect(lambda: self._document.discard(self._rule))
        self.approve.clicked.connect(lambda: rules.approve(self._rule))
        self.halt = HaltButton(document, halts)
        self.stale = self._stale_notice()
        self._place = label("", "caption")
        self.setLayout(
            column(
                row(self._place, self._badges, 1),
                row(self.publish, self.save, self.discard, 1),
                row(self.halt, 1, self.run),
                self.approval,
                self.stale,
                gap=Space.S,
            )
        )

    def _publish(self) -> None:
        if self._document.checked(self._rule).rule is None:
            self.refused.emit()
        else:
            self._rules.publish(self._rule)

    def _stale_notice(self) -> QWidget:
        text = label(
            self.tr("Somebody has published a newer revision since you began. Nothing of theirs or yours is lost."),
            wrap=True,
        )
        self.keep = Button(self.tr("Keep mine as a draft"))
        self.theirs = Button(self.tr("Load theirs"))
        self.replace = Button(self.tr("Publish mine instead"), tip=self.tr("Theirs stays in the rule's history"))
        self.keep.clicked.connect(self._keep)
        self.theirs.clicked.connect(lambda: self._document.discard(self._rule))
        self.replace.clicked.connect(lambda: self._rules.publish_over(self._rule))
        self._kept: set[tuple[str, int]] = set()
        return card(
            column(text, row(self.keep, self.theirs, 1), row(self.replace, 1), gap=Space.S, margin=Space.M), "notice"
        )

    def _keep(self) -> None:
        """The notice goes away until there is yet another revision."""
        self._autosave.save()
        self._kept.add(self._revision())
        self.show_rule(self._rule)

    def _revision(self) -> tuple[str, int]:
        standing = self._document.standing(self._rule)
        return self._rule, standing.revision if standing else 0

    def show_rule(self, rule_id: str) -> None:
        """Show how this rule stands."""
        self._rule = rule_id
        document = self._document
        standing, work, checked = document.standing(rule_id), document.working(rule_id), document.checked(rule_id)
        place = tr("revision {0}", standing.revision) if standing else tr("not published yet")
        self._place.setText(place)
        self._show_badges(badges_of(document, rule_id))
        self.publish.setEnabled(work is not None)
        problems = count(len(checked.faults), "problem")
        why = self.tr("Cannot be published before {0} is mended; it is kept as a draft").format(problems)
        self.publish.setToolTip(plain(why) if checked.faults else self.tr("Publish (Ctrl+Return)"))
        self.publish.setAccessibleDescription(why if checked.faults else "")
        self.save.setEnabled(work is not None)
        self.discard.setEnabled(work is not None)
        self.halt.show_rule(rule_id)
        needed = standing is not None and standing.approval == "needed"
        self.approval.setVisible(needed)
        self.stale.setVisible(document.is_stale(rule_id) and self._revision() not in self._kept)

    def _show_badges(self, badges: tuple[Badge, ...]) -> None:
        if badges != self._shown:
            self._shown = badges
            for badge in badges:
                if badge not in self._badge_of:
                    self._badge_of[badge] = self._badge(badge)
                    at = [known for known in Badge if known in self._badge_of].index(badge)
                    self._badges.insertWidget(at, self._badge_of[badge])
            for badge, shown in self._badge_of.items():
                shown.setVisible(badge in badges)

    def changeEvent(self, event: QEvent) -> None:
        """Another theme: the badges are painted anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._badge_of:
            badges, self._shown = self._shown, ()
            self._badge_of.clear()
            empty(self._badges)
            self._show_badges(badges)

    def _badge(self, badge: Badge) -> QWidget:
        name, ink = BADGE_ICONS[badge]
        picture = label("")
        picture.setPixmap(themed_icon(self, name, ink).pixmap(14, 14))
        holder = QWidget()
        holder.setLayout(row(picture, label(self.tr(BADGE_WORDS[badge]), "caption"), gap=Space.XS))
        return holder
