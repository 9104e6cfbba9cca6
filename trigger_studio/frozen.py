"""Frozen values: what ``dataclass(frozen=True, slots=True)`` makes of a class, made in a third of the time.

A start makes more than a hundred. Until Python 3.13 `dataclasses` compiles six methods for each, one by one; here the
three that are called often are one text, and the others are shared.
"""

from __future__ import annotations

from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from typing import Any, Never, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]:
    """Make a class one of frozen values with slots: compared, hashed, shown by its fields, known to `dataclasses`."""
    made: Any = dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    for name, method in _methods(made).items():
        setattr(made, name, method)
    made.__repr__, made.__reduce__ = _repr, _reduce
    made.__setattr__ = made.__delattr__ = _refuse
    return made  # type: ignore[no-any-return]


def _methods(cls: Any) -> dict[str, Any]:
    """`__init__`, which puts each argument where the class keeps it, `__eq__` and `__hash__`."""
    known: dict[str, Any] = {"missing": MISSING}
    arguments, lines = [], []
    for item in fields(cls):
        name, argument, given = item.name, item.name, item.name
        known[f"set_{name}"] = getattr(cls, name).__set__
        if item.default is not MISSING:
            known[f"default_{name}"] = item.default
            argument = f"{name}=default_{name}"
        elif item.default_factory is not MISSING:
            known[f"make_{name}"] = item.default_factory
            argument, given = f"{name}=missing", f"make_{name}() if {name} is missing else {name}"
        arguments.append(argument)
        lines.append(f" set_{name}(self, {given})")
    compared = [item.name for item in fields(cls) if item.compare]
    mine, theirs = ("".join(f"{whose}.{name}, " for name in compared) for whose in ("self", "other"))
    text = [
        f"def __init__(self, {', '.join(arguments)}):",
        *lines,
        "def __eq__(self, other):",
        f" return ({mine}) == ({theirs}) if other.__class__ is self.__class__ else NotImplemented",
        f"def __hash__(self): return hash(({mine}))",
    ]
    made: dict[str, Any] = {}
    exec("\n".join(text), known, made)
    return made


def _repr(self: Any) -> str:
    shown = ", ".join(f"{item.name}={getattr(self, item.name)!r}" for item in fields(self) if item.repr)
    return f"{self.__class__.__qualname__}({shown})"


def _reduce(self: Any) -> tuple[Any, ...]:
    """Copied and pickled by its fields."""
    return self.__class__, tuple(getattr(self, name) for name in self.__match_args__)


def _refuse(self: Any, name: str, *_value: object) -> Never:
    raise FrozenInstanceError(f"a {self.__class__.__name__} does not change: {name!r}")
