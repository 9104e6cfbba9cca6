"""A bundle's file is a text of its author's: written over, it keeps the lines of every rule that did not change.

What is kept is kept to the letter, comments and anchors among it. The new text is read again before it is handed out;
where it does not hold what it should, and where the file is no bundle in block style, nothing is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml
from pydantic import ValidationError

from trigger_studio.errors import Fault
from trigger_studio.model.documents import MAX_DEPTH
from trigger_studio.model.rule import FORMAT, Rule, document
from trigger_studio.model.yaml_core import LOADER, parse_yaml, write_yaml

_BYTE_ORDER_MARK = "\ufeff"


@dataclass(slots=True)
class _Item:
    """Where a rule stands in a text: in the lines from `start` to `end`, its dash `indent` characters in."""

    start: int
    end: int = 0
    indent: int = 0
    anchors: set[str] = field(default_factory=set)
    aliases: set[str] = field(default_factory=set)


def rewritten(text: str, bundle: Mapping[str, Any]) -> str | None:
    """The text of a bundle's file, made to hold another bundle; None if nothing of it can be kept.

    Rules that did not change keep their lines and the comments in and above them; rules that changed keep their place
    and the comments above them. New rules follow the others; those that are gone take the comment right above along.

    Args:
        text: of the file, as it is.
        bundle: as `bundle.bundle_document` makes it.
    """
    mark = _BYTE_ORDER_MARK if text.startswith(_BYTE_ORDER_MARK) else ""
    text = text.removeprefix(mark)
    before = _documents(text)
    wanted = {rule["id"]: rule for rule in bundle["rules"]}
    items = _items(text) if before and wanted else None
    if items is None:
        return None
    ids = [rule["id"] if rule else "" for rule in before]
    same = [rule is not None and wanted.get(rule["id"]) == rule for rule in before]
    made = _joined(text, items, ids, _kept(items, same), wanted)
    after = _documents(made)
    sound = len(after) == len(wanted) and all(rule is not None and wanted.get(rule["id"]) == rule for rule in after)
    return mark + made if sound else None


def _documents(text: str) -> list[dict[str, Any] | None]:
    """The rules of a bundle's text as `rule.document` writes them, None for what is no rule; none of no bundle."""
    faults: list[Fault] = []
    data = parse_yaml(text, MAX_DEPTH, faults)
    if faults or not isinstance(data, dict) or data.keys() != {"format", "rules"} or data["format"] != FORMAT:
        return []
    return [_document(rule) for rule in data["rules"]] if isinstance(data["rules"], list) else []


def _document(rule: Any) -> dict[str, Any] | None:
    try:
        return document(Rule.model_validate(rule))
    except ValidationError:
        return None


def _items(text: str) -> list[_Item] | None:
    """Where each rule of a bundle's text stands; None if they are in flow style, or not in lines of their own."""
    items: list[_Item] = []
    level = 0  # of open collections: in the bundle, in its rules, in a rule
    for event in yaml.parse(text, LOADER):
        level -= isinstance(event, yaml.CollectionEndEvent)
        if level == 1 and isinstance(event, yaml.SequenceStartEvent) and event.flow_style:
            return None
        if level >= 2:
            if level == 2 and isinstance(event, yaml.NodeEvent):
                items.append(_Item(_index(event.start_mark)))
            _note(items[-1], event)
        level += isinstance(event, yaml.CollectionStartEvent)
    end = 0
    for item in items:
        line = text.rfind("\n", 0, item.start) + 1
        dash = text[line : item.start]
        if line < end or dash.strip(" ") != "-":
            return None
        item.start, item.indent = line, dash.index("-")
        item.end = end = _end_of_lines(text, item.end)
    return items


def _note(item: _Item, event: yaml.Event) -> None:
    """What an event of the rule says of where the rule ends, and of what it shares with others."""
    if isinstance(event, yaml.NodeEvent) and event.anchor:
        (item.aliases if isinstance(event, yaml.AliasEvent) else item.anchors).add(event.anchor)
    if _index(event.end_mark) > _index(event.start_mark):  # what ends in block style takes no room, and comes too late
        item.end = _index(event.end_mark)


def _index(mark: Any) -> int:
    """The character at a mark; every event of a text has its marks."""
    return int(mark.index)


def _end_of_lines(text: str, place: int) -> int:
    """Where the line is over that holds what ends at `place`; blank lines before it belong to what follows."""
    while text[place - 1].isspace():
        place -= 1
    return text.find("\n", place) + 1 or len(text)


def _kept(items: Sequence[_Item], same: Sequence[bool]) -> list[bool]:
    """Which rules keep their lines: what did not change, and refers to nothing in rules that did."""
    kept = list(same)
    while True:
        anchors = set().union(*(item.anchors for item, keep in zip(items, kept, strict=True) if keep))
        fewer = [keep and item.aliases <= anchors for item, keep in zip(items, kept, strict=True)]
        if fewer == kept:
            return kept
        kept = fewer


def _joined(
    text: str, items: Sequence[_Item], ids: Sequence[str], kept: Sequence[bool], wanted: Mapping[str, Any]
) -> str:
    """The new text: what stands between the rules as it was, and each rule as it was or is to be."""
    line_end = "\r\n" if "\r\n" in text else "\n"
    parts, end, left = [], 0, dict(wanted)
    for item, rule_id, keep in zip(items, ids, kept, strict=True):
        between, rule = text[end : item.start], left.pop(rule_id, None)
        end = item.end
        if rule is None:
            parts.append(_without_last_comment(between))
        else:
            parts += [between, text[item.start : end] if keep else _lines(rule, item.indent, line_end)]
    if left and not text[:end].endswith("\n"):
        parts.append(line_end)
    parts += [_lines(rule, items[-1].indent, line_end) for rule in left.values()]
    return "".join([*parts, text[end:]])


def _without_last_comment(between: str) -> str:
    """Without the comment that stands right above what follows."""
    lines = between.splitlines(keepends=True)
    while lines and lines[-1].lstrip().startswith("#"):
        lines.pop()
    return "".join(lines)


def _lines(rule: Mapping[str, Any], indent: int, line_end: str) -> str:
    """A rule as an item of a list whose dashes stand `indent` characters in."""
    lines = write_yaml([rule]).removesuffix("\n").split("\n")
    return "".join(f"{' ' * indent if line else ''}{line}{line_end}" for line in lines)
