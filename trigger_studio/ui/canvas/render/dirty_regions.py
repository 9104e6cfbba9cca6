"""What of a viewport is to be painted, in few pieces, so that each is painted with little around it."""

from __future__ import annotations

from itertools import combinations
from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QRegion

MOST: Final = 3
"""The strips of a pan, and the small map's place."""
SCATTERED: Final = 12
"""More pieces than these are painted in one go."""


def pieces(region: QRegion) -> list[QRect]:
    """At most `MOST` boxes around all of a region: those that grow least together are put together."""
    found = _rects(region)
    if len(found) > SCATTERED:
        return [region.boundingRect()]
    while len(found) > MOST:
        one, other = min(combinations(found, 2), key=_growth)
        found = [rect for rect in found if rect is not one and rect is not other] + [one.united(other)]
    return found


def strips(region: QRegion, within: QRect) -> list[QRect]:
    """What of a region lies within a box; the box itself if that is many pieces.

    For what is painted like a carpet: through a clip of many pieces it takes longest of all.
    """
    found = _rects(region.intersected(within))
    return found if len(found) <= SCATTERED else [within]


def _rects(region: QRegion) -> list[QRect]:
    return list(region)  # type: ignore[call-overload,no-any-return]  # iterable since 6.0, not so declared


def _growth(pair: tuple[QRect, QRect]) -> int:
    return _area(pair[0].united(pair[1])) - _area(pair[0]) - _area(pair[1])


def _area(rect: QRect) -> int:
    return rect.width() * rect.height()
