"""What differs between two charts, told by the identity of their cards, wires and frames."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import compress, count
from operator import is_not
from typing import Generic, TypeVar

from trigger_studio.studio.chart.boxes import Box

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
        before, frames_before: where the changed cards and frames were.
        ways_before: the reach of each changed wire whose way was known.
    """

    cards: set[str]
    wires: set[str]
    frames: set[str]
    before: dict[str, Box] = field(default_factory=dict)
    frames_before: dict[str, Box] = field(default_factory=dict)
    ways_before: list[Box] = field(default_factory=list)

    def boxes_before(self) -> list[Box]:
        """Where all that changed was."""
        return [*self.before.values(), *self.frames_before.values(), *self.ways_before]


def differences(old: Sequence[T], new: Sequence[T], name_of: Callable[[T], str]) -> Differences[T]:
    """What of `new` is another object than in `old`, and what of `old` is not in `new` by any.

    Both in like order: what is the same at the beginning and at the end is passed over at the speed of C.
    """
    if old is new:
        return Differences({}, {})
    if len(old) == len(new):
        apart = tuple(map(is_not, old, new))
        old, new = tuple(compress(old, apart)), tuple(compress(new, apart))
    else:
        start = _alike(old, new)
        old, new = old[start:], new[start:]
        end = _alike(old[::-1], new[::-1])
        old, new = old[: len(old) - end], new[: len(new) - end]
    known = {name_of(item): item for item in old}
    fresh = {name: item for item in new if known.get(name := name_of(item)) is not item}
    gone = {name: known[name] for name in known.keys() - map(name_of, new)}
    return Differences(fresh, gone)


def _alike(old: Sequence[T], new: Sequence[T]) -> int:
    """How many items are the same objects from the beginning on."""
    return next(compress(count(), map(is_not, old, new)), min(len(old), len(new)))
