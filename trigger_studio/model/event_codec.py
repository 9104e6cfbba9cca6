"""Events from outside, one JSON object a line (formats.md): read fast, checked whole, told by line."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import orjson

from trigger_studio.errors import BadInput, Fault, Message, allowed
from trigger_studio.model.documents import INT_MAX, INT_MIN, at, in_source, parse_json, plain_faults, read_bytes
from trigger_studio.model.entities import open_fault
from trigger_studio.model.event import MAX_ID
from trigger_studio.model.profile import EVENT_TYPES, PARENT_KINDS, Attribute, Profile
from trigger_studio.model.validation_messages import shown, unknown_key

MAX_LINE = 1 << 20
MAX_SKIPPED = 16 * MAX_LINE
"""Of a line that is too long, what is read to find the next; some streams have no line's end at all."""
MAX_FAULTS = 100
MAX_COUNTED = 10_000
"""Faults after which the rest is not looked at; some streams have nothing else, and no end."""

_KEYS = [
    "id", "type", "entity", "entity_id", "project", "character", "attributes", "occurred_at", "job_id", "cause",
]  # fmt: skip
_KEY_SET = frozenset(_KEYS)
_NEEDED = ("id", "type", "entity", "entity_id")
_TEXTS = (*_NEEDED, "project", "character", "occurred_at", "job_id", "cause")
_TEXT_OR_NULL = {str, type(None)}
_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt ]((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(\.\d{1,18})?"
    r"(?:[Zz]|([+-](?:[01]\d|2[0-3]):[0-5]\d))\Z",
    re.ASCII,
)
_LEAP = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:60")
_ENDLESS = re.compile(rb"\d{300}")
"""So many digits are more than the parser takes for a number at all."""
_KEY_TOKEN = re.compile(rb'"\s*:')


class EventIn(NamedTuple):
    """An event as its caller gave it, checked, before the store fills parents and attributes from the known entity.

    Attributes:
        attributes: without nulls, which count as missing.
        occurred_at: RFC 3339 text as given; empty when left out.
        content_hash: the same for the same content, however it is written.
    """

    id: str
    type: str
    entity: str
    entity_id: str
    project: str | None
    character: str | None
    attributes: dict[str, Any]
    occurred_at: str
    job_id: str | None
    cause: str | None
    content_hash: str


def read_events(stream: BinaryIO, profile: Profile, source: str = "") -> Iterator[tuple[int, EventIn]]:
    """The events of an NDJSON stream, one by one with their lines' numbers; blank lines are skipped.

    After the first fault no further event comes: the rest is read for its faults, and the end raises. So whoever
    stores the events makes none of them visible before the end.

    Args:
        stream: of bytes; never more than about a line is held.
        profile: whose kinds and attributes the events use.
        source: put before every fault's path; empty for none.

    Raises:
        BadInput: with the first hundred faults and the number of the others.
    """
    door = EventParser(profile)
    faults: list[Fault] = []
    count = 0
    for number, line in _lines(stream):
        wrong: list[Fault] = []
        event = door.read_line(line, wrong) if line is not None else None
        if line is None:
            wrong.append(Fault("", Message("longer than the {0} MiB allowed", MAX_LINE >> 20)))
        if wrong:
            count += len(wrong)
            room = MAX_FAULTS - len(faults)
            faults += in_source(f"line {number}", wrong[:room]) if room > 0 else []
            if count >= MAX_COUNTED:
                break
        elif event is not None and not faults:
            yield number, event
    if faults:
        more = [Fault("", Message("and {0} more", count - len(faults)))] if count > len(faults) else []
        raise BadInput(in_source(source, faults + more))


def read_event_file(path: Path, profile: Profile) -> EventIn:
    """The event of a file that holds exactly one, on one line or over several.

    Raises:
        BadInput: with every fault, each path beginning with the file's name.
    """
    return parse_event_text(read_bytes(path), profile, str(path))


def parse_event_text(content: bytes, profile: Profile, source: str = "") -> EventIn:
    """The one event in a JSON text.

    Raises:
        BadInput: the text holds no event, several, or a faulty one.
    """
    faults: list[Fault] = []
    event = EventParser(profile).read_line(content.removeprefix(b"\xef\xbb\xbf"), faults)
    if event is None and not faults:
        faults = [Fault("", Message("holds no event; exactly one is needed"))]
    lines = [line for line in content.splitlines() if line.strip()]
    if faults and len(lines) > 1 and all(map(_is_object, lines)):
        faults = [Fault("", Message("holds {0} events; exactly one is needed", len(lines)))]
    if event is None or faults:
        raise BadInput(in_source(source, faults))
    return event


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(orjson.loads(line), dict)
    except orjson.JSONDecodeError:
        return False


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines from 1; None for one that is too long, of which never more than a piece is held in memory.

    One that has no end within `MAX_SKIPPED` is the last.
    """
    limit = MAX_LINE + 2  # the line's end may be two bytes
    number = 0
    while line := stream.readline(limit):
        number += 1
        cut = len(line) == limit and not line.endswith(b"\n")
        if cut or len(line.rstrip(b"\r\n")) > MAX_LINE:
            yield number, None
            if cut and not _skip_line(stream, limit):
                return
        else:
            yield number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line


def _skip_line(stream: BinaryIO, limit: int) -> bool:
    """Read to the line's end; False if it is too far, or the stream ends."""
    skipped = 0
    while skipped < MAX_SKIPPED and (rest := stream.readline(limit)):
        if rest.endswith(b"\n"):
            return True
        skipped += len(rest)
    return False


class EventParser:
    """Checks events under one profile; made once, used for many."""

    def __init__(self, profile: Profile) -> None:
        self._kinds = frozenset(profile.kinds)
        self._kind_names = profile.kinds
        self._attributes = profile.attributes

    def read_line(self, line: bytes, faults: list[Fault]) -> EventIn | None:
        """The event in a JSON text; None when it is blank or, with faults added, when it is refused."""
        if not line.strip():
            return None
        try:
            data = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            long = _ENDLESS.search(line) and plain_faults(parse_json(line.decode(errors="replace"), []))
            faults += long or [Fault("", Message("not valid JSON: {0} (column {1})", error.msg, error.colno))]
            return None
        if not isinstance(data, dict):
            faults.append(Fault("", Message("found {0}; an event is an object", shown(data))))
            return None
        self._check_spelling(line, data, faults)
        return None if faults else self.read(data, faults)

    def read(self, data: dict[str, Any], faults: list[Fault]) -> EventIn | None:
        """The event in an object of plain values; None, with faults added, when it is refused."""
        texts: tuple[Any, ...] = tuple(map(data.get, _TEXTS))
        if (
            not {*map(type, texts)} <= _TEXT_OR_NULL
            or "" in texts
            or None in texts[: len(_NEEDED)]
            or not data.keys() <= _KEY_SET
            or max(map(len, filter(None, texts))) > MAX_ID
        ):
            faults += _form_faults(data)
        attributes = self._read_attributes(data.get("attributes"), faults)
        if not faults:
            self._check_sense(data, faults)
        identity, kind, entity, entity_id, project, character, when, job_id, cause = texts
        moment = instant(when, faults) if when and not faults else None
        if faults:
            return None
        content = (kind, entity, entity_id, project, character, attributes, moment, job_id, cause)
        return EventIn(
            identity, kind, entity, entity_id, project, character, attributes, when or "", job_id, cause,
            _content_hash(content),
        )  # fmt: skip

    def _check_sense(self, data: dict[str, Any], faults: list[Fault]) -> None:
        kind, identity = data["entity"], data["entity_id"]
        if data["type"] not in EVENT_TYPES:
            faults.append(
                Fault("type", Message("found {0}; {1}", shown(data["type"]), allowed(EVENT_TYPES, data["type"])))
            )
        if kind not in self._kinds:
            faults.append(
                Fault("entity", Message("unknown entity kind {0}; {1}", shown(kind), allowed(self._kind_names, kind)))
            )
        if kind in PARENT_KINDS and data.get(kind) not in (None, identity):
            message = Message(
                "found {0}; a {1} is its own {2}: {3} or null", shown(data[kind]), kind, kind, shown(identity)
            )
            faults.append(Fault(kind, message))

    def _read_attributes(self, given: Any, faults: list[Fault]) -> dict[str, Any]:
        """The attributes that are not null."""
        if given is None:
            return {}
        if type(given) is not dict:
            faults.append(Fault("attributes", Message("found {0}; needed: {1}", shown(given), Message("an object"))))
            return {}
        declared = self._attributes
        out = {}
        for name, value in given.items():
            if value is None:
                continue
            attribute = declared.get(name)
            if attribute is not None and not attribute.admits(value):
                faults.append(Fault(at("attributes", name), domain_fault(attribute, value)))
            elif type(value) is not str and (message := open_fault(value)):
                faults.append(Fault(at("attributes", name), message))
            out[name] = value
        return out

    def _check_spelling(self, line: bytes, data: dict[str, Any], faults: list[Fault]) -> None:
        """Faults that are gone, or hard to see, once the line is parsed: a key given twice, characters of no text."""
        inner = data.get("attributes")
        keys = len(data) + (len(inner) if type(inner) is dict else 0)
        simple = line.count(b'":') == keys and b" :" not in line and b"\t:" not in line and b"\n:" not in line
        simple = simple and b"\r:" not in line
        doubtful = not simple and len(_KEY_TOKEN.findall(line)) != keys
        huge = _has_huge(data.values()) or (type(inner) is dict and _has_huge(inner.values()))
        again = parse_json(line.decode(), faults) if doubtful or huge else data
        if huge or b"\\u0000" in line:
            faults += plain_faults(again)


def _has_huge(values: Collection[Any]) -> bool:
    """Whether there is a number that may have been a whole one of more than 64 bits before it was parsed."""
    return float in map(type, values) and any(type(value) is float and abs(value) >= INT_MAX for value in values)


def _form_faults(data: dict[str, Any]) -> Iterator[Fault]:
    """Keys that are unknown, needed, no text or too long."""
    for key, value in data.items():
        if key not in _KEY_SET:
            yield Fault(at("", key), unknown_key(key, _KEYS))
        elif key == "attributes" or (value is None and key not in _NEEDED):
            continue
        elif type(value) is not str or not value:
            yield Fault(
                key,
                Message(
                    "found {0}; needed: {1}",
                    shown(value),
                    Message("text that is not empty") if value == "" else Message("text"),
                ),
            )
        elif len(value) > MAX_ID:
            yield Fault(key, Message("found {0} characters; at most {1} are allowed", f"{len(value):,}", MAX_ID))
    for key in _NEEDED:
        if key not in data:
            yield Fault(key, Message("is needed and missing"))


def instant(text: str, faults: list[Fault]) -> str | None:
    """A moment of RFC 3339 as UTC text, equal for equal moments; None, with a fault added, when it is none."""
    if match := _TIME.match(text):
        day, clock, fraction, offset = match.groups()
        with suppress(ValueError, OverflowError):
            moment = f"{_checked_day(day)}T{clock}"
            if offset:
                moment = datetime.fromisoformat(moment + offset).astimezone(UTC).isoformat()[:19]
            return moment + fraction.rstrip("0").rstrip(".") if fraction else moment
    if _LEAP.match(text):
        faults.append(Fault("occurred_at", Message("found {0}; seconds go from 00 to 59", shown(text))))
        return None
    needed = Message("a time with its offset, like 2026-11-20T09:30:00Z or 2026-11-20T10:30:00+01:00")
    faults.append(Fault("occurred_at", Message("found {0}; needed: {1}", shown(text), needed)))
    return None


@lru_cache(maxsize=1024)
def _checked_day(text: str) -> str:
    """The day as it is given, or ValueError if the calendar has none such."""
    return date.fromisoformat(text).isoformat()


def _content_hash(content: tuple[Any, ...]) -> str:
    """SHA-256 of the content in one spelling: keys sorted, 1.0 as 1."""
    attributes = content[5]
    if float in map(type, attributes.values()):
        plain = {name: _plain_number(value) for name, value in attributes.items()}
        content = (*content[:5], plain, *content[6:])
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _plain_number(value: Any) -> Any:
    whole = type(value) is float and value.is_integer() and INT_MIN <= value < INT_MAX
    return int(value) if whole else value


def domain_fault(attribute: Attribute, value: Any) -> str:
    """The message for a declared attribute of wrong type or outside its domain."""
    if attribute.values:
        return Message("found {0}; {1}", shown(value), allowed(attribute.values, value))
    return Message("found {0}; needed: {1}", shown(value), attribute.domain())
