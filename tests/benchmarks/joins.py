"""What an event under a join costs, by how many members the join has; and a workflow of 2,122 tasks.

The scenes of a project are joined with a filter on an attribute. Measured are an event that does not complete the join,
and one that repeats a completion; each in a transaction of its own, in this process, without deliveries.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

from tests.benchmarks import joins_stock as stock
from tests.benchmarks.engine_stock import DATABASES
from tests.benchmarks.engine_stock import engine as an_engine
from tests.benchmarks.figures import Figure, single
from tests.benchmarks.places import Places
from tests.support.engines import emit, event
from trigger_studio.engine.loop import Engine
from trigger_studio.model.bundle import parse_bundle
from trigger_studio.model.entities import EntityIn
from trigger_studio.services import pipeline, rule_registry, simulation
from trigger_studio.services.session import Session

SIZES = (100, 1_000, 10_000, 100_000)
TIMES = 30
TASKS, SEED = 2_122, 7
ENGINE_GOALS_S = {"SQLite": 5, "PostgreSQL": 10}
_JOINED = {
    "id": "cut-when-all-are-approved",
    "when": {
        "event": "approved",
        "entity": "scene",
        "every": {
            "entity": "scene",
            "of": "project",
            "status": "approved",
            "where": {"field": "task", "op": "in", "value": ["shot", "plate"]},
        },
    },
    "actions": [{"type": "submit_job", "job_type": "madd", "wait": False}],
}


def benchmark(places: Places) -> list[Figure]:
    """Growth with the number of members, and the workflow, on each database."""
    figures: list[Figure] = []
    for name in DATABASES:
        costs = {size: _costs(places, name, size) for size in SIZES}
        for what in costs[SIZES[0]]:
            least = costs[SIZES[0]][what]
            figures += [
                single(
                    f"{what}, {size:,} members, {name}", costs[size][what] * 1000, "ms", limit=least * 1000,
                    limit_name=f"ms at {SIZES[0]}", goal="ratio 1",
                )
                for size in SIZES
            ]  # fmt: skip
        figures += _workflow(places, name)
    return figures


def _opened(places: Places, name: str) -> Any:
    return places.sqlite() if name == "SQLite" else places.postgres_with_schema()


def _costs(places: Places, name: str, size: int) -> dict[str, float]:
    """Seconds, the median of some events each."""
    with _opened(places, name) as url, Session(url, profile=stock.profile()) as session:
        rule_registry.publish(
            session, parse_bundle({"format": "trigger-studio/1", "rules": [_JOINED]}, session.profile)
        )
        scenes = [_scene(f"s{number}", "approved") for number in range(size - 1)]
        pipeline.import_entities(session, [*scenes, _scene("last", "draft")])
        engine, turn = an_engine(session), iter(range(10**6))

        def decide(entity_id: str) -> None:
            emit(session, event(f"e{next(turn)}", "approved", "scene", entity_id, project=stock.PROJECT))
            while engine.step():
                pass

        decide("s0")  # the first event reads the members, once
        open_s = _median(lambda: decide("s1"))
        dry_s = _median(lambda: _foresee(session), 5)
        pipeline.set_status(session, "scene", "last", "approved")
        decide("s0")  # completes it, and reads them again
        done_s = _median(lambda: decide("s1"))
        engine.close()
        return {"not complete": open_s, "complete, repeated": done_s, "dry run": dry_s}


def _scene(id: str, status: str) -> EntityIn:
    return EntityIn("scene", id, None, status, stock.PROJECT, None, {"task": "shot"})


def _foresee(session: Session) -> None:
    simulation.dry_run(session, event("foreseen", "approved", "scene", "s1", project=stock.PROJECT))


def _median(work: Callable[[], object], times: int = TIMES) -> float:
    seconds = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds)


def _workflow(places: Places, name: str) -> list[Figure]:
    goal = ENGINE_GOALS_S[name]
    with _opened(places, name) as url, Session(url, profile=stock.profile()) as session:
        rules = stock.rules(stock.workflow(TASKS, SEED))
        rule_registry.publish(session, parse_bundle({"format": "trigger-studio/1", "rules": rules}, session.profile))
        started = time.perf_counter()
        foretold = simulation.dry_run(session, stock.start())
        dry_s = time.perf_counter() - started
        emit(session, stock.start())
        engine = Engine(an_engine(session).store, _nothing_leaves, farm=True, until_idle=True)
        started = time.perf_counter()
        tally = engine.run_until_idle()
        seconds = time.perf_counter() - started
        assert tally.firings == len(foretold.firings) == TASKS
    title = f"workflow of {TASKS:,} tasks"
    return [
        single(f"{title}, {name}", seconds, "s", f"{goal}"),
        single(f"{title}, dry run, {name}", dry_s, "s", f"{goal}"),
    ]


def _nothing_leaves() -> Any:
    raise AssertionError("nothing here leaves the database")
