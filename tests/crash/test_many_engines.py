"""Engines and their server killed at random moments: every accepted event is decided, every job exists once."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.conftest import make_schema
from tests.crash.test_engine_kill import DEPTH, RULES
from tests.support.engines import EngineProcess, emit, event, open_session, until
from tests.support.postgres import Cluster, Database
from trigger_studio.errors import Unavailable
from trigger_studio.services.session import Session
from trigger_studio.storage import tables

ENGINES, PROJECTS = 3, 5


@pytest.fixture
def server() -> Iterator[Cluster]:
    """A server of this test alone, whose commits wait for the disk."""
    cluster = Cluster(durable=True)
    yield cluster
    cluster.stop()


@pytest.fixture
def database(server: Cluster) -> Database:
    made = server.create()
    make_schema(made.owner_url)
    return made


class Caller:
    """Puts chains' first events on the bus; one that was not answered is sent again, as a caller would."""

    def __init__(self, session: Session) -> None:
        self.accepted: list[str] = []
        self._session = session
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="caller")
        self._thread.start()

    def _run(self) -> None:
        for number in count():
            name = f"v{number}"
            while True:
                if self._over.is_set():
                    return
                try:
                    start = event(f"start-{name}", "approved", "variant", name, project=f"p{number % PROJECTS}")
                    emit(self._session, start)
                except Unavailable:
                    time.sleep(0.05)
                else:
                    break
            self.accepted.append(name)
            time.sleep(0.2)

    def stop(self) -> None:
        self._over.set()
        self._thread.join()


@pytest.mark.parametrize(
    ("kills", "away_s"), [(4, 0.5), pytest.param(1000, 20.0, marks=[pytest.mark.long, pytest.mark.timeout(7200)])]
)
def test_engines_and_server_die_and_nothing_is_lost_or_doubled(
    server: Cluster, database: Database, tmp_path: Path, kills: int, away_s: float
) -> None:
    seed = random.SystemRandom().randrange(1 << 32)
    rng = random.Random(seed)
    outages = 0
    with open_session(database.url, RULES) as session:
        slots = [tmp_path / str(number) for number in range(ENGINES)]
        engines = [EngineProcess(database.url, "farm", slot) for slot in slots]
        starting = set(range(ENGINES))
        caller = Caller(session)
        try:
            for number in range(kills):
                place = rng.randrange(ENGINES)
                if place in starting:
                    engines[place].wait_ready()
                time.sleep(rng.uniform(0, 0.4))
                engines[place].kill()
                starting.discard(place)
                if number % 50 == 2:
                    for other in starting:  # one that cannot reach its database at all does not start
                        engines[other].wait_ready()
                    starting.clear()
                    server.crash()
                    time.sleep(away_s)
                    server.revive()
                    outages += 1
                engines[place] = EngineProcess(database.url, "farm", slots[place])
                starting.add(place)
        finally:
            caller.stop()
        chains = len(caller.accepted)
        until(lambda: jobs_of(session) == chains * DEPTH, 120, "every chain at its end")
        until(lambda: on_the_bus(session) == 0, 120, "an empty bus")
        for engine in engines:
            engine.kill()
        made = Counter(steps(session))
    print(f"{kills} engines killed, server stopped {outages} times, seed {seed}: {chains} chains, {made.total()} jobs")
    assert set(made.values()) == {1}
    assert {chain for chain, _ in made} == {f"start-{name}" for name in caller.accepted}


@pytest.mark.parametrize("kills", [3, pytest.param(150, marks=[pytest.mark.long, pytest.mark.timeout(3600)])])
def test_the_only_engine_dies_and_nothing_is_lost_or_doubled(database_url: str, tmp_path: Path, kills: int) -> None:
    seed = random.SystemRandom().randrange(1 << 32)
    rng = random.Random(seed)
    chains = 4 * kills
    with open_session(database_url, RULES) as session:
        for number in range(kills):
            names = [f"v{4 * number + place}" for place in range(4)]
            starts = [event(f"start-{n}", "approved", "variant", n, project=f"p{i}") for i, n in enumerate(names)]
            emit(session, *starts)
            engine = EngineProcess(database_url, "farm", tmp_path)
            engine.wait_ready()
            time.sleep(rng.uniform(0, 0.3))
            engine.kill()
        last = EngineProcess(database_url, "idle", tmp_path)
        assert last.wait(300)
        assert on_the_bus(session) == 0
        made = Counter(steps(session))
    print(f"{kills} kills of the only engine, seed {seed}: {chains} chains, {made.total()} jobs")
    assert set(made.values()) == {1}
    assert made.total() == chains * DEPTH


def jobs_of(session: Session) -> int:
    return _number(session, tables.jobs)


def on_the_bus(session: Session) -> int:
    return _number(session, tables.bus)


def _number(session: Session, table: sa.Table) -> int:
    with session.database.read() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def steps(session: Session) -> list[tuple[str, int]]:
    """(chain, depth) of every job."""
    with session.database.read() as connection:
        found = connection.execute(sa.select(tables.jobs.c.chain, tables.jobs.c.depth))
        return [(row.chain, row.depth) for row in found]
