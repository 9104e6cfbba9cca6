"""The program's entry: the command line, with the window and the server handed down to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from trigger_studio.cli import main as command_line

if TYPE_CHECKING:
    from trigger_studio.services.pictures import Scene
    from trigger_studio.services.session import Session


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command, or the window without one. Returns the exit status; nothing is raised."""
    return command_line.main(arguments, window=_window, painter=_painter, server=_server)


def _window(url: str, **wishes: Any) -> int:
    """Loaded when it is wanted: no command should wait for Qt."""
    from trigger_studio.app.launch import run

    return run(url, **wishes)


def _server(open_session: Callable[[], Session], **wishes: Any) -> None:
    """Loaded when it is wanted: no other command should wait for it."""
    from trigger_studio.app.serving import serve

    serve(open_session, **wishes)


def _painter(scene: Scene, form: str, theme: str) -> bytes:
    from trigger_studio.app.pictures import paint

    return paint(scene, form, theme)
