"""Random days of a studio: what people and engines do one after another, on the reference and on the product."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any, cast

import sqlalchemy as sa

from tests.property.cases import Maker
from tests.property.compare import compare
from tests.property.dice import TYPES
from tests.property.reference import TooMuch
from tests.property.studio import Studio
from tests.property.values import Doc
from tests.support.accepting import AcceptingOutbox
from trigger_studio.decide.halts import Scope
from trigger_studio.engine.loop import Engine
from trigger_studio.errors import Fault
from trigger_studio.model.bundle import parse_bundle
from trigger_studio.model.entities import read_pipeline
from trigger_studio.model.event_codec import EventIn, EventParser
from trigger_studio.model.profiles import parse_profile
from trigger_studio.services import bus, controls, pipeline, rule_registry, simulation, trigger_log
from trigger_studio.services.session import Session
from trigger_studio.storage import tables
from trigger_studio.storage.runtime import SqlStore

STEPS = {
    "emit": 9, "end_job": 9, "reply": 3, "run": 10, "halt": 3, "resume": 2, "answer": 4, "edit": 2, "rename": 1,
    "switch": 1, "delete": 0.5, "approve": 1, "set_by_hand": 1, "import_one": 1, "foretell": 3,
}  # fmt: skip
MOST_ENTRIES = 200


class Day(Maker):
    """One day, drawn while it happens; the seed names it.

    Attributes:
        differences: what the product did otherwise than the reference, with the step after which it showed.
    """

    def __init__(self, seed: int, url: str, *, steps: int = 40) -> None:
        super().__init__(Random(seed), seed)
        self.differences: list[str] = []
        self.reached: Counter[str] = Counter()
        profile, pipeline_ = self.profile(), self.pipeline()
        self.farm = self.chance(0.3)
        self.fail = {name for name in profile["job_types"] if self.chance(0.1)}
        self.studio = Studio(profile, pipeline_, fuse=MOST_ENTRIES)
        self.studio.farm_there, self.studio.fail = self.farm, self.fail
        self.count = 0
        self.bundle: dict[str, Doc] = {}
        self.steps = steps
        with Session(url, profile=parse_profile(profile)) as self.session:
            self.door = EventParser(self.session.profile)
            pipeline.import_entities(self.session, read_pipeline(pipeline_, self.session.profile))
            for number in range(self.rng.randint(2, 9)):
                self.publish(self.rule(number))
            for rule_id in list(self.bundle):
                if self.chance(0.9):
                    self.approve(rule_id)
            self.live()

    def live(self) -> None:
        """Step by step, until something differs."""
        try:
            for number in range(self.steps):
                name = self.weighed(cast(dict[str, int], STEPS))
                step: Callable[[], object] = getattr(self, name)
                step()
                self.reached[name] += 1
                if self.differences:
                    self.differences = [f"step {number} ({name}): {line}" for line in self.differences]
                    return
            self.run()
            self.reached.update(f"{row['status']} {row['reason']}" for row in self.studio.log if row["reason"])
        except TooMuch:
            self.reached["too much"] = 1

    # ---- rules --------------------------------------------------------------------------------------------------

    def publish(self, rule: Doc) -> None:
        self.bundle[rule["id"]] = rule
        self.studio.publish(rule)
        rule_registry.publish(
            self.session, parse_bundle({"format": "trigger-studio/1", "rules": [rule]}, self.session.profile)
        )

    def edit(self) -> None:
        """A new rule, or another one under an id that is known."""
        made = self.rule(self.rng.randint(0, 9))
        if self.bundle and self.chance(0.7):
            made["id"] = self.rng.choice(list(self.bundle))
        self.publish(made)

    def rename(self) -> None:
        if self.bundle:
            known = self.rng.choice(list(self.bundle.values()))
            self.publish(known | {"name": f"Renamed {self.count}", "priority": self.rng.choice([0, 500, 1000])})

    def switch(self) -> None:
        if self.bundle:
            rule = self.rng.choice(list(self.bundle.values()))
            on = not rule.get("enabled", True)
            self.bundle[rule["id"]] = rule | {"enabled": on}
            self.studio.publish(rule | {"enabled": on})
            rule_registry.set_enabled(self.session, rule["id"], on)

    def delete(self) -> None:
        if len(self.bundle) > 1:
            rule_id = self.rng.choice(list(self.bundle))
            del self.bundle[rule_id]
            self.studio.delete(rule_id)
            rule_registry.delete(self.session, rule_id)

    def approve(self, rule_id: str | None = None) -> None:
        rule_id = rule_id or self.rng.choice(list(self.bundle))
        self.studio.approve(rule_id)
        rule_registry.approve(self.session, rule_id)

    # ---- halts, gates, statuses ---------------------------------------------------------------------------------

    def halt(self) -> None:
        """What started before goes on under it, as far as it may."""
        rule = self.rng.choice(list(self.bundle))
        halts: list[Doc] = [{"all": True}, {"project": "p0"}, {"rule": rule}]
        if self.studio.log:
            halts.append({"chain": self.rng.choice(self.studio.log)["chain"]})
        halt = self.rng.choice(halts)
        self.studio.halt(halt)
        controls.halt(self.session, *scope_of(halt), "as the day has it", force=True)
        self.reached[f"halt of {next(iter(halt))}"] += 1
        if self.chance(0.7):
            for _ in range(3):
                self.end_job()
            self.answer()
            self.emit()
            self.run()

    def resume(self) -> None:
        if self.studio.halts:
            halt, how = self.rng.choice(self.studio.halts), self.rng.choice(["replay", "replay", "discard"])
            self.studio.resume(halt, how)
            resumed = controls.resume(self.session, *scope_of(halt), discard=how == "discard")
            self.reached[f"{how}ed"] += resumed.held > 0
            self.reached["stalled"] += resumed.continued > 0

    def answer(self) -> None:
        waiting = controls.gates(self.session)
        if len(waiting) != len(self.studio.gates):
            self.differences.append(f"{len(self.studio.gates)} gates expected, {len(waiting)} found")
        elif waiting:
            number, yes = self.rng.randrange(len(waiting)), self.chance(0.7)
            self.studio.answer(number, yes)
            controls.answer_gate(self.session, waiting[number].id, approve=yes)

    def set_by_hand(self) -> None:
        kind, id_ = self.rng.choice(sorted(key for key in self.studio.entities if key[0] != "job"))
        status = self.rng.choice(["approved", "completed", "draft", "needs_review"])
        self.studio.set_by_hand((kind, id_), status)
        pipeline.set_status(self.session, kind, self.text(id_), status)

    def import_one(self) -> None:
        """A member more, or other attributes, a status or a parent of one that is there."""
        kind = self.rng.choice(["scene", "scene", "variant", "character"])
        id_ = self.rng.choice([f"late-{self.count}", *(id_ for kind_, id_ in self.parents if kind_ == kind)])
        item: Doc = {"id": id_}
        if (kind, id_) not in self.parents:
            item |= {"project": self.rng.choice(["p0", None]), "character": self.rng.choice(["c0", "c1"])}
            item.pop(kind, None)
        self.entity(kind, item)
        known = self.studio.entities.get((kind, id_), {})
        self.parents[kind, id_] |= {parent: known[parent] for parent in ("project", "character") if known}
        self.studio.import_one((kind, id_), item)
        pipeline.import_entities(self.session, read_pipeline({f"{kind}s": [item]}, self.session.profile))

    # ---- events -------------------------------------------------------------------------------------------------

    def emit(self) -> None:
        """A few events from outside, some of them caused by what there is."""
        many = self.campaign() if self.chance(0.4) else [self.event(self.rng.choice(TYPES), self.target())]
        for event in many:
            self.raise_one(event)

    def end_job(self) -> None:
        """The studio's own farm ends a job, and says what it came back with."""
        if self.studio.farm and not self.farm:
            job = self.rng.choice(self.studio.farm)
            end = {"type": self.rng.choice(["completed"] * 4 + ["failed", "approved"]), "attributes": self.attributes()}
            event = {"id": "", **end, "entity": "job", "entity_id": job["id"]}
            if self.chance(0.7):
                event["job_id"] = job["id"]
            self.raise_one(event)
            for kind in self.studio.profile["job_types"][job["type"]].get("emits", []):
                if self.chance(0.6):
                    about = {"entity": kind, "entity_id": self.studio.emitted_id(job, kind)}
                    self.raise_one(event | about | ({"job_id": job["id"]} if self.chance(0.5) else {}))

    def reply(self) -> None:
        """Something outside answers a webhook or message, and says by which firing it was caused."""
        if self.studio.log:
            row = self.rng.choice(self.studio.log)
            event = self.event(self.rng.choice(TYPES), self.target())
            if row["jobs"] and self.chance(0.5):
                self.raise_one(event | {"job_id": self.rng.choice(row["jobs"])["id"]})
            else:
                self.raise_one(event | {"cause": row["id"]})

    def raise_one(self, event: Doc) -> None:
        event = dict(event, id=f"evt-{self.count:03}")
        self.count += 1
        try:
            self.studio.check_outside(event)
        except ValueError:
            return  # an entity that an engine made has other parents by now
        self.studio.emit(event)
        bus.emit(self.session, [("event", self.read(event))])

    def read(self, event: Doc) -> EventIn:
        faults: list[Fault] = []
        given = {key: self.text(value) for key, value in event.items()}
        read = self.door.read(given, faults)
        assert read is not None, faults
        return read

    def text(self, value: Any) -> Any:
        """The product's ids in place of the reference's."""
        return self.ids.get(value, value) if isinstance(value, str) else value

    @property
    def ids(self) -> dict[str, str]:
        """Of firings and jobs: the reference's, and the product's that stand at the same place of the log."""
        found: dict[str, str] = {}
        for ours, theirs in zip(self.studio.log, trigger_log.entries(self.session), strict=False):
            found[ours["id"]] = theirs["id"]
            found |= dict(zip([job["id"] for job in ours["jobs"]], theirs["jobs"], strict=False))
        return found

    # ---- engines ------------------------------------------------------------------------------------------------

    def run(self) -> None:
        self.studio.run_until_idle()
        store = SqlStore(self.session.database, self.session.cache, "engine")
        outbox = AcceptingOutbox(self.session.database, "engine")
        Engine(store, lambda: outbox, farm=self.farm, until_idle=True, fail=self.fail).run_until_idle()
        statuses = {entity.key: entity.status for entity in pipeline.entities(self.session)}
        said = trigger_log.entries(self.session)
        self.differences += compare(self.studio.result(), said, events=self.stored(), statuses=statuses)

    def stored(self) -> list[Doc]:
        table = tables.events
        with self.session.database.read() as connection:
            rows = connection.execute(sa.select(table).order_by(table.c.seq)).mappings().all()
        return [
            {key: row[key] for key in ("type", "entity", "entity_id", "project", "character", "depth", "id")}
            for row in rows
        ]

    def foretell(self) -> None:
        """The dry run and the explanations of an event, amid whatever stands open."""
        self.run()
        event = dict(self.event(self.rng.choice(TYPES), self.target()), id="probe")
        if self.studio.farm and self.chance(0.2):
            event = {"id": "probe", "type": "completed", "entity": "job", "entity_id": self.studio.farm[0]["id"]}
        try:
            self.studio.check_outside(event)
        except ValueError:
            return
        read, assume = self.read(event), self.chance(0.3)
        outcome = simulation.dry_run(self.session, read, assume_approvals=assume, fail=self.fail)
        expected, told = self.studio.foretell(event, assume=assume, fail=self.fail), simulation.report(outcome)
        names = {theirs: ours for ours, theirs in self.ids.items()}
        changes = outcome.world.changes
        late = [job for job in changes.new_jobs if changes.jobs[job].firing not in changes.new_firings]
        names |= dict(zip(late, expected["jobs of old firings"], strict=False))
        for row in told["firings"]:
            row["cause"] = None if row["cause"] in names else row["cause"]
            row["event"] = renamed(row["event"], names)
        self.differences += compare(expected, told)
        fires = {rule_id for rule_id in sorted(self.bundle) if self.explained(rule_id, read)}
        if fires != self.studio.explain(event):
            self.differences.append(f"explained to fire: {sorted(fires)}, expected {self.studio.explain(event)}")

    def explained(self, rule_id: str, event: EventIn) -> bool:
        """Whether the rule is said to fire: it does just if every check passes that stands in no group."""
        told = simulation.explain(self.session, rule_id, event)
        passed = all(check["passed"] for check in told["checks"] if "[" not in check["path"])
        if told["fires"] != passed:
            self.differences.append(f"{rule_id} fires: {told['fires']}, but its checks: {passed}")
        return passed


def renamed(event: Doc, names: dict[str, str]) -> Doc:
    """The event with the ids of what stood before it as the reference has them, also inside texts."""
    text = json.dumps(event)
    for theirs in sorted(names, key=len, reverse=True):
        text = text.replace(theirs, names[theirs])
    made: Doc = json.loads(text)
    return made


def scope_of(halt: Doc) -> tuple[Scope, str]:
    ((scope, target),) = halt.items()
    return cast(Scope, scope), "" if target is True else target
