"""What is new since somebody looked last, in an order in which nothing comes late.

Places in the commit order and the log's numbers follow the commits (see `storage.flush`). On PostgreSQL the audit
trail's do not: a number that is missing may still come, and is waited for while whoever took it may be under way.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from trigger_studio.frozen import frozen
from trigger_studio.storage import bulk, staging, tables

MOST: Final = 500
"""Of each sort that are read at once."""
_GAP_S: Final = 1.0
"""A missing number is waited for at least so long: a transaction may have taken it, and be known to nobody yet."""
_SNAPSHOT: Final = (
    "SELECT CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text) AS bigint),"
    " CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS text) AS bigint)"
)


@frozen
class Mark:
    """What has been seen.

    Attributes:
        seq: the last place in the commit order.
        log: the last record of the log.
        audit: the last entry of the audit trail.
    """

    seq: int
    log: int
    audit: int


@frozen
class News:
    """What came after a mark, each sort in its order, and the mark behind it.

    Attributes:
        events: rows of events.
        gates: rows of gates that were opened.
        firings: rows of firings that changed, as they are now.
        audit: rows of the audit trail.
        more: whether there is more to be read at once.
    """

    mark: Mark
    events: Sequence[Any] = ()
    gates: Sequence[Any] = ()
    firings: Sequence[Any] = ()
    audit: Sequence[Any] = ()
    more: bool = False


class Gaps:
    """The missing numbers that are waited for; kept between looks."""

    def __init__(self) -> None:
        self._seen: dict[int, tuple[float, int]] = {}

    def reach(self, connection: sa.Connection, after: int, found: Sequence[int]) -> int:
        """The number up to which nothing comes late any more."""
        if not found:
            return after
        if bulk.is_sqlite(connection):  # one writer
            return found[-1]
        there = set(found)
        missing = [number for number in range(after + 1, found[-1]) if number not in there]
        if not missing:
            self._seen.clear()
            return found[-1]
        ((oldest, newest),) = bulk.fetch(connection, _SNAPSHOT, {})
        now = time.monotonic()
        for number in missing:
            since, running = self._seen.setdefault(number, (now, newest))
            if now - since < _GAP_S or oldest < running:
                return number - 1
        self._seen = {number: seen for number, seen in self._seen.items() if number in missing}
        return found[-1]


def newest(connection: sa.Connection) -> Mark:
    """What there is now."""
    seq = f"SELECT LEAST(seq, COALESCE({staging.HORIZON} - 1, seq)) FROM bus_clock"
    if bulk.is_sqlite(connection):
        seq = seq.replace("LEAST", "min")
    log = sa.select(sa.func.coalesce(sa.func.max(tables.log.c.id), 0))
    audit = sa.select(sa.func.coalesce(sa.func.max(tables.audit.c.id), 0))
    return Mark(
        int(connection.execute(sa.text(seq)).scalar_one()),
        int(connection.execute(log).scalar_one()),
        int(connection.execute(audit).scalar_one()),
    )


def read(connection: sa.Connection, after: Mark, gaps: Gaps, until: Mark | None = None) -> News:
    """What came after a mark, `MOST` of each sort at most.

    Args:
        connection: of a transaction that sees one state.
        after: what was seen.
        gaps: of whoever looks.
        until: nothing behind this mark.
    """
    now = newest(connection)
    seq_end = now.seq if until is None else min(now.seq, until.seq)
    events = _after(connection, tables.events, "seq", after.seq, seq_end)
    if len(events) == MOST:
        seq_end = events[-1].seq
    gates = _after(connection, tables.gates, "seq", after.seq, seq_end, most=None)
    records = _after(connection, tables.log, "id", after.log, now.log if until is None else until.log)
    keys = list(dict.fromkeys((row.event_seq, row.place) for row in records))
    found = bulk.by_keys(connection, tables.firings, keys, "event_seq", "place") if bulk.is_sqlite(connection) else []
    if keys and not bulk.is_sqlite(connection):
        place = sa.tuple_(tables.firings.c.event_seq, tables.firings.c.place)
        found = list(connection.execute(sa.select(tables.firings).where(place.in_(keys))))
    by_key = {(row.event_seq, row.place): row for row in found}
    audit = _after(connection, tables.audit, "id", after.audit, now.audit if until is None else until.audit)
    numbers = [row.id for row in audit]
    reached = gaps.reach(connection, after.audit, numbers) if until is None else max([after.audit, *numbers])
    mark = Mark(max(after.seq, seq_end), records[-1].id if records else after.log, reached)
    return News(
        mark, events, gates, [by_key[key] for key in keys if key in by_key],
        [row for row in audit if row.id <= reached],
        more=MOST in (len(events), len(records), len(audit)),
    )  # fmt: skip


def _after(
    connection: sa.Connection, table: sa.Table, name: str, after: int, until: int, *, most: int | None = MOST
) -> list[Any]:
    column = table.c[name]
    query = sa.select(table).where(column > after, column <= until).order_by(column)
    return list(connection.execute(query if most is None else query.limit(most)))
