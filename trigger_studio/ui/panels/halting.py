"""Halting and resuming one rule or its project, from where the rule is looked at."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from trigger_studio.ui.desk import Desk
from trigger_studio.ui.kit import Button
from trigger_studio.ui.plain import literal


def halts_of(desk: Desk, rule_id: str) -> list[tuple[str, str, str, bool]]:
    """What of a published rule can be halted: scope, target, name for people, and whether it is."""
    standing = desk.document.standing(rule_id)
    if standing is None:
        return []
    found = [("rule", rule_id, standing.rule.title)]
    if project := standing.rule.project:
        name = next((e.name for e in desk.document.entities if (e.kind, e.id) == ("project", project)), "")
        found.append(("project", project, name or project))
    now = {(halt.scope, halt.target) for halt in desk.document.halts}
    return [(scope, target, name, (scope, target) in now) for scope, target, name in found]


class HaltButton(Button):
    """Opens a menu: halt this rule, halt its project; or resume what is halted."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(self.tr("Halt…"), icon="halt", tip=self.tr("Stop this rule, or its project"))
        self.setAccessibleName(self.tr("Halt or resume"))
        self._desk = desk
        self._rule = ""
        self.choices = QMenu(self)
        self.setMenu(self.choices)

    def show_rule(self, rule_id: str) -> None:
        """Offer what can be done with this rule."""
        self._rule = rule_id
        offered = halts_of(self._desk, rule_id)
        self.setVisible(bool(offered))
        halted = any(is_halted for *_, is_halted in offered)
        paused = any(halt.by_itself and halt.target == rule_id for halt in self._desk.document.halts)
        self.setText(self.tr("Paused…") if paused else self.tr("Halted…") if halted else self.tr("Halt…"))
        self.dress("halt", "failed" if halted else "")
        self.choices.clear()
        for scope, target, name, is_halted in offered:
            self._offer(scope, target, name, is_halted)

    def _offer(self, scope: str, target: str, name: str, is_halted: bool) -> None:
        what = self.tr("this rule") if scope == "rule" else self.tr("project {0}").format(name)
        if not is_halted:
            ask = self.choices.addAction(literal(self.tr("Halt {0}…").format(what)))
            ask.triggered.connect(lambda: ask_halt(self.window(), self._desk, scope, target, name))
            return
        for words, discard in (
            (self.tr("Resume {0} and run what was held…"), False),
            (self.tr("Resume {0} and discard what was held…"), True),
        ):
            resume = self.choices.addAction(literal(words.format(what)))
            resume.triggered.connect(partial(self._resume, scope, target, discard))

    def _resume(self, scope: str, target: str, discard: bool, _checked: bool = False) -> None:
        from trigger_studio.ui.panels.resuming import ResumeQuestion

        ResumeQuestion(self.window(), self._desk, scope, target, discard=discard).open()


def ask_halt(parent: QWidget, desk: Desk, scope: str, target: str, name: str) -> None:
    """Ask why a rule or a project is to stop."""
    from trigger_studio.ui.panels.dialogs import HaltQuestion

    HaltQuestion(parent, desk, scope, target, name).open()
