"""The engine on a real database: how soon a job follows an event's commit, and how many firings a second it decides.

200 rules, one of which matches an event; its action is a light job. The events are of one project, so the decisions are
serial, and every figure stands beside the bare durable commits of the same database.
"""

from __future__ import annotations

import io
import multiprocessing
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import orjson

from tests.benchmarks.figures import Figure, latency, rate
from tests.benchmarks.machine import commits_per_second
from tests.benchmarks.places import Places
from trigger_studio.engine.loop import Engine
from trigger_studio.engine.ports import Outbox
from trigger_studio.model.wire import EventIn, read_events
from trigger_studio.services import bus, rulebook
from trigger_studio.services.session import Session
from trigger_studio.storage.runtime import SqlStore

RULES = 200
SINGLE_EVENTS = 300
BULK_EVENTS = 2000
BULK_ROUNDS = 3


def benchmark(places: Places) -> list[Figure]:
    """Latency and throughput on each database."""
    figures: list[Figure] = []
    for name in ("SQLite", "PostgreSQL"):
        limit = commits_per_second(places, name.lower())
        with _pipeline(places, name) as session:
            rates = [_firings_per_second(session, number) for number in range(BULK_ROUNDS)]
            delays = _commit_to_job_s(session)
        figures += [
            rate(f"firings decided, {name}", rates, limit=limit, limit_name="commits/s"),
            latency(f"event committed → job row seen, {name}", delays, limit_s=1 / limit, limit_name="ms a commit"),
        ]
    return figures


@contextmanager
def _pipeline(places: Places, name: str) -> Iterator[Session]:
    """An empty pipeline with the rules in it."""
    with places.sqlite() if name == "SQLite" else places.postgres_with_schema() as url, Session(url) as session:
        documents = [
            {
                "id": f"rule-{number}",
                "name": f"Check the scenes of character {number}",
                "when": {"event": "completed", "entity": "scene", "scope": {"characters": [f"character-{number}"]}},
                "actions": [{"type": "trigger_qa", "wait": False}],
            }
            for number in range(RULES)
        ]
        rulebook.publish(session, [rulebook.checked(session, document) for document in documents])
        yield session


def _firings_per_second(session: Session, number: int) -> float:
    bus.emit(session, _events(session, f"bulk-{number}", BULK_EVENTS))
    engine = _engine(session)
    started = time.perf_counter()
    while engine.step():
        pass
    seconds = time.perf_counter() - started
    assert engine.tally.firings == BULK_EVENTS
    return BULK_EVENTS / seconds


def _commit_to_job_s(session: Session) -> list[float]:
    """Seconds from the return of `emit` here until the job that an engine in another process made can be read here."""
    url = session.database.url.render_as_string(hide_password=False)
    process = multiprocessing.get_context("spawn").Process(target=_run_engine, args=(url,), daemon=True)
    process.start()
    try:
        with _reader(session) as reader:
            delays = [_one_delay_s(session, reader, f"single-{number}") for number in range(SINGLE_EVENTS)]
    finally:
        process.kill()  # as hard as can be: the engine does not mind
        process.join()
    return delays[SINGLE_EVENTS // 10 :]  # without its start


@contextmanager
def _reader(session: Session) -> Iterator[Callable[[str], bool]]:
    """Tells whether an event has its job, on a connection of its own, as cheaply as can be: it must not be the load."""
    with closing(session.database.engine.raw_connection()) as connection:
        if not session.database.is_sqlite:
            connection.driver_connection.autocommit = True  # type: ignore[union-attr]
        query = "SELECT count(*) FROM jobs WHERE event_id = " + ("?" if session.database.is_sqlite else "%s")
        cursor = connection.cursor()

        def has_job(event_id: str) -> bool:
            cursor.execute(query, (event_id,))
            (found,) = cursor.fetchall()
            return bool(found[0])

        yield has_job
        connection.invalidate()


def _one_delay_s(session: Session, has_job: Callable[[str], bool], prefix: str) -> float:
    bus.emit(session, _events(session, prefix, 1))
    started = time.perf_counter()
    while not has_job(f"{prefix}-0"):
        time.sleep(0.0005)
    return time.perf_counter() - started


def _run_engine(url: str) -> None:
    with Session(url) as session:
        _engine(session).run()


def _engine(session: Session) -> Engine:
    return Engine(SqlStore(session.database, session.cache, "benchmark"), _no_outbox)


def _no_outbox() -> Outbox:
    raise AssertionError("nothing here leaves the database")


def _events(session: Session, prefix: str, count: int) -> list[tuple[str, EventIn]]:
    lines = (
        orjson.dumps(
            {
                "id": f"{prefix}-{number}",
                "type": "completed",
                "entity": "scene",
                "entity_id": f"scene-{prefix}-{number}",
                "project": "bench",
                "character": f"character-{number % RULES}",
                "attributes": {"resolution_tier": "1080p"},
                "occurred_at": "2026-11-20T09:30:00Z",
            }
        )
        for number in range(count)
    )
    return [("", event) for _, event in read_events(io.BytesIO(b"\n".join(lines)), session.profile)]
