"""A dry run computes for as long as it takes: outside of any transaction, and from one commit all the same."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from tests.engine.steps import JOB, rule, scene
from tests.support.engines import event, open_session
from trigger_studio.model.entities import EntityIn
from trigger_studio.services import pipeline, reading, simulation
from trigger_studio.services.session import Session
from trigger_studio.storage import database
from trigger_studio.storage.database import Database

CHAIN = [
    rule("first", JOB, when={"event": "approved", "entity": "scene"}),
    rule("second", JOB, when={"event": "completed", "entity": "job"}),
]
JOIN = {"entity": "scene", "of": "project", "status": "approved"}


class Busy(frozenset[str]):
    """No job types at all; whoever asks waits for something else to be done first."""

    meanwhile: Callable[[], object]

    def __contains__(self, _: object) -> bool:
        self.meanwhile()
        return False


def busy(meanwhile: Callable[[], object]) -> Busy:
    made = Busy()
    made.meanwhile = meanwhile
    return made


def test_it_may_compute_for_longer_than_a_silent_transaction_lives(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "SLEEPER_TIMEOUT_MS", 150)
    monkeypatch.setattr(reading, "HOLD_S", 60.0)
    with open_session(postgres_url, CHAIN) as session:
        outcome = simulation.dry_run(session, scene("s1"), fail=busy(lambda: time.sleep(0.4)))
    assert [firing.rule_id for firing in outcome.firings][:3] == ["first", "second", "second"]


def test_it_holds_no_transaction_while_it_computes(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "HOLD_S", 0.1)
    other = Database(postgres_url)
    held: list[int] = []
    idle = sa.text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'"
    )

    def look() -> None:
        time.sleep(0.6)
        with other.read() as connection:
            held.append(connection.execute(idle).scalar_one())

    with open_session(postgres_url, CHAIN) as session:
        simulation.dry_run(session, scene("s1"), fail=busy(look))
    other.close()
    assert len(held) > 3
    assert set(held) == {0}


def test_it_foretells_from_one_commit_though_the_pipeline_moves(
    pipe: Any, monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    monkeypatch.setattr(reading, "HOLD_S", 0.02)
    chain = [*CHAIN, rule("joined", JOB, when={"event": "approved", "entity": "scene", "every": JOIN})]
    entities = {"scenes": [{"id": id, "project": "p", "status": "approved"} for id in ("s1", "s2")]}
    session: Session = pipe(*chain, entities=entities)
    moves = [0]

    def move() -> None:
        moves[0] += 1
        status = ("draft", "approved")[moves[0] % 2]
        pipeline.import_entities(session, [EntityIn("scene", f"x{moves[0]}", None, status, "q", None, {})])
        time.sleep(0.05)

    outcome = simulation.dry_run(session, event("e", "approved", "scene", "s1", project="p"), fail=busy(move))
    assert {firing.rule_id for firing in outcome.firings} == {"first", "second", "joined"}
    assert moves[0] > 5


def test_nothing_lives_on_when_a_forecast_is_made(pipe: Any) -> None:
    session = pipe(*CHAIN)
    for _ in range(50):
        simulation.dry_run(session, scene("s1"))
        assert not [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]
