"""Reads the world from one transaction, in bulk where the engine knows what it will need."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import orjson
import sqlalchemy as sa

from trigger_studio.decide.rules import CompiledRule
from trigger_studio.model.event import Entity, EntityKey, Event, Job
from trigger_studio.model.firing import Firing, Step
from trigger_studio.model.profile import PARENT_KINDS, Profile
from trigger_studio.storage import bulk, rows, tables

_HALTS = sa.select(tables.halts.c.scope, tables.halts.c.target).where(tables.halts.c.lifted_at.is_(None))

INSTALLATION = "installation"
"""A random number, drawn when the schema was made; kept beside the counters."""

Revisions = Callable[[sa.Connection, str, int], CompiledRule]


class SqlSource:
    """Satisfies `engine.ports.Source` on a connection; caches what it read for as long as the transaction lasts."""

    def __init__(self, connection: sa.Connection, profile: Profile, revisions: Revisions) -> None:
        self._connection = connection
        self._profile = profile
        self._revisions = revisions
        self._entities: dict[EntityKey, Entity | None] = {}
        self._jobs: dict[str, Job | None] = {}
        self._firings: dict[str, Firing | None] = {}
        self._events: dict[str, Event | None] = {}
        self._depths: dict[EntityKey, int] = {}
        self._times: dict[EntityKey, list[tuple[str, float]]] = {}
        self._times_since = float("inf")
        self._halts: set[tuple[str, str]] | None = None
        self._approvals: set[tuple[str, str]] | None = None

    # in bulk, before a batch is decided

    def prefetch(self, events: Iterable[Event], since: float) -> None:
        """Read what deciding these events is sure to ask for.

        Args:
            events: of the batch.
            since: start of the hourly guard's window, seconds since the epoch.
        """
        events = list(events)
        self._events |= {event.id: event for event in events}
        wanted = {event.key for event in events}
        wanted |= {(of, parent) for event in events for of in PARENT_KINDS if (parent := getattr(event, of))}
        self.load_entities(wanted)
        self._load_times({event.key for event in events}, since)
        self._load_jobs({e.entity_id for e in events if e.entity == "job" and e.type != "approved"})

    def prefetch_intake(self, events: Iterable[Any]) -> None:
        """Read what taking these events in asks for: their entities, jobs, causes and open jobs."""
        events = list(events)
        keys = {(event.entity, event.entity_id) for event in events}
        self.load_entities(keys)
        jobs = {event.entity_id for event in events if event.entity == "job"}
        self._load_jobs(jobs | {event.job_id for event in events if event.job_id})
        self.load_firings({event.cause for event in events if event.cause})
        self._load_open_depths(keys)

    def _load_open_depths(self, keys: set[EntityKey]) -> None:
        """Depth of the deepest open job about each: the job itself, one caused by it, one that names it."""
        self._depths |= dict.fromkeys(keys, 0)
        about = (
            "JOIN jobs t ON t.about_kind = k.a0 AND t.about_id = k.a1",
            "JOIN job_targets n ON n.kind = k.a0 AND n.entity_id = k.a1 JOIN jobs t ON t.id = n.job_id",
            "JOIN jobs t ON k.a0 = 'job' AND t.id = k.a1",
        )
        depth = "SELECT k.a0, k.a1, t.depth FROM {keys}"
        sql = " UNION ALL ".join(f"{depth} {join} WHERE t.state = 'submitted'" for join in about)
        for row in self._select(sql, list(keys)):
            self._depths[(row.a0, row.a1)] = max(row.depth, self._depths[(row.a0, row.a1)])

    def load_entities(self, wanted: Iterable[EntityKey]) -> None:
        """Read these entities, those not known yet."""
        missing = [key for key in wanted if key not in self._entities]
        self._entities |= dict.fromkeys(missing)
        for row in self._by_keys(tables.entities, missing, "kind", "id"):
            self._entities[(row.kind, row.id)] = rows.entity_of(row, self._profile)

    def _load_times(self, wanted: set[EntityKey], since: float) -> None:
        self._times_since = since
        self._times |= {key: [] for key in wanted}
        on = "t.entity = k.a0 AND t.entity_id = k.a1 AND t.started_at > :since"
        sql = f"SELECT t.rule_id, t.entity, t.entity_id, t.started_at FROM {{keys}} JOIN firings t ON {on}"
        for row in self._select(sql, list(wanted), since=since):
            self._times[(row.entity, row.entity_id)].append((row.rule_id, row.started_at))

    def _load_jobs(self, ids: set[str]) -> None:
        self._jobs |= dict.fromkeys(ids)
        for row in self._by_keys(tables.jobs, [(id,) for id in ids], "id"):
            self._jobs[row.id] = rows.job_of(row)
        jobs = [job for id in ids if (job := self._jobs[id]) is not None]
        self.load_firings({job.firing for job in jobs if job.action is not None})
        self._load_events({job.event_id for job in jobs})

    def load_firings(self, ids: set[str]) -> None:
        """Read these firings with their steps and their events."""
        steps: dict[str, dict[int, Step]] = {}
        for row in self._by_keys(tables.actions, [(id,) for id in ids], "firing_id"):
            steps.setdefault(row.firing_id, {})[row.idx] = rows.step_of(row)
        self._firings |= dict.fromkeys(ids)
        wanted = [list(rows.firing_key(id)) for id in ids]
        sql = (
            "SELECT t.* FROM {keys} JOIN firings t"
            " ON t.event_seq = CAST(k.a0 AS BIGINT) AND t.place = CAST(k.a1 AS INTEGER)"
        )
        for row in self._select(sql, wanted):
            firing = rows.firing_of(row, steps.get(f"f{row.event_seq}-{row.place}", {}))
            self._firings[firing.id] = firing
        self._load_events({known.event_id for id in ids if (known := self._firings[id])})

    def _load_events(self, ids: set[str]) -> None:
        missing = [(id,) for id in ids if id not in self._events]
        for row in self._by_keys(tables.events, missing, "id"):
            self._events[row.id] = rows.event_of(row)

    def _by_keys(self, table: sa.Table, wanted: list[Any], *columns: str) -> Iterable[sa.Row[Any]]:
        on = " AND ".join(f"t.{column} = k.a{index}" for index, column in enumerate(columns))
        return self._select(f"SELECT t.* FROM {{keys}} JOIN {table.name} t ON {on}", wanted)

    def _select(self, sql: str, wanted: list[Any], **parameters: Any) -> Iterable[sa.Row[Any]]:
        if not wanted:
            return ()
        width = len(wanted[0])
        text = sql.format(keys=bulk.keys(self._connection, width))
        return self._connection.execute(sa.text(text), {"keys": bulk.dump(wanted), **parameters})

    # the Source protocol

    def entity(self, key: EntityKey) -> Entity | None:
        if key not in self._entities:
            self.load_entities([key])
        return self._entities[key]

    def members(self, kind: str, of: str, parent: str) -> list[Entity]:
        table = tables.entities
        under = table.c.id == parent if kind == of else table.c[of] == parent
        found = self._connection.execute(sa.select(table).where(under, table.c.kind == kind))
        return [rows.entity_of(row, self._profile) for row in found]

    def halted(self, project: str | None, rule_id: str) -> bool:
        if self._halts is None:
            self._halts = {(row.scope, row.target) for row in self._connection.execute(_HALTS)}
        if not self._halts:
            return False
        return any(scope in self._halts for scope in (("all", ""), ("project", project), ("rule", rule_id)))

    def approved(self, rule_id: str, digest: str) -> bool:
        if self._approvals is None:
            table = tables.approvals
            found = self._connection.execute(sa.select(table.c.trigger_id, table.c.digest))
            self._approvals = {(row.trigger_id, row.digest) for row in found}
        return (rule_id, digest) in self._approvals

    def completions(self, rule_id: str, parent: EntityKey, newest: int) -> list[tuple[str, frozenset[tuple[str, int]]]]:
        table = tables.completions
        query = sa.select(table.c.firing_id, table.c.members_json).where(
            table.c.rule_id == rule_id,
            table.c.parent_kind == parent[0],
            table.c.parent_id == parent[1],
            table.c.newest >= newest,
        )
        found = self._connection.execute(query)
        return [(row.firing_id, frozenset((id, seq) for id, seq in orjson.loads(row.members_json))) for row in found]

    def firing_times(self, rule_id: str, key: EntityKey, since: float) -> list[float]:
        if key not in self._times or since < self._times_since:
            self._load_times({key}, since)
        return [at for rule, at in self._times[key] if rule == rule_id and at > since]

    def job(self, job_id: str) -> Job | None:
        if job_id not in self._jobs:
            self._load_jobs({job_id})
        return self._jobs[job_id]

    def firing(self, firing_id: str) -> Firing | None:
        if firing_id not in self._firings:
            self.load_firings({firing_id})
        return self._firings[firing_id]

    def event(self, event_id: str) -> Event | None:
        if event_id not in self._events:
            self._load_events({event_id})
        return self._events.get(event_id)

    def revision(self, rule_id: str, revision: int) -> CompiledRule:
        return self._revisions(self._connection, rule_id, revision)

    def installation(self) -> str:
        name = sa.select(tables.versions.c.version).where(tables.versions.c.name == INSTALLATION)
        return f"{self._connection.execute(name).scalar_one():x}"

    def last_at(self) -> float:
        """When the engine last did something: a virtual clock goes on from there."""
        newest = sa.select(tables.log.c.at).order_by(tables.log.c.id.desc()).limit(1)
        return float(self._connection.execute(newest).scalar() or 0.0)

    def open_depth(self, key: EntityKey) -> int:
        return self._depths.get(key, 0)
