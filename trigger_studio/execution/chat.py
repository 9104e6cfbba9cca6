"""`send_notification` to chat and mail services, by Apprise: a channel is a secret that holds an Apprise address."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from typing import Any

from trigger_studio.execution import chat_child, secrets
from trigger_studio.execution.retry import is_final
from trigger_studio.execution.sender import SendFailed
from trigger_studio.model.delivery import Delivery

SECRET_PREFIX = "channel-"
"""So that no rule can have another secret, a signing key say, taken for an address."""
TOTAL_TIMEOUT_S = 60.0
PROCESSES = 4
_TITLE_CHARS = 120


class ChatSender:
    """Sends messages to whatever service the channel's address names.

    The channel ``team`` is the secret ``channel-team``. An admin chose the address, a rule only names the channel: so
    it is not held against the hosts that webhooks may reach. Certificates are verified, redirects not followed.

    Args:
        total_timeout_s: for one message; then the process that sends it is killed.
    """

    def __init__(self, total_timeout_s: float = TOTAL_TIMEOUT_S) -> None:
        self._total_timeout_s = total_timeout_s
        self._slots = asyncio.Semaphore(PROCESSES)
        self._idle: list[Process] = []

    def target(self, delivery: Delivery) -> str:
        """The channel."""
        return str(delivery.request.get("channel"))

    async def send(self, delivery: Delivery) -> dict[str, Any]:
        """Hand one message to the channel's service; see `Sender.send`."""
        channel = self.target(delivery)
        url = await asyncio.to_thread(secrets.resolve, secret_of(channel))
        async with self._slots:
            answer = await self._ask({"url": url, **_message(delivery)}, channel)
        if answer["ok"]:
            return {}
        if not answer["known"]:
            raise SendFailed(f"the secret '{secret_of(channel)}' holds no address that Apprise knows", final=True)
        status = answer["status"]
        if status is None:
            raise SendFailed(f"the service of channel '{channel}' did not answer, or did not take the message")
        raise SendFailed(f"the service of channel '{channel}' answered {status}", final=is_final(status))

    async def close(self) -> None:
        """End the processes that wait."""
        while self._idle:
            await _end(self._idle.pop())

    async def _ask(self, order: dict[str, Any], channel: str) -> dict[str, Any]:
        process = self._idle.pop() if self._idle else await _begin()
        assert process.stdin is not None
        assert process.stdout is not None
        line = b""
        try:
            async with asyncio.timeout(self._total_timeout_s):
                process.stdin.write(json.dumps(order).encode() + b"\n")
                await process.stdin.drain()
                line = await process.stdout.readline()
        except TimeoutError:
            raise SendFailed(f"channel '{channel}' took longer than {self._total_timeout_s:g} s") from None
        except ConnectionError:
            pass  # it ended while it waited; told below
        finally:
            if line:
                self._idle.append(process)
            else:
                await _end(process)
        if not line:
            raise SendFailed(f"the process that sends to channel '{channel}' ended")
        answer: dict[str, Any] = json.loads(line)
        return answer


def secret_of(channel: str) -> str:
    """The name of the secret that holds a channel's address."""
    return f"{SECRET_PREFIX}{channel}"


def _message(delivery: Delivery) -> dict[str, Any]:
    """Title and text; the firing is in every message, so that an answer to it can name its cause."""
    title, _, rest = str(delivery.request.get("message", "")).strip().partition("\n")
    people = ", ".join(delivery.request.get("to") or ())
    parts = [rest.strip(), f"For {people}" if people else "", f"Trigger Studio, {delivery.firing_id}"]
    return {
        "title": title[:_TITLE_CHARS],
        "body": "\n\n".join(part for part in parts if part),
        "headers": {"Idempotency-Key": delivery.id, "Trigger-Studio-Firing": delivery.firing_id},
    }


async def _begin() -> Process:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TRIGGER_STUDIO_")}
    command = (sys.executable, "-P", str(chat_child.__file__))
    return await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=environment)


async def _end(process: Process) -> None:
    with suppress(ProcessLookupError):
        process.kill()
    await process.wait()
