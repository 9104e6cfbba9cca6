"""The history of edits, by ids and values."""

from __future__ import annotations

from dataclasses import dataclass

from trigger_studio.ui.paths import Content

MOST_UNDO = 500


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


class History:
    """Steps that were done, and those that were taken back and can be done again."""

    def __init__(self) -> None:
        self._steps: list[Edit] = []
        self._done = 0

    def add(self, edit: Edit) -> None:
        """A step was done; what was taken back before is gone."""
        last = self._steps[self._done - 1] if self._done else None
        del self._steps[self._done :]
        if last is not None and edit.merge and (last.rule, last.merge) == (edit.rule, edit.merge):
            self._steps[-1] = Edit(edit.rule, last.before, edit.after, edit.title, edit.merge)
        else:
            self._steps.append(edit)
            del self._steps[:-MOST_UNDO]
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
