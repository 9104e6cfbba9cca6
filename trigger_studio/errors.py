"""One tree of errors with stable codes.

A person did something wrong (`BadInput`), the world did (`Unavailable`), the answer is no (`Refused`).
Anything else that is raised is a bug of ours and is reported as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from trigger_studio.frozen import frozen


class Message(str):
    """A text that remembers how it was made, so that a window can say it in another language (`model.i18n.translate`).

    As a text it is English, for the command line, the log and the database.

    Attributes:
        pattern: with places for the values: ``there is no rule '{0}'``.
        values: what stands in them; some may be such texts themselves.
    """

    __slots__ = ("pattern", "values")
    pattern: str
    values: tuple[Any, ...]

    def __new__(cls, pattern: str, *values: Any) -> Message:
        text = super().__new__(cls, pattern.format(*values) if values else pattern)
        text.pattern, text.values = pattern, values
        return text

    def __getnewargs__(self) -> tuple[Any, ...]:
        return (self.pattern, *self.values)


@frozen
class Fault:
    """One thing wrong with an input.

    Attributes:
        path: where, e.g. ``rules[3].when.where.all[0].op`` or ``line 7``; empty for the whole input.
        message: what was found and what is allowed, one line.
    """

    path: str
    message: str

    def __str__(self) -> str:
        text = f"{self.path}: {self.message}" if self.path else self.message
        return " ".join(text.split())


class TriggerStudioError(Exception):
    """Base of every error we raise on purpose.

    Attributes:
        code: stable, for machines and logs.
        exit_code: the command line's exit status for it.
    """

    code = "error"
    exit_code = 2


class BadInput(TriggerStudioError):
    """An input is refused; nothing of it was kept. `faults` holds every fault found."""

    code = "bad-input"

    def __init__(self, faults: Iterable[Fault] | str) -> None:
        self.faults = (Fault("", faults),) if isinstance(faults, str) else tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


class Refused(TriggerStudioError):
    """The request was understood and the answer is no (a stale revision, a missing approval)."""

    code = "refused"
    exit_code = 1


class Stale(Refused):
    """What was to be changed has been changed by somebody else since it was read."""

    code = "stale"


class Forbidden(Refused):
    """Whoever asks may not do that."""

    code = "forbidden"


class NotFound(BadInput):
    """No such rule, gate, firing or entity."""

    code = "not-found"


class Unavailable(TriggerStudioError):
    """The world failed us: a database out of reach, a full or read-only disk."""

    code = "unavailable"


class Replaced(Unavailable):
    """The database's file is not the one that was opened: whoever has it open must let go, and open the other."""

    code = "replaced"


class Away(Unavailable):
    """The database server does not answer, or takes nobody in: by itself that may be over in a moment."""

    code = "away"


class Damaged(TriggerStudioError):
    """What the database holds cannot be read: flipped bits, a row that is missing or broken. Said by table and key.

    Attributes:
        lane: of the event that cannot be decided for it, where it is one.
    """

    code = "damaged"
    lane: str | None = None


_USER_PASSWORD = re.compile(r"(?<=//)[^\s/'\"?#]*:[^\s'\"]*(?=@)")
_NAMED_PASSWORD = re.compile(r"(?i)(pass(?:word|wd|phrase)?|pwd|secret|token)(\s*=\s*)('[^']*'|[^\s&;'\"]*[^\s&;'\":])")


def masked(text: str) -> str:
    """A text without the passwords of addresses in it: ``//user:…@host`` and ``password=…``."""
    if "//" in text:
        text = _USER_PASSWORD.sub(lambda match: match[0].partition(":")[0] + ":***", text)
    return _NAMED_PASSWORD.sub(r"\1\2***", text) if "=" in text else text


def masked_url(text: str) -> str:
    """A database's URL for people, also one that cannot be read: never with what may be a password.

    Of one that is written wrongly, nobody knows where the password stands: what comes before an ``@``, and what follows
    a ``:`` and is no number, is left out.
    """
    if text.startswith("sqlite:"):
        return masked(text)
    head, sep, rest = text.partition("//")
    if not sep:
        return masked(f"***@{text.rpartition('@')[2]}" if "@" in text else text)
    before, at, place = rest.rpartition("@")
    user = re.split("[:/?#@]", before)[0]
    who = f"{user}:***@" if before != user else f"{user}{at}"
    host, slash, path = place.partition("/")
    name, colon, port = host.partition(":")
    if colon and not re.fullmatch("[0-9]*([?].*)?", port) and not name.startswith("["):
        host = f"{name}:***"
    return masked(f"{head}{sep}{who}{host}{slash}{path}")


def found(value: Any) -> str:
    """How an offending value is shown in a fault: short, one line, quoted when it is text."""
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def reason(error: OSError | ValueError) -> Message:
    """Why the system refused, in its own words; a window may know them in its language."""
    return Message(getattr(error, "strerror", None) or str(error))


def allowed(names: Iterable[str], wrong: object = None) -> Message:
    """The allowed names, with a "did you mean" when `wrong` is close to one of them."""
    choices = [str(name) for name in names]
    near = get_close_matches(wrong, choices, 1) if isinstance(wrong, str) else []
    shown = ", ".join(choices[:20]) + (", …" if len(choices) > 20 else "") or Message("nothing")
    return Message("allowed: {0}; did you mean '{1}'?", shown, near[0]) if near else Message("allowed: {0}", shown)
