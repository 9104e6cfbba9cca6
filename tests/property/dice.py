"""What random cases are made of: the words, the values, and conditions over them."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.property.values import Doc

TYPES = ("completed", "approved", "failed")
KINDS = ("project", "character", "variant", "scene", "job", "qa", "concatenation", "delivery")
PARENTS = ("project", "character")
TIERS = ["480p", "720p", "1080p", "4k", "8k"]
SCENE_TYPES = ["action", "dialogue", "establishing"]
ATTRIBUTES: Doc = {
    "resolution_tier": {"type": "ordered", "values": TIERS},
    "scene_type": {"type": "choice", "values": SCENE_TYPES},
    "variant": {"type": "text"},
    "qa_pass_rate": {"type": "number", "min": 0, "max": 1},
    "gpu_hours": {"type": "number", "min": 0},
    "scene_count": {"type": "number"},
    "locked": {"type": "boolean"},
    "tags": {"type": "list"},
}
JOB_TYPES = ("scene_generation", "variant_generation", "qa", "concatenation", "packaging")
VALUES: dict[str, list[Any]] = {
    "resolution_tier": TIERS,
    "scene_type": SCENE_TYPES,
    "variant": ["hero", "hero-alt", "alt"],
    "qa_pass_rate": [0, 0.3, 0.5, 0.8, 0.9, 1],
    "gpu_hours": [0, 1, 2.5, 4],
    "scene_count": [0, 1, 2, 2.5, 3],
    "locked": [True, False],
    "tags": [["night"], ["night", "rain"], ["rain", "wet"], []],
}
INVALID: Doc = {
    "resolution_tier": "16k",
    "scene_type": "opera",
    "variant": 4,
    "qa_pass_rate": 1.5,
    "gpu_hours": True,
    "scene_count": "three",
    "locked": "yes",
    "tags": ["night", 1],
}
EQUAL = ["eq", "ne", "in", "not_in"]
ORDER = ["lt", "le", "gt", "ge", "between"]
OPERATORS: dict[str, list[str]] = {
    "ordered": EQUAL + ORDER,
    "number": EQUAL + ORDER,
    "choice": EQUAL,
    "text": [*EQUAL, "contains", "starts_with"],
    "boolean": ["eq", "ne"],
    "list": ["contains"],
}


class Dice:
    """Draws values and conditions from a random source."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def weighed(self, weights: dict[str, int]) -> str:
        return self.rng.choices(list(weights), list(weights.values()))[0]

    def attributes(self, invalid: float = 0.0) -> Doc:
        made: Doc = {}
        for name, values in VALUES.items():
            if self.chance(0.35):
                made[name] = self.rng.choice(values)
                if self.chance(invalid):
                    made[name] = self.rng.choice([INVALID[name], None])
        if self.chance(0.2):
            made["note"] = self.rng.choice(["free text", 7, None])
        return made

    def test(self, levels: int = 2) -> Doc:
        """A condition, or a group over conditions and groups."""
        if levels == 0 or self.chance(0.55):
            return self.condition()
        kind = self.rng.choice(["all", "any", "any", "none"])
        return {kind: [self.test(levels - 1) for _ in range(self.rng.randint(1, 3))]}

    def condition(self, field: str | None = None) -> Doc:
        field = field or self.rng.choice([*VALUES, "job_type"])
        op = self.rng.choice([*OPERATORS[ATTRIBUTES.get(field, {"type": "text"})["type"]], "is_set", "is_not_set"])
        made: Doc = {"field": field, "op": op}
        if op in ("is_set", "is_not_set"):
            return made
        values = ["night", "rain"] if field == "tags" else list(JOB_TYPES) if field == "job_type" else VALUES[field]
        value = self.rng.choice(values)
        if op in ("in", "not_in"):
            value = self.rng.sample(values, self.rng.randint(1, min(3, len(values))))
        elif op == "between":
            low, high = sorted(self.rng.choices(range(len(values)), k=2))
            value = [values[low], values[high]]
        elif op == "starts_with":
            value = value[:2]
        elif op == "contains" and field != "tags":
            value = value[-3:]
        return made | {"value": value}
