"""The pipeline as it stood at one commit, read piece by piece as it is asked for and then remembered.

Foretelling at every keystroke asks the same few things again and again; only the first time goes to the database. What
was read belongs to one commit: if the pipeline has moved when something new is to be read, all is read anew.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar

from trigger_studio.decide.halts import halted
from trigger_studio.decide.rules import CompiledRule, RuleSet
from trigger_studio.decide.tallies import Fingerprint, Group, Tally
from trigger_studio.engine.ledger import Click
from trigger_studio.engine.world import HOUR_S
from trigger_studio.frozen import frozen
from trigger_studio.model.event import Entity, EntityKey, Event, Job
from trigger_studio.model.firing import Firing, OpenBatch, Queue
from trigger_studio.model.limit import Limit
from trigger_studio.model.rule import Rule
from trigger_studio.services.reading import Mark, Reader
from trigger_studio.services.session import Session
from trigger_studio.storage import halts
from trigger_studio.storage.database import Connection
from trigger_studio.storage.fetching import fetcher
from trigger_studio.storage.source import SqlSource

T = TypeVar("T")


@frozen
class Moment:
    """The commit that a snapshot shows.

    Attributes:
        mark: which one.
        now_s: seconds since the epoch on the engine's clock.
        rules: compiled, as published.
        halts: (scope, target) of those that stand.
    """

    mark: Mark
    now_s: float
    rules: RuleSet
    halts: frozenset[tuple[str, str]]

    @property
    def seq(self) -> int:
        """The last place in the commit order."""
        return self.mark.seq


class _Moved(Exception):
    """The pipeline is no longer what was remembered."""


class Snapshot:
    """Keeps what was read of the pipeline at one commit, and reads anew once it has moved.

    Safe to share between threads; they take turns.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._lock = threading.Lock()
        self._known: dict[Hashable, Any] = {}
        self._moment: Moment | None = None
        self._stale = False
        self._source: SqlSource | None = None

    def moved(self) -> None:
        """The pipeline may have moved: look, before what is remembered is used again."""
        self._stale = True

    def look(self, work: Callable[[Moment, Remembered], T]) -> T:
        """What `work` makes of the pipeline at one moment.

        It may be called again, and must have no effects: if the pipeline moves meanwhile, and something is asked that
        nobody remembers, all that was asked is read anew, at once, and it begins again with more time to ask.
        """
        with self._lock:
            reader = Reader(self._session.database, self._begin)
            memory = _Memory(self, reader)
            try:
                if self._stale or self._moment is None:
                    self._stale = False
                    memory.renew()
                while True:
                    assert self._moment is not None
                    try:
                        return work(self._moment, Remembered(memory, self._moment.halts))
                    except _Moved:
                        reader.hold_s *= 2
                        memory.renew()
            finally:
                reader.close()

    def _begin(self, connection: Connection, now: Mark) -> None:
        """A transaction begins: if it sees another commit, nothing is remembered any more."""
        rules = self._session.rules(connection)
        self._source = SqlSource(connection, rules.profile, self._session.cache.revision)
        if self._moment is not None and self._moment.mark == now:
            return
        standing = halts.scopes(fetcher(connection))
        self._moment = Moment(now, self._session.engine_now(connection), rules, standing)
        self._known.clear()
        raise _Moved


class _Memory:
    """What one look asked, so that it can be asked again at once of another commit."""

    def __init__(self, snapshot: Snapshot, reader: Reader) -> None:
        self._snapshot, self._reader = snapshot, reader
        self._asked: dict[Hashable, Callable[[SqlSource], Any]] = {}

    def ask(self, place: Hashable, read: Callable[[SqlSource], Any]) -> Any:
        """What is remembered in that place, else what is read now."""
        self._asked[place] = read
        known = self._snapshot._known
        if place not in known:
            known[place] = self._read(read)
        return known[place]

    def _read(self, read: Callable[[SqlSource], Any]) -> Any:
        def reading(_: Connection) -> Any:
            assert self._snapshot._source is not None
            return read(self._snapshot._source)

        return self._reader.read(reading)

    def renew(self) -> None:
        """Look at the pipeline, and if it has moved read again all that was asked, in one transaction."""
        while True:
            with contextlib.suppress(_Moved):
                self._read(lambda _: None)
            try:
                self._snapshot._known |= {place: self._read(read) for place, read in self._asked.items()}
            except _Moved:
                self._reader.hold_s *= 2
            else:
                return


class Remembered:
    """Satisfies `engine.ports.Source` from what is remembered, else from the database."""

    def __init__(self, memory: _Memory, halts: frozenset[tuple[str, str]]) -> None:
        self._memory, self._halts = memory, halts

    def _ask(self, name: str, *key: Hashable) -> Any:
        return self._memory.ask((name, *key), lambda source: getattr(source, name)(*key))

    def ask(self, place: Hashable, read: Callable[[SqlSource], T]) -> T:
        """Something else, remembered in that place."""
        found: T = self._memory.ask(place, read)
        return found

    def entity(self, key: EntityKey) -> Entity | None:
        found: Entity | None = self._ask("entity", key)
        return found

    def members(self, kind: str, of: str, parent: str) -> list[Entity]:
        return self.ask(("members", kind, of, parent), lambda source: list(source.members(kind, of, parent)))

    def halted(self, project: str | None, rule_id: str, chain: str) -> bool:
        return halted(self._halts, project, rule_id, chain)

    def tally(self, group: Group, plan: str, name: str) -> Tally | None:
        found: Tally | None = self._ask("tally", group, plan, name)
        return found

    def joined(self, group: Group, plan: str, name: str) -> list[Entity] | None:
        found: list[Entity] | None = self._ask("joined", group, plan, name)
        return found

    def approved(self, rule_id: str, digest: str) -> bool:
        return bool(self._ask("approved", rule_id, digest))

    def completions(self, rule_id: str, parent: EntityKey, newest: int) -> list[tuple[str, frozenset[tuple[str, int]]]]:
        """All of them, whatever `newest`: older ones cannot hold what is asked for."""
        found: list[tuple[str, frozenset[tuple[str, int]]]] = self._ask("completions", rule_id, parent, 0)
        return found

    def covering(self, rule_id: str, parent: EntityKey, fingerprint: Fingerprint) -> str | None:
        found: str | None = self._ask("covering", rule_id, parent, fingerprint)
        return found

    def firing_times(self, rule_id: str, key: EntityKey, since: float) -> list[float]:
        start = since // HOUR_S * HOUR_S - HOUR_S  # one for many, since the clock of a look runs on
        times: list[float] = self._ask("firing_times", rule_id, key, start)
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
        return int(self._ask("open_depth", key))


class Supposing(Remembered):
    """The same, as it would be if some things were otherwise.

    Args:
        entities: as they are supposed to stand, others among them that do not exist yet.
        rule: taken as approved, and every halt that covers it as lifted.
    """

    def __init__(self, source: Remembered, entities: Iterable[Entity], rule: Rule) -> None:
        covering = {("all", ""), ("rule", rule.id), ("project", rule.project)}
        super().__init__(source._memory, frozenset(source._halts - covering))
        self._supposed = {entity.key: entity for entity in entities}
        self._approved = rule.id

    def entity(self, key: EntityKey) -> Entity | None:
        return self._supposed.get(key) or super().entity(key)

    def members(self, kind: str, of: str, parent: str) -> list[Entity]:
        known = {entity.key: entity for entity in super().members(kind, of, parent)}
        mine = {k: entity for k, entity in self._supposed.items() if k[0] == kind and entity.parent(of) == parent}
        return list((known | mine).values())

    def tally(self, group: Group, plan: str, name: str) -> Tally | None:
        return None if self._supposes(group) else super().tally(group, plan, name)

    def joined(self, group: Group, plan: str, name: str) -> list[Entity] | None:
        return None if self._supposes(group) else super().joined(group, plan, name)

    def _supposes(self, group: Group) -> bool:
        """Whether anything of the group is supposed to be otherwise; then what is kept about it does not count."""
        kind, of, parent = group
        return any(entity.kind == kind and entity.parent(of) == parent for entity in self._supposed.values())

    def approved(self, rule_id: str, digest: str) -> bool:
        return rule_id == self._approved or super().approved(rule_id, digest)
