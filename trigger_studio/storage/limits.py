"""The limits as they stand, and the memory of starts and failures that they are counted by.

What a limit's window holds is kept as a sum (`limit_sums`): what starts is added by the transaction that starts it, and
what the window has left behind is taken off when somebody looks next. So a decision costs the same however much the
window holds. Sums and costs are in whole millionths.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

import sqlalchemy as sa

from trigger_studio.decide.budget import MILLION, Cost, measure
from trigger_studio.engine.ledger import Click
from trigger_studio.engine.state import ACTOR
from trigger_studio.frozen import frozen
from trigger_studio.model.duration import spoken
from trigger_studio.model.firing import HELD, REFUSED
from trigger_studio.model.limit import Limit
from trigger_studio.storage import bulk, halts, settings, tables
from trigger_studio.storage.damage import reading
from trigger_studio.storage.fetching import fetcher
from trigger_studio.storage.locks import CLICK_LOCK, LIMIT_LOCK

if TYPE_CHECKING:
    from trigger_studio.engine.ledger import Note
    from trigger_studio.engine.world import World

SETTING = "limits"
NOTED = "limits_noted"
"""Since when there is a note of all that started; while no limit stands, nothing is noted."""
STARTED, FAILURE = "started", "failed"


def read(connection: sa.Connection) -> tuple[Limit, ...]:
    """The limits that stand."""
    found = settings.get(connection, SETTING) or ()
    with reading(tables.settings.name, SETTING):
        return tuple(Limit(**item) for item in found)


def write(connection: sa.Connection, limits: Iterable[Limit], *, at: float, by: str) -> None:
    """Put limits in place of those that stood, in a transaction that told the engines first (`rules.bump`).

    Nothing may be starting meanwhile: the sums are counted anew from what has been committed.
    """
    limits = list(limits)
    known = _noted(connection) if read(connection) else None
    connection.execute(sa.delete(tables.limit_sums))
    settings.put(connection, SETTING, [asdict(limit) for limit in limits], at=at, by=by)
    since = at - max(limit.window_s for limit in limits) if limits else None
    if since is None or known is None or since < known:
        _note_anew(connection, since, known)
        settings.put(connection, NOTED, since, at=at, by=by)


def _noted(connection: sa.Connection) -> float | None:
    """The time since which there is a note of all that started; None if no limit stood."""
    noted = settings.get(connection, NOTED)
    if noted is None:  # by a program that did not write it down
        table = tables.tallies
        first = connection.execute(sa.select(sa.func.min(table.c.at)).where(table.c.kind == STARTED)).scalar()
        return None if first is None else math.nextafter(first, -math.inf)
    return float(noted)


def _note_anew(connection: sa.Connection, since: float | None, known: float | None) -> None:
    """Note what started after `since`, as far as there is no note of it: nothing if None, since nobody counts then.

    Notes up to `known` are of changes to what started before, which are in the firings' own figures as well. A firing
    that was retried has counted as often as it started; no more is known than when it last did, so all of it is noted
    then: rather too long than too short.
    """
    firings, notes = tables.firings, tables.tallies
    gone = sa.delete(notes).where(notes.c.kind == STARTED)
    connection.execute(gone if known is None or since is None else gone.where(notes.c.at <= known))
    if since is None:
        return
    columns = ["kind", "rule_id", "project", "at", "firings", "hours"]
    hours = sa.func.coalesce(firings.c.counted_hours, 0)
    waits = sa.and_(firings.c.retries > 0, firings.c.status.in_([HELD, REFUSED]))  # and has not started again
    starts = firings.c.retries + sa.case((waits, 0), else_=1)
    what = sa.literal(STARTED), firings.c.rule_id, firings.c.project, firings.c.counted_at, starts, hours
    before = sa.select(*what)
    before = before.where(firings.c.counted_at > since)
    if known is not None:
        before = before.where(firings.c.counted_at <= known)
    connection.execute(sa.insert(notes).from_select(columns, before))


def exclude(connection: sa.Connection, limits: Iterable[Limit]) -> None:
    """Let nobody else start what limits count, nor let go what they hold, until this transaction ends."""
    if limits and connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LIMIT_LOCK, 0)))


# what a window holds ------------------------------------------------------------------------------------------------


@frozen
class Sum:
    """What was taken of a limit after `low`, and a time before which none of that was; seconds since the epoch."""

    low: float
    used: int
    first: float


class Sums:
    """What is used of each limit, as of one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._kept: dict[tuple[str, str, str], Sum] | None = None
        self._known: dict[Limit, Sum] = {}

    def used(self, limit: Limit, since: float) -> int:
        """What was taken of the limit after `since`, by transactions before this one."""
        known = self._known.get(limit) or self._before(limit) or Sum(since, self._taken(limit, since), since)
        if since < known.low:
            known = Sum(since, known.used + self._taken(limit, since, known.low), since)
        elif since >= known.first:
            known = Sum(since, known.used - self._taken(limit, known.low, since), self._first(since))
        self._known[limit] = known
        return known.used

    def _before(self, limit: Limit) -> Sum | None:
        if self._kept is None:
            found = self._connection.execute(sa.select(tables.limit_sums))
            self._kept = {(row.scope, row.target, row.kind): Sum(row.low, row.used, row.low) for row in found}
        return self._kept.get((limit.scope, limit.target, limit.kind))

    def _taken(self, limit: Limit, low: float, high: float = float("inf")) -> int:
        what, times = ("firings", MILLION) if limit.kind == "firings" else ("hours", 1)
        covered = {"project": " AND project = :target", "rule": " AND rule_id = :target"}.get(limit.scope, "")
        sql = f"SELECT SUM({what}) FROM tallies WHERE kind = '{STARTED}' AND at > :low AND at <= :high{covered}"
        ((found,),) = bulk.fetch(self._connection, sql, {"low": low, "high": high, "target": limit.target})
        return int(found or 0) * times

    def _first(self, since: float) -> float:
        sql = f"SELECT MIN(at) FROM tallies WHERE kind = '{STARTED}' AND at > :since"
        ((found,),) = bulk.fetch(self._connection, sql, {"since": since})
        return float("inf") if found is None else float(found)

    def after(self, limits: Iterable[Limit], notes: Iterable[Note], now_s: float) -> list[bulk.Row]:
        """Rows of `limit_sums`, as they are once these notes are written."""
        taken = [(note, note.taken) for note in notes if note.taken is not None]
        rows = []
        for limit in limits:
            covered = [(note, cost) for note, cost in taken if limit.covers(note.project, note.rule_id)]
            if limit.kind != "failures" and (covered or limit in self._known):
                used = self.used(limit, limit.since(now_s))
                low = self._known[limit].low
                used += sum(measure(limit, cost) for note, cost in covered if note.at > low)
                rows.append((limit.scope, limit.target, limit.kind, low, used))
        return rows


def failed(connection: sa.Connection, rule_id: str, project: str | None, since: float) -> int:
    """Firings of the rule that failed after `since`, in that project or in any."""
    sql = f"SELECT COUNT(*) FROM tallies WHERE kind = '{FAILURE}' AND rule_id = :rule AND at > :since"
    sql += " AND project = :project" if project is not None else ""
    ((found,),) = bulk.fetch(connection, sql, {"rule": rule_id, "project": project, "since": since})
    return int(found)


def worst(connection: sa.Connection, limit: Limit, now_s: float) -> tuple[str, int] | None:
    """The rule that failed most within a limit on failures, and how often."""
    covered = {"project": " AND project = :target", "rule": " AND rule_id = :target"}.get(limit.scope, "")
    sql = (
        f"SELECT rule_id, COUNT(*) AS number FROM tallies WHERE kind = '{FAILURE}' AND at > :since{covered}"
        " GROUP BY rule_id ORDER BY number DESC, rule_id LIMIT 1"
    )
    found = bulk.fetch(connection, sql, {"since": limit.since(now_s), "target": limit.target})
    return (str(found[0][0]), int(found[0][1])) if found else None


# of a chain -----------------------------------------------------------------------------------------------------------

_CLICKS = "SELECT c.chain, c.firings, c.jobs, c.hours, c.grants FROM {keys} JOIN clicks c ON c.chain = k.a0"
_LOCKED = (  # whoever counts for a chain holds its row, taken in one order
    "SELECT c.chain, c.firings, c.jobs, c.hours, c.grants FROM clicks c"
    " WHERE c.chain IN (SELECT k.a0 FROM {keys}) ORDER BY c.chain FOR UPDATE"
)


def clicks(connection: sa.Connection, chains: Iterable[str], *, counting: bool) -> dict[str, Click]:
    """What chains took so far.

    Args:
        counting: nobody else counts for them until this transaction ends.
    """
    sql = _LOCKED if counting and not bulk.is_sqlite(connection) else _CLICKS
    found = bulk.fetch_keys(connection, sql, [[chain] for chain in chains])
    return {chain: Click(Cost(firings, jobs, hours), grants) for chain, firings, jobs, hours, grants in found}


def counted(connection: sa.Connection, chain: str) -> Click:
    """What a chain took of which no sum is kept: only the event that began it has started anything."""
    if not bulk.is_sqlite(connection):
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(CLICK_LOCK, sa.func.hashtext(chain))))
        if found := clicks(connection, [chain], counting=True):  # meanwhile
            return found[chain]
    return summed(connection, chain)


def summed(connection: sa.Connection, chain: str) -> Click:
    """What a chain's firings took, counted one by one."""
    sql = (
        "SELECT COUNT(*), SUM(counted_jobs), SUM(counted_hours) FROM firings"
        " WHERE chain = :chain AND counted_at IS NOT NULL"
    )
    ((firings, jobs, hours),) = bulk.fetch(connection, sql, {"chain": chain})
    return Click(Cost(firings, int(jobs or 0), int(hours or 0)))


def grant(connection: sa.Connection, chain: str) -> None:
    """Give a chain its ceiling once more."""
    click = clicks(connection, [chain], counting=True).get(chain) or counted(connection, chain)
    row = (chain, click.taken.firings, click.taken.jobs, click.taken.hours, click.grants + 1)
    bulk.upsert(connection, tables.clicks, [row], ("grants",))


# writing --------------------------------------------------------------------------------------------------------------


@frozen
class Totals:
    """What is kept as sums after a transaction, read before anything of it was written.

    Attributes:
        windows: rows of `limit_sums`.
        begun: chains that began in it: of them no sum is kept yet, since most start nothing more.
    """

    windows: list[bulk.Row]
    begun: frozenset[str]


def put(writes: bulk.Writes, world: World, totals: Totals) -> None:
    """Write what a transaction took."""
    ledger = world.ledger
    writes.insert(tables.tallies, [_row(note) for note in ledger.notes])
    writes.upsert(tables.limit_sums, totals.windows, ("low", "used"))
    clicked = [
        (chain, click.taken.firings, click.taken.jobs, click.taken.hours, click.grants)
        for chain, click in ledger.clicks.items()
        if chain not in totals.begun
    ]
    writes.upsert(tables.clicks, clicked, ("firings", "jobs", "hours"))


def _row(note: Note) -> bulk.Row:
    if note.taken is None:
        return (FAILURE, note.rule_id, note.project, note.at, 0, 0)
    return (STARTED, note.rule_id, note.project, note.at, note.taken.firings, note.taken.hours)


def pause(connection: sa.Connection, world: World) -> None:
    """Halt the rules that reached a limit on failures; one that somebody has halted already stays as it is."""
    paused, now_s = world.changes.paused, world.now()
    if not paused:
        return
    fetch = fetcher(connection)
    halted = halts.scopes(fetch)
    for rule_id, limit in paused.items():
        if ("rule", rule_id) not in halted:
            reason = f"paused by itself: {limit.measure} within {spoken(limit.window_s)}"
            halts.put(fetch, "rule", rule_id, reason, at=now_s, by=ACTOR)


def forgive(connection: sa.Connection, rule_id: str) -> None:
    """Somebody resumed a paused rule: what failed before counts no more."""
    table = tables.tallies
    connection.execute(sa.delete(table).where(table.c.kind == FAILURE, table.c.rule_id == rule_id))


def forgettable(connection: sa.Connection, now_s: float) -> float | None:
    """The time up to which no limit looks back, or may; None if nothing is as old as that."""
    table = tables.tallies
    longest = max((limit.window_s for limit in read(connection)), default=0.0)
    seen = connection.execute(sa.select(sa.func.min(tables.limit_sums.c.low))).scalar()
    until = min(now_s - longest, float("inf") if seen is None else seen)
    oldest = (
        connection.execute(sa.select(sa.func.min(table.c.at)).where(table.c.kind == k)) for k in (STARTED, FAILURE)
    )
    found = [at for result in oldest if (at := result.scalar()) is not None]
    return until if found and min(found) <= until else None


def forget(connection: sa.Connection, until: float) -> None:
    """Drop notes up to a time, in a transaction in which no limit changes."""
    noted = _noted(connection)
    connection.execute(sa.delete(tables.tallies).where(tables.tallies.c.at <= until))
    if noted is not None and noted < until:
        settings.put(connection, NOTED, until, at=until, by=ACTOR)
