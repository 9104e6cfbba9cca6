"""The options that every command has."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Concatenate, ParamSpec

import typer

from trigger_studio.cli.context import DB_VARIABLE, PROFILE_VARIABLE, CliContext

P = ParamSpec("P")

DbOption = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="URL",
        help=f"sqlite:///FILE or postgresql://HOST/NAME; else ${DB_VARIABLE}, else a file in your data folder.",
    ),
]
ProfileOption = Annotated[
    Path | None,
    typer.Option(
        "--profile",
        metavar="FILE",
        help=f"The pipeline's profile; else ${PROFILE_VARIABLE}, else the one stored with the database.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer with JSON on standard output, and nothing else.")]


def placed(function: Callable[Concatenate[CliContext, P], None]) -> Callable[..., None]:
    """Give a command the common options; it gets what they say, here or before its name, as a `CliContext`."""
    own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
    common = inspect.signature(_common, eval_str=True).parameters.values()

    @functools.wraps(function)
    def command(context: typer.Context, **given: Any) -> None:
        before = context.find_root().obj or CliContext()
        db, profile, json = given.pop("db"), given.pop("profile"), given.pop("json")
        function(CliContext(before.db if db is None else db, profile or before.profile, json or before.json), **given)  # type: ignore[call-arg]

    parameters = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in (*own, *common)]
    command.__annotations__ = {}
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return command


def _common(
    context: typer.Context, db: DbOption = None, profile: ProfileOption = None, json: JsonOption = False
) -> None:
    """The signature of what every command has."""
