"""Halting and resuming one rule or its project, from where the rule is looked at; and one chain, from the log."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from trigger_studio.studio.changes import Part
from trigger_studio.studio.controllers.halts import HaltsController
from trigger_studio.studio.document import Document
from trigger_studio.ui.widgets.kit import Button
from trigger_studio.ui.widgets.plain import literal


def halts_of(document: Document, rule_id: str) -> list[tuple[str, str, str, bool]]:
    """What of a published rule can be halted: scope, target, name for people, and whether it is."""
    standing = document.standing(rule_id)
    if standing is None:
        return []
    found = [("rule", rule_id, standing.rule.title)]
    if project := standing.rule.project:
        name = next((e.name for e in document.entities if (e.kind, e.id) == ("project", project)), "")
        found.append(("project", project, name or project))
    now = {(halt.scope, halt.target) for halt in document.halts}
    return [(scope, target, name, (scope, target) in now) for scope, target, name in found]


class HaltButton(Button):
    """Opens a menu: halt this rule, halt its project; or resume what is halted."""

    def __init__(self, document: Document, halts: HaltsController) -> None:
        super().__init__(self.tr("Halt…"), icon="halt", tip=self.tr("Stop this rule, or its project"))
        self.setAccessibleName(self.tr("Halt or resume"))
        self._document, self._halts = document, halts
        self._rule = ""
        self.choices = QMenu(self)
        self.setMenu(self.choices)

    def show_rule(self, rule_id: str) -> None:
        """Offer what can be done with this rule."""
        self._rule = rule_id
        offered = halts_of(self._document, rule_id)
        self.setVisible(bool(offered))
        halted = any(is_halted for *_, is_halted in offered)
        paused = any(halt.by_itself and halt.target == rule_id for halt in self._document.halts)
        self.setText(self.tr("Paused…") if paused else self.tr("Halted…") if halted else self.tr("Halt…"))
        self.dress("halt", "failed" if halted else "")
        self.choices.clear()
        for scope, target, name, is_halted in offered:
            self._offer(scope, target, name, is_halted)

    def _offer(self, scope: str, target: str, name: str, is_halted: bool) -> None:
        what = self.tr("this rule") if scope == "rule" else self.tr("project {0}").format(name)
        if not is_halted:
            ask = self.choices.addAction(literal(self.tr("Halt {0}…").format(what)))
            ask.triggered.connect(lambda: ask_halt(self.window(), self._halts, scope, target, name))
            return
        for words, discard in (
            (self.tr("Resume {0} and run what was held…"), False),
            (self.tr("Resume {0} and discard what was held…"), True),
        ):
            resume = self.choices.addAction(literal(words.format(what)))
            resume.triggered.connect(partial(self._resume, scope, target, discard))

    def _resume(self, scope: str, target: str, discard: bool, _checked: bool = False) -> None:
        from trigger_studio.ui.inspector.resuming import ResumeQuestion

        ResumeQuestion(self.window(), self._document, self._halts, scope, target, discard=discard).open()


class ChainButton(Button):
    """Stops the chain of a log entry; or has it go on."""

    def __init__(self, document: Document, halts: HaltsController) -> None:
        super().__init__("", icon="halt", tip=self.tr("Nothing more starts in this chain; the others go on"))
        self._document, self._halts = document, halts
        self._chain = ""
        self.clicked.connect(self._ask)
        document.watch(lambda change: self._say() if Part.HALTS in change.parts else None)

    def show_chain(self, chain: str) -> None:
        """Offer what can be done with this chain."""
        self._chain = chain
        self._say()

    def menu_for(self, parent: QWidget) -> QMenu:
        """The same for the context menu of a log entry."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._is_halted():
            menu.addAction(self.tr("Resume this chain and run what was held…")).triggered.connect(self._ask)
            discard = menu.addAction(self.tr("Resume this chain and discard what was held…"))
            discard.triggered.connect(partial(self._resume, True))
        else:
            menu.addAction(self.tr("Stop this chain…")).triggered.connect(self._ask)
        return menu

    def _say(self) -> None:
        self.setText(self.tr("Resume this chain…") if self._is_halted() else self.tr("Stop this chain…"))

    def _is_halted(self) -> bool:
        return ("chain", self._chain) in {(halt.scope, halt.target) for halt in self._document.halts}

    def _ask(self) -> None:
        if self._is_halted():
            self._resume(False)
        else:
            ask_halt(self.window(), self._halts, "chain", self._chain, "")

    def _resume(self, discard: bool, _checked: bool = False) -> None:
        from trigger_studio.ui.inspector.resuming import ResumeQuestion

        ResumeQuestion(self.window(), self._document, self._halts, "chain", self._chain, discard=discard).open()


def ask_halt(parent: QWidget, halts: HaltsController, scope: str, target: str, name: str) -> None:
    """Ask why a rule, a project or a chain is to stop."""
    from trigger_studio.ui.widgets.dialogs import HaltQuestion

    HaltQuestion(parent, halts, scope, target, name).open()
