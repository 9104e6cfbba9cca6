"""Random whole cases: what the dry run foretold is what the engine did, and both do what is promised.

The promises' side is `reference.py`, written from the promises alone. A failing seed goes into `COUNTER_EXAMPLES`.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import pytest

from tests.property.cases import Case, make_case
from tests.property.compare import compare
from tests.support.accepting import AcceptingOutbox
from tests.support.postgres import Cluster, Database
from trigger_studio.decide.halts import Scope
from trigger_studio.engine.loop import Engine
from trigger_studio.errors import Fault
from trigger_studio.model.bundle import parse_bundle
from trigger_studio.model.entities import read_pipeline
from trigger_studio.model.event_codec import EventIn, EventParser
from trigger_studio.model.profiles import parse_profile
from trigger_studio.services import bus, controls, pipeline, rule_registry, simulation, trigger_log
from trigger_studio.services.session import Session
from trigger_studio.storage.runtime import SqlStore

CASES, START = 200, 7_000_000
"""On SQLite; a tenth of them on PostgreSQL. The same each time: the long test draws thousands, and says their start."""

COUNTER_EXAMPLES = (18, 42, 48, 457, 463457372)
"""Seeds that once told a difference: gates out of order, a virtual clock begun again, a gate after a later webhook."""

MakeUrl = Callable[[], str]


@pytest.fixture
def new_sqlite(_sqlite_template: Path, tmp_path: Path) -> MakeUrl:
    """Makes database files with the schema, each in place of the one before."""
    path = tmp_path / "case.db"

    def make() -> str:
        for left in tmp_path.glob("case.db*"):
            left.unlink()
        shutil.copy(_sqlite_template, path)
        return f"sqlite:///{path}"

    return make


@pytest.fixture
def new_postgres(postgres: Cluster, _postgres_template: Database) -> Iterator[MakeUrl]:
    """Makes databases with the schema, each in place of the one before."""
    made: list[Database] = []

    def make() -> str:
        while made:
            postgres.drop(made.pop())
        made.append(postgres.create(template=_postgres_template.name))
        return made[-1].url

    yield make
    while made:
        postgres.drop(made.pop())


def seeds(cases: int, start: int) -> list[int]:
    """The kept ones, and new ones whose start is printed."""
    start = int(os.environ.get("TS_SEED", start))
    print(f"TS_SEED={start}")
    return [*COUNTER_EXAMPLES, *range(start, start + cases - len(COUNTER_EXAMPLES))]


@contextmanager
def opened(case: Case, url: str) -> Iterator[Session]:
    """A pipeline as the case has it."""
    with Session(url, profile=parse_profile(case.profile)) as session:
        pipeline.import_entities(session, read_pipeline(case.pipeline, session.profile))
        rule_registry.publish(session, parse_bundle(case.bundle, session.profile))
        for rule in sorted(case.approved):
            rule_registry.approve(session, rule)
        for halt in case.halts:
            ((scope, target),) = halt.items()
            controls.halt(
                session, cast(Scope, scope), "" if target is True else target, "as the case has it", force=True
            )
        yield session


def events_of(case: Case, session: Session) -> list[tuple[str, EventIn]]:
    """The case's events, through the door."""
    door = EventParser(session.profile)
    read = []
    for number, given in enumerate(case.events):
        faults: list[Fault] = []
        event = door.read(given, faults)
        assert event is not None, faults
        read.append((f"event {number}", event))
    return read


def run(session: Session, case: Case) -> None:
    """One engine until idle on the simulated farm."""
    store = SqlStore(session.database, session.cache, "engine")
    outbox = AcceptingOutbox(session.database, "engine")
    Engine(store, lambda: outbox, farm=True, until_idle=True, fail=case.fail).run_until_idle()


def statuses(session: Session) -> dict[tuple[str, str], str]:
    return {entity.key: entity.status for entity in pipeline.entities(session)}


def foretold_and_done(case: Case, url: str) -> list[str]:
    """The first event alone: the dry run beside the engine, firing by firing."""
    with opened(case, url) as session:
        _, event = events_of(case, session)[0]
        outcome = simulation.dry_run(session, event, fail=case.fail)
        foretold = simulation.report(outcome)
        differences = compare(case.predict(), foretold)
        assumed = simulation.report(simulation.dry_run(session, event, assume_approvals=True, fail=case.fail))
        differences += compare(case.predict(assume=True), assumed)
        bus.emit(session, [("event", event)])
        run(session, case)
        done = trigger_log.entries(session)
    started = [entry for entry in done if entry["status"] not in ("held", "refused")]
    differences += _unlike(_firings(foretold["firings"]), _firings(started))
    for part, status in (("held", "held"), ("refusals", "refused")):
        said = [(v["rule"], v["depth"], v["reason"]) for v in foretold[part]]
        differences += _unlike(said, [(e["rule"], e["depth"], e["reason"]) for e in done if e["status"] == status])
    return differences


def _firings(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """What must be the same; ids hold places in the commit order, of which the engine's signals take some."""
    place = {row["id"]: number for number, row in enumerate(rows)}
    return [
        (
            place.get(row["cause"]),
            row["rule"],
            row["depth"],
            row["status"],
            _jobs(row["jobs"]),
            _actions(row["actions"]),
        )
        for row in rows
    ]


def _actions(actions: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(action["type"], action["outcome"] if "outcome" in action else action["status"]) for action in actions]


def _jobs(jobs: int | list[str]) -> int:
    return jobs if isinstance(jobs, int) else len(jobs)


def _unlike(foretold: list[Any], done: list[Any]) -> list[str]:
    return [] if foretold == done else [f"foretold {foretold}, done {done}"]


def all_as_promised(case: Case, url: str) -> list[str]:
    """All events together, then the gates answered one by one."""
    with opened(case, url) as session:
        bus.emit(session, events_of(case, session))
        run(session, case)
        differences = compare(case.run(), trigger_log.entries(session), statuses=statuses(session))
        for answer in case.gate_answers:
            gates = controls.gates(session)
            if gates:
                controls.answer_gate(session, gates[0].id, approve=answer == "approve")
                run(session, case)
        answered = case.run(answered=True)
        return differences + compare(answered, trigger_log.entries(session), statuses=statuses(session))


def differences(cases: int, make_url: MakeUrl, start: int = START) -> dict[int, list[str]]:
    """What differs, by seed."""
    different = {}
    for seed in seeds(cases, start):
        case = make_case(seed)
        if found := foretold_and_done(case, make_url()) + all_as_promised(case, make_url()):
            different[seed] = found
    print(f"{len(different)} differences in {cases} cases")
    return different


@pytest.mark.timeout(600)
def test_what_was_foretold_is_what_was_done_on_sqlite(new_sqlite: MakeUrl) -> None:
    assert not differences(CASES, new_sqlite)


@pytest.mark.timeout(600)
def test_what_was_foretold_is_what_was_done_on_postgresql(new_postgres: MakeUrl) -> None:
    assert not differences(CASES // 10, new_postgres)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_thousands_of_new_cases(new_sqlite: MakeUrl) -> None:
    assert not differences(5_000, new_sqlite, random.SystemRandom().randrange(1 << 40))
