"""Doors that no command leads through: what the window is given while a person writes, and what a webhook answers."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData

from tests.execution.rows import loaded, webhook
from trigger_studio.analysis.graph.chain_graph import chain_graph
from trigger_studio.analysis.graph.export import to_json, to_mermaid
from trigger_studio.analysis.layout.layout import layout
from trigger_studio.errors import TriggerStudioError
from trigger_studio.execution.egress import EgressPolicy
from trigger_studio.execution.sender import SendFailed
from trigger_studio.execution.webhook import WebhookSender
from trigger_studio.model.lenient_rule import sketch
from trigger_studio.model.profiles import load_profile
from trigger_studio.ui.shell import clipboard

PATIENCE_S = 2.0


def unfinished(file: Path) -> None:
    """A rule that is being written is drawn, and what is on the clipboard is pasted or refused."""
    content, profile = file.read_bytes(), load_profile()
    for kind in (None, clipboard.RULES, clipboard.ACTIONS):
        mime = QMimeData()
        if kind is None:
            mime.setText(content.decode("utf-8", "replace"))
        else:
            mime.setData(kind, content)
        try:
            clip = clipboard.read(mime, profile)
        except TriggerStudioError:
            continue
        _draw(list(clip.rules), profile)
    try:
        document: Any = json.loads(content)
    except ValueError:
        return
    if isinstance(document, dict) and isinstance(document.get("rules"), list):
        _draw([rule for rule in document["rules"] if isinstance(rule, dict)], profile)


def _draw(contents: list[dict[str, Any]], profile: Any) -> None:
    drawn = {rule.id: rule for content in contents if (rule := sketch(content)) is not None}
    graph = chain_graph(drawn.values(), profile)
    layout(graph)
    to_json(graph)
    to_mermaid(graph)


def answered(file: Path) -> None:
    """A webhook whose receiver answers with these bytes is sent, or has failed for a reason."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(PATIENCE_S)
        thread = threading.Thread(target=_serve, args=(server, file.read_bytes()))
        thread.start()
        try:
            asyncio.run(_send(f"http://127.0.0.1:{server.getsockname()[1]}/"))
        finally:
            thread.join()


def _serve(server: socket.socket, content: bytes) -> None:
    try:
        connection, _ = server.accept()
        with connection:
            connection.settimeout(PATIENCE_S)
            connection.recv(65536)
            connection.sendall(content)
    except OSError:
        pass  # whoever asked did not wait


async def _send(url: str) -> None:
    async def allowed() -> EgressPolicy:
        return EgressPolicy(networks=("127.0.0.0/8",))

    sender = WebhookSender(allowed, PATIENCE_S)
    try:
        with contextlib.suppress(SendFailed):
            done = await sender.send(loaded(webhook(url)))
            assert isinstance(done.get("status"), int)
    finally:
        await sender.close()


INSIDE: dict[str, Callable[[Path], None]] = {"@unfinished": unfinished, "@answered": answered}
