"""The process in which Apprise sends messages. Run by its path, by `execution.chat` alone.

Apprise takes 40 MB, reads whole answers into memory and knows no limit on a message's total time, so it works in a
process that may be killed. Standard input brings one order a line, standard output takes one answer a line, both JSON;
the process ends when its input does. Secrets come by no other way than the input and leave by none: of what Apprise
says, only the status of an answer is passed on.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from contextlib import suppress
from typing import Any

CONNECT_TIMEOUT_S = 5.0
PAUSE_TIMEOUT_S = 15.0
MEMORY_MAX_BYTES = 1 << 30
_STATUS = re.compile(r"\berror=(\d{3})\b")


def main() -> None:
    """Answer orders until there are no more."""
    _limit_memory()
    said = _Said()
    logging.getLogger("apprise").addHandler(said)
    for line in sys.stdin.buffer:
        print(json.dumps(_answer(json.loads(line), said)), flush=True)


def _answer(order: dict[str, Any], said: _Said) -> dict[str, Any]:
    """Send one message.

    Args:
        order: url, title, body, and headers for services that take some.

    Returns:
        ``ok``; ``known``, whether the address is one; ``status``, if the service's answer had one.
    """
    import apprise

    said.status = None
    asset = apprise.AppriseAsset(app_id="Trigger Studio", async_mode=False, http_redirects=False)
    service = apprise.Apprise.instantiate(order["url"], asset=asset)
    if not isinstance(service, apprise.NotifyBase):
        return {"ok": False, "known": False, "status": None}
    service.socket_connect_timeout, service.socket_read_timeout = CONNECT_TIMEOUT_S, PAUSE_TIMEOUT_S
    service.verify_certificate = True
    if isinstance(headers := getattr(service, "headers", None), dict):
        headers.update(order["headers"])
    sender = apprise.Apprise(service, asset=asset)
    ok = sender.notify(order["body"], title=order["title"], body_format=apprise.NotifyFormat.TEXT)
    return {"ok": bool(ok), "known": True, "status": said.status}


class _Said(logging.Handler):
    """Keeps the status of an answer out of what Apprise says, which may hold parts of the address."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.status: int | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if found := _STATUS.search(record.getMessage()):
            self.status = int(found.group(1))


def _limit_memory() -> None:
    with suppress(ImportError, OSError, ValueError):  # where the system knows no such limit
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MAX_BYTES, MEMORY_MAX_BYTES))


if __name__ == "__main__":
    main()
