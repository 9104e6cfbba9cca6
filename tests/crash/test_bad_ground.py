"""The ground gives way under a working engine: the network is slow and cut, the disk is full, the clock jumps."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.crash.test_engine_kill import DEPTH, RULES
from tests.engine.steps import rule, run, scene, story
from tests.support.cable import Cable
from tests.support.engines import EngineProcess, emit, event, open_session, until
from trigger_studio.engine.clock import Clock
from trigger_studio.services import trigger_log
from trigger_studio.services.session import Session
from trigger_studio.storage import tables

DAY_S = 86400.0


@pytest.fixture
def cable(postgres_url: str) -> Iterator[Cable]:
    cable = Cable(postgres_url)
    yield cable
    cable.close()


def start_chains(session: Session, name: str, number: int) -> None:
    emit(session, *(event(f"{name}-{n}", "approved", "variant", f"{name}{n}") for n in range(number)))


def jobs(session: Session) -> Counter[tuple[str, int]]:
    """How often each (chain, depth) has a job."""
    with session.database.read() as connection:
        found = connection.execute(sa.select(tables.jobs.c.chain, tables.jobs.c.depth))
        return Counter((row.chain, row.depth) for row in found)


def test_an_engine_goes_on_when_the_network_comes_back(postgres_url: str, cable: Cable, tmp_path: Path) -> None:
    with open_session(postgres_url, RULES) as session:
        engine = EngineProcess(cable.url, "farm", tmp_path)
        engine.wait_ready()
        for number in range(4):
            start_chains(session, f"c{number}-", 8)
            wanted = len(jobs(session)) + 8
            until(lambda wanted=wanted: len(jobs(session)) > wanted, 60, "an engine at work")
            if number % 2:
                cable.delay_s = 0.05
            cable.cut()
            time.sleep(0.5)
            cable.mend()
        cable.delay_s = 0.0
        until(lambda: len(jobs(session)) == 4 * 8 * DEPTH, 120, "every chain at its end")
        engine.stop()
        assert set(jobs(session).values()) == {1}


def test_a_full_disk_is_waited_for_and_nothing_is_half_done(sqlite_url: str, tmp_path: Path) -> None:
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    with open_session(sqlite_url, RULES) as session:
        start_chains(session, "c", 200)
        room = file.stat().st_size + 300_000
        engine = EngineProcess(sqlite_url, "farm", tmp_path, largest_file=room)
        engine.wait_ready()
        until(lambda: len(jobs(session)) > 0, 60, "an engine at work")
        before = -1
        while before != (before := len(jobs(session))):
            time.sleep(1.5)  # until it gets no further
        assert not engine.wait(0.5), "it ended instead of waiting for room"
        engine.kill()
        assert 0 < before < 200 * DEPTH
        healthy = EngineProcess(sqlite_url, "idle", tmp_path)
        assert healthy.wait(120)
        assert len(jobs(session)) == 200 * DEPTH
        assert set(jobs(session).values()) == {1}


@pytest.mark.parametrize("jump_s", [DAY_S, -DAY_S])
def test_a_clock_that_jumps_by_a_day_loses_and_doubles_nothing(
    database_url: str, jump_s: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = {"type": "gate", "timeout": "3d"}
    with open_session(database_url, [rule("a"), rule("b", gate)]) as session:
        emit(session, *(scene(f"s{n}") for n in range(10)))
        run(session)
        real = time.time
        monkeypatch.setattr("trigger_studio.engine.clock.time.time", lambda: real() + jump_s)
        assert abs(Clock().now() - real() - jump_s) < 60
        emit(session, *(scene(f"t{n}") for n in range(10)))
        run(session)
        assert Counter(story(session)) == {("a", "done", None): 20, ("b", "waiting", None): 20}
        assert len(trigger_log.jobs(session)) == 20
