"""Which rules an event may start: an index over what rules require, so that no pair is compared that cannot match."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from trigger_studio.analysis.flow import Chart, Emission
from trigger_studio.analysis.possible import CHARACTER, PROJECT, Facts, Values, may_start
from trigger_studio.model.profile import EVENT_TYPES, Profile


class Follower(NamedTuple):
    """A rule that an emission may start, and how."""

    target: int
    kind: str
    label: str
    automated: bool


class _Listeners:
    """Rules of one event, found by the value they require of the field that tells most of them apart."""

    def __init__(self, charts: list[tuple[int, Chart]], profile: Profile) -> None:
        self.profile = profile
        spread: defaultdict[str, set[Any]] = defaultdict(set)
        for _, chart in charts:
            for field, values in chart.facts.items():
                spread[field].update(values)
        self.rest: list[tuple[int, Chart]] = []
        self.by_field: defaultdict[str, list[tuple[int, Chart]]] = defaultdict(list)
        self.by_value: defaultdict[tuple[str, Any], list[tuple[int, Chart]]] = defaultdict(list)
        for entry in charts:
            facts = entry[1].facts
            if not facts:
                self.rest.append(entry)
                continue
            field = max(facts, key=lambda name: (len(spread[name]) / len(facts[name]), name))
            self.by_field[field].append(entry)
            for value in dict.fromkeys(facts[field]):
                self.by_value[field, value].append(entry)

    def of(self, facts: Facts) -> list[int]:
        """Indexes of the rules that an event with these facts may start, in order."""
        found = dict(self.rest)
        for field, whole in self.by_field.items():
            known = facts.get(field)
            if known is None:
                found.update(whole)
            else:
                for value in known:
                    found.update(self.by_value.get((field, value), ()))
        return sorted(i for i, chart in found.items() if may_start(chart.rule, chart.facts, facts, self.profile))


class Causes:
    """What follows from an emission; equal emissions are looked up once."""

    def __init__(self, charts: Sequence[Chart], profile: Profile) -> None:
        groups: defaultdict[tuple[str, str], list[tuple[int, Chart]]] = defaultdict(list)
        for index, chart in enumerate(charts):
            groups[chart.rule.when.event, chart.rule.when.entity].append((index, chart))
        self._profile = profile
        self._listeners = {key: _Listeners(group, profile) for key, group in groups.items()}
        self._known: dict[tuple[str, str, frozenset[tuple[str, Values]]], list[Follower]] = {}

    def followers(self, emission: Emission) -> list[Follower]:
        """The rules the emission may start, by itself or through a person who approves what has completed."""
        event, entity, facts = emission.type, emission.entity, emission.facts
        human = event == "completed" and any((e, entity) in self._listeners for e in EVENT_TYPES[1:])
        if not human and (event, entity) not in self._listeners:
            return []
        key = (event, entity, frozenset(facts.items()))
        if key not in self._known:
            by_hand = self._by_hand(entity, facts) if human else []
            self._known[key] = self._automatic(event, entity, facts) + by_hand
        return self._known[key]

    def _automatic(self, event: str, entity: str, facts: Facts) -> list[Follower]:
        label = f"on {event}"
        listeners = self._listeners.get((event, entity))
        return [Follower(target, "emits", label, True) for target in listeners.of(facts)] if listeners else []

    def _by_hand(self, entity: str, facts: Facts) -> list[Follower]:
        """A person's event is about the same entity, so its parents are known; its attributes are the person's."""
        parents = {name: facts[name] for name in (PROJECT, CHARACTER) if name in facts}
        return [
            Follower(target, "human", "by a person", False)
            for event in EVENT_TYPES[1:]
            if self._profile.is_human(entity, event) and (event, entity) in self._listeners
            for target in self._listeners[event, entity].of(parents)
        ]
