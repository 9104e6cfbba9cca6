"""Rules compiled and indexed: by event type, kind, project and character, so that matching does not scan.

Of thousands of rules few lie in the processor's cache, so that matching costs what it touches: the keys are the texts
of the event itself, rules with the same filter share one predicate, and a rank is one text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter

from trigger_studio.decide.filters import FEW, FilterIndex, needs
from trigger_studio.decide.predicate import Predicate, compile_test
from trigger_studio.decide.program import Program, compile_program
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


@frozen
class Published:
    """A rule as it stands in the database at one revision."""

    rule: Rule
    revision: int = 1


@frozen
class CompiledRule:
    """A published rule made ready for decisions.

    Attributes:
        max_depth: the smaller of the rule's and the profile's.
        hourly_limit: firings for one entity within an hour, above which further ones are held.
        digest: what an approval stands for; computed only where one is needed.
        rank: order of action: priority descending, then id, as one text.
    """

    rule: Rule
    revision: int
    where: Predicate | None
    members: Predicate | None
    program: Program
    max_depth: int
    hourly_limit: int
    digest: str | None
    rank: str


def compile_rule(published: Published, profile: Profile, filters: dict[str, Predicate] | None = None) -> CompiledRule:
    """Compile one rule.

    Args:
        filters: those compiled under the same profile, by their JSON; grows by what is new.

    Raises:
        BadInput: it names a field that the profile lacks.
    """
    rule, when = published.rule, published.rule.when
    join = when.every
    return CompiledRule(
        rule=rule,
        revision=published.revision,
        where=_shared(when.where, profile, {} if filters is None else filters) if when.where else None,
        members=compile_test(join.where, profile, "when.every.where") if join and join.where else None,
        program=compile_program(rule, profile),
        max_depth=min(rule.max_depth, profile.limits.max_depth),
        hourly_limit=profile.limits.firings_per_rule_and_entity_per_hour,
        digest=digest(rule) if needs_approval(rule, profile) else None,
        rank=f"{_LAST_PRIORITY - rule.priority:04}{rule.id}",
    )


def _shared(where: Test, profile: Profile, filters: dict[str, Predicate]) -> Predicate:
    text = where.model_dump_json()
    if text not in filters:
        filters[text] = compile_test(where, profile, "when.where")
    return filters[text]


class RuleSet:
    """All rules of a database, compiled under one profile; only enabled ones are indexed.

    Attributes:
        damaged: rules that are there and cannot be read, by id, with the reason; they neither start nor are they gone.
    """

    def __init__(self, published: Iterable[Published], profile: Profile, limits: Iterable[Limit] = ()) -> None:
        self.profile = profile
        self.limits = tuple(limits)
        self.damaged: Mapping[str, str] = {}
        self._shared: dict[str, Predicate] = {}
        self.rules = {item.rule.id: compile_rule(item, profile, self._shared) for item in published}
        self._index: dict[tuple[str, str], dict[str | None, dict[_Scope, list[CompiledRule]]]] = {}
        self._filters: dict[_Place, FilterIndex[CompiledRule]] = {}  # of the long lists, made when they are first used
        for compiled in sorted(self.rules.values(), key=_rank):
            if compiled.rule.enabled:
                for place in _places(compiled.rule):
                    self._at(place).append(compiled)

    def replacing(self, changed: Iterable[Published]) -> RuleSet:
        """These rules with some of them replaced, or with new ones beside them; nothing else is compiled again."""
        made = RuleSet((), self.profile, self.limits)
        made.damaged = self.damaged
        made.rules, made._filters, made._shared = dict(self.rules), dict(self._filters), dict(self._shared)
        made._index = {
            key: {project: dict(scopes) for project, scopes in projects.items()}
            for key, projects in self._index.items()
        }
        for item in changed:
            made._put(compile_rule(item, self.profile, made._shared))
        return made

    def _put(self, compiled: CompiledRule) -> None:
        """Take a rule in; the lists of the index may be another set's as well, so that they are changed by copy."""
        old = self.rules.get(compiled.rule.id)
        if old is not None and old.rule.enabled:
            for place in _places(old.rule):
                self._replace(place, [other for other in self._at(place) if other is not old])
        self.rules[compiled.rule.id] = compiled
        if compiled.rule.enabled:
            for place in _places(compiled.rule):
                self._replace(place, sorted([*self._at(place), compiled], key=_rank))

    def _at(self, place: _Place) -> list[CompiledRule]:
        kind, entity, project, scope = place
        return self._index.setdefault((kind, entity), {}).setdefault(project, {}).setdefault(scope, [])

    def _replace(self, place: _Place, rules: list[CompiledRule]) -> None:
        kind, entity, project, scope = place
        self._index[kind, entity][project][scope] = rules
        self._filters.pop(place, None)

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
                rules: Sequence[CompiledRule] = shelf.get(scope, ())
                if len(rules) > FEW:
                    rules = self._filter((event.type, event.entity, project, scope), rules).find(attributes)
                for rule in rules:
                    where = rule.where
                    if where is None or where.holds(attributes):
                        found.append(rule)
        if len(found) > 1:
            found.sort(key=_rank)
        return found

    def _filter(self, place: _Place, rules: Sequence[CompiledRule]) -> FilterIndex[CompiledRule]:
        index = self._filters.get(place)
        if index is None:
            filed = [(rule, tuple(needs(rule.where.test, self.profile)) if rule.where else ()) for rule in rules]
            index = self._filters[place] = FilterIndex(filed, self.profile)
        return index


_rank = attrgetter("rank")


def _places(rule: Rule) -> Iterable[_Place]:
    when = rule.when
    characters = when.scope.characters
    scopes: Iterable[_Scope]
    if characters is None:
        scopes = (_PROJECT,)
    elif characters == "all":
        scopes = (_ANY_CHARACTER,)
    else:
        scopes = dict.fromkeys(characters)
    return ((when.event, when.entity, rule.project, scope) for scope in scopes)
