"""What joins count: which entities they look at, and how many of those have which status.

Whether a join may be complete is answered from a few numbers that change with each member, so that an event costs the
same however many members there are. The members themselves are read only where a join really is complete.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import blake2b, sha256
from typing import Any

import orjson

from trigger_studio.decide.filters import FEW, FilterIndex, needs
from trigger_studio.decide.predicate import Predicate, compile_test
from trigger_studio.frozen import frozen
from trigger_studio.model.event import Attributes, Entity
from trigger_studio.model.profile import Profile
from trigger_studio.model.rule import Join

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


@frozen
class Members:
    """Which entities a join looks at.

    Attributes:
        name: the same for the same filter; empty where all are counted.
    """

    kind: str
    of: str
    name: str = ""
    where: Predicate | None = None

    def admits(self, entity: Entity) -> bool:
        """Whether an entity of the kind, under the parent, is one of them."""
        return self.where is None or self.where.holds(entity.attributes)


def members_of(join: Join, profile: Profile) -> Members:
    """Which entities the join looks at. Raises BadInput: its filter names a field that the profile lacks."""
    where = compile_test(join.where, profile, "when.every.where") if join.where else None
    return Members(join.entity, join.of, _name(join), where)


def _name(join: Join) -> str:
    return "" if join.where is None else sha256(join.where.model_dump_json().encode()).hexdigest()[:24]


class Counted:
    """All that a set of rules counts among the entities of a kind under one parent.

    Attributes:
        plan: the same for the same filters under the same profile.
        names: of the filters.
    """

    def __init__(self, members: Iterable[Members], profile: Profile) -> None:
        found = {item.name: item for item in members}
        self.names = frozenset(found)
        self.plan = _plan(sorted(found), profile)
        self._all = [item for item in found.values() if item.where is None]
        some = [item for item in found.values() if item.where is not None]
        self._some = some
        self._last: tuple[Attributes, list[str]] = ({}, [])
        self._index = FilterIndex(_filed(some, profile), profile) if len(some) > FEW else None

    def find(self, attributes: Attributes) -> list[str]:
        """Names of the filters that an entity with these attributes passes."""
        last = self._last
        if attributes is not last[0]:  # an entity is looked at as it was and as it is
            last = self._last = (attributes, self._find(attributes))
        return last[1]

    def _find(self, attributes: Attributes) -> list[str]:
        some = self._some if self._index is None else self._index.find(attributes)
        passed = [item.name for item in some if item.where is not None and item.where.holds(attributes)]
        return [*(item.name for item in self._all), *passed]


def _filed(members: list[Members], profile: Profile) -> list[Any]:
    return [(item, tuple(needs(item.where.test, profile)) if item.where else ()) for item in members]


def _plan(names: list[str], profile: Profile) -> str:
    words = profile.model_dump(mode="json", include={"attributes"})
    return sha256(orjson.dumps([names, words], option=orjson.OPT_SORT_KEYS)).hexdigest()[:24]


# how many -----------------------------------------------------------------------------------------------------------


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
