"""Which spot of a rule a place on the canvas means."""

from __future__ import annotations

from typing import Any, NamedTuple

from trigger_studio.errors import Refused
from trigger_studio.model.i18n import N_, tr
from trigger_studio.studio.chart.drop_target import DropTarget, Side
from trigger_studio.studio.document import Document
from trigger_studio.studio.editing import edits
from trigger_studio.studio.editing.edits import Action, Edited
from trigger_studio.studio.editing.plan import called, content_of, named, place_of, profile_of
from trigger_studio.studio.paths import Content, Path, value_at

NOWHERE = N_("drop it on a step, on a line between steps, or in a rule’s box; an event on empty ground begins a rule")
GONE = N_("this step is no longer there")
BEFORE_ALL = N_("an action cannot come before the rule’s conditions; drop it after them")


class Spot(NamedTuple):
    """Before what is at `path`, or at the end of its list; with a `side`, before or after the action that is there.

    Attributes:
        words: the spot as a person says it: ``before “start QA”``.
    """

    rule: str
    path: Path
    words: str
    side: Side | None = None

    def put(self, content: Content, action: Action) -> Edited:
        """Put a new action here."""
        if self.side is None:
            return edits.insert(content, self.path, action)
        return edits.insert_next_to(content, self.path, action, after=self.side is Side.AFTER)

    def bring(self, content: Content, source: Path) -> Edited:
        """Bring an action of the same rule here. Raises Refused."""
        if self.side is None:
            return edits.move(content, source, self.path)
        return edits.move_next_to(content, source, self.path, after=self.side is Side.AFTER)


def spot_of(document: Document, place: DropTarget) -> Spot:
    """The spot for an action that a place means. Raises Refused, saying why there is none."""
    if place.rule is None:
        raise Refused(tr(NOWHERE))
    content = content_of(document, place.rule)
    if place.wire is not None:
        return _on_wire(document, place.rule, content, place)
    if place.card is not None:
        return _on_card(document, content, place.card, place.side)
    return Spot(place.rule, ("actions", len(content.get("actions") or [])), tr("at the end of {0}", called(content)))


def next_to(document: Document, node: str, side: Side) -> Spot:
    """The spot beside a card. Raises Refused."""
    rule_id, _ = place_of(node)
    return _on_card(document, content_of(document, rule_id), node, side)


def _on_card(document: Document, content: Content, node: str, side: Side) -> Spot:
    rule_id, path = place_of(node)
    if path[0] != "actions":
        return Spot(rule_id, ("actions", 0), tr("first in {0}", called(content)))
    if not edits.is_action(path):
        if not isinstance(value_at(content, path[:-1]), dict):
            raise Refused(tr(GONE))
        return Spot(rule_id, (*path, 0), tr("here, where nothing is done yet"))
    action: Any = value_at(content, path)
    if not isinstance(action, dict):
        raise Refused(tr(GONE))
    name = named(action, profile_of(document))
    if side is Side.AFTER and not node.endswith(".end"):
        if action.get("type") == "branch":
            return Spot(rule_id, (*path, "then", 0), tr("on yes of {0}", name))
        if action.get("type") == "parallel":
            return Spot(rule_id, (*path, "actions", len(action.get("actions") or [])), tr("into {0}", name))
    if node.endswith(".end"):
        side = Side.AFTER
    return Spot(rule_id, path, tr("before {0}" if side is Side.BEFORE else "after {0}", name), side)


def _on_wire(document: Document, rule_id: str, content: Content, place: DropTarget) -> Spot:
    assert place.wire is not None
    source, target = place.wire.source, place.wire.target
    (_, before), (_, after) = place_of(source), place_of(target)
    if after[0] != "actions":
        raise Refused(tr(BEFORE_ALL))
    for node, path in ((source, before), (target, after)):
        if path[0] == "actions" and not edits.is_action(path):
            return _on_card(document, content, node, Side.AFTER)
    if target.endswith(".end") or (place.joined and before[0] == "actions"):
        return _on_card(document, content, source, Side.AFTER)
    return _on_card(document, content, target, Side.BEFORE)
