"""Opening the window, without what only other commands need: most starts are for it, and a person waits."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from trigger_studio.cli.above import above
from trigger_studio.cli.context import CliContext
from trigger_studio.errors import BadInput, Unavailable
from trigger_studio.gc_control import collector_paused


def asked(arguments: Sequence[str]) -> tuple[CliContext, Path | None] | None:
    """Where to open the window and on which bundle, if the arguments say that and nothing else.

    ``[--db URL] [--profile FILE]``, or ``open [BUNDLE]``. None for anything else, wrong or right: the commands tell.
    """
    if arguments[:1] == ["open"] and len(arguments) < 3:
        bundle = arguments[1] if len(arguments) == 2 else None
        if bundle is None:
            return CliContext(), None
        return None if bundle.startswith("-") else (CliContext(), Path(bundle))
    given = dict(zip(arguments[::2], arguments[1::2], strict=False))
    told = given.keys() <= {"--db", "--profile"} and not any(value.startswith("-") for value in given.values())
    if not told or len(arguments) != 2 * len(given):
        return None
    profile = given.get("--profile")
    return CliContext(given.get("--db"), None if profile is None else Path(profile)), None


def open_window(place: CliContext, bundle: Path | None) -> int:
    """Run the window until it is closed. Returns its exit status."""
    if bundle is not None and not bundle.is_file():
        raise BadInput(f"cannot read {bundle}: {'it is a directory' if bundle.is_dir() else 'there is no such file'}")
    check_display()
    with collector_paused():
        place.writing().close()  # faults of the database and the profile are told here, before a window appears
        return launch(place.url, bundle=bundle)


def launch(
    url: str, *, screenshot: Path | None = None, bundle: Path | None = None, farm_speed: float | None = None
) -> int:
    """Start the window that was handed down."""
    if screenshot is None:
        check_display()
    if above.window is None:
        raise Unavailable("this command line was started without the window")
    return above.window(url, screenshot=screenshot, bundle=bundle, farm_speed=farm_speed)


def check_display() -> None:
    """Say in a line what the window's library would say by ending the process."""
    asked = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    if sys.platform == "linux" and not any(os.environ.get(name) for name in asked):
        raise Unavailable("there is no display here; use the commands, or 'demo' with --headless or --screenshot")
