"""kill -9 anywhere in the middle: every job of every chain exists once."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import sqlalchemy as sa

from tests.support.engines import EngineProcess, emit, event, open_session
from trigger_studio.services import trigger_log

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
        jobs = trigger_log.jobs(session, limit=10_000)
        made = Counter((job["chain"], job["params"]["step"]) for job in jobs)
        refused = [entry for entry in trigger_log.entries(session) if entry["status"] == "refused"]
        assert len(jobs) == CHAINS * DEPTH == 200
        assert set(made.values()) == {1}
        assert {job["state"] for job in jobs} == {"completed"}
        assert max(job["depth"] for job in jobs) == DEPTH
        assert [entry["reason"] for entry in refused] == ["depth"] * CHAINS
        print(f"{kills} kills, {len(jobs)} jobs, 0 lost, 0 doubled")
        assert kills >= 3


def test_every_event_in_one_batch_however_often_the_engine_is_killed(database_url: str, tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    scenes = [f"s{n}" for n in range(400)]
    job = {"type": "submit_job", "job_type": "work"}
    when = {"event": "approved", "entity": "scene"}
    rules = [{"id": "burst", "when": when, "actions": [job, job], "coalesce": {"within": "2s", "max": 7}}]
    with open_session(database_url, rules) as session:
        kills, left = 0, list(scenes)
        while left or kills < 8:
            some, left = left[:50], left[50:]
            emit(session, *(event(f"approve-{name}", "approved", "scene", name) for name in some))
            engine = EngineProcess(database_url, "run", tmp_path)
            engine.wait_ready()
            engine.wait(rng.uniform(0.0, 0.15))
            engine.kill()
            kills += 1
        engine = EngineProcess(database_url, "idle", tmp_path)
        assert engine.wait(60)
        done = trigger_log.entries(session)
        jobs = trigger_log.jobs(session, limit=10_000)
        assert [(entry["entity_id"], entry["status"]) for entry in done] == [(name, "done") for name in scenes]
        batches = Counter(entry["batch"] for entry in done)
        assert max(batches.values()) <= 7
        made = Counter(name for job in jobs for name in job["params"]["entity_ids"])
        assert made == dict.fromkeys(scenes, 2)
        assert Counter(job["firing"] for job in jobs) == dict.fromkeys(batches, 2)
        print(f"{kills} kills, {len(done)} events in {len(batches)} batches, 0 lost, 0 doubled")


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
