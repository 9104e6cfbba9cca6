"""Which rules an event may start: an index over what rules require, so that no pair is compared that cannot match.

The index of one edit shares with the last all groups of rules whose triggers did not change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from trigger_studio.analysis.conditions.possible import CHARACTER, PROJECT, Facts, Values, may_start
from trigger_studio.analysis.graph.flow import Chart, Emission
from trigger_studio.model.profile import EVENT_TYPES, Profile

Key = tuple[str, str]
"""Event type and entity kind."""
MOST_COMPARED: Final = 20
"""Of more edited rules than these nobody asks one by one who starts them."""

_Raisers = dict[frozenset[tuple[str, Values]], tuple[Facts, frozenset[str]]]
"""By what is known of an event: the same once more, and the rules that raise such a one."""


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
        edited: the rules that are new, gone or not the same object as in `before`.

    Attributes:
        stirred: the rules that may lead elsewhere than before, the edited ones among them.
    """

    def __init__(
        self,
        charts: Mapping[str, Chart],
        profile: Profile,
        before: Causes | None = None,
        edited: Collection[str] = (),
    ) -> None:
        self._profile = profile
        self._charts = charts
        self._listeners: dict[Key, _Listeners] = dict(before._listeners) if before is not None else {}
        self._raisers: dict[Key, _Raisers] = dict(before._raisers) if before is not None else {}
        old = before._charts if before is not None else {}
        keys = edited if before is not None else charts
        touched = {key for rule in keys for key in _moved(old.get(rule), charts.get(rule))}
        self._regroup(touched)
        if before is not None:
            self._reraise(old, edited)
        self.stirred = self._stirred(before, edited, touched) if before is not None else frozenset(charts)

    def _regroup(self, touched: Collection[Key]) -> None:
        groups: dict[Key, dict[str, Chart]] = {key: {} for key in touched}
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
        for emission in emissions:
            for key, automated, facts in self._heard(emission):
                listeners = self._listeners.get(key)
                if listeners is not None and (targets := listeners.of(facts)):
                    found.append(Lead(emission.node, key, automated, targets))
        return tuple(found)

    def _heard(self, emission: Emission) -> Iterator[tuple[Key, bool, Facts]]:
        """The events that follow from an emission, whether by themselves, and what is known of each.

        A person's event is about the same entity, so its parents are known; its attributes are the person's.
        """
        _node, event, entity, facts = emission
        yield (event, entity), True, facts
        if event == "completed":
            for later in EVENT_TYPES[1:]:
                if self._profile.is_human(entity, later):
                    yield (later, entity), False, {name: facts[name] for name in (PROJECT, CHARACTER) if name in facts}

    # --- what an edit changes

    def _stirred(self, before: Causes, edited: Collection[str], touched: Iterable[Key]) -> frozenset[str]:
        """The edited rules, and those that now start one of them and did not, or the other way round."""
        stirred = set(edited)
        for key in touched:
            old, new = (causes._listeners.get(key) for causes in (before, self))
            pairs = [(_of(old, rule), _of(new, rule)) for rule in edited]
            pairs = [pair for pair in pairs if pair != (None, None)]
            for facts, rules in self._raisers_of(key).values():
                if len(pairs) > MOST_COMPARED or any(
                    self._hears(one, facts) != self._hears(two, facts) for one, two in pairs
                ):
                    stirred |= rules
        return frozenset(stirred)

    def _hears(self, chart: Chart | None, facts: Facts) -> bool:
        return chart is not None and may_start(chart.rule, chart.facts, facts, self._profile)

    def _raisers_of(self, key: Key) -> _Raisers:
        """Who raises an event, sorted by what is known of it; found when it is first asked for."""
        if key not in self._raisers:
            found: dict[frozenset[tuple[str, Values]], tuple[Facts, set[str]]] = {}
            for rule, chart in self._charts.items():
                for emission in chart.emissions:
                    for heard, _automated, facts in self._heard(emission):
                        if heard == key:
                            found.setdefault(frozenset(facts.items()), (facts, set()))[1].add(rule)
            self._raisers[key] = {known: (facts, frozenset(rules)) for known, (facts, rules) in found.items()}
        return self._raisers[key]

    def _reraise(self, old: Mapping[str, Chart], edited: Iterable[str]) -> None:
        """Keep up with what the edited rules raise."""
        copied: set[Key] = set()
        for charts, present in ((old, False), (self._charts, True)):
            for rule in edited:
                for emission in charts[rule].emissions if rule in charts else ():
                    for key, _automated, facts in self._heard(emission):
                        if key not in self._raisers:
                            continue
                        if key not in copied:
                            self._raisers[key] = dict(self._raisers[key])
                            copied.add(key)
                        raisers, known = self._raisers[key], frozenset(facts.items())
                        rules = raisers[known][1] if known in raisers else frozenset()
                        raisers[known] = facts, rules | {rule} if present else rules - {rule}


def _moved(old: Chart | None, new: Chart | None) -> Iterator[Key]:
    """The events whose listeners an edit of one rule changed: none if it listens as before."""
    if old is not None and new is not None and old.facts == new.facts and old.rule.when == new.rule.when:
        return
    for chart in (old, new):
        if chart is not None:
            yield chart.hears


def _of(listeners: _Listeners | None, rule: str) -> Chart | None:
    return listeners.charts.get(rule) if listeners is not None else None
