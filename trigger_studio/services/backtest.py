"""How often a rule in the making would have matched: the recorded events, decided again for this rule alone.

Conditions only: the event, its scope and its filters. Whether a join was complete at the time is not counted, since
what the members' statuses were then is not on record; nor is what would have kept the rule from firing.

Events are read once, newest first, and kept; each further count is a walk over what is in memory, cut short where it
takes too long, and given up when nobody waits for it any more.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from trigger_studio.decide.decision import decide
from trigger_studio.decide.joins import Members
from trigger_studio.decide.rules import CompiledRule, Published, RuleSet
from trigger_studio.decide.tallies import Fingerprint, Tally
from trigger_studio.frozen import frozen
from trigger_studio.model.event import Entity, EntityKey, Event
from trigger_studio.model.firing import Completion
from trigger_studio.model.rule import Rule
from trigger_studio.services.session import Session
from trigger_studio.storage import events
from trigger_studio.storage.database import Connection

DAYS = 30
DAY_S = 86_400.0
BUDGET_S = 0.2
"""A count takes no longer; what it has by then is told as a part."""
MOST_KEPT = 200_000
"""Events of one type and kind that are kept in memory; a count goes no further back."""
STRETCH, PAGE = 2_000, 1_000
"""Places in the commit order that are read, and events that are decided, before the time is looked at again."""

Kind = tuple[str, str]
"""(event type, entity kind)"""


@frozen
class Matched:
    """How many recorded events met a rule's conditions.

    Attributes:
        looked: events of the rule's type and kind that were looked at, newest first.
        whole: whether those are all of the last `days`.
        join: whether the rule waits for a join, which is not counted.
    """

    count: int
    looked: int
    days: int = DAYS
    whole: bool = True
    join: bool = False


class _Calm:
    """A world in which nothing keeps a rule from firing, and nothing but the event is known."""

    def entity(self, key: EntityKey) -> Entity | None:
        return None

    def members(self, wanted: Members, parent: str) -> Iterable[Entity]:
        return ()

    def tally(self, wanted: Members, parent: str) -> Tally:
        return {}

    def halted(self, project: str | None, rule_id: str, chain: str) -> bool:
        return False

    def approved(self, rule_id: str, digest: str) -> bool:
        return True

    def covered(self, rule_id: str, completion: Completion) -> bool:
        return False

    def covers(self, rule_id: str, parent: EntityKey, fingerprint: Fingerprint) -> bool:
        return False

    def recent(self, rule_id: str, key: EntityKey) -> int:
        return 0

    def over_limit(self, rule: CompiledRule, event: Event, before: Sequence[CompiledRule]) -> bool:
        return False

    def over_ceiling(self, rule: CompiledRule, event: Event, before: Sequence[CompiledRule]) -> bool:
        return False


_CALM = _Calm()


class _Record:
    """The past of one type and kind, as far as it was read: each event with its time, seconds since the epoch.

    Attributes:
        events: newest first.
        newest: the last place in the commit order that was read.
        complete: whether nothing within the days asked for is left to read.
    """

    def __init__(self, kind: Kind) -> None:
        self.events: list[tuple[float, Event]] = []
        self.complete = False
        self.newest = 0
        self._kind = kind
        self._oldest = 0
        self._time_s = time.time()

    def catch_up(self, connection: Connection) -> None:
        """Read what has happened since."""
        newest = events.newest_seq(connection)
        if not self.newest:
            self._oldest = newest + 1
        elif newest > self.newest:
            self.events = [*self._read(connection, self.newest + 1, newest), *self.events]
        self.newest = newest

    def go_back(self, connection: Connection, since_s: float) -> None:
        """Read one more stretch of the past, unless it lies before `since_s`."""
        low = self._oldest - STRETCH
        self.events += self._read(connection, low, self._oldest - 1)
        before = events.last_before(connection, low)
        self._oldest = before.seq + 1 if before is not None else 0
        self.complete = before is None or _seconds(before.occurred_at, since_s) < since_s
        self.complete = self.complete or len(self.events) >= MOST_KEPT

    def _read(self, connection: Connection, low: int, high: int) -> list[tuple[float, Event]]:
        found = []
        for event in events.stretch(connection, *self._kind, low, high):
            self._time_s = _seconds(event.occurred_at, self._time_s)
            found.append((self._time_s, event))
        return found


def _seconds(occurred_at: str, otherwise_s: float) -> float:
    """An event's time; one that came without has that of the event after it."""
    try:
        return datetime.fromisoformat(occurred_at).timestamp()
    except ValueError:
        return otherwise_s


@dataclass(slots=True)
class _Tally:
    """How far the count for one rule is. `newest`: of the record it counts over."""

    rule: Rule
    newest: int
    place: int = 0
    count: int = 0
    looked: int = 0


class Backtest:
    """Counts over the recorded events. Safe to share between threads; they take turns."""

    def __init__(self, session: Session, days: int = DAYS) -> None:
        self._session, self._days = session, days
        self._lock = threading.Lock()
        self._records: dict[Kind, _Record] = {}
        self._tally: _Tally | None = None

    def count(self, rule: Rule, given_up: Callable[[], bool] = lambda: False, budget_s: float = BUDGET_S) -> Matched:
        """How many events of the last days the rule would have matched.

        Args:
            rule: as edited; taken as switched on.
            given_up: asked now and then; once it says yes, the answer is a part that nobody reads.
            budget_s: how long it may take, in seconds. Asked again for the same rule, it goes on from there.
        """
        until = time.monotonic() + budget_s
        alone = rule.model_copy(update={"enabled": True, "when": rule.when.model_copy(update={"every": None})})
        kind = (rule.when.event, rule.when.entity)
        with self._lock, self._session.database.read(fenced=False) as connection:
            rules = RuleSet([Published(alone, 0)], self._session.rules(connection).profile)
            since_s = self._session.now() - self._days * DAY_S
            record = self._records.setdefault(kind, _Record(kind))
            record.catch_up(connection)
            tally = self._tally
            if tally is None or tally.newest != record.newest or tally.rule != alone:
                tally = self._tally = _Tally(alone, record.newest)
            while True:
                if tally.place == len(record.events) and not record.complete:
                    record.go_back(connection, since_s)
                _add(tally, record, rules, since_s)
                whole = record.complete and tally.place == len(record.events)
                if whole or time.monotonic() > until or given_up():
                    return Matched(tally.count, tally.looked, self._days, whole, rule.when.every is not None)
                time.sleep(0)  # let the window's thread have its turn


def _add(tally: _Tally, record: _Record, rules: RuleSet, since_s: float) -> None:
    """Decide the next page of events."""
    page = [event for at_s, event in record.events[tally.place : tally.place + PAGE] if at_s >= since_s]
    tally.place = min(tally.place + PAGE, len(record.events))
    tally.count += sum(1 for event in page if decide(rules, _CALM, event))
    tally.looked += len(page)
