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
    found: list[QRect] = list(region)  # type: ignore[call-overload]  # iterable since 6.0, not so declared
    if len(found) > SCATTERED:
        return [region.boundingRect()]
    while len(found) > MOST:
        one, other = min(combinations(found, 2), key=_growth)
        found = [rect for rect in found if rect is not one and rect is not other] + [one.united(other)]
    return found


def _growth(pair: tuple[QRect, QRect]) -> int:
    return _area(pair[0].united(pair[1])) - _area(pair[0]) - _area(pair[1])


def _area(rect: QRect) -> int:
    return rect.width() * rect.height()
