"""What differs between two charts, told by the identity of their cards, wires and frames."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from trigger_studio.ui.canvas.boxes import Box

T = TypeVar("T")


@dataclass(slots=True)
class Differences(Generic[T]):
    """What a chart holds anew, and what it no longer holds, by id; what was replaced is among what is fresh."""

    fresh: dict[str, T]
    gone: dict[str, T]

    @property
    def names(self) -> set[str]:
        """The ids of all of it."""
        return self.fresh.keys() | self.gone.keys()


@dataclass(slots=True)
class Change:
    """What came, went or changed on a board.

    Attributes:
        cards, wires, frames: ids.
        boxes: where it was and where it is, to be painted again.
        everywhere: so much changed that all must be painted again.
    """

    cards: set[str]
    wires: set[str]
    frames: set[str]
    boxes: list[Box] = field(default_factory=list)
    everywhere: bool = False


def differences(old: Mapping[str, T], new: Sequence[T], name_of: Callable[[T], str]) -> Differences[T]:
    """What of `new` is another object than in `old`, and what of `old` is not in `new` by any."""
    fresh = {name: item for item in new if old.get(name := name_of(item)) is not item}
    gone: dict[str, T] = {}
    if len(old) + sum(name not in old for name in fresh) != len(new):
        gone = {name: old[name] for name in old.keys() - map(name_of, new)}
    return Differences(fresh, gone)
