"""A studio's day in the reference's words: rules come and go, halts stand, jobs end outside, gates are answered."""

from __future__ import annotations

import json
from copy import deepcopy

from tests.property.reference import RULE_DEFAULTS, Reference, TooMuch
from tests.property.values import Doc

FREE = ("name", "description", "enabled", "priority")
"""What may be edited without ending an approval."""


class Studio(Reference):
    """One pipeline database that people use between the runs of an engine.

    Attributes:
        farm_there: whether the engine comes with the simulated farm.
    """

    def __init__(self, profile: Doc, pipeline: Doc, *, fuse: int) -> None:
        super().__init__(profile, pipeline, [], approved=set(), fuse=fuse)
        self.farm_there = False
        self.frozen: list[str] = []  # jobs that a dry run leaves open
        self.signals: list[tuple[str, Doc, Doc]] = []
        self.stamps: set[str] = set()

    # ---- what people do -----------------------------------------------------------------------------------------

    def publish(self, document: Doc) -> None:
        self.delete(document["id"])
        self.rules.append(RULE_DEFAULTS | document)

    def delete(self, rule_id: str) -> None:
        self.rules = [rule for rule in self.rules if rule["id"] != rule_id]

    def approve(self, rule_id: str) -> None:
        self.stamps |= {stamp(rule) for rule in self.rules if rule["id"] == rule_id}

    def halt(self, halt: Doc) -> None:
        if halt not in self.halts:
            self.halts.append(halt)

    def resume(self, halt: Doc, how: str) -> None:
        """Lifts a halt; what it held is replayed or discarded, and what it stalled goes on, but for other halts."""
        self.halts.remove(halt)
        scope = [row for row in self.log if self.covers(halt, row)]
        free = [row for row in scope if not any(self.covers(other, row) for other in self.halts)]
        held = [row for row in scope if row["status"] == "held" and (row in free or row["reason"] == "hourly")]
        self.signals += [(how, row, {}) for row in held]
        self.signals += [("continue", row, {}) for row in free if row.get("stalled")]

    def covers(self, halt: Doc, row: Doc) -> bool:
        return self.halted(halt, {"id": row["rule"]}, row["event"])

    def answer(self, number: int, yes: bool) -> None:
        firing, node = self.gates.pop(number)
        self.signals.append(("done" if yes else "failed", firing, node))

    def set_by_hand(self, key: tuple[str, str], status: str) -> None:
        self.place += 1
        self.write_status(self.entities[key], status, self.place, 0)

    def import_one(self, key: tuple[str, str], item: Doc) -> None:
        """What an entry leaves out stays as it was."""
        self.place += 1
        entity = self.entities.get(key)
        if entity is None:
            self.create(key, item, item.get("status", "draft"), self.place, 0)
            return
        entity["name"] = item.get("name", entity["name"])
        for parent in ("project", "character"):
            entity[parent] = item.get(parent) or entity[parent]
        given = {name: value for name, value in (item.get("attributes") or {}).items() if value is not None}
        entity["attributes"] = entity["attributes"] | given
        if "status" in item:
            self.write_status(entity, item["status"], self.place, 0)

    # ---- what the engine does -----------------------------------------------------------------------------------

    def run_until_idle(self) -> None:
        while self.step([]):
            if len(self.log) > self.fuse or len(self.decided) > 10 * self.fuse:
                raise TooMuch

    def step(self, answers: list[str]) -> bool:
        if not self.signals:
            return super().step(answers)
        kind, row, node = self.signals.pop(0)
        if kind in ("replay", "discard"):
            self.release(row, kind)
        elif kind != "continue":
            self.end_action(row, node, kind, {})
        elif row["stalled"]:
            self.go_on(row)
        return True

    def release(self, row: Doc, how: str) -> None:
        """A held firing is looked at again, by the rule as it stands now; everything but its conditions counts."""
        if row["status"] != "held":
            return
        rule = next((rule for rule in self.rules if rule["id"] == row["rule"] and rule["enabled"]), None)
        if rule is None or how == "discard":
            row |= {"status": "refused", "reason": "discarded"}
            return
        self.judge(row, rule)
        if row["root"]:
            self.go_on(row)

    def is_approved(self, rule: Doc) -> bool:
        return stamp(rule) in self.stamps

    def farm_runs(self, job: Doc) -> bool:
        return self.farm_there and job["id"] not in self.frozen

    # ---- what is foretold ---------------------------------------------------------------------------------------

    def foretell(self, event: Doc, *, assume: bool = False, fail: set[str]) -> Doc:
        """What a dry run answers now: what there is stands still, and what the event starts goes on."""
        copy = deepcopy(self)
        copy.farm_there, copy.assume, copy.fail = True, assume, fail
        copy.frozen = [job["id"] for job in copy.farm]
        copy.decided, before, jobs = [], len(copy.log), len(copy.jobs)
        copy.known_ids.pop(event["id"], None)
        copy.emit(event)
        copy.run_until_idle()
        told = copy.result()
        old = {row["id"] for row in told["log"][:before]}
        for part in ("log", "firings", "held", "refusals"):
            told[part] = [row for row in told[part] if row.get("id") not in old]
        new = told["log"][before - len(old) :]
        short = ("rule", "depth", "reason", "entity_id")
        for part, status in (("held", "held"), ("refusals", "refused")):
            told[part] = [{key: row[key] for key in short} for row in new if row["status"] == status]
        mine = [job for job in copy.jobs[jobs:] if job["firing"]["id"] not in old]
        told["totals"] = {"firings": len(told["firings"]), "jobs": len(mine)}
        told["jobs of old firings"] = [job["id"] for job in copy.jobs[jobs:] if job["firing"]["id"] in old]
        return told

    def explain(self, event: Doc) -> set[str]:
        """The rules that would fire on an event now."""
        copy = deepcopy(self)
        before = len(copy.log)
        copy.known_ids.pop(event["id"], None)
        copy.emit(event)
        copy.decide(copy.bus.pop(0))
        return {row["rule"] for row in copy.log[before:] if row["root"]}


def stamp(rule: Doc) -> str:
    """What an approval stands for: all of a rule that counts."""
    return json.dumps({key: value for key, value in rule.items() if key not in FREE}, sort_keys=True)
