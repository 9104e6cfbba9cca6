"""Random bursts under rules that coalesce: what the dry run foretells is what the engine does, each event once."""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from typing import Any

import pytest

from tests.engine.steps import engine
from tests.property.test_engine_cases import MakeUrl, new_postgres, new_sqlite
from tests.support.engines import emit, event, open_session
from trigger_studio.engine.sandbox import Sandbox
from trigger_studio.model.duration import seconds
from trigger_studio.model.event_codec import EventIn
from trigger_studio.services import simulation, trigger_log
from trigger_studio.services.session import Session
from trigger_studio.services.snapshot import Moment, Remembered, Snapshot

__all__ = ["new_postgres", "new_sqlite"]

CASES, START = 60, 9_000_000
Doc = dict[str, Any]
HOOK = {"type": "call_webhook", "url": "http://hook.invalid/", "body": {"scenes": "{{ firing.entity_ids }}"}}
NOTE = {"type": "send_notification", "channel": "email", "to": ["a@b.c"], "message": "{{ firing.count }} are ready"}
SEEN = {"type": "set_status", "status": "completed"}


def job(kind: str, **more: Any) -> Doc:
    return {"type": "submit_job", "job_type": kind, **more}


def make_rules(rng: random.Random) -> list[Doc]:
    """A rule that coalesces, one beside it that does not, and some that follow from what the batch does."""
    within = rng.choice(["5s", "60s", "61s", "10m"])
    pool = [job("work"), job("shot"), job("shot", wait=False), job("render"), job("check"), HOOK, NOTE, SEEN]
    return [
        {
            "id": "burst",
            "when": {"event": "approved", "entity": "scene"},
            "mode": rng.choice(["sequential", "parallel"]),
            "actions": rng.sample(pool, rng.randint(1, 3)),
            "max_depth": rng.choice([1, 3, 10]),
            "coalesce": {"within": within, "max": rng.choice([2, 3, 7, 200])},
        },
        {"id": "single", "when": {"event": "approved", "entity": "scene"}, "actions": [job("work")]},
        {
            "id": "again",
            "when": {"event": "completed", "entity": "scene"},
            "actions": rng.sample([job("work"), {"type": "set_status", "status": "approved"}, HOOK], 2),
            "max_depth": rng.choice([2, 4]),
            **({"coalesce": {"within": "30s", "max": 5}} if rng.random() < 0.5 else {}),
        },
    ]


def make_events(rng: random.Random) -> list[EventIn]:
    return [
        event(
            f"e{number}",
            rng.choice(["approved", "approved", "approved", "completed"]),
            "scene",
            f"s{rng.randint(0, 15)}",
            attributes={"step": rng.choice([1, 1, 2]), "open": rng.choice([True, True, 1, 1.0, "yes"])},
        )
        for number in range(rng.randint(1, 40))
    ]


def foretold(session: Session, events: list[EventIn], fail: set[str]) -> tuple[Doc, Sandbox]:
    """The dry run of all the events together."""

    def run(moment: Moment, source: Remembered) -> tuple[Doc, Sandbox]:
        sandbox = Sandbox(source, moment.rules, start_s=session.now(), first_tick=moment.seq + 1, fail=fail)
        outcome = sandbox.run(*source.ask("events", lambda database: simulation.intake(database, events)))
        return simulation.report(outcome), sandbox

    return Snapshot(session).look(run)


def entries(rows: list[Doc]) -> list[tuple[Any, ...]]:
    """What must be the same on both sides, ids replaced by places."""
    place = {row["id"]: number for number, row in enumerate(rows)}
    return [
        (
            row["rule"],
            row["depth"],
            row["status"],
            place.get(row["cause"]),
            place.get(row.get("batch")),
            row["jobs"] if isinstance(row["jobs"], int) else len(row["jobs"]),
            [(action["type"], action.get("outcome", action.get("status"))) for action in row["actions"]],
        )
        for row in rows
    ]


def once_each(session: Session, rules: list[Doc], done: list[Doc]) -> list[str]:
    """What is wrong with the batches: every firing of a rule that coalesces is in one, and each acts once."""
    coalescing = {rule["id"]: rule["coalesce"] for rule in rules if "coalesce" in rule}
    wrong = []
    by_batch: dict[str, list[Doc]] = {}
    for row in done:
        if row["rule"] in coalescing and row["status"] not in ("held", "refused"):
            by_batch.setdefault(row.get("batch") or "none", []).append(row)
    ids = {row["id"] for row in done}
    jobs = {made["id"]: made for made in trigger_log.jobs(session, limit=10_000)}
    for batch, members in by_batch.items():
        limit = coalescing[members[0]["rule"]]
        acting = [row for row in members if row["actions"]]
        if batch not in ids or [row["id"] for row in acting] != [batch]:
            wrong.append(f"batch {batch} acts by {[row['id'] for row in acting]}")
            continue
        if len(members) > limit["max"] or len({row["rule"] for row in members}) > 1:
            wrong.append(f"batch {batch} has {len(members)} members")
        if len({row["status"] for row in members}) > 1:
            wrong.append(f"batch {batch} stands in several ways")
        entities = list(dict.fromkeys(row["entity_id"] for row in members))
        wrong += [
            f"job {id} is about {jobs[id]['params'].get('entity_ids')}, not {entities}"
            for id in acting[0]["jobs"]
            if jobs[id]["params"].get("entity_ids") != entities
        ]
    assert not by_batch or max(seconds(limit["within"]) for limit in coalescing.values()) > 0
    return wrong


def spelt(value: Any) -> str:
    """The same for what is the same: 1 as 1.0, but not as true."""
    return json.dumps(value, sort_keys=True).replace("1.0", "1")


def inherited(session: Session, done: list[Doc]) -> list[str]:
    """What is wrong with the events that the jobs of batches raised, read by themselves from what is stored."""
    columns = ("id", "job_id", "entity", "entity_id", "attributes_json")
    with session.database.read() as connection:
        found = connection.exec_driver_sql(f"SELECT {', '.join(columns)} FROM events ORDER BY seq").all()
    events = [dict(zip(columns, row, strict=True)) | {"attributes": json.loads(row[4])} for row in found]
    by_id = {event["id"]: event for event in events}
    jobs = {made["id"]: made for made in trigger_log.jobs(session, limit=10_000)}
    wrong = []
    for acting in (row for row in done if row.get("batch") == row["id"]):
        batch = [by_id[row["event_id"]] for row in done if row.get("batch") == acting["id"]]
        agreed = set.intersection(*({spelt(item) for item in one["attributes"].items()} for one in batch))
        for id in acting["jobs"]:
            given = {**jobs[id]["params"], "job_type": jobs[id]["job_type"]}
            for one in (one for one in events if one["job_id"] == id):
                latest = [other["attributes"] for other in batch if other["entity_id"] == one["entity_id"]]
                own = one["entity"] == batch[0]["entity"]
                common = {item[0]: item[1] for item in batch[0]["attributes"].items() if spelt(item) in agreed}
                wanted = (latest[-1] if own else common) | given
                if spelt(one["attributes"]) != spelt(wanted) or (not own and one["entity_id"] != id):
                    wrong.append(f"{one['id']} has {one['attributes']}, not {wanted}")
    return wrong


def differences(make_url: MakeUrl, cases: int) -> dict[int, list[str]]:
    start = int(os.environ.get("TS_SEED", START))
    found, sizes = {}, Counter[int]()
    for seed in range(start, start + cases):
        rng = random.Random(seed)
        rules, events = make_rules(rng), make_events(rng)
        fail = set(rng.choice([[], [], ["work"], ["shot"]]))
        with open_session(make_url(), rules) as session:
            said, _ = foretold(session, events, fail)
            emit(session, *events)
            engine(session, farm=True, until_idle=True, fail=fail).run_until_idle()
            done = trigger_log.entries(session)
            started = [row for row in done if row["status"] not in ("held", "refused")]
            wrong = once_each(session, rules, done) + inherited(session, done)
            with session.database.read() as connection:
                if connection.exec_driver_sql("SELECT count(*) FROM batches").scalar():
                    wrong.append("a batch still gathers")
        if entries(said["firings"]) != entries(started):
            wrong += [f"{a} / {b}" for a, b in zip(entries(said["firings"]), entries(started), strict=False) if a != b]
            wrong.append(f"{len(said['firings'])} foretold, {len(started)} done")
        refused = [(row["rule"], row["depth"], row["reason"]) for row in done if row["status"] == "refused"]
        if [(row["rule"], row["depth"], row["reason"]) for row in said["refusals"]] != refused:
            wrong.append("other refusals")
        if wrong:
            found[seed] = wrong
        sizes.update(Counter(row["batch"] for row in done if row.get("batch")).values())
    print(f"TS_SEED={start}: {len(found)} differences in {cases} cases; batches by size: {sorted(sizes.items())}")
    return found


@pytest.mark.timeout(300)
def test_bursts_are_foretold_and_done_once_on_sqlite(new_sqlite: MakeUrl) -> None:
    assert not differences(new_sqlite, CASES)


@pytest.mark.timeout(300)
def test_bursts_are_foretold_and_done_once_on_postgresql(new_postgres: MakeUrl) -> None:
    assert not differences(new_postgres, CASES // 6)
