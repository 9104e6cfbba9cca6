"""The open document: published rules, private drafts, selection, undo. It owns what the window shows.

Widgets send commands; the document tells everyone what changed. It knows neither widgets nor the database: the desk
loads it and carries its drafts away.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Flag, auto

import orjson

from trigger_studio.errors import BadInput, Fault
from trigger_studio.model.bundle import parse_rule
from trigger_studio.model.event import Entity
from trigger_studio.model.profile import Profile
from trigger_studio.model.rule import Rule, document
from trigger_studio.services.controls import Halt
from trigger_studio.services.overview import Overview
from trigger_studio.services.rulebook import Standing
from trigger_studio.ui.observable import Observable
from trigger_studio.ui.paths import Content

MOST_UNDO = 500


class Part(Flag):
    """What of the document changed."""

    RULES = auto()  # published rules, approvals
    WORK = auto()  # a working copy
    SELECTION = auto()
    HISTORY = auto()
    PIPELINE = auto()  # entities, profile
    HALTS = auto()


@dataclass(frozen=True, slots=True)
class Change:
    """What changed, of which rule (None: of any), and who asked for it."""

    parts: Part
    rule: str | None = None
    source: object = None


@dataclass(frozen=True, slots=True)
class Working:
    """An unpublished edit of a rule. `base`: the revision it was edited from, 0 for a new rule."""

    content: Content
    base: int


@dataclass(frozen=True, slots=True)
class Edit:
    """One step of the history, by id and values. None: the rule did not exist.

    Attributes:
        merge: edits in a row with the same of these are one step.
    """

    rule: str
    before: Content | None
    after: Content | None
    title: str
    merge: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """A working copy as a rule, or what is wrong with it."""

    rule: Rule | None
    faults: tuple[Fault, ...] = ()


@dataclass(slots=True)
class _History:
    steps: list[Edit] = field(default_factory=list)
    done: int = 0


class Document(Observable[Change]):
    """See the module.

    Attributes:
        profile: in force; None until a pipeline is loaded.
        selected: id of the selected rule, "" for none.
        node: id of the card that was clicked last, "" for none.
    """

    def __init__(self) -> None:
        super().__init__()
        self.profile: Profile | None = None
        self.entities: tuple[Entity, ...] = ()
        self.halts: tuple[Halt, ...] = ()
        self.version = -1
        self.selected = ""
        self.node = ""
        self._published: dict[str, Standing] = {}
        self._originals: dict[str, Content] = {}
        self._work: dict[str, Working] = {}
        self._checked: dict[str, tuple[Content, Checked]] = {}
        self._history = _History()

    # what comes from the database

    def load(self, overview: Overview, *, drafts: bool = True) -> None:
        """Take over what stands; working copies stay, those on disk are added when the pipeline is opened."""
        self.profile, self.entities, self.halts = overview.profile, overview.entities, overview.halts
        self.version = overview.version
        self._published = {item.rule.id: item for item in overview.rules}
        self._originals = {item.rule.id: document(item.rule) for item in overview.rules}
        if drafts:
            self._work = {d.rule_id: Working(d.document, d.base_revision) for d in overview.drafts}
        self._checked.clear()
        for rule_id, work in list(self._work.items()):
            if self._same_as_published(rule_id, work.content):
                del self._work[rule_id]
        if self.selected and self.selected not in self.ids():
            self.selected = self.node = ""
        self.tell(Change(Part.RULES | Part.WORK | Part.PIPELINE | Part.HALTS | Part.SELECTION | Part.HISTORY))

    def set_halts(self, halts: Iterable[Halt]) -> None:
        """What is halted now."""
        now = tuple(halts)
        if now != self.halts:
            self.halts = now
            self.tell(Change(Part.HALTS))

    def set_entities(self, entities: Iterable[Entity]) -> None:
        """The pipeline's entities as they are now."""
        now = tuple(entities)
        if now != self.entities:
            self.entities = now
            self.tell(Change(Part.PIPELINE))

    # what there is

    def ids(self) -> list[str]:
        """Every rule, published or new, by id."""
        return sorted({*self._published, *self._work})

    def standing(self, rule_id: str) -> Standing | None:
        """The rule as published."""
        return self._published.get(rule_id)

    def content(self, rule_id: str) -> Content | None:
        """The rule's document as this person sees it: the working copy, else what is published."""
        if rule_id in self._work:
            return self._work[rule_id].content
        return self._originals.get(rule_id)

    def working(self, rule_id: str) -> Working | None:
        """The unpublished edit, if there is one."""
        return self._work.get(rule_id)

    def is_stale(self, rule_id: str) -> bool:
        """Whether somebody published since this working copy was begun."""
        work, standing = self._work.get(rule_id), self._published.get(rule_id)
        return work is not None and work.base != (standing.revision if standing else 0)

    def checked(self, rule_id: str) -> Checked:
        """The rule as this person sees it, checked whole."""
        content = self.content(rule_id)
        if content is None or self.profile is None:
            return Checked(None)
        if rule_id not in self._work:
            return Checked(self._published[rule_id].rule)
        known = self._checked.get(rule_id)
        if known is None or known[0] is not content:
            known = self._checked[rule_id] = (content, _check(content, self.profile))
        return known[1]

    def shown(self) -> list[Rule]:
        """The rules for the chart: working copies where they are sound, else as published."""
        rules = []
        for rule_id in self.ids():
            rule = self.checked(rule_id).rule
            if rule is None and rule_id in self._published:
                rule = self._published[rule_id].rule
            if rule is not None:
                rules.append(rule)
        return rules

    def drafts(self) -> list[Rule]:
        """Sound working copies, for a dry run in place of what is published."""
        return [rule for rule_id in sorted(self._work) if (rule := self.checked(rule_id).rule) is not None]

    def is_halted(self, rule: Rule) -> bool:
        """Whether a standing halt covers the rule."""
        return any(
            halt.scope == "all"
            or (halt.scope == "rule" and halt.target == rule.id)
            or (halt.scope == "project" and halt.target == rule.project)
            for halt in self.halts
        )

    # commands

    def select(self, rule_id: str, node: str = "", source: object = None) -> None:
        """Select a rule, and the card that stands for the part of it that was meant."""
        if (rule_id, node) != (self.selected, self.node):
            self.selected, self.node = rule_id, node
            self.tell(Change(Part.SELECTION, rule_id, source))

    def edit(self, rule_id: str, content: Content, title: str, *, merge: str = "", source: object = None) -> None:
        """Change a rule's working copy; a new id makes a new rule. Edits in a row with one `merge` are one step."""
        content = {"project": None, **content}
        before = self.content(rule_id)
        if before == content:
            return
        history = self._history
        last = history.steps[history.done - 1] if history.done else None
        del history.steps[history.done :]
        if last is not None and merge and (last.rule, last.merge) == (rule_id, merge):
            history.steps[-1] = Edit(rule_id, last.before, content, title, merge)
        else:
            history.steps.append(Edit(rule_id, before, content, title, merge))
            del history.steps[:-MOST_UNDO]
        history.done = len(history.steps)
        self._put(rule_id, content, source)

    def discard(self, rule_id: str) -> None:
        """Go back to what is published; can be undone."""
        work, after = self._work.get(rule_id), self._originals.get(rule_id)
        if work is not None:
            self._step(Edit(rule_id, work.content, after, "discard the draft"))
            self._put(rule_id, after, None)

    def rebase(self, rule_id: str) -> None:
        """Let a working copy stand on what is published now: its person has seen it, and means to replace it."""
        work, standing = self._work[rule_id], self._published.get(rule_id)
        self._work[rule_id] = Working(work.content, standing.revision if standing else 0)

    def undo(self) -> None:
        """Take the last edit back."""
        history = self._history
        if history.done:
            history.done -= 1
            self._replay(history.steps[history.done], back=True)

    def redo(self) -> None:
        """Do the edit that was taken back again."""
        history = self._history
        if history.done < len(history.steps):
            history.done += 1
            self._replay(history.steps[history.done - 1], back=False)

    @property
    def undo_title(self) -> str:
        """What undo would take back, "" for nothing."""
        return self._history.steps[self._history.done - 1].title if self._history.done else ""

    @property
    def redo_title(self) -> str:
        """What redo would do again, "" for nothing."""
        history = self._history
        return history.steps[history.done].title if history.done < len(history.steps) else ""

    # inside

    def _step(self, edit: Edit) -> None:
        history = self._history
        del history.steps[history.done :]
        history.steps.append(edit)
        history.done = len(history.steps)

    def _replay(self, edit: Edit, *, back: bool) -> None:
        self._put(edit.rule, edit.before if back else edit.after, None)
        if self.content(edit.rule) is not None:
            self.select(edit.rule)

    def _put(self, rule_id: str, content: Content | None, source: object) -> None:
        if content is None or self._same_as_published(rule_id, content):
            self._work.pop(rule_id, None)
        else:
            old, standing = self._work.get(rule_id), self._published.get(rule_id)
            self._work[rule_id] = Working(content, old.base if old else standing.revision if standing else 0)
        self._checked.pop(rule_id, None)
        if self.selected == rule_id and self.content(rule_id) is None:
            self.select("")
        self.tell(Change(Part.WORK | Part.HISTORY, rule_id, source))

    def _same_as_published(self, rule_id: str, content: Content) -> bool:
        original = self._originals.get(rule_id)
        return original is not None and _canonical(content) == _canonical(original)


def _canonical(content: Content) -> bytes:
    return orjson.dumps(content, option=orjson.OPT_SORT_KEYS)


def _check(content: Content, profile: Profile) -> Checked:
    try:
        return Checked(parse_rule(content, profile))
    except BadInput as error:
        return Checked(None, error.faults)
