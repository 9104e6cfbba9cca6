"""The durable side: workflows that DBOS starts, recovers after a crash and hands to another engine.

Importing this module loads DBOS (some 400 ms), so only the outbox does, when the first delivery exists.
What a workflow carries is a list of delivery ids; the truth about each is in its row, so that a step
that runs again after a crash repeats no more than the sends whose result was not yet committed.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from dbos import DBOS, DBOSConfig

from trigger_studio.execution.dispatcher import Dispatcher
from trigger_studio.model.delivery import Delivery
from trigger_studio.storage import private
from trigger_studio.storage.database import libpq

log = logging.getLogger(__name__)

APPLICATION = "trigger-studio"
APPLICATION_VERSION = "1"
"""Of the workflows below: raised only when an unfinished one of before could not go on with this code."""
SCHEMA = "trigger_studio_dbos"
"""Of DBOS's tables, in the pipeline's own database (PostgreSQL)."""
ACTIVE = ["PENDING", "ENQUEUED", "DELAYED"]
KEPT_S = 3600.0
"""Finished workflows are removed after this time; what happened is in the delivery rows and the log."""
_REMOVED_AT_ONCE = 500
_SLACK_S = 0.25
_SLEEPER_TIMEOUT_MS = 5_000
"""A process that sleeps amid a transaction of DBOS's must not keep its rows from the engine that takes over."""

_dispatcher: Dispatcher | None = None
"""This process's, while DBOS is up: workflows are plain functions, and find it here."""


def system_engine(url: str) -> sa.Engine:
    """DBOS's own tables: a file beside the pipeline's (SQLite), a schema of the same database (PostgreSQL).

    The file is written with ``synchronous=NORMAL``: should a power cut take its last commits, the delivery
    rows still tell what is pending.
    """
    parsed = sa.make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return sa.create_engine(
            parsed.set(drivername="postgresql+psycopg"),
            pool_size=4,
            max_overflow=4,
            pool_pre_ping=True,
            connect_args=libpq(parsed, "trigger-studio deliveries", _SLEEPER_TIMEOUT_MS),
        )
    file = Path(f"{parsed.database}.dbos")
    private.make_file(file)
    engine = sa.create_engine(parsed.set(database=str(file)))
    sa.event.listen(engine, "connect", _set_up_sqlite)
    return engine


def prepare(url: str, application_role: str | None = None) -> None:
    """Create or update DBOS's tables on PostgreSQL, for engines whose own role may not. Blocks.

    Args:
        url: of a role that may create a schema in the pipeline's database.
        application_role: gets the right to use the tables.
    """
    _quiet()
    DBOS.migrate(url, schema=SCHEMA, application_role=application_role)


def launch(engine: sa.Engine, executor_id: str, dispatcher: Dispatcher) -> None:
    """Start DBOS on the running event loop; what `executor_id` left unfinished goes on. Blocks."""
    global _dispatcher  # noqa: PLW0603 - as DBOS, one in a process
    _quiet()
    config: DBOSConfig = {
        "name": APPLICATION,
        "application_version": APPLICATION_VERSION,
        "executor_id": executor_id,
        "system_database_url": engine.url.render_as_string(hide_password=False),
        "system_database_engine": engine,
        "dbos_system_schema": SCHEMA,
        # Nothing here waits for notifications: look rarely, and stop quickly.
        "notification_coalesce_sec": 0.5,
        "notification_listener_polling_interval_sec": 0.2,
        "log_level": "ERROR",
    }
    _dispatcher = dispatcher
    DBOS(config=config)
    DBOS.launch()


def shut_down() -> None:
    """Stop DBOS; unfinished workflows stay as they are. Blocks."""
    global _dispatcher  # noqa: PLW0603 - as DBOS, one in a process
    DBOS.destroy()
    _dispatcher = None


async def start(ids: list[str]) -> None:
    """Begin a batch; it is durable when this returns."""
    await DBOS.start_workflow_async(deliver, ids)


async def carried_ids() -> set[str]:
    """Delivery ids that unfinished workflows carry, on whatever engine."""
    active = await DBOS.list_workflows_async(status=ACTIVE, load_output=False)
    return {delivery_id for workflow in active if workflow.input for delivery_id in workflow.input["args"][0]}


async def resume_all_of(dead_executor_id: str) -> int:
    """Hand the unfinished workflows of a dead engine to whichever engine takes them first; returns how many."""
    left = await DBOS.list_workflows_async(
        status="PENDING", executor_id=dead_executor_id, load_input=False, load_output=False
    )
    if left:
        await DBOS.resume_workflows_async([workflow.workflow_id for workflow in left])
    return len(left)


async def remove_finished() -> None:
    """Remove workflows that finished long ago."""
    before = (datetime.now(UTC) - timedelta(seconds=KEPT_S)).isoformat()
    while True:
        old = await DBOS.list_workflows_async(
            status="SUCCESS", completed_before=before, limit=_REMOVED_AT_ONCE, load_input=False, load_output=False
        )
        if not old:
            return
        await DBOS.delete_workflows_async([workflow.workflow_id for workflow in old])


@DBOS.workflow(name="deliver", max_recovery_attempts=None)
async def deliver(ids: list[str]) -> None:
    """Try a batch once, and hand what failed to a retry for each target."""
    for group in await DBOS.run_step_async({"name": "send"}, _send, ids):
        await DBOS.start_workflow_async(redeliver, group)


@DBOS.workflow(name="redeliver", max_recovery_attempts=None)
async def redeliver(ids: list[str]) -> None:
    """Try deliveries to one target until each is accepted or given up."""
    pause_s = await DBOS.run_step_async({"name": "look"}, _send_again, ids)
    while pause_s is not None:
        await DBOS.sleep_async(pause_s)
        pause_s = await DBOS.run_step_async({"name": "send again"}, _send_again, ids)


async def _send(ids: list[str]) -> list[list[str]]:
    """Ids still open after one try, by target."""
    dispatcher = _present()
    by_target: dict[str, list[str]] = defaultdict(list)
    for delivery in await dispatcher.run(ids, _owns):
        by_target[dispatcher.target(delivery)].append(delivery.id)
    return list(by_target.values())


async def _send_again(ids: list[str]) -> float | None:
    """Try what is due; seconds until the next is, or None if all are settled."""
    still_open = await _present().run(ids, _owns)
    return _pause_s(still_open, time.time()) if still_open else None


def _pause_s(deliveries: Iterable[Delivery], now: float) -> float:
    """Until the earliest due time and a little more, so that neighbours in time go together."""
    pause_s = max(0.0, min(delivery.due_at or now for delivery in deliveries) - now)
    return max(0.001, pause_s + min(_SLACK_S, pause_s / 10))


async def _owns() -> bool:
    """Whether this engine runs the current workflow, rather than having run it before it was taken over."""
    workflow_id = DBOS.workflow_id
    status = await DBOS.get_workflow_status_async(workflow_id) if workflow_id else None
    return status is not None and status.executor_id == DBOS.executor_id


def _present() -> Dispatcher:
    assert _dispatcher is not None
    return _dispatcher


def _quiet() -> None:
    """Keep DBOS from writing to standard error; its errors go the way of all log records."""
    logger = logging.getLogger("dbos")
    logger.setLevel(logging.ERROR)
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())


def _set_up_sqlite(connection: sa.engine.interfaces.DBAPIConnection, _record: object) -> None:
    connection.isolation_level = "IMMEDIATE"
    for pragma in ("busy_timeout=30000", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
