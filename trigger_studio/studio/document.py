"""The open document: published rules, private drafts, selection, undo. It owns what the window shows.

Widgets send commands; the document tells everyone what changed. It knows neither widgets nor the database: the
controllers load it and carry its drafts away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from trigger_studio.model.event import Entity
from trigger_studio.model.i18n import tr
from trigger_studio.model.same import same
from trigger_studio.services.overview import Overview
from trigger_studio.storage.halts import Halt
from trigger_studio.studio.changes import Change, Part
from trigger_studio.studio.difference import carried
from trigger_studio.studio.edit_names import Name, name_of
from trigger_studio.studio.history import Edit, History, Move, Position, Step, merged
from trigger_studio.studio.observable import Observable
from trigger_studio.studio.paths import Content
from trigger_studio.studio.positions import Places
from trigger_studio.studio.rule_workspace import Checked, RuleWorkspace, Working

__all__ = ["Change", "Checked", "Document", "Part", "Working"]


class Document(RuleWorkspace, Observable[Change]):
    """Holds the open pipeline's rules, drafts, selection and undo, and tells its watchers of each change.

    Attributes:
        selected: id of the selected rule, "" for none.
        node: id of the card that was clicked last, "" for none.
    """

    def __init__(self) -> None:
        super().__init__()
        self.selected = ""
        self.node = ""
        self._history = History()
        self._places = Places()

    # what comes from the database

    def load(self, overview: Overview, *, drafts: bool = True) -> None:
        """Take over what stands; working copies stay, those on disk are added when the pipeline is opened."""
        before = {rule_id: self.content(rule_id) for rule_id in self._places.rules()}
        self._take(overview, drafts=drafts)
        for rule_id, content in before.items():
            self._places.follow(rule_id, content, self.content(rule_id))
        if self.selected and self.selected not in self.ids():
            self.selected = self.node = ""
        self.emit(Change(Part.RULES | Part.WORK | Part.PIPELINE | Part.HALTS | Part.SELECTION | Part.HISTORY))

    def set_halts(self, halts: Iterable[Halt]) -> None:
        """What is halted now."""
        now = tuple(halts)
        if now != self.halts:
            self.halts = now
            self.emit(Change(Part.HALTS))

    def set_entities(self, entities: Iterable[Entity]) -> None:
        """The pipeline's entities as they are now."""
        now = tuple(entities)
        if now != self.entities:
            self.entities = now
            self.emit(Change(Part.PIPELINE))

    # commands

    def select(self, rule_id: str, node: str = "", source: object = None) -> None:
        """Select a rule, and the card that stands for the part of it that was meant."""
        if (rule_id, node) != (self.selected, self.node):
            if rule_id != self.selected:
                self.begin_step()
            self.selected, self.node = rule_id, node
            self.emit(Change(Part.SELECTION, rule_id, source))

    def edit(self, rule_id: str, content: Content, title: str = "", *, merge: str = "", source: object = None) -> None:
        """Change a rule's working copy; a new id makes a new rule.

        Args:
            rule_id: of the rule.
            content: its whole document.
            title: what was done, where the values before and after do not say it better.
            merge: edits in a row with the same of these are one step.
            source: who asked; told to everyone, so that it need not follow itself.
        """
        self.edit_all({rule_id: content}, title, merge=merge, source=source)

    def edit_all(
        self,
        contents: Mapping[str, Content | None],
        title: str = "",
        *,
        exact: bool = False,
        places: Mapping[str, Position] | None = None,
        merge: str = "",
        source: object = None,
    ) -> None:
        """Change several rules' working copies as one step; None goes back to what is published.

        Args:
            contents: the rules' whole documents.
            title: what was done. exact: the values before and after cannot say it better.
            places: where cards are put with it.
            merge, source: as for `edit`.
        """
        edits = []
        for rule_id, given in contents.items():
            after = self._original(rule_id) if given is None else {"project": None, **given}
            before = self.content(rule_id)
            if not same(before, after):
                edits.append(Edit(rule_id, before, after))
        if not edits:
            return
        key = "\n".join((merge, *(edit.rule for edit in edits))) if merge else ""
        last = self._history.last(key)
        whole = merged(last, edits)
        told = exact or len(whole) != 1
        name = Name(title, title) if told else name_of(whole[0].before, whole[0].after, title)
        moves = tuple(move for edit in edits for move in self._places.lost(edit.rule, edit.before, edit.after))
        put = [Move(node, self._places.get(node), place) for node, place in (places or {}).items()]
        moves = (*(last.moves if last is not None else ()), *moves, *put)
        self._history.add(Step(*name, whole, moves, key))
        self._move(put)
        self._put(edits, source)

    def deleted(self, contents: Mapping[str, Content], title: str) -> None:
        """Rules were deleted for everyone; to undo that brings these documents back, as drafts."""
        edits = [Edit(rule_id, content, None) for rule_id, content in contents.items()]
        self._history.add(Step(title, title, tuple(edits)))
        self._put(edits, None)

    def discard(self, rule_id: str) -> None:
        """Go back to what is published; can be undone."""
        self.discard_many([rule_id])

    def discard_many(self, rule_ids: Iterable[str]) -> None:
        """Go back to what is published, for several rules as one step."""
        drafts: dict[str, Content | None] = {rule_id: None for rule_id in rule_ids if rule_id in self._work}
        self.edit_all(drafts, tr("discard the draft") if len(drafts) == 1 else tr("discard {0} drafts", len(drafts)))

    def rebase(self, rule_id: str) -> None:
        """Let a working copy stand on what is published now: its person has seen it, and means to replace it."""
        work, standing = self._work[rule_id], self._published.get(rule_id)
        self._work[rule_id] = Working(work.content, standing.revision if standing else 0)

    def is_published(self, rule_id: str, work: Working) -> None:
        """A working copy was published: what was typed meanwhile goes on from there, and is a step of its own."""
        self.begin_step()
        left = self._work.get(rule_id)
        if left is not None and left.base == work.base:
            self.rebase(rule_id)
        self.emit(Change(Part.PLACES, rule_id))

    # where cards stand

    @property
    def places(self) -> dict[str, Position]:
        """Where people put cards, by card; of every other the layout decides."""
        return self._places.shown()

    def places_of(self, rule_id: str) -> Mapping[str, Position]:
        """The same for one rule's cards."""
        return self._places.of_rule(rule_id)

    @property
    def has_places(self) -> bool:
        """Whether anybody put any card anywhere."""
        return bool(self._places.rules())

    def move(self, places: Mapping[str, Position | None], title: str = "", *, source: object = None) -> None:
        """Put cards somewhere, or (None) leave them to the layout again, as one step."""
        moves = [Move(node, self._places.get(node), place) for node, place in places.items()]
        moves = [move for move in moves if move.before != move.after]
        if moves:
            title = title or (tr("move a card") if len(moves) == 1 else tr("move {0} cards", len(moves)))
            self._history.add(Step(title, title, moves=tuple(moves)))
            self._move(moves)
            self.emit(Change(Part.PLACES | Part.HISTORY, None, source))

    def tidy(self, rule_id: str | None = None) -> None:
        """Leave a rule's cards, or everyone's, to the layout."""
        pins = self.places if rule_id is None else self.places_of(rule_id)
        self.move(dict.fromkeys(pins), tr("tidy up everything") if rule_id is None else tr("tidy up the rule"))

    def take_places(self, version: int, stored: Mapping[str, Position]) -> None:
        """Where everyone's cards stand now, from the database."""
        if self._places.take(version, stored, self._forms):
            self.emit(Change(Part.PLACES))

    @property
    def places_version(self) -> int:
        """The version of the places that was read last."""
        return self._places.version

    def places_due(self) -> dict[str, Position | None]:
        """Places that are not stored yet."""
        return self._places.due(self._forms)

    def places_carried(self, version: int, due: Mapping[str, Position | None]) -> None:
        """These places have been stored."""
        self._places.carried(version, due)

    # undo

    def undo(self) -> str:
        """Take the last step back. Returns what of it could not be, because somebody has changed it since; else ""."""
        step = self._history.back()
        return self._do(step, moves_first=False) if step is not None else ""

    def redo(self) -> str:
        """Do the step that was taken back again; returns the same as `undo`."""
        step = self._history.forth()
        return self._do(step, moves_first=True) if step is not None else ""

    def begin_step(self) -> None:
        """What comes next is a step of its own: the person has gone elsewhere."""
        self._history.close()

    @property
    def undo_title(self) -> str:
        """What undo would take back, "" for nothing."""
        return self._history.undo.title if self._history.undo else ""

    @property
    def redo_title(self) -> str:
        """What redo would do again, "" for nothing."""
        return self._history.redo.title if self._history.redo else ""

    @property
    def undo_detail(self) -> str:
        """The same with what was there before, "" for nothing."""
        return self._history.undo.detail if self._history.undo else ""

    @property
    def redo_detail(self) -> str:
        """The same with what was there before, "" for nothing."""
        return self._history.redo.detail if self._history.redo else ""

    # inside

    def _do(self, step: Step, *, moves_first: bool) -> str:
        """Do a step, or the reverse of one, to what the rules have become since."""
        if moves_first:  # its cards are called as they were before its edits
            self._move(step.moves)
        edits, left = [], []
        for edit in step.edits:
            now = self.content(edit.rule)
            possible, content = carried(now, edit.before, edit.after)
            if possible:
                edits.append(Edit(edit.rule, now, {"project": None, **content} if content is not None else None))
            else:
                left.append(edit.rule)
        self._put(edits, None)
        if not moves_first:
            self._move(step.moves)
        if step.moves:
            self.emit(Change(Part.PLACES | Part.HISTORY))
        if len(edits) == 1 and self.content(edits[0].rule) is not None:
            self.select(edits[0].rule)
        return ", ".join(left)

    def _move(self, moves: Iterable[Move]) -> None:
        for move in moves:
            self._places.put(move.node, move.after)

    def _put(self, edits: Sequence[Edit], source: object) -> None:
        for edit in edits:
            self._put_work(edit.rule, edit.after)
            self._places.follow(edit.rule, edit.before, edit.after)
        if self.selected and self.content(self.selected) is None:
            self.select("")
        rules = tuple(edit.rule for edit in edits)
        self.emit(Change(Part.WORK | Part.HISTORY, rules[0] if len(rules) == 1 else None, source, rules))

    def _forms(self, rule_id: str) -> tuple[Content | None, Content | None]:
        return self._original(rule_id), self.content(rule_id)
