"""What an event under a join reads does not grow with the join's members."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.steps import engine, rule, run, scene, story
from tests.support.engines import bundle, emit
from trigger_studio.model.entities import EntityIn
from trigger_studio.services import pipeline, rule_registry, simulation
from trigger_studio.services.session import Session
from trigger_studio.storage import joins, rows

MEMBERS = 400
FEW_READS = 12
WHERE = {"field": "chain", "op": "in", "value": ["x", "y"]}
EVERY = {"entity": "scene", "of": "project", "status": "approved"}


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ids of the entities that are read, in order."""
    seen: list[str] = []
    real = rows.entity_of

    def entity_of(row: Any, *more: Any) -> Any:
        seen.append(row.id)
        return real(row, *more)

    monkeypatch.setattr(rows, "entity_of", entity_of)
    return seen


@pytest.mark.parametrize("where", [None, WHERE], ids=["all", "where"])
def test_no_event_reads_all_members_but_the_one_that_completes(
    pipe: Any, reads: list[str], where: dict[str, Any] | None
) -> None:
    every = {**EVERY, **({"where": where} if where else {})}
    session: Session = pipe(rule("join", when={"every": every}))
    scenes = [_scene(f"s{number}", "approved") for number in range(MEMBERS - 1)]
    pipeline.import_entities(session, [*scenes, _scene("last", "draft")])
    one = engine(session)

    def costs(id: str, number: int) -> int:
        emit(session, scene(id, number, project="p"))
        reads.clear()
        while one.step():
            pass
        return len(reads)

    assert costs("s0", 1) >= MEMBERS  # the first reads them, once
    assert costs("s1", 2) < FEW_READS
    reads.clear()
    assert simulation.dry_run(session, scene("s1", 3, project="p")).firings == []
    assert len(reads) < FEW_READS
    assert costs("last", 4) >= MEMBERS  # complete
    assert costs("s1", 5) < FEW_READS  # a repeat
    pipeline.import_entities(session, [EntityIn("scene", "s7", None, None, "q", None, {})])
    assert costs("s1", 6) >= MEMBERS - 1  # one has left: that the same firing covers the others is found out, once
    assert costs("s1", 7) < FEW_READS
    reads.clear()
    pipeline.set_status(session, "scene", "s3", "draft")
    assert costs("s1", 8) < FEW_READS
    one.close()
    assert story(session) == [("join", "running", None)]


def _scene(id: str, status: str) -> EntityIn:
    return EntityIn("scene", id, None, status, "p", None, {"chain": "x"})


def test_a_rule_edited_a_profile_changed_and_a_long_status_are_counted_anew(pipe: Any) -> None:
    session: Session = pipe(rule("join", when={"every": {**EVERY, "where": WHERE}}))
    scenes = [_scene(f"s{number}", "approved") for number in range(joins.FEW)]
    pipeline.import_entities(session, [*scenes, _scene("odd", "q" * 5_000), _scene("last", "draft")])
    emit(session, scene("s0", project="p"))
    run(session)
    assert story(session) == []
    narrower = {**WHERE, "value": ["y"]}
    rule_registry.publish(session, bundle([rule("join", when={"every": {**EVERY, "where": narrower}})]))
    given = [EntityIn("scene", id, None, None, None, None, {"chain": "y"}) for id in ("s1", "s2")]
    pipeline.import_entities(session, given)
    emit(session, scene("s0", 2, project="p"))
    run(session)
    assert story(session) == [("join", "done", None)]
