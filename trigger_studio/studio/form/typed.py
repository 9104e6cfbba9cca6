"""What a person typed, as a value: no digit of it changes before anybody has looked at it."""

from __future__ import annotations

import re
from typing import Any

from trigger_studio.errors import Fault
from trigger_studio.model.documents import parse_json, plain_faults, scalar_fault

_WHOLE = re.compile(r"\s*[-+]?\d+\s*\Z", re.ASCII)


def number_of(text: str) -> Any:
    """The number in a text, digit for digit; the text itself when it holds none, or one that nothing can store."""
    try:
        given = int(text) if _WHOLE.match(text) else float(text)
    except ValueError:
        return text
    given = int(given) if isinstance(given, float) and given.is_integer() else given
    return text if scalar_fault(given) else given


def json_of(text: str) -> Any:
    """The value of a JSON text, digit for digit; the text itself when it is none, or one that nothing can store."""
    faults: list[Fault] = []
    given = parse_json(text, faults)
    return text if faults or plain_faults(given) else given
