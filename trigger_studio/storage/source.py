"""Reads the world from one transaction, in bulk where the engine knows what it will need."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import orjson
import sqlalchemy as sa

from trigger_studio.decide.halts import halted
from trigger_studio.decide.tallies import Fingerprint, Group, Share, Tally
from trigger_studio.engine.ledger import Click
from trigger_studio.model.event import Entity, EntityKey, Event, Job
from trigger_studio.model.firing import Firing, OpenBatch, Queue, Step
from trigger_studio.model.limit import Limit
from trigger_studio.model.profile import PARENT_KINDS, Profile
from trigger_studio.storage import batches, bulk, halts, in_force, joins, limits, rows, tables
from trigger_studio.storage.archive import archived
from trigger_studio.storage.damage import missing, reading
from trigger_studio.storage.fetching import fetcher

if TYPE_CHECKING:
    from trigger_studio.decide.rules import CompiledRule

_NO_TIME = "CAST(NULL AS DOUBLE PRECISION)"
_NOTHING = ", ".join(["NULL"] * (len(tables.entities.columns) - 3))
_ENTITIES_TIMES_HALTS = (  # one round trip for all three; an entity has a name, a firing started at some time
    f"SELECT {_NO_TIME} AS started_at, {bulk.columns(tables.entities)}"
    " FROM {keys} JOIN entities t ON t.kind = k.a0 AND t.id = k.a1"
    f" UNION ALL SELECT t.started_at, t.entity, t.entity_id, t.rule_id, {_NOTHING}"
    " FROM {keys} JOIN firings t ON k.a2 = 'event' AND t.entity = k.a0 AND t.entity_id = k.a1 AND t.started_at > :since"
    f" UNION ALL SELECT NULL, t.scope, t.target, NULL, {_NOTHING} FROM halts t WHERE {halts.STANDS}"
)

_QUEUES = (  # from one name to the next, however many wait in each
    "WITH RECURSIVE q(name) AS (SELECT MIN(queue) FROM firings WHERE queue IS NOT NULL UNION ALL"
    " SELECT (SELECT MIN(f.queue) FROM firings f WHERE f.queue > q.name) FROM q WHERE q.name IS NOT NULL)"
    " SELECT name FROM q WHERE name IS NOT NULL"
)
_QUEUED = (
    "SELECT event_seq, place FROM firings WHERE queue = :queue AND (event_seq, place) > (:seq, :place)"
    " ORDER BY event_seq, place LIMIT :most"
)

INSTALLATION = "installation"
"""A random number, drawn when the schema was made; kept beside the counters."""


def _members(firing_id: str, text: str) -> frozenset[tuple[str, int]]:
    with reading(tables.completions.name, firing_id):
        return frozenset((id, seq) for id, seq in orjson.loads(text))


Revisions = Callable[[sa.Connection, str, int], "CompiledRule"]


class SqlSource:
    """Satisfies `engine.ports.Source` on a connection; caches what it read for as long as the transaction lasts.

    Args:
        halts_in_force: (scope, target) of the halts to go by; None for those that stand.

    Attributes:
        sums: what is used of the limits.
        nobody_waits: set by who knows that no held firing waits for room.
        begun: chains that begin with an event of this transaction.
    """

    def __init__(
        self,
        connection: sa.Connection,
        profile: Profile,
        revisions: Revisions,
        approvals: Collection[tuple[str, str]] | None = None,
        *,
        counting: bool = False,
        halts_in_force: frozenset[tuple[str, str]] | None = None,
    ) -> None:
        self._connection = connection
        self._profile = profile
        self._revisions = revisions
        self._approvals = approvals
        self._counting = counting
        self.sums = limits.Sums(connection)
        self.nobody_waits = False
        self.begun: set[str] = set()
        self._entities: dict[EntityKey, Entity | None] = {}
        self._tallies: dict[joins.Wanted, dict[str, Share] | None] = {}
        self._jobs: dict[str, Job | None] = {}
        self._firings: dict[str, Firing | None] = {}
        self._events: dict[str, Event | None] = {}
        self._depths: dict[EntityKey, int] = {}
        self._times: dict[EntityKey, list[tuple[str, float]]] = {}
        self._times_since = float("inf")
        self._clicks: dict[str, Click] = {}
        self._halts = halts_in_force
        self._batches: dict[tuple[str, str], OpenBatch | None] = {}
        self._gathered: dict[str, set[str]] = {}

    # in bulk, before a batch is decided

    def prefetch(self, events: Iterable[Event], since: float) -> None:
        """Read what deciding these events is sure to ask for.

        Args:
            events: of the batch.
            since: start of the hourly guard's window, seconds since the epoch.
        """
        events = list(events)
        self._events |= {event.id: event for event in events}
        own = {event.key for event in events}
        parents = {(of, parent) for event in events for of in PARENT_KINDS if (parent := getattr(event, of))}
        self._load_entities_times_halts(own, parents - own, since)
        self.load_jobs({e.entity_id for e in events if e.entity == "job" and e.type != "approved"})
        self.begun |= {event.id for event in events if event.chain == event.id}
        self._clicks |= dict.fromkeys(self.begun, Click())
        chains = {event.chain for event in events} - self.begun
        self._clicks |= limits.clicks(self._connection, chains, counting=self._counting)

    def prefetch_intake(self, events: Iterable[Any]) -> None:
        """Read what taking these events in asks for: their entities, jobs, causes and open jobs."""
        events = list(events)
        keys = {(event.entity, event.entity_id) for event in events}
        self.load_entities(keys)
        jobs = {event.entity_id for event in events if event.entity == "job"}
        jobs |= {event.job_id for event in events if event.job_id}
        self.load_jobs(jobs)
        causes = {event.cause for event in events if event.cause}
        self.load_firings(causes)
        self._load_archived(jobs, causes)
        self._load_open_depths(keys)

    def _load_archived(self, jobs: set[str], causes: set[str]) -> None:
        """An archived job or firing still gives what it causes its chain and depth."""
        gone = [id for id in jobs if self._jobs[id] is None]
        for row in archived(self._connection, tables.jobs, gone):
            self._jobs[row.id] = rows.job_of(row)
        gone = [id for id in causes if self._firings[id] is None]
        for row in archived(self._connection, tables.firings, gone):
            firing = rows.firing_of(row, {})
            self._firings[firing.id] = firing

    def _load_open_depths(self, keys: set[EntityKey]) -> None:
        """Depth of the deepest open job about each: the one of its own id, one caused by it, one that names it."""
        self._depths |= dict.fromkeys(keys, 0)
        about = (
            "JOIN jobs t ON t.about_kind = k.a0 AND t.about_id = k.a1",
            "JOIN job_targets n ON n.kind = k.a0 AND n.entity_id = k.a1 JOIN jobs t ON t.id = n.job_id",
            "JOIN jobs t ON t.id = k.a1",  # itself, or what takes its id where its parameters name nobody
        )
        depth = "SELECT k.a0, k.a1, t.depth FROM {keys}"
        sql = " UNION ALL ".join(f"{depth} {join} WHERE t.state = 'submitted'" for join in about)
        for kind, id, deep in bulk.fetch_keys(self._connection, sql, list(keys), 2):
            self._depths[(kind, id)] = max(deep, self._depths[(kind, id)])

    def load_entities(self, wanted: Iterable[EntityKey]) -> None:
        """Read these entities, those not known yet."""
        missing = [key for key in wanted if key not in self._entities]
        self._entities |= dict.fromkeys(missing)
        for row in bulk.by_keys(self._connection, tables.entities, missing, "kind", "id"):
            self._entities[(row.kind, row.id)] = rows.entity_of(row, self._profile)

    @property
    def connection(self) -> sa.Connection:
        """Where it reads, for as long as its transaction lasts."""
        return self._connection

    def look_again(self) -> None:
        """Read once more the entities that were not there."""
        missing = [key for key, entity in self._entities.items() if entity is None]
        for key in missing:
            del self._entities[key]
        self.load_entities(missing)

    def _load_entities_times_halts(
        self, own: Collection[EntityKey], parents: Collection[EntityKey], since: float
    ) -> None:
        """Of parents, whom a thousand firings may be about, the entities only."""
        if not own:
            return
        self._times_since = since
        wanted = [*((*key, "event") for key in own), *((*key, "parent") for key in parents)]
        self._entities |= dict.fromkeys((*own, *parents))
        self._times |= {key: [] for key in own}
        found = set()
        values = {"since": since}
        for started_at, *row in bulk.fetch_keys(self._connection, _ENTITIES_TIMES_HALTS, wanted, 3, **values):
            first, second, third, *_ = row
            if started_at is not None:
                self._times[(first, second)].append((third, started_at))
            elif third is None:
                found.add((first, second))
            else:
                entity = rows.entity_of(bulk.record(tables.entities)(row), self._profile)
                self._entities[entity.key] = entity
        self._halts = frozenset(found)

    def _load_times(self, key: EntityKey, since: float) -> None:
        self._times_since = since
        sql = "SELECT rule_id, started_at FROM firings WHERE entity = :kind AND entity_id = :id AND started_at > :since"
        values = {"kind": key[0], "id": key[1], "since": since}
        self._times[key] = [(rule_id, at) for rule_id, at in bulk.fetch(self._connection, sql, values)]

    def load_jobs(self, ids: set[str]) -> None:
        """Read these jobs, with the firings that wait for them and the events behind them."""
        self._jobs |= dict.fromkeys(ids)
        for row in bulk.by_keys(self._connection, tables.jobs, [(id,) for id in ids], "id"):
            self._jobs[row.id] = rows.job_of(row)
        jobs = [job for id in ids if (job := self._jobs[id]) is not None]
        self.load_firings({job.firing for job in jobs if job.action is not None})
        self._load_events({job.event_id for job in jobs})

    def load_firings(self, ids: set[str]) -> None:
        """Read these firings with their steps and their events."""
        steps: dict[str, dict[int, Step]] = {}
        for row in bulk.by_keys(self._connection, tables.actions, [(id,) for id in ids], "firing_id"):
            steps.setdefault(row.firing_id, {})[row.idx] = rows.step_of(row)
        self._firings |= dict.fromkeys(ids)
        wanted = [list(rows.firing_key(id)) for id in ids]
        sql = (
            f"SELECT {bulk.columns(tables.firings)} FROM {{keys}} JOIN firings t"
            " ON t.event_seq = CAST(k.a0 AS BIGINT) AND t.place = CAST(k.a1 AS INTEGER)"
        )
        for row in map(bulk.record(tables.firings), bulk.fetch_keys(self._connection, sql, wanted, 2)):
            firing = rows.firing_of(row, steps.get(f"f{row.event_seq}-{row.place}", {}))
            self._firings[firing.id] = firing
        self._load_events({known.event_id for id in ids if (known := self._firings[id])})

    def _load_events(self, ids: set[str]) -> None:
        missing = [(id,) for id in ids if id not in self._events]
        for row in bulk.by_keys(self._connection, tables.events, missing, "id"):
            self._events[row.id] = rows.event_of(row)

    # the Source protocol

    def entity(self, key: EntityKey) -> Entity | None:
        if key not in self._entities:
            self.load_entities([key])
        return self._entities[key]

    def members(self, kind: str, of: str, parent: str) -> Iterator[Entity]:
        return joins.read_group(self._connection, (kind, of, parent), self._profile)

    def tally(self, group: Group, plan: str, name: str) -> Tally | None:
        wanted = (group, plan, name)
        if wanted not in self._tallies:
            self.prefetch_tallies([wanted])
        return self._tallies[wanted]

    def prefetch_tallies(self, wanted: Collection[joins.Wanted]) -> None:
        """Read what is kept for these joins."""
        self._tallies |= joins.read_tallies(self._connection, list(wanted))

    def joined(self, group: Group, plan: str, name: str) -> list[Entity] | None:
        tally = self.tally(group, plan, name)
        if tally is None:
            return None
        if not name:
            return list(self.members(*group))
        many = sum(count for count, *_ in tally.values()) > bulk.PAGE
        return joins.read_members(self._connection, group, name, self._profile, many=many)

    def halted(self, project: str | None, rule_id: str, chain: str) -> bool:
        if self._halts is None:
            self._halts = halts.scopes(fetcher(self._connection))
        return halted(self._halts, project, rule_id, chain)

    def approved(self, rule_id: str, digest: str) -> bool:
        if self._approvals is None:
            self._approvals = in_force.approved(self._connection)
        return (rule_id, digest) in self._approvals

    def completions(self, rule_id: str, parent: EntityKey, newest: int) -> list[tuple[str, frozenset[tuple[str, int]]]]:
        sql = (
            "SELECT firing_id, members_json FROM completions"
            " WHERE rule_id = :rule AND parent_kind = :kind AND parent_id = :parent AND newest >= :newest"
        )
        values = {"rule": rule_id, "kind": parent[0], "parent": parent[1], "newest": newest}
        found = bulk.fetch(self._connection, sql, values)
        return [(firing_id, _members(firing_id, members)) for firing_id, members in found]

    def covering(self, rule_id: str, parent: EntityKey, fingerprint: Fingerprint) -> str | None:
        return joins.covering(self._connection, rule_id, parent, fingerprint)

    def firing_times(self, rule_id: str, key: EntityKey, since: float) -> list[float]:
        if key not in self._times or since < self._times_since:
            self._load_times(key, since)
        return [at for rule, at in self._times[key] if rule == rule_id and at > since]

    def spent(self, limit: Limit, since: float) -> int:
        return self.sums.used(limit, since)

    def failed(self, rule_id: str, project: str | None, since: float) -> int:
        return limits.failed(self._connection, rule_id, project, since)

    def click(self, chain: str) -> Click:
        if chain not in self._clicks:
            found = limits.clicks(self._connection, [chain], counting=self._counting).get(chain)
            count = limits.counted if self._counting else limits.summed
            self._clicks[chain] = found or count(self._connection, chain)
        return self._clicks[chain]

    def queues(self) -> list[Queue]:
        return [] if self.nobody_waits else [Queue.named(name) for (name,) in bulk.fetch(self._connection, _QUEUES, {})]

    def queued(self, queue: Queue, after: tuple[int, ...], most: int) -> list[Firing]:
        seq, place = after
        values = {"queue": queue.name, "seq": seq, "place": place, "most": most}
        ids = [f"f{seq}-{place}" for seq, place in bulk.fetch(self._connection, _QUEUED, values)]
        self.load_firings({id for id in ids if id not in self._firings})
        return [known for id in ids if (known := self._firings[id])]

    def job(self, job_id: str) -> Job | None:
        if job_id not in self._jobs:
            self.load_jobs({job_id})
        return self._jobs[job_id]

    def firing(self, firing_id: str) -> Firing | None:
        if firing_id not in self._firings:
            self.load_firings({firing_id})
        return self._firings[firing_id]

    def event(self, event_id: str) -> Event | None:
        if event_id not in self._events:
            self._load_events({event_id})
        return self._events.get(event_id)

    def open_batch(self, key: tuple[str, str]) -> OpenBatch | None:
        if key not in self._batches:
            self._batches[key] = batches.read(self._connection, key)
        return self._batches[key]

    def gathered(self, batch_id: str) -> list[Firing]:
        if batch_id not in self._gathered:
            self._gathered[batch_id] = found = batches.members(self._connection, batch_id)
            self.load_firings({id for id in found if id not in self._firings})
        return [known for id in self._gathered[batch_id] if (known := self._firings[id])]

    def revision(self, rule_id: str, revision: int) -> CompiledRule:
        return self._revisions(self._connection, rule_id, revision)

    def installation(self) -> str:
        name = sa.select(tables.versions.c.version).where(tables.versions.c.name == INSTALLATION)
        drawn = self._connection.execute(name).scalar_one_or_none()
        if drawn is None:
            raise missing(tables.versions, INSTALLATION)
        return f"{drawn:x}"

    def open_depth(self, key: EntityKey) -> int:
        if key not in self._depths:
            self._load_open_depths({key})
        return self._depths[key]
