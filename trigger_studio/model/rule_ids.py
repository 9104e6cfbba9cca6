"""Ids for new rules."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

MOST_ID = 56
"""Of 64 letters that an id may have, so that a number still fits."""


def free_id(name: str, taken: Collection[str]) -> str:
    """An id made of a name's letters that no rule has yet; "" for a name without any."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:MOST_ID].strip("-")
    id, number = base, 2
    while id in taken:
        id, number = f"{base}-{number}", number + 1
    return id
