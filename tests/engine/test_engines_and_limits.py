"""Several engines on one PostgreSQL, under limits and ceilings at once: never over one, and nothing stands still."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from tests.engine.steps import JOB, rule, scene
from tests.support.engines import PROFILE, EngineProcess, emit, open_session, until
from trigger_studio.model.limit import Limit
from trigger_studio.model.profiles import parse_profile
from trigger_studio.services import controls, limits, trigger_log
from trigger_studio.services.session import Session
from trigger_studio.storage import in_force, tables
from trigger_studio.storage import limits as store

MONTH = 30 * 86_400.0
PROJECTS = [f"p{n}" for n in range(5)]
CEILING = 6
RENDER = {"type": "submit_job", "job_type": "render"}
EITHER = {"type": "branch", "if": {"field": "step", "op": "eq", "value": 1}, "then": [JOB], "else": [RENDER, RENDER]}
RULES = [
    rule("render", RENDER),
    rule("either", EITHER, JOB),
    rule("shot", {"type": "submit_job", "job_type": "shot"}),
    rule("after", JOB, RENDER, when={"event": "completed", "entity": "scene"}),
]
_CLICKS = sa.text(
    "SELECT f.chain, COUNT(*) AS firings, COALESCE(MAX(c.grants), 0) AS grants FROM firings f"
    " LEFT JOIN clicks c ON c.chain = f.chain WHERE f.counted_at IS NOT NULL GROUP BY f.chain"
)


@contextmanager
def engines(url: str, number: int, home: Path) -> Iterator[None]:
    """So many processes that decide, and end jobs as fast as they can."""
    begun = [EngineProcess(url, "farm", home) for _ in range(number)]
    for one in begun:
        one.wait_ready()
    yield
    for one in begun:
        one.stop()


def check(session: Session) -> None:
    """No limit and no ceiling is exceeded, as of now."""
    for one in limits.standing(session):
        assert one.used is not None
        assert one.used <= one.limit.amount, one
    with session.database.read() as connection:
        for chain, firings, grants in connection.execute(_CLICKS):
            assert firings <= CEILING * (1 + grants), chain


def settled(session: Session) -> bool:
    """Whether nothing is left that an engine might do; checked all the while."""
    check(session)
    table = tables.firings
    busy = sa.select(sa.func.count()).where(table.c.status.in_(["running", "waiting"]))
    with session.database.read() as connection:
        waiting = connection.execute(sa.select(sa.func.count()).select_from(tables.bus)).scalar_one()
        return not waiting and not connection.execute(busy).scalar_one()


def held(session: Session) -> list[dict[str, Any]]:
    return [entry for entry in trigger_log.entries(session, limit=10_000) if entry["status"] == "held"]


@pytest.mark.parametrize("number", [pytest.param(2, marks=pytest.mark.long), 3])
def test_engines_keep_limits_and_ceilings_together(postgres_url: str, tmp_path: Path, number: int) -> None:
    known = {"projects": [{"id": project} for project in PROJECTS]}
    with open_session(postgres_url, RULES, known) as session:
        with session.database.write() as connection:
            per_click = {"limits": {"per_click": {"firings": CEILING}}}
            in_force.put_profile(connection, parse_profile({**PROFILE, **per_click}))
        limits.put(session, Limit("all", "", "firings", 50, MONTH))
        limits.put(session, Limit("project", "p0", "gpu_hours", 9, MONTH))
        limits.put(session, Limit("rule", "either", "gpu_hours", 12, MONTH))
        with engines(postgres_url, number, tmp_path):
            first = [
                scene(f"{project}-{n}", project=project, attributes={"step": n % 2})
                for n in range(2)
                for project in PROJECTS
            ]
            for one in first:
                emit(session, one)
            until(lambda: settled(session), 60, "the first events")
            _late(session)
            until(lambda: settled(session), 60, "late events, each on the chain of another project")
            assert {entry["reason"] for entry in held(session)} == {"budget"}
            for amount in (70, 400):
                limits.put(session, Limit("all", "", "firings", amount, MONTH))
                until(lambda: settled(session), 60, "what a limit has room for")
            limits.remove(session, "project", "p0", "gpu_hours")
            limits.remove(session, "rule", "either", "gpu_hours")
            until(lambda: settled(session) and {e["chain"] for e in held(session)} == _capped(session), 60, "limits")
            while chains := _capped(session):
                for chain in chains:
                    controls.resume(session, "chain", chain)
                until(lambda: settled(session), 60, "what the ceilings held")
        assert held(session) == []
        _is_as_counted_one_by_one(session)


def _late(session: Session) -> None:
    """Events that bear on the chains that there are, in every project at once."""
    entries = sorted(trigger_log.entries(session, limit=10_000), key=lambda entry: str(entry["id"]))
    causes = {entry["chain"]: entry["id"] for entry in entries if entry["depth"] == 1}
    for turn, cause in enumerate(causes.values()):
        emit(session, *(scene(f"late-{turn}-{project}", project=project, cause=cause) for project in PROJECTS))


def _capped(session: Session) -> set[str]:
    return {one.chain for one in limits.capped(session)}


def _is_as_counted_one_by_one(session: Session) -> None:
    """What is kept as sums is what the firings say."""
    with session.database.read() as connection:
        chains = connection.execute(sa.select(tables.clicks.c.chain)).scalars().all()
        kept = store.clicks(connection, chains, counting=False)
        for chain in chains:
            assert kept[chain].taken == store.summed(connection, chain).taken
        started = connection.execute(
            sa.select(sa.func.count()).where(tables.firings.c.counted_at.is_not(None))
        ).scalar_one()
    (everything,) = limits.standing(session)
    assert everything.used == started
    print(f"{started} firings in {len(chains)} chains")
