"""One tree of errors with stable codes.

A person did something wrong (`BadInput`), the world did (`Unavailable`), the answer is no (`Refused`).
Anything else that is raised is a bug of ours and is reported as such.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any


@dataclass(frozen=True, slots=True)
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


class NotFound(BadInput):
    """No such rule, gate, firing or entity."""

    code = "not-found"


class Unavailable(TriggerStudioError):
    """The world failed us: a database out of reach, a full or read-only disk."""

    code = "unavailable"


def found(value: Any) -> str:
    """How an offending value is shown in a fault: short, one line, quoted when it is text."""
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def allowed(names: Iterable[str], wrong: object = None) -> str:
    """The allowed names, with a "did you mean" when `wrong` is close to one of them."""
    choices = [str(name) for name in names]
    near = get_close_matches(wrong, choices, 1) if isinstance(wrong, str) else []
    shown = ", ".join(choices[:20]) + (", …" if len(choices) > 20 else "")
    hint = f"; did you mean '{near[0]}'?" if near else ""
    return f"allowed: {shown or 'nothing'}{hint}"
