"""What a drop comes to: something of the palette, a card, an action's output or a copied text, on a place."""

from __future__ import annotations

from trigger_studio.errors import Refused
from trigger_studio.model.i18n import tr
from trigger_studio.model.profile import EVENT_TYPES
from trigger_studio.studio.chart.drop_target import DropTarget
from trigger_studio.studio.document import Document
from trigger_studio.studio.editing import actions, links, rules
from trigger_studio.studio.editing.plan import Plan, place_of
from trigger_studio.studio.editing.spots import NOWHERE, spot_of

CONDITION = "condition"


def drop_new(document: Document, item: str, place: DropTarget) -> Plan:
    """A thing of the palette: an event type, ``condition``, or an action type. Raises Refused, saying why not."""
    if item in EVENT_TYPES:
        return _drop_event(document, item, place)
    if item == CONDITION:
        return _drop_condition(document, place)
    return actions.add(document, item, spot_of(document, place))


def _drop_event(document: Document, event: str, place: DropTarget) -> Plan:
    if place.rule is None:
        return rules.begin(document, event, place.at)
    if place.card is not None and place_of(place.card)[1] == ("when",):
        return rules.listen(document, place.rule, event)
    raise Refused(tr("a rule has one event, at its beginning: drop this there, or on empty ground for a new rule"))


def _drop_condition(document: Document, place: DropTarget) -> Plan:
    if place.rule is None:
        raise Refused(tr(NOWHERE))
    node = place.wire.target if place.wire is not None else place.card
    after_event = place.wire is not None and place_of(place.wire.source)[1][0] == "when"
    if node is not None and place_of(node)[1][0] == "actions" and not after_event:
        raise Refused(tr(actions.NO_CONDITION_HERE))
    return actions.add_condition(document, place.rule)


def drop_card(document: Document, node: str, place: DropTarget) -> Plan:
    """A card of the chart on another one, or on a line. Raises Refused, saying why not."""
    actions.movable(node)
    return actions.move(document, node, spot_of(document, place))


def drop_output(document: Document, node: str, place: DropTarget) -> Plan:
    """The end of a line that was pulled out of an action. Raises Refused, saying why not."""
    if place.rule is None:
        return links.follow(document, node, at=place.at)
    rule_id, _ = place_of(node)
    if place.card is not None and place_of(place.card)[1][0] == "actions":
        raise Refused(tr(links.FREE_GROUND))
    if place.rule == rule_id and place.card is None:
        raise Refused(tr(links.FREE_GROUND))
    return links.link(document, node, place.rule)
