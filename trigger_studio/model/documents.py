"""Documents from outside, YAML or JSON, as plain values: the strict reading that every file passes first.

YAML is read by the core schema of version 1.2 (``yes``, ``on`` and dates are text), without tags; a key
given twice, an alias bomb, text a database cannot store or a number outside 64 bits is a fault with its place.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson

from trigger_studio.errors import BadInput, Fault, Message, found, reason
from trigger_studio.model.yaml_core import MAX_FAULTS, parse_yaml

MAX_BYTES = 64 << 20
MAX_DEPTH = 100
INT_MIN, INT_MAX = -(2**63), 2**63 - 1
MAX_PATH = 1_000
"""Characters of a fault's path; the middle of a longer one is left out."""

_NO_TEXT = re.compile("[\0\ud800-\udfff]")
_KEY_TOKEN = re.compile(r'"\s*:')
_TEXT = {str}
_PLAIN_KEY = re.compile(r"[\w-]{1,80}\Z")


@lru_cache(maxsize=512)  # in a bundle the same steps come by thousands of times
def at(path: str, key: str | int) -> str:
    """The path one step further: ``rules`` and 3 give ``rules[3]``, that and ``when`` give ``rules[3].when``."""
    if isinstance(key, int):
        return f"{path}[{key}]"
    if not _PLAIN_KEY.match(key):
        return f"{path}[{json.dumps(key[:60])}]"
    return f"{path}.{key}" if path else key


def in_source(source: str, faults: Iterable[Fault]) -> list[Fault]:
    """The faults with the file they are in before their path; as they are when `source` is empty."""
    return [Fault(": ".join(part for part in (source, fault.path) if part), fault.message) for fault in faults]


def enough(faults: list[Fault]) -> bool:
    """Whether there are so many faults that looking for more helps nobody; if so, the last of them says it."""
    if len(faults) < MAX_FAULTS:
        return False
    faults[MAX_FAULTS - 1 :] = [
        Fault("", Message("more than {0} faults; the rest was not looked at", f"{MAX_FAULTS:,}"))
    ]
    return True


def in_order(faults: list[Fault], data: Any, path: str) -> list[Fault]:
    """The faults in the order of their places in the document, each once."""
    if not faults:
        return []
    places: dict[str, int] = {}
    _number(data, path, MAX_DEPTH, places, sorted(fault.path for fault in faults))

    def place(fault: Fault) -> int:
        where = fault.path
        while where not in places and where:
            where = where[: max(where.rfind("."), where.rfind("["), 0)]
        return places.get(where, 0)

    return sorted(dict.fromkeys(faults), key=place)


def _number(value: Any, path: str, levels: int, places: dict[str, int], wanted: list[str]) -> None:
    """Number what a wanted path is in, or leads through; the paths of all the rest could fill the memory."""
    first = bisect_left(wanted, path)
    if first == len(wanted) or not wanted[first].startswith(path):
        return
    places[path] = len(places)
    if not levels:
        return
    if isinstance(value, dict):
        for key, item in value.items():
            _number(item, at(path, str(key)), levels - 1, places, wanted)
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            _number(item, at(path, index), levels - 1, places, wanted)


def read_document(source: Path | str | bytes, source_name: str = "") -> Any:
    """The one document in a file (a `Path`) or in a text (`str` or `bytes`), YAML or JSON.

    Args:
        source: where it is.
        source_name: put before every fault's path; empty for none.

    Raises:
        BadInput: with every fault of the document that can be told.
    """
    text = _text(read_bytes(source) if isinstance(source, Path) else source, source_name)
    faults: list[Fault] = []
    is_json = text.lstrip()[:1] in ("{", "[")
    data = _quick_json(text) if is_json else None
    if data is not None:
        return data
    data = parse_json(text, faults) if is_json else None
    if data is None:
        json_faults, faults = faults, []
        data = parse_yaml(text, MAX_DEPTH, faults)
        if faults and json_faults and _looks_like_json(text, source, source_name):
            faults = json_faults
    if data is None and not faults:
        faults = [Fault("", Message("the document is empty"))]
    faults += [] if faults else plain_faults(data)
    if faults:
        enough(faults)
        raise BadInput(in_source(source_name, faults))
    return data


def read_json(content: bytes) -> Any:
    """The value of one JSON text, read as strictly as a file.

    Raises:
        BadInput: it is none; with every fault that can be told.
    """
    text = _text(content, "")
    data = _quick_json(text)
    if data is not None:
        return data
    faults: list[Fault] = []
    data = parse_json(text, faults) if text.strip() else None
    if not text.strip():
        faults.append(Fault("", Message("the document is empty")))
    faults += [] if faults else plain_faults(data)
    if faults:
        enough(faults)
        raise BadInput(faults)
    return data


def read_bytes(path: Path) -> bytes:
    """The content of a file of at most 64 MiB.

    Raises:
        BadInput: there is no such file, it cannot be read, or it is too large.
    """
    try:
        if path.is_dir():
            raise BadInput(Message("{0} is a directory; a file is needed", path))
        if path.stat().st_size <= MAX_BYTES:
            with path.open("rb") as file:
                content = file.read(MAX_BYTES + 1)
            if len(content) <= MAX_BYTES:
                return content
    except (OSError, ValueError) as error:
        raise BadInput(Message("cannot read {0}: {1}", path, reason(error))) from None
    raise BadInput(Message("{0} is larger than the {1} MiB allowed", path, MAX_BYTES >> 20))


def _quick_json(text: str) -> Any:
    """The value of a sound JSON text, read ten times as fast; None if a closer look is needed."""
    try:
        data = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    keys = _plain_keys(data)
    return data if keys is not None and keys == len(_KEY_TOKEN.findall(text)) else None


def _plain_keys(data: Any) -> int | None:
    """How many keys there are in a value that every door lets in, as `plain_faults` says; None for any other.

    Goes level by level, which is fast, and knows no paths. A float that a whole number may have become is not let in.
    """
    keys = 0
    level = [data]
    for left in range(MAX_DEPTH, -1, -1):
        texts: list[str] = []
        inner: list[Any] = []
        for value in level:
            kind = type(value)
            if kind is str:
                texts.append(value)
            elif kind is dict:
                keys += len(value)
                if not left or not {*map(type, value)} <= _TEXT:
                    return None
                texts += value
                inner += value.values()
            elif kind is list and left:
                inner += value
            elif not _is_plain(value, kind):
                return None
        if _NO_TEXT.search("".join(texts)):
            return None
        if not inner:
            return keys
        level = inner
    return None


def _is_plain(value: Any, kind: type) -> bool:
    if kind is float:
        return bool(-(2.0**63) < value < 2.0**63)
    return bool(INT_MIN <= value <= INT_MAX) if kind is int else value is None or kind is bool


def parse_json(text: str, faults: list[Fault]) -> Any:
    """The value of a JSON text; None, with a fault added, when it is none. A key given twice is a fault."""

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            seen: set[str] = set()
            twice = [key for key, _ in pairs if key in seen or seen.add(key)]  # type: ignore[func-returns-value]
            faults.append(Fault("", Message("the key {0} is given twice in one object", found(twice[0]))))
        return made

    try:
        return json.loads(text, object_pairs_hook=mapping, parse_int=_integer)
    except json.JSONDecodeError as error:
        faults.append(
            Fault(f"line {error.lineno}", Message("not valid JSON: {0} (column {1})", error.msg, error.colno))
        )
    except RecursionError:
        faults.append(Fault("", Message("nested deeper than the {0} levels allowed", MAX_DEPTH)))
    return None


def plain_faults(data: Any, path: str = "") -> list[Fault]:
    """What no door lets in: text with NUL or half a surrogate pair, NaN, huge numbers, keys that are no text, depth."""
    faults: list[Fault] = []
    if _plain_keys(data) is None:
        _walk(data, (None, path), MAX_DEPTH, faults)
    return faults


_Place = tuple[Any, str | int]
"""A place and its step in it; written out only when there is a fault to tell."""


def _written(place: _Place) -> str:
    parent, step = place
    path = str(step) if parent is None else at(_written(parent), step)
    return path if len(path) <= MAX_PATH else f"{path[: MAX_PATH // 2]}…{path[-MAX_PATH // 2 :]}"


def _walk(value: Any, place: _Place, levels: int, faults: list[Fault]) -> None:
    if len(faults) >= MAX_FAULTS:
        return
    if isinstance(value, str):
        message = text_fault(value)
    elif isinstance(value, dict | list | tuple):
        message = "" if levels else Message("nested deeper than the {0} levels allowed", MAX_DEPTH)
        if levels:
            _walk_items(value, place, levels - 1, faults)
    else:
        message = scalar_fault(value)
    if message:
        faults.append(Fault(_written(place), message))


def _walk_items(value: Any, place: _Place, levels: int, faults: list[Fault]) -> None:
    if not isinstance(value, dict):
        for index, item in enumerate(value):
            _walk(item, (place, index), levels, faults)
        return
    for key, item in value.items():
        message = text_fault(key) if isinstance(key, str) else Message("keys must be text; put quotes around it")
        if message:
            faults.append(Fault(_written(place), Message("the key {0}: {1}", found(key), message)))
        else:
            _walk(item, (place, key), levels, faults)


def text_fault(text: str) -> str:
    """What keeps a text from being stored, in words; empty when nothing does."""
    if _NO_TEXT.search(text):
        return Message("found {0}; a text cannot hold NUL or half of a surrogate pair", found(text))
    return ""


def scalar_fault(value: Any) -> str:
    """What keeps a value that is no text from being stored, in words; empty when nothing does."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, int):
        return (
            ""
            if INT_MIN <= value <= INT_MAX
            else Message("found {0}; whole numbers have at most 64 bits", found(value))
        )
    if isinstance(value, float):
        return "" if math.isfinite(value) else Message("found {0}; a finite number is needed", value)
    return Message(
        "found a {0}; allowed are text, numbers, true, false, null, lists and mappings", type(value).__name__
    )


def _integer(text: str) -> int:
    """The number; of an absurdly long one only enough digits to be refused as too large."""
    return int(text[:40])


def _looks_like_json(text: str, source: Path | str | bytes, source_name: str) -> bool:
    name = source.name if isinstance(source, Path) else source_name
    return name.lower().endswith(".json") or bool(re.match(r'\s*[{\[]\s*["{\[]', text))


def _text(content: str | bytes, source_name: str) -> str:
    """The text of a document, without a byte order mark; refused when it is too large or no text."""
    where, message = "", ""
    text = ""
    if len(content) > MAX_BYTES:
        message = Message("larger than the {0} MiB allowed", MAX_BYTES >> 20)
    else:
        try:
            text = content if isinstance(content, str) else content.decode()
        except UnicodeDecodeError as error:
            where, message = _line_after(error.object.count(b"\n", 0, error.start)), "not valid UTF-8 text"
    if wrong := _NO_TEXT.search(text):
        where = _line_after(text.count("\n", 0, wrong.start()))
        message = Message("found {0}; a text cannot hold NUL or half of a surrogate pair", repr(wrong[0]))
    if message:
        raise BadInput(in_source(source_name, [Fault(where, message)]))
    return text.removeprefix("\ufeff")


def _line_after(ends: int) -> str:
    return f"line {ends + 1}"
