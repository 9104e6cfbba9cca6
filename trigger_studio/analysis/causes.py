"""Which rules an event may start: an index over what rules require, so that no pair is compared that cannot match.

The index of one edit shares with the last all groups of rules whose triggers did not change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from trigger_studio.analysis.flow import Chart, Emission
from trigger_studio.analysis.possible import CHARACTER, PROJECT, Facts, Values, may_start
from trigger_studio.model.profile import EVENT_TYPES, Profile

Key = tuple[str, str]
"""Event type and entity kind."""


class Lead(NamedTuple):
    """What one of a rule's nodes may start.

    Attributes:
        node: id of the node that raises the event.
        event: type and entity kind of what the targets listen for.
        automated: False where a person raises the event about what the node completed.
        targets: rule ids, sorted; one object for all leads of an index that have the same.
    """

    node: str
    event: Key
    automated: bool
    targets: tuple[str, ...]


class _Listeners:
    """Rules of one event, found by the value they require of the field that tells most of them apart."""

    def __init__(self, charts: Mapping[str, Chart], profile: Profile) -> None:
        self.charts = charts
        self._profile = profile
        self._known: dict[frozenset[tuple[str, Values]], tuple[str, ...]] = {}
        self._same: dict[tuple[str, ...], tuple[str, ...]] = {}
        spread: defaultdict[str, set[Any]] = defaultdict(set)
        for chart in charts.values():
            for field, values in chart.facts.items():
                spread[field].update(values)
        self._rest: list[str] = []
        self._by_field: defaultdict[str, list[str]] = defaultdict(list)
        self._by_value: defaultdict[tuple[str, Any], list[str]] = defaultdict(list)
        for rule, chart in charts.items():
            facts = chart.facts
            if not facts:
                self._rest.append(rule)
                continue
            field = max(facts, key=lambda name: (len(spread[name]) / len(facts[name]), name))
            self._by_field[field].append(rule)
            for value in dict.fromkeys(facts[field]):
                self._by_value[field, value].append(rule)

    def of(self, facts: Facts) -> tuple[str, ...]:
        """The rules that an event with these facts may start, sorted; equal facts are looked up once."""
        key = frozenset(facts.items())
        if key not in self._known:
            found = tuple(
                sorted(
                    rule
                    for rule in set(self._candidates(facts))
                    if may_start(self.charts[rule].rule, self.charts[rule].facts, facts, self._profile)
                )
            )
            self._known[key] = self._same.setdefault(found, found)
        return self._known[key]

    def _candidates(self, facts: Facts) -> Iterator[str]:
        yield from self._rest
        for field, whole in self._by_field.items():
            known = facts.get(field)
            if known is None:
                yield from whole
            else:
                for value in known:
                    yield from self._by_value.get((field, value), ())


class Causes:
    """What follows from emissions.

    Args:
        charts: every rule's, by rule id.
        profile: declares kinds, attributes and which events are people's.
        before: the index before an edit, under the same profile.
        edited: the rules that are new, gone or not the same object as before; None: all.
    """

    def __init__(
        self,
        charts: Mapping[str, Chart],
        profile: Profile,
        before: Causes | None = None,
        edited: Iterable[str] | None = None,
    ) -> None:
        self._profile = profile
        self._charts = charts
        self._listeners: dict[Key, _Listeners] = dict(before._listeners) if before is not None else {}
        old = before._charts if before is not None else {}
        keys = charts if edited is None else edited
        self.touched = frozenset(key for rule in keys for key in _moved(old.get(rule), charts.get(rule)))
        self._regroup()

    def _regroup(self) -> None:
        groups: dict[Key, dict[str, Chart]] = {key: {} for key in self.touched}
        for rule, chart in self._charts.items() if groups else ():
            group = groups.get(chart.hears)
            if group is not None:
                group[rule] = chart
        for key, group in groups.items():
            self._listeners.pop(key, None)
            if group:
                self._listeners[key] = _Listeners(group, self._profile)

    def leads(self, emissions: Iterable[Emission]) -> tuple[Lead, ...]:
        """What a rule's emissions may start, by themselves or through a person who approves what has completed."""
        found: list[Lead] = []
        for node, event, entity, facts in emissions:
            listeners = self._listeners.get((event, entity))
            if listeners is not None and (targets := listeners.of(facts)):
                found.append(Lead(node, (event, entity), True, targets))
            if event == "completed":
                found += self._by_hand(node, entity, facts)
        return tuple(found)

    def _by_hand(self, node: str, entity: str, facts: Facts) -> Iterator[Lead]:
        """A person's event is about the same entity, so its parents are known; its attributes are the person's."""
        for event in EVENT_TYPES[1:]:
            listeners = self._listeners.get((event, entity))
            if listeners is not None and self._profile.is_human(entity, event):
                parents = {name: facts[name] for name in (PROJECT, CHARACTER) if name in facts}
                if targets := listeners.of(parents):
                    yield Lead(node, (event, entity), False, targets)


def raised_keys(emissions: Iterable[Emission]) -> frozenset[Key]:
    """Every event, a person's included, that may follow from the emissions."""
    keys = {(event, entity) for _, event, entity, _ in emissions}
    keys.update((event, entity) for last, entity in tuple(keys) if last == "completed" for event in EVENT_TYPES[1:])
    return frozenset(keys)


def _moved(old: Chart | None, new: Chart | None) -> Iterator[Key]:
    """The events whose listeners an edit of one rule changed: none if it listens as before."""
    if old is not None and new is not None and old.facts == new.facts and old.rule.when == new.rule.when:
        return
    for chart in (old, new):
        if chart is not None:
            yield chart.hears
