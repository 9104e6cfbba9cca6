"""The commands put together."""

from __future__ import annotations

from typing import Annotated

import typer

from trigger_studio import __version__
from trigger_studio.cli.context import CliContext
from trigger_studio.cli.lazy_commands import Commands
from trigger_studio.cli.opening import open_window
from trigger_studio.cli.options import DbOption, JsonOption, ProfileOption
from trigger_studio.errors import BadInput

NAME = "trigger-studio"

app = typer.Typer(
    name=NAME,
    cls=Commands,
    help="When X completes, is approved or fails, start Y: design such rules, foretell what they do, and run them.",
    epilog="Without a command, the studio's window opens. Every command has --help.",
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _version(asked: bool) -> None:
    if asked:
        print(f"{NAME} {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    db: DbOption = None,
    profile: ProfileOption = None,
    json: JsonOption = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """The options before a command; without a command, the window."""
    context.obj = CliContext(db, profile, json)
    if context.invoked_subcommand is None:
        raise typer.Exit(open_window(context.obj, None))


def run(arguments: list[str]) -> int:
    """Run one command. Returns its exit status.

    Raises:
        BadInput: the arguments are none that the command takes.
    """
    command = typer.main.get_command(app)
    try:
        return int(command.main(arguments, prog_name=NAME, standalone_mode=False) or 0)
    except typer.TyperException as error:
        raise BadInput(" ".join(error.format_message().split())) from error
    except typer.Abort:
        raise KeyboardInterrupt from None
    except SystemExit as stop:  # what the library makes of a closed pipe
        if stop.code == 1:
            raise BrokenPipeError from None
        return int(stop.code or 0)
