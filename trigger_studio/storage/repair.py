"""Makes again what a database lost and other rows still tell; what nobody can know any more is left, and said.

Every repair reads first and writes then, so that a preview is the same without the second half.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from functools import partial

import orjson
import sqlalchemy as sa

from trigger_studio.errors import Damaged
from trigger_studio.frozen import frozen
from trigger_studio.model.rule import Rule, digest, document
from trigger_studio.storage import bulk, in_force, integrity, join_tables, rule_rows, schema, tables
from trigger_studio.storage import rules as rule_store
from trigger_studio.storage.damage import BROKEN, every_row
from trigger_studio.storage.integrity import Flaw
from trigger_studio.storage.source import INSTALLATION

AUTHOR = "db repair"


@frozen
class Repair:
    """One thing that is made again.

    Attributes:
        says: what is done, in one line.
        run: does it, in the caller's transaction.
    """

    says: str
    run: Callable[[sa.Connection], object]


def repairs(connection: sa.Connection) -> Iterator[Repair]:
    """What can be made good, in the order in which it has to be; nothing is changed before `Repair.run`."""
    yield from _schema(connection)
    yield from _clock(connection)
    yield from _versions(connection)
    yield from _rules(connection)
    yield from _dropped(connection)
    if any(flaw.repair for flaw in integrity.pages(connection)):
        yield Repair("indexes: made again from their tables", _reindex)


def _run(connection: sa.Connection, *, statement: sa.Executable) -> None:
    connection.execute(statement)


def _reindex(connection: sa.Connection) -> None:
    connection.execute(sa.text("REINDEX"))


def _schema(connection: sa.Connection) -> Iterator[Repair]:
    """A schema that no longer says which it is; what it has says so."""
    table = sa.table(schema.VERSIONS, sa.column("version_num"))
    if len(connection.execute(sa.select(table.c.version_num)).all()) == 1 or schema.missing(connection):
        return

    def run(connection: sa.Connection) -> None:
        connection.execute(sa.delete(table))
        connection.execute(sa.insert(table).values(version_num=schema.HEAD))

    yield Repair(f"table {schema.VERSIONS}: set to {schema.HEAD}, whose tables and columns are all there", run)


def _clock(connection: sa.Connection) -> Iterator[Repair]:
    table, newest = tables.bus_clock, integrity.newest_seq(connection)
    found = connection.execute(sa.select(table)).all()
    if [row.id for row in found] == [1] and isinstance(found[0].seq, int) and found[0].seq >= newest:
        return
    top = max([newest, *(row.seq for row in found if isinstance(row.seq, int))])

    def run(connection: sa.Connection) -> None:
        connection.execute(sa.delete(table))
        connection.execute(sa.insert(table).values(id=1, seq=top))
        for kept in (join_tables.join_groups, join_tables.join_counts, join_tables.join_members):
            connection.execute(sa.delete(kept))  # it was kept up only while the row said so; it is read anew

    yield Repair(f"table bus_clock: set to {top}, the largest place in the commit order that anything has", run)


def _versions(connection: sa.Connection) -> Iterator[Repair]:
    table = tables.versions
    known = {row.name: row.version for row, _ in every_row(connection, table)}
    drawn = {
        # another number than any program that is running remembers, so that all of them read the rules again
        in_force.RULES: (int(time.time()), "counted on from the present time"),
        INSTALLATION: (secrets.randbits(48), "drawn anew; what went out before bears the old one"),
    }
    for name, (value, how) in drawn.items():
        if not isinstance(known.get(name), int):
            yield Repair(f"table versions, row {name}: {how}", partial(_put_version, name=name, value=value))


def _put_version(connection: sa.Connection, name: str, value: int) -> None:
    table = tables.versions
    connection.execute(sa.delete(table).where(table.c.name == name))
    connection.execute(sa.insert(table).values(name=name, version=value))


# rules --------------------------------------------------------------------------------------------------------------


def _rules(connection: sa.Connection) -> Iterator[Repair]:
    """A rule's row from its newest revision that can be read, or that revision from the row."""
    _, broken = rule_store.standing(connection)
    texts = _texts(connection)
    for rule in integrity.rule_stands(connection):
        known = texts.get(rule.rule_id, {})
        row = _row(connection, rule.rule_id) if rule.present is not None and rule.rule_id not in broken else None
        newest = known.get(rule.last)
        if rule.deleted:
            if rule.present is not None:
                yield Repair(f"rule {rule.rule_id}: removed, as it was deleted", partial(_remove, rule_id=rule.rule_id))
        elif newest is not None:
            if row != newest or (rule.present, rule.digest) != (rule.last, digest(newest)):
                says = f"rule {rule.rule_id}: made again from its revision {rule.last}"
                yield Repair(says, partial(_put_row, rule=newest, revision=rule.last))
        elif row is not None:
            says = f"rule {rule.rule_id}: the text of revision {rule.present} made again from the rule as it stands"
            yield Repair(says, partial(_put_revision, rule=row, revision=rule.last))
        elif known:
            last = max(known)
            says = (
                f"rule {rule.rule_id}: made again from its revision {last}, the newest that can be read, as revision"
                f" {rule.last + 1}"
            )
            yield Repair(says, partial(_publish, rule=known[last]))


def _texts(connection: sa.Connection) -> dict[str, dict[int, Rule]]:
    """By rule and revision, the texts that can be read."""
    found: dict[str, dict[int, Rule]] = {}
    for row, fault in every_row(connection, tables.trigger_revisions):
        if fault or row.document_json is None:
            continue
        try:
            rule = Rule.model_validate_json(row.document_json)
        except BROKEN:
            continue
        if rule.id == row.trigger_id and digest(rule) == row.digest:
            found.setdefault(rule.id, {})[row.revision] = rule
    return found


def _row(connection: sa.Connection, rule_id: str) -> Rule | None:
    try:
        return rule_store.get(connection, rule_id).rule
    except Damaged:
        return None


def _remove(connection: sa.Connection, rule_id: str) -> None:
    in_force.bump(connection)
    connection.execute(sa.delete(tables.triggers).where(tables.triggers.c.id == rule_id))


def _put_row(connection: sa.Connection, rule: Rule, revision: int) -> None:
    """Put the row of a rule as it was published at a revision."""
    in_force.bump(connection)
    values = {
        **rule_rows.rule_columns(document(rule)), "revision": revision, "digest": digest(rule),
        "updated_at": time.time(), "updated_by": AUTHOR,
    }  # fmt: skip
    names = tables.triggers.columns.keys()
    changed = [name for name in names if name != "id"]
    bulk.upsert(connection, tables.triggers, [tuple(values[name] for name in names)], changed)


def _put_revision(connection: sa.Connection, rule: Rule, revision: int) -> None:
    row = (rule.id, revision, bulk.dump(document(rule)), digest(rule), time.time(), AUTHOR)
    bulk.upsert(connection, tables.trigger_revisions, [row], ("document_json", "digest"))


def _publish(connection: sa.Connection, rule: Rule) -> None:
    rule_store.save(connection, [rule], author=AUTHOR, at=time.time())


# what leads nowhere -------------------------------------------------------------------------------------------------


def _dropped(connection: sa.Connection) -> Iterator[Repair]:
    """What is no loss: a place in the queue of an event that is gone, how somebody liked to look at things."""
    bus, preferences = tables.bus, tables.preferences
    for flaw in integrity.orphans(connection):
        if flaw.table == bus.name:
            says = f"{flaw}: taken off the bus; it cannot be decided"
            yield Repair(says, partial(_run, statement=sa.delete(bus).where(bus.c.seq == int(flaw.key))))
    for row, fault in every_row(connection, preferences):
        if fault or not _is_json(row.value_json):
            says = f"{Flaw('preferences', f'{row.owner}, {row.name}', 'removed; it is chosen anew in the window')}"
            mine = sa.and_(preferences.c.owner == row.owner, preferences.c.name == row.name)
            yield Repair(says, partial(_run, statement=sa.delete(preferences).where(mine)))


def _is_json(text: str) -> bool:
    try:
        orjson.loads(text)
    except ValueError:
        return False
    return True
