"""Frozen values are those of `dataclasses`, member by member."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, replace
from typing import Any

import pytest

from trigger_studio.frozen import frozen


class _Shape:
    """Two classes are made of this one."""

    name: str
    size: int = 3
    notes: list[str] = field(default_factory=list)
    seen: object = field(default=None, compare=False, repr=False)


def _members() -> dict[str, Any]:
    return {key: value for key, value in vars(_Shape).items() if key not in ("__dict__", "__weakref__")}


Ours: Any = frozen(type("Shape", (), _members()))
Theirs: Any = dataclass(frozen=True, slots=True)(type("Shape", (), _members()))

GIVEN: list[tuple[Any, ...]] = [("a",), ("a", 4), ("a", 4, ["x"]), ("b", 3, [], 1), ("a", 3, [], 1)]


def test_values_hold_show_and_compare_alike() -> None:
    for one in GIVEN:
        assert asdict(Ours(*one)) == asdict(Theirs(*one))
        assert repr(Ours(*one)) == repr(Theirs(*one))
        for two in GIVEN:
            assert (Ours(*one) == Ours(*two)) == (Theirs(*one) == Theirs(*two))
    assert Ours("a") != Theirs("a")
    assert Ours("a", notes=(), seen=1) == Ours(name="a", notes=())
    assert hash(Ours("a", notes=(), seen=[])) == hash(Theirs("a", notes=()))


def test_each_has_its_own_of_what_is_made_anew() -> None:
    assert Ours("a").notes is not Ours("a").notes


@pytest.mark.parametrize("arguments", [(), ("a", 1, [], None, 5)])
def test_what_does_not_fit_is_refused(arguments: tuple[Any, ...]) -> None:
    with pytest.raises(TypeError):
        Ours(*arguments)


def test_nothing_is_set_or_added_or_deleted() -> None:
    shape = Ours("a")
    changes: list[Callable[[], None]] = [
        lambda: setattr(shape, "size", 4),
        lambda: setattr(shape, "new", 4),
        lambda: delattr(shape, "size"),
    ]
    for change in changes:
        with pytest.raises(FrozenInstanceError):
            change()
    assert not hasattr(shape, "__dict__")
    assert shape == Ours("a")


def test_others_know_it_as_a_dataclass() -> None:
    shape = Ours("a", 4, ["x"], 2)
    assert [item.name for item in fields(shape)] == ["name", "size", "notes", "seen"]
    assert replace(shape, size=5) == Ours("a", 5, ["x"])
    copied = copy.deepcopy(shape)
    assert copied == shape
    assert copied.notes is not shape.notes
    match shape:
        case Ours(name, size):
            assert (name, size) == ("a", 4)


@frozen
class Kept:
    """One that pickle finds by its name."""

    text: str


def test_values_survive_pickling() -> None:
    assert pickle.loads(pickle.dumps(Kept("a"))) == Kept("a")
