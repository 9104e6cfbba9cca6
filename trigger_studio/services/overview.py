"""What a door shows first, each read in one go: the rules with their drafts, the pipeline, what happened lately."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trigger_studio.frozen import frozen
from trigger_studio.model.event import Entity, Event
from trigger_studio.model.profile import Profile
from trigger_studio.services import pipeline, rule_registry
from trigger_studio.services.rule_registry import Standing
from trigger_studio.services.session import Session
from trigger_studio.storage import bus, events, gates, halts, in_force
from trigger_studio.storage import log as log_store
from trigger_studio.storage import positions as place_store
from trigger_studio.storage.fetching import fetcher
from trigger_studio.storage.halts import Halt
from trigger_studio.storage.rules import Draft

if TYPE_CHECKING:
    from trigger_studio.engine.ports import Gate
    from trigger_studio.services import limits, trigger_log
    from trigger_studio.services.halt_impact import Aftermath
    from trigger_studio.storage.engines import EngineSeen

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
        profile = session.profile_in(connection)
        return Overview(
            in_force.version(connection),
            profile,
            tuple(rule_registry.standing_in(connection, profile)),
            tuple(rule_registry.drafts_in(session, connection)),
            tuple(pipeline.entities_in(session, connection)),
            tuple(halts.standing(fetcher(connection))),
        )


def news(session: Session, after: int) -> News:
    """What happened since a record of the log; with 0 the newest `LOG_LIMIT` entries."""
    # The rules are shown before this is read, so its modules wait as well.
    from trigger_studio.services import limits, trigger_log
    from trigger_studio.services.engines import engines_in
    from trigger_studio.services.halt_impact import within

    with session.database.read(fenced=False) as connection:
        newest, standing = log_store.newest(connection), halts.standing(fetcher(connection))
        entries = log_store.entries(connection, after=after, limit=LOG_LIMIT) if newest > after else []
        return News(
            newest,
            in_force.version(connection),
            tuple(entries),
            tuple(trigger_log.jobs_in(connection, limit=LOG_LIMIT)),
            tuple(gates.every(connection)),
            tuple(standing),
            tuple(trigger_log.audit_in(connection)),
            bus.waiting(connection),
            place_store.version(connection),
            engines_in(session, connection),
            tuple(within(connection, halt.scope, halt.target) for halt in standing),
            tuple(limits.standing_in(session, connection)),
        )


def recent_events(session: Session, limit: int = 50) -> list[Event]:
    """The newest events on record, newest first."""
    with session.database.read() as connection:
        return events.recent(connection, limit)


def event(session: Session, event_id: str) -> Event | None:
    """One event on record."""
    with session.database.read() as connection:
        return events.get(connection, event_id)
