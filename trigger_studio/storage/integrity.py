"""Whether a database holds what it should: its own check, every row read, rows that must be there, what must agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import orjson
import sqlalchemy as sa

from trigger_studio.errors import Damaged
from trigger_studio.frozen import frozen
from trigger_studio.model.profile import Profile
from trigger_studio.model.profiles import load_profile
from trigger_studio.model.rule import Rule, digest
from trigger_studio.storage import rows, rule_rows, tables
from trigger_studio.storage.damage import BROKEN, every_row, key_of, row_name, why
from trigger_studio.storage.in_force import RULES
from trigger_studio.storage.source import INSTALLATION

RULES_TABLE = tables.triggers.name
SHOWN = 100
"""Broken rows that are named a table; of more, how many."""


@frozen
class Flaw:
    """One thing that is not as it should be.

    Attributes:
        table: empty for what is not about one table.
        key: of the row, empty for what is not about one row.
        says: what is wrong, in one line.
        repair: whether `db repair` can make it good.
    """

    table: str
    key: str
    says: str
    repair: bool = False

    def __str__(self) -> str:
        where = row_name(self.table, self.key) if self.key else f"table {self.table}" if self.table else ""
        return f"{where}: {self.says}" if where else self.says


SOURCES = (  # whatever has a place in the commit order
    (tables.events, "seq"), (tables.bus, "seq"), (tables.jobs, "seq"), (tables.gates, "seq"), (tables.batches, "seq"),
    (tables.entities, "status_seq"), (tables.entities, "changed_seq"), (tables.firings, "event_seq"),
)  # fmt: skip


def newest_seq(connection: sa.Connection) -> int:
    """The largest place in the commit order that anything has."""
    published = sa.select(sa.func.max(tables.intakes.c.first + tables.intakes.c.size - 1))
    found = [connection.execute(published).scalar()]  # these have places, and are not on the bus yet
    found += [connection.execute(sa.select(sa.func.max(table.c[name]))).scalar() for table, name in SOURCES]
    return max((int(seq) for seq in found if isinstance(seq, int)), default=0)


def flaws(connection: sa.Connection) -> Iterator[Flaw]:
    """Everything that is wrong inside a database with this program's schema. Reads all of it; changes nothing."""
    for step in (pages, _singles):
        yield from _told(connection, step)
    for table in tables.metadata.sorted_tables:
        yield from _rows(connection, table)
    for step in (_rules, orphans):
        yield from _told(connection, step)


def quick(connection: sa.Connection) -> Iterator[Flaw]:
    """What is wrong among that without which nothing starts; the history is not read."""
    yield from _told(connection, _singles)
    for table in _NEEDED:
        yield from _rows(connection, table)
    for step in (_rules, orphans):
        yield from _told(connection, step)


_NEEDED = (tables.profiles, tables.triggers, tables.settings, tables.drafts, tables.preferences, tables.bus)


def _told(connection: sa.Connection, step: Callable[[sa.Connection], Iterator[Flaw]]) -> Iterator[Flaw]:
    """What a step finds, and that it could not be ended because a page cannot be read."""
    driver = connection.dialect.loaded_dbapi
    try:
        yield from step(connection)
    except Exception as error:
        if not isinstance(error, (driver.Error, sa.exc.DBAPIError)):
            raise
        yield Flaw("", "", f"the rest could not be looked at: {why(getattr(error, 'orig', error))}")


def pages(connection: sa.Connection) -> Iterator[Flaw]:
    """What SQLite itself finds: pages, indexes, keys. PostgreSQL checks what it reads, when every row is read."""
    if connection.dialect.name != "sqlite":
        return
    try:
        found = [str(line) for line in connection.execute(sa.text(f"PRAGMA integrity_check({SHOWN})")).scalars()]
        keys = connection.execute(sa.text("PRAGMA foreign_key_check")).all()
    except sa.exc.DBAPIError as error:
        found, keys = [str(error.orig)], []
    for line in found:
        if line != "ok":
            yield Flaw("", "", f"SQLite's own check: {' '.join(line.split())}", repair="index" in line)
    yield from (Flaw(str(row[0]), str(row[1]), f"names a row of {row[2]} that is missing") for row in keys)


def _singles(connection: sa.Connection) -> Iterator[Flaw]:
    clock = connection.execute(sa.select(tables.bus_clock)).all()
    newest = newest_seq(connection)
    if [row.id for row in clock] != [1]:
        yield Flaw("bus_clock", "1", "the one row that orders the commits is missing, or not alone", repair=True)
    elif not isinstance(clock[0].seq, int) or clock[0].seq < newest:
        yield Flaw("bus_clock", "1", f"it stands at {clock[0].seq}, behind {newest}, which is taken", repair=True)
    versions = {row.name: row.version for row, _ in every_row(connection, tables.versions)}
    for name in (RULES, INSTALLATION):
        if not isinstance(versions.get(name), int):
            yield Flaw("versions", name, "is missing, or no number", repair=True)


def _rows(connection: sa.Connection, table: sa.Table) -> Iterator[Flaw]:
    check, found = _check(table), 0
    try:
        for row, fault in every_row(connection, table):
            if fault := fault or check(row):
                found += 1
                if found <= SHOWN:
                    yield Flaw(table.name, key_of(table, row), fault, repair=table is tables.preferences)
    except Exception as error:
        driver = connection.dialect.loaded_dbapi
        if not isinstance(error, (driver.Error, sa.exc.DBAPIError)):
            raise
        yield Flaw(table.name, "", f"its rows cannot all be read: {why(error)}")
    if found > SHOWN:
        yield Flaw(table.name, "", f"{found - SHOWN} more rows like these")


_KINDS: dict[type, tuple[type, ...]] = {
    sa.Text: (str,), sa.Integer: (int,), sa.BigInteger: (int,), sa.Double: (int, float), sa.Boolean: (int, bool),
}  # fmt: skip
_JSON = ("scope", "conditions", "join_spec", "actions", "coalesce")


def _check(table: sa.Table) -> Callable[[Any], str]:
    """Of one table: what is wrong with a row, empty when nothing is."""
    kinds = [(column.name, _KINDS[type(column.type)], column.nullable) for column in table.columns]
    texts = [
        c.name for c in table.columns if c.name.endswith("_json") or (table is tables.triggers and c.name in _JSON)
    ]
    decode = _DECODERS.get(table.name)

    def check(row: Any) -> str:
        for name, kind, null in kinds:
            value = getattr(row, name)
            if not (value is None and null) and not isinstance(value, kind):
                return f"{name} is {'missing' if value is None else 'no ' + kind[0].__name__}"
        try:
            for name in texts:
                if (text := getattr(row, name)) is not None:
                    orjson.loads(text)
            if decode is not None:
                decode(row)
        except Damaged as error:
            return why(error.__cause__ or error)
        except BROKEN as error:
            return why(error)
        return ""

    return check


def _revision(row: Any) -> None:
    if row.document_json is None:
        return
    rule = Rule.model_validate_json(row.document_json)
    if rule.id != row.trigger_id:
        raise ValueError(f"it is the rule '{rule.id}'")
    if digest(rule) != row.digest:
        raise ValueError("its digest is another rule's")


def _rule(row: Any) -> None:
    if digest(rule_rows.rule_of(row)) != row.digest:
        raise ValueError("its digest is another rule's")


def _members(row: Any) -> None:
    if not all(isinstance(id, str) and isinstance(seq, int) for id, seq in orjson.loads(row.members_json)):
        raise ValueError("its members are none")


def _object(name: str) -> Callable[[Any], None]:
    def check(row: Any) -> None:
        text = getattr(row, name)
        if text is not None and not isinstance(orjson.loads(text), dict):
            raise ValueError(f"{name} is no object")

    return check


_ANY_PROFILE = load_profile()
_DECODERS: dict[str, Callable[[Any], object]] = {
    "entities": lambda row: rows.entity_of(row, _ANY_PROFILE),
    "events": rows.event_of,
    "jobs": rows.job_of,
    "bus": lambda row: None if row.signal_json is None else rows.signal_of(row.signal_json, row.seq),
    "triggers": _rule,
    "trigger_revisions": _revision,
    "profiles": lambda row: Profile.model_validate_json(row.document_json),
    "drafts": _object("document_json"),
    "actions": rows.step_of,
    "completions": _members,
    "deliveries": _object("request_json"),
    "gates": rows.gate_of,
    "log": _object("data_json"),
    "audit": _object("data_json"),
    "archive": _object("row_json"),
}


@frozen
class RuleStand:
    """How a rule's row stands to its newest revision.

    Attributes:
        last: the newest revision; 0 where there is none.
        deleted: whether the newest revision is a deletion.
        present: the revision that the row says it is; None without a row.
        digest: that the row has.
    """

    rule_id: str
    last: int
    deleted: bool
    present: int | None
    digest: str | None


def rule_stands(connection: sa.Connection) -> list[RuleStand]:
    """Of every rule that there ever was, by id."""
    last: dict[str, tuple[int, bool]] = {}
    for row, _ in every_row(connection, tables.trigger_revisions):
        last[row.trigger_id] = max(last.get(row.trigger_id, (0, False)), (row.revision, row.document_json is None))
    present = {row.id: (row.revision, row.digest) for row, _ in every_row(connection, tables.triggers)}
    return [
        RuleStand(id, *last.get(id, (0, False)), *present.get(id, (None, None)))
        for id in sorted(last.keys() | present.keys())
    ]


def _rules(connection: sa.Connection) -> Iterator[Flaw]:
    """Rules that are not as their newest revision has them."""
    for rule in rule_stands(connection):
        if rule.present is None and not rule.deleted:
            yield Flaw("triggers", rule.rule_id, f"is missing; revision {rule.last} stands", repair=True)
        elif rule.present is not None and (rule.deleted or rule.present != rule.last):
            says = "it was deleted" if rule.deleted else f"the newest is {rule.last}" if rule.last else "none is kept"
            yield Flaw("triggers", rule.rule_id, f"is at revision {rule.present}, and {says}", repair=True)


def orphans(connection: sa.Connection) -> Iterator[Flaw]:
    """What names a row that is missing."""
    bus, events, firings = tables.bus.c, tables.events.c, tables.firings.c
    nothing = sa.select(bus.seq).where(bus.signal_json.is_(None), ~sa.exists().where(events.seq == bus.seq))
    for seq in connection.execute(nothing.order_by(bus.seq).limit(SHOWN)).scalars():
        yield Flaw("bus", str(seq), "the event that waits there is missing", repair=True)
    lost = sa.select(firings.event_seq, firings.place).where(~sa.exists().where(events.seq == firings.event_seq))
    for row in connection.execute(lost.order_by(firings.event_seq, firings.place).limit(SHOWN)):
        yield Flaw("firings", f"{row.event_seq}, {row.place}", "its event is missing")
