"""What a person should hear: done, or why not."""

from __future__ import annotations

from trigger_studio.frozen import frozen
from trigger_studio.studio.observable import Observable


@frozen
class Notice:
    """Something to tell the person. `problem`: it did not work."""

    text: str
    problem: bool = False


class Notices(Observable[Notice]):
    """Tells its watchers of everything a person should hear."""

    def inform(self, text: str) -> None:
        """Something was done."""
        self.emit(Notice(text))

    def warn(self, text: str) -> None:
        """Something did not work."""
        self.emit(Notice(text, problem=True))
