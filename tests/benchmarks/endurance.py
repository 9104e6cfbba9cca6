"""What an engine costs while nothing happens, after a crash, over time, and with a million firings behind it.

With ``--long`` memory is watched for an hour instead of a minute, and PostgreSQL gets its million too.
"""

from __future__ import annotations

import statistics
import time
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from tests.benchmarks import engine_stock as stock
from tests.benchmarks.engine import decided_per_second
from tests.benchmarks.figures import Figure, latency, rate, single
from tests.benchmarks.machine import commits_per_second
from tests.benchmarks.places import Places
from trigger_studio.services.session import Session

FINISHED = 1_000_000
ROUNDS, EVENTS = 5, 4000
IDLE_S = 10.0
WATCHED_S, WATCHED_LONG_S, WARM_S = 60.0, 3600.0, 15.0
EVENTS_PER_S, STEPS_PER_S = 200, 10
CRASHES = 5
_NUMBERS = "WITH RECURSIVE numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < :count)"


def benchmark(places: Places) -> list[Figure]:
    """Processor and memory, ready after a crash, flat with history."""
    figures: list[Figure] = []
    for name in stock.DATABASES:
        with stock.pipeline(places, name) as session:
            figures += _at_rest(session, name)
            figures.append(_ready(session, name))
            if name == "SQLite" or places.long:
                figures += _over_time(session, name, WATCHED_LONG_S if places.long else WATCHED_S)
                figures += _with_history(places, session, name)
    return figures


def _at_rest(session: Session, name: str) -> list[Figure]:
    with stock.running(session) as engine:
        time.sleep(2.0)
        before = engine.cpu_s()
        time.sleep(IDLE_S)
        share = (engine.cpu_s() - before) / IDLE_S * 100
        memory = engine.memory_mb()
    return [
        single(f"idle engine, share of a core, {name}", share, "%", "1"),
        single(f"engine process, resident, {name}", memory, "MB", "120"),
    ]


def _ready(session: Session, name: str) -> Figure:
    """From the start of the process to its first decision; the engine before it was killed."""
    seconds = []
    with TemporaryDirectory(prefix="ts-bench-") as home:
        for number in range(CRASHES):
            stock.emit(session, f"crash-{number}", 1)
            started = time.perf_counter()
            engine = stock.Running(session, home)
            try:
                stock.until(stock.bus_is_empty(session))
                seconds.append(time.perf_counter() - started)
            finally:
                engine.kill()
    return latency(f"killed engine: start → first decision, {name}", seconds, goal="1,000")


def _over_time(session: Session, name: str, watched_s: float) -> list[Figure]:
    """Resident memory against time, while 200 events a second come; the start is left out."""
    seen: list[tuple[float, float]] = []
    with stock.running(session) as engine:
        began = time.monotonic()
        step = 0
        while (now := time.monotonic() - began) < WARM_S + watched_s:
            stock.emit(session, f"time-{step}", EVENTS_PER_S // STEPS_PER_S)
            if now > WARM_S:
                seen.append((now, engine.memory_mb()))
            step += 1
            time.sleep(max(0.0, began + step / STEPS_PER_S - time.monotonic()))
    slope = statistics.linear_regression(*zip(*seen, strict=True)).slope
    title = f"engine's memory at {EVENTS_PER_S} events/s, over {watched_s:.0f} s, {name}"
    return [
        Figure(title, "MB", statistics.median(mb for _, mb in seen), max(mb for _, mb in seen), goal="120"),
        single(f"its growth, {name}", slope * 60, "MB/min", "flat"),
    ]


def _with_history(places: Places, session: Session, name: str) -> list[Figure]:
    """Two pipelines by turns: what else the machine does falls on both alike."""
    limit = commits_per_second(places, "sqlite" if name == "SQLite" else "postgres")
    little, much = [], []
    with stock.pipeline(places, name) as old:
        _finish(old, FINISHED)
        _settle(old)
        for number in range(ROUNDS):
            little.append(decided_per_second(session, f"history-{number}", EVENTS))
            much.append(decided_per_second(old, f"history-{number}", EVENTS))
    goal = f"{0.8 * statistics.median(little):,.0f}"
    return [
        rate(f"firings decided, little history, {name}", little, limit=limit, limit_name="commits/s"),
        rate(f"firings decided, {FINISHED:,} finished, {name}", much, limit=limit, limit_name="commits/s", goal=goal),
    ]


def _settle(session: Session) -> None:
    """Let the database do what a million rows at once leave behind, and a million one by one would not."""
    if session.database.is_sqlite:
        with session.database.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")  # of what the connection began: no checkpoint within a transaction
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
        return
    counted = "SELECT count(*) FROM pg_stat_user_tables WHERE relname = ? AND last_autoanalyze IS NOT NULL"
    with stock.reader(session) as ask:
        stock.until(lambda: all(ask(counted, name) for name in ("events", "firings", "jobs", "entities", "log")))


def _finish(session: Session, count: int) -> None:
    """As many firings that are done, with all that belongs to each, as if they had been decided long ago."""
    first = 10_000_000  # places in the commit order that nobody takes here
    seq, id = f"{first} + i", f"'old-' || ({first} + i)"
    about = "'bench', 'character-' || (i % 500)"
    parts = {
        "events (seq, id, type, entity, entity_id, project, character, attributes_json, occurred_at, depth, chain,"
        " content_hash)": f"{seq}, {id}, 'completed', 'scene', 'scene-' || i, {about}, '{{}}', '2026-01-01T00:00:00Z',"
        f" 0, {id}, ''",
        "firings (event_seq, place, rule_id, revision, event_id, chain, depth, project, entity, entity_id, at,"
        " started_at, status, stalled, retries)": f"{seq}, 1, 'rule-1', 1, {id}, {id}, 1, 'bench', 'scene',"
        " 'scene-' || i, 1700000000.0 + i, 1700000000.0 + i, 'done', false, 0",
        "actions (firing_id, idx, status, attempts)": f"'f' || ({seq}) || '-1', 0, 'done', 1",
        "jobs (id, job_type, firing_id, event_id, project, character, params_json, depth, chain, state, seq,"
        " submitted_at, due_at, about_kind, about_id)": f"'old-job-' || i, 'qa', 'f' || ({seq}) || '-1', {id}, {about},"
        f" '{{}}', 1, {id}, 'completed', {seq}, 1700000000.0 + i, 1700000300.0 + i, 'scene', 'scene-' || i",
        "log (event_seq, place, at, data_json)": f"{seq}, 1, 1700000000.0 + i, '{{}}'",
        "entities (kind, id, name, status, project, character, attributes_json, status_seq, changed_seq,"
        " status_depth)": f"'job', 'old-job-' || i, '', 'completed', {about}, '{{}}', {seq}, {seq}, 1",
    }
    with session.database.write() as connection:
        for into, values in parts.items():
            table, columns = into.split(" ", 1)
            rows = f"{_NUMBERS} SELECT {values} FROM numbers"
            connection.execute(sa.text(f"INSERT INTO {table} {columns} {rows}"), {"count": count})
