"""The store of rules: revisions, approvals, drafts."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from trigger_studio.decide.rules import Head, Published, scopes_of
from trigger_studio.errors import Damaged, Message, NotFound, Stale, allowed
from trigger_studio.frozen import frozen
from trigger_studio.model.rule import Rule, digest, document, document_digest
from trigger_studio.storage import bulk, rule_rows, tables
from trigger_studio.storage.damage import damaged, every_row, json_of, reading
from trigger_studio.storage.in_force import bump

log = logging.getLogger(__name__)


def published(connection: sa.Connection) -> list[Published]:
    """Every rule as it stands, by id; those that cannot be read are left out (`standing` names them)."""
    return standing(connection)[0]


def standing(connection: sa.Connection) -> tuple[list[Published], dict[str, str]]:
    """Every rule as it stands, by id; and by id those that cannot be read, with the reason."""
    reader, rules, broken = rule_rows.RuleReader(), list[Published](), dict[str, str]()
    for row, fault in _rows(connection):
        try:
            if fault:
                raise damaged(tables.triggers.name, row.id, fault)
            rules.append(Published(reader.rule(row), row.revision))
        except Damaged as error:
            broken[row.id] = str(error)
    return rules, broken


def heads(connection: sa.Connection) -> tuple[list[Head], dict[str, str]]:
    """Every rule as it stands, by id, each to be read when it is needed; and those that cannot be, with the reason."""
    reader, found, broken = rule_rows.RuleReader(), list[Head](), dict[str, str]()
    for row, fault in _rows(connection):
        try:
            if fault:
                raise damaged(tables.triggers.name, row.id, fault)
            found.append(_head(row, reader))
        except Damaged as error:
            broken[row.id] = _told(row.id, error)
    return found, broken


def _rows(connection: sa.Connection) -> list[tuple[Any, str]]:
    """The rows of all rules, by id, each with what of it is no text."""
    table = tables.triggers
    try:
        sql = f"SELECT {bulk.columns(table)} FROM {table.name} t ORDER BY t.id"
        return [(row, "") for row in map(bulk.record(table), bulk.fetch(connection, sql, {}))]
    except sqlite3.OperationalError:  # bytes that are no text
        return sorted(every_row(connection, table), key=lambda item: str(item[0].id))


def _head(row: Any, reader: rule_rows.RuleReader) -> Head:
    def read() -> Published:
        try:
            return Published(reader.rule(row), row.revision)
        except Damaged as error:
            _told(row.id, error)
            raise

    scopes = scopes_of((json_of(row.scope, tables.triggers.name, row.id) or {}).get("characters"))
    return Head(
        row.id, bool(row.enabled), row.priority, row.project, row.event_type, row.entity_kind, scopes,
        row.join_spec is not None, read,
    )  # fmt: skip


def _told(rule_id: str, fault: Damaged) -> str:
    log.warning("the rule '%s' does not start: %s", rule_id, fault, extra={"rule": rule_id})
    return str(fault)


def get(connection: sa.Connection, rule_id: str) -> Published:
    """One rule as it stands. Raises NotFound, Damaged."""
    table = tables.triggers
    row = connection.execute(sa.select(table).where(table.c.id == rule_id)).one_or_none()
    if row is None:
        known = connection.execute(sa.select(table.c.id).order_by(table.c.id)).scalars()
        raise NotFound(_unknown(rule_id, known))
    return Published(rule_rows.rule_of(row), row.revision)


def _unknown(rule_id: str, known: Iterable[str]) -> str:
    return Message("there is no rule '{0}'; {1}", rule_id, allowed(known, rule_id))


def save(
    connection: sa.Connection, rules: Sequence[Rule], *, author: str, at: float, base: dict[str, int] | None = None
) -> list[Published]:
    """Publish rules, each as a new revision; other rules stay.

    Args:
        base: compare-and-set: the revision each rule was edited from, 0 for a new one.

    Raises:
        Stale: a rule has been published by somebody else since its base.
    """
    bump(connection)
    standing = _last_revisions(connection, [rule.id for rule in rules])
    saved = []
    for rule in rules:
        last, stands = standing.get(rule.id, (0, False))
        if base is not None and base.get(rule.id, 0) != (last if stands else 0):
            now = Message("revision {0} stands", last) if stands else Message("it was deleted")
            raise Stale(
                Message(
                    "rule '{0}' changed since revision {1}: {2}; nothing was published",
                    rule.id,
                    base.get(rule.id, 0),
                    now,
                )
            )
        saved.append(Published(rule, last + 1))
    for start in range(0, len(saved), bulk.PAGE):
        _publish(connection, saved[start : start + bulk.PAGE], author=author, at=at)
    return saved


def expect(connection: sa.Connection, rule_ids: Sequence[str], base: int | None) -> None:
    """See that rules stand at a revision, if one is given, until this transaction ends. Raises NotFound, Stale."""
    if base is None:
        return
    bump(connection)
    for rule_id in rule_ids:
        if (revision := get(connection, rule_id).revision) != base:
            now = Message("revision {0} stands", revision)
            raise Stale(
                Message("rule '{0}' changed since revision {1}: {2}; nothing was published", rule_id, base, now)
            )


def _publish(connection: sa.Connection, saved: Sequence[Published], *, author: str, at: float) -> None:
    columns = tables.triggers.columns.keys()
    new_rows, revisions = [], []
    for item in saved:
        body = document(item.rule)
        stamp = document_digest(body)
        values = {
            **rule_rows.rule_columns(body), "revision": item.revision, "digest": stamp, "updated_at": at,
            "updated_by": author,
        }  # fmt: skip
        new_rows.append(tuple(values[name] for name in columns))
        revisions.append((item.rule.id, item.revision, bulk.dump(body), stamp, at, author))
    bulk.upsert(connection, tables.triggers, new_rows, [name for name in columns if name != "id"])
    bulk.insert(connection, tables.trigger_revisions, revisions)
    _end_approvals(connection, [(rule_id, stamp) for rule_id, _, _, stamp, _, _ in revisions])


def _end_approvals(connection: sa.Connection, standing: Sequence[tuple[str, str]]) -> None:
    """End the approvals of rules for any digest but theirs; a text that comes back needs an approval of its own."""
    sql = (
        "DELETE FROM approvals WHERE (trigger_id, digest) IN (SELECT t.trigger_id, t.digest FROM {keys}"
        " JOIN approvals t ON t.trigger_id = k.a0 WHERE t.digest <> k.a1)"
    )
    with bulk.Writes(connection) as writes:
        writes.run(*bulk.with_keys(writes.is_sqlite, sql, standing, 2))


def set_enabled(connection: sa.Connection, rule_id: str, enabled: bool, *, author: str, at: float) -> Published:
    """Enable or disable a rule as it stands, as a new revision. Raises NotFound."""
    bump(connection)
    rule = get(connection, rule_id).rule.model_copy(update={"enabled": enabled})
    return save(connection, [rule], author=author, at=at)[0]


def _last_revisions(connection: sa.Connection, ids: Sequence[str]) -> dict[str, tuple[int, bool]]:
    """For each rule that ever was: its last revision, and whether it still stands."""
    table = tables.trigger_revisions
    key = bulk.keys(connection, 1)
    sql = (
        f"SELECT t.trigger_id, max(t.revision) AS last FROM {key} JOIN {table.name} t ON t.trigger_id = k.a0 GROUP BY 1"
    )
    found = connection.execute(sa.text(sql), {"keys": bulk.dump([[id] for id in ids])})
    last = {row.trigger_id: row.last for row in found}
    sql = f"SELECT t.id FROM {key} JOIN triggers t ON t.id = k.a0"
    stands = set(connection.execute(sa.text(sql), {"keys": bulk.dump([[id] for id in ids])}).scalars())
    return {id: (revision, id in stands) for id, revision in last.items()}


def earlier(connection: sa.Connection, rule_id: str, revision: int) -> Rule:
    """A rule as it stood at a revision. Raises NotFound, Damaged."""
    text = document_text(connection, rule_id, revision)
    with reading(tables.trigger_revisions.name, f"{rule_id}, {revision}"):
        return Rule.model_validate_json(text)


def document_text(connection: sa.Connection, rule_id: str, revision: int) -> str:
    """What a revision's row holds. Raises NotFound."""
    table = tables.trigger_revisions
    query = sa.select(table.c.document_json).where(table.c.trigger_id == rule_id, table.c.revision == revision)
    text = connection.execute(query).scalar_one_or_none()
    if text is None:
        raise NotFound(Message("rule '{0}' has no revision {1}", rule_id, revision))
    return str(text)


def under_way(connection: sa.Connection) -> list[Published]:
    """Earlier revisions that started firings still go by."""
    firings, triggers = tables.firings, tables.triggers
    query = (
        sa.select(firings.c.rule_id, firings.c.revision)
        .where(firings.c.status.in_(("running", "waiting")))
        .where(~sa.exists().where(triggers.c.id == firings.c.rule_id, triggers.c.revision == firings.c.revision))
        .distinct()
        .order_by(firings.c.rule_id, firings.c.revision)
    )
    found = []
    for row in connection.execute(query).all():
        with contextlib.suppress(Damaged, NotFound):  # what goes by it fails with that reason
            found.append(Published(earlier(connection, *row), row.revision))
    return found


def delete(connection: sa.Connection, rule_id: str, *, author: str, at: float) -> None:
    """Delete a rule; its history stays. Raises NotFound."""
    bump(connection)
    last, stands = _last_revisions(connection, [rule_id]).get(rule_id, (0, False))
    if not stands:
        last = get(connection, rule_id).revision  # or there is no such rule
    connection.execute(sa.delete(tables.triggers).where(tables.triggers.c.id == rule_id))
    bulk.insert(connection, tables.trigger_revisions, [(rule_id, last + 1, None, None, at, author)])
    _end_approvals(connection, [(rule_id, "")])


def approve(connection: sa.Connection, rule_id: str, *, by: str, at: float) -> str:
    """Approve a rule's present digest; returns it. Raises NotFound."""
    bump(connection)
    stamp = digest(get(connection, rule_id).rule)
    bulk.upsert(connection, tables.approvals, [(rule_id, stamp, at, by)], ("at", "approved_by"))
    return stamp


# drafts -------------------------------------------------------------------------------------------------------------


@frozen
class Draft:
    """A person's unpublished edit. `document` may have faults; `base_revision` 0 means a new rule."""

    rule_id: str
    base_revision: int
    document: dict[str, Any]


def drafts(connection: sa.Connection, owner: str) -> list[Draft]:
    """The owner's drafts, by rule id."""
    table = tables.drafts
    found = connection.execute(sa.select(table).where(table.c.owner == owner).order_by(table.c.trigger_id))
    drafts = []
    for row in found:
        try:
            content = json_of(row.document_json, table.name, f"{row.trigger_id}, {owner}")
        except Damaged as error:  # one lost draft keeps nobody from working on the others
            log.warning("%s", error)
            continue
        drafts.append(Draft(row.trigger_id, row.base_revision, content))
    return drafts


def save_draft(connection: sa.Connection, draft: Draft, *, owner: str, at: float) -> None:
    """Keep a draft, in place of the owner's earlier one of that rule."""
    row = (draft.rule_id, owner, draft.base_revision, bulk.dump(draft.document), at)
    bulk.upsert(connection, tables.drafts, [row], ("base_revision", "document_json", "saved_at"))


def drop_draft(connection: sa.Connection, rule_id: str, *, owner: str) -> None:
    """Forget a draft, if there is one."""
    table = tables.drafts
    connection.execute(sa.delete(table).where(table.c.trigger_id == rule_id, table.c.owner == owner))
