"""The REST API: single events beside a bare route with one durable commit, bulk, a page of 10,000 rules, event → job.

Server and client are processes of their own; on SQLite, whose durable commit is the machine's own measure.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.benchmarks import engine_stock as stock
from tests.benchmarks.figures import Figure, latency, rate, single
from tests.benchmarks.places import Places
from trigger_studio.services import rule_registry, tokens
from trigger_studio.services.session import Session

SINGLES, ROUNDS, BULK, RULES, PAGES, JOBS = 300, 3, 20_000, 10_000, 50, 100


def benchmark(places: Places) -> list[Figure]:
    """Rates and latencies over one connection."""
    figures: list[Figure] = []
    with places.sqlite() as url, _bare(url) as client:
        bare = [_rate(lambda number: client.post("/", json={"id": f"{number}"})) for _ in range(ROUNDS)]
    limits: dict[str, Any] = {"limit": max(bare), "limit_name": "bare FastAPI route"}
    with stock.pipeline(places, "SQLite") as session, _served(session, "--no-engine") as (client, _):
        rates = [_rate(lambda n, r=r: client.post("/events", json=_event(f"{r}-{n}"))) for r in range(ROUNDS)]  # type: ignore[misc]
        figures.append(rate("single POST /events", rates, goal=f"{max(bare) / 2:,.0f}", **limits))
        bulk = [_bulk(client, f"bulk-{number}") for number in range(ROUNDS)]
        figures.append(rate("bulk POST /events (NDJSON), events", bulk, goal="20,000"))
    with stock.pipeline(places, "SQLite") as session:
        _many_rules(session)
        with _served(session, "--no-engine") as (client, _):
            took = [_timed(lambda: client.get("/triggers", params={"limit": 100})) for _ in range(PAGES)]
            figures.append(latency("GET /triggers, 100 of 10,000 rules", took, goal="20"))
    with stock.pipeline(places, "SQLite") as session, _served(session) as (client, process):
        figures.append(latency("POST /events → job row, idle", _until_jobs(client, session), goal="6"))
        figures.append(single("server with engine, resident", _resident_mb(process), "MB", goal="160"))
    return figures


def _event(name: str, kind: str = "scene", type: str = "completed") -> dict[str, Any]:
    return {"id": name, "type": type, "entity": kind, "entity_id": f"e-{name}", "project": "bench", "character": "none"}


def _rate(ask: Callable[[int], httpx.Response]) -> float:
    began = time.perf_counter()
    for number in range(SINGLES):
        assert ask(number).is_success
    return SINGLES / (time.perf_counter() - began)


def _timed(ask: Callable[[], httpx.Response]) -> float:
    began = time.perf_counter()
    assert ask().is_success
    return time.perf_counter() - began


def _bulk(client: httpx.Client, prefix: str) -> float:
    lines = stock.lines(prefix, BULK)
    headers = {"Content-Type": "application/x-ndjson"}
    return BULK / _timed(lambda: client.post("/events", content=lines, headers=headers))


def _many_rules(session: Session) -> None:
    document = {"when": {"event": "failed", "entity": "qa"}, "actions": [{"type": "trigger_qa"}]}
    rules = [rule_registry.checked(session, {**document, "id": f"r{n:05}"}) for n in range(RULES - stock.RULES)]
    rule_registry.publish(session, rules)


def _until_jobs(client: httpx.Client, session: Session) -> list[float]:
    path = session.database.file
    waits = []
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as watching:
        for number in range(JOBS):
            event = _event(f"job-{number}", "variant", "approved")
            began = time.perf_counter()
            assert client.post("/events", json=event).is_success
            while not watching.execute("SELECT 1 FROM jobs WHERE event_id = ?", (event["id"],)).fetchone():
                time.sleep(stock.LOOK_S)
            waits.append(time.perf_counter() - began)
            time.sleep(0.02)
    return waits


def _resident_mb(process: subprocess.Popen[bytes]) -> float:
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found
    return int(found[1]) / 1024


@contextmanager
def _served(session: Session, *options: str) -> Iterator[tuple[httpx.Client, subprocess.Popen[bytes]]]:
    secret = tokens.add(session, "bench", "admin").secret
    url = session.database.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "trigger_studio", "--db", url, "serve", "--port", "0", *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, env=os.environ)
    try:
        assert process.stderr is not None
        found = re.search(r"http://[\d.:]+", process.stderr.readline().decode())
        assert found
        headers = {"Authorization": f"Bearer {secret}"}
        with httpx.Client(base_url=found[0], headers=headers, trust_env=False, timeout=60) as client:
            client.get("/triggers", params={"limit": 1})
            if not options:
                while client.get("/readyz").json().get("engine") != "running":
                    time.sleep(0.1)
            yield client, process
    finally:
        process.terminate()
        process.wait()


@contextmanager
def _bare(url: str) -> Iterator[httpx.Client]:
    """A route that reads a JSON body and commits one row."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve_bare, args=(url.removeprefix("sqlite:///"), there), daemon=True)
    process.start()
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{here.recv()}", trust_env=False, timeout=60) as client:
            for _ in range(100):
                try:
                    client.get("/")
                    break
                except httpx.ConnectError:
                    time.sleep(0.1)
            yield client
    finally:
        process.kill()
        process.join()


def _serve_bare(path: str, told: Any) -> None:
    import threading

    import uvicorn
    from fastapi import FastAPI

    from trigger_studio.api.server import bound

    app, local = FastAPI(), threading.local()
    with sqlite3.connect(path) as first:
        first.execute("PRAGMA journal_mode=WAL")
        first.execute("CREATE TABLE probe (id integer PRIMARY KEY, body text)")

    @app.post("/")
    def put(body: dict[str, Any]) -> dict[str, int]:
        if not hasattr(local, "line"):
            local.line = sqlite3.connect(path, isolation_level=None)
            local.line.execute("PRAGMA synchronous=FULL")
        local.line.execute("INSERT INTO probe (body) VALUES (?)", (str(body),))
        return {"accepted": 1}

    config = uvicorn.Config(app, "127.0.0.1", 0, log_config=None, access_log=False, loop="asyncio", http="h11")
    socket = bound(config)
    told.send(socket.getsockname()[1])
    uvicorn.Server(config).run(sockets=[socket])
