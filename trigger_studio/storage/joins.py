"""Keeps what joins look at, as entities change: who passes a filter, and how many of those have which status.

It is kept of large groups, from when one was first read whole. Everyone who writes entities tells it here, under the
bus clock, so that what is kept is what a scan would find. A group that is kept for other filters than the writer's
rules have is forgotten, and made anew when it is next asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

import sqlalchemy as sa

from trigger_studio.decide.tallies import NOBODY, Fingerprint, Group, Share, added
from trigger_studio.model.event import Entity, EntityKey
from trigger_studio.model.profile import PARENT_KINDS, Profile
from trigger_studio.storage import bulk, rows, tables

if TYPE_CHECKING:
    from trigger_studio.decide.joins import Counted
    from trigger_studio.decide.rules import RuleSet

FEW = 50
"""So many members are read sooner than counted as they change."""
LONG = 200

Move = tuple[Entity | None, Entity]
"""An entity as it was, None if it is new, and as it is."""
Wanted = tuple[Group, str, str]
"""(group, plan, name of a filter)"""

_COUNTS = ("members", "print_a", "print_b")
_ADD = tuple(f"{name} = join_counts.{name} + excluded.{name}" for name in _COUNTS)
_TALLIES = (
    "SELECT k.a0, k.a2, c.status, c.members, c.print_a, c.print_b"
    ' FROM {keys} JOIN join_groups g ON g.kind = k.a3 AND g."of" = k.a4 AND g.parent = k.a5 AND g.plan = k.a1'
    ' LEFT JOIN join_counts c ON c.group_id = k.a0 AND c."filter" = k.a2'
)
_MEMBERS = (
    f"SELECT {bulk.columns(tables.entities)} FROM join_members m JOIN entities t ON t.kind = :kind AND t.id = m.id"
    ' WHERE m.group_id = :group_id AND m."filter" = :name'
)


def group_id(group: Group) -> str:
    """Short, so that the other columns fit into an index beside it."""
    return sha256("\0".join(group).encode()).hexdigest()[:24]


def _state(status: str) -> str:
    """The status, or if it is long what stands for it in an index."""
    return status if len(status) <= LONG else sha256(status.encode()).hexdigest()


# read ---------------------------------------------------------------------------------------------------------------


def read_tallies(connection: sa.Connection, wanted: Sequence[Wanted]) -> dict[Wanted, dict[str, Share] | None]:
    """How many members have which status; None where that is not kept."""
    found: dict[Wanted, dict[str, Share] | None] = dict.fromkeys(wanted)
    known = {(group_id(item[0]), item[2]): item for item in wanted}
    keys = [(id, plan, name, *group) for (id, name), (group, plan, _) in known.items()]
    for id, name, status, *share in bulk.fetch_keys(connection, _TALLIES, keys, 6):
        tally = found[known[id, name]] or {}
        if status is not None:
            count, first, second = share
            tally[status] = (count, first, second)
        found[known[id, name]] = tally
    return found


def read_members(
    connection: sa.Connection, group: Group, name: str, profile: Profile, *, many: bool = False
) -> list[Entity]:
    """The entities of a group that is kept which pass a filter; `many`: they are more than a page."""
    values = {"kind": group[0], "group_id": group_id(group), "name": name}
    found = (bulk.stream if many else bulk.fetch)(connection, _MEMBERS, values)
    return [rows.entity_of(row, profile) for row in map(bulk.record(tables.entities), found)]


def read_group(connection: sa.Connection, group: Group, profile: Profile) -> Iterator[Entity]:
    """All entities of a kind under one parent."""
    kind, of, parent = group
    under = "id" if kind == of else f'"{of}"'
    sql = f"SELECT {bulk.columns(tables.entities)} FROM entities t WHERE t.{under} = :parent AND t.kind = :kind"
    make = bulk.record(tables.entities)
    for row in bulk.stream(connection, sql, {"parent": parent, "kind": kind}):
        yield rows.entity_of(make(row), profile)


def covering(connection: sa.Connection, rule_id: str, parent: EntityKey, fingerprint: Fingerprint) -> str | None:
    """A firing of the rule that is known to cover a completion of that fingerprint."""
    sql = (
        "SELECT firing_id FROM coverings WHERE rule_id = :rule AND parent_kind = :kind AND parent_id = :parent"
        " AND print_a = :a AND print_b = :b"
    )
    kind, id = parent
    values = {"rule": rule_id, "kind": kind, "parent": id, "a": fingerprint[0], "b": fingerprint[1]}
    return next((firing_id for (firing_id,) in bulk.fetch(connection, sql, values)), None)


# write --------------------------------------------------------------------------------------------------------------


class Upkeep:
    """What the moves of entities change in what is kept.

    Args:
        connection: of a transaction that holds the bus clock.
        moves: what this transaction does to entities.
        rules: compiled only where something is kept about these entities.
    """

    def __init__(self, connection: sa.Connection, moves: Sequence[Move], rules: Callable[[], RuleSet]) -> None:
        self._shares: dict[tuple[str, str, str], Share] = {}
        self._joining: dict[tuple[str, str, str], bool] = {}
        self._stale: list[Group] = []
        touched = {group for move in moves for entity in move if entity is not None for group in groups_of(entity)}
        kept = bulk.by_keys(connection, tables.join_groups, list(touched), "kind", "of", "parent")
        plans = {(row.kind, row.of, row.parent): row.plan for row in kept}
        filters = {group: found for group in plans if (found := rules().counted(group)) and found.plan == plans[group]}
        self._stale = [group for group in plans if group not in filters]
        for before, after in moves if filters else ():
            self._move(before, filters, -1)
            self._move(after, filters, 1)

    def _move(self, entity: Entity | None, filters: dict[Group, Counted], sign: int) -> None:
        for group in groups_of(entity) if entity is not None else ():
            if (counted := filters.get(group)) is not None:
                assert entity is not None
                self._count(group_id(group), counted, entity, sign)

    def _count(self, id: str, counted: Counted, entity: Entity, sign: int) -> None:
        for name in counted.find(entity.attributes):
            place = (id, name, entity.status)
            self._shares[place] = added(self._shares.get(place, NOBODY), entity, sign)
            if name:  # that all are members of no filter is known
                member = (id, name, entity.id)
                if member in self._joining and self._joining[member] != (sign > 0):
                    del self._joining[member]  # it was there, and is
                else:
                    self._joining[member] = sign > 0

    def write(self, writes: bulk.Writes) -> None:
        counts = [
            (id, name, _state(status), status, *share)
            for (id, name, status), share in self._shares.items()
            if share != NOBODY
        ]
        writes.upsert(tables.join_counts, counts, _ADD)
        writes.insert(tables.join_members, [member for member, joins in self._joining.items() if joins])
        if left := [member for member, joins in self._joining.items() if not joins]:
            gone = 'DELETE FROM join_members WHERE (group_id, "filter", id) IN (SELECT k.a0, k.a1, k.a2 FROM {keys})'
            writes.run(*bulk.with_keys(writes.is_sqlite, gone, left, 3))
        _forget(writes, self._stale)


def groups_of(entity: Entity) -> list[Group]:
    """The groups that an entity is in."""
    return [(entity.kind, of, parent) for of in PARENT_KINDS if (parent := entity.parent(of)) is not None]


def _forget(writes: bulk.Writes, groups: Sequence[Group]) -> None:
    if not groups:
        return
    for table, column in (("join_groups", "id"), ("join_counts", "group_id"), ("join_members", "group_id")):
        gone = f"DELETE FROM {table} WHERE {column} IN (SELECT k.a0 FROM {{keys}})"
        writes.run(*bulk.with_keys(writes.is_sqlite, gone, [[group_id(group)] for group in groups]))


def keep(connection: sa.Connection, rules: RuleSet, read: Mapping[Group, int]) -> None:
    """Keep from now on what joins look at in these groups, those that are large; under the bus clock.

    Args:
        read: that had to be read whole, and how many entities were there.
    """
    for group, count in read.items():
        filters = rules.counted(group)
        if filters is not None and count > FEW:
            with bulk.Writes(connection) as writes:
                _forget(writes, [group])
            _keep(connection, group, filters, read_group(connection, group, rules.profile))


def _keep(connection: sa.Connection, group: Group, filters: Counted, members: Iterable[Entity]) -> None:
    id = group_id(group)
    shares: dict[tuple[str, str], Share] = {}
    joining: list[bulk.Row] = []
    for entity in members:
        for name in filters.find(entity.attributes):
            shares[name, entity.status] = added(shares.get((name, entity.status), NOBODY), entity)
            if name:
                joining.append((id, name, entity.id))
    with bulk.Writes(connection) as writes:
        writes.insert(tables.join_groups, [(*group, id, filters.plan)])
        counts = [(id, name, _state(status), status, *share) for (name, status), share in shares.items()]
        writes.insert(tables.join_counts, counts)
        writes.insert(tables.join_members, joining)
        writes.run("UPDATE bus_clock SET joins = :yes", {"yes": True})
