"""The pipeline as it stood at one commit, read piece by piece as it is asked for and then remembered.

Foretelling at every keystroke asks the same few things again and again; only the first time goes to the database. What
was read belongs to one commit: if the pipeline has moved when something new is to be read, all is read anew.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar

import sqlalchemy as sa

from trigger_studio.decide.rules import CompiledRule, RuleSet
from trigger_studio.engine.ledger import Click
from trigger_studio.engine.world import HOUR_S
from trigger_studio.frozen import frozen
from trigger_studio.model.event import Entity, EntityKey, Event, Job
from trigger_studio.model.firing import Firing, OpenBatch, Queue
from trigger_studio.model.limit import Limit
from trigger_studio.model.rule import Rule
from trigger_studio.services.session import Session
from trigger_studio.storage import rules as rule_store
from trigger_studio.storage import tables
from trigger_studio.storage.source import SqlSource

T = TypeVar("T")

_HALTS = sa.select(tables.halts.c.scope, tables.halts.c.target).where(tables.halts.c.lifted_at.is_(None))


@frozen
class Moment:
    """The commit that a snapshot shows.

    Attributes:
        seq: the last place in the commit order.
        version: of rules, approvals and profile.
        audited: the last thing that a person did; halts move nothing else.
        now_s: seconds since the epoch on the engine's clock.
        rules: compiled, as published.
        halts: (scope, target) of those that stand.
    """

    seq: int
    version: int
    audited: int
    now_s: float
    rules: RuleSet
    halts: frozenset[tuple[str, str]]

    @property
    def mark(self) -> tuple[int, int, int]:
        return self.seq, self.version, self.audited


class _Moved(Exception):
    """The pipeline is no longer what was remembered."""


class Snapshot:
    """See the module. Safe to share between threads; they take turns."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._lock = threading.Lock()
        self._known: dict[Hashable, Any] = {}
        self._moment: Moment | None = None
        self._stale = False

    def moved(self) -> None:
        """The pipeline may have moved: look, before what is remembered is used again."""
        self._stale = True

    def look(self, work: Callable[[Moment, Remembered], T]) -> T:
        """What `work` makes of the pipeline at one moment. It may be called twice, and must have no effects."""
        with self._lock, contextlib.ExitStack() as held:
            reader = _Reader(self, held)
            if self._stale or self._moment is None:
                self._stale = False
                with contextlib.suppress(_Moved):
                    reader.source()
            while True:
                assert self._moment is not None
                with contextlib.suppress(_Moved):
                    return work(self._moment, Remembered(self._known, reader, self._moment.halts))

    def _renew(self, connection: sa.Connection) -> bool:
        """Whether the pipeline has moved; then nothing is remembered any more."""
        newest = sa.select(sa.func.max(tables.audit.c.id))
        mark = (
            int(connection.execute(sa.select(tables.bus_clock.c.seq)).scalar_one()),
            rule_store.version(connection),
            int(connection.execute(newest).scalar() or 0),
        )
        if self._moment is not None and self._moment.mark == mark:
            return False
        rules = self._session.rules(connection)
        last_at = SqlSource(connection, rules.profile, self._session.cache.revision).last_at()
        halts = frozenset((row.scope, row.target) for row in connection.execute(_HALTS))
        self._moment = Moment(*mark, max(self._session.now(), last_at), rules, halts)
        self._known.clear()
        return True


class _Reader:
    """Opens the database when something is asked that nobody remembers, and not before."""

    def __init__(self, snapshot: Snapshot, held: contextlib.ExitStack) -> None:
        self._snapshot, self._held = snapshot, held
        self._source: SqlSource | None = None

    def source(self) -> SqlSource:
        if self._source is None:
            session = self._snapshot._session
            connection = self._held.enter_context(session.database.read())
            moved = self._snapshot._renew(connection)
            profile = session.rules(connection).profile
            self._source = SqlSource(connection, profile, session.cache.revision)
            if moved:
                raise _Moved
        return self._source


class Remembered:
    """Satisfies `engine.ports.Source` from what is remembered, else from the database."""

    def __init__(self, known: dict[Hashable, Any], reader: _Reader, halts: frozenset[tuple[str, str]]) -> None:
        self._known, self._reader, self._halts = known, reader, halts

    def _ask(self, name: str, *key: Hashable) -> Any:
        place = (name, *key)
        if place not in self._known:
            self._known[place] = getattr(self._reader.source(), name)(*key)
        return self._known[place]

    def entity(self, key: EntityKey) -> Entity | None:
        found: Entity | None = self._ask("entity", key)
        return found

    def members(self, kind: str, of: str, parent: str) -> list[Entity]:
        found: list[Entity] = self._ask("members", kind, of, parent)
        return found

    def halted(self, project: str | None, rule_id: str) -> bool:
        return any(halt in self._halts for halt in (("all", ""), ("project", project), ("rule", rule_id)))

    def approved(self, rule_id: str, digest: str) -> bool:
        return bool(self._ask("approved", rule_id, digest))

    def completions(self, rule_id: str, parent: EntityKey, newest: int) -> list[tuple[str, frozenset[tuple[str, int]]]]:
        """All of them, whatever `newest`: older ones cannot hold what is asked for."""
        found: list[tuple[str, frozenset[tuple[str, int]]]] = self._ask("completions", rule_id, parent, 0)
        return found

    def firing_times(self, rule_id: str, key: EntityKey, since: float) -> list[float]:
        place = ("firing_times", rule_id, key)
        earliest, times = self._known.get(place, (float("inf"), []))
        if since < earliest:
            earliest = since - HOUR_S
            times = self._reader.source().firing_times(rule_id, key, earliest)
            self._known[place] = (earliest, times)
        return [at for at in times if at > since]

    def spent(self, limit: Limit, since: float) -> int:
        return int(self._ask("spent", limit, since))

    def failed(self, rule_id: str, project: str | None, since: float) -> int:
        return int(self._ask("failed", rule_id, project, since))

    def click(self, chain: str) -> Click:
        found: Click = self._ask("click", chain)
        return found

    def queues(self) -> list[Queue]:
        found: list[Queue] = self._ask("queues")
        return found

    def queued(self, queue: Queue, after: tuple[int, ...], most: int) -> list[Firing]:
        found: list[Firing] = self._ask("queued", queue, after, most)
        return found

    def job(self, job_id: str) -> Job | None:
        found: Job | None = self._ask("job", job_id)
        return found

    def firing(self, firing_id: str) -> Firing | None:
        found: Firing | None = self._ask("firing", firing_id)
        return found

    def event(self, event_id: str) -> Event | None:
        found: Event | None = self._ask("event", event_id)
        return found

    def open_batch(self, key: tuple[str, str]) -> OpenBatch | None:
        found: OpenBatch | None = self._ask("open_batch", key)
        return found

    def gathered(self, batch_id: str) -> list[Firing]:
        found: list[Firing] = self._ask("gathered", batch_id)
        return found

    def revision(self, rule_id: str, revision: int) -> CompiledRule:
        found: CompiledRule = self._ask("revision", rule_id, revision)
        return found

    def installation(self) -> str:
        return str(self._ask("installation"))

    def open_depth(self, key: EntityKey) -> int:
        """Asked of events from outside only, which nobody hands in here."""
        return 0


class Supposing(Remembered):
    """The same, as it would be if some things were otherwise.

    Args:
        entities: as they are supposed to stand, others among them that do not exist yet.
        rule: taken as approved, and every halt that covers it as lifted.
    """

    def __init__(self, source: Remembered, entities: Iterable[Entity], rule: Rule) -> None:
        covering = {("all", ""), ("rule", rule.id), ("project", rule.project)}
        super().__init__(source._known, source._reader, frozenset(source._halts - covering))
        self._supposed = {entity.key: entity for entity in entities}
        self._approved = rule.id

    def entity(self, key: EntityKey) -> Entity | None:
        return self._supposed.get(key) or super().entity(key)

    def members(self, kind: str, of: str, parent: str) -> list[Entity]:
        known = {entity.key: entity for entity in super().members(kind, of, parent)}
        mine = {k: entity for k, entity in self._supposed.items() if k[0] == kind and entity.parent(of) == parent}
        return list((known | mine).values())

    def approved(self, rule_id: str, digest: str) -> bool:
        return rule_id == self._approved or super().approved(rule_id, digest)
