"""The history of edits: every step by ids and values, so that it outlives a publish, a reload and the cards shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from trigger_studio.frozen import frozen
from trigger_studio.model.same import same
from trigger_studio.studio.paths import Content

Position = tuple[float, float]
"""Where a card stands, in scene units."""


@frozen
class Edit:
    """One rule's document before and after. None: the rule did not exist."""

    rule: str
    before: Content | None
    after: Content | None


@frozen
class Move:
    """Where a card stood and stands. None: where the layout puts it."""

    node: str
    before: Position | None
    after: Position | None


@frozen
class Step:
    """What one undo takes back.

    Attributes:
        title: what was done, for a menu.
        detail: the same with what was there before, for a tooltip.
        merge: steps in a row with the same of these are one.
    """

    title: str
    detail: str
    edits: tuple[Edit, ...] = ()
    moves: tuple[Move, ...] = ()
    merge: str = ""

    def reversed(self) -> Step:
        """The step that takes this one back."""
        edits = tuple(Edit(e.rule, e.after, e.before) for e in reversed(self.edits))
        moves = tuple(Move(m.node, m.after, m.before) for m in reversed(self.moves))
        return replace(self, edits=edits, moves=moves)

    @property
    def is_empty(self) -> bool:
        """Whether it changes nothing."""
        return all(same(e.before, e.after) for e in self.edits) and all(m.before == m.after for m in self.moves)


class History:
    """Steps that were done, and those that were taken back and can be done again; as many as there are."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._open = False

    def last(self, merge: str) -> Step | None:
        """The step that another one with this `merge` would become part of."""
        last = self._done[-1] if self._done else None
        return last if last is not None and self._open and merge and last.merge == merge else None

    def add(self, step: Step) -> None:
        """A step was done; what was taken back before is gone."""
        self._undone.clear()
        if self.last(step.merge) is not None:
            self._done.pop()
        if not step.is_empty:
            self._done.append(step)
        self._open = True

    def close(self) -> None:
        """What comes next is a step of its own, whatever it is."""
        self._open = False

    def back(self) -> Step | None:
        """The step to do now to take the last one back, if there is one."""
        self.close()
        if not self._done:
            return None
        self._undone.append(self._done.pop())
        return self._undone[-1].reversed()

    def forth(self) -> Step | None:
        """The step to do again now, if there is one."""
        self.close()
        if not self._undone:
            return None
        self._done.append(self._undone.pop())
        return self._done[-1]

    @property
    def undo(self) -> Step | None:
        """What undo would take back."""
        return self._done[-1] if self._done else None

    @property
    def redo(self) -> Step | None:
        """What redo would do again."""
        return self._undone[-1] if self._undone else None


def merged(last: Step | None, edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits as they follow on those of a step of which they become part."""
    before = {edit.rule: edit.before for edit in last.edits} if last is not None else {}
    return tuple(replace(edit, before=before.get(edit.rule, edit.before)) for edit in edits)
