"""How many members of joins have which status: numbers that are kept, so that they need not be counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import blake2b

from trigger_studio.model.event import Entity

Group = tuple[str, str, str]
"""(kind, of, parent): the entities of a kind under one project or character."""
Fingerprint = tuple[int, int]
"""Of a set of (member, its last real change): equal for equal sets, and else with a chance of 1 in 2^80."""
Share = tuple[int, int, int]
"""The members that have one status: how many, and their fingerprint."""
Tally = Mapping[str, Share]
"""The share of each status."""

NOBODY: Share = (0, 0, 0)
_HALF_BYTES = 5  # a sum over eight million members fits 64 bits


def fingerprint(pairs: Iterable[tuple[str, int]]) -> Fingerprint:
    """Of a set of (member id, commit order of its last real change)."""
    first = second = 0
    for pair in pairs:
        a, b = _mark(*pair)
        first, second = first + a, second + b
    return first, second


@lru_cache(maxsize=4096)
def _mark(id: str, changed_seq: int) -> Fingerprint:
    digest = blake2b(f"{changed_seq} {id}".encode(), digest_size=2 * _HALF_BYTES).digest()
    return int.from_bytes(digest[:_HALF_BYTES]), int.from_bytes(digest[_HALF_BYTES:])


def added(share: Share, entity: Entity, sign: int = 1) -> Share:
    """A share with one member more, or with `sign` -1 one less."""
    count, first, second = share
    a, b = _mark(entity.id, entity.changed_seq)
    return count + sign, first + sign * a, second + sign * b


def tally(entities: Iterable[Entity]) -> Tally:
    """How many of the entities have which status."""
    found: dict[str, Share] = {}
    for entity in entities:
        found[entity.status] = added(found.get(entity.status, NOBODY), entity)
    return found


def sum_of(*tallies: Tally) -> Tally:
    """Several tallies as one, without statuses that nobody has."""
    found: dict[str, Share] = {}
    for one in tallies:
        for status, (count, first, second) in one.items():
            known = found.get(status, NOBODY)
            found[status] = (known[0] + count, known[1] + first, known[2] + second)
    return {status: share for status, share in found.items() if share != NOBODY}
