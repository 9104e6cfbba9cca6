"""When the window opens without the command line's library."""

from __future__ import annotations

from pathlib import Path

import pytest

from trigger_studio.cli.context import CliContext
from trigger_studio.cli.opening import asked


@pytest.mark.parametrize(
    ("arguments", "place", "bundle"),
    [
        ([], CliContext(), None),
        (["--db", "sqlite:///a.db"], CliContext("sqlite:///a.db"), None),
        (["--profile", "p.yaml", "--db", ""], CliContext("", Path("p.yaml")), None),
        (["open"], CliContext(), None),
        (["open", "rules.yaml"], CliContext(), Path("rules.yaml")),
    ],
)
def test_nothing_but_the_window_is_asked_for(arguments: list[str], place: CliContext, bundle: Path | None) -> None:
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
