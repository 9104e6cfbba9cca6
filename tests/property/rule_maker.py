"""Random rules that fit the pipeline they are drawn for."""

from __future__ import annotations

from random import Random

from tests.property.dice import INVALID, JOB_TYPES, KINDS, PARENTS, TYPES, VALUES, Dice
from tests.property.values import Doc

# How often what is chosen; turn these until `--stats` shows that everything is reached.
ACTIONS = {
    "set_status": 5,
    "submit_job": 4,
    "trigger_qa": 4,
    "start_concatenation": 1,
    "package_delivery": 1,
    "send_notification": 3,
    "call_webhook": 1,
    "branch": 3,
    "gate": 2,
    "parallel": 4,
    "sequence": 3,
}
PATTERNS = {"free": 5, "progress": 4, "loop": 1, "join": 6, "lift": 3, "quality": 3}


class RuleMaker(Dice):
    """Draws rules.

    Attributes:
        parents: parents of every known entity, by (kind, id).
        joins: the joins drawn so far; later rules and events try to complete them.
        hot: what many of the rules listen for, so that one event starts several firings.
    """

    def __init__(self, rng: Random) -> None:
        super().__init__(rng)
        self.parents: dict[tuple[str, str], Doc] = {}
        self.joins: list[Doc] = []
        self.hot = {"event": rng.choice(TYPES[:2]), "entity": rng.choice(["variant", "scene", "scene", "job"])}

    def rule(self, number: int) -> Doc:
        pattern = self.weighed(PATTERNS)
        when, actions = getattr(self, f"{pattern}_rule")()
        if self.chance(0.1 if pattern == "join" else 0.25):
            when["where"] = self.test()
        if self.chance(0.2):
            characters = [f"c{n}" for n in range(3) if self.chance(0.6)] or ["c0"]
            when["scope"] = self.rng.choice([{"project": True}, {"characters": "all"}, {"characters": characters}])
        id_ = f"r{number}-{pattern}" if self.chance(0.5) else f"{pattern}-{number}"
        made: Doc = {"id": id_, "name": f"Rule {number}", "when": when, "actions": actions}
        if self.chance(0.12):
            made["enabled"] = self.chance(0.3)
        if self.chance(0.2):
            made["project"] = self.rng.choice([None, "p0", "p0", "p1"])
        if self.chance(0.5):
            made["priority"] = self.rng.choice([0, 100, 500, 500, 1000])
        if self.chance(0.25):
            made["mode"] = self.rng.choice(["parallel", "parallel", "sequential"])
        if self.chance(0.3):
            made["max_depth"] = self.rng.choice([1, 2, 3, 4, 10])
        return made

    def free_rule(self) -> tuple[Doc, list[Doc]]:
        kind = self.rng.choice([*KINDS, "scene", "scene", "variant", "job", "job"])
        when = {"event": self.rng.choice(["completed", *TYPES]), "entity": kind}
        return dict(self.hot) if self.chance(0.6) else when, self.actions()

    def progress_rule(self) -> tuple[Doc, list[Doc]]:
        """What a pipeline is made of: one step starts the next."""
        kind = self.rng.choice(["variant", "variant", "scene", "scene", "qa", "delivery"])
        event = self.rng.choice(["completed", "approved"])
        step = self.action(self.rng.choice(["submit_job", "submit_job", "trigger_qa", "set_status"]), 0)
        if event == "completed" and self.chance(0.5):
            step = {"type": "set_status", "status": "approved"}
        return {"event": event, "entity": kind}, [step, *(self.actions(1) if self.chance(0.4) else [])]

    def loop_rule(self) -> tuple[Doc, list[Doc]]:
        event = self.rng.choice(TYPES)
        kind = self.rng.choice(["variant", "scene", "job", "character"])
        back = {"type": "set_status", "status": self.rng.choice([event, *TYPES])}
        wait = self.action(self.rng.choice(["trigger_qa", "send_notification"]), 0)
        return {"event": event, "entity": kind}, [back] if self.chance(0.5) else [wait, back]

    def join_rule(self) -> tuple[Doc, list[Doc]]:
        kind = self.rng.choice(["scene"] * 6 + ["variant"] * 3 + ["job", "qa", "character", "project"])
        status = self.rng.choice(["approved"] * 5 + ["completed"] * 3 + ["failed", "needs_review", "submitted"])
        every: Doc = {"entity": kind, "of": self.rng.choice(PARENTS), "status": status}
        if self.chance(0.2):
            every["where"] = self.test(1)
        if self.chance(0.4):
            every["min"] = self.rng.choice([1, 1, 2, 2, 3, "scene_count", "scene_count", "scene_count"])
        same = status in TYPES and self.chance(0.8)
        event = status if same else self.rng.choice(TYPES)
        self.joins.append(every)
        when: Doc = {"event": event, "entity": kind if self.chance(0.85) else self.rng.choice(KINDS), "every": every}
        return when, self.actions()

    def lift_rule(self) -> tuple[Doc, list[Doc]]:
        """Brings the members of a join to its status, so that it completes deep in a chain."""
        join = self.rng.choice([*self.joins, {"entity": "scene", "status": "approved"}])
        lift = {"type": "set_status", "status": join["status"]}
        before = self.rng.choice([[], [], [self.action("trigger_qa", 0)], [self.action("send_notification", 0)]])
        return {"event": "completed", "entity": join["entity"]}, [*before, lift]

    def quality_rule(self) -> tuple[Doc, list[Doc]]:
        """Quality assurance, then a branch on what it came back with."""
        job = {
            "type": "trigger_qa",
            "params": {"qa_pass_rate": self.rng.choice([0.3, 0.9, "{{ event.qa_pass_rate }}"])},
        }
        branch = self.action("branch", 1) | {"if": self.condition("qa_pass_rate")}
        event = self.rng.choice(["completed", "approved"])
        return {"event": event, "entity": self.rng.choice(["scene", "variant", "scene"])}, [job, branch]

    def actions(self, levels: int = 2) -> list[Doc]:
        count = self.rng.choice([1, 1, 2, 2, 3])
        first = [self.action("send_notification", 0) for _ in range(self.rng.choice([0] * 8 + [1, 2]))]
        return first + [self.action(self.weighed(ACTIONS), levels) for _ in range(count)]

    def action(self, type_: str, levels: int) -> Doc:
        made: Doc = {"type": type_}
        if type_ in ("parallel", "sequence", "branch") and levels == 0:
            return self.action("set_status", 0)
        match type_:
            case "set_status":
                made["status"] = self.rng.choice(
                    ["approved", "approved", "completed", "failed", "needs_review", "draft"]
                )
            case "send_notification":
                made |= {
                    "channel": "email",
                    "to": ["lead@example.org"],
                    "message": "{{ event.entity_id }} {{ event.x }}",
                }
            case "call_webhook":
                made |= {"url": "https://example.org/hook", "body": {"id": "{{ event.id }}", "rule": "{{ rule.id }}"}}
            case "gate":
                made |= {"approvers": "admin", "message": "Look", "timeout": self.rng.choice(["3d", "30m"])}
            case "parallel" | "sequence":
                made["actions"] = self.actions(levels - 1)
                if type_ == "parallel":
                    made["actions"] += self.actions(levels - 1)
            case "branch":
                made |= {"if": self.test(1), "then": self.actions(levels - 1)}
                if self.chance(0.7):
                    made["else"] = self.actions(levels - 1)
            case _:
                self.job_action(made)
        return made

    def job_action(self, made: Doc) -> None:
        if made["type"] == "submit_job":
            made["job_type"] = self.rng.choice(JOB_TYPES)
        if self.chance(0.75):
            made["params"] = self.params()
        if self.chance(0.2):
            made["wait"] = False

    def params(self) -> Doc:
        made: Doc = {}
        for name, values in VALUES.items():
            if self.chance(0.15):
                templates = [
                    f"{{{{ event.{name} }}}}",
                    f"{{{{entity.{name}}}}}",
                    "{{ event.gpu_hours }}",
                    "{{ event.x }}",
                ]
                made[name] = self.rng.choice([*values, *templates, INVALID[name]])
        if self.chance(0.1):
            made["tags"] = ["{{ event.variant }}", "{{ event.nothing }}", "night"]
        if self.chance(0.15):
            made["variant"] = self.rng.choice(
                ["{{ entity.status }}", "hero {{ event.qa_pass_rate }}{{ event.locked }}"]
            )
        for kind, scene in (("scene", "s"), ("variant", "v"), ("character", "c"), ("job", "j"), ("qa", "q")):
            if self.chance(0.3 if kind == "scene" else 0.12):
                known = [id_ for kind_, id_ in self.parents if kind_ == kind]
                others = [
                    "{{ event.entity_id }}",
                    "{{ event.character }}-new",
                    "{{ event.nothing }}",
                    "",
                    f"{scene}-new",
                ]
                made[f"{kind}_id"] = self.rng.choice([*known, *known, *others])
        if self.chance(0.1):
            made["suite"] = {"name": "{{ rule.id }}", "depth": "{{ firing.depth }}", "none": "{{ event.nothing }}"}
            made["suite"] = "{{ rule.priority }}/{{ firing.depth }}" if self.chance(0.8) else 12
        return made
