"""Which module holds which command, so that a command waits for its own alone."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

if TYPE_CHECKING:
    from typer._click import Command, Context

ROOMS: Final = {
    "open": "demo",
    "demo": "demo",
    "db": "database",
    "rules": "rules",
    "pipeline": "pipeline",
    "emit": "events",
    "dry-run": "events",
    "explain": "events",
    "engine": "engine",
    "serve": "serve",
    "token": "token",
    "halt": "control",
    "resume": "control",
    "retry": "control",
    "gates": "control",
    "log": "log",
    "graph": "graph",
    "outside": "outside",
    "limits": "limits",
    "doctor": "doctor",
}
"""Module of this package by command, in the order of the help."""


class Commands(TyperGroup):
    """The commands, each loaded when it is called; all of them for the help, and to say what was meant."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.commands = {}

    def list_commands(self, ctx: Context) -> list[str]:
        return list(ROOMS)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        names = [cmd_name] if cmd_name in ROOMS else list(ROOMS)
        for name in names:
            if name not in self.commands:
                self.commands.update(_commands_of(ROOMS[name]))
        return self.commands.get(cmd_name)


class Numbered(TyperCommand):
    """A command that takes a number: one below zero, ``-1``, is a number there and no option; it is refused as such."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        ctx.ignore_unknown_options = any(map(_is_number, args))
        return super().parse_args(ctx, args)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return text.startswith("-")


def _commands_of(room: str) -> dict[str, Command]:
    around = typer.Typer(rich_markup_mode=None)
    around.add_typer(import_module(f"{__package__}.{room}").app)
    return dict(typer.main.get_group(around).commands)
