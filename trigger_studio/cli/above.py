"""What the rooms above and beside hand down to commands: the window, the painter of pictures, the server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from trigger_studio.services.pictures import Scene

Window = Callable[..., int]
"""Opens the window on a database's URL; returns the exit status."""

Painter = Callable[["Scene", str, str], bytes]
"""Draws a scene in a form (svg, png or pdf) and a theme (light or dark), without a window."""


Server = Callable[..., None]
"""Serves the REST API until it is told to end; takes how to open a session, and how it is to be served."""


@dataclass(slots=True)
class Above:
    """What was handed down, if anything."""

    window: Window | None = None
    painter: Painter | None = None
    server: Server | None = None


above: Final = Above()
"""This process's."""
