"""What a gesture or a command comes to, worked out before it is done: tried first, then pushed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from trigger_studio.analysis.wording import words
from trigger_studio.errors import Refused
from trigger_studio.frozen import frozen
from trigger_studio.model import i18n
from trigger_studio.model.i18n import N_, tr
from trigger_studio.model.profile import Profile
from trigger_studio.model.same import same
from trigger_studio.studio.document import Document
from trigger_studio.studio.form.action_kinds import line_of
from trigger_studio.studio.paths import Content, Path, path_of, text_of

LONGEST = 40

Contents = Mapping[str, Content | None]
"""Rules' documents by id."""
_THINGS = {
    "submit_job": N_("a job"),
    "send_notification": N_("a notification"),
    "call_webhook": N_("a webhook"),
    "set_status": N_("a status"),
    "branch": N_("a branch"),
    "gate": N_("a gate"),
    "parallel": N_("a parallel group"),
    "sequence": N_("a sequence"),
}


@frozen
class Plan:
    """One step of the document, not yet taken.

    Attributes:
        title: names the step for undo: ``add a webhook``.
        contents: the rules' new documents by id; None takes a rule away.
        rule, node: what is selected afterwards.
        where: the place in words, shown while something is dragged over it.
        told: what a person should hear afterwards, beyond what they see.
        at: where the event of a new rule was dropped, in scene units; None leaves the rule to the layout.
    """

    title: str
    contents: Contents = field(default_factory=dict)
    rule: str = ""
    node: str = ""
    where: str = ""
    told: str = ""
    at: tuple[float, float] | None = None

    def changes(self, document: Document) -> bool:
        """Whether anything would be different."""
        return any(not same(document.content(rule_id), content) for rule_id, content in self.contents.items())


def node_of(rule_id: str, path: Path) -> str:
    """The id of the card that stands for a place in a rule."""
    return f"rule:{rule_id}:{text_of(path)}"


def place_of(node: str) -> tuple[str, Path]:
    """The rule and the place that a card stands for; the end of a group stands for the group."""
    _, rule_id, path = node.split(":", 2)
    return rule_id, path_of(path.removesuffix(".end"))


def content_of(document: Document, rule_id: str) -> Content:
    """A rule's document. Raises Refused."""
    content = document.content(rule_id)
    if content is None:
        raise Refused(tr("this rule is no longer there"))
    return content


def profile_of(document: Document) -> Profile:
    """The profile in force. Raises Refused."""
    if document.profile is None:
        raise Refused(tr("no pipeline is open yet"))
    return document.profile


def called(content: Mapping[str, Any]) -> str:
    """A rule's name in quotes."""
    return quoted(str(content.get("name") or content.get("id") or ""))


def named(action: dict[str, Any], profile: Profile) -> str:
    """An action in quotes, as its card calls it: ``“start QA”``."""
    title = line_of(action, profile)[0]
    return quoted(title if title[1:2].isupper() else title[:1].lower() + title[1:])


def thing(kind: str) -> str:
    """An action type as a thing that comes and goes: ``a webhook``."""
    return tr(_THINGS.get(kind, "")) or quoted(words.plain(kind))


def quoted(text: str) -> str:
    """The text in quotes, cut where it is long."""
    return i18n.quoted(text if len(text) <= LONGEST else text[: LONGEST - 1] + "…")
