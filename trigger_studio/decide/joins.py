"""What joins count: which entities they look at, and how many of those have which status.

Whether a join may be complete is answered from a few numbers that change with each member, so that an event costs the
same however many members there are. The members themselves are read only where a join really is complete.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

import orjson

from trigger_studio.decide.filters import FEW, FilterIndex, needs
from trigger_studio.decide.predicate import Predicate, compile_test
from trigger_studio.frozen import frozen
from trigger_studio.model.event import Attributes, Entity
from trigger_studio.model.profile import Profile
from trigger_studio.model.rule import Join


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
