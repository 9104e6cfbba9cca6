"""YAML by the core schema of version 1.2, built from the parser's events, and a writer that every reader understands.

Building from events keeps control in our hands: no recursion, each fault with its line, aliases counted before
they can explode.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import yaml

from trigger_studio.errors import Fault, Message, found

MAX_ALIASED = 100_000
"""Values that aliases may add to a document in all."""

MAX_ALIASED_TEXT = 4_000_000
"""Characters of text that they may add: whoever reads the document goes over each anew."""

MAX_FAULTS = 10_000
"""Faults after which a document is not looked at any further: a short one can have a million."""

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def _integer(text: str) -> int:
    """The number; of an absurdly long one only enough digits to be refused as too large."""
    base = 16 if "x" in text else 8 if "o" in text else 10
    size = int(text.lstrip("+-0xo")[:40] or "0", base)
    return -size if text[0] == "-" else size


_CORE: tuple[tuple[re.Pattern[str], Callable[[str], Any]], ...] = (
    (re.compile(r"(?:null|Null|NULL|~|)\Z"), lambda text: None),
    (re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z"), lambda text: text[0] in "tT"),
    (re.compile(r"(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)\Z"), _integer),
    (re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z"), float),
    (re.compile(r"(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\Z"), lambda text: float(text.replace(".", ""))),
)
_MAY_BE_SPECIAL = frozenset("nNtTfF~+-.0123456789")


def resolve(text: str) -> Any:
    """The value of a plain scalar by the core schema: null, true, false, a number, else the text itself."""
    if text and text[0] not in _MAY_BE_SPECIAL:
        return text
    for pattern, convert in _CORE:
        if pattern.match(text):
            return convert(text)
    return text


_NO_KEY: Any = object()


@dataclass(slots=True)
class _Open:
    """A collection that is being read; `size` counts the values in it and `text` their characters, aliases expanded."""

    value: dict[Any, Any] | list[Any]
    anchor: str | None
    size: int = 1
    text: int = 0
    key: Any = _NO_KEY


@dataclass(slots=True)
class _Builder:
    """Makes the value of a document, event by event."""

    max_depth: int
    faults: list[Fault]
    root: Any = None
    open: list[_Open] = field(default_factory=list)
    anchors: dict[str, tuple[Any, int, int]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)  # each kept once: keys stand in every item anew
    aliased: int = 0
    aliased_text: int = 0

    def start(self, value: dict[Any, Any] | list[Any], event: Any) -> bool:
        """Open a collection; False when that is one too deep."""
        if len(self.open) == self.max_depth:
            self.fault(event, Message("nested deeper than the {0} levels allowed", self.max_depth))
            return False
        self.open.append(_Open(value, event.anchor))
        if event.anchor:
            self.anchors.pop(event.anchor, None)
        return True

    def end(self, event: Any) -> None:
        done = self.open.pop()
        self.add(done.value, (done.size, done.text), done.anchor, event)

    def item(self, event: Any) -> None:
        """Put a scalar without anchor or tag into the innermost collection: by far the most of a large document."""
        holder, text = self.open[-1], event.value
        special = event.implicit[0] and (not text or text[0] in _MAY_BE_SPECIAL)
        value = resolve(text) if special else self.texts.setdefault(text, text)
        holder.size += 1
        holder.text += len(text)
        inside = holder.value
        if isinstance(inside, list):
            inside.append(value)
        elif holder.key is not _NO_KEY:
            inside[holder.key] = value
            holder.key = _NO_KEY
        else:
            assert isinstance(inside, dict)
            sound = type(value) is str and value not in inside
            holder.key = value if sound else self.checked_key(value, inside, event)

    def scalar(self, event: Any) -> None:
        plain = event.implicit[0]
        self.add(resolve(event.value) if plain else event.value, (1, len(event.value)), event.anchor, event)

    def alias(self, event: Any) -> bool:
        """Add what the alias stands for; False when reading must stop."""
        if event.anchor not in self.anchors:
            inside = any(item.anchor == event.anchor for item in self.open)
            self.fault(
                event,
                Message(
                    "the alias *{0} stands inside itself" if inside else "the alias *{0} stands for nothing",
                    event.anchor,
                ),
            )
            return False
        value, size, text = self.anchors[event.anchor]
        self.aliased += size
        self.aliased_text += text
        if self.aliased > MAX_ALIASED:
            self.fault(event, Message("aliases blow the document up by more than {0} values", MAX_ALIASED))
            return False
        if self.aliased_text > MAX_ALIASED_TEXT:
            most = f"{MAX_ALIASED_TEXT:,}"
            self.fault(event, Message("aliases blow the document up by more than {0} characters", most))
            return False
        self.add(value, (size, text), None, event)
        return True

    def add(self, value: Any, sizes: tuple[int, int], anchor: str | None, event: Any) -> None:
        """Put a finished value where it belongs: as item, key, value of a key, or the document itself.

        Args:
            sizes: how many values and how many characters of text it holds.
        """
        if anchor:
            self.anchors[anchor] = (value, *sizes)
        if not self.open:
            self.root = value
            return
        holder = self.open[-1]
        holder.size += sizes[0]
        holder.text += sizes[1]
        if isinstance(holder.value, list):
            holder.value.append(value)
        elif holder.key is _NO_KEY:
            holder.key = self.checked_key(value, holder.value, event)
        else:
            holder.value[holder.key] = value
            holder.key = _NO_KEY

    def checked_key(self, key: Any, holder: dict[Any, Any], event: Any) -> Any:
        if not isinstance(key, str):
            self.fault(event, Message("the key {0} is no text; put quotes around it", found(key)))
            return str(key)
        if key in holder:
            self.fault(event, Message("the key {0} is given twice", found(key)))
        return key

    def fault(self, event: Any, message: str) -> None:
        self.faults.append(Fault(f"line {event.start_mark.line + 1}", message))

    def take(self, event: Any) -> bool:
        """Handle one event of the parser; False when reading must stop."""
        if len(self.faults) >= MAX_FAULTS:
            return False
        kind = type(event)  # asked a million times in a large document
        if kind is yaml.ScalarEvent and event.anchor is None and event.tag is None and self.open:
            self.item(event)
            return True
        if kind is yaml.AliasEvent:
            return self.alias(event)
        if kind in _WITH_TAG and event.tag is not None:
            self.fault(event, Message("tags are not allowed, found {0}", found(event.tag)))
        if kind is yaml.ScalarEvent:
            self.scalar(event)
        elif kind is yaml.MappingStartEvent:
            return self.start({}, event)
        elif kind is yaml.SequenceStartEvent:
            return self.start([], event)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self.end(event)
        return True


_WITH_TAG = (yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent)


def parse_yaml(text: str, max_depth: int, faults: list[Fault]) -> Any:
    """The value of a YAML text holding one document; what is wrong is added to `faults`."""
    builder = _Builder(max_depth, faults)
    documents = 0
    try:
        loader = LOADER(text)
        while loader.check_event():
            event = loader.get_event()
            documents += type(event) is yaml.DocumentStartEvent
            if documents > 1:
                builder.fault(event, Message("one document is needed, a second begins here"))
                break
            if not builder.take(event):
                break
    except yaml.reader.ReaderError as error:
        line = text.encode().count(b"\n", 0, error.position) + 1
        faults.append(Fault(f"line {line}", Message("not valid YAML: {0}", error.reason)))
    except yaml.MarkedYAMLError as error:
        faults.append(_syntax_fault(error))
    return builder.root


def _syntax_fault(error: yaml.MarkedYAMLError) -> Fault:
    mark = error.problem_mark or error.context_mark
    where = f"line {mark.line + 1}" if mark else ""
    problem = error.problem or error.context
    if mark is None:
        return Fault(where, Message("not valid YAML: {0}", problem))
    return Fault(where, Message("not valid YAML: {0} (column {1})", problem, mark.column + 1))


class _Writer(_Dumper):  # type: ignore[misc, valid-type]
    """Block style; text that some reader would take for something else stands in quotes."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_MISREAD_BY_SOME = frozenset("yYnN")


def _is_block(text: str) -> bool:
    """Whether a text of several lines is easier to read in literal style; where that cannot hold it, quotes do."""
    lines = text.removesuffix("\n").split("\n")
    return "\n" in text and all(line and line.isprintable() for line in lines)


def _write_text(writer: Any, text: str) -> Any:
    style = None
    if _is_block(text):
        style = "|"
    elif "\n" in text or text in _MISREAD_BY_SOME or not isinstance(resolve(text), str):
        style = '"'
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Writer.add_representer(str, _write_text)
_Writer.add_multi_representer(tuple, lambda writer, items: writer.represent_list(list(items)))


def write_yaml(data: Any) -> str:
    """The data as YAML, always the same for the same data: block style, keys in the order given."""
    text: str = yaml.dump(
        data, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=2**20, default_flow_style=False
    )
    return text
