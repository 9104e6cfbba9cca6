"""Three engines, kills and halts amid bursts under a rule that coalesces: each event is in exactly one batch."""

from __future__ import annotations

import random
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.support.engines import EngineProcess, emit, event, open_session, until
from trigger_studio.services import controls, trigger_log

BURSTS, MOST = 20, 20
RULE = {
    "id": "burst",
    "when": {"event": "approved", "entity": "scene"},
    "actions": [{"type": "submit_job", "job_type": "work", "wait": False}],
    "coalesce": {"within": "0.5s", "max": MOST},
}


@pytest.mark.timeout(300)
def test_each_event_in_one_batch_of_three_engines_that_are_killed(database_url: str, tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)

    def begun(name: str) -> EngineProcess:
        engine = EngineProcess(database_url, "run", tmp_path / name)
        engine.wait_ready()
        return engine

    with open_session(database_url, [RULE]) as session:
        engines = [begun(str(number)) for number in range(3)]
        scenes: list[str] = []
        for burst in range(BURSTS):
            new = [f"s{len(scenes) + number}" for number in range(rng.randint(1, 120))]
            scenes += new
            emit(session, *(event(f"e-{id}", "approved", "scene", id, project=f"p{rng.randint(0, 5)}") for id in new))
            time.sleep(rng.uniform(0, 0.2))
            if burst % 5 == 4:
                victim = rng.randrange(3)
                engines[victim].kill()
                engines[victim] = begun(f"{victim}-{burst}")
            if burst % 7 == 3:
                controls.halt(session, "all", "", "a look")
                time.sleep(0.2)
                controls.resume(session, "all", "")
        until(lambda: {entry["status"] for entry in trigger_log.entries(session)} == {"done"}, 60, "the last batch")
        for engine in engines:
            engine.kill()
        done, jobs = trigger_log.entries(session), trigger_log.jobs(session, limit=100_000)
    batches = Counter(entry["batch"] for entry in done)
    taken = Counter(id for job in jobs for id in job["params"]["entity_ids"])
    print(f"{len(scenes)} events in {len(batches)} batches; {len(scenes) - len(taken)} lost")
    assert taken == dict.fromkeys(scenes, 1)
    assert max(batches.values()) <= MOST
    assert sorted(batches) == sorted(job["firing"] for job in jobs)
