"""News as they happen: events, firings, gates, and what people decide; each with the mark to go on from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trigger_studio.errors import BadInput
from trigger_studio.frozen import frozen
from trigger_studio.services import documents, pages, trigger_log
from trigger_studio.services.session import Session
from trigger_studio.storage import audit as audit_store
from trigger_studio.storage import log as log_store
from trigger_studio.storage import news as store
from trigger_studio.storage import rows
from trigger_studio.storage.news import Gaps, Mark

KINDS = ("event", "firing", "gate", "halt", "rule", "act")
"""``halt``: one was set or lifted; ``rule``: a revision, a switch, an approval; ``act``: whatever else people did."""
_HALTS = ("halt", "resume")


@frozen
class Item:
    """One piece of news.

    Attributes:
        kind: one of `KINDS`.
        project: whose it is; None of what is of every project.
        chain, rule: which it belongs to, where it does.
        document: as JSON.
    """

    kind: str
    project: str | None
    document: dict[str, Any]
    chain: str | None = None
    rule: str | None = None


@frozen
class Batch:
    """What came after a mark, and the mark behind it."""

    items: tuple[Item, ...]
    mark: Mark
    more: bool = False


def newest(session: Session) -> Mark:
    """What there is now."""
    with session.database.read() as connection:
        return store.newest(connection)


def read(session: Session, after: Mark, gaps: Gaps, until: Mark | None = None) -> Batch:
    """What came after a mark, up to another if one is given; see `storage.news`."""
    with session.database.read() as connection:
        found = store.read(connection, after, gaps, until)
        folded = log_store.folded(connection, found.firings)
    items = (*_events(found), *_firings(found, folded), *_gates(found), *_acts(found))
    return Batch(items, found.mark, found.more)


def _events(found: store.News) -> Iterator[Item]:
    for row in found.events:
        event = rows.event_of(row)
        yield Item("event", event.project, pages.event_document(event), event.chain)


def _firings(found: store.News, folded: list[trigger_log.Entry]) -> Iterator[Item]:
    for row, entry in zip(found.firings, folded, strict=True):
        yield Item("firing", row.project, {**entry, "project": row.project}, row.chain, row.rule_id)


def _gates(found: store.News) -> Iterator[Item]:
    for row in found.gates:
        yield Item("gate", row.lane or None, documents.gate(rows.gate_of(row)))


def _acts(found: store.News) -> Iterator[Item]:
    for row in found.audit:
        deed = audit_store.deed_of(row)
        kind = "halt" if deed.verb in _HALTS else "rule" if deed.verb.startswith("rules ") else "act"
        scope, _, target = deed.subject.partition(" ")
        project = target if kind == "halt" and scope == "project" else None
        yield Item(kind, project, trigger_log.audit_entry(deed))


def text(mark: Mark) -> str:
    """A mark as text, to be handed back."""
    return f"{mark.seq}-{mark.log}-{mark.audit}"


def mark(given: str) -> Mark:
    """The mark in a text. Raises BadInput."""
    parts = given.split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 19 for part in parts):
        raise BadInput(f"found '{given[:60]}'; needed: an id that the stream gave, such as 17-4-2")
    return Mark(*map(int, parts))
