"""Editing by hand: what is selected, what a command does to it, and what a drop comes to; the document does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from trigger_studio.analysis.layout.layout import frame_id
from trigger_studio.analysis.layout.sizes import FRAME_HEADER, FRAME_PAD
from trigger_studio.analysis.wording import words
from trigger_studio.errors import Refused
from trigger_studio.frozen import frozen
from trigger_studio.model.i18n import N_, tr
from trigger_studio.model.profile import EVENT_TYPES
from trigger_studio.studio.chart.drop_target import DragPayload, DropTarget, PayloadKind, Side
from trigger_studio.studio.controllers.notices import Notices
from trigger_studio.studio.controllers.rules import RulesController
from trigger_studio.studio.document import Document
from trigger_studio.studio.editing import actions, drops, edits, links, rules
from trigger_studio.studio.editing.plan import Plan, content_of, place_of, profile_of
from trigger_studio.studio.editing.spots import Spot, next_to, spot_of
from trigger_studio.studio.paths import value_at
from trigger_studio.ui.shell import clipboard

EVENT_PX, CARD_PX = 200, 56
"""About as large as an event's card is."""
NOTHING_SELECTED = N_("Select a step or a rule first.")


@frozen
class Selection:
    """What is selected: cards that are steps of rules, and whole rules; all by id."""

    steps: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()

    @property
    def step(self) -> str:
        """The one selected step, "" if there is none or more than one."""
        return self.steps[0] if len(self.steps) == 1 and not self.rules else ""


class Chosen(Protocol):
    """Where things are selected and shown."""

    def selection(self) -> Selection:
        """What is selected now."""

    def reveal(self, rule_id: str, node: str) -> None:
        """Show what was just made or changed, and select it."""


class Editor:
    """Carries out editing commands and drops on what is selected.

    Every method is one undo step of the document, named; what cannot be is told in words.
    """

    def __init__(
        self,
        document: Document,
        rules: RulesController,
        notices: Notices,
        chosen: Chosen,
        ask_delete: Callable[[Sequence[str]], None],
    ) -> None:
        self._document, self._rules, self._notices, self._chosen = document, rules, notices, chosen
        self._ask_delete = ask_delete

    # what the canvas asks

    def raises(self, card: str) -> bool:
        """Whether another rule can follow from this card."""
        return bool(links.outputs(self._document, card))

    def foresee(self, load: DragPayload, place: DropTarget) -> str:
        """What a drop here would do, in words. Raises Refused."""
        return self._plan(load, place).where

    def drop(self, load: DragPayload, place: DropTarget) -> None:
        """Do it."""
        self._try(lambda: self._plan(load, place))

    def _plan(self, load: DragPayload, place: DropTarget) -> Plan:
        if load.sort is PayloadKind.NEW:
            return drops.drop_new(self._document, load.name, place)
        if load.sort is PayloadKind.CARD:
            return drops.drop_card(self._document, load.name, place)
        return drops.drop_output(self._document, load.name, place)

    # commands on what is selected

    def selection(self) -> Selection:
        """What commands would act on."""
        return self._chosen.selection()

    def insert(self, item: str) -> None:
        """A thing of the palette after the selected step; with none, at the end of the rule, or a new rule."""
        self._try(lambda: self._inserted(item))

    def _inserted(self, item: str) -> Plan:
        chosen = self._chosen.selection()
        if item in EVENT_TYPES:
            return rules.begin(self._document, item)
        if item == drops.CONDITION:
            return actions.add_condition(self._document, self._one_rule(chosen))
        return actions.add(self._document, item, self._spot(chosen))

    def _one_rule(self, chosen: Selection) -> str:
        found = [*chosen.rules, *(place_of(node)[0] for node in chosen.steps), self._document.selected]
        if not found[0]:
            raise Refused(tr(NOTHING_SELECTED))
        return found[0]

    def _spot(self, chosen: Selection) -> Spot:
        if chosen.step:
            return next_to(self._document, chosen.step, Side.AFTER)
        return spot_of(self._document, DropTarget(rule=self._one_rule(chosen)))

    def remove(self) -> None:
        """Take what is selected out: steps, and whole rules."""
        chosen = self._chosen.selection()
        if chosen.rules:
            self.delete_rules(chosen.rules)
        else:
            self._try(lambda: actions.delete(self._document, chosen.steps))

    def delete_rules(self, rule_ids: Sequence[str]) -> None:
        """Delete rules; of published ones, which are gone for everyone, it is asked first."""
        if any(self._document.standing(rule_id) is not None for rule_id in rule_ids):
            self._ask_delete(rule_ids)
        elif rule_ids:
            self._rules.delete(rule_ids)

    def duplicate(self) -> None:
        """A copy of each selected step right after it, or of each selected rule as a draft."""
        chosen = self._chosen.selection()
        if chosen.rules:
            self._try(lambda: rules.duplicate(self._document, chosen.rules))
        else:
            self._try(lambda: actions.duplicate(self._document, chosen.steps))

    def enable(self) -> None:
        """Switch the selected rules off, or on if all of them are off."""
        chosen = self._chosen.selection()
        ids = chosen.rules or tuple(dict.fromkeys(place_of(node)[0] for node in chosen.steps))
        contents = [content for rule_id in ids if (content := self._document.content(rule_id)) is not None]
        if not contents:
            self._say(tr(NOTHING_SELECTED))
            return
        self._rules.switch(ids, on=all(content.get("enabled") is False for content in contents))

    def wrap(self, kind: str) -> None:
        """Put the selected step into a new group or branch."""
        self._on_step(lambda node: actions.wrap(self._document, node, kind))

    def unwrap(self) -> None:
        """Put what is in the selected group or branch in its place."""
        self._on_step(lambda node: actions.unwrap(self._document, node))

    def follow(self) -> None:
        """A new rule that listens for what the selected step raises."""
        self._on_step(lambda node: links.follow(self._document, node))

    def link(self, node: str, rule_id: str) -> None:
        """Let another rule listen for what a step raises."""
        self._try(lambda: links.link(self._document, node, rule_id))

    def follow_failure(self) -> None:
        """A new rule that listens for the failure of the selected step."""
        self._on_step(lambda node: links.follow(self._document, node, failed=True))

    def step_earlier(self) -> None:
        """Move the selected step before the one before it."""
        self._on_step(lambda node: self._shifted(node, -1))

    def step_later(self) -> None:
        """Move the selected step after the one after it."""
        self._on_step(lambda node: self._shifted(node, 2))

    def _shifted(self, node: str, by: int) -> Plan:
        rule_id, path = actions.movable(node)
        items = value_at(content_of(self._document, rule_id), path[:-1], [])
        slot = int(path[-1]) + by
        if not 0 <= slot <= len(items):
            raise Refused(tr("it is the first already") if by < 0 else tr("it is the last already"))
        return actions.move(
            self._document, node, Spot(rule_id, (*path[:-1], slot), tr("earlier") if by < 0 else tr("later"))
        )

    def reorder(self, rule_id: str, other_id: str, after: bool) -> None:
        """Let a rule go before or after another one, by its priority."""
        self._try(lambda: rules.put_before(self._document, rule_id, other_id, after=after))

    def _on_step(self, plan: Callable[[str], Plan]) -> None:
        node = self._chosen.selection().step
        if node:
            self._try(lambda: plan(node))
        else:
            self._say(tr("Select one step first."))

    # the clipboard

    def copy(self) -> bool:
        """Put what is selected on the clipboard; False if that is nothing."""
        try:
            QGuiApplication.clipboard().setMimeData(self._copied())
        except Refused as refusal:
            self._say(words.title(str(refusal)))
            return False
        return True

    def _copied(self) -> QMimeData:
        chosen, document = self._chosen.selection(), self._document
        if chosen.rules:
            return clipboard.rules_to_mime([content_of(document, rule_id) for rule_id in chosen.rules])
        found = [(rule_id, path) for rule_id, path in map(place_of, chosen.steps) if edits.is_action(path)]
        if not found:
            raise Refused(tr("there is nothing here to copy: select steps or a rule"))
        if len({rule_id for rule_id, _ in found}) > 1:
            raise Refused(tr("steps of several rules cannot be copied together; select steps of one, or whole rules"))
        content = content_of(document, found[0][0])
        paths = edits.outermost(path for _, path in found)
        return clipboard.actions_to_mime(content, [actions.action_at(content, path) for path in paths])

    def cut(self) -> None:
        """Copy what is selected, then take it out."""
        if self.copy():
            self.remove()

    def paste(self) -> None:
        """Put what was copied, here or in another window, after the selected step, or as new rules."""
        self._try(self._pasted)

    def _pasted(self) -> Plan:
        clip = clipboard.read(QGuiApplication.clipboard().mimeData(), profile_of(self._document))
        if clip.actions:
            return actions.paste(self._document, clip.actions, self._spot(self._chosen.selection()))
        return rules.paste(self._document, clip.rules)

    # doing it

    def _try(self, make: Callable[[], Plan]) -> None:
        try:
            plan = make()
        except Refused as refusal:
            self._say(words.title(str(refusal)))
            return
        self.do(plan)

    def do(self, plan: Plan) -> None:
        """Take a planned step."""
        places = {frame_id(plan.rule): _corner(plan.at)} if plan.at is not None else {}
        self._document.edit_all(plan.contents, plan.title, exact=True, places=places)
        self._chosen.reveal(plan.rule, plan.node)
        if plan.told:
            self._notices.inform(plan.told)

    def _say(self, text: str) -> None:
        text = text if text.endswith((".", "!", ")")) else f"{text}."
        self._notices.warn(text)


def _corner(at: tuple[float, float]) -> tuple[float, float]:
    """Where a new rule's frame begins, so that its event is under the mouse that dropped it."""
    return at[0] - FRAME_PAD - EVENT_PX / 2, at[1] - FRAME_HEADER - CARD_PX / 2
