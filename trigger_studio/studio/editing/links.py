"""From an action's output to the rule that follows: a new one, or another that shall listen for it."""

from __future__ import annotations

from trigger_studio.analysis.conditions.possible import CHARACTER, PROJECT, Facts, may_start, required
from trigger_studio.analysis.graph.flow import Emission, flowchart
from trigger_studio.analysis.wording import words
from trigger_studio.errors import Refused
from trigger_studio.model.i18n import N_, tr
from trigger_studio.model.lenient_rule import sketch
from trigger_studio.model.profile import JOB_TYPE, Profile
from trigger_studio.model.rule import Rule
from trigger_studio.studio.document import Document
from trigger_studio.studio.editing.plan import (
    Plan,
    called,
    content_of,
    named,
    node_of,
    place_of,
    profile_of,
)
from trigger_studio.studio.editing.rules import fresh_rule
from trigger_studio.studio.paths import Content, value_at

FREE_GROUND = N_("drop it on another rule’s event, or on empty ground for a new rule")


def outputs(document: Document, node: str) -> list[Emission]:
    """What the card's action raises, the likeliest to be followed first; empty for one that raises nothing."""
    rule_id, _ = place_of(node)
    content = document.content(rule_id)
    rule = sketch(content) if content is not None else None
    if rule is None or document.profile is None:
        return []
    found = [emission for emission in flowchart(rule, document.profile).emissions if emission.node == node]
    return sorted(found, key=lambda emission: (emission.type == "failed", emission.entity == "job"))


def follow(document: Document, node: str, *, failed: bool = False, at: tuple[float, float] | None = None) -> Plan:
    """A new rule that listens for what an action raises; `at` is where it was dropped. Raises Refused."""
    emission, source = _output(document, node, failed=failed)
    when = {"event": emission.type, "entity": emission.entity, "scope": source["when"].get("scope", {"project": True})}
    if emission.entity == "job" and JOB_TYPE in emission.facts:
        when["where"] = {"all": [{"field": JOB_TYPE, "op": "eq", "value": emission.facts[JOB_TYPE][0]}]}
    content = {**fresh_rule(document, when), "project": source.get("project")}
    rule_id = str(content["id"])
    _check(content, emission, profile_of(document))
    label = words.event_label(emission.type, emission.entity)
    return Plan(
        tr("begin {0}", called(content)),
        {rule_id: content},
        rule_id,
        node_of(rule_id, ("when",)),
        where=tr("a new rule for “{0}”", label),
        told=tr("{0} is a draft of yours until you publish it.", called(content)),
        at=at,
    )


def link(document: Document, node: str, target_id: str) -> Plan:
    """Let another rule listen for what an action raises. Raises Refused, saying what stands against it."""
    emission, source = _output(document, node)
    target = content_of(document, target_id)
    if target_id == source["id"]:
        raise Refused(tr("a rule cannot follow itself; that would never end"))
    if any(_follows(target, known, profile_of(document)) for known in outputs(document, node)):
        raise Refused(tr("{0} follows from this already", called(target)))
    changed = {**target, "when": {**target["when"], "event": emission.type, "entity": emission.entity}}
    _check(changed, emission, profile_of(document))
    label = words.event_label(emission.type, emission.entity)
    before = words.event_label(str(target["when"].get("event")), str(target["when"].get("entity")))
    return Plan(
        tr("let {0} follow “{1}”", called(target), label),
        {target_id: changed},
        target_id,
        node_of(target_id, ("when",)),
        where=tr("{0} listens for “{1}”", called(target), label),
        told=tr("{0} listens for “{1}” now, no longer for “{2}”; undo takes it back.", called(target), label, before),
    )


def _output(document: Document, node: str, *, failed: bool = False) -> tuple[Emission, Content]:
    rule_id, path = place_of(node)
    content = content_of(document, rule_id)
    found = [emission for emission in outputs(document, node) if (emission.type == "failed") is failed]
    if not found:
        action = value_at(content, path)
        name = named(action, profile_of(document)) if path[0] == "actions" and isinstance(action, dict) else tr("this")
        raise Refused(tr("{0} raises no event, so no rule can follow from it", name))
    return found[0], content


def _follows(content: Content, emission: Emission, profile: Profile) -> bool:
    rule = sketch(content)
    if rule is None or (rule.when.event, rule.when.entity) != (emission.type, emission.entity):
        return False
    return may_start(rule, required(rule.project, rule.when, profile), emission.facts, profile)


def _check(content: Content, emission: Emission, profile: Profile) -> None:
    """Whether the rule could ever start from this. Raises Refused, saying why not."""
    rule = sketch(content)
    if rule is None:
        raise Refused(tr("{0} is not finished; give it an event first", called(content)))
    needs = required(rule.project, rule.when, profile)
    if not may_start(rule, needs, emission.facts, profile):
        raise Refused(f"{called(content)} {_reason(rule, needs, emission.facts, profile)}")


def _reason(rule: Rule, needs: Facts, facts: Facts, profile: Profile) -> str:
    for field, verb in ((PROJECT, tr("sees only what happens in {0}")), (CHARACTER, tr("is only for {0}"))):
        wanted, known = needs.get(field), facts.get(field)
        if wanted is not None and known is not None and not set(wanted) & set(known):
            return tr(
                "{0}, and this is about {1}", verb.format(words.listed(map(str, wanted))), words.listed(map(str, known))
            )
    asked = words.clause(rule.when.where, profile) if rule.when.where is not None else tr("something else")
    return tr("asks that {0}, which is never so for what this raises", asked)
