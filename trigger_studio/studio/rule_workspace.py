"""The rules as this person sees them: what is published, with private working copies over it, each checked."""

from __future__ import annotations

import orjson

from trigger_studio.errors import BadInput, Fault
from trigger_studio.frozen import frozen
from trigger_studio.model.bundle import parse_rule
from trigger_studio.model.event import Entity
from trigger_studio.model.lenient_rule import sketch
from trigger_studio.model.profile import Profile
from trigger_studio.model.rule import Rule, document
from trigger_studio.services.overview import Overview
from trigger_studio.services.rule_registry import Standing
from trigger_studio.storage.halts import Halt
from trigger_studio.studio.paths import Content


@frozen
class Working:
    """An unpublished edit of a rule. `base`: the revision it was edited from, 0 for a new rule."""

    content: Content
    base: int


@frozen
class Checked:
    """A working copy as a rule, or what is wrong with it, and what it looks like unfinished."""

    rule: Rule | None
    faults: tuple[Fault, ...] = ()
    sketch: Rule | None = None


class RuleWorkspace:
    """Puts this person's drafts over the published rules, and checks each. It only answers; the document changes it.

    Attributes:
        profile: in force; None until a pipeline is loaded.
    """

    def __init__(self) -> None:
        super().__init__()
        self.profile: Profile | None = None
        self.entities: tuple[Entity, ...] = ()
        self.halts: tuple[Halt, ...] = ()
        self.version = -1
        self._published: dict[str, Standing] = {}
        self._originals: dict[str, Content] = {}
        self._work: dict[str, Working] = {}
        self._checked: dict[str, tuple[Content, Checked]] = {}

    def ids(self) -> list[str]:
        """Every rule, published or new, by id."""
        return sorted({*self._published, *self._work})

    def rank(self, rule_id: str) -> tuple[int, str]:
        """Sorted by this, rules stand in the order in which they start when one event starts several."""
        work, standing = self._work.get(rule_id), self._published.get(rule_id)
        priority = work.content.get("priority", 100) if work else standing.rule.priority if standing else 100
        return -priority if isinstance(priority, int) else -100, rule_id

    def in_turn(self) -> list[str]:
        """Every rule, the one that goes first before the others."""
        return sorted(self.ids(), key=self.rank)

    def standing(self, rule_id: str) -> Standing | None:
        """The rule as published."""
        return self._published.get(rule_id)

    def content(self, rule_id: str) -> Content | None:
        """The rule's document as this person sees it: the working copy, else what is published."""
        if rule_id in self._work:
            return self._work[rule_id].content
        return self._original(rule_id)

    def _original(self, rule_id: str) -> Content | None:
        """What is published, written out when it is first asked for."""
        if rule_id not in self._originals and rule_id in self._published:
            self._originals[rule_id] = document(self._published[rule_id].rule)
        return self._originals.get(rule_id)

    def working(self, rule_id: str) -> Working | None:
        """The unpublished edit, if there is one."""
        return self._work.get(rule_id)

    def is_stale(self, rule_id: str) -> bool:
        """Whether somebody published since this working copy was begun."""
        work, standing = self._work.get(rule_id), self._published.get(rule_id)
        return work is not None and work.base != (standing.revision if standing else 0)

    def has_other_actions(self, rule_id: str) -> bool:
        """Whether the working copy does something else than what is published: what ran is not what is shown."""
        work, original = self._work.get(rule_id), self._original(rule_id)
        return work is not None and original is not None and work.content.get("actions") != original.get("actions")

    def checked(self, rule_id: str) -> Checked:
        """The rule as this person sees it, checked whole."""
        if rule_id not in self._work:
            standing = self._published.get(rule_id)
            return Checked(standing.rule if standing is not None and self.profile is not None else None)
        content = self._work[rule_id].content
        if self.profile is None:
            return Checked(None)
        known = self._checked.get(rule_id)
        if known is None or known[0] is not content:
            known = self._checked[rule_id] = (content, _check(content, self.profile))
        return known[1]

    def shown(self) -> list[Rule]:
        """The rules for the chart, to be looked at and not to be run: unfinished working copies too."""
        return [rule for rule_id in self.ids() if (rule := self.shown_rule(rule_id)) is not None]

    def shown_rule(self, rule_id: str) -> Rule | None:
        """One rule for the chart: the working copy, finished or not, else as published; None if it cannot be drawn."""
        checked = self.checked(rule_id)
        rule = checked.rule or checked.sketch
        if rule is None and rule_id in self._published:
            rule = self._published[rule_id].rule
        return rule

    def drafts(self) -> list[Rule]:
        """Sound working copies, for a dry run in place of what is published."""
        return [rule for rule_id in sorted(self._work) if (rule := self.checked(rule_id).rule) is not None]

    def is_halted(self, rule: Rule) -> bool:
        """Whether a standing halt covers the rule."""
        return any(halt.covers(rule) for halt in self.halts)

    # changing, by the document

    def _take(self, overview: Overview, *, drafts: bool) -> None:
        self.profile, self.entities, self.halts = overview.profile, overview.entities, overview.halts
        self.version = overview.version
        self._published = {item.rule.id: item for item in overview.rules}
        self._originals = {}
        if drafts:
            self._work = {d.rule_id: Working(d.document, d.base_revision) for d in overview.drafts}
        self._checked.clear()
        for rule_id, work in list(self._work.items()):
            if self._same_as_published(rule_id, work.content):
                del self._work[rule_id]

    def _put_work(self, rule_id: str, content: Content | None) -> None:
        if content is None or self._same_as_published(rule_id, content):
            self._work.pop(rule_id, None)
        else:
            old, standing = self._work.get(rule_id), self._published.get(rule_id)
            self._work[rule_id] = Working(content, old.base if old else standing.revision if standing else 0)
        self._checked.pop(rule_id, None)

    def _same_as_published(self, rule_id: str, content: Content) -> bool:
        original = self._original(rule_id)
        return original is not None and _canonical(content) == _canonical(original)


def _canonical(content: Content) -> bytes:
    return orjson.dumps(content, option=orjson.OPT_SORT_KEYS)


def _check(content: Content, profile: Profile) -> Checked:
    try:
        return Checked(parse_rule(content, profile))
    except BadInput as error:
        return Checked(None, error.faults, sketch(content))
