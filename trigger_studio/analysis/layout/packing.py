"""Components on shelves: high ones first, near 16:10, each in a slot with slack that it keeps while it fits."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from trigger_studio.analysis.layout.sizes import COMPONENT_GAP, Size

_ASPECT = 1.6
_SLACK = 1.06
_STEP = 32


class Need(NamedTuple):
    """A component's rules and the room they take."""

    rules: tuple[str, ...]
    size: Size


class Slot(NamedTuple):
    """Room on a shelf."""

    x: float
    y: float
    width: float
    height: float


def pack(needs: Sequence[Need], fixed: Collection[Slot], taken: Mapping[str, Slot]) -> list[Slot]:
    """A slot for each component that needs one.

    Args:
        needs: the components to place.
        fixed: slots of those that stay.
        taken: the slot each rule was in; a component stays where most of its rules were, if it still fits.
    """
    slots = _kept(needs, taken)
    used = {*fixed, *slots.values()}
    free = sorted(set(taken.values()) - used, key=lambda slot: (slot.height, slot.y, slot.x))
    wide = max(_width(needs), max((slot.x + slot.width for slot in used), default=0.0))
    x = tallest = 0.0
    top = max((slot.y + slot.height + COMPONENT_GAP for slot in used), default=0.0)
    waiting = [index for index in range(len(needs)) if index not in slots]
    for index in sorted(waiting, key=lambda i: (-needs[i].size.height, -needs[i].size.width, needs[i].rules[0])):
        size = needs[index].size
        if fits := next((slot for slot in free if _holds(slot, size)), None):
            free.remove(fits)
            slots[index] = fits
            continue
        width, height = _roomy(size.width), _roomy(size.height)
        if x and x + width > wide:
            x, top, tallest = 0.0, top + tallest + COMPONENT_GAP, 0.0
        slots[index] = Slot(x, top, width, height)
        x, tallest = x + width + COMPONENT_GAP, max(tallest, height)
    return [slots[index] for index in range(len(needs))]


def _kept(needs: Sequence[Need], taken: Mapping[str, Slot]) -> dict[int, Slot]:
    """The slots that stay: each goes to the component that had most rules in it, if that still fits."""
    claims: dict[Slot, tuple[int, int]] = {}
    for index, (rules, size) in enumerate(needs):
        counts = Counter(taken[rule] for rule in rules if rule in taken)
        for slot, many in counts.most_common(1):
            if _holds(slot, size) and claims.get(slot, (0, 0))[0] < many:
                claims[slot] = (many, index)
    return {index: slot for slot, (_, index) in claims.items()}


def _holds(slot: Slot, size: Size) -> bool:
    return size.width <= slot.width and size.height <= slot.height


def _roomy(length: float) -> float:
    return math.ceil(length * _SLACK / _STEP) * _STEP


def _width(needs: Sequence[Need]) -> float:
    """Width of the shelves for a picture near 16:10."""
    area = sum((_roomy(size.width) + COMPONENT_GAP) * (_roomy(size.height) + COMPONENT_GAP) for _, size in needs)
    return max(math.sqrt(area * _ASPECT), max((_roomy(size.width) for _, size in needs), default=0.0))
