"""What the engine's benchmarks share: a pipeline of 1,000 rules, its events, an engine in a process of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from tempfile import TemporaryDirectory
from typing import Any

import orjson

from tests.benchmarks.places import Places
from trigger_studio.engine.loop import Engine
from trigger_studio.engine.ports import Outbox
from trigger_studio.model.event_codec import EventIn, read_events
from trigger_studio.services import bus, rule_registry
from trigger_studio.services.session import Session
from trigger_studio.storage.runtime import SqlStore

DATABASES = ("SQLite", "PostgreSQL")
RULES = 1000
PATIENCE_S = 120.0
LOOK_S = 0.0005
TICK = os.sysconf("SC_CLK_TCK")

_RENDER = {
    "id": "render-what-is-approved",
    "name": "Render what is approved",
    "when": {"event": "approved", "entity": "variant", "scope": {"characters": "all"}},
    "actions": [{"type": "submit_job", "job_type": "scene_generation", "wait": False}],
}


@contextmanager
def pipeline(places: Places, name: str, *more: dict[str, Any]) -> Iterator[Session]:
    """An empty pipeline with 1,000 rules in it, `more` among them; the one for approvals is approved by an admin."""
    with places.sqlite() if name == "SQLite" else places.postgres_with_schema() as url, Session(url) as session:
        others = [_RENDER, *more]
        documents = [
            {
                "id": f"rule-{number}",
                "name": f"Check the scenes of character {number}",
                "when": {"event": "completed", "entity": "scene", "scope": {"characters": [f"character-{number}"]}},
                "actions": [{"type": "trigger_qa", "wait": False}],
            }
            for number in range(RULES - len(others))
        ]
        rule_registry.publish(session, [rule_registry.checked(session, document) for document in documents + others])
        rule_registry.approve(session, str(_RENDER["id"]))
        yield session


def lines(prefix: str, count: int, type: str = "completed", entity: str = "scene") -> bytes:
    """Events as a caller writes them, one a line, each of which one rule waits for."""
    return b"\n".join(
        orjson.dumps(
            {
                "id": f"{prefix}-{number}",
                "type": type,
                "entity": entity,
                "entity_id": f"{entity}-{prefix}-{number}",
                "project": "bench",
                "character": f"character-{number % (RULES // 2)}",
                "attributes": {"resolution_tier": "1080p"},
                "occurred_at": "2026-11-20T09:30:00Z",
            }
        )
        for number in range(count)
    )


def events(session: Session, text: bytes) -> list[tuple[str, EventIn]]:
    """The events of these lines, as the command line reads them."""
    return [("", event) for _, event in read_events(io.BytesIO(text), session.profile)]


def emit(session: Session, prefix: str, count: int, type: str = "completed", entity: str = "scene") -> None:
    """Put events on the bus, in one transaction."""
    bus.emit(session, events(session, lines(prefix, count, type, entity)))


def engine(session: Session) -> Engine:
    """An engine in this process."""
    return Engine(SqlStore(session.database, session.cache, "benchmark"), _no_outbox)


def _no_outbox() -> Outbox:
    raise AssertionError("nothing here leaves the database")


class Running:
    """The program's own engine, in a process of its own.

    Args:
        home: where it keeps its slot: the same one finds its own work again.
    """

    def __init__(self, session: Session, home: str) -> None:
        url = session.database.url.render_as_string(hide_password=False)
        command = [sys.executable, "-m", "trigger_studio", "--db", url, "engine"]
        environment = {**os.environ, "HOME": home, "XDG_STATE_HOME": home}
        self._process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def cpu_s(self) -> float:
        """Seconds of processor time so far."""
        with open(f"/proc/{self._process.pid}/stat", encoding="ascii") as stat:
            fields = stat.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def memory_mb(self) -> float:
        """Resident memory now."""
        with open(f"/proc/{self._process.pid}/status", encoding="ascii") as status:
            (text,) = (line for line in status if line.startswith("VmRSS:"))
        return int(text.split()[1]) / 1024

    def kill(self) -> None:
        """As hard as can be: the engine does not mind."""
        self._process.kill()
        self._process.wait()


@contextmanager
def running(session: Session) -> Iterator[Running]:
    """An engine that has decided its first event."""
    with TemporaryDirectory(prefix="ts-bench-") as home:
        process = Running(session, home)
        try:
            emit(session, f"first-{time.time_ns()}", 1)
            until(bus_is_empty(session))
            yield process
        finally:
            process.kill()


@contextmanager
def reader(session: Session) -> Iterator[Callable[[str, str], int]]:
    """Asks for one number, on a connection of its own, as cheaply as can be: it must not be the load."""
    with closing(session.database.engine.raw_connection()) as connection:
        if not session.database.is_sqlite:
            connection.driver_connection.autocommit = True  # type: ignore[union-attr]
        cursor = connection.cursor()

        def ask(query: str, value: str) -> int:
            cursor.execute(query if session.database.is_sqlite else query.replace("?", "%s"), (value,))
            (found,) = cursor.fetchall()
            return int(found[0])

        yield ask
        connection.invalidate()


def bus_is_empty(session: Session) -> Callable[[], bool]:
    """Asks whether everything on the bus is decided, at most a few hundred times a second."""

    def empty() -> bool:
        time.sleep(0.005)
        with reader(session) as ask:
            return not ask("SELECT count(*) FROM (SELECT 1 FROM bus WHERE lane <> ? LIMIT 1) AS waiting", "")

    return empty


def until(holds: Callable[[], bool]) -> None:
    """Wait, looking all the time."""
    end = time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError("the engine does not get there")
        time.sleep(LOOK_S)
