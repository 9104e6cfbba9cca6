"""What the tests of the engine share: small rules and events, and a run to the end on the simulated farm."""

from __future__ import annotations

from typing import Any

from tests.support.accepting import AcceptingOutbox
from tests.support.engines import event
from trigger_studio.engine.loop import Engine
from trigger_studio.services import trigger_log
from trigger_studio.services.session import Session
from trigger_studio.storage.runtime import SqlStore

JOB = {"type": "submit_job", "job_type": "work"}


def rule(id: str, *actions: dict[str, Any], **more: Any) -> dict[str, Any]:
    when = {"event": "approved", "entity": "scene", **more.pop("when", {})}
    return {"id": id, "when": when, "actions": list(actions) or [JOB], **more}


def engine(session: Session, name: str = "engine", **options: Any) -> Engine:
    """An engine whose deliveries are all accepted at once."""
    outbox = AcceptingOutbox(session.database, name)
    return Engine(SqlStore(session.database, session.cache, name), lambda: outbox, **options)


def run(session: Session, *, farm: bool = True, **options: Any) -> None:
    engine(session, farm=farm, until_idle=True, **options).run_until_idle()


def story(session: Session) -> list[tuple[str, str, str | None]]:
    return [(entry["rule"], entry["status"], entry["reason"]) for entry in trigger_log.entries(session)]


def scene(id: str, number: int = 1, **more: Any) -> Any:
    return event(f"evt-{id}-{number}", "approved", "scene", id, **more)
