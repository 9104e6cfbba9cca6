"""kill -9 anywhere in the middle: every job of every chain exists once."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import sqlalchemy as sa

from tests.support.engines import EngineProcess, emit, event, open_session
from trigger_studio.services import logbook

CHAINS, DEPTH = 20, 10

RULES = [
    {
        "id": "first",
        "when": {"event": "approved", "entity": "variant"},
        "actions": [
            {"type": "submit_job", "job_type": "work", "params": {"step": 1, "chain": "{{ event.entity_id }}"}}
        ],
    },
    *(
        {
            "id": f"step-{step}",
            "when": {
                "event": "completed",
                "entity": "job",
                "where": {"field": "step", "op": "eq", "value": step - 1},
            },
            "actions": [{"type": "submit_job", "job_type": "work", "params": {"step": step}}],
        }
        for step in range(2, DEPTH + 2)  # the last one is over the limit of depth
    ),
]


def test_every_job_once_however_often_the_engine_is_killed(database_url: str, tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    with open_session(database_url, RULES) as session:
        emit(session, *(event(f"start-{n}", "approved", "variant", f"v{n}") for n in range(CHAINS)))
        kills = 0
        while True:
            engine = EngineProcess(database_url, "idle", tmp_path)
            engine.wait_ready()
            if kills == 12:
                assert engine.wait(60)
                break
            if engine.wait(rng.uniform(0.0, 0.15)):
                break
            engine.kill()
            kills += 1
        jobs = logbook.jobs(session, limit=10_000)
        made = Counter((job["chain"], job["params"]["step"]) for job in jobs)
        refused = [entry for entry in logbook.entries(session) if entry["status"] == "refused"]
        assert len(jobs) == CHAINS * DEPTH == 200
        assert set(made.values()) == {1}
        assert {job["state"] for job in jobs} == {"completed"}
        assert max(job["depth"] for job in jobs) == DEPTH
        assert [entry["reason"] for entry in refused] == ["depth"] * CHAINS
        print(f"{kills} kills, {len(jobs)} jobs, 0 lost, 0 doubled")
        assert kills >= 3


def test_a_transaction_that_was_cut_off_leaves_nothing_behind(database_url: str) -> None:
    with open_session(database_url, RULES) as session:
        emit(session, event("start", "approved", "variant", "v"))
        try:
            with session.database.write() as connection:
                connection.execute(sa.text("DELETE FROM bus"))
                raise KeyboardInterrupt
        except KeyboardInterrupt:
            pass
        with session.database.read() as connection:
            assert connection.execute(sa.text("SELECT count(*) FROM bus")).scalar_one() == 1
