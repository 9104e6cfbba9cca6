"""A second, deliberately naive account of what the engine promises, for difference tests.

It shares no code with the product: plain dicts and lists, one loop, no index, nothing clever. Where product and
reference differ, one of them has misread the promises. Times are virtual seconds from 0; a *place* is a position in the
one global order of commits.
"""

from __future__ import annotations

from tests.property.values import Doc, clean, fill, holds, valid

IMPORTED = {"projects": "project", "characters": "character", "variants": "variant", "scenes": "scene"}
GROUPS = ("parallel", "sequence", "branch")
DELIVERIES = ("send_notification", "call_webhook")
EVENT_STATUSES = ("completed", "approved", "failed")
EVENT_KEYS = ("id", "type", "entity", "entity_id", "project", "character", "occurred_at", "job_id", "cause")
RULE_DEFAULTS: Doc = {
    "description": "",
    "enabled": True,
    "project": None,
    "priority": 100,
    "mode": "sequential",
    "max_depth": 10,
}


class TooMuch(Exception):
    """The case ran over the number of decisions the caller allows."""


class Reference:
    """One pipeline database, one engine and one simulated farm, in memory."""

    def __init__(
        self,
        profile: Doc,
        pipeline: Doc,
        rules: list[Doc],
        *,
        approved: set[str] | str = "all",
        halts: list[Doc] | None = None,
        fuse: int = 5000,
    ) -> None:
        """Takes documents in the formats of formats.md; `approved` holds rule ids, or is "all"."""
        self.profile = profile
        self.rules = [RULE_DEFAULTS | rule for rule in rules]
        self.approved = approved
        self.halts = halts or []
        self.fuse = fuse
        self.clock = 0.0
        self.place = 0
        self.entities: dict[tuple[str, str], Doc] = {}
        self.known_ids: dict[str, Doc] = {}  # outside events as written, by id
        self.stored: list[Doc] = []  # every event there ever was, decided or not
        self.bus: list[Doc] = []
        self.decided: list[Doc] = []
        self.jobs: list[Doc] = []
        self.farm: list[Doc] = []  # jobs that still run
        self.log: list[Doc] = []  # firings, held ones and refusals, in the order of their decision
        self.settling: list[tuple[Doc, Doc]] = []  # (firing, action) whose outside work is under way
        self.gates: list[tuple[Doc, Doc]] = []
        self.fail: set[str] = set()
        self.assume = False
        self.overruled = 0  # undecided events whose status a later write forestalled
        self.raised: list[tuple[str, str, str]] = []  # human events already assumed
        for key, kind in IMPORTED.items():
            for item in pipeline.get(key, []):
                self.create((kind, item["id"]), item, item.get("status", "draft"), 0, 0)

    # ---- running ----------------------------------------------------------------------------------------------

    def run(
        self,
        events: list[Doc],
        *,
        fail: set[str] | tuple[str, ...] = (),
        assume_approvals: bool = False,
        gate_answers: list[str] | None = None,
    ) -> Doc:
        """Emits all the events, then runs until idle; each gate answer goes to the oldest open gate once idle."""
        self.fail = set(fail)
        self.assume = assume_approvals
        answers = list(gate_answers or [])
        for event in events:
            self.emit(event)
        while self.step(answers):
            if len(self.log) > self.fuse or len(self.decided) > 10 * self.fuse:
                raise TooMuch
        return self.result()

    def step(self, answers: list[str]) -> bool:
        """Does the next thing there is to do; False when nothing is left."""
        ending = [job for job in self.farm if self.farm_runs(job)]
        if self.settling:
            firing, node = self.settling.pop(0)
            self.end_action(firing, node, "done", {})
        elif self.bus:
            self.decide(self.bus.pop(0))
        elif ending:
            self.end_job(min(ending, key=lambda job: (job["ends"], job["number"])))
        elif self.assume and self.human_events():
            for event in self.human_events():
                self.raised.append((event["type"], event["entity"], event["entity_id"]))
                self.store(event, 0, None, None)
        elif answers and self.gates:
            firing, node = self.gates.pop(0)
            self.end_action(firing, node, "done" if answers.pop(0) == "approve" else "failed", {})
        else:
            return False
        return True

    def farm_runs(self, job: Doc) -> bool:
        """Whether the simulated farm is there to end this job."""
        return True

    def emit(self, event: Doc) -> None:
        """Puts an event from outside on the bus."""
        if event["id"] in self.known_ids:
            if self.known_ids[event["id"]] != event:
                raise ValueError(f"event id {event['id']} was used with other content")
            return
        self.check_outside(event)
        self.known_ids[event["id"]] = event
        job = next((job for job in self.jobs if job["id"] == event.get("job_id")), None)
        causes = [row for row in self.log if row["id"] == event.get("cause")]
        firing = job["firing"] if job else causes[0] if causes else None
        if firing:
            self.store(event, firing["depth"], firing["chain"], firing["id"])
            return
        open_jobs = [job for job in self.farm if (event["entity"], event["entity_id"]) in self.entities_of(job)]
        self.store(event, max([job["firing"]["depth"] for job in open_jobs], default=0), None, None)

    def check_outside(self, event: Doc) -> None:
        for name, value in (event.get("attributes") or {}).items():
            if value is not None and not valid(self.profile, name, value):
                raise ValueError(f"{name} of {event['id']} is outside its domain")
        known = self.as_stored(event) or {}
        for parent in ("project", "character"):
            named = [e[parent] for e in self.about(event) if e[parent] is not None]
            own = event["entity_id"] if event["entity"] == parent else known.get(parent) or (named or [None])[0]
            if event.get(parent) is not None and own is not None and event[parent] != own:
                raise ValueError(f"{parent} of {event['id']} contradicts what is known")

    def about(self, event: Doc) -> list[Doc]:
        """The events stored so far about the same entity."""
        return [e for e in self.stored if all(e[key] == event[key] for key in ("entity", "entity_id"))]

    def as_stored(self, event: Doc) -> Doc | None:
        """The event's entity, or as the first event about it will make it once it is decided."""
        return self.entities.get((event["entity"], event["entity_id"])) or next(iter(self.about(event)), None)

    def entities_of(self, job: Doc) -> list[tuple[str, str]]:
        """Itself, its event's entity, whomever its `<kind>_id` parameters name, and whom its own events are about."""
        event = job["firing"]["event"]
        given = {kind: job["params"].get(f"{kind}_id") for kind in self.profile["kinds"]}
        named = [(kind, id_) for kind, id_ in given.items() if isinstance(id_, str) and id_]
        kinds = self.profile["job_types"][job["type"]].get("emits", [])
        touched = [(kind, self.emitted_id(job, kind)) for kind in kinds]
        return [("job", job["id"]), (event["entity"], event["entity_id"]), *named, *touched]

    def store(self, event: Doc, depth: int, chain: str | None, cause: str | None) -> None:
        """Fills an event from the known entity and puts it on the bus: here its depth and place become fixed."""
        self.place += 1
        known = self.as_stored(event)
        stored = dict(event, place=self.place, depth=depth, firing=cause)
        stored.setdefault("id", f"raised-{self.place}")
        stored["chain"] = chain or stored["id"]
        stored["attributes"] = clean(self.profile, event.get("attributes") or {})
        for parent in ("project", "character"):
            stored[parent] = event.get(parent)
            if known and known[parent] is not None:
                stored[parent] = known[parent]
            if event["entity"] == parent:
                stored[parent] = event["entity_id"]
        if known:
            stored["attributes"] = clean(self.profile, known["attributes"]) | stored["attributes"]
        self.stored.append(stored)
        self.bus.append(stored)

    def human_events(self) -> list[Doc]:
        """What people are awaited for: (event in `human`) x (entity that completed in this run), not raised yet."""
        due = []
        for word in self.profile.get("human", []):
            kind, kind_of_event = word.split(".")
            heard = [r for r in self.rules if r["enabled"] and r["when"]["event"] == kind_of_event]
            if not any(rule["when"]["entity"] == kind for rule in heard):
                continue
            for event in self.decided:
                key = (kind_of_event, kind, event["entity_id"])
                new = {"type": kind_of_event, "entity": kind, "entity_id": event["entity_id"]}
                completed = event["type"] == "completed" and event["entity"] == kind
                if completed and key not in self.raised and new not in due:
                    due.append(new)
        return due

    # ---- the world --------------------------------------------------------------------------------------------

    def create(self, key: tuple[str, str], source: Doc, status: str, place: int, depth: int) -> None:
        """An entity takes its parents and attributes from an event, a submission or an import."""
        kind, id_ = key
        entity = {"kind": kind, "id": id_, "name": source.get("name"), "status": status}
        entity["project"] = id_ if kind == "project" else source.get("project")
        entity["character"] = id_ if kind == "character" else source.get("character")
        entity["attributes"] = dict(source.get("attributes") or {})
        entity |= {"written": place, "changed": place, "depth": depth}
        self.entities[kind, id_] = entity

    def write_status(self, entity: Doc, status: str, place: int, depth: int) -> None:
        """The write committed last wins; only a new value is a real change."""
        if place < entity["written"]:
            self.overruled += 1
            return
        entity["written"] = place
        if entity["status"] != status:
            entity |= {"status": status, "changed": place, "depth": depth}

    # ---- matching ---------------------------------------------------------------------------------------------

    def in_scope(self, rule: Doc, event: Doc) -> bool:
        when = rule["when"]
        if (when["event"], when["entity"]) != (event["type"], event["entity"]):
            return False
        if rule["project"] is not None and rule["project"] != event["project"]:
            return False
        characters = when.get("scope", {}).get("characters")
        if characters == "all":
            return event["character"] is not None
        return characters is None or event["character"] in characters

    def join(self, rule: Doc, event: Doc) -> Doc | None:
        """The completion that makes the join hold now: its parent, its (member, change) pairs, its depth; or None."""
        every = rule["when"]["every"]
        of = every["of"]
        parent = self.entities[event["entity"], event["entity_id"]][of]
        if parent is None:
            return None
        members = [e for e in self.entities.values() if e["kind"] == every["entity"] and e[of] == parent]
        members = [e for e in members if holds(self.profile, every.get("where"), clean(self.profile, e["attributes"]))]
        least = every.get("min", 1)
        if isinstance(least, str):
            holder = self.entities.get((of, parent), {"attributes": {}})
            least = clean(self.profile, holder["attributes"]).get(least)
            if isinstance(least, bool) or not isinstance(least, int | float):
                return None
        if len(members) < max(1, least) or any(e["status"] != every["status"] for e in members):
            return None
        pairs = {(e["id"], e["changed"]) for e in members}
        for row in self.log:
            done = row["completion"]
            counts = done and row["rule"] == rule["id"] and row["status"] != "refused"
            if counts and done["parent"] == parent and pairs <= done["pairs"]:
                return None
        return {"parent": parent, "pairs": pairs, "depth": max(e["depth"] for e in members)}

    # ---- decisions --------------------------------------------------------------------------------------------

    def decide(self, event: Doc) -> None:
        """One event: its status, every rule against that world, the actions, the waiting firing, all in one commit."""
        self.decided.append(event)
        key = (event["entity"], event["entity_id"])
        if key in self.entities:
            self.write_status(self.entities[key], event["type"], event["place"], event["depth"])
        else:
            self.create(key, event, event["type"], event["place"], event["depth"])
        started = []
        for rule in sorted(self.rules, key=lambda rule: (-rule["priority"], rule["id"])):
            if not rule["enabled"] or not self.in_scope(rule, event):
                continue
            if not holds(self.profile, rule["when"].get("where"), event["attributes"]):
                continue
            completion = self.join(rule, event) if rule["when"].get("every") else None
            if rule["when"].get("every") and completion is None:
                continue
            started.append(self.entry(rule, event, completion))
        self.log += started
        for firing in started:
            if firing["root"]:
                self.go_on(firing)
        self.continue_waiting(event)

    def entry(self, rule: Doc, event: Doc, completion: Doc | None) -> Doc:
        """The log's entry for a rule that matched: a firing to start, a held one, or a refusal."""
        depth = max(event["depth"], completion["depth"] if completion else 0) + 1
        row: Doc = {"id": f"f{event['place']}-{rule['id']}", "rule": rule["id"], "event": event, "depth": depth}
        row |= {"chain": event["chain"], "cause": event["firing"], "completion": completion, "root": None, "jobs": []}
        self.judge(row, rule)
        return row

    def judge(self, row: Doc, rule: Doc) -> None:
        """Whether it starts, is held or refused, and why."""
        event, depth = row["event"], row["depth"]
        row |= {"document": rule, "reason": None, "status": "refused", "at": self.clock}
        limits = self.profile.get("limits", {})
        hour = [
            old
            for old in self.log
            if old["root"] and old["rule"] == rule["id"] and old["at"] > self.clock - 3600
            if all(old["event"][key] == event[key] for key in ("entity", "entity_id"))
        ]
        if any(self.halted(halt, rule, event) for halt in self.halts):
            row |= {"status": "held", "reason": "halt"}
        elif depth > min(rule["max_depth"], limits.get("max_depth", 10)):
            row["reason"] = "depth"
        elif self.costly(rule["actions"]) and not self.is_approved(rule):
            row["reason"] = "approval"
        elif len(hour) >= limits.get("firings_per_rule_and_entity_per_hour", 100):
            row |= {"status": "held", "reason": "hourly"}
        else:
            kind = "parallel" if rule["mode"] == "parallel" else "sequence"
            row |= {"status": "started", "root": self.node({"type": kind, "actions": rule["actions"]})}

    def is_approved(self, rule: Doc) -> bool:
        return self.approved == "all" or rule["id"] in self.approved

    def halted(self, halt: Doc, rule: Doc, event: Doc) -> bool:
        in_project = halt.get("project") is not None and halt["project"] == event["project"]
        in_chain = halt.get("chain") is not None and halt["chain"] == event["chain"]
        return bool(halt.get("all")) or in_project or in_chain or halt.get("rule") == rule["id"]

    def costly(self, actions: list[Doc]) -> bool:
        """Whether any action, in any branch, submits a generation job."""
        for action in actions:
            job_type = action.get("job_type") or self.profile.get("actions", {}).get(action["type"])
            if job_type and self.profile["job_types"][job_type]["cost"] == "generation":
                return True
            if any(self.costly(action.get(side) or []) for side in ("actions", "then", "else")):
                return True
        return False

    def continue_waiting(self, event: Doc) -> None:
        """A job's end is decided: the firing that waits for it goes on."""
        for job in self.jobs:
            if event["entity"] != "job" or job["id"] != event["entity_id"] or event["type"] == "approved":
                continue
            if job in self.farm:  # its end came from outside, with what it came back with
                self.farm.remove(job)
                job["results"] = clean(self.profile, job["results"] | event["attributes"])
            if job["node"]["status"] == "running":
                good = event["type"] == "completed"
                self.end_action(job["firing"], job["node"], "done" if good else "failed", job["results"])

    # ---- actions ----------------------------------------------------------------------------------------------

    def node(self, action: Doc) -> Doc:
        """The running copy of an action; a branch gets its content when it is resolved."""
        return {
            "action": action,
            "type": action["type"],
            "status": "pending",
            "results": {},
            "children": [self.node(child) for child in action.get("actions", [])],
        }

    def end_action(self, firing: Doc, node: Doc, status: str, results: Doc) -> None:
        node |= {"status": status, "results": results}
        self.go_on(firing)

    def go_on(self, firing: Doc) -> None:
        firing["stalled"] = False
        self.advance(firing, firing["root"], {})

    def advance(self, firing: Doc, node: Doc, seen: Doc) -> None:
        """Goes as far as it can below `node`; `seen` is what the jobs finished before it came back with."""
        if node["status"] in ("done", "failed", "skipped"):
            return
        starts = node["status"] == "pending" and (node["type"] not in GROUPS or node["type"] == "branch")
        if starts and any(self.halted(halt, firing["document"], firing["event"]) for halt in self.halts):
            firing["stalled"] = True
            return
        if node["type"] not in GROUPS:
            if node["status"] == "pending":
                self.start(firing, node, seen)
            return
        if node["type"] == "branch" and node["status"] == "pending":
            self.resolve(firing, node, seen)
        node["status"] = "running"
        self.advance_children(firing, node, seen)
        ends = [child["status"] for child in node["children"]]
        if all(end in ("done", "failed", "skipped") for end in ends):
            node["status"] = "failed" if "failed" in ends else "done"
            for child in node["children"]:
                node["results"] = node["results"] | child["results"]

    def advance_children(self, firing: Doc, node: Doc, seen: Doc) -> None:
        """All at once in a parallel; one after another, until one is open or has failed, everywhere else."""
        for index, child in enumerate(node["children"]):
            self.advance(firing, child, seen)
            if node["type"] == "parallel":
                continue
            if child["status"] == "failed":
                for later in node["children"][index + 1 :]:
                    later["status"] = "skipped"
            if child["status"] != "done":
                break
            seen = seen | child["results"]

    def resolve(self, firing: Doc, node: Doc, seen: Doc) -> None:
        yes = holds(self.profile, node["action"]["if"], firing["event"]["attributes"] | seen)
        taken = node["action"]["then"] if yes else node["action"].get("else") or []
        node |= {"children": [self.node(child) for child in taken], "yes": yes}

    def start(self, firing: Doc, node: Doc, seen: Doc) -> None:
        action = node["action"]
        event = firing["event"]
        if node["type"] == "set_status":
            self.set_status(firing, action["status"])
            node["status"] = "done"
        elif node["type"] == "gate":
            node["status"] = "waiting"
            (self.settling if self.assume else self.gates).append((firing, node))
        elif node["type"] in DELIVERIES:
            node["status"] = "waiting"
            self.settling.append((firing, node))
        else:
            job_type = action.get("job_type") or self.profile["actions"][node["type"]]
            names = self.names(firing, event | {"attributes": event["attributes"] | seen})
            params = fill(action.get("params") or {}, names)
            self.submit(firing, node, job_type, params)
            node["status"] = "running" if action.get("wait", True) else "done"

    def set_status(self, firing: Doc, status: str) -> None:
        event = firing["event"]
        self.place += 1
        entity = self.entities[event["entity"], event["entity_id"]]
        self.write_status(entity, status, self.place, firing["depth"])
        if status in EVENT_STATUSES:
            new = {key: event[key] for key in ("entity", "entity_id", "project", "character", "attributes")}
            self.store(new | {"type": status}, firing["depth"], firing["chain"], firing["id"])

    def names(self, firing: Doc, event: Doc) -> Doc:
        """What templates may read, by its first word."""
        entity = self.entities[event["entity"], event["entity_id"]]
        keys = ("id", "kind", "name", "status", "project", "character")
        return {
            "event": event["attributes"] | {key: event[key] for key in EVENT_KEYS if event.get(key) is not None},
            "entity": clean(self.profile, entity["attributes"]) | {k: entity[k] for k in keys if entity[k] is not None},
            "rule": firing["document"],
            "firing": {key: firing[key] for key in ("id", "depth", "chain", "cause")},
        }

    def submit(self, firing: Doc, node: Doc, job_type: str, params: Doc) -> None:
        self.place += 1
        number = len(self.jobs) + 1
        results = clean(self.profile, params) | {"job_type": job_type}
        job: Doc = {
            "id": f"job-{number}-{self.place}",
            "number": number,
            "type": job_type,
            "firing": firing,
            "node": node,
        }
        job |= {"params": params, "results": results}
        job["ends"] = self.clock + self.profile["job_types"][job_type].get("duration_s", 0)
        source = firing["event"] | {"attributes": results}
        self.create(("job", job["id"]), source, "submitted", self.place, firing["depth"])
        self.jobs.append(job)
        self.farm.append(job)
        firing["jobs"].append(job)

    def emitted_id(self, job: Doc, kind: str) -> str:
        """Whom an event of this job is about: the parameter `<kind>_id`, else the causing entity, else the job."""
        named = job["results"].get(f"{kind}_id")
        event = job["firing"]["event"]
        if kind == "job":
            return str(job["id"])
        if isinstance(named, str) and named:
            return named
        return str(event["entity_id"] if event["entity"] == kind else job["id"])

    def end_job(self, job: Doc) -> None:
        """The farm's commit: the job event first, then those of the profile's `emits`, in order."""
        self.farm.remove(job)
        self.clock = job["ends"]
        firing = job["firing"]
        for kind in ["job", *self.profile["job_types"][job["type"]].get("emits", [])]:
            event = {key: firing["event"][key] for key in ("project", "character")}
            event |= {"type": "failed" if job["type"] in self.fail else "completed", "job_id": job["id"]}
            event |= {"entity": kind, "entity_id": self.emitted_id(job, kind)}
            event["attributes"] = firing["event"]["attributes"] | job["results"]
            self.store(event, firing["depth"], firing["chain"], firing["id"])

    # ---- answers ----------------------------------------------------------------------------------------------

    def result(self) -> Doc:
        """Everything observable, in the order of the decisions."""
        rows = [{key: row[key] for key in ("id", "rule", "depth", "cause", "chain", "reason")} for row in self.log]
        for row, source in zip(rows, self.log, strict=True):
            event = source["event"]
            keys = ("id", "type", "entity", "entity_id", "project", "character", "attributes")
            row |= {"event": {key: event[key] for key in keys}, "entity_id": event["entity_id"], "actions": []}
            row |= {"jobs": len(source["jobs"]), "job_ids": [job["id"] for job in source["jobs"]]}
            row |= {"job_params": [job["params"] for job in source["jobs"]], "status": source["status"]}
            row |= {
                "event_depth": event["depth"],
                "job_types": [job["type"] for job in source["jobs"]],
                "completion": source["completion"],
            }
            if source["root"]:
                row |= {"status": progress(source["root"]), "actions": flat(source["root"])[1:]}
        short = ("rule", "depth", "reason", "entity_id")
        return {
            "log": rows,
            "firings": [row for row in rows if row["status"] not in ("held", "refused")],
            "held": [{key: row[key] for key in short} for row in rows if row["status"] == "held"],
            "refusals": [{key: row[key] for key in short} for row in rows if row["status"] == "refused"],
            "statuses": {key: entity["status"] for key, entity in self.entities.items()},
            "events": [
                {key: event[key] for key in ("type", "entity", "entity_id", "depth", "chain", "project", "character")}
                | {"id": event["id"], "cause": event["firing"], "attributes": event["attributes"]}
                for event in self.decided
            ],
            "totals": {"firings": sum(bool(row["root"]) for row in self.log), "jobs": len(self.jobs)},
            "overruled": self.overruled,
            "clock": self.clock,
        }


def progress(node: Doc) -> str:
    """A container, like the firing itself, runs while a job beneath it does, else waits while anything waits."""
    below = [progress(child) for child in node["children"]]
    if node["status"] != "running" or not below:
        return str(node["status"])
    return "running" if "running" in below else "waiting"


def flat(node: Doc) -> list[Doc]:
    """The action and its content, in the rule's order; nothing below what was skipped or is not resolved."""
    row = {"type": node["type"], "status": progress(node)}
    if node["type"] == "branch" and "yes" in node:
        row["yes"] = node["yes"]
    children = [] if node["status"] == "skipped" else node["children"]
    return [row, *(below for child in children for below in flat(child))]
