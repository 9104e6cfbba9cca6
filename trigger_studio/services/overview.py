"""What a door shows first, each read in one go: the rules with their drafts, the pipeline, what happened lately."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from trigger_studio.frozen import frozen
from trigger_studio.model.event import Entity, Event
from trigger_studio.model.profile import Profile
from trigger_studio.services import controls, pipeline, rule_registry
from trigger_studio.services.halting import Halt
from trigger_studio.services.rule_registry import Standing
from trigger_studio.services.session import Session
from trigger_studio.storage import in_force, rows, tables
from trigger_studio.storage import positions as place_store
from trigger_studio.storage.rules import Draft

if TYPE_CHECKING:
    from trigger_studio.engine.ports import Gate
    from trigger_studio.services import limits, trigger_log
    from trigger_studio.services.engines import EngineSeen
    from trigger_studio.services.halt_impact import Aftermath

LOG_LIMIT = 1000
"""Newest entries and jobs that are read when a pipeline is opened."""


@frozen
class Overview:
    """The rules and the pipeline as they stand. `version` counts up with every change of rules or approvals."""

    version: int
    profile: Profile
    rules: tuple[Standing, ...]
    drafts: tuple[Draft, ...]
    entities: tuple[Entity, ...]
    halts: tuple[Halt, ...]


@frozen
class News:
    """What happened since the log's record `after`.

    Attributes:
        newest: the log's last record, for the next call.
        version: as in `Overview`.
        entries: changed entries of the trigger log, each whole.
        places: counts up with every card that anybody drags.
        stopped: what each of the halts stopped, in their order.
    """

    newest: int
    version: int
    entries: tuple[trigger_log.Entry, ...]
    jobs: tuple[trigger_log.Entry, ...]
    gates: tuple[Gate, ...]
    halts: tuple[Halt, ...]
    audit: tuple[trigger_log.Entry, ...]
    waiting: int
    places: int = 0
    engines: tuple[EngineSeen, ...] = ()
    stopped: tuple[Aftermath, ...] = ()
    limits: tuple[limits.Standing, ...] = ()


def overview(session: Session) -> Overview:
    """The rules, the actor's drafts, the entities and the halts."""
    with session.database.read() as connection:
        version = in_force.version(connection)
    return Overview(
        version,
        session.profile,
        tuple(rule_registry.standing(session)),
        tuple(rule_registry.drafts(session)),
        tuple(pipeline.entities(session)),
        tuple(controls.halts(session)),
    )


def news(session: Session, after: int) -> News:
    """What happened since a record of the log; with 0 the newest `LOG_LIMIT` entries."""
    # The rules are shown before this is read, so its modules wait as well.
    from trigger_studio.services import limits, trigger_log
    from trigger_studio.services.engines import engines
    from trigger_studio.services.halt_impact import aftermath

    newest = trigger_log.newest(session)
    halts = tuple(controls.halts(session))
    entries = trigger_log.entries(session, after=after, limit=LOG_LIMIT) if newest > after else []
    with session.database.read() as connection:
        version = in_force.version(connection)
        places = place_store.version(connection)
        waiting = int(connection.execute(sa.select(sa.func.count()).select_from(tables.bus)).scalar_one())
    return News(
        newest,
        version,
        tuple(entries),
        tuple(trigger_log.jobs(session, limit=LOG_LIMIT)),
        tuple(controls.gates(session, waiting=False)),
        halts,
        tuple(trigger_log.audit(session)),
        waiting,
        places,
        engines(session),
        tuple(aftermath(session, halt.scope, halt.target) for halt in halts),
        tuple(limits.standing(session)),
    )


def recent_events(session: Session, limit: int = 50) -> list[Event]:
    """The newest events on record, newest first."""
    table = tables.events
    query = sa.select(table).order_by(table.c.seq.desc()).limit(limit)
    with session.database.read() as connection:
        return [rows.event_of(row) for row in connection.execute(query)]


def event(session: Session, event_id: str) -> Event | None:
    """One event on record."""
    table = tables.events
    with session.database.read() as connection:
        row = connection.execute(sa.select(table).where(table.c.id == event_id)).one_or_none()
    return None if row is None else rows.event_of(row)
