"""Texts that somebody else wrote, made fit to be shown: their control characters are seen, and obeyed by nothing."""

from __future__ import annotations

import re
from typing import Final

_STEERING: Final = re.compile(rb"\x7f|\xc2[\x80-\x9f]")
"""DEL and C1 in UTF-8; JSON has the others escaped already."""


def printable(text: str) -> str:
    """The text with all that would steer a terminal, or turn the writing round, spelled out; lines stay."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\n" else c.encode("unicode_escape").decode("ascii") for c in text)


def steerless(document: bytes) -> bytes:
    """JSON with those control characters escaped that it may hold as they are, and that a terminal would obey."""
    return _STEERING.sub(lambda found: rb"\u%04x" % ord(found[0].decode()), document)
