"""Rules indexed by event type, kind, project and character, so that matching does not scan; compiled when first needed.

Of thousands of rules few lie in the processor's cache, so that matching costs what it touches: the keys are the texts
of the event itself, rules with the same filter share one predicate, and a rank is one text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Final

from trigger_studio.decide.budget import Cost, Rates
from trigger_studio.decide.costs import cost, rates_of
from trigger_studio.decide.filters import FEW, FilterIndex, needs
from trigger_studio.decide.joins import Counted, Members, members_of
from trigger_studio.decide.predicate import Predicate, compile_test
from trigger_studio.decide.program import Program, compile_program
from trigger_studio.decide.tallies import Group
from trigger_studio.errors import BadInput, Damaged, Message
from trigger_studio.frozen import frozen
from trigger_studio.model.event import Event
from trigger_studio.model.limit import Limit
from trigger_studio.model.profile import Profile
from trigger_studio.model.rule import Rule, Test, digest, needs_approval

_Scope = str | int | None
"""A character, any character, or the project with or without one."""
_Place = tuple[str, str, str | None, _Scope]
_ANY_CHARACTER = 0
_PROJECT = None
_LAST_PRIORITY = 1000
EMPTY: Final[Mapping[str, str]] = MappingProxyType({})


@frozen
class Published:
    """A rule as it stands in the database at one revision."""

    rule: Rule
    revision: int = 1

    @property
    def head(self) -> Head:
        """What the index needs of it."""
        rule, when = self.rule, self.rule.when
        scopes = scopes_of(when.scope.characters)
        return Head(
            rule.id, rule.enabled, rule.priority, rule.project, when.event, when.entity, scopes,
            when.every is not None, lambda: self,
        )  # fmt: skip


@frozen
class Head:
    """What the index needs of a rule, and what reads the rest: of thousands of rules most never match.

    Attributes:
        scopes: characters, any character, or the whole project.
        joins: whether it has a join.
        read: gives the whole rule.
    """

    id: str
    enabled: bool
    priority: int
    project: str | None
    event: str
    entity: str
    scopes: tuple[_Scope, ...]
    joins: bool
    read: Callable[[], Published]

    @property
    def rank(self) -> str:
        """Order of action: priority descending, then id, as one text."""
        return f"{_LAST_PRIORITY - self.priority:04}{self.id}"

    def compiled(self, profile: Profile, filters: dict[str, Predicate]) -> CompiledRule:
        """The whole rule, compiled. Raises Damaged: what is stored is no rule, or none under this profile."""
        published = self.read()
        try:
            return compile_rule(published, profile, filters)
        except BadInput as fault:
            raise Damaged(Message("the rule '{0}' does not fit the profile: {1}", self.id, fault)) from fault

    @property
    def places(self) -> Iterable[_Place]:
        """Where the index has it."""
        return ((self.event, self.entity, self.project, scope) for scope in self.scopes)


@frozen
class CompiledRule:
    """A published rule made ready for decisions.

    Attributes:
        members: which entities its join looks at.
        max_depth: the smaller of the rule's and the profile's.
        hourly_limit: firings for one entity within an hour, above which further ones are held.
        digest: what an approval stands for; computed only where one is needed.
        rank: as its head's.
        rates: of the jobs that it submits.
        cost: of one firing when it starts.
    """

    rule: Rule
    revision: int
    where: Predicate | None
    members: Members | None
    program: Program
    max_depth: int
    hourly_limit: int
    digest: str | None
    rank: str
    rates: Rates
    cost: Cost


def compile_rule(published: Published, profile: Profile, filters: dict[str, Predicate] | None = None) -> CompiledRule:
    """Compile one rule.

    Args:
        filters: those compiled under the same profile, by their JSON; grows by what is new.

    Raises:
        BadInput: it names a field that the profile lacks.
    """
    rule, when = published.rule, published.rule.when
    join = when.every
    program = compile_program(rule, profile)
    rates = rates_of(program, profile)
    return CompiledRule(
        rule=rule,
        revision=published.revision,
        where=_shared(when.where, profile, {} if filters is None else filters) if when.where else None,
        members=members_of(join, profile) if join else None,
        program=program,
        max_depth=min(rule.max_depth, profile.limits.max_depth),
        hourly_limit=profile.limits.firings_per_rule_and_entity_per_hour,
        digest=digest(rule) if needs_approval(rule, profile) else None,
        rank=published.head.rank,
        rates=rates,
        cost=cost(program, rates),
    )


def _shared(where: Test, profile: Profile, filters: dict[str, Predicate]) -> Predicate:
    text = where.model_dump_json()
    if text not in filters:
        filters[text] = compile_test(where, profile, "when.where")
    return filters[text]


class CompiledRules(Mapping[str, CompiledRule]):
    """Compiled rules by id, each compiled when it is first asked for. Safe to share between threads.

    One that turns out not to be readable is as one that is not there, and `damaged` names it.

    Args:
        heads: of all rules, by id.
        profile: they are compiled under.
        damaged: rules whose heads cannot be read.

    Attributes:
        damaged: rules that are there and cannot be read, as far as somebody asked for them, by id with the reason.
    """

    def __init__(self, heads: dict[str, Head], profile: Profile, damaged: Mapping[str, str] = EMPTY) -> None:
        self.heads = heads
        self.damaged = dict(damaged)
        self._profile = profile
        self._made: dict[str, CompiledRule] = {}
        self._filters: dict[str, Predicate] = {}

    def replacing(self, heads: Iterable[Head]) -> CompiledRules:
        """These with some in the place of others, or beside them; nothing else is compiled again."""
        changed = {head.id: head for head in heads}
        damaged = {id: fault for id, fault in self.damaged.items() if id not in changed}
        made = CompiledRules({**self.heads, **changed}, self._profile, damaged)
        made._made = {id: rule for id, rule in self._made.items() if id not in changed}
        made._filters = dict(self._filters)
        return made

    def __getitem__(self, rule_id: str) -> CompiledRule:
        found = self._made.get(rule_id)
        if found is not None:
            return found
        if rule_id in self.damaged:
            raise KeyError(rule_id)
        try:
            compiled = self.heads[rule_id].compiled(self._profile, self._filters)
        except Damaged as fault:
            self.damaged[rule_id] = str(fault)
            raise KeyError(rule_id) from fault
        return self._made.setdefault(rule_id, compiled)  # the same object for every thread

    def __contains__(self, rule_id: object) -> bool:
        return rule_id in self.heads and rule_id not in self.damaged

    def __iter__(self) -> Iterator[str]:
        return iter(self.heads)

    def __len__(self) -> int:
        return len(self.heads)


_Shelf = list[Head] | tuple[CompiledRule, ...]
"""The rules of one place in their order of action: heads, until the first event comes by."""


class RuleSet:
    """All rules of a database under one profile; only enabled ones are indexed.

    Attributes:
        rules: by id.
    """

    def __init__(
        self,
        published: Iterable[Published | Head],
        profile: Profile,
        limits: Iterable[Limit] = (),
        damaged: Mapping[str, str] = EMPTY,
    ) -> None:
        self.profile = profile
        self.limits = tuple(limits)
        self.rules = CompiledRules({head.id: head for head in map(_head, published)}, profile, damaged)
        self._index: dict[tuple[str, str], dict[str | None, dict[_Scope, _Shelf]]] = {}
        # of the long shelves, made when they are first used
        self._filters: dict[_Place, FilterIndex[CompiledRule]] = {}
        self._counted: dict[tuple[str, str, str | None], Counted] = {}
        places: dict[_Place, list[Head]] = {}
        for head in sorted(self.rules.heads.values(), key=_rank):
            if head.enabled:
                for place in head.places:
                    places.setdefault(place, []).append(head)
        for place, heads in places.items():
            self._put(place, heads)

    def replacing(self, changed: Iterable[Published]) -> RuleSet:
        """These rules with some of them replaced, or with new ones beside them; nothing else is compiled again."""
        new = {item.rule.id: item.head for item in changed}
        made = RuleSet((), self.profile, self.limits)
        made.rules, made._filters = self.rules.replacing(new.values()), dict(self._filters)
        made._index = {
            key: {project: dict(scopes) for project, scopes in projects.items()}
            for key, projects in self._index.items()
        }
        old = [head for id in new if (head := self.rules.heads.get(id)) is not None]
        for place in {place for head in (*old, *new.values()) if head.enabled for place in head.places}:
            kept = [head for head in self._heads(place) if head.id not in new]
            added = [head for head in new.values() if head.enabled and place in head.places]
            made._put(place, sorted([*kept, *added], key=_rank))
        return made

    def listens(self, kind: str, entity: str) -> bool:
        """Whether an enabled rule is for events of this type about this kind of entity."""
        return any(shelf for scopes in self._index.get((kind, entity), {}).values() for shelf in scopes.values())

    def _heads(self, place: _Place) -> Iterable[Head]:
        kind, entity, project, scope = place
        shelf: _Shelf = self._index.get((kind, entity), {}).get(project, {}).get(scope, ())
        return shelf if isinstance(shelf, list) else [self.rules.heads[item.rule.id] for item in shelf]

    def _put(self, place: _Place, shelf: _Shelf) -> None:
        kind, entity, project, scope = place
        self._index.setdefault((kind, entity), {}).setdefault(project, {})[scope] = shelf
        self._filters.pop(place, None)

    def _compiled(self, place: _Place, heads: Iterable[Head]) -> tuple[CompiledRule, ...]:
        """The rules of a place that an event comes by for the first time, those that can be read."""
        kind, entity, project, scope = place
        found = tuple(rule for head in heads if (rule := self.rules.get(head.id)) is not None)
        shelf = self._index[kind, entity][project][scope] = found
        return shelf

    def matching(self, event: Event) -> list[CompiledRule]:
        """Enabled rules whose event type, kind, project, scope and `where` hold, in their order of action."""
        projects = self._index.get((event.type, event.entity))
        if projects is None:
            return []
        found: list[CompiledRule] = []
        attributes, character = event.attributes, event.character
        scopes = (_PROJECT,) if character is None else (_PROJECT, _ANY_CHARACTER, character)
        for project in (None,) if event.project is None else (None, event.project):
            shelf = projects.get(project)
            if shelf is None:
                continue
            for scope in scopes:
                rules: Any = shelf.get(scope, ())
                if type(rules) is list:
                    rules = self._compiled((event.type, event.entity, project, scope), rules)
                if len(rules) > FEW:
                    rules = self._filter((event.type, event.entity, project, scope), rules).find(attributes)
                for rule in rules:
                    where = rule.where
                    if where is None or where.holds(attributes):
                        found.append(rule)
        if len(found) > 1:
            found.sort(key=_rank)
        return found

    def counted(self, group: Group) -> Counted | None:
        """What joins count among the entities of a kind under one parent; None where none looks at them."""
        kind, of, parent = group
        joins = self._joins_of.get((kind, of))
        if joins is None:
            return None
        owner = parent if of == "project" and parent in joins else None
        if (kind, of, owner) not in self._counted:
            theirs = joins.values() if of != "project" else (joins.get(None, ()), joins.get(owner, ()))
            self._counted[kind, of, owner] = Counted((item for items in theirs for item in items), self.profile)
        return self._counted[kind, of, owner]

    def joins(self, kind: str) -> bool:
        """Whether any join looks at entities of the kind."""
        return kind in self._joined

    @cached_property
    def _joined(self) -> frozenset[str]:
        return frozenset(kind for kind, _ in self._joins_of)

    @cached_property
    def _joins_of(self) -> dict[tuple[str, str], dict[str | None, list[Members]]]:
        """What the joins of enabled rules look at, by (kind, of) and the rule's project."""
        found: dict[tuple[str, str], dict[str | None, list[Members]]] = {}
        for head in self.rules.heads.values():
            rule = self.rules.get(head.id) if head.joins and head.enabled else None
            if rule is not None and (members := rule.members) is not None:
                found.setdefault((members.kind, members.of), {}).setdefault(head.project, []).append(members)
        return found

    def _filter(self, place: _Place, rules: Sequence[CompiledRule]) -> FilterIndex[CompiledRule]:
        index = self._filters.get(place)
        if index is None:
            filed = [(rule, tuple(needs(rule.where.test, self.profile)) if rule.where else ()) for rule in rules]
            index = self._filters[place] = FilterIndex(filed, self.profile)
        return index


_rank = attrgetter("rank")


def _head(item: Published | Head) -> Head:
    return item.head if isinstance(item, Published) else item


def scopes_of(characters: Sequence[str] | str | None) -> tuple[_Scope, ...]:
    """Where the index has a rule whose scope names these characters: a list, "all", or None for the whole project."""
    if characters is None:
        return (_PROJECT,)
    return (_ANY_CHARACTER,) if characters == "all" else tuple(dict.fromkeys(characters))
