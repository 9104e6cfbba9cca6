"""Rules compiled and indexed: by event type, kind, project and character, so that matching does not scan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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
    """

    rule: Rule
    revision: int
    where: Predicate | None
    members: Predicate | None
    program: Program
    max_depth: int
    hourly_limit: int
    digest: str | None

    @property
    def rank(self) -> tuple[int, str]:
        """Order of action: priority descending, then id."""
        return (-self.rule.priority, self.rule.id)


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
    )


class RuleSet:
    """All rules of a database, compiled under one profile; only enabled ones are indexed."""

    def __init__(self, published: Iterable[Published], profile: Profile, limits: Iterable[Limit] = ()) -> None:
        self.profile = profile
        self.limits = tuple(limits)
        self.rules = {item.rule.id: compile_rule(item, profile) for item in published}
        self._index: dict[_Key, list[CompiledRule]] = {}
        for compiled in sorted(self.rules.values(), key=lambda item: item.rank):
            if compiled.rule.enabled:
                for key in _keys(compiled.rule):
                    self._index.setdefault(key, []).append(compiled)

    def replacing(self, changed: Iterable[Published]) -> RuleSet:
        """These rules with some of them replaced, or with new ones beside them; nothing else is compiled again."""
        made = RuleSet((), self.profile, self.limits)
        made.rules, made._index = dict(self.rules), dict(self._index)
        for item in changed:
            made._put(compile_rule(item, self.profile))
        return made

    def _put(self, compiled: CompiledRule) -> None:
        """Take a rule in; the lists of the index may be another set's as well, so that they are changed by copy."""
        old = self.rules.get(compiled.rule.id)
        if old is not None and old.rule.enabled:
            for key in _keys(old.rule):
                self._index[key] = [other for other in self._index[key] if other is not old]
        self.rules[compiled.rule.id] = compiled
        if compiled.rule.enabled:
            for key in _keys(compiled.rule):
                self._index[key] = sorted([*self._index.get(key, ()), compiled], key=lambda item: item.rank)

    def candidates(self, event: Event) -> list[CompiledRule]:
        """Enabled rules whose event type, kind, project and scope hold, in their order of action."""
        kind, entity, character = event.type, event.entity, event.character
        scopes: tuple[object, ...] = (None,) if character is None else (None, ANY_CHARACTER, (character,))
        projects = (None,) if event.project is None else (None, event.project)
        get = self._index.get
        found = [rules for project in projects for scope in scopes if (rules := get((kind, entity, project, scope)))]
        if len(found) <= 1:
            return found[0] if found else []
        return sorted((rule for rules in found for rule in rules), key=lambda item: item.rank)


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
