"""Rules compiled and indexed: by event type, kind, project and character, so that matching does not scan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from trigger_studio.decide.filters import FEW, FilterIndex, needs
from trigger_studio.decide.predicate import Predicate, compile_test
from trigger_studio.decide.program import Program, compile_program
from trigger_studio.model.event import Event
from trigger_studio.model.limit import Limit
from trigger_studio.model.profile import Profile
from trigger_studio.model.rule import Rule, digest, needs_approval

_Key = tuple[str, str, str | None, object]

ANY_CHARACTER = "*"
"""Index key of `{characters: all}`; no clash with an id, since named characters are keyed as 1-tuples."""


@dataclass(frozen=True, slots=True)
class Published:
    """A rule as it stands in the database at one revision."""

    rule: Rule
    revision: int = 1


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A published rule made ready for decisions.

    Attributes:
        max_depth: the smaller of the rule's and the profile's.
        hourly_limit: firings for one entity within an hour, above which further ones are held.
        digest: what an approval stands for; computed only where one is needed.
        rank: order of action: priority descending, then id.
    """

    rule: Rule
    revision: int
    where: Predicate | None
    members: Predicate | None
    program: Program
    max_depth: int
    hourly_limit: int
    digest: str | None
    rank: tuple[int, str]


def compile_rule(published: Published, profile: Profile) -> CompiledRule:
    """Compile one rule. Raises BadInput if it names a field that the profile lacks."""
    rule, when = published.rule, published.rule.when
    join = when.every
    return CompiledRule(
        rule=rule,
        revision=published.revision,
        where=compile_test(when.where, profile, "when.where") if when.where else None,
        members=compile_test(join.where, profile, "when.every.where") if join and join.where else None,
        program=compile_program(rule, profile),
        max_depth=min(rule.max_depth, profile.limits.max_depth),
        hourly_limit=profile.limits.firings_per_rule_and_entity_per_hour,
        digest=digest(rule) if needs_approval(rule, profile) else None,
        rank=(-rule.priority, rule.id),
    )


class RuleSet:
    """All rules of a database, compiled under one profile; only enabled ones are indexed."""

    def __init__(self, published: Iterable[Published], profile: Profile, limits: Iterable[Limit] = ()) -> None:
        self.profile = profile
        self.limits = tuple(limits)
        self.rules = {item.rule.id: compile_rule(item, profile) for item in published}
        self._index: dict[_Key, list[CompiledRule]] = {}
        self._projects: dict[tuple[str, str], set[str | None]] = {}  # of the rules, by event type and kind
        self._filters: dict[_Key, FilterIndex[CompiledRule]] = {}  # of the long lists, made when they are first used
        for compiled in sorted(self.rules.values(), key=_rank):
            if compiled.rule.enabled:
                for key in _keys(compiled.rule):
                    self._index.setdefault(key, []).append(compiled)
                    self._projects.setdefault(key[:2], set()).add(key[2])

    def replacing(self, changed: Iterable[Published]) -> RuleSet:
        """These rules with some of them replaced, or with new ones beside them; nothing else is compiled again."""
        made = RuleSet((), self.profile, self.limits)
        made.rules, made._index, made._filters = dict(self.rules), dict(self._index), dict(self._filters)
        made._projects = {key: set(projects) for key, projects in self._projects.items()}
        for item in changed:
            made._put(compile_rule(item, self.profile))
        return made

    def _put(self, compiled: CompiledRule) -> None:
        """Take a rule in; the lists of the index may be another set's as well, so that they are changed by copy."""
        old = self.rules.get(compiled.rule.id)
        if old is not None and old.rule.enabled:
            for key in _keys(old.rule):
                self._index[key] = [other for other in self._index[key] if other is not old]
                self._filters.pop(key, None)
        self.rules[compiled.rule.id] = compiled
        if compiled.rule.enabled:
            for key in _keys(compiled.rule):
                self._index[key] = sorted([*self._index.get(key, ()), compiled], key=_rank)
                self._projects.setdefault(key[:2], set()).add(key[2])
                self._filters.pop(key, None)

    def matching(self, event: Event) -> list[CompiledRule]:
        """Enabled rules whose event type, kind, project, scope and `where` hold, in their order of action."""
        kind, entity, character = event.type, event.entity, event.character
        projects = self._projects.get((kind, entity))
        if projects is None:
            return []
        found: list[CompiledRule] = []
        scopes: tuple[object, ...] = (None,) if character is None else (None, ANY_CHARACTER, (character,))
        for project in (None,) if event.project is None else (None, event.project):
            if project in projects:
                for scope in scopes:
                    key = (kind, entity, project, scope)
                    rules: Sequence[CompiledRule] = self._index.get(key, ())
                    if len(rules) > FEW:
                        rules = self._filter(key, rules).find(event.attributes)
                    for rule in rules:
                        if rule.where is None or rule.where.holds(event.attributes):
                            found.append(rule)  # noqa: PERF401 - extending by a comprehension would take longer
        if len(found) > 1:
            found.sort(key=_rank)
        return found

    def _filter(self, key: _Key, rules: Sequence[CompiledRule]) -> FilterIndex[CompiledRule]:
        index = self._filters.get(key)
        if index is None:
            filed = [(rule, tuple(needs(rule.where.test, self.profile)) if rule.where else ()) for rule in rules]
            index = self._filters[key] = FilterIndex(filed, self.profile)
        return index


_rank = attrgetter("rank")


def _keys(rule: Rule) -> Iterable[_Key]:
    when = rule.when
    characters = when.scope.characters
    scopes: Iterable[object]
    if characters is None:
        scopes = (None,)
    elif characters == "all":
        scopes = (ANY_CHARACTER,)
    else:
        scopes = {(name,) for name in characters}
    return ((when.event, when.entity, rule.project, scope) for scope in scopes)
