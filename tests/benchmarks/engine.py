"""The engine on a real database with 1,000 rules: how soon a job follows an event's commit, and how many a second.

One rule matches an event; its action is a light job, for approvals one that an admin has to approve. The events are of
one project, so the decisions are serial, and every figure stands beside the bare durable commits of the same database.
The engine is the program's own, in a process of its own; only "decided" is measured in this one, with no emitter.
"""

from __future__ import annotations

import time

from tests.benchmarks import engine_stock as stock
from tests.benchmarks.figures import Figure, latency, rate, single
from tests.benchmarks.machine import commits_per_second
from tests.benchmarks.places import Places
from trigger_studio.services import bus
from trigger_studio.services.session import Session

SINGLE_EVENTS = 400
BULK_EVENTS = 2000
BULK_ROUNDS = 3
SUSTAINED_EVENTS, SUSTAINED_BATCH = 20_000, 1000
BURSTS = {1000: "500", 25_000: "10,000"}
SUSTAINED_GOALS = {"SQLite": "5,000", "PostgreSQL": "3,000"}
# by keys: looking all the time must not be the load
_JOBS_OF = "SELECT count(*) FROM events e JOIN jobs j ON j.id = 'job-' || e.seq || '-1-0' WHERE e.id = ?"


def benchmark(places: Places) -> list[Figure]:
    """Latency and throughput on each database."""
    figures: list[Figure] = []
    for name in stock.DATABASES:
        limit = commits_per_second(places, "sqlite" if name == "SQLite" else "postgres")
        goal = SUSTAINED_GOALS[name]
        with stock.pipeline(places, name) as session:
            rates = [decided_per_second(session, f"bulk-{number}", BULK_EVENTS) for number in range(BULK_ROUNDS)]
            with stock.running(session):
                delays = _commit_to_job_s(session)
                sustained = [_sustained(session, number) for number in range(BULK_ROUNDS)]
                bursts = {count: _burst_s(session, count) for count in BURSTS}
        title = f"event committed → job row seen, idle, median / p99, {name}"
        figures += [
            latency(title, delays, limit_s=1 / limit, limit_name="ms a commit", goal="3 / 10", part=0.99),
            rate(f"sustained, lines read → jobs, {name}", sustained, limit=limit, limit_name="commits/s", goal=goal),
            rate(f"firings decided, no emitter, {name}", rates, limit=limit, limit_name="commits/s", goal=goal),
        ]
        figures += [
            single(f"burst of {count:,} approvals → jobs, {name}", seconds * 1000, "ms", BURSTS[count])
            for count, seconds in bursts.items()
        ]
    return figures


def decided_per_second(session: Session, prefix: str, count: int) -> float:
    """How fast an engine in this process decides what is on the bus already."""
    stock.emit(session, prefix, count)
    engine = stock.engine(session)
    started = time.perf_counter()
    while engine.step():
        pass
    seconds = time.perf_counter() - started
    assert engine.tally.firings == count
    engine.close()
    return count / seconds


def _commit_to_job_s(session: Session) -> list[float]:
    """Seconds from the return of `emit` here until the job that the engine made can be read here."""
    delays = []
    with stock.reader(session) as ask:
        for number in range(SINGLE_EVENTS):
            prefix = f"single-{number}"
            stock.emit(session, prefix, 1)
            started = time.perf_counter()
            stock.until(lambda: bool(ask(_JOBS_OF, f"{prefix}-0")))  # noqa: B023 - called at once
            delays.append(time.perf_counter() - started)
    return delays[SINGLE_EVENTS // 10 :]  # without its start


def _sustained(session: Session, number: int) -> float:
    """Firings a second from the first line that is read to the last job that is committed, all at the same time."""
    prefixes = [f"sustained-{number}-{batch}" for batch in range(SUSTAINED_EVENTS // SUSTAINED_BATCH)]
    texts = [stock.lines(prefix, SUSTAINED_BATCH) for prefix in prefixes]
    started = time.perf_counter()
    for text in texts:
        bus.emit(session, stock.events(session, text))
    stock.until(stock.bus_is_empty(session))
    seconds = time.perf_counter() - started
    _assert_jobs(session, f"{prefixes[-1]}-{SUSTAINED_BATCH - 1}")
    return SUSTAINED_EVENTS / seconds


def _burst_s(session: Session, count: int) -> float:
    """From the commit of all approvals at once to the commit of the last job."""
    stock.emit(session, f"burst-{count}", count, "approved", "variant")
    started = time.perf_counter()
    stock.until(stock.bus_is_empty(session))
    seconds = time.perf_counter() - started
    _assert_jobs(session, f"burst-{count}-{count - 1}")
    return seconds


def _assert_jobs(session: Session, event_id: str) -> None:
    with stock.reader(session) as ask:
        assert ask(_JOBS_OF, event_id) == 1
