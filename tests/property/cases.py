"""Whole random cases for difference tests: a profile, a pipeline, rules, halts and starting events from one seed.

`python -m tests.property.cases --stats 500` tells what the cases reach; `--show SEED` prints one.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from random import Random

from tests.property.dice import ATTRIBUTES, JOB_TYPES, KINDS, PARENTS, TYPES
from tests.property.reference import Reference, TooMuch
from tests.property.rule_maker import RuleMaker
from tests.property.values import Doc

MOST_ENTRIES = 300


@dataclass(frozen=True, slots=True)
class Case:
    """One case; all documents are in the formats of formats.md.

    Attributes:
        approved: ids of the rules whose approval stands.
        halts: `{"all": True}`, `{"project": id}` or `{"rule": id}`, standing before the first event.
        events: put on the bus, in order, before the engine starts.
        fail: job types whose jobs fail.
        gate_answers: "approve" or "refuse" for the oldest open gate, each given when nothing else is left.
    """

    seed: int
    profile: Doc
    pipeline: Doc
    rules: list[Doc]
    approved: set[str]
    halts: list[Doc]
    events: list[Doc]
    fail: set[str]
    gate_answers: list[str]

    @property
    def bundle(self) -> Doc:
        return {"format": "trigger-studio/1", "rules": self.rules}

    def reference(self) -> Reference:
        return Reference(
            self.profile, self.pipeline, self.rules, approved=self.approved, halts=self.halts, fuse=MOST_ENTRIES
        )

    def run(self, *, answered: bool = False) -> Doc:
        """All the events, one engine until idle; with the gates answered or left open."""
        return self.reference().run(self.events, fail=self.fail, gate_answers=self.gate_answers if answered else None)

    def predict(self, *, assume: bool = False) -> Doc:
        """What a dry run of the first event answers."""
        return self.reference().run(self.events[:1], fail=self.fail, assume_approvals=assume)


def make_case(seed: int) -> Case:
    """The case of a seed: the first of its attempts that ends within `MOST_ENTRIES` and is seldom empty."""
    rng = Random(seed)
    while True:
        case = Maker(rng, seed).case()
        try:
            entries = len(case.run(answered=True)["log"])
            case.predict(assume=True)
        except TooMuch:
            continue
        if entries > 2 or rng.random() < 0.03:
            return case


class Maker(RuleMaker):
    """Draws one case from a random source."""

    def __init__(self, rng: Random, seed: int) -> None:
        super().__init__(rng)
        self.seed = seed
        self.named: dict[tuple[tuple[str, str], str], str | None] = {}
        self.mood = rng.choice(["approved", "approved", "completed", "failed", "needs_review"])

    def case(self) -> Case:
        profile = self.profile()
        pipeline = self.pipeline()
        rules = [self.rule(number) for number in range(self.rng.randint(1, 12))]
        return Case(
            seed=self.seed,
            profile=profile,
            pipeline=pipeline,
            rules=rules,
            approved={rule["id"] for rule in rules if self.chance(0.9)},
            halts=self.halts(rules),
            events=self.events(),
            fail={job_type for job_type in JOB_TYPES if self.chance(0.12)},
            gate_answers=[self.rng.choice(["approve", "approve", "refuse"]) for _ in range(self.rng.randint(0, 8))],
        )

    # ---- profile and pipeline -----------------------------------------------------------------------------------

    def profile(self) -> Doc:
        pick = self.rng.choice
        emits: dict[str, list[str]] = {
            "scene_generation": pick([["scene"], ["scene"], ["scene", "qa"], []]),
            "variant_generation": pick([["variant"], ["variant"], ["variant", "scene"]]),
            "qa": pick([["qa"], ["qa"], ["qa", "scene"], []]),
            "concatenation": pick([["concatenation"], ["concatenation", "character"]]),
            "packaging": pick([["delivery"], ["delivery"], ["delivery", "project"]]),
        }
        job_types: Doc = {
            # multiples of 7, so that no two moments are exactly an hour apart; few of them, so that many are equal
            name: {
                "cost": "generation" if "generation" in name or self.chance(0.08) else "light",
                "gpu_hours": pick([0, 0.1, 2.5]),
                "duration_s": pick([7, 70, 70, 700, 1407, 5404]),
                "emits": emits[name],
            }
            for name in JOB_TYPES
        }
        human = ["variant.approved", "scene.approved", "delivery.approved"]
        return {
            "format": "trigger-studio-profile/1",
            "kinds": list(KINDS),
            "attributes": ATTRIBUTES,
            "job_types": job_types,
            "actions": {"trigger_qa": "qa", "start_concatenation": "concatenation", "package_delivery": "packaging"},
            "human": pick([human, human, ["qa.approved", *human[::-1]], ["scene.approved"]]),
            "limits": {
                "max_depth": pick([3, 4, 5, 6, 8, 10]),
                "firings_per_rule_and_entity_per_hour": pick([3, 4, 5, 100]),
            },
        }

    def pipeline(self) -> Doc:
        projects: list[Doc] = [{"id": f"p{n}"} for n in range(self.rng.randint(1, 3))]
        characters: list[Doc] = []
        variants: list[Doc] = []
        scenes: list[Doc] = []
        for n in range(self.rng.randint(1, 3)):
            project = self.rng.choice([*projects, *projects, {"id": None}])["id"]
            characters.append({"id": f"c{n}", "project": project})
            home = {"project": project, "character": f"c{n}"}
            variants += [{"id": f"v{n}{m}"} | self.some_of(home) for m in range(self.rng.randint(0, 2))]
            scenes += [{"id": f"s{n}{m}"} | self.some_of(home) for m in range(self.rng.randint(0, 3))]
        made: Doc = {"projects": projects, "characters": characters, "variants": variants, "scenes": scenes}
        for group, items in made.items():
            for item in items:
                self.entity(group.removesuffix("s"), item)
        return made

    def some_of(self, home: Doc) -> Doc:
        """The parents, now and then one of them null or left out."""
        return {k: v if self.chance(0.93) else None for k, v in home.items() if self.chance(0.93)}

    def entity(self, kind: str, item: Doc) -> None:
        item["name"] = f"The {item['id']}"
        if self.chance(0.8):
            item["status"] = self.rng.choice([self.mood] * 5 + ["approved", "completed", "draft"])
        if kind in PARENTS:
            item["attributes"] = {"scene_count": self.rng.choice([1, 2, 2, 2.5, 0, "three", None])}
        else:
            item["attributes"] = self.attributes(invalid=0.08)
        own = {kind: item["id"]} if kind in PARENTS else {}
        self.parents[kind, item["id"]] = {parent: item.get(parent) for parent in PARENTS} | own

    # ---- what happens -------------------------------------------------------------------------------------------

    def halts(self, rules: list[Doc]) -> list[Doc]:
        if not self.chance(0.18):
            return []
        return [self.rng.choice([{"all": True}, {"project": "p0"}, {"rule": self.rng.choice(rules)["id"]}])]

    def events(self) -> list[Doc]:
        made: list[Doc] = []
        for _ in range(self.rng.choice([0, 1, 2, 2, 3])):
            made += self.campaign()
        while not made or (len(made) < 12 and self.chance(0.7)):
            made.append(self.event(self.rng.choice(["completed", "completed", *TYPES]), self.target()))
        made = made[:12]
        for number, event in enumerate(made):
            event["id"] = f"evt-{number:03}"
        if self.chance(0.1):
            made.append(dict(self.rng.choice(made)))
        return made

    def campaign(self) -> list[Doc]:
        """Somebody approves everything of one kind under one parent, perhaps takes one back, perhaps does it again."""
        join = self.rng.choice([*self.joins, *self.joins, {"entity": "scene", "of": "character", "status": "approved"}])
        kind, of = join["entity"], join["of"]
        type_ = join["status"] if join["status"] in TYPES else "completed"
        homes = [home[of] for (kind_, _), home in self.parents.items() if kind_ == kind and home[of]]
        place = self.rng.choice(homes or [""])
        of_kind = [(key, home[of]) for key, home in self.parents.items() if key[0] == kind]
        keys = [key for key, parent in of_kind if parent == place or (parent is None and self.chance(0.5))]
        made = [self.event("completed" if self.chance(0.2) else type_, key) for key in keys]
        if made and self.chance(0.5):
            key = self.rng.choice(keys)
            made += [self.event(self.rng.choice(TYPES), key), self.event(type_, self.rng.choice(keys))]
            made += [self.event(type_, key)]
        return made

    def target(self) -> tuple[str, str]:
        if self.chance(0.8):
            return self.rng.choice([*self.parents, *(key for key in self.parents if key[0] not in PARENTS)])
        kind = self.rng.choice(KINDS)
        return kind, f"new-{kind}-{self.rng.randint(0, 1)}"

    def event(self, type_: str, key: tuple[str, str]) -> Doc:
        kind, id_ = key
        made: Doc = {"id": "", "type": type_, "entity": kind, "entity_id": id_, "occurred_at": "2026-11-20T09:30:00Z"}
        known = self.parents.get(key, {})
        for parent in PARENTS:
            anyone = [None, "p0", "p1"] if parent == "project" else [None, "c0", "c1"]
            own = id_ if kind == parent else known.get(parent) or self.named.get((key, parent))
            if self.chance(0.3 if own else 0.7):
                made[parent] = self.rng.choice([own, own, None]) if own else self.rng.choice(anyone)
                self.named[key, parent] = own or made[parent]
        if self.chance(0.4):
            made["attributes"] = self.attributes()
        return made


# ---- statistics -------------------------------------------------------------------------------------------------


def features(case: Case) -> Counter[str]:
    """What a case contains, counted; for the weights above."""
    result = case.run(answered=True)
    found: Counter[str] = Counter()
    completions: Counter[tuple[str, str]] = Counter()
    for row in result["log"]:
        found[f"{row['status']} {row['reason'] or ''}".strip()] += 1
        if row["status"] not in ("held", "refused"):
            found["firings"] += 1
            found["deepest"] = max(found["deepest"], row["depth"])
            found["jobs"] += row["jobs"]
            if row["completion"]:
                completions[row["rule"], row["completion"]["parent"]] += 1
                found["join completed"] += 1
                found["join deepened by a member"] += row["depth"] > row["event_depth"] + 1
                found["join of two or more"] += len(row["completion"]["pairs"]) > 1
        for action in row["actions"]:
            found[f"{action['type']} {action['status']}"] += 1
            if "yes" in action:
                found["branch taken " + ("then" if action["yes"] else "else")] += 1
    found["join completed again"] = sum(count > 1 for count in completions.values())
    found["status forestalled by a later write"] = result["overruled"]
    found["failed event"] = sum(event["type"] == "failed" for event in result["events"])
    known = {(key[:-1], item["id"]) for key, items in case.pipeline.items() for item in items}
    found["entity created"] = len({key for key in result["statuses"] if key not in known and key[0] != "job"})
    assumed = case.predict(assume=True)
    roots = [event for event in assumed["events"] if event["cause"] is None]
    found["human event assumed"] = len(roots) - 1
    found["duplicate event"] = len({event["id"] for event in case.events}) < len(case.events)
    text = json.dumps(case.rules)
    for word in ('"wait": false', "{{", '"none"', '"min": "scene_count"', "_id", '"mode": "parallel"'):
        found[f"rules hold {word}"] = word in text
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stats", type=int, metavar="N", help="what the first N cases reach")
    parser.add_argument("--show", type=int, metavar="SEED", help="print one case")
    options = parser.parse_args()
    if options.show is not None:
        case = make_case(options.show)
        print(json.dumps({name: getattr(case, name) for name in case.__slots__}, default=sorted, indent=1))
    if options.stats:
        counted = [features(make_case(seed)) for seed in range(options.stats)]
        for name in sorted(set().union(*counted)):
            values = [found[name] for found in counted]
            share = sum(value > 0 for value in values) / len(values)
            print(f"{name:40} in {share:6.1%} of the cases, {sum(values) / len(values):8.2f} each, most {max(values)}")


if __name__ == "__main__":
    main()
