"""Large inputs of events: staged in short writes, published by one commit, moved to the bus in short writes.

A file of a million events in one transaction would keep everybody else from writing for half a minute, a halt among
them. So its events are staged where nobody sees them. The commit that publishes them takes a place in the commit order
for each: from then on they are stored, all of them. Moving them to the bus is work that anybody may do, in their order:
whoever staged them, the next who stages, or an engine that has nothing older to decide. No engine decides an event that
comes after one that is not moved yet (see `HORIZON`).

What was staged by a process that died is removed by the next that stages.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import cache

import sqlalchemy as sa

from trigger_studio.errors import BadInput, Fault, Message, Unavailable
from trigger_studio.storage import bulk, tables
from trigger_studio.storage.bus import notify, take_ticks
from trigger_studio.storage.database import Database

PART = 1_000
"""Events in one write: some ten milliseconds."""

COMPARED = 5 * PART
"""Events looked at in one transaction for ids that are staged, too."""

SILENT_S = 60.0
"""Who staged nothing for so long is taken for dead."""

HORIZON = "(SELECT first + moved FROM intakes WHERE first IS NOT NULL ORDER BY first LIMIT 1)"
"""The first place whose event is published and not on the bus yet; null for none."""

_ABANDONED = -1
_OURS = "id = :intake AND first IS NULL AND size >= 0"


class Intake:
    """What one process stages.

    Args:
        database: where it is stored.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        release_all(database)
        sql = (
            "INSERT INTO intakes (since, size, moved, seen_at) SELECT"
            f" COALESCE({HORIZON} - 1, seq), 0, 0, :now FROM bus_clock RETURNING id, since"
        )
        with database.write() as connection:
            ((self.id, self._since),) = bulk.fetch(connection, sql, {"now": database.clock_s(connection)})
        self.size = 0

    def put(self, rows: Sequence[bulk.Row], lanes: Sequence[str]) -> None:
        """Stage events, in their order.

        Args:
            rows: of the table `events`, the first column of no meaning yet.
            lanes: where they are decided.

        Raises:
            Unavailable: this process was silent for so long that what it staged was removed.
        """
        staged = [
            (self.id, self.size + n, *row[1:], lane) for n, (row, lane) in enumerate(zip(rows, lanes, strict=True))
        ]
        self.size += len(staged)
        with self._database.write() as connection:
            now = self._database.clock_s(connection)
            self._change(connection, f"size = {self.size}, seen_at = :now", now=now)
            bulk.insert(connection, tables.staged, staged)

    def publish(self) -> int:
        """Make everything visible by one commit; returns how many events somebody else has stored meanwhile.

        Raises:
            BadInput: somebody else has stored an id with other content meanwhile.
            Unavailable: as in `put`.
        """
        duplicates = 0
        while True:
            with self._database.write() as connection:
                take_ticks(connection, 0)  # nobody else stores anything until this commits
                others = waits(connection)
                duplicates += 0 if others else self._drop_known(connection)
                if not others and self._is_up_to_date(connection):
                    first = take_ticks(connection, self.size)
                    self._change(connection, "first = :first", first=first)
                    return duplicates
                self._change(connection, "seen_at = :now", now=self._database.clock_s(connection))
            release_all(self._database)

    def discard(self) -> None:
        """Remove what was staged and not published."""
        with self._database.write() as connection:
            bulk.fetch(connection, f"UPDATE intakes SET size = {_ABANDONED} WHERE {_OURS} RETURNING id", self._key)
        _remove(self._database, self.id)

    @property
    def _key(self) -> dict[str, int]:
        return {"intake": self.id}

    def _change(self, connection: sa.Connection, change: str, **values: float) -> None:
        sql = f"UPDATE intakes SET {change} WHERE {_OURS} RETURNING id"
        if not bulk.fetch(connection, sql, {**self._key, **values}):
            raise Unavailable(
                Message("storing these events paused so long that it was taken for dead; emit them again")
            )

    def _is_up_to_date(self, connection: sa.Connection) -> bool:
        return not bulk.fetch(connection, "SELECT seq FROM events WHERE seq > :since LIMIT 1", {"since": self._since})

    def _drop_known(self, connection: sa.Connection) -> int:
        """Compare the next of the events that were stored since; returns how many of ours are among them."""
        newer = "SELECT seq, id, content_hash FROM events WHERE seq > :since ORDER BY seq LIMIT :most"
        values = {**self._key, "since": self._since, "most": COMPARED}
        ((newest,),) = bulk.fetch(connection, f"SELECT max(seq) FROM ({newer}) AS e", values)
        sql = f"SELECT s.place, s.id, s.content_hash = e.content_hash FROM ({newer}) AS e JOIN staged s ON s.id = e.id"
        found = bulk.fetch(connection, f"{sql} WHERE s.intake = :intake", values)
        if other := [id for _, id, same in found if not same]:
            raise BadInput([known_otherwise("", id) for id in other[:100]])
        gone = "DELETE FROM staged WHERE intake = :intake AND place IN (SELECT CAST(a0 AS BIGINT) FROM {keys})"
        with bulk.Writes(connection) as writes:
            places = [[place] for place, _, _ in found]
            writes.run(*bulk.with_keys(writes.is_sqlite, gone, places, **self._key))
        self._since = self._since if newest is None else newest
        return len(found)


def known_otherwise(place: str, event_id: str) -> Fault:
    """The fault of an id that is known with other content."""
    path = f"{place}: id" if place else "id"
    return Fault(path, Message("'{0}' is known with other content; give another id", event_id))


def contents(connection: sa.Connection, ids: Sequence[str], intake: int = 0) -> dict[str, str]:
    """The content hashes of those of the ids that are published and not on the bus yet, or in the intake itself."""
    sql = (
        "SELECT t.id, t.content_hash FROM {keys} JOIN staged t ON t.id = k.a0 JOIN intakes i ON i.id = t.intake"
        " WHERE i.first IS NOT NULL OR i.id = :intake"
    )
    return dict(bulk.fetch_keys(connection, sql, [[id] for id in ids], intake=intake))


def waits(connection: sa.Connection) -> bool:
    """Whether anything is published and not on the bus yet."""
    return bool(bulk.fetch(connection, "SELECT id FROM intakes WHERE first IS NOT NULL LIMIT 1", {}))


def readable(connection: sa.Connection, intake: int = 0) -> list[int]:
    """Intakes whose events count as stored: published ones, in their order, then the one that is being staged."""
    sql = "SELECT id FROM intakes WHERE first IS NOT NULL OR id = :intake ORDER BY first IS NULL, first"
    return [id for (id,) in bulk.fetch(connection, sql, {"intake": intake})]


def release(connection: sa.Connection) -> bool:
    """Move the next published events to the bus. Returns whether there were any."""
    lock = "" if bulk.is_sqlite(connection) else " FOR UPDATE"
    sql = f"SELECT id, first, moved, size FROM intakes WHERE first IS NOT NULL ORDER BY first LIMIT 1{lock}"
    for id, first, moved, size in bulk.fetch(connection, sql, {}):
        _move(connection, id, first, moved, min(size, moved + PART))
        if moved + PART >= size:
            bulk.fetch(connection, "DELETE FROM intakes WHERE id = :intake RETURNING id", {"intake": id})
        return True
    return False


def _move(connection: sa.Connection, intake: int, first: int, start: int, end: int) -> None:
    part = "FROM staged WHERE intake = :intake AND place >= :start AND place < :end"
    values = {"intake": intake, "start": start, "end": end}
    place = {**values, "first": first}
    with bulk.Writes(connection) as writes:
        names = _names()
        writes.run(f"INSERT INTO events (seq, {names}) SELECT CAST(:first AS BIGINT) + place, {names} {part}", place)
        waiting = "CAST(:first AS BIGINT) + place, lane, CAST(:now AS DOUBLE PRECISION)"
        writes.run(f"INSERT INTO bus (seq, lane, at) SELECT {waiting} {part}", {**place, "now": time.time()})
        writes.run(f"DELETE {part}", values)
        writes.run("UPDATE intakes SET moved = :end WHERE id = :intake", {"intake": intake, "end": end})
        notify(writes)


@cache
def _names() -> str:
    return ", ".join(f'"{column.name}"' for column in tables.events.columns if column.name != "seq")


def release_all(database: Database) -> None:
    """Move everything that is published to the bus, in short writes."""
    more = True
    while more:
        with database.write() as connection:
            more = release(connection)


def tidy(database: Database) -> None:
    """Remove what was staged by a process that died."""
    dead = f"first IS NULL AND (seen_at < :silent OR size = {_ABANDONED})"
    with database.read() as connection:
        if not bulk.fetch(connection, "SELECT id FROM intakes LIMIT 1", {}):
            return
    with database.write() as connection:
        values = {"silent": database.clock_s(connection) - SILENT_S}
        found = bulk.fetch(connection, f"UPDATE intakes SET size = {_ABANDONED} WHERE {dead} RETURNING id", values)
    for (intake,) in found:
        _remove(database, intake)


def _remove(database: Database, intake: int) -> None:
    """Remove an abandoned intake, its events first, in short writes."""
    part = "SELECT place FROM staged WHERE intake = :intake ORDER BY place LIMIT :most"
    gone = f"DELETE FROM staged WHERE intake = :intake AND place IN ({part}) RETURNING place"
    empty = f"DELETE FROM intakes WHERE id = :intake AND size = {_ABANDONED} RETURNING id"
    more = True
    while more:
        with database.write() as connection:
            more = bool(bulk.fetch(connection, gone, {"intake": intake, "most": PART}))
            if not more:
                bulk.fetch(connection, empty, {"intake": intake})
