"""The REST API as a command starts it; pictures are drawn by a process of their own, which loads Qt and goes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from trigger_studio.errors import Unavailable
from trigger_studio.gc_control import pause_collector, resume_collector
from trigger_studio.services.session import Session

DRAWING_S: Final = 60


def serve(
    open_session: Callable[[], Session],
    *,
    url: str,
    host: str,
    port: int,
    certificate: str | None,
    key: str | None,
    proxies: tuple[str, ...],
    origins: tuple[str, ...],
    **wishes: Any,
) -> None:
    """Serve until a signal ends it; see `api.server.serve`.

    Raises:
        Unavailable: the extra that it takes is not installed, or it cannot listen there.
    """
    pause_collector()  # what is loaded here stays
    try:
        from trigger_studio.api import server
    except ImportError as error:
        raise Unavailable(f"'{error.name}' is not installed: pip install 'trigger-studio[server]'") from None
    finally:
        resume_collector()
    address = server.Address(host, port, certificate, key, proxies, origins)
    server.serve(open_session, address, painter=partial(_drawn, url), **wishes)


def _drawn(url: str, project: str | None, theme: str) -> bytes:
    """The chain graph as SVG. Raises Unavailable."""
    command = [sys.executable, "-m", "trigger_studio", "graph", "--format", "svg", "--theme", theme]
    command += [f"--project={project}"] if project is not None else []
    environment = {**os.environ, "TRIGGER_STUDIO_DB": url}
    done = subprocess.run(command, env=environment, capture_output=True, timeout=DRAWING_S, check=False)
    if done.returncode:
        raise Unavailable(f"the picture could not be drawn: {done.stderr.decode(errors='replace').strip()[:300]}")
    return done.stdout
