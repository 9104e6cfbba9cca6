"""Two engines on one PostgreSQL, and the last two approvals of a join raised at the same instant."""

from __future__ import annotations

import threading
from collections import Counter
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.support.engines import EngineProcess, emit, event, open_session, race, until
from trigger_studio.services import trigger_log
from trigger_studio.services.session import Session

JOIN = {
    "id": "all-scenes",
    "when": {
        "event": "approved",
        "entity": "scene",
        "every": {"entity": "scene", "of": "character", "status": "approved", "min": 2},
    },
    "actions": [{"type": "submit_job", "job_type": "work"}],
}


def entities(projects: int, pairs: int) -> dict[str, object]:
    """Characters with two scenes each, the two in different projects if there are two."""
    return {
        "characters": [{"id": f"c{n}"} for n in range(pairs)],
        "scenes": [
            {"id": f"c{n}-{half}", "character": f"c{n}", "project": f"p{half % projects}"}
            for n in range(pairs)
            for half in (0, 1)
        ],
    }


@pytest.mark.parametrize(("projects", "pairs"), [(1, 200), (2, 1000)], ids=["one lane", "two lanes"])
def test_a_thousand_joins_completed_by_two_approvals_at_once(
    postgres_url: str, tmp_path: Path, projects: int, pairs: int
) -> None:
    engines = []
    with open_session(postgres_url, [JOIN], entities(projects, pairs)) as left, Session(postgres_url) as right:
        for _ in range(2):
            engines.append(EngineProcess(postgres_url, "run", tmp_path))
            engines[-1].wait_ready()
        start = threading.Barrier(2)
        race(lambda: _approve_all(left, 0, pairs, start), lambda: _approve_all(right, 1, pairs, start))
        until(lambda: not _waiting(left), 60, "an empty bus")
        for engine in engines:
            engine.stop()
        fired = Counter(entry["chain"].split("-")[0] for entry in trigger_log.entries(left))
        assert len(fired) == pairs, "completions missed"
        assert set(fired.values()) == {1}, "completions doubled"
        print(f"{pairs} pairs in {projects} lane(s): {sum(fired.values())} completions")


def _approve_all(session: Session, half: int, pairs: int, start: threading.Barrier) -> None:
    """Approve one scene of each character, each at the same instant as the other half's."""
    for n in range(pairs):
        one = event(f"e{n}-{half}", "approved", "scene", f"c{n}-{half}")
        start.wait()
        emit(session, one)


def _waiting(session: Session) -> int:
    with session.database.read() as connection:
        return int(connection.execute(sa.text("SELECT count(*) FROM bus")).scalar_one())
