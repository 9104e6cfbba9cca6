"""One list of guards: what keeps a rule from firing is told by the dry run, the explanation and the engine alike."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.steps import rule, run, scene
from tests.support.engines import emit
from trigger_studio.decide import guards
from trigger_studio.decide.guards import Attempt, Guard
from trigger_studio.decide.predicate import Check
from trigger_studio.services import simulation, trigger_log


def test_a_guard_that_is_added_is_asked_and_told_everywhere(pipe: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def is_curfew(attempt: Attempt) -> bool:
        return attempt.event.entity_id == "s1"

    def told(_attempt: Attempt, stops: bool) -> Check:
        return Check("curfew", "", not stops, "daylight", "night" if stops else "day")

    monkeypatch.setattr(guards, "GUARDS", (*guards.GUARDS, Guard("curfew", is_curfew, told)))
    session = pipe(rule("a"))
    explained = simulation.explain(session, "a", scene("s1"))
    assert not explained["fires"]
    assert explained["checks"][-1] == {
        "check": "curfew", "path": "", "passed": False, "expected": "daylight", "actual": "night",
    }  # fmt: skip
    foretold = simulation.report(simulation.dry_run(session, scene("s1")))
    assert foretold["refusals"] == [{"rule": "a", "depth": 1, "reason": "curfew"}]
    emit(session, scene("s1"), scene("s2"))
    run(session)
    reasons = {entry["entity_id"]: entry["reason"] for entry in trigger_log.entries(session)}
    assert reasons == {"s1": "curfew", "s2": None}


def test_guards_are_asked_in_the_order_that_is_promised() -> None:
    assert [guard.reason for guard in guards.GUARDS] == ["halt", "depth", "approval", "budget", "hourly"]
