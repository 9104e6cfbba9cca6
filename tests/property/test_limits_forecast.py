"""Random limits and ceilings on random rules: the dry run foretells what the engine does, held firings included."""

from __future__ import annotations

import os
import random
from collections import Counter
from typing import Any

import pytest

from tests.engine.steps import engine
from tests.property.test_coalescing import entries, foretold, make_events, make_rules
from tests.property.test_engine_cases import MakeUrl, new_postgres, new_sqlite
from tests.support.engines import PROFILE, emit, open_session
from trigger_studio.model.limit import Limit
from trigger_studio.model.profiles import parse_profile
from trigger_studio.services import controls, limits, trigger_log
from trigger_studio.services.session import Session
from trigger_studio.storage import in_force

__all__ = ["new_postgres", "new_sqlite"]

CASES, START = 20, 10_000_000
Doc = dict[str, Any]
RENDER = {"type": "submit_job", "job_type": "render"}
LATE = {"type": "submit_job", "job_type": "work"}
BRANCH = {"type": "branch", "if": {"field": "step", "op": "eq", "value": 1}, "then": [LATE], "else": [RENDER, RENDER]}


def costly(rng: random.Random, rules: list[Doc]) -> list[Doc]:
    """The same rules, with actions that cost something put before or behind theirs."""
    for rule in rules:
        rule["actions"] = rng.choice(
            [[*rule["actions"], BRANCH], [BRANCH, *rule["actions"]], rule["actions"], [RENDER]]
        )
    return rules


def limit(rng: random.Random, session: Session) -> None:
    """Limits on some of what there is, and now and then a ceiling."""
    per_click = rng.choice([{}, {}, {"firings": 2}, {"jobs": 2}, {"gpu_hours": 4}])
    with session.database.write() as connection:
        in_force.put_profile(connection, parse_profile({**PROFILE, "limits": {"per_click": per_click}}))
    for _ in range(rng.randint(1, 3)):
        scope = rng.choice([("all", ""), ("rule", "burst"), ("rule", "single"), ("rule", "again")])
        kind = rng.choice(["firings", "gpu_hours", "gpu_hours", "failures"])
        limits.put(session, Limit(*scope, kind, rng.randint(1, 12), rng.choice([30.0, 65.0, 200.0, 86_400.0])))


def verdicts(rows: list[Doc], rule: str) -> Counter[tuple[str, int, str]]:
    return Counter((row[rule], row["depth"], row["reason"]) for row in rows)


def differences(make_url: MakeUrl, cases: int) -> dict[int, list[str]]:
    start = int(os.environ.get("TS_SEED", START))
    found, sizes = {}, Counter[str]()
    for seed in range(start, start + cases):
        rng = random.Random(seed)
        rules, events = costly(rng, make_rules(rng)), make_events(rng)
        fail = set(rng.choice([[], ["work"], ["shot"]]))
        with open_session(make_url(), rules) as session:
            limit(rng, session)
            said, _ = foretold(session, events, fail)
            emit(session, *events)
            engine(session, farm=True, until_idle=True, fail=fail).run_until_idle()
            done = trigger_log.entries(session)
            sizes["paused"] += len(controls.halts(session))
        started = [row for row in done if row["status"] not in ("held", "refused")]
        mine, theirs = sorted(entries(said["firings"]), key=str), sorted(entries(started), key=str)
        wrong = [f"{a} / {b}" for a, b in zip(mine, theirs, strict=False) if a != b][:3]
        for name, status in (("held", "held"), ("refusals", "refused")):
            if verdicts(said[name], "rule") != verdicts([row for row in done if row["status"] == status], "rule"):
                wrong.append(f"other {name}")
        if wrong or len(mine) != len(theirs):
            found[seed] = [*wrong, f"{len(mine)} foretold, {len(theirs)} done"]
        sizes.update(row["status"] for row in done)
    print(f"TS_SEED={start}: {len(found)} differences in {cases} cases; {dict(sizes)}")
    return found


@pytest.mark.timeout(300)
def test_limits_are_foretold_on_sqlite(new_sqlite: MakeUrl) -> None:
    assert not differences(new_sqlite, CASES)


@pytest.mark.timeout(300)
def test_limits_are_foretold_on_postgresql(new_postgres: MakeUrl) -> None:
    assert not differences(new_postgres, CASES // 6)


@pytest.mark.long
def test_limits_are_foretold_in_many_cases(new_sqlite: MakeUrl) -> None:
    assert not differences(new_sqlite, 2000)
