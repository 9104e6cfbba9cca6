"""The doctor's look at the database: schema, rights, clock, engines, and what waits."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from trigger_studio.errors import Damaged, Unavailable
from trigger_studio.model.counting import count
from trigger_studio.services import doctor_rules, doctor_stopped
from trigger_studio.services.findings import FILE_URL, Finding, ok, wrong
from trigger_studio.storage import integrity, schema, tables
from trigger_studio.storage.database import Database
from trigger_studio.storage.runtime import SILENT_S

CLOCK_MAX_S = 2.0
LAG_MAX_S = 10.0
STUCK_S = 30.0
GIVEN_UP_S = FAULTS_S = 86_400.0
SHOWN = 5
_JOINS = ("join_groups", "join_counts", "join_members", "coverings")
NEEDED = {
    "SELECT": tuple(table.name for table in tables.metadata.sorted_tables),
    "INSERT": ("events", "bus", "firings", "actions", "jobs", "deliveries", "log", "engines", "batches", *_JOINS),
    "UPDATE": ("bus_clock", "firings", "actions", "jobs", "deliveries", "engines", "batches", *_JOINS),
    "DELETE": ("bus", "batches", *_JOINS),
}
"""What an engine's role must be allowed on PostgreSQL."""
AFTER = (
    "schema",
    "rights",
    "contents",
    "clock",
    "engines",
    "faults",
    "lag",
    "lanes",
    "deliveries",
    *doctor_stopped.CHECKS,
    *doctor_rules.CHECKS,
)
REPAIR = "'trigger-studio db repair --preview' says what can be made again, 'db repair' makes it"
RESTORE = "stop the engines, and restore a backup: trigger-studio db restore FILE"
START = "start one: trigger-studio engine"


def findings(url: str, file: Path | None) -> Iterator[Finding]:
    """Everything that the database has to be asked for; what cannot be asked is said to be skipped."""
    try:
        if file is not None and not file.exists():  # a look must not make it
            raise Unavailable(f"there is no {file}")
        database = Database(url)
        with database.read() as connection:
            connection.execute(sa.text("SELECT 1"))
    except Damaged as error:
        yield wrong("database", str(error), RESTORE)
        yield from (Finding(check, "skipped", "needs the database") for check in AFTER)
        return
    except Unavailable as error:
        do = "start the database, or mend its URL: --db URL or TRIGGER_STUDIO_DB"
        if file is not None:
            do = (
                f"run 'trigger-studio db upgrade' to make it, or name another: --db {FILE_URL}FILE or TRIGGER_STUDIO_DB"
            )
            do = do if not file.exists() else "see what holds the file, or name another by --db"
        yield wrong("database", str(error), do)
        yield from (Finding(check, "skipped", "needs the database") for check in AFTER)
        return
    try:
        yield ok("database", f"{database.name} answers")
        yield from _answering(database)
    finally:
        database.close()


def _answering(database: Database) -> Iterator[Finding]:
    try:
        if faults := schema.check(database):
            upgrade = "run 'trigger-studio db upgrade'"
            for fault in faults[:SHOWN]:
                yield wrong("schema", fault, "do as it says" if "; " in fault else upgrade)
            yield from (Finding(check, "skipped", "needs the schema") for check in AFTER[1:])
            return
        yield ok("schema", f"the schema is {schema.HEAD}, as this program wants it")
        yield _rights(database)
        with database.read() as connection:
            yield from _contents(connection)
            yield from _inside(database, connection)
    except Damaged as error:
        yield wrong("contents", str(error), f"{REPAIR}; what stays wrong: {RESTORE}")
    except Unavailable as error:
        yield wrong("database", f"it went away during the checks: {error}", "see why, and run the doctor again")


def _contents(connection: sa.Connection) -> Iterator[Finding]:
    """Rows that cannot be read, as far as nothing starts without them; `db check` reads all."""
    found = list(integrity.quick(connection))
    if not found:
        yield ok("contents", "what nothing starts without can be read; 'trigger-studio db check' reads everything")
    for flaw in found[:SHOWN]:
        is_rule = flaw.table == tables.triggers.name
        do = REPAIR if flaw.repair or is_rule else RESTORE
        yield wrong("contents", str(flaw), f"{do}; or import the rule again, or delete it" if is_rule else do)


def _inside(database: Database, connection: sa.Connection) -> Iterator[Finding]:
    now = database.clock_s(connection)
    yield _clock(connection, now, time.time())
    alive = _alive(connection, now)
    yield _engines(connection, alive, now)
    yield _faults(connection, now)
    yield _lag(connection)
    yield from _lanes(connection, bool(alive))
    yield _deliveries(connection)
    yield from doctor_stopped.findings(connection, now)
    yield from doctor_rules.findings(connection)


def _rights(database: Database) -> Finding:
    if database.is_sqlite:
        return ok("rights", "whoever may write the file may do everything")
    sql = sa.text("SELECT has_table_privilege(current_user, to_regclass(:name), :right)")
    with database.read() as connection:
        user = connection.execute(sa.text("SELECT current_user")).scalar_one()
        missing = [
            f"{right} on {name}"
            for right, names in NEEDED.items()
            for name in names
            if not connection.execute(sql, {"name": name, "right": right}).scalar()
        ]
        durable = connection.execute(
            sa.text("SELECT has_schema_privilege(current_user, oid, 'USAGE') FROM pg_namespace WHERE nspname = :name"),
            {"name": "trigger_studio_dbos"},
        ).scalar()
    if durable is not True:
        missing.append("USAGE on the schema trigger_studio_dbos")
    if not missing:
        return ok("rights", f"the role {user} may do what an engine does")
    do = "grant them, then run 'trigger-studio db upgrade' as the owner"
    return wrong("rights", f"the role {user} lacks {', '.join(missing[:SHOWN])}", do)


def _clock(connection: sa.Connection, database_s: float, machine_s: float) -> Finding:
    """Against the database's clock, and against moments that were written and are still to come."""
    off = machine_s - database_s
    if abs(off) > CLOCK_MAX_S:
        says = f"this machine's clock is {abs(off):.1f} s {'ahead of' if off > 0 else 'behind'} the database's"
        return wrong("clock", says, "set both by a time server")
    newest = [
        connection.execute(sa.select(sa.func.max(c))).scalar() for c in (tables.bus.c.at, tables.engines.c.seen_at)
    ]
    ahead = max((moment or 0.0 for moment in newest), default=0.0) - database_s
    if ahead > CLOCK_MAX_S:
        return wrong("clock", f"something was written {ahead:.0f} s from now", "set the clocks by a time server")
    return ok("clock", "this machine and the database agree")


def _alive(connection: sa.Connection, now: float) -> list[str]:
    table = tables.engines
    query = sa.select(table.c.id).where(table.c.seen_at > now - SILENT_S).order_by(table.c.id)
    return list(connection.execute(query).scalars())


def _engines(connection: sa.Connection, alive: list[str], now: float) -> Finding:
    waiting = connection.execute(sa.select(sa.func.count()).select_from(tables.bus)).scalar_one()
    open_ = tables.deliveries.c.status == "pending"
    carriers = sa.select(tables.deliveries.c.carrier).where(open_).distinct()
    dead = sorted({*connection.execute(carriers).scalars()} - {*alive})
    if not alive and (waiting or dead):
        return wrong("engines", f"no engine runs, and {waiting} on the bus and open deliveries wait for one", START)
    if dead:
        silent = connection.execute(
            sa.select(sa.func.max(tables.engines.c.seen_at)).where(tables.engines.c.id.in_(dead))
        ).scalar()
        if silent is None or silent < now - STUCK_S:
            says = f"deliveries of {', '.join(dead[:SHOWN])} were not taken over by {', '.join(alive)}"
            return wrong("engines", says, "restart an engine, and look at its log")
    if not alive:
        return ok("engines", "no engine runs, and nothing waits for one")
    return ok("engines", f"{count(len(alive), 'engine')} alive: {', '.join(alive[:SHOWN])}")


def _faults(connection: sa.Connection, now: float) -> Finding:
    """What went wrong in the engines themselves, those that ended by it included."""
    table = tables.engines
    query = sa.select(table).where(table.c.fault_at > now - FAULTS_S).order_by(table.c.fault_at.desc())
    found = connection.execute(query.limit(SHOWN)).all()
    if not found:
        return ok("faults", "no engine met a fault of its own in the last 24 hours")
    says = "; ".join(f"{row.id}, {count(row.faults, 'fault')}, the last: {row.last_fault}" for row in found)
    return wrong("faults", says, "send us the end of errors.log, in the state folder of the machine it ran on")


def _lag(connection: sa.Connection) -> Finding:
    oldest = connection.execute(sa.select(sa.func.min(tables.bus.c.at))).scalar()
    lag_s = 0.0 if oldest is None else max(0.0, time.time() - oldest)
    says = f"the oldest on the bus has waited {lag_s:.1f} s"
    return ok("lag", says) if lag_s <= LAG_MAX_S else wrong("lag", says, "start an engine, or another one")


def _lanes(connection: sa.Connection, engines: bool) -> Iterator[Finding]:
    table = tables.bus
    query = sa.select(table.c.lane, sa.func.min(table.c.at).label("since"), sa.func.count().label("waiting"))
    since = time.time() - STUCK_S
    stuck = connection.execute(
        query.group_by(table.c.lane).having(sa.func.min(table.c.at) < since).order_by("since").limit(SHOWN)
    ).all()
    if not stuck or not engines:  # without an engine nothing moves, and that is told already
        yield ok("lanes", "no project stands still")
        return
    for row in stuck:
        name = f"the project '{row.lane}'" if row.lane else "what belongs to no project"
        says = f"{name} has stood still for {time.time() - row.since:.0f} s, {row.waiting} waiting"
        yield wrong("lanes", says, "look at the engines' log: something there cannot be decided")


def _deliveries(connection: sa.Connection) -> Finding:
    table = tables.deliveries
    lost = sa.and_(table.c.status == "failed", table.c.settled_at > time.time() - GIVEN_UP_S)
    number = connection.execute(sa.select(sa.func.count()).where(lost)).scalar_one()
    if not number:
        return ok("deliveries", "none was given up in the last 24 hours")
    last = connection.execute(sa.select(table).where(lost).order_by(table.c.settled_at.desc()).limit(1)).one()
    says = f"{number} given up in the last 24 hours; {last.firing_id}: {last.last_error}"
    return wrong("deliveries", says, f"mend what it says, then 'trigger-studio retry {last.firing_id}'")
