"""The history of edits, by ids and values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trigger_studio.ui.paths import Content

Contents = Mapping[str, Content | None]
"""Rules' documents by id. None: the rule does not exist."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One step of the history, of one rule or of several, by id and values.

    Attributes:
        merge: edits of the same rules in a row with the same of these are one step.
    """

    before: Contents
    after: Contents
    title: str
    merge: str = ""

    def goes_on_from(self, last: Edit) -> bool:
        """Whether this is one step with the one before it."""
        return bool(self.merge) and self.merge == last.merge and self.after.keys() == last.after.keys()


class History:
    """Steps that were done, and those that were taken back and can be done again."""

    def __init__(self) -> None:
        self._steps: list[Edit] = []
        self._done = 0

    def add(self, edit: Edit) -> None:
        """A step was done; what was taken back before is gone."""
        last = self._steps[self._done - 1] if self._done else None
        del self._steps[self._done :]
        if last is not None and edit.goes_on_from(last):
            self._steps[-1] = Edit(last.before, edit.after, edit.title, edit.merge)
        else:
            self._steps.append(edit)
        self._done = len(self._steps)

    def back(self) -> Edit | None:
        """The step to take back now, if there is one."""
        if not self._done:
            return None
        self._done -= 1
        return self._steps[self._done]

    def forth(self) -> Edit | None:
        """The step to do again now, if there is one."""
        if self._done == len(self._steps):
            return None
        self._done += 1
        return self._steps[self._done - 1]

    @property
    def undo_title(self) -> str:
        """What undo would take back, "" for nothing."""
        return self._steps[self._done - 1].title if self._done else ""

    @property
    def redo_title(self) -> str:
        """What redo would do again, "" for nothing."""
        return self._steps[self._done].title if self._done < len(self._steps) else ""
