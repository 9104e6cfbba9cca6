"""Actions of rules: add, move, copy, wrap and take out, each as a plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from trigger_studio.errors import Refused
from trigger_studio.model.counting import count
from trigger_studio.model.i18n import N_, tr
from trigger_studio.model.profile import Profile
from trigger_studio.studio.document import Document
from trigger_studio.studio.editing import edits
from trigger_studio.studio.editing.edits import Action
from trigger_studio.studio.editing.plan import (
    Plan,
    called,
    content_of,
    named,
    node_of,
    place_of,
    profile_of,
    thing,
)
from trigger_studio.studio.editing.spots import Spot
from trigger_studio.studio.form.action_kinds import fresh_actions
from trigger_studio.studio.form.picks import fresh_value
from trigger_studio.studio.paths import Content, Path, value_at

NO_CONDITION_HERE = N_(
    "a condition belongs to a rule’s event: drop it there; for a choice between actions take “If … otherwise …”"
)


def fresh(kind: str, profile: Profile) -> Action:
    """A new action of a type. Raises Refused."""
    made = fresh_actions(profile).get(kind)
    if made is None:
        raise Refused(tr("there is no action of the type '{0}'", kind))
    return made


def add(document: Document, kind: str, spot: Spot) -> Plan:
    """A new action at a spot. Raises Refused."""
    content, path = spot.put(content_of(document, spot.rule), fresh(kind, profile_of(document)))
    return _placed(tr("add {0}", thing(kind)), {spot.rule: content}, spot, path)


def add_condition(document: Document, rule_id: str) -> Plan:
    """One more condition on a rule's event."""
    profile = profile_of(document)
    name, attribute = next(iter(profile.attributes.items()), ("job_type", profile.fields["job_type"]))
    op = "ge" if attribute.type == "ordered" else "eq"
    condition = {"field": name, "op": op, "value": fresh_value(attribute, op)}
    content = content_of(document, rule_id)
    changed = edits.add_condition(content, condition)
    node = node_of(rule_id, ("when", "where"))
    return Plan(
        tr("add a condition"),
        {rule_id: changed},
        rule_id,
        node,
        where=tr("a condition on the event of {0}", called(content)),
    )


def move(document: Document, node: str, spot: Spot) -> Plan:
    """An action to another spot, of its own rule or of another one. Raises Refused."""
    rule_id, path = movable(node)
    content = content_of(document, rule_id)
    action = action_at(content, path)
    name = named(action, profile_of(document))
    if spot.rule == rule_id:
        moved = spot.bring(content, path)
        plan = _placed(tr("move {0} {1}", name, spot.words), {rule_id: moved.content}, spot, moved.path)
    else:
        placed = spot.put(content_of(document, spot.rule), dict(action))
        contents = {rule_id: edits.delete(content, [path]), spot.rule: placed.content}
        goal = called(content_of(document, spot.rule))
        plan = _placed(tr("move {0} to {1}", name, goal), contents, spot, placed.path)
    if not plan.changes(document):
        raise Refused(tr("it is there already"))
    return plan


def _placed(title: str, contents: Mapping[str, Content], spot: Spot, path: Path) -> Plan:
    node = node_of(spot.rule, edits.seen_at(contents[spot.rule], path))
    return Plan(title, contents, spot.rule, node, where=spot.words)


def movable(node: str) -> tuple[str, Path]:
    """The rule and place of a card that can be taken elsewhere. Raises Refused."""
    rule_id, path = place_of(node)
    if not edits.is_action(path):
        raise Refused(tr("only actions can be moved about; the event and its conditions come first"))
    return rule_id, path


def action_at(content: Content, path: Path) -> Action:
    """The action there. Raises Refused."""
    action = value_at(content, path)
    if not isinstance(action, dict):
        raise Refused(tr("this step is no longer there"))
    return action


def delete(document: Document, nodes: Iterable[str]) -> Plan:
    """Take cards out: actions, and the conditions and joins of events. Raises Refused."""
    by_rule = _by_rule(nodes)
    contents: dict[str, Content] = {}
    gone = 0
    title = ""
    for rule_id, paths in by_rule.items():
        content = content_of(document, rule_id)
        actions = edits.outermost(path for path in paths if edits.is_action(path) and value_at(content, path))
        asked = [path for path in paths if path[:1] == ("when",) and len(path) == 2 and value_at(content, path)]
        if not actions and not asked:
            continue
        gone += len(actions) + len(asked)
        words = {"where": tr("the conditions"), "every": tr("the join")}
        title = words[str(asked[0][1])] if asked else named(action_at(content, actions[0]), profile_of(document))
        if asked:
            left = {key: value for key, value in content["when"].items() if ("when", key) not in asked}
            content = {**content, "when": left}
        contents[rule_id] = edits.delete(content, actions) if actions else content
    if not gone:
        raise Refused(tr("there is nothing here that can be deleted"))
    rule_id = next(iter(contents))
    return Plan(tr("delete {0}", title if gone == 1 else count(gone, "step")), contents, rule_id)


def duplicate(document: Document, nodes: Iterable[str]) -> Plan:
    """A copy of each action right after it. Raises Refused."""
    contents: dict[str, Content] = {}
    copies: list[str] = []
    title = ""
    for rule_id, paths in _by_rule(nodes).items():
        content = content_of(document, rule_id)
        actions = edits.outermost(path for path in paths if edits.is_action(path) and value_at(content, path))
        if actions:
            title = named(action_at(content, actions[0]), profile_of(document))
            contents[rule_id], made = edits.duplicate(content, actions)
            copies += [node_of(rule_id, edits.seen_at(contents[rule_id], path)) for path in made]
    if not copies:
        raise Refused(tr("there is no action here to copy"))
    rule_id, _ = place_of(copies[0])
    return Plan(
        tr("duplicate {0}", title if len(copies) == 1 else count(len(copies), "step")), contents, rule_id, copies[0]
    )


def wrap(document: Document, node: str, kind: str) -> Plan:
    """Put an action into a new group or branch. Raises Refused."""
    rule_id, path = movable(node)
    content = content_of(document, rule_id)
    name = named(action_at(content, path), profile_of(document))
    around: dict[str, Any] = fresh(kind, profile_of(document))
    around = {**around, "else": []} if kind == "branch" else around
    changed, inside = edits.wrap(content, path, around)
    return Plan(
        tr("put {0} into {1}", name, thing(kind)),
        {rule_id: changed},
        rule_id,
        node_of(rule_id, edits.seen_at(changed, inside)),
    )


def unwrap(document: Document, node: str) -> Plan:
    """Put what is in a group or branch in its place. Raises Refused."""
    rule_id, path = movable(node)
    content = content_of(document, rule_id)
    action = action_at(content, path)
    changed = edits.unwrap(content, path)
    return Plan(
        tr("take {0} apart", thing(str(action.get("type")))),
        {rule_id: changed},
        rule_id,
        node_of(rule_id, edits.seen_at(changed, path)),
    )


def paste(document: Document, actions: Sequence[Action], spot: Spot) -> Plan:
    """These actions at a spot. Raises Refused."""
    if not actions:
        raise Refused(tr("there is no action to paste"))
    content = content_of(document, spot.rule)
    content, path = spot.put(content, actions[0])
    if len(actions) > 1:
        content, _ = edits.insert_all(content, (*path[:-1], int(path[-1]) + 1), actions[1:])
    name = named(actions[0], profile_of(document)) if len(actions) == 1 else count(len(actions), "step")
    return _placed(tr("paste {0}", name), {spot.rule: content}, spot, path)


def _by_rule(nodes: Iterable[str]) -> dict[str, list[Path]]:
    found: defaultdict[str, list[Path]] = defaultdict(list)
    for node in nodes:
        rule_id, path = place_of(node)
        found[rule_id].append(path)
    return found
