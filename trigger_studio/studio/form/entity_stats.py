"""What the pipeline holds, counted: names, how many of what under whom, and the values that are about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from trigger_studio.analysis.wording import words
from trigger_studio.frozen import frozen
from trigger_studio.model.event import Entity
from trigger_studio.model.i18n import tr
from trigger_studio.model.profile import PARENT_KINDS

STATUSES = ("approved", "completed", "failed", "needs_review", "draft")
"""Those that raise events, and those a pipeline is full of."""
MOST_SEEN = 200
MOST_TOLD = 3


@frozen
class Choice:
    """Something to pick. `note`: what is known about it, such as how many there are; empty for nothing."""

    value: Any
    text: str
    note: str = ""

    @property
    def line(self) -> str:
        """Both in one line."""
        return f"{self.text} — {self.note}" if self.note else self.text


class Census:
    """Counts entities by kind and parent, and the values of their attributes.

    It is made once for the entities as they are.
    """

    def __init__(self, entities: Sequence[Entity], kinds: Iterable[str]) -> None:
        self._entities = entities
        self._kinds = tuple(kinds)
        self._names = {entity.key: entity.name or entity.id for entity in entities}
        self._number = Counter(entity.kind for entity in entities)
        self._under: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self._values: dict[str, dict[Any, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        self._statuses: Counter[str] = Counter()
        for entity in entities:
            self._add(entity)

    def _add(self, entity: Entity) -> None:
        self._statuses[entity.status] += 1
        for of in PARENT_KINDS:
            parent = entity.parent(of)
            if parent is not None and entity.kind != of:
                self._under[of, parent][entity.kind] += 1
        for name, value in entity.attributes.items():
            for item in value if isinstance(value, list | tuple) else (value,):
                self._values[name][item][entity.kind] += 1

    def name(self, kind: str, entity_id: str) -> str:
        """An entity's name; its id where it has none."""
        return self._names.get((kind, entity_id), entity_id)

    def kinds(self) -> list[Choice]:
        """Every kind, and how many of it there are."""
        return [Choice(kind, words.plain(kind), _some(self._number[kind])) for kind in self._kinds]

    def entities(self, kind: str) -> list[Choice]:
        """Every known entity of a kind by name, with what belongs to it: `Mira — 12 variants, 9 scenes`."""
        return [
            Choice(entity.id, entity.name or entity.id, self._told(self._under[kind, entity.id]))
            for entity in self._entities
            if entity.kind == kind
        ]

    def values(self, name: str, known: Sequence[Any] = ()) -> list[Choice]:
        """The values of an attribute: the domain's in their order, then others that are about, with counts."""
        seen = self._values.get(name, {})
        others = sorted(
            (v for v in seen if v not in known and isinstance(v, str)), key=lambda v: (-sum(seen[v].values()), v)
        )
        every = [*known, *others[:MOST_SEEN]]
        return [Choice(v, words.value_text(v), self._told(seen.get(v, Counter()))) for v in every]

    def statuses(self) -> list[Choice]:
        """Statuses that exist in the pipeline, and those that raise events."""
        known = dict.fromkeys((*STATUSES, *self._statuses))
        return [Choice(status, words.plain(status), _some(self._statuses[status])) for status in known]

    def _told(self, counts: Counter[str]) -> str:
        """``12 variants, 9 scenes``, in the order of the profile, and no more of them than a line of the form holds."""
        return ", ".join([_counted(counts[kind], kind) for kind in self._kinds if counts[kind]][:MOST_TOLD])


def _counted(number: int, kind: str) -> str:
    return f"{number:,} {words.plain(kind) if number == 1 else words.many(kind)}"


def _some(number: int) -> str:
    return tr("{0} in the pipeline", format(number, ",")) if number else ""
