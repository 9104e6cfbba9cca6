"""Rules and actions on the clipboard, as a bundle's YAML: between windows, and into a mail or an editor.

Copied actions travel as a bundle with the one rule that they came from, reduced to them; a mark beside the text says
that the actions are meant. Without the mark, as when the text went through a mail, it is the rule.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QMimeData

from trigger_studio.errors import BadInput, Refused
from trigger_studio.frozen import frozen
from trigger_studio.model.bundle import parse_bundle
from trigger_studio.model.documents import read_document
from trigger_studio.model.i18n import N_, tr, translate
from trigger_studio.model.lenient_rule import sketch
from trigger_studio.model.profile import Profile
from trigger_studio.model.rule import FORMAT, Rule, document
from trigger_studio.model.yaml_core import write_yaml
from trigger_studio.studio.editing.edits import Action
from trigger_studio.studio.paths import Content

RULES: Final = "application/x-trigger-studio-rules+yaml"
ACTIONS: Final = "application/x-trigger-studio-actions+yaml"
_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}\Z")
_LONGEST: Final = 160
NOTHING: Final = N_("There is nothing on the clipboard that can be pasted here.")


@frozen
class Clip:
    """What is on the clipboard: either rules or actions."""

    rules: tuple[Content, ...] = ()
    actions: tuple[Action, ...] = ()


def rules_to_mime(rules: Sequence[Content]) -> QMimeData:
    """Whole rules; a draft with faults too, as it is."""
    return _mime(RULES, rules)


def actions_to_mime(rule: Content, actions: Sequence[Action]) -> QMimeData:
    """Actions of a rule."""
    return _mime(ACTIONS, [{**rule, "actions": list(actions)}])


def _mime(kind: str, rules: Sequence[Content]) -> QMimeData:
    ordered = [{key: rule[key] for key in Rule.model_fields if key in rule} for rule in rules]
    text = write_yaml({"format": FORMAT, "rules": ordered})
    mime = QMimeData()
    mime.setText(text)
    mime.setData(kind, text.encode())
    return mime


def read(mime: QMimeData | None, profile: Profile) -> Clip:
    """What was copied, here or elsewhere.

    Raises:
        Refused: it is nothing that can be pasted; says why in one line.
    """
    if mime is None:  # nothing was ever copied
        raise Refused(tr(NOTHING))
    for kind in (ACTIONS, RULES):
        if mime.hasFormat(kind):
            rules = _own(bytes(mime.data(kind).data()))
            return Clip(actions=tuple(rules[0]["actions"])) if kind == ACTIONS else Clip(rules=tuple(rules))
    if not mime.hasText() or not mime.text().strip():
        raise Refused(tr(NOTHING))
    return Clip(rules=tuple(_foreign(mime.text(), profile)))


def _own(text: bytes) -> list[Content]:
    """Rules that a window of ours has copied: they may be unfinished, but they have the shape of rules."""
    try:
        data = read_document(text)
    except BadInput as error:
        raise _refused(error) from None
    rules = data.get("rules") if isinstance(data, dict) and data.get("format") == FORMAT else None
    if not isinstance(rules, list) or not rules or not all(map(_has_shape, rules)):
        raise Refused(tr("The clipboard holds rules of another version; needed is “format: {0}”.", FORMAT))
    return rules


def _has_shape(rule: Any) -> bool:
    return (
        isinstance(rule, dict)
        and bool(_ID.match(str(rule.get("id"))))
        and isinstance(rule.get("actions"), list)
        and all(isinstance(action, dict) for action in rule["actions"])
        and sketch(rule) is not None
    )


def _foreign(text: str, profile: Profile) -> list[Content]:
    """The rules of a text from anywhere: a sound bundle, or a clear no."""
    try:
        data = read_document(text)
        if not isinstance(data, dict) or "format" not in data:
            raise Refused(tr("The copied text is no bundle of rules; one begins with “format: {0}”.", FORMAT))
        rules = parse_bundle(data, profile)
    except BadInput as error:
        raise _refused(error) from None
    if not rules:
        raise Refused(tr("The copied text is a bundle without rules."))
    return [document(rule) for rule in rules]


def _refused(error: BadInput) -> Refused:
    more = len(error.faults) - 1
    first = translate(error.faults[0])
    first = first if len(first) <= _LONGEST else first[: _LONGEST - 1] + "…"
    return Refused(tr("The copied text cannot be pasted: {0}{1}", first, tr(" (and {0} more)", more) if more else ""))
