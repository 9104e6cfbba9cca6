"""What becomes of an event does not depend on how fast engines decide those before it; on both databases."""

from __future__ import annotations

import os
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from tests.engine.steps import rule, run, scene, story
from tests.property.test_engine_cases import MakeUrl, new_postgres, new_sqlite
from tests.support.engines import emit, open_session
from trigger_studio.errors import BadInput
from trigger_studio.model.entities import read_pipeline
from trigger_studio.services import pipeline, simulation
from trigger_studio.services.session import Session

__all__ = ["new_postgres", "new_sqlite"]

Step = Callable[[Session], None]
PARENTS = {"project": ["p1", "p1", "p2"], "character": ["mira", "mira", "juno"]}


def known(session: Session) -> dict[str, tuple[Any, ...]]:
    return {
        e.id: (e.status, e.project, e.character, e.attributes)
        for e in pipeline.entities(session)
        if e.kind in ("scene", "variant")
    }


def stored(session: Session) -> list[tuple[Any, ...]]:
    columns = "id, project, character, attributes_json, depth, chain"
    sql = f"SELECT {columns} FROM events WHERE id NOT LIKE 'ts:%%' ORDER BY seq"
    with session.database.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql)]


def load(session: Session, **document: Any) -> None:
    pipeline.import_entities(session, read_pipeline(document, session.profile))


def omit(session: Session, id: str) -> None:
    pipeline.set_status(session, "scene", id, "omitted")


def refused(*events: Any) -> Step:
    def step(session: Session) -> None:
        with pytest.raises(BadInput, match="contradicts the known scene"):
            emit(session, *events)

    return step


HISTORIES: dict[str, list[Step]] = {
    "an import without a status after the event": [
        lambda s: emit(s, scene("s1", attributes={"step": 1})),
        lambda s: load(s, scenes=[{"id": "s1", "project": "p1", "attributes": {"chain": "x"}}]),
    ],
    "an import with a status after the event": [
        lambda s: emit(s, scene("s1", project="p1")),
        lambda s: load(s, scenes=[{"id": "s1", "status": "omitted", "character": "mira"}]),
    ],
    "a status set after the event": [
        lambda s: emit(s, scene("s1")),
        lambda s: omit(s, "s1"),
    ],
    "an event without parents after one with them": [
        lambda s: emit(s, scene("s1", project="p1", character="mira", attributes={"step": 1})),
        lambda s: emit(s, scene("s1", 2, attributes={"chain": "x"})),
    ],
    "an event of another project": [
        lambda s: emit(s, scene("s1", project="p1")),
        refused(scene("s1", 2, project="p2")),
    ],
    "a parent that only a later event named": [
        lambda s: emit(s, scene("s1")),
        lambda s: emit(s, scene("s1", 2, project="p1")),
        refused(scene("s1", 3, project="p2")),
        lambda s: emit(s, scene("s1", 4)),
    ],
    "another project after an import that named one": [
        lambda s: emit(s, scene("s1")),
        lambda s: load(s, scenes=[{"id": "s1", "project": "p1"}]),
        refused(scene("s1", 2, project="p2")),
    ],
}  # fmt: skip


@pytest.fixture(params=["sqlite", "postgres"])
def make_url(request: pytest.FixtureRequest) -> MakeUrl:
    made: MakeUrl = request.getfixturevalue(f"new_{request.param}")
    return made


@pytest.mark.parametrize("name", HISTORIES)
def test_the_end_is_the_same_whether_the_engine_is_fast_or_slow(make_url: MakeUrl, name: str) -> None:
    ends = []
    for fast in (True, False):
        with open_session(make_url(), [rule("a")]) as session:
            for step in HISTORIES[name]:
                step(session)
                if fast:
                    run(session)
            run(session)
            ends.append((known(session), stored(session), story(session)))
    assert ends[0] == ends[1]


def lived(session: Session, rng: Random, fast: bool) -> list[Any]:
    """What a random history of events and imports comes to, with an engine after each or now and then."""
    seen: list[Any] = []
    for number in range(36):
        id, is_import = f"s{rng.randint(0, 3)}-{number // 12}", rng.random() < 0.3
        parents = {of: rng.choice(names) for of, names in PARENTS.items() if rng.random() < 0.4}
        given = {"attributes": {"step": number}} if rng.random() < 0.5 else {}
        status = {"status": "omitted"} if rng.random() < 0.3 else {}
        try:
            if is_import:
                load(session, scenes=[{"id": id, **parents, **given, **status}])
            else:
                emit(session, scene(id, number, **parents, **given))
        except BadInput as error:
            seen.append(str(error))
        if fast or number % 12 == 11:
            run(session)
        if number % 12 == 11:
            seen.append(known(session))
    return [*seen, stored(session)]


def test_random_histories_end_the_same_at_any_speed(make_url: MakeUrl) -> None:
    seed = int(os.environ.get("TS_SEED", "20261129"))
    print(f"TS_SEED={seed}")
    ends = []
    for fast in (True, False):
        with open_session(make_url(), [rule("a")]) as session:
            ends.append(lived(session, Random(seed), fast))
    assert any("contradicts" in str(one) for one in ends[0])
    assert ends[0] == ends[1]


def test_an_event_before_the_card_of_its_entity_is_kept(pipe: Any) -> None:
    session = pipe(rule("a"))
    emit(session, scene("s1", attributes={"step": 1}))
    load(session, scenes=[{"id": "s1", "project": "p1", "name": "The one"}])
    assert known(session) == {"s1": ("draft", "p1", None, {"step": 1})}
    run(session)
    assert known(session) == {"s1": ("approved", "p1", None, {"step": 1})}


def test_events_of_one_file_may_not_contradict_each_other(pipe: Any) -> None:
    session = pipe(rule("a"))
    refused(scene("s1"), scene("s1", 2, character="mira"), scene("s1", 3, character="juno"))(session)
    assert stored(session) == []


def test_a_dry_run_answers_as_emit_would(pipe: Any) -> None:
    session = pipe(rule("a"))
    emit(session, scene("s1", project="p1"))
    again = simulation.dry_run(session, scene("s1", project="p1"))
    assert again.events == []
    assert [stop.reason for stop in again.stops] == [
        "an event of this id and content is stored already; it starts nothing"
    ]
    for wrong, words in [
        (scene("s1", project="p2"), "is known with other content"),
        (scene("s1", 2, project="p2"), "contradicts the known scene"),
        (scene("s2", cause="f1-1"), "there is no firing"),
    ]:
        with pytest.raises(BadInput, match=words):
            simulation.dry_run(session, wrong)
        with pytest.raises(BadInput, match=words):
            emit(session, wrong)
    assert len(simulation.dry_run(session, scene("s2", job_id="of-another-farm")).events) == 2


def test_explain_tells_of_an_event_that_is_stored(pipe: Any) -> None:
    session = pipe(rule("a"))
    emit(session, scene("s1", project="p1"))
    assert simulation.explain(session, "a", scene("s1", project="p1"))["fires"]
