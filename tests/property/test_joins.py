"""What is kept about joins is what a scan of the entities finds, after any history; and it decides as a scan does."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from tests.conftest import make_schema
from tests.engine.steps import engine
from tests.support.engines import bundle, emit, event, open_session
from tests.support.postgres import Cluster
from trigger_studio.decide.tallies import fingerprint
from trigger_studio.model.entities import EntityIn
from trigger_studio.services import pipeline, rule_registry, trigger_log
from trigger_studio.services.session import Session
from trigger_studio.storage import joins, tables

PROJECTS, CHARACTERS, SCENES = ("p", "q"), ("c", "d"), tuple(f"s{n}" for n in range(7))
STATUSES = ("draft", "approved", "completed", "failed", "omitted")
ALWAYS, NEVER = -1, 10**9
STEPS = 14

FILTERS: tuple[dict[str, Any] | None, ...] = (
    None,
    {"field": "step", "op": "ge", "value": 2},
    {"field": "chain", "op": "in", "value": ["x", "y"]},
    {"none": [{"field": "chain", "op": "eq", "value": "x"}, {"field": "step", "op": "is_not_set"}]},
)


class Twins:
    """The same history twice: one pipeline keeps everything about joins, the other nothing.

    Args:
        urls: of empty pipelines.
        seed: of the history.
    """

    def __init__(self, urls: list[str], seed: int) -> None:
        self.urls, self.dice = urls, random.Random(seed)
        self.rules = [self.rule(f"r{n}") for n in range(4)]
        self.sessions = [open_session(url, self.rules) for url in urls]
        self.events = 0
        self.named: set[str] = set()

    def rule(self, id: str) -> dict[str, Any]:
        dice = self.dice
        kind = dice.choice(("scene", "scene", "job"))
        status = "completed" if kind == "job" else dice.choice(("approved", "completed"))
        every: dict[str, Any] = {"entity": kind, "of": dice.choice(("project", "character")), "status": status}
        every |= {"min": dice.choice((1, 1, 2))}
        if kind == "scene" and (where := dice.choice(FILTERS)) is not None:
            every["where"] = where
        action: dict[str, Any] = {"type": "submit_job", "job_type": dice.choice(("work", "shot"))}
        if dice.random() < 0.3:
            action = {"type": "set_status", "status": dice.choice(("approved", "needs_review"))}
        when = {"event": status, "entity": kind, "every": every}
        return {"id": id, "when": when, "actions": [action], "max_depth": 4, "enabled": dice.random() < 0.9}

    def step(self) -> None:
        self.dice.choice((self.bring, self.bring, self.bring, self.raise_event, self.raise_event, self.work, self.work,
                          self.work, self.edit, self.restart))()  # fmt: skip

    def bring(self) -> None:
        dice = self.dice
        given = {}
        for _ in range(dice.randint(1, 4)):
            attributes = {"step": dice.randint(1, 3), "chain": dice.choice("xyz")} if dice.random() < 0.6 else {}
            id, status = dice.choice(SCENES), dice.choice((None, *STATUSES))
            parents = dice.choice((None, *PROJECTS)), dice.choice((None, *CHARACTERS))
            given[id] = EntityIn("scene", id, None, status, *parents, attributes)
        for session in self.sessions:
            pipeline.import_entities(session, list(given.values()))

    def raise_event(self) -> None:
        id = self.dice.choice(SCENES)
        known = self.named | {entity.id for entity in pipeline.entities(self.sessions[0], "scene")}
        parents = {} if id in known else {"project": self.dice.choice(PROJECTS)}
        self.named.add(id)  # an event that waits counts as well
        self.events += 1
        type = self.dice.choice(("approved", "completed", "failed"))
        for session in self.sessions:
            emit(session, event(f"e{self.events}", type, "scene", id, **parents))

    def work(self) -> None:
        limit = self.dice.choice((1, 2, 10**6))
        for session, few in zip(self.sessions, (ALWAYS, NEVER), strict=True):
            joins.FEW = few
            one = engine(session, farm=True, until_idle=True)
            if limit == 10**6:
                one.run_until_idle()
            else:
                one._limit = limit
                one.step()
                one.close()

    def edit(self) -> None:
        place = self.dice.randrange(len(self.rules))
        self.rules[place] = self.rule(f"r{place}")
        for session in self.sessions:
            rule_registry.publish(session, bundle([self.rules[place]]))

    def restart(self) -> None:
        self.close()
        self.sessions = [Session(url) for url in self.urls]

    def close(self) -> None:
        for session in self.sessions:
            session.close()

    def check(self) -> int:
        """Both are alike, and what is kept is what a scan finds. Returns how many groups are kept."""
        first, second = (
            [
                {key: entry[key] for key in ("id", "rule", "status", "depth", "jobs")}
                for entry in trigger_log.entries(session)
            ]
            for session in self.sessions
        )
        assert first == second
        return kept(self.sessions[0])


def kept(session: Session) -> int:
    """What is kept is what a scan finds. Returns how many groups are kept for the rules as they are."""
    groups = 0
    with session.database.read() as connection:
        rules = session.rules(connection)
        for row in connection.execute(sa.select(tables.join_groups)).all():
            group = (row.kind, row.of, row.parent)
            filters = rules.counted(group)
            if filters is None or filters.plan != row.plan:
                continue
            groups += 1
            everyone = list(joins.read_group(connection, group, rules.profile))
            for name in filters.names:
                members = [entity for entity in everyone if name in filters.find(entity.attributes)]
                found: dict[str, list[Any]] = {}
                for entity in members:
                    found.setdefault(entity.status, []).append((entity.id, entity.changed_seq))
                expected = {status: (len(pairs), *fingerprint(pairs)) for status, pairs in found.items()}
                wanted = (group, filters.plan, name)
                tally = joins.read_tallies(connection, [wanted])[wanted] or {}
                assert {status: share for status, share in tally.items() if share[0]} == expected
                assert all(share == (0, 0, 0) for share in tally.values() if not share[0])
                if name:
                    known = joins.read_members(connection, group, name, rules.profile)
                    assert sorted(entity.id for entity in known) == sorted(entity.id for entity in members)
    return groups


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("joins") / "template.db"
    make_schema(f"sqlite:///{path}")
    return path


@pytest.mark.parametrize(
    "count", [25, pytest.param(2_000, marks=[pytest.mark.long, pytest.mark.timeout(7_200)])], ids=["few", "many"]
)
def test_what_is_kept_is_what_a_scan_finds(
    count: int, template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(joins, "FEW", joins.FEW)
    seen = 0
    first = random.randrange(10**6)
    print(f"seeds {first} to {first + count - 1}")
    for seed in range(first, first + count):
        paths = [tmp_path / f"{seed}-{name}.db" for name in ("kept", "scanned")]
        for path in paths:
            shutil.copy(template, path)
        seen += history([f"sqlite:///{path}" for path in paths], seed)
    assert seen > count  # of every history something was kept


def test_on_postgresql_too(postgres: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joins, "FEW", joins.FEW)
    first = random.randrange(10**6)
    print(f"seeds {first} to {first + 4}")
    for seed in range(first, first + 5):
        databases = [postgres.create() for _ in range(2)]
        for database in databases:
            make_schema(database.owner_url)
        assert history([database.url for database in databases], seed) >= 0
        for database in databases:
            postgres.drop(database)


def history(urls: list[str], seed: int) -> int:
    """Run one; what fails names its seed. Returns how often something was found kept."""
    twins = Twins(urls, seed)
    seen = 0
    try:
        for _ in range(STEPS):
            twins.step()
            seen += twins.check()
    except BaseException as error:
        error.add_note(f"seed {seed}")
        raise
    finally:
        twins.close()
    return seen
