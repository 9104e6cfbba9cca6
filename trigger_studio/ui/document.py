"""The open document: published rules, private drafts, selection, undo. It owns what the window shows.

Widgets send commands; the document tells everyone what changed. It knows neither widgets nor the database: the desk
loads it and carries its drafts away.
"""

from __future__ import annotations

from collections.abc import Iterable

from trigger_studio.model.event import Entity
from trigger_studio.services.controls import Halt
from trigger_studio.services.overview import Overview
from trigger_studio.ui.changes import Change, Part
from trigger_studio.ui.history import Contents, Edit, History
from trigger_studio.ui.observable import Observable
from trigger_studio.ui.paths import Content
from trigger_studio.ui.shelf import Checked, Shelf, Working

__all__ = ["Change", "Checked", "Document", "Part", "Working"]


class Document(Shelf, Observable[Change]):
    """See the module.

    Attributes:
        selected: id of the selected rule, "" for none.
        node: id of the card that was clicked last, "" for none.
    """

    def __init__(self) -> None:
        super().__init__()
        self.selected = ""
        self.node = ""
        self._history = History()

    # what comes from the database

    def load(self, overview: Overview, *, drafts: bool = True) -> None:
        """Take over what stands; working copies stay, those on disk are added when the pipeline is opened."""
        self._take(overview, drafts=drafts)
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

    # commands

    def select(self, rule_id: str, node: str = "", source: object = None) -> None:
        """Select a rule, and the card that stands for the part of it that was meant."""
        if (rule_id, node) != (self.selected, self.node):
            self.selected, self.node = rule_id, node
            self.tell(Change(Part.SELECTION, rule_id, source))

    def edit(self, rule_id: str, content: Content, title: str, *, merge: str = "", source: object = None) -> None:
        """Change a rule's working copy; a new id makes a new rule. Edits in a row with one `merge` are one step."""
        self.edit_all({rule_id: content}, title, merge=merge, source=source)

    def edit_all(self, contents: Contents, title: str, *, merge: str = "", source: object = None) -> None:
        """Change several rules as one step; None takes a draft away, and a rule's whole draft back to what stands."""
        after = {
            rule_id: content if content is None else {"project": None, **content}
            for rule_id, content in contents.items()
            if content is None or {"project": None, **content} != self.content(rule_id)
        }
        before = {rule_id: self.content(rule_id) for rule_id in after}
        if any(before.values()) or any(after.values()):
            self._history.add(Edit(before, after, title, merge))
            self._put(after, source)

    def discard(self, rule_id: str) -> None:
        """Go back to what is published; can be undone."""
        work, after = self._work.get(rule_id), self._originals.get(rule_id)
        if work is not None:
            self.edit_all({rule_id: after}, "discard the draft")

    def rebase(self, rule_id: str) -> None:
        """Let a working copy stand on what is published now: its person has seen it, and means to replace it."""
        work, standing = self._work[rule_id], self._published.get(rule_id)
        self._work[rule_id] = Working(work.content, standing.revision if standing else 0)

    def undo(self) -> None:
        """Take the last edit back."""
        edit = self._history.back()
        if edit is not None:
            self._replay(edit.before)

    def redo(self) -> None:
        """Do the edit that was taken back again."""
        edit = self._history.forth()
        if edit is not None:
            self._replay(edit.after)

    @property
    def undo_title(self) -> str:
        """What undo would take back, "" for nothing."""
        return self._history.undo_title

    @property
    def redo_title(self) -> str:
        """What redo would do again, "" for nothing."""
        return self._history.redo_title

    # inside

    def _replay(self, contents: Contents) -> None:
        self._put(contents, None)
        changed = [rule_id for rule_id in contents if self.content(rule_id) is not None]
        if changed and self.selected not in changed:
            self.select(changed[0])

    def _put(self, contents: Contents, source: object) -> None:
        for rule_id, content in contents.items():
            self._put_work(rule_id, content)
        if self.selected in contents and self.content(self.selected) is None:
            self.select("")
        for rule_id in contents:
            self.tell(Change(Part.WORK | Part.HISTORY, rule_id, source))
