"""When the window opens without the command line's library."""

from __future__ import annotations

from pathlib import Path

import pytest

from trigger_studio.cli.context import Place
from trigger_studio.cli.opening import asked


@pytest.mark.parametrize(
    ("arguments", "place", "bundle"),
    [
        ([], Place(), None),
        (["--db", "sqlite:///a.db"], Place("sqlite:///a.db"), None),
        (["--profile", "p.yaml", "--db", ""], Place("", Path("p.yaml")), None),
        (["open"], Place(), None),
        (["open", "rules.yaml"], Place(), Path("rules.yaml")),
    ],
)
def test_nothing_but_the_window_is_asked_for(arguments: list[str], place: Place, bundle: Path | None) -> None:
    assert asked(arguments) == (place, bundle)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--db"], ["--db", "--json"], ["--db", "a", "--db", "b"], ["--db", "a", "open"], ["--db=a"], ["--help"],
        ["--json"], ["open", "--help"], ["open", "a", "b"], ["open", "a", "--db"], ["emit", "x"], ["--profile"],
    ],
)  # fmt: skip
def test_all_else_is_for_the_commands(arguments: list[str]) -> None:
    assert asked(arguments) is None
